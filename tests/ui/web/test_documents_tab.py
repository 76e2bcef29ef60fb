"""The page lists files with what became of them and what of them was left out."""

from __future__ import annotations

import re
from html import unescape

from corpus.left_out import LeftOut
from index.types import FileRecord, FileState
from ui.web.documents_tab import ledger_table
from ui.web.html import files_notice

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
    assert "Files: 2 ok, 1 failed, 1 not read" in notice
    assert "<li>d.md: has no text</li><li>c.pages: is a Pages document</li>" in notice
    assert "<li>b.md: 2 images left out</li>" in notice
    assert "a.md" not in notice
