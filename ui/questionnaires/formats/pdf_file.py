"""Questionnaires in PDF: read as the documents are, tables and running text apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import DocumentError
from corpus.formats import extract
from ui.errors import QuestionFileError
from ui.questionnaires.formats.running_text import Paragraph, divided, prose_sheet
from ui.questionnaires.types import MOST_ROWS, Row, Sheet
from ui.shared.bounds.turns import turn_lent

_RULE = re.compile(r"[|\s:-]+")
_HEADING = re.compile(r"#{1,6}\s+")
_APART = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([^\w\s])")


def read_pdf(path: Path, content: bytes) -> tuple[Sheet, ...]:
    """Return the running text and the tables of a PDF; raise QuestionFileError."""
    try:
        with turn_lent():
            text = extract(str(path), content).text
    except DocumentError as error:
        raise QuestionFileError(str(error)) from error
    paragraphs: list[Paragraph] = []
    tables: list[list[str]] = []
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip().splitlines()
        if lines and all(line.startswith("|") for line in lines):
            tables.append(lines)
        elif lines:
            heading = _HEADING.match(lines[0])
            words = _plain(" ".join(lines)[heading.end() if heading else 0 :])
            paragraphs += (
                Paragraph(number, part, heading=heading is not None)
                for number, part in enumerate(divided(words), len(paragraphs) + 1)
            )
    named = (_table(f"Table {number}", lines) for number, lines in enumerate(tables, 1))
    sheets = [prose_sheet(paragraphs), *named]
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise QuestionFileError(f"{path}: more than {MOST_ROWS:,} rows. Divide the file")
    return tuple(sheet for sheet in sheets if sheet.rows)


def _table(name: str, lines: Sequence[str]) -> Sheet:
    told = (line for line in lines if not _RULE.fullmatch(line))
    rows = (
        Row(number, tuple(_plain(cell) for cell in _APART.split(line.strip().strip("|"))))
        for number, line in enumerate(told, 1)
    )
    return Sheet(name, tuple(row for row in rows if any(row.cells)))


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.replace("**", "")).strip()
