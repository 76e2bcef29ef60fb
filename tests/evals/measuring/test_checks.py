"""A check is scored by what a reader decided, clause by clause."""

from __future__ import annotations

from collections import Counter

from assistant.app import Assistant
from assistant.tenant.profile_files import profile_of
from assistant.tenant.types import Outcome
from evals.measuring.checks import Decision, Scored, read_gold, score, told
from tests.paths import ROOT

_GOLD = ROOT / "tests" / "gold" / "checks"


def _decided(expected: str, *said: str) -> Scored:
    return Scored(Decision("north", "tern", "T1", "Tern keeps mail in Oslo.", expected), said)


def test_most_of_what_a_reader_decided_is_told(assistant: Assistant) -> None:
    decisions, profiles = read_gold(_GOLD)
    assert {one.profile for one in decisions} == profiles.keys()
    assert Counter(one.expected for one in decisions)["holds"] > 100
    with assistant.reading() as index:
        scored = score(decisions, profiles, index)
    assert len(scored) > 300
    # Figures are docs/decisions/0037's; this holds what must not be lost.
    assert sum(one.is_right for one in scored) > 0.75 * len(scored)


def test_a_clause_whose_statements_end_otherwise_is_not_right() -> None:
    assert _decided("holds", "holds").is_right
    assert not _decided("holds", "holds", "not known").is_right


def test_what_is_said_to_hold_and_does_not_is_told_by_its_words() -> None:
    wrong = _decided(Outcome.NOT_KNOWN.value, "holds")
    assert wrong.is_false_hold
    assert "north, tern: Tern keeps mail in Oslo." in told([wrong])


def test_a_service_that_a_profile_does_not_name_is_left_out(assistant: Assistant) -> None:
    quote = "Microsoft will store the following Customer Data at rest only within that Geo"
    decisions = [
        Decision("all", "exchange-online", "E1", quote, "holds"),
        Decision("other", "exchange-online", "E1", quote, "left out"),
    ]
    profiles = {
        "all": profile_of({"country": "Norway"}, "all"),
        "other": profile_of({"country": "Norway", "services": ["Microsoft Intune"]}, "other"),
    }
    with assistant.reading() as index:
        scored = score(decisions, profiles, index)
    assert [one.told for one in scored][1] == ("left out",)
