"""The page lists files with what became of them and what of them was left out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.settings import Settings
from corpus.errors import FetchError
from corpus.intake.describe import UNDESCRIBED
from corpus.left_out import LeftOut
from index.errors import RegistryError
from index.home.added_sources import Registry
from index.home.paths import Home
from index.types import FileRecord, FileState
from tests.fakes.small_network import Host, SmallNetwork, hosting
from ui.web import documents_tab
from ui.web.documents_tab import ledger_table
from ui.web.html import files_notice
from ui.web.site import Site

FILES = (
    FileRecord("s", "a.md", "/s/a.md", FileState.OK, document="a"),
    FileRecord(
        "s", "b.md", "/s/b.md", FileState.OK, document="b",
        left_out=(LeftOut("image", 2, ("<i>.png",)),),
    ),
    FileRecord("s", "c.pages", "/s/c.pages", FileState.NOT_READ, "c.pages: is a Pages document"),
    FileRecord("s", "d.md", "/s/d.md", FileState.FAILED, "d.md: has no text"),
)  # fmt: skip


def test_the_ledger_begins_with_what_is_not_whole() -> None:
    table = ledger_table(FILES)
    assert "<i>.png" not in table
    assert re.findall(r"<th scope=.row.>(\w\.\w+)</th>", unescape(table)) == [
        "d.md", "c.pages", "b.md", "a.md"
    ]  # fmt: skip
    assert ">2 images (<i>.png)</td>" in unescape(table)
    assert '<tr class="not-read"><td>not read</td>' in table


def test_the_notice_names_what_was_left_out() -> None:
    notice = unescape(files_notice(FILES))
    assert "Files: 2 read, 1 failed, 1 not read" in notice
    assert "<li>d.md: has no text</li><li>c.pages: is a Pages document</li>" in notice
    assert "<li>b.md: 2 images left out</li>" in notice
    assert "a.md" not in notice


def _site(home: Path, **settings: Any) -> Site:
    chosen = Settings(home=home, **settings)
    return Site(SimpleNamespace(settings=chosen, home=lambda: Home(home)))  # type: ignore[arg-type]


def test_a_page_is_fetched_only_where_that_is_set(tmp_path: Path) -> None:
    upload = tmp_path / "a.md"
    upload.write_text("# A\n")
    with hosting(Host("127.0.0.1")) as here:
        here.page()
        address = f"http://127.0.0.1:{here.port}/a"
        with pytest.raises(RegistryError, match="RESIDENCY_FETCH_ON_PAGE=true"):
            documents_tab._added(_site(tmp_path), [upload], address, UNDESCRIBED, print)
        assert not (tmp_path / "documents").exists()
        assert here.asked == []


def test_where_it_is_set_only_public_pages_are_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = SmallNetwork(monkeypatch)
    with hosting(Host("127.0.0.1")) as here:
        here.page()
        monkeypatch.setattr("corpus.intake.reach._PORTS", frozenset((here.port,)))
        site = _site(tmp_path, fetch_on_page=True)
        for host in ("127.0.0.1", "0x7f.1", "[::1]"):
            with pytest.raises(FetchError, match="from a public address"):
                documents_tab._added(site, [], f"http://{host}:{here.port}/a", UNDESCRIBED, print)
        assert network.connected == here.asked == []
        assert Registry(Home(tmp_path).registry).sources() == ()
