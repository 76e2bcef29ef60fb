"""What stands in the columns that are added beside a question; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.types import Citation
from ui.questionnaires.triage_cells import TITLES, triage_cells
from ui.questionnaires.types import CORRECTED, Reply
from ui.shared.cells import neutral
from ui.shared.terminal_text import dated

_CORRECTION = "Corrected answer"
_COLUMNS = ("Answer", "Verdict", "Citations", "Answer id", *TITLES)
_OTHERS_WORDS = "Of the assistant's answer; the corrected one is a person's words:"


def has_corrections(replies: Iterable[Reply]) -> bool:
    """Tell whether a column for corrections is wanted."""
    return any(reply.correction for reply in replies)


def titles(taken: Collection[str], *, corrected: bool) -> tuple[str, ...]:
    """Return the titles of the added columns; none is one that the file has already."""
    columns = (_COLUMNS[0], _CORRECTION, *_COLUMNS[1:]) if corrected else _COLUMNS
    known = {title.strip().casefold() for title in taken}
    return tuple(_free(title, known) for title in columns)


def cells(reply: Reply, *, corrected: bool) -> tuple[str, ...]:
    """Return the added cells of a row, in the order of the titles."""
    sources = citation_lines(reply.citations)
    if reply.correction and sources:
        sources = f"{_OTHERS_WORDS}\n{sources}"
    correction = (reply.correction,) if corrected else ()
    own = (reply.text, *correction, verdict(reply), sources, reply.id)
    every = (*own, *triage_cells(reply))
    return tuple(neutral(cell) for cell in every)


def verdict(reply: Reply) -> str:
    """Return how a question ended, with the cause where it failed."""
    if reply.correction:
        return CORRECTED
    return f"{reply.verdict}: {reply.error}" if reply.error else reply.verdict


def citation_lines(citations: Iterable[Citation]) -> str:
    """Return document, date, section and quote of each citation, one below the other."""
    return "\n".join(
        f"[{one.marker}] {one.title} ({one.document}{_page(one)}), {dated(one.as_of)}, "
        f"{one.section}: “{one.quote}”"
        for one in citations
    )


def _page(citation: Citation) -> str:
    return f", page {citation.page}" if citation.page else ""


def _free(title: str, known: Collection[str]) -> str:
    number, name = 1, title
    while name.casefold() in known:
        number += 1
        name = f"{title} ({number})"
    return name
