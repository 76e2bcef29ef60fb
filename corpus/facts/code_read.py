"""Statements of code: what is typed, and the lines of a listing of properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.facts.types import StatementKind
from corpus.parse.structure import line_spans
from corpus.types import Span, trim

_PROPERTY = re.compile(r"[\w .]+?\s+:\s+\S")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VALUE = re.compile(r"[\"']([A-Z][\w .-]{1,40})[\"']|\s--?[A-Za-z]+[ =]([A-Z][\w-]+)")
_OPEN, _CLOSED = "({[", ")}]"


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A piece of code that states something."""

    kind: StatementKind
    span: Span
    value: str


def code_read(text: str, span: Span) -> Iterator[CodeRead]:
    """Return the commands of a piece of code, or the lines of a listing of properties."""
    lines = [Span(span.start + s.start, span.start + s.end) for s in line_spans(span.of(text))]
    lines = [trim(text, line) for line in lines]
    lines = [line for line in lines if line.start < line.end]
    if lines and all(_PROPERTY.match(line.of(text)) for line in lines):
        yield from (CodeRead(StatementKind.MEMBER, line, _flat(line.of(text))) for line in lines)
        return
    start, depth = None, 0
    for line in lines:
        start = line.start if start is None else start
        words = line.of(text)
        bare = _QUOTED.sub("", words)
        depth += sum(map(bare.count, _OPEN)) - sum(map(bare.count, _CLOSED))
        if depth > 0 or words.endswith(("\\", "`", "|")):
            continue
        command = Span(start, line.end)
        yield CodeRead(StatementKind.COMMAND, command, _flat(command.of(text)))
        start, depth = None, 0
    if start is not None:
        rest = text[start : lines[-1].end]
        yield CodeRead(StatementKind.COMMAND, Span(start, lines[-1].end), _flat(rest))


def places_typed(code: str) -> str:
    """Return the values of a command that may be places: whole quotations and arguments."""
    return "; ".join(f'"{value}"' for pair in _VALUE.findall(code) for value in pair if value)


def _flat(code: str) -> str:
    return re.sub(r"\s+", " ", code).strip()
