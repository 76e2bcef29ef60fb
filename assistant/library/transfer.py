"""Approved answers from rows of a table and to rows again; files are no matter of this module."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant import wording
from assistant.errors import LibraryError
from assistant.library.approving import Approving, of_text, to_keep
from assistant.library.types import REVIEW_AFTER, Approval, Entry, ToKeep, settled
from assistant.types import AnswerScope
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from assistant.library.library_store import Library

_NAMED_ROWS = 30
"""Rows at the top among which the titles of the columns are looked for."""
_FORMULA = re.compile(
    r"^'(?=[=+\-@\t\r\n＝＋－＠])|(?:^|(?<=[;,\t\n|]))'(?=[ \u00a0\"]*[=+\-@＝＋－＠])"
)
"""The apostrophe that an export puts before what would begin a formula, or follow a separator."""


class Column(StrEnum):
    """What a column of a table of approved answers says."""

    QUESTION = "question"
    ANSWER = "answer"
    SERVICE = "service"
    CUSTOMER = "customer"
    LANGUAGE = "language"
    APPROVER = "approved by"
    APPROVED = "approved on"
    REVIEW = "review by"
    SOURCE = "source"


TITLES = {
    Column.QUESTION: "question questions query requirement frage pregunta domanda vraag",
    Column.ANSWER: "answer answers response reply antwort respuesta risposta réponse antwoord",
    Column.SERVICE: "service product application system dienst produkt",
    Column.CUSTOMER: "customer client tenant kunde cliente",
    Column.LANGUAGE: "language sprache",
    Column.APPROVER: "approved_by approver reviewer owner author freigegeben_von",
    Column.APPROVED: "approved_on approved date answered_on freigegeben_am datum",
    Column.REVIEW: "review_by review_date review valid_until expires",
    Column.SOURCE: "source sources evidence document documents reference references citation "
    "citations quelle",
}
"""Titles of columns by what they say, in lower case; blanks are underscores."""
_ALWAYS = (*Column, "id", "stands on", "origin", "state")
"""Titles that exports of every version have."""
EXPORTED = (*_ALWAYS, "replaces")
"""Titles of an export, in order."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table, as a file has it."""

    number: int
    """As the user counts, from 1."""
    cells: tuple[str, ...]
    sheet: str = ""
    """That it is in; empty where a file has one."""
    computed: bool = False
    """Whether a formula makes its answer."""

    @property
    def place(self) -> str:
        """Where it stands, as a user looks for it."""
        return f"sheet {self.sheet}, row {self.number}" if self.sheet else f"row {self.number}"


class Result(StrEnum):
    """What became of an imported row."""

    NEW = "new"
    AGAIN = "approved again"
    THERE = "there already"
    LEFT = "left out"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What became of one row."""

    place: str
    """Where it stands: "sheet Data, row 7"."""
    result: Result
    entry: str = ""
    """Id of the entry; empty where the row was left out."""
    notes: tuple[str, ...] = ()
    """What a person should know of it, a sentence each."""


def import_rows(
    rows: Sequence[Cells],
    name: str,
    said: Approving,
    library: Library,
    index: IndexReader,
    heard: Callable[[ImportedRow], None] = lambda row: None,
) -> tuple[ImportedRow, ...]:
    """Keep the answers of a filled questionnaire row by row; `heard` is told each.

    Interrupted, what was kept stays, and the same import goes on where it was. `name` is that of
    the file. Raises LibraryError where no columns of questions and answers are found.
    """
    header, columns = _columns(rows, name)
    done: list[ImportedRow] = []
    for row in rows:
        if row.number > header:
            done.append(_imported(row, columns, name, said, library, index))
            heard(done[-1])
    return tuple(done)


def _imported(
    row: Cells,
    columns: dict[Column, int],
    name: str,
    said: Approving,
    library: Library,
    index: IndexReader,
) -> ImportedRow:
    approval, notes = _approval(row, columns, name, said, index)
    if approval is None:
        return ImportedRow(row.place, Result.LEFT, "", notes)
    kept = to_keep(approval, library, index)
    (outcome,) = library.keep((kept,), said.who)
    entry = library.entry(approval.id)
    if entry.withdrawn:
        notes = (*notes, f"withdrawn already ({entry.withdrawn}) and not brought back")
    return ImportedRow(row.place, Result(outcome.value), entry.id, (*notes, *_noted(kept)))


def export_rows(
    entries: Iterable[Entry], every: Iterable[Entry] = ()
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of an export, titles first; an import of them changes nothing.

    Of `every` entry those are named, with their words, that an exported one was to correct.
    """
    by_id = {one.id: one for one in every}
    return (EXPORTED, *(_exported(one, by_id) for one in entries))


def is_export(rows: Sequence[Cells]) -> bool:
    """Tell whether a table is one that `export_rows` made."""
    return bool(rows) and set(_ALWAYS) <= set(rows[0].cells)


