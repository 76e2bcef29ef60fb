"""Whether the first row of a table of plain text names its columns or is a row like the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.parse.plain.plain_headings import is_capitals

_WORDS = 6
_LONGEST = 60
_COLUMN = re.compile(
    r"\b(?:names?|vendors?|entit(?:y|ies)|compan(?:y|ies)|providers?|sub-?processors?|partners?|"
    r"services?|products?|features?|components?|purposes?|functions?|activit(?:y|ies)|roles?|"
    r"locations?|countr(?:y|ies)|regions?|cit(?:y|ies)|sites?|places?|zones?|areas?|halls?|"
    r"jurisdictions?|geograph(?:y|ies)|headquarters|address(?:es)?|data|records?|contents?|"
    r"kinds?|types?|categor(?:y|ies)|class(?:es)?|stored|kept|held|storage|hosting|retention|"
    r"retained|periods?|durations?|terms?|descriptions?|details?|notes?|remarks?|status|"
    r"severit(?:y|ies)|plans?|tiers?|editions?|opened|since|dates?|codes?|ids?|values?|"
    r"settings?|transfers?|mechanisms?|safeguards?|reports?|configurations?|used|use|"
    r"process(?:ing|ed)|back-?ups?|copy|copies|mirror|replica|deletion|deleted|owner|contact|"
    r"version|number|question|answer|where|what|who|when|why|how)\b",
    re.I,
)
_FIRM = re.compile(
    r"\b(?:ltd|limited|inc|llc|llp|gmbh|ag|bv|b\.v|sa|s\.a|sarl|srl|plc|corp|oy|ab|as|aps|kk|pty|"
    r"eood|sas|spa|kft|o\.o)\b\.?$",
    re.I,
)
_ENDED = re.compile(r"[.!;,]$")


def are_titles(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Tell whether cells name the columns of the rows below them.

    Where nothing says so, they are a row: a title that is read as a row loses a name, a row that
    is read as titles is lost.
    """
    if not all(map(_may_be_title, first)) or not any(first):
        return False
    columns = [
        [row[number] for row in rest if number < len(row) and row[number]]
        for number in range(len(first))
    ]
    if any(cell and cell in column for cell, column in zip(first, columns, strict=True)):
        return False
    named = sum(_COLUMN.search(cell) is not None for cell in first)
    return named * 2 >= sum(map(bool, first)) or any(
        _contrasts(cell, column) for cell, column in zip(first, columns, strict=True) if cell
    )


def leading_titles(cells: Sequence[str]) -> int:
    """Return how many cells at the start of some read like titles of columns."""
    return next(
        (n for n, cell in enumerate(cells) if not (_may_be_title(cell) and _COLUMN.search(cell))),
        len(cells),
    )


def names_firm(cell: str) -> bool:
    """Tell whether a cell ends in the legal form of a firm, which may end in a full stop."""
    return _FIRM.search(cell) is not None


def _may_be_title(cell: str) -> bool:
    if len(cell) > _LONGEST or len(cell.split()) > _WORDS:
        return False
    return not (cell.isdigit() or _ENDED.search(cell) or names_firm(cell) or cell[:1].islower())


def _contrasts(cell: str, column: Sequence[str]) -> bool:
    """Tell whether a cell is of another kind than most cells below it."""
    if len(column) < 2:
        return False
    digits = sum(any(map(str.isdigit, other)) for other in column)
    lower = sum(other[0].islower() for other in column)
    capitals = sum(is_capitals(other) for other in column)
    if digits * 2 > len(column) and not any(map(str.isdigit, cell)):
        return True
    return lower * 4 > len(column) * 3 or (is_capitals(cell) and not capitals)
