"""What the page says of a change of the documents."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from index.building.build import build_index
from index.searching.reader import IndexReader
from ui.web.what_came import what_came

_KEPT = "# Heron Mail\n\nHeron Mail stores mailbox content in Norway.\n"
_MOVED = "# Heron Mail\n\nHeron Mail stores mailbox content in Sweden.\n"


def _told(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_what_a_new_document_states_is_shown_with_its_place(
    tmp_path: Path, built_home: Path
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "heron.md").write_text(_KEPT)
    build_index(tmp_path, shared=built_home)
    index = IndexReader.open(tmp_path, shared=built_home)
    known = {id_: one for id_, one in index.documents.items() if id_ != "heron"}
    html = what_came(known, index, ()).html
    assert "Added: “Heron Mail”." in _told(html)
    assert "stores mailbox content in Norway" in _told(html)
    assert "heron" in re.findall(r'href="([^"]+)"', unescape(html))[0]
    assert what_came(index.documents, index, ()).html.count("<li>") == 0
    assert "Nothing changed." in _told(what_came(index.documents, index, ()).html)
    before = dict(index.documents)
    index.close()
    (documents / "heron.md").write_text(_MOVED)
    build_index(tmp_path, shared=built_home)
    with_sweden = IndexReader.open(tmp_path, shared=built_home)
    told = _told(what_came(before, with_sweden, ()).html)
    assert "Changed: “Heron Mail”." in told
    assert "in Sweden" in told
    with_sweden.close()


def test_documents_that_state_nothing_say_so(tmp_path: Path, built_home: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "tea.md").write_text("# Tea\n\nSteep the leaves for three minutes.\n")
    build_index(tmp_path, shared=built_home)
    index = IndexReader.open(tmp_path, shared=built_home)
    known = {id_: one for id_, one in index.documents.items() if id_ != "tea"}
    told = _told(what_came(known, index, ()).html)
    gone = _told(what_came({**index.documents, "x": index.documents["tea"]}, index, ()).html)
    index.close()
    assert "It states nothing about where data is or how it is kept." in told
    assert "Removed: “Tea”." in gone
