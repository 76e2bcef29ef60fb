"""The figures as lines to read and as an object to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from evals.facts import arguments
from evals.facts.arguments import ArgumentScore, Disagreement, Misfiled
from evals.facts.headline import Counts, Headline, headline
from evals.facts.matching import Comparison

ARGUMENTS = {
    "place": {"roles of places": arguments.place_roles},
    "condition": {"conditions": arguments.conditions, "exceptions": arguments.exceptions},
    "data": {"data": arguments.data},
    "set": {
        "records": arguments.records,
        "sets": arguments.sets,
        "openness": arguments.openness,
        "status": arguments.statuses,
    },
}
"""What is scored under each choice of `--by`, by title."""
MISFILED = {
    "seats given as places of data": arguments.misfiled_seats,
    "customers' places given as places of data": arguments.misfiled_customers,
}
CHOICES = ("kind", "document", *ARGUMENTS)
_LONGEST = 120


def summary(compared: Comparison) -> Iterator[str]:
    """Yield the headline and a line for every argument."""
    total = headline(compared)
    yield from _headline_lines(total)
    if compared.unplaced:
        yield f"{len(compared.unplaced)} quotes are not in the documents as they are read: missed"
    yield ""
    yield _HEAD.format("of agreed pairs")
    for scores in ARGUMENTS.values():
        for title, score in scores.items():
            yield _counts_line(title, score(compared).total)
    yield ""
    for title, misfiled in MISFILED.items():
        yield _misfiled_line(title, misfiled(compared))


def detail(compared: Comparison, by: str, *, wrong: bool = False) -> Iterator[str]:
    """Yield the table of one choice, and what is wrong in it."""
    if by in ARGUMENTS:
        for title, scored in ARGUMENTS[by].items():
            yield from _argument_lines(title, scored(compared), wrong=wrong)
        for title, misfiled in MISFILED.items() if by == "place" else ():
            one = misfiled(compared)
            yield _misfiled_line(title, one)
            yield from _disagreement_lines(one.disagreements if wrong else ())
        return
    total = headline(compared)
    yield from _table(by, total.kinds if by == "kind" else total.documents)
    yield from _headline_lines(total)
    if wrong:
        yield from _wrong_lines(compared)


def as_object(compared: Comparison) -> dict[str, object]:
    """Return all figures, for JSON."""
    total = headline(compared)
    precision, recall, f = total.macro
    interval = total.f_interval
    return {
        "total": _figures(total.total),
        "interval": [interval.low, interval.high] if interval else None,
        "macro": {"precision": precision, "recall": recall, "f": f},
        "worst": total.worst,
        "without_places": _figures(total.without_places),
        "unplaced": len(compared.unplaced),
        "kinds": {name: _figures(one) for name, one in total.kinds.items()},
        "documents": {name: _figures(one) for name, one in total.documents.items()},
        "arguments": {
            title: _argument_figures(score(compared))
            for scores in ARGUMENTS.values()
            for title, score in scores.items()
        },
        "misfiled": {
            title: {"named": (one := score(compared)).named, "misfiled": one.misfiled}
            for title, score in MISFILED.items()
        },
    }


def _argument_figures(score: ArgumentScore) -> dict[str, object]:
    return {
        **_figures(score.total),
        "groups": {name: _figures(one) for name, one in sorted(score.groups.items())},
        "confusion": [[*pair, count] for pair, count in sorted(score.confusion.items())],
    }


def _figures(counts: Counts) -> dict[str, object]:
    return {
        **asdict(counts), "precision": counts.precision, "recall": counts.recall, "f": counts.f
    }  # fmt: skip


_HEAD = "{:<42} " + f"{'gold':>6} {'found':>6} {'recall':>7} {'given':>6} {'prec.':>7} {'F':>7}"


def _counts_line(name: str, one: Counts) -> str:
    return (
        f"{name[:42]:<42} {one.gold:>6} {one.found:>6} {one.recall:>7.3f} "
        f"{one.given:>6} {one.precision:>7.3f} {one.f:>7.3f}"
    )


def _table(title: str, rows: Mapping[str, Counts]) -> Iterator[str]:
    yield _HEAD.format(title)
    for name, counts in rows.items():
        yield _counts_line(name, counts)
    yield ""


def _headline_lines(total: Headline) -> Iterator[str]:
    yield _HEAD.format("statements")
    yield _counts_line("all", total.total)
    yield _counts_line("all, whatever the places", total.without_places)
    if total.f_interval:
        low, high = total.f_interval.low, total.f_interval.high
        yield f"F over other such documents, 95%: {low:.3f} to {high:.3f}"
    precision, recall, f = total.macro
    yield f"mean of {len(total.documents)} documents: precision {precision:.3f}, " + (
        f"recall {recall:.3f}, F {f:.3f}"
    )
    yield f"worst document: {total.worst}, F {total.documents[total.worst].f:.3f}"


def _argument_lines(title: str, score: ArgumentScore, *, wrong: bool) -> Iterator[str]:
    yield from _table(title, {**dict(sorted(score.groups.items())), "all": score.total})
    if score.confusion:
        yield "wanted, given, how often"
        for (wanted, given), count in sorted(score.confusion.items()):
            yield f"{wanted:<20} {given:<20} {count:>5}"
        yield ""
    yield from _disagreement_lines(score.disagreements if wrong else ())


def _misfiled_line(title: str, one: Misfiled) -> str:
    return f"{title}, in all statements: {one.misfiled} of {one.named}"


def _disagreement_lines(disagreements: Iterable[Disagreement]) -> Iterator[str]:
    for one in disagreements:
        yield f"{one.document} {one.quote[:_LONGEST]!r}"
        yield f"    wanted {one.wanted!r}, given {one.given!r}"


def _wrong_lines(compared: Comparison) -> Iterator[str]:
    for row in compared.missed:
        said = _said(row.kind.value, negated=row.negated)
        yield f"missed {row.document} {said} {row.quote!r} {row.places}"
    for statement in compared.wrong:
        said = _said(statement.kind.value, negated=statement.negated)
        yield f"wrong  {statement.document} {said} {statement.value!r} {statement.place_ids}"


def _said(kind: str, *, negated: bool) -> str:
    return f"not {kind}" if negated else kind
