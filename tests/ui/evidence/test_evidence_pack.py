"""An evidence pack holds what an auditor asks for, in both forms, and nothing of it is mark-up."""

from __future__ import annotations

import hashlib
import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pypdfium2
import pytest

from assistant.app import Assistant
from assistant.history.conversations import Conversation, Message
from assistant.types import Citation
from corpus.formats import Unusable
from corpus.language.sentences import readable
from corpus.parse import parse
from corpus.types import Span
from ui.errors import EvidenceError
from ui.evidence.evidence_pack import (
    Answered,
    Detail,
    Occasion,
    Pack,
    _around,
    _units,
    evidence_pack,
)
from ui.evidence.pack_files import PackForm, pack_file, write_pack
from ui.evidence.packed_answers import from_messages, from_rows, of_conversation
from ui.questionnaires.job_types import JobRow, RowState

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script>\"' onmouseover=x [x](javascript:y) \x1b[31m"
QUESTIONS = ("How long are Intune audit logs kept?", "Which regions does Intune store data in?")


@pytest.fixture(scope="module")
def pack(assistant: Assistant) -> Pack:
    answers = [assistant.ask(one, thread="pack") for one in QUESTIONS]
    messages = [Message(at, one.question, one, NOW) for at, one in enumerate(answers, 1)]
    known = Conversation("pack", "What auditors ask", NOW, NOW, len(messages))
    records = partial(assistant.record, owner=None)
    occasion = of_conversation(known, messages, NOW)
    return evidence_pack(occasion, from_messages(messages, records), assistant)


