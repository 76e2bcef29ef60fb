"""From question to verified answer, over the real index."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.composing.evidence import piece
from assistant.draft import Draft, DraftSentence, Evidence
from assistant.errors import QuestionError, SettingsError, ThreadError, UnknownDocument
from assistant.history.thread_store import Threads
from assistant.pipeline import displayed
from assistant.settings import Settings
from assistant.types import Verdict
from assistant.verification.verify import failure, verify
from corpus.types import Span

QUESTIONS = [
    "Where does Intune keep data for a customer in India?",
    "Which command lists the configured geographies?",
    "How long are audit logs kept?",
    "What are the three major geographic regions of Intune?",
    "Which regions are in the United Kingdom geo?",
    "How do I move an inactive mailbox to another geography?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_verbatim(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict is Verdict.ANSWERED
    assert answer.citations
    for citation in answer.citations:
        text = assistant.document(citation.document).text
        assert text[citation.start : citation.end] == citation.quote
        assert len(citation.quote) <= 600
        assert f"[{citation.marker}]" in answer.text


def test_a_command_comes_verbatim(assistant: Assistant) -> None:
    answer = assistant.ask("command to view the primary provisioned geography location")
    assert "Get-OrganizationConfig | Select DefaultMailboxRegion" in answer.text


def test_a_list_comes_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Which are the three major geographic regions of Intune?")
    for region in ("North America", "Europe", "Asia Pacific"):
        assert region in answer.text


def test_the_date_of_a_page_is_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("What is the date of the Customer Service Insights page?")
    assert "2019-04-24" in answer.text
    assert answer.citations[0].quote.startswith("ms.date")


def test_an_old_page_is_called_old(built_home: Path) -> None:
    opened = Assistant.open(Settings(home=built_home), today=lambda: date(2026, 1, 1))
    answer = opened.ask("Which regions are in the United Kingdom geo?")
    opened.close()
    assert any("2019-04-24" in c and "an old page" in c for c in answer.caveats)
    assert answer.text.endswith(answer.caveats[-1])


@pytest.mark.parametrize(
    "question",
    ["Where does SharePoint keep its files?", "Where are AWS S3 buckets of ours?"],
)
def test_a_service_without_documents_is_not_answered_from_another(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert "say nothing about" in answer.text


def test_nonsense_is_not_answered(assistant: Assistant) -> None:
    assert assistant.ask("Best recipe for banana bread with walnuts?").abstained


def test_a_follow_up_leans_on_its_thread_and_on_no_other(assistant: Assistant) -> None:
    assistant.ask("Where does Intune keep data at rest?", thread="t", owner="anna")
    mine = assistant.ask("and how long are audit logs kept?", thread="t", owner="anna")
    assert mine.citations[0].document == "intune"
    turns = Threads(assistant.settings.home / "conversations.sqlite")
    assert len(turns.turns("anna", "t")) == 2
    assert turns.turns("bert", "t") == ()


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask(QUESTIONS[0]) for _ in range(2))
    assert replace(first, id="", latency_ms=0) == replace(second, id="", latency_ms=0)


def test_many_threads_share_one_assistant(assistant: Assistant) -> None:
    texts: list[str] = []
    workers = [
        threading.Thread(target=lambda: texts.append(assistant.ask(QUESTIONS[0]).text))
        for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(texts) == 8
    assert len(set(texts)) == 1


def test_a_stream_ends_with_the_answer(assistant: Assistant) -> None:
    pieces = list(assistant.stream(QUESTIONS[0]))
    assert pieces[-1].answer is not None
    assert "".join(piece.text for piece in pieces) == pieces[-1].answer.text


def test_an_answer_is_json(assistant: Assistant) -> None:
    plain = json.loads(json.dumps(assistant.ask(QUESTIONS[0]).to_json()))
    assert {"id", "text", "verdict", "abstained", "citations", "facts", "caveats", "choices",
            "mode", "index", "latency_ms"} <= set(plain)  # fmt: skip
    assert {"marker", "document", "title", "section", "quote", "start", "end", "source",
            "as_of", "page"} == set(plain["citations"][0])  # fmt: skip


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "😀😀", "?!", "\u202e\u202d"])
def test_a_question_without_words_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="no words"):
        assistant.ask(question)


@pytest.mark.parametrize(
    "question",
    ["w " * 9_000, "<script>alert(1)</script> where?", "\u202eאיפה הנתונים", 'a\x1b[31m b OR " *'],
)
def test_odd_questions_are_answered_or_abstained(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).text


def test_a_very_long_question_is_refused_with_its_length(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="100,000"):
        assistant.ask("x" * 100_000)


def test_an_unknown_document_is_named(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocument, match="intune"):
        assistant.document("nope")


def test_a_changed_word_does_not_pass(assistant: Assistant) -> None:
    documents = {document.id: document for document in assistant.documents}
    chunk = next(c for c in assistant.index.catalog.all_chunks() if "30 days" in c.text)
    part = piece(chunk)
    assert failure(DraftSentence(part.shown, (part,)), documents) == ""
    for wrong in (
        part.shown.replace("30", "60"),
        part.shown.replace("is removed", "is not removed"),
        " ".join(reversed(part.shown.split())),
    ):
        assert failure(DraftSentence(wrong, (part,)), documents)
        assert failure(DraftSentence(wrong, (replace(part, shown=wrong),)), documents)
    first = part.spans[0]
    moved = replace(part, spans=(first._replace(start=first.start + 9),))
    assert failure(DraftSentence(part.shown, (moved,)), documents)
    assert failure(DraftSentence(part.shown, ()), documents) == "no evidence"
    draft = Draft(Verdict.ANSWERED, (DraftSentence("Made up.", (part,)),))
    query, _ = assistant.found("How long are audit logs kept?")
    assert verify(draft, query, assistant.index).verdict is Verdict.ABSTAINED


def test_a_row_is_read_with_its_column_titles(assistant: Assistant) -> None:
    documents = {document.id: document for document in assistant.documents}
    row = next(c for c in assistant.index.catalog.all_chunks() if "Japan West" in c.text)
    part = piece(row)
    assert "Japan West (Osaka)" in part.shown
    assert part.shown.count("Japan") == 2
    assert failure(DraftSentence(part.shown, (part,)), documents) == ""
    for before, after in (("Osaka", "Kobe"), ("geos", "towns"), (": Japan;", ": Korea;")):
        wrong = part.shown.replace(before, after)
        assert wrong != part.shown
        assert failure(DraftSentence(wrong, (replace(part, shown=wrong),)), documents)


def test_unknown_settings_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RESIDENCY_MODLE", "x")
    with pytest.raises(SettingsError, match="RESIDENCY_MODLE"):
        Settings.load()
    monkeypatch.delenv("RESIDENCY_MODLE")
    (tmp_path / ".env").write_text("OPENAI_API_KEY=secret\nRESIDENCY_HOEM=x\n")
    with pytest.raises(SettingsError, match="RESIDENCY_HOEM"):
        Settings.load()
    (tmp_path / ".env").write_text(f"OPENAI_API_KEY=secret\nRESIDENCY_HOME={tmp_path}/h\n")
    monkeypatch.delenv("RESIDENCY_HOME")
    assert Settings.load().home == tmp_path / "h"


@pytest.mark.parametrize(
    "url", ["s3cret", "http://me:s3cret@host/kept", "postgresql://me:s3cret@h"]
)
def test_an_address_of_no_database_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("RESIDENCY_DATABASE_URL", url)
    with pytest.raises(
        SettingsError, match=r"RESIDENCY_DATABASE_URL: no address.* Set it as"
    ) as caught:
        Settings.load()
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__}"


def test_a_broken_store_of_conversations_is_named(built_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ThreadError, match=r"conversations\.sqlite"):
        Threads(path).turns("", "t")


def test_a_number_in_brackets_is_no_citation_and_a_command_stays_as_it_is() -> None:
    prose = Evidence("d", (Span(0, 9),), "Sites [63] exist.", ("d",))
    command = Evidence("d", (Span(0, 9),), "show [1] all", ("d",), code=True)
    assert displayed(DraftSentence(prose.shown, (prose,))) == "Sites (63) exist."
    assert displayed(DraftSentence(command.shown, (command,))) == "show [1] all"


def test_what_is_kept_in_one_country_is_no_yes_for_a_city_of_another(assistant: Assistant) -> None:
    question = "Does Azure AD for Japanese customers keep sign-in logs in Osaka?"
    assert not assistant.ask(question, clarify=False).text.startswith("Yes")
