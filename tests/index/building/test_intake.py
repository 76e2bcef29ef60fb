"""Documents come, change and go: what is said of them, and that answers follow."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fpdf import FPDF

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Verdict
from corpus.intake.describe import Given
from index.building import documents
from index.building.build import build_index
from index.encoding.chunk_encoder import ChunkEncoder
from index.errors import RegistryError
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.types import FileState

QUESTION = "Where do Acme Vault records rest?"


def _page(folder: Path, name: str, city: str, stated: str = "2025-01-02", **more: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    fields = "".join(f"{key}: {value}\n" for key, value in more.items())
    path = folder / name
    path.write_text(
        f"---\ntitle: Acme Vault, {city}\nservice: Acme Vault\ndate: {stated}\n{fields}---\n\n"
        f"Acme Vault records rest in {city}.\n"
    )
    return path


@contextmanager
def _assistant(home: Path) -> Iterator[Assistant]:
    assistant = Assistant.open(Settings(home=home), today=lambda: date(2025, 6, 1))
    try:
        yield assistant
    finally:
        assistant.close()


def _ask(home: Path, question: str = QUESTION) -> Answer:
    with _assistant(home) as assistant:
        return assistant.ask(question, clarify=False)


def _add(home: Path, *locations: Path | str, given: Given | None = None, **options: object) -> None:
    for location in locations:
        documents.add(Home(home), str(location), given=given or Given(), **options)
    build_index(home)


def test_a_removed_document_leaves_every_answer_of_a_running_assistant(
    home: Path, tmp_path: Path
) -> None:
    page = _page(tmp_path / "own", "acme.md", "Reykjavik")
    _add(home, page)
    with _assistant(home) as assistant:
        told = assistant.ask(QUESTION)
        assert "Reykjavik" in told.text
        documents.remove(Home(home), "acme")
        assert "Reykjavik" in assistant.ask(QUESTION).text
        build_index(home)
        after = assistant.ask(QUESTION)
        assert "Reykjavik" not in after.text
        assert all(citation.document != "acme" for citation in after.citations)
        assert after.index != told.index
    assert page.exists()


def test_a_vanished_file_leaves_the_answers_with_the_next_build(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    page = _page(folder, "acme.md", "Reykjavik")
    _page(folder, "borea.md", "Turku")
    _add(home, folder)
    page.unlink()
    build_index(home)
    assert "Reykjavik" not in _ask(home).text
    assert "Turku" in _ask(home).text
    states = {record.name: record.state for record in documents.files(Home(home))}
    assert states["acme.md"] is FileState.REMOVED
    assert states["borea.md"] is FileState.OK


def test_a_changed_file_changes_the_answer_and_embeds_only_itself(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(tmp_path / "own", "acme.md", "Reykjavik")
    _add(home, page)
    embedded: list[str] = []
    said = ChunkEncoder.said

    def heard(encoder: ChunkEncoder, texts: list[str]) -> object:
        embedded.extend(texts)
        return said(encoder, texts)

    monkeypatch.setattr(ChunkEncoder, "said", heard)
    _page(tmp_path / "own", "acme.md", "Turku")
    build_index(home)
    assert "Turku" in _ask(home).text
    assert embedded
    assert all("Acme" in text for text in embedded)


def test_equal_documents_are_indexed_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(tmp_path / "own", "acme.md", "Reykjavik")
    _add(home, tmp_path / "own")
    monkeypatch.setattr(ChunkEncoder, "said", None)
    _page(tmp_path / "own", "again.md", "Reykjavik")
    build_index(home)
    records = {record.document: record for record in documents.files(Home(home))}
    again = records["again"]
    assert (again.state, again.duplicate_of) == (FileState.DUPLICATE, "acme")


def test_what_failed_is_kept_and_tried_again_when_it_changes_or_on_request(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "acme.md").write_bytes(b"Acme Vault records rest in Malm\xf6.\n")
    _page(folder, "borea.md", "Turku")
    _add(home, folder)
    told: list[str] = []
    build_index(home, progress=told.append)
    assert told[-1].endswith("is up to date")
    failed = [one for one in documents.files(Home(home)) if one.state is FileState.FAILED]
    assert [(one.name, one.document) for one in failed] == [("acme.md", "acme")]
    assert "UTF-8" in failed[0].reason
    (folder / "acme.md").write_text("# Acme Vault, Malmö\n\nAcme Vault records rest in Malmö.\n")
    build_index(home)
    assert "Malmö" in _ask(home).text


def test_a_file_of_two_sources_is_one_document(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    page = _page(folder, "acme.md", "Reykjavik")
    _add(home, folder, page)
    assert sum(one.path == str(page) for one in documents.files(Home(home))) == 1


def test_two_files_of_one_name_get_ids_of_their_own(home: Path, tmp_path: Path) -> None:
    _page(tmp_path / "one", "acme.md", "Reykjavik")
    _page(tmp_path / "two", "acme.md", "Turku")
    _add(home, tmp_path / "one", tmp_path / "two")
    ids = {one.path: one.document for one in documents.files(Home(home)) if "acme" in one.name}
    assert len(set(ids.values())) == 2
    assert "acme" in ids.values()
    documents.remove(Home(home), str(tmp_path / "one"))
    build_index(home)
    kept = {one.path: one.document for one in documents.files(Home(home)) if one.state == "ok"}
    assert kept[str(tmp_path / "two" / "acme.md")] == ids[str(tmp_path / "two" / "acme.md")]


def test_only_what_a_pattern_includes_is_taken(home: Path, tmp_path: Path) -> None:
    _page(tmp_path / "own", "acme.md", "Reykjavik")
    _page(tmp_path / "own", "notes.txt", "Turku")
    _add(home, tmp_path / "own", include=("*.md",))
    assert {one.name for one in documents.files(Home(home))} >= {"acme.md"}
    assert all(one.name != "notes.txt" for one in documents.files(Home(home)))


@pytest.mark.parametrize(
    ("location", "cause"),
    [("no-such-file.md", "does not exist"), ("empty", "holds no file that is read")],
)
def test_nothing_to_index_is_refused(home: Path, tmp_path: Path, location: str, cause: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RegistryError, match=cause):
        documents.add(Home(home), str(tmp_path / location))


def test_an_unknown_name_cannot_be_removed(home: Path) -> None:
    with pytest.raises(RegistryError, match="neither a source nor a document"):
        documents.remove(Home(home), "nothing-of-that-name")


def test_what_is_said_of_a_document_and_who_wins(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "own" / "acme.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: From the page\n---\n\nAcme Vault records rest in Turku.\n")

    def title() -> tuple[str, object]:
        build_index(home)
        reader = IndexReader.open(home)
        about = reader.documents["acme"].about
        reader.close()
        return about.title, about.date

    _add(home, page)
    assert title() == ("From the page", None)
    sidecar = page.with_name("acme.md.about.toml")
    sidecar.write_text('title = "From beside"\ndate = 2024-01-01\n')
    assert title() == ("From beside", date(2024, 1, 1))
    documents.add(Home(home), str(page), given=Given(title="From the option"))
    assert title() == ("From the option", date(2024, 1, 1))
    documents.describe(Home(home), "acme", Given(title="Corrected", date=date(2025, 2, 3)))
    assert title() == ("Corrected", date(2025, 2, 3))
    sidecar.write_text("title = ")
    build_index(home)
    reasons = [one.reason for one in documents.files(Home(home)) if one.state is FileState.FAILED]
    assert any("acme.md.about.toml" in reason for reason in reasons)


def test_a_file_that_fails_as_before_is_told_with_its_size_of_now(
    home: Path, tmp_path: Path
) -> None:
    page = tmp_path / "own" / "acme.md"
    _page(page.parent, page.name, "Oslo")
    page.with_name("acme.md.about.toml").write_text("title = ")
    _add(home, page.parent)
    for text in ("# Short", "# A longer one"):
        page.write_text(text)
        build_index(home)
        failed = [one for one in documents.files(Home(home)) if one.state is FileState.FAILED]
        assert [one.size for one in failed] == [len(text)]


def test_a_superseded_document_stays_as_history_and_is_named(home: Path, tmp_path: Path) -> None:
    _page(tmp_path / "own", "old.md", "Oslo", "2019-01-02")
    _page(tmp_path / "own", "new.md", "Reykjavik", "2025-01-02", supersedes="old")
    _add(home, tmp_path / "own")
    told = _ask(home)
    assert told.citations[0].document == "new"
    history = _ask(home, "Where did Acme Vault records rest previously, in Oslo?")
    assert any(citation.document == "old" for citation in history.citations)
    assert any(
        "2019-01-02; superseded by “Acme Vault, Reykjavik”, 2025-01-02" in caveat
        for caveat in history.caveats
    )


def test_a_citation_of_a_pdf_names_the_page(home: Path, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for text in ("This page says nothing of places at all.", "Acme Vault records rest in Turku."):
        pdf.add_page()
        pdf.multi_cell(0, 8, text)
    pdf.output(str(tmp_path / "acme.pdf"))
    _add(home, tmp_path / "acme.pdf", given=Given(title="Acme Vault", service="Acme Vault"))
    answer = _ask(home)
    cited = next(one for one in answer.citations if one.document == "acme")
    assert cited.page == 2
    with _assistant(home) as assistant:
        assert assistant.document("acme").text[cited.start : cited.end] == cited.quote


class _Pages(BaseHTTPRequestHandler):
    city = "Turku"

    def do_GET(self) -> None:
        body = f"<html><body><main><p>Acme Vault records rest in {self.city}.</p></main></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_page_is_fetched_when_it_is_added_and_not_by_itself(home: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/acme"
    try:
        _add(home, url, given=Given(title="Acme Vault", service="Acme Vault"))
        cited = _ask(home).citations[0]
        assert (cited.source, "Turku" in cited.quote) == (url, True)
        _Pages.city = "Reykjavik"
        build_index(home)
        assert "Turku" in _ask(home).text
        _add(home, url, given=Given(title="Acme Vault", service="Acme Vault"))
        assert "Reykjavik" in _ask(home).text
    finally:
        server.shutdown()
        server.server_close()
    documents.remove(Home(home), url)
    build_index(home)
    assert _ask(home).verdict is not Verdict.ANSWERED or "Reykjavik" not in _ask(home).text
    assert list((home / "fetched").iterdir()) == []


def test_a_date_in_the_text_is_cited_by_the_line_that_states_it(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "own" / "acme.md"
    page.parent.mkdir()
    page.write_text(
        "# Acme Vault sites\n\nAcme Vault records rest in Turku.\n\nLast changed on 2 May 2025.\n"
    )
    _add(home, page)
    told = _ask(home, "When was the page about Acme Vault last updated?")
    assert "2025-05-02" in told.text
    assert told.citations[0].quote == "Last changed on 2 May 2025."
