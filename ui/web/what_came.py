"""What a change of the documents brought: which came and went, and what the new ones state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.searching.reader import IndexReader
from index.types import FileRecord, FileState, StoredDocument
from ui.shared.fact_rows import FactRow, fact_rows
from ui.shared.terminal_text import by_count
from ui.web.html import attribute_link, escaped, notice
from ui.web.site import passage_link

_MOST_NAMED = 5
"""Documents that are named one by one, and whose facts are shown."""
_MOST_FACTS = 12
"""Sentences that are shown of them all."""
_MOST_READ = 60
"""Facts among which these are."""


class Brought(NamedTuple):
    """What a change of the documents brought, for the page."""

    html: str


def what_came(
    before: Mapping[str, StoredDocument], index: IndexReader, files: Sequence[FileRecord]
) -> Brought:
    """Return what changed since `before`, and what the documents that came or changed state."""
    after = index.documents
    came = [one for id_, one in after.items() if id_ not in before]
    changed = [one for id_, one in after.items() if id_ in before and one != before[id_]]
    gone = [one for id_, one in before.items() if id_ not in after]
    told = [
        f"{words}: {_named(some)}."
        for words, some in (("Added", came), ("Changed", changed), ("Removed", gone))
        if some
    ] or ["Nothing changed."]
    told.append("Answers come from this from now on.")
    failed = sum(one.state is FileState.FAILED for one in files)
    if failed:
        told.append(f"{by_count(failed, 'file', 'files')} could not be read: see below.")
    return Brought(notice(" ".join(told)) + _stated([*came, *changed], index))


def _named(documents: Sequence[StoredDocument]) -> str:
    """Return the titles of some documents, the first few of many."""
    titles = "; ".join(f"“{one.about.title}”" for one in documents[:_MOST_NAMED])
    more = len(documents) - _MOST_NAMED
    return f"{titles} and {more:,} more" if more > 0 else titles


def _stated(documents: Sequence[StoredDocument], index: IndexReader) -> str:
    """Return what a few documents state, a sentence a line, each open at its place in the text."""
    if not documents or len(documents) > _MOST_NAMED:
        return ""
    facts = [fact for one in documents for fact in index.statements(document=one.about.id)]
    if not facts:
        whose = "It states" if len(documents) == 1 else "They state"
        return notice(f"{whose} nothing about where data is or how it is kept.")
    # Of one sentence there may be several facts.
    rows = {row.statement: row for row in reversed(fact_rows(facts[:_MOST_READ], index))}
    shown = [*reversed(rows.values())][:_MOST_FACTS]
    lines = "".join(map(_line, shown))
    rest = " The first stand here, all under Facts." if len(facts) > len(shown) else ""
    counted = by_count(len(facts), "fact", "facts")
    return f'{notice(f"What that brings: {counted}.{rest}")}<ul class="came">{lines}</ul>'


def _line(row: FactRow) -> str:
    link = attribute_link(passage_link(row.document, row.start, row.end))
    return (
        f'<li>{escaped(row.statement)} <a class="cite" href="{link}">{escaped(row.title)}</a></li>'
    )
