"""What a user says of a table in place of what was understood, and what comes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ui.errors import QuestionFileError
from ui.questionnaires.cell_names import column_of, letter
from ui.questionnaires.types import Selection, Sheet

NONE = "none"
"""Names no column: there is none of the kind."""
_NAMED = 50
"""Rows at the top in which a title that the user names is looked for."""
_ANSWERS = ("answer", "comment", "evidence")
_CONTEXT = ("id", "section", "service", "category")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows from one to another, both among them."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A table as the user wants it read; what is None is understood as it is without.

    Columns are numbers from 1, letters or titles; "none" says that there is none.
    """

    sheet: str | None = None
    column: str | None = None
    """The one that asks."""
    header: int | None = None
    """The last row of its titles; 0 where it has none."""
    answer: str | None = None
    comment: str | None = None
    evidence: str | None = None
    id: str | None = None
    section: str | None = None
    service: str | None = None
    category: str | None = None
    rows: tuple[Rows, ...] = ()
    """Rows that ask, all that have a text there; empty for those that are understood to."""
    skipped: tuple[Rows, ...] = ()
    """Rows that do not."""


_MOST_SPANS = 200
"""Each is held against every row."""


def rows_named(text: str) -> tuple[Rows, ...]:
    """Return the rows that "5-40, 44" names; raise QuestionFileError for what names none."""
    try:
        found = tuple(_span(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise QuestionFileError(
            f"{text[:80]!r} names no rows. Give numbers and spans of them: 5-40,44"
        ) from None
    if len(found) > _MOST_SPANS:
        raise QuestionFileError(
            f"{text[:80]!r} … has {len(found):,} spans of rows. Give {_MOST_SPANS} at most: 5-40,44"
        )
    return found


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read tables from the JSON that `--show --json` prints; raise QuestionFileError."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        tables = plain["tables"]
        return tuple(_correction(one) for one in tables)
    except OSError as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error.strerror}). Check the file"
        ) from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise QuestionFileError(
            f"{path}: does not say what tables there are ({error}). Give what `--show --json` "
            "prints, with what you change in it"
        ) from error


def corrected(selection: Selection, sheet: Sheet, correction: Correction, where: str) -> Selection:
    """Return a table with the columns and rows that a user names; raise QuestionFileError."""
    answers = replace(selection.answers, **_columns(_ANSWERS, sheet, correction, where))
    context = replace(selection.context, **_columns(_CONTEXT, sheet, correction, where))
    return replace(_with_rows(selection, correction), answers=answers, context=context)


def find_column(sheet: Sheet, name: str, where: str) -> int:
    """Return the column of a number from 1, a letter or a title; raise QuestionFileError.

    What names a column as a letter is one, where the sheet is that wide, and a title else.
    """
    wanted = name.strip().casefold()
    column = int(wanted) - 1 if _is_number(wanted) else column_of(wanted)
    if 0 <= column < sheet.width:
        return column
    for row in sheet.rows[:_NAMED]:
        for place, cell in enumerate(row.cells):
            if wanted and cell.strip().casefold() == wanted:
                return place
    titles = ", ".join(repr(cell) for cell in sheet.rows[0].cells[:20] if cell)
    raise QuestionFileError(
        f"{where}: no column {name!r}. Its first row has {titles or 'no titles'}; give one of "
        f"its titles, a letter up to {letter(max(sheet.width - 1, 0))} or a number"
    )


def _columns(
    names: tuple[str, ...], sheet: Sheet, correction: Correction, where: str
) -> dict[str, Any]:
    told = {name: value for name in names if (value := getattr(correction, name)) is not None}
    return {
        name: None if value.casefold() == NONE else find_column(sheet, value, where)
        for name, value in told.items()
    }


def _with_rows(selection: Selection, correction: Correction) -> Selection:
    every = sorted((*selection.questions, *selection.left), key=lambda one: one.row)
    asked = {one.row for one in selection.questions}
    if correction.rows:
        asked = {one.row for one in every if _among(one.row, correction.rows)}
    asked -= {row for row in asked if _among(row, correction.skipped)}
    return replace(
        selection,
        questions=tuple(one for one in every if one.row in asked),
        left=tuple(one for one in every if one.row not in asked),
    )


def _among(row: int, rows: tuple[Rows, ...]) -> bool:
    return any(one.first <= row <= one.last for one in rows)


def _span(text: str) -> Rows:
    first, dash, last = text.strip().partition("-")
    return Rows(int(first), int(last) if dash else int(first))


def _correction(plain: object) -> Correction:
    if not isinstance(plain, dict):
        raise TypeError("a table is no object")
    texts = {name: _text(plain.get(name)) for name in ("sheet", "column", *_ANSWERS, *_CONTEXT)}
    header = plain.get("header")
    return Correction(
        **texts,
        header=None if header is None else int(header),
        rows=rows_named(str(plain.get("rows", ""))),
        skipped=rows_named(str(plain.get("skip", ""))),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) < 6
