"""The abstention trade-off, against values worked out by hand."""

from __future__ import annotations

from evals.runs.run_log import Entry
from evals.runs.tradeoff import tradeoff
from evals.types import Case, Kind, Reply, Response, Score


def _case(name: str, *, answerable: bool) -> Case:
    kind = Kind.LOOKUP if answerable else Kind.ABSTAIN
    return Case(name, kind, ("?",), answerable, (), (), (), (), "")


def _entry(name: str, doubt: float | None) -> Entry:
    response = Response("text", abstained=False, doubt=doubt)
    return Entry(Reply(name, response), Score())


CASES = [
    _case("a", answerable=True), _case("b", answerable=True),
    _case("c", answerable=False), _case("d", answerable=False),
]  # fmt: skip


def test_the_curve_counts_both_kinds_at_every_threshold() -> None:
    entries = {
        name: _entry(name, doubt)
        for name, doubt in (("a", -3.0), ("b", 1.0), ("c", 2.0), ("d", -1.0))
    }
    curve = tradeoff("run", CASES, entries)
    assert curve is not None
    found = [(point.wrongly, point.rightly) for point in curve.points]
    assert found == [(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)]
    assert (curve.chosen.wrongly, curve.chosen.rightly) == (0.5, 0.5)


def test_a_system_that_tells_no_doubt_has_no_curve() -> None:
    assert tradeoff("run", CASES, {case.id: _entry(case.id, None) for case in CASES}) is None
