"""What users are told names files and not where they lie."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from assistant.errors import ThreadError
from index.types import FileRecord, FileState
from ui.mcp import _told
from ui.shared.telling.without_paths import told, without_paths
from ui.slack.blocks.replies import refused
from ui.web.access.refusal import refusal
from ui.web.documents_tab import ledger_table
from ui.web.html import files_notice, notice, trouble


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/srv/My Data/home/c.sqlite: full. Free space", "c.sqlite: full. Free space"),
        ("[Errno 13] Permission denied: '/a b/c d/e.txt'", "[Errno 13] Permission denied: 'e.txt'"),
        ("dpa: no such page in /var/lib/x/y.json.", "dpa: no such page in y.json."),
        ("Cannot open file:///srv/a/b", "Cannot open b"),
        ("/srv/a: changed. Run `residency index`", "a: changed. Run `residency index`"),
    ],
)
def test_a_path_is_told_as_the_name_of_its_file(text: str, shown: str) -> None:
    assert without_paths(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Ask with `/residency help` and/or wait, 24/7, from 01/02/2025",
        "https://example.org/a/b/c: no address of a page. See docs/api.md",
        "~/checkouts/docs: is a folder",
    ],
)
def test_what_is_no_path_of_the_server_stays(text: str) -> None:
    assert without_paths(text) == text


def test_the_log_has_the_files_that_are_there_and_no_words_of_the_asker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "residency"):
        told(f"{tmp_path}: cannot be read")
        told("/secret/plan/zanzibar: no such service")
    (record,) = caplog.records
    assert record.__dict__["fields"] == {"paths": [str(tmp_path)]}


def by_mcp(text: str) -> str:
    with pytest.raises(ToolError) as raised, _told():
        raise ThreadError(text)
    return str(raised.value)


@pytest.mark.parametrize(
    "shown",
    [
        lambda text: bytes(refusal(500, text).body).decode(),
        trouble,
        notice,
        lambda text: str(refused(text)),
        by_mcp,
    ],
    ids=["API", "page", "page's notice", "Slack", "MCP"],
)
def test_no_border_tells_where_files_lie(shown: Callable[[str], str]) -> None:
    said = shown("/srv/secret/home/conversations.sqlite: cannot be used (disk full)")
    assert "secret" not in said
    assert "conversations" in said


def test_the_ledger_tells_names_of_files_alone() -> None:
    reason = "/srv/secret/dpa.pdf: is protected with a password. Save it without one"
    record = FileRecord("own", "dpa.pdf", "/srv/secret/dpa.pdf", FileState.FAILED, reason=reason)
    said = files_notice([record]) + ledger_table([record], {})
    assert "dpa" in said
    assert "secret" not in said
