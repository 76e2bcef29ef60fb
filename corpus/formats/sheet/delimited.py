"""Tables in plain text, with commas, semicolons, tabs or strokes between their cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from corpus.formats.sheet.sheet_tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetWriter,
    Shown,
    too_large,
)
from corpus.formats.text_file import decode, marked_encoding
from corpus.formats.types import Extracted, Unusable, damaged

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100
"""Lines by which the delimiter is found."""
_MOST_LINES = 50
"""In a cell; one with more begins with a stray quotation mark."""
_STATED = re.compile(r"sep=([,;\t|])\r?\n?", re.I)
_REMARK = re.compile(r"#\s?\w")
_ZERO_SHARE = 4


def from_csv(content: bytes) -> Extracted:
    """Return a table with commas or other delimiters as Markdown."""
    return _extracted(content, _DELIMITERS)


def from_tsv(content: bytes) -> Extracted:
    """Return a table with tabs between its cells as Markdown."""
    return _extracted(content, ("\t",))


def _extracted(content: bytes, delimiters: tuple[str, ...]) -> Extracted:
    text = _decoded(content)
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text, delimiters)
    rows = [[Shown(cell.strip()) for cell in row] for row in _rows(text, delimiter)]
    blocks = SheetWriter().blocks(rows)
    return Extracted("\n\n".join([*blocks, ""]).rstrip("\n") + "\n", markdown=True)


def _decoded(content: bytes) -> str:
    """Return the text of a table; spreadsheets write UTF-16 and Windows-1252 without saying so."""
    if marked_encoding(content):
        return decode(content)
    start = content[:1000]
    if start.count(0) * _ZERO_SHARE > len(start):
        name = "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
        try:
            return content.decode(name)
        except UnicodeDecodeError as error:
            raise Unusable("is not UTF-16 text", "Save it as UTF-8") from error
    try:
        return decode(content)
    except Unusable as refused:
        if b"\0" in content:
            raise
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            raise refused from None


def _delimiter(text: str, delimiters: tuple[str, ...]) -> str:
    """Return the delimiter that makes the most rows as wide as each other."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])

    def fit(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in _read(sample, delimiter, quoted=True) if row)
        if not widths:
            return 0.0, 0
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
        return (count / widths.total() if width > 1 else 0.0), width

    return max(delimiters, key=fit)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    quoted = all(
        cell.count("\n") <= _MOST_LINES for row in _read(text, delimiter, quoted=True)
        for cell in row
    )  # fmt: skip
    first = True
    for number, row in enumerate(_read(text, delimiter, quoted=quoted)):
        if number >= MOST_ROWS:
            raise too_large(f"{MOST_ROWS:,} rows")
        if len(row) > MOST_COLUMNS:
            raise too_large(f"{MOST_COLUMNS} columns")
        remark = first and len(row) > 0 and _REMARK.match(row[0]) is not None
        if remark and row[0] != "#":
            # A remark may hold the delimiter as any sentence does.
            yield [f"{delimiter} ".join(row).lstrip("# ")]
            continue
        first = first and not any(row)
        yield row


def _read(text: str, delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    try:
        if quoted:
            yield from csv.reader(source, delimiter=delimiter, skipinitialspace=True)
        else:
            yield from csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    except csv.Error as error:
        raise damaged("table", "Save it as .csv anew", str(error)) from error
