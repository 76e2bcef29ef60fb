"""Two services, or two places, side by side: what is said of each, with where it is said; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.coverage.by_place import Coverage
from assistant.coverage.placements import Placement
from corpus.facts.types import Statement
from corpus.language.sentences import readable
from index.types import StoredDocument
from ui.shared.terminal_text import dated
from ui.web.html import escaped
from ui.web.places_tab.coverage_tables import by_standing, standings_html
from ui.web.site import passage_link

_MOST_SOURCES = 4
"""Statements that a line links to; the others are behind the cell of the matrix."""


class Compared(NamedTuple):
    """What is said of both in one respect: in a place, or by a service."""

    title: str
    first: Coverage
    second: Coverage

    @property
    def differs(self) -> bool:
        """Tell whether other things happen; the same in other places counts as other."""
        return _said(self.first) != _said(self.second)


def compare_table(
    names: tuple[str, str], rows: Sequence[Compared], documents: Mapping[str, StoredDocument]
) -> str:
    """Return two things side by side; rows in which nothing is said of either are left out."""
    told = [one for one in rows if one.first.grounds or one.second.grounds]
    if not told:
        return '<p class="places-none">Nothing is stated of either.</p>'
    body = "".join(_row(one, documents) for one in told)
    heads = "".join(f'<th scope="col">{escaped(name)}</th>' for name in names)
    count = sum(one.differs for one in told)
    return (
        f'<p class="compare-told" role="status">{count} of {len(told)} rows differ.</p>'
        '<div class="places-scroll" tabindex="0" role="region" aria-label="Comparison">'
        f'<table class="compare-table"><caption>{escaped(" and ".join(names))}, side by side'
        f'</caption><thead><tr><th scope="col"></th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _said(coverage: Coverage) -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset(
        (one.words, alike.places)
        for alike in by_standing(coverage)
        for one in alike.coverage.standings
    )


def _row(one: Compared, documents: Mapping[str, StoredDocument]) -> str:
    sign, words = ("≠", "differs") if one.differs else ("=", "the same")
    return (
        f'<tr><th scope="row">{escaped(one.title)} <span class="compare-sign" title="{words}">'
        f'<span aria-hidden="true">{sign}</span><span class="places-hidden">{words}</span></span>'
        f"</th>{_cell(one.first, documents)}{_cell(one.second, documents)}</tr>"
    )


def _cell(coverage: Coverage, documents: Mapping[str, StoredDocument]) -> str:
    if not coverage.grounds:
        return f'<td class="places-empty">{standings_html(coverage)}</td>'
    lines = "".join(
        f'<div class="compare-line">{standings_html(alike.coverage)} '
        f'<span class="places-named">{escaped("; ".join(alike.places))}</span> '
        f"{_sources((ground.placement for ground in alike.coverage.grounds), documents)}</div>"
        for alike in by_standing(coverage)
    )
    return f"<td>{lines}</td>"


def _sources(said: Iterable[Placement], documents: Mapping[str, StoredDocument]) -> str:
    """Return the documents that a line stands on, each with links to its statements."""
    facts: dict[str, dict[str, Statement]] = {}
    for one in said:
        facts.setdefault(one.fact.document, {})[one.fact.id] = one.fact
    told = (_source(documents[id_], list(own.values())) for id_, own in facts.items())
    return "".join(f'<span class="compare-sources">{one}</span>' for one in told)


def _source(document: StoredDocument, facts: Sequence[Statement]) -> str:
    about = document.about
    links = " ".join(
        _link(document, fact, number) for number, fact in enumerate(facts[:_MOST_SOURCES], 1)
    )
    more = len(facts) - _MOST_SOURCES
    rest = f" and {more} more" if more > 0 else ""
    return f"{escaped(about.title)}, {escaped(dated(about.date))}: {links}{rest}"


def _link(document: StoredDocument, fact: Statement, number: int) -> str:
    """Return a link to a statement; what it says is told to those who point at it or hear it."""
    link = escaped(passage_link(document.id, fact.span.start, fact.span.end))
    quote = escaped(readable(fact.span.of(document.text)))
    return (
        f'<a class="cite" href="{link}" title="{quote}" aria-label="Source {number}: {quote}">'
        f"[{number}]</a>"
    )
