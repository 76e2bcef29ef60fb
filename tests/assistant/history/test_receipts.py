"""Receipts: whether today's index says what was said, and what differs where it does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.history.receipts import Aspect, Comparison, Present, QuoteStanding, compare
from assistant.history.records import AnswerRecord
from assistant.settings import Settings
from assistant.types import Answer, Profile, Receipt, Verdict
from index.building.build import build_index
from index.types import StoredDocument
from tests.assistant.history.kept_values import CITED, GIVEN, answer

PAGE = """---
title: Acme Vault data residency
ms.date: {date}
ms.service: acme-vault
---
# Acme Vault data residency

Acme Vault stores customer data at rest in {place}.

Acme Vault keeps its audit logs for {days} days.
"""


@pytest.fixture
def home(untouched_home: Path, tmp_path: Path) -> Path:
    home = Path(shutil.copytree(untouched_home, tmp_path / "copied"))
    (home / "conversations.sqlite").unlink(missing_ok=True)
    return home


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    _publish(home)
    opened = Assistant.open(Settings(home=home), today=lambda: date(2026, 5, 6))
    yield opened
    opened.close()


def _publish(home: Path, date: str = "2026-01-02", place: str = "Norway", days: int = 90) -> None:
    page = PAGE.format(date=date, place=place, days=days)
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "acme-vault.md").write_text(page, encoding="utf-8")
    build_index(home)


def _aspects(comparison: Comparison) -> set[Aspect]:
    return {one.aspect for one in comparison.differences}


def test_the_same_index_says_the_same_years_later(assistant: Assistant, home: Path) -> None:
    profile = Profile("Norway", ("ADR",))
    assistant.ask("Where does Intune keep data?", thread="t", profile=profile)
    first = assistant.ask("and how long are audit logs kept?", thread="t", profile=profile)
    alone = assistant.ask("Where is our data stored?", clarify=False, keep=True)
    asked_back = assistant.ask("Where is our data stored?", keep=True)
    later = Assistant.open(Settings(home=home), today=lambda: date(2036, 1, 1))
    for one in (first, alone, asked_back):
        comparison = later.compare(later.record(one.id))
        assert (comparison.same, comparison.differences) == (True, ())
        assert comparison.today is not None
        assert comparison.today.text == one.text
    later.close()


def test_another_sentence_and_date_are_named(assistant: Assistant, home: Path) -> None:
    given = assistant.ask("Where does Acme Vault store customer data at rest?", keep=True)
    assert "Norway" in given.text
    _publish(home, date="2026-03-04", place="Sweden")
    comparison = assistant.compare(assistant.record(given.id))
    assert not comparison.same
    assert _aspects(comparison) >= {
        Aspect.TEXT, Aspect.CITATION_GONE, Aspect.CITATION_NEW, Aspect.QUOTE_GONE,
        Aspect.DOCUMENT_DATE, Aspect.DOCUMENT_CONTENT, Aspect.INDEX,
    }  # fmt: skip
    details = "\n".join(one.detail for one in comparison.differences)
    assert "2026-01-02, today 2026-03-04" in details
    assert "Sweden" in details
    (quote,) = comparison.quotes
    assert quote.standing is QuoteStanding.CHANGED
    assert quote.differs == ("place: Norway → Sweden",)
    assert "Sweden" in quote.today
    (edition,) = comparison.editions
    assert (edition.date, edition.fetched) == (date(2026, 1, 2), None)


def test_a_quotation_in_other_words_is_told_apart(assistant: Assistant, home: Path) -> None:
    given = assistant.ask("Where does Acme Vault store customer data at rest?", keep=True)
    page = home / "documents" / "acme-vault.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("stores customer", "keeps customer"), encoding="utf-8")
    build_index(home)
    (quote,) = assistant.compare(assistant.record(given.id)).quotes
    assert quote.standing is QuoteStanding.WORDING
    assert quote.differs == ()


def test_a_change_elsewhere_in_the_document_is_told_and_no_difference(
    assistant: Assistant, home: Path
) -> None:
    given = assistant.ask("Where does Acme Vault store customer data at rest?", keep=True)
    _publish(home, days=9000)
    comparison = assistant.compare(assistant.record(given.id))
    assert comparison.same
    assert _aspects(comparison) == {Aspect.DOCUMENT_CONTENT, Aspect.INDEX}
    assert {one.standing for one in comparison.quotes} == {QuoteStanding.SAME}


def test_a_document_that_is_gone_is_named(assistant: Assistant, home: Path) -> None:
    given = assistant.ask("How long does Acme Vault keep its audit logs?", keep=True)
    assert "90 days" in given.text
    (home / "documents" / "acme-vault.md").unlink()
    build_index(home)
    comparison = assistant.compare(assistant.record(given.id))
    assert not comparison.same
    assert Aspect.DOCUMENT_GONE in _aspects(comparison)
    assert Aspect.QUOTE_GONE not in _aspects(comparison)
    assert {one.standing for one in comparison.quotes} == {QuoteStanding.GONE}


def _written(text: str = "It rests in Ireland. [1]") -> AnswerRecord:
    told = Receipt("fake:model", "ab", 10, 5, 1.0, False, "", ())
    return AnswerRecord("", "", (), GIVEN, answer("a", text=text, receipt=told))


def _present(today: Answer | None, assistant: Assistant, text: str, sha256: str) -> Present:
    known = assistant.document("intune")
    about = replace(known.about, date=date(2025, 6, 25))
    document = StoredDocument(about, text, sha256)
    assert GIVEN.configuration is not None
    return Present(today, {"intune": document}, GIVEN.configuration)


@pytest.mark.parametrize(
    ("text", "sha256", "aspects"),
    [
        (f"    {CITED.quote} And more.", "ab" * 32, set()),
        (f"Moved. {CITED.quote}", "cd" * 32, {Aspect.DOCUMENT_CONTENT}),
        ("Data rests in Italy.", "cd" * 32, {Aspect.DOCUMENT_CONTENT, Aspect.QUOTE_GONE}),
    ],
)
def test_without_asking_a_model_again_its_evidence_is_looked_at(
    assistant: Assistant, text: str, sha256: str, aspects: set[Aspect]
) -> None:
    comparison = compare(_written(), _present(None, assistant, text, sha256))
    assert _aspects(comparison) == aspects
    assert comparison.same is (not aspects)


def test_a_passage_that_moved_is_the_same_and_another_configuration_is_told(
    assistant: Assistant,
) -> None:
    moved = answer("b", citations=(replace(CITED, start=11, end=33),))
    present = _present(moved, assistant, f"Moved on. {CITED.quote}", "cd" * 32)
    configuration = replace(present.configuration, version="9", model="fake:other")
    comparison = compare(_written(), replace(present, configuration=configuration))
    assert comparison.same
    assert [one.detail for one in comparison.differences][1:] == [
        "version: 0.1.0, today 9", "model: none, today fake:other",
    ]  # fmt: skip


def test_another_verdict_is_a_difference(assistant: Assistant) -> None:
    today = answer("b", verdict=Verdict.ABSTAINED)
    comparison = compare(_written(), _present(today, assistant, f"    {CITED.quote}", "ab" * 32))
    assert [(one.aspect, one.detail) for one in comparison.differences] == [
        (Aspect.VERDICT, "answered, today abstained")
    ]
    assert not comparison.same


def test_a_clock_that_was_not_recorded_is_today_s(assistant: Assistant) -> None:
    given = assistant.ask("Where does Intune keep data?", keep=True)
    record = assistant.record(given.id)
    unknown = replace(record, circumstances=replace(record.circumstances, today=None))
    assert assistant.compare(unknown).same
    long_ago = replace(record.circumstances, today=date(2026, 5, 6) + timedelta(days=3650))
    assert not assistant.compare(replace(record, circumstances=long_ago)).same
