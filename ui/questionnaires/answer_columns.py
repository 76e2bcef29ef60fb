"""What stands where beside a question: in the customer's own columns, in added ones; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Citation
from ui.questionnaires.formats.types import Filled, SourceRow, Sources
from ui.questionnaires.triage_cells import confidence_cell, triage_cell
from ui.questionnaires.types import CORRECTED, Question, Reply, Selection
from ui.shared.cells import neutral
from ui.shared.terminal_text import dated

_ANSWER = "Answer"
_CORRECTION = "Corrected answer"
_CITATIONS = "Citations"
_OTHERS_WORDS = "Of the assistant's answer; the corrected one is a person's words:"
_TICKED = "X"
_CLOSED = re.compile(r"[.,;:\n]")
"""What closes the value at the head of a text; "No data leaves" does not begin with "No"."""
_OF_QUESTION = ("Row", "Number", "Question")
_OF_SOURCE = ("Document", "Date", "Section", "Quotation")


@dataclass(frozen=True, slots=True)
class Answered:
    """A table with the replies to its questions, by row."""

    selection: Selection
    replies: Mapping[int, Reply]


def takes_words(selection: Selection) -> bool:
    """Tell whether the customer's own columns take the answer to every question in words."""
    return all(has_place(selection, one) for one in selection.questions)


def has_place(selection: Selection, question: Question) -> bool:
    """Tell whether the customer's own columns take the answer to a question in words."""
    answers = selection.answers
    return answers.comment is not None or (answers.answer is not None and not question.allowed)


def own_cells(table: Answered) -> tuple[Filled, ...]:
    """Return what goes into the customer's own columns: what is proved or a person's, no marks."""
    return tuple(
        Filled(question.row, column, text)
        for question in table.selection.questions
        if (reply := table.replies.get(question.row)) is not None and not question.given
        for column, text in _own(table.selection, question, reply)
        if text
    )


def added_columns(tables: Sequence[Answered], *, citations: bool) -> tuple[str, ...]:
    """Return the names of the columns that are added to tables of one layout."""
    placed = all(takes_words(table.selection) for table in tables)
    left_out = {
        *((_ANSWER, _CORRECTION) if placed else ()),
        *(() if citations else (_CITATIONS,)),
    }
    return tuple(one.name for one in _wanted(tables) if one.name not in left_out)


def titles(columns: Iterable[str], taken: Collection[str]) -> tuple[str, ...]:
    """Return the titles of added columns; none is one that the file has already."""
    known = {title.strip().casefold() for title in taken}
    return tuple(_free(title, known) for title in columns)


def cells(columns: Collection[str], reply: Reply) -> tuple[str, ...]:
    """Return the cells of added columns in a row."""
    return tuple(neutral(one.cell(reply)) for one in _COLUMNS if one.name in columns)


def sources(tables: Sequence[Answered]) -> Sources:
    """Return where each answer is from, question by question, source by source."""
    columns = [one for one in _wanted(tables) if one.name != _CITATIONS]
    rows = (
        row
        for table in tables
        for question in table.selection.questions
        if (reply := table.replies.get(question.row)) is not None
        for row in _source_rows(table.selection, question, reply, columns)
    )
    return Sources((*_OF_QUESTION, *(one.name for one in columns), *_OF_SOURCE), tuple(rows))


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


def _own(selection: Selection, question: Question, reply: Reply) -> Iterator[tuple[int, str]]:
    answers, words = selection.answers, neutral(reply.own_words)
    value = reply.value or _begun_with(reply.approved_text, question.allowed)
    chosen = value if value in question.allowed and not reply.correction else ""
    if answers.answer is not None:
        yield answers.answer, chosen if question.allowed else words
    if answers.comment is not None and (answers.answer is None or question.allowed):
        yield answers.comment, words
    if answers.evidence is not None and words and not reply.correction:
        told = (f"{one.title}, {one.section}" for one in reply.citations)
        yield answers.evidence, neutral("\n".join(dict.fromkeys(told)))
    for tick in answers.ticks:
        if chosen == tick.value:
            yield tick.column, _TICKED


def _begun_with(approved: str, allowed: Sequence[str]) -> str:
    """Return the allowed value that an approved text opens with: "Yes. In Norway."; else ""."""
    first = _CLOSED.split(approved, maxsplit=1)[0].strip().casefold()
    return next((one for one in allowed if one.casefold() == first), "")


def _wanted(tables: Iterable[Answered]) -> list[_Column]:
    """Return the columns that any reply has something for, and those that always are."""
    replies = [reply for table in tables for reply in table.replies.values()]
    return [one for one in _COLUMNS if not one.optional or any(map(one.cell, replies))]


def _source_rows(
    selection: Selection, question: Question, reply: Reply, columns: Sequence[_Column]
) -> Iterator[SourceRow]:
    place = f"{selection.sheet} {question.row}".strip()
    told = (question.text, *(one.cell(reply) for one in columns))
    for citation in reply.citations or (None,):
        of = ("",) * len(_OF_SOURCE) if citation is None else _source(citation)
        row = (place, question.context.id, *told, *of)
        yield SourceRow(
            selection.sheet, question.row, selection.column, tuple(neutral(one) for one in row)
        )
        # Said once; the rows below are further sources of the same answer.
        told = ("",) * len(told)


def _source(citation: Citation) -> tuple[str, str, str, str]:
    return (
        f"[{citation.marker}] {citation.title} ({citation.document}{_page(citation)})",
        dated(citation.as_of),
        citation.section,
        citation.quote,
    )


def _cited(reply: Reply) -> str:
    lines = citation_lines(reply.citations)
    return f"{_OTHERS_WORDS}\n{lines}" if reply.correction and lines else lines


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that is added beside the questions, and stands in the sheet of sources."""

    name: str
    cell: Callable[[Reply], str]
    optional: bool = False
    """Whether it is left out where no reply has anything for it."""


_COLUMNS = (
    _Column(_ANSWER, lambda reply: reply.text),
    _Column(_CORRECTION, lambda reply: reply.correction, optional=True),
    _Column("Approved by", lambda reply: reply.approved, optional=True),
    _Column("Verdict", verdict),
    _Column("Triage", triage_cell, optional=True),
    _Column("Confidence", confidence_cell, optional=True),
    _Column(_CITATIONS, _cited),
    _Column("Answer id", lambda reply: reply.id),
)
"""From left to right."""


def _page(citation: Citation) -> str:
    return f", page {citation.page}" if citation.page else ""


def _free(title: str, known: Collection[str]) -> str:
    number, name = 1, title
    while name.casefold() in known:
        number += 1
        name = f"{title} ({number})"
    return name
