"""Standard questionnaires, recognised by their shape: numbers of rows and kinds of columns.

Nothing of their text is known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.questionnaires.types import Selection

_MOSTLY = 0.8
_FEWEST = 5
"""Questions by which a shape can be told."""
_SEVERAL = 4
"""Sheets of one layout that make a questionnaire one of areas."""


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    ids: re.Pattern[str]
    commented: bool
    """Whether a column for words stands beside that for the answer."""


_SHAPES = (
    _Shape("CAIQ", re.compile(r"[A-Z][A-Z&]{1,2}-\d{2}\.\d{1,2}"), commented=True),
    _Shape("HECVAT", re.compile(r"[A-Z]{4}-\d{2}"), commented=True),
    _Shape("SIG-like", re.compile(r"[A-Z](?:\.\d{1,3}){1,4}"), commented=True),
)
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*")


def with_standards(tables: Sequence[Selection]) -> tuple[Selection, ...]:
    """Return the tables, those of the shape of a standard questionnaire named so."""
    several = _is_of_areas(tables)
    return tuple(
        replace(one, standard=_standard(one) or ("VSA-like" if several and _is_area(one) else ""))
        for one in tables
    )


def _standard(table: Selection) -> str:
    if len(table.questions) < _FEWEST or table.answers.answer is None:
        return ""
    for shape in _SHAPES:
        told = sum(bool(shape.ids.fullmatch(one.context.id)) for one in table.questions)
        commented = table.answers.comment is not None
        if told >= _MOSTLY * len(table.questions) and commented is shape.commented:
            return shape.name
    return ""


def _is_of_areas(tables: Sequence[Selection]) -> bool:
    """Tell whether several sheets of one layout each number their questions for themselves."""
    areas = [one for one in tables if _is_area(one)]
    layouts = {(one.column, one.answers, one.context) for one in areas}
    return len({one.sheet for one in areas}) >= _SEVERAL and len(layouts) == 1


def _is_area(table: Selection) -> bool:
    ids = [one.context.id for one in table.questions]
    numbered = sum(bool(_PLAIN_NUMBER.fullmatch(id_)) for id_ in ids)
    return table.answers.answer is not None and numbered >= _MOSTLY * max(len(ids), 1)
