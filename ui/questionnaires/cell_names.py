"""The names of columns and cells, as spreadsheets write them; pure."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LETTERS = 26


def letter(column: int) -> str:
    """Return the name of a column, counted from 0."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the column that letters name, from 0; -1 where they name none."""
    if not name.isascii() or not name.isalpha() or len(name) > 3:
        return -1
    number = 0
    for character in name.upper():
        number = number * _LETTERS + ord(character) - ord("A") + 1
    return number - 1


def place_of(reference: str) -> tuple[int, int]:
    """Return row (from 1) and column (from 0) of a cell; raise ValueError for what is none."""
    match = _REFERENCE.match(reference.replace("$", ""))
    if match is None:
        raise ValueError(f"{reference!r} names no cell")
    return int(match[2]), column_of(match[1])