def _printed(pack: Pack) -> str:
    document = pypdfium2.PdfDocument(pack_file(pack, PackForm.PDF).content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _seen(pack: Pack) -> str:
    page = pack_file(pack, PackForm.HTML).content.decode()
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("form", [_printed, _seen])
def test_both_forms_hold_all_of_an_answer(pack: Pack, form: Any, assistant: Assistant) -> None:
    told = _folded(form(pack))
    assert _folded("What auditors ask") in told
    assert _folded("2026-05-04 12:30 UTC") in told
    for entry in pack.entries:
        answered = entry.answered
        assert _folded(answered.question) in told
        assert _folded(answered.text) in told
        assert entry.exhibits
        for detail in answered.receipt:
            assert _folded(detail.value) in told, detail.name
        for one in entry.exhibits:
            for part in (one.before, one.quote, one.after):
                assert _folded(readable(part)).replace("|", "") in told.replace("|", "")
            assert one.sha256 in told
            assert one.title.replace(" ", "") in told
    for document in pack.documents:
        assert document.file_sha256 in told


def test_a_quotation_stands_between_its_neighbours(pack: Pack, assistant: Assistant) -> None:
    for entry in pack.entries:
        for one, citation in zip(entry.exhibits, entry.answered.citations, strict=True):
            text = assistant.document(citation.document).text
            assert one.span.of(text) == one.quote
            assert one.sha256 == hashlib.sha256(text.encode()).hexdigest()
            assert text.find(one.before) + len(one.before) <= citation.start
            assert text.find(one.after, citation.end) >= citation.end
            between = text[
                text.rfind(one.before, 0, citation.start) + len(one.before) : citation.start
            ]
            assert len(between) < 200, "nothing is left out between"


def test_what_stands_below_another_heading_is_no_neighbour() -> None:
    text = "# Tern\n\n## Add-on\n\nYou have bought it.\n\n## Letters\n\nThey stay. They are read.\n"
    structure = parse(text, markdown=True)
    quoted = text.index("They stay.")
    around = _around(text, Span(quoted, quoted + len("They stay.")), _units(structure.blocks))
    assert around == ("", "They are read.")


def test_a_file_is_named_by_what_it_is_of(pack: Pack) -> None:
    assert pack_file(pack, PackForm.HTML).name == "evidence-what-auditors-ask.html"
    assert pack_file(replace(pack, title="東京"), PackForm.HTML).name == "evidence.html"


def test_what_a_document_no_longer_says_is_told(assistant: Assistant) -> None:
    gone = Citation(1, "intune", "Intune", "", "Never said.", 5, 16, "", date(2024, 1, 1))
    answered = Answered("1", "Is it?", "Answered", "Yes [1]", (gone,), ())
    made = evidence_pack(Occasion("t", (), NOW), [answered], assistant)
    (exhibit,) = made.entries[0].exhibits
    assert (exhibit.sha256, exhibit.before, exhibit.after) == ("", "", "")
    for form in (_printed, _seen):
        assert _folded("no longer has this passage") in _folded(form(made))


def test_nothing_in_a_pack_is_markup(pack: Pack) -> None:
    entry = pack.entries[0]
    exhibit = replace(
        entry.exhibits[0], quote=HOSTILE, before=HOSTILE, title=HOSTILE, section=HOSTILE,
        source=HOSTILE,
    )  # fmt: skip
    answered = Answered(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (), (Detail(HOSTILE, HOSTILE),))
    documents = (replace(pack.documents[0], title=HOSTILE, source=HOSTILE),)
    bad = Pack(HOSTILE, (Detail(HOSTILE, HOSTILE),), NOW,
               (replace(entry, answered=answered, exhibits=(exhibit,)),), documents)  # fmt: skip
    page = pack_file(bad, PackForm.HTML).content.decode()
    assert "<script" not in page
    assert "\x1b" not in page
    assert not re.search(r"<[^>]*\son\w+=", page)
    assert not re.search(r'(?:href|src)="(?!https://)', page)
    assert "default-src 'none'" in page
    assert "alert(1)" in _printed(bad)


def test_a_sign_that_the_pdf_can_not_show_is_its_code_point(pack: Pack) -> None:
    entry = replace(
        pack.entries[0], answered=replace(pack.entries[0].answered, question="東京 – “é”?")
    )
    printed = _printed(replace(pack, entries=(entry,)))
    assert "[U+6771][U+4EAC]" in printed
    assert "stand as their code points" in printed
    assert "stand as their code points" not in _printed(pack)
    assert "“é”" in printed


def test_a_row_in_a_persons_words_is_told_so_and_one_that_waits_is_left_out() -> None:
    line = (
        '{"answer_id": "a", "text": "Yes [1]", "verdict": "answered", "citations": [], '
        '"triage": "answered"}'
    )
    rows = [
        JobRow(0, 5, "k", "Is it?", RowState.CORRECTED, line, "No, it is not."),
        JobRow(1, 6, "l", "And then?", RowState.WAITING, "", ""),
    ]
    record = SimpleNamespace(
        circumstances=SimpleNamespace(configuration=None),
        answer=SimpleNamespace(index="build", derivation=()),
    )
    (answered,) = from_rows(rows, lambda id_: cast(Any, record))
    assert (answered.number, answered.verdict) == ("row 5", "In a person's words")
    assert answered.text == "No, it is not."
    assert Detail("Answer", "a") in answered.receipt


def test_a_file_of_another_kind_or_place_is_refused(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no form of an evidence pack"):
        write_pack(pack, tmp_path / "pack.docx")
    with pytest.raises(EvidenceError, match="cannot be written"):
        write_pack(pack, tmp_path / "none" / "pack.pdf")
    write_pack(pack, tmp_path / "pack.pdf")
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_a_pack_of_nothing_can_be_made() -> None:
    empty = SimpleNamespace(documents={}, catalog=None)
    nothing = cast(Any, SimpleNamespace(reading=lambda: nullcontext(empty)))
    made = evidence_pack(Occasion("Empty", (), NOW), [], nothing)
    for form in (_printed, _seen):
        assert "Empty" in form(made)


def test_a_long_pack_is_set_in_another_process_as_a_short_one_is_here(pack: Pack) -> None:
    half = replace(pack.entries[0].answered, question="Half \ud83d and 東京?")
    several = replace(pack, entries=(*(replace(pack.entries[0], answered=half),), *pack.entries))
    here = _printed(several)
    many = replace(several, entries=several.entries * 7)
    apart = _printed(many)
    assert here.count("Answered") * 7 == apart.count("Answered")
    assert "[U+D83D]" in apart
    assert "[U+6771]" in apart


def test_a_pack_that_takes_too_long_is_told_so(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(function: str, request: str, content: bytes) -> bytes:
        raise Unusable("takes more than 120 s", "Divide it")

    monkeypatch.setattr("ui.evidence.pack_files.work_apart", late)
    many = replace(pack, entries=pack.entries * 20)
    with pytest.raises(EvidenceError, match=r"40 answers are no PDF .*120 s.*Take the evidence"):
        pack_file(many, PackForm.PDF)
