"""The parts that values are made of: words, types, clauses, cells, questions told indirectly."""

from __future__ import annotations

import pytest

from assistant.draft import Evidence
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Difference, NotStated, Said, Side
from assistant.reasoning.saying.values_said import not_stated, value_said
from assistant.reasoning.values.asked_words import asked_words, stem
from assistant.reasoning.values.clause_kept import kept
from assistant.reasoning.values.indirect_question import asked_indirectly
from assistant.reasoning.values.row_cells import row_said
from assistant.reasoning.values.value_types import compares_length, holds, points_elsewhere
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk, Pair, Span
from index.types import Note


def chunk(text: str, lead_in: str = "") -> Chunk:
    return Chunk(
        "id", "doc", Span(0, len(text)), text, BlockKind.PARAGRAPH, ("Title",), lead_in, 0, -1,
        text,
    )  # fmt: skip


def held(wanted: Wanted, text: str, lead_in: str = "") -> float:
    return holds(wanted, chunk(text, lead_in), text, Note(*[frozenset[str]()] * 3), ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How long are deleted volumes kept?", "how long deleted volumes are kept"),
        ("For how many days does Tern Mail keep logs?", "for how many days Tern Mail keeps logs"),
        ("In which town is the second site?", "in which town the second site is"),
        ("We moved. Which vendor hosts the backups?", "which vendor hosts the backups"),
        ("Does Tern Mail keep a copy?", "whether Tern Mail keeps a copy"),
        (
            "Is data replicated outside the EU, for Tern Mail?",
            "whether data is replicated outside the EU, for Tern Mail",
        ),
        ("If a site is lost, how long does it take?", "how long it takes"),
        ("Logs, please.", "this"),
    ],
)
def test_a_question_is_told_as_a_clause(question: str, told: str) -> None:
    assert asked_indirectly(question) == told


@pytest.mark.parametrize(
    ("wanted", "text", "has"),
    [
        (Wanted.DURATION, "Logs are kept for 30 days.", True),
        (Wanted.DURATION, "Logs are kept indefinitely.", True),
        (Wanted.DURATION, "Logs are kept in Oslo.", False),
        (Wanted.DATE, "The service ends on 5 May 2026.", True),
        (Wanted.REASON, "This is done to comply with the law.", True),
        (Wanted.REASON, "Logs are kept in Oslo.", False),
        (Wanted.CONDITION, "Logs move only if you ask.", True),
        (Wanted.EXCEPTION, "All logs except audit logs move.", True),
    ],
)
def test_a_text_holds_a_type_or_not(wanted: Wanted, text: str, has: bool) -> None:
    assert (held(wanted, text) >= 0.5) is has


def test_a_duration_that_introduces_a_list_is_of_its_members() -> None:
    assert held(Wanted.DURATION, "API logs", "We keep these for 30 days:") == 1


def test_words_of_the_subject_and_of_asking_do_not_count() -> None:
    ask = Ask("How long does Tern Mail keep audit logs?", Wanted.DURATION)
    words = asked_words(ask, ("Tern Mail",), ("Audit logs.", "Tern Mail keeps chats."))

    assert [one for one, _ in words.weights] == [stem("keep"), stem("audit"), stem("logs")]
    assert words.covered("Audit logs are retained.") > words.covered("Chats are retained.") > 0
    assert words.covered("Nothing of it.") == 0


@pytest.mark.parametrize(
    ("one", "other"), [("deleted", "deletes"), ("stores", "storing"), ("copies", "copy")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_sentence_loses_what_ties_it_and_no_restriction() -> None:
    ask = Ask("Where are logs kept?", Wanted.PLACE)
    words = asked_words(ask, (), ())

    assert kept("However, logs stay in Oslo.", words, ask.wanted) == "Logs stay in Oslo."
    long = (
        "Logs of all tenants that were created in the last years are kept in the primary site in "
        "Oslo and in the secondary site in Bergen unless the administrator of the tenant has "
        "chosen one of the other sites that the service offers to its customers."
    )
    assert "unless" in kept(long, words, ask.wanted)


def test_a_row_says_the_asked_cell_under_its_name(gazetteer: Gazetteer) -> None:
    pairs = (Pair("Store", "Postgres"), Pair("Region", "Ireland"), Pair("Retention", "14 days"))
    question = "How long are Postgres backups kept?"
    asked = Ask(question, Wanted.DURATION)

    assert row_said(asked, asked_words(asked, (), ()), pairs, gazetteer) == (
        "Postgres", "14 days",
    )  # fmt: skip
    place = Ask("Where is Postgres?", Wanted.PLACE)
    assert row_said(place, asked_words(place, (), ()), pairs, gazetteer) == ("Postgres", "Ireland")


def test_a_cell_that_only_ticks_is_said_with_its_title(gazetteer: Gazetteer) -> None:
    pairs = (Pair("Feature", "Export"), Pair("EU", "X"))
    ask = Ask("Is export there?", Wanted.UNKNOWN)

    assert row_said(ask, asked_words(ask, (), ()), pairs, gazetteer) == ("Export", "EU: X")


def test_which_of_two_times_is_asked_for() -> None:
    assert compares_length("Which is kept longer, logs or mail?") is True
    assert compares_length("Which goes sooner?") is False
    assert compares_length("Which is kept?") is None


def test_a_sentence_that_points_elsewhere_is_known() -> None:
    assert points_elsewhere("For more information, see the portal.")
    assert not points_elsewhere("Seen from Oslo, logs are near.")


def test_what_follows_from_two_sides_is_said_alone() -> None:
    parts = [Evidence("doc", (Span(n, n + 1),), text, ()) for n, text in enumerate("ab")]
    sides = tuple(Side(part.shown, (Said(part.shown, (part,)),)) for part in parts)

    together = value_said(Difference(sides, concluded="a: 7 days, against 4 days for b."))
    assert [one.text for one in together] == ["a: 7 days, against 4 days for b."]
    assert together[0].evidence == tuple(parts)
    assert [one.lead for one in value_said(Difference(sides))] == ["a", "b"]


def test_what_is_not_stated_names_the_nearest_section() -> None:
    finding = NotStated("how long volumes are kept", section="Backups")

    assert not_stated(finding) == (
        "Not stated: the documents do not say how long volumes are kept. The nearest section is "
        "“Backups”."
    )