def column_titled(title: str) -> Column | None:
    """Return what a column says by its title, None for a title that is not known."""
    said = "_".join(title.casefold().strip(" :*").split())
    return next((one for one, names in TITLES.items() if said in names.split()), None)


def _columns(rows: Sequence[Cells], name: str) -> tuple[int, dict[Column, int]]:
    """Return the row of the titles and the place of each column."""
    for row in rows[:_NAMED_ROWS]:
        found: dict[Column, int] = {}
        for place, cell in enumerate(row.cells):
            column = column_titled(cell)
            if column is not None:
                found.setdefault(column, place)
        if Column.QUESTION in found and Column.ANSWER in found:
            return row.number, found
    titles = ", ".join(repr(cell) for cell in rows[0].cells if cell) if rows else "nothing"
    raise LibraryError(
        f"{name}: no columns “question” and “answer” found; its first row has {titles}. Give the "
        "columns these titles"
    )


def _approval(
    row: Cells,
    columns: dict[Column, int],
    name: str,
    said: Approving,
    index: IndexReader,
) -> tuple[Approval | None, tuple[str, ...]]:
    """Return the approval that a row holds, and what is to be said of it."""

    def cell(column: Column) -> str:
        place = columns.get(column)
        text = row.cells[place] if place is not None and place < len(row.cells) else ""
        return _FORMULA.sub("", text.strip())

    question, text, source = cell(Column.QUESTION), cell(Column.ANSWER), cell(Column.SOURCE)
    if not question or not text:
        return None, (_what_lacks(question, row),)
    if column_titled(question) is Column.QUESTION and column_titled(text) is Column.ANSWER:
        return None, ("repeats the titles of the columns",)
    notes: list[str] = []
    if row.computed:
        notes.append("its answer is computed by a formula; what it last showed was kept")
    scope = AnswerScope(
        cell(Column.SERVICE) or said.scope.service,
        cell(Column.CUSTOMER) or said.scope.customer,
        cell(Column.LANGUAGE) or said.scope.language,
    )
    approved = _day(cell(Column.APPROVED), notes) or said.today
    review = _day(cell(Column.REVIEW), notes) or said.review or approved + REVIEW_AFTER
    try:
        found = of_text(question, text, replace(said, scope=scope, review=review), index)
    except LibraryError as error:
        return None, (str(error),)
    if source and not _known(source, index):
        notes.append(
            f"no document of today is “{source}”: the answer is kept; to have it watched, add the "
            "document and approve it again"
        )
    origin = f"import of {name}, {row.place}, by {said.who.name}"
    return replace(
        found, approver=cell(Column.APPROVER) or said.who.name, approved=approved,
        origin=origin, cited=source,
    ), tuple(notes)  # fmt: skip


def _what_lacks(question: str, row: Cells) -> str:
    if not question:
        return "no question in it"
    if row.computed:
        return (
            "its answer is a formula that shows no value. Save the file in a spreadsheet program, "
            "or write the value in its place"
        )
    return "no answer in it"


def _noted(kept: ToKeep) -> Iterator[str]:
    if kept.against:
        others = ", ".join(kept.against)
        ids = f"{kept.approval.id}, {others}"
        yield wording.CONTRADICTS.format(others=others, ids=ids)
    if not kept.approval.grounds:
        yield wording.STANDS_ON_NOTHING.format(entry=kept.approval.id)


def _known(source: str, index: IndexReader) -> bool:
    """Tell whether a source names a document of today, by id, title or address."""
    said = settled(source).casefold()
    return any(
        name and name.casefold() in said
        for one in index.documents.values()
        for name in (one.id, settled(one.about.title), one.about.source)
    )


def _day(text: str, notes: list[str]) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        notes.append(f"“{text}” is no date like 2026-01-31 and was not used")
        return None


def _exported(entry: Entry, by_id: Mapping[str, Entry]) -> tuple[str, ...]:
    known = entry.approval
    stands = "\n".join(f"{one.title} ({one.document}): “{one.quote}”" for one in known.grounds)
    replaced = (by_id[each] for each in entry.replaces if each in by_id)
    return (
        known.question, known.text, *_written(known.scope), known.approver,
        known.approved.isoformat(), known.review.isoformat(), known.cited, entry.id, stands,
        known.origin, _state(entry), "\n".join(map(_named, replaced)),
    )  # fmt: skip


def _state(one: Entry) -> str:
    if one.replaced_by:
        return f"replaced by {one.replaced_by}"
    return "withdrawn" if one.withdrawn else "contradicted" if one.against else "standing"


def _named(old: Entry) -> str:
    """Return an entry that was replaced: its id, who approved it, when, and its words."""
    known = old.approval
    return f"{old.id}, {known.approver}, {known.approved.isoformat()}: “{known.text}”"


def _written(scope: AnswerScope) -> tuple[str, str, str]:
    return scope.service, scope.customer, scope.language
