"""A document as it was understood: an outline for people, and values for programs; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from corpus.chunk import labels_of
from corpus.intake.not_read import count_of, left_out_words
from corpus.types import Block, BlockKind, Cell, Contents, Document, NoteMark, Span
from ui.shared.terminal_text import dated, inert

_STEP = "  "
_ANCHOR_WORDS = 5
_LONGEST_ANCHOR = 80
_PLAIN = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP, BlockKind.ROW)
"""Kinds that are told by their form alone."""


def document_outline(document: Document) -> str:
    """Return a document as an outline: what is said of it, its parts, and what was left out."""
    lines = [*_head(document), *_body(document), *_left_out(document)]
    return "\n".join(inert(line.replace("\r", " ")) for line in lines)


def document_row(document: Document) -> dict[str, object]:
    """Return a document with its parts as plain JSON values."""
    about = asdict(document.about) | {"date": _iso(document)}
    blocks = _by_section(document)
    return {
        **about,
        "sha256": document.sha256,
        "pages": len(document.pages),
        "contents": asdict(document.contents),
        "left_out": [asdict(one) for one in document.left_out],
        "sections": [
            {
                "title": section.title,
                "path": section.path,
                "blocks": [_block_row(document, block) for block in blocks.get(number, ())],
            }
            for number, section in enumerate(document.sections)
        ],
    }


def contents_words(contents: Contents) -> str:
    """Return how much of everything was read in one line: "2 sections, 1 table of 4 rows"."""
    rows = contents.rows
    tables = f"{count_of(contents.tables, 'table')} of {count_of(rows, 'row')}" if rows else ""
    counted = (
        (contents.sections, "section"),
        (contents.paragraphs, "paragraph"),
        (contents.items, "list item"),
        (contents.notes, "note"),
        (contents.code, "piece of code"),
    )
    told = [count_of(count, what) for count, what in counted if count]
    return ", ".join([*told, tables] if tables else told)


def _iso(document: Document) -> str | None:
    date = document.about.date
    return date.isoformat() if date else None


def _head(document: Document) -> Iterator[str]:
    about = document.about
    yield about.title
    told = {
        "id": about.id,
        "service": about.service,
        "publisher": about.publisher,
        "date": dated(about.date),
        "source": about.source,
        "licence": about.licence,
        "supersedes": ", ".join(about.supersedes),
        "pages": f"{len(document.pages):,}" if document.pages else "",
        "read": contents_words(document.contents),
        "left out": left_out_words(document.left_out) or "nothing",
    }
    width = max(map(len, told)) + 1
    for name, value in told.items():
        if value:
            yield f"{_STEP}{name + ':':<{width}} {_folded(value)}"


def _left_out(document: Document) -> Iterator[str]:
    if not document.left_out:
        return
    yield ""
    yield "Left out"
    for one in document.left_out:
        yield f"{_STEP}{count_of(one.count, one.what)}"
        yield from (f"{_STEP * 2}{_folded(example)}" for example in one.examples)
        if one.examples and one.count > len(one.examples):
            yield f"{_STEP * 2}and more"


def _body(document: Document) -> Iterator[str]:
    notes = _Notes(document)
    blocks = _by_section(document)
    page: int | None = None
    for number, section in enumerate(document.sections):
        if section.title:
            yield ""
            yield f"{'#' * max(1, len(section.path))} {_folded(section.title)}"
        labels: tuple[str, ...] = ()
        for block in blocks.get(number, ()):
            if (at := _page(document, block.span.start)) != page:
                page = at
                yield f"-- page {page} --"
            now = tuple(_said(document, label) for label in labels_of(block))
            yield from _labels(labels, now)
            labels = now
            yield from _block(document, block, notes)


def _labels(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Yield the labels that begin to hold, each at its depth."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    for depth in range(same, len(now)):
        yield f"{_STEP * (depth + 1)}[{now[depth]}]"


def _block(document: Document, block: Block, notes: _Notes) -> Iterator[str]:
    indent = _STEP * (1 + len(labels_of(block)) + max(0, block.level))
    if block.kind is BlockKind.CODE:
        yield f"{indent}code:"
        yield from (f"{indent}| {line}" for line in block.span.of(document.text).splitlines())
    else:
        yield f"{indent}{_sign(block)}{notes.name(block)}{_words(document, block)}"
    yield from (f"{indent}{_STEP}{line}" for line in notes.below(block))


def _sign(block: Block) -> str:
    """Return what stands before the words of a block: its bullet, number, box or kind."""
    box = {None: "", True: "[x] ", False: "[ ] "}[block.checked]
    if block.kind is BlockKind.STEP:
        return f"{'-' if block.ordinal is None else f'{block.ordinal}.'} {box}"
    if block.kind is BlockKind.ITEM:
        return f"- {box}"
    if block.kind is BlockKind.ROW:
        return "| "
    return box


def _words(document: Document, block: Block) -> str:
    text, span, label = document.text, block.span, block.label
    kind = "" if block.kind in _PLAIN or block.kind is BlockKind.NOTE else f"{block.kind.value}: "
    if block.cells:
        return kind + " | ".join(_pair(document, cell) for cell in block.cells)
    if label is None or not span.contains(label):
        return kind + _folded(span.of(text))
    before, after = Span(span.start, label.start), Span(label.end, span.end)
    return kind + _folded(f"{before.of(text)}<{label.of(text)}>{after.of(text)}")


def _pair(document: Document, cell: Cell) -> str:
    value = _said(document, cell.span) or "-"
    value += " (as above)" if cell.continued else ""
    return f"{_folded(cell.header)}: {value}" if cell.header else value


class _Notes:
    """The notes of a document that marks stand for: where each is, and what it is a note to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers: dict[Span, int] = {}
        self._anchors: dict[Span, list[str]] = {}
        for block in document.blocks:
            for mark in block.marks:
                self._numbers.setdefault(mark.note, len(self._numbers) + 1)
                self._anchors.setdefault(mark.note, []).append(_anchor(document, block, mark))
        self._held: dict[Span, list[Span]] = {}
        starts = sorted(self._numbers)
        for block in document.blocks:
            first = bisect_right(starts, Span(block.span.start, -1))
            for note in starts[first:]:
                if note.start > block.span.end:
                    break
                if block.span.contains(note):
                    self._held.setdefault(block.span, []).append(note)
        self._placed = {note for held in self._held.values() for note in held}
        self._told: set[NoteMark] = set()

    def name(self, block: Block) -> str:
        """Return what a block is a note to, or that it is a note; empty for any other."""
        held = self._held.get(block.span, ())
        told = [
            f"note {self._numbers[note]} to {', '.join(dict.fromkeys(self._anchors[note]))}: "
            for note in held
        ]
        if not told and block.kind is BlockKind.NOTE:
            return "note: "
        return "".join(told)

    def below(self, block: Block) -> Iterator[str]:
        """Yield, for each mark of a block, which note it stands for, with its words where it is no
        part of any block. A mark that many share, such as one of a column title, is told once.
        """
        for mark in block.marks:
            if mark in self._told:
                continue
            self._told.add(mark)
            anchor = _anchor(self._document, block, mark)
            words = "" if mark.note in self._placed else f": {_said(self._document, mark.note)}"
            yield f"^ note {self._numbers[mark.note]} at {anchor}{words}"


def _anchor(document: Document, block: Block, mark: NoteMark) -> str:
    """Return the words that a mark follows: in its block or cell, or in the line of a heading."""
    at = mark.at
    within = block.span.start <= at <= block.span.end
    first = block.span.start if within else document.text.rfind("\n", 0, at) + 1
    start = max(first, at - _LONGEST_ANCHOR)
    said = document.text[start:at]
    words = (said.rpartition("|")[2] if block.cells else said).split()
    shown = " ".join(words[-_ANCHOR_WORDS:])
    return f"“{'…' if len(words) > _ANCHOR_WORDS else ''}{shown}”"


def _by_section(document: Document) -> Mapping[int, Sequence[Block]]:
    ordered = sorted(document.blocks, key=lambda block: block.section)
    return {number: list(own) for number, own in groupby(ordered, lambda block: block.section)}


def _block_row(document: Document, block: Block) -> dict[str, object]:
    text = document.text
    return {
        "kind": block.kind.value,
        "text": block.span.of(text),
        "start": block.span.start,
        "end": block.span.end,
        "page": _page(document, block.span.start),
        "level": block.level,
        "ordinal": block.ordinal,
        "checked": block.checked,
        "label": block.label.of(text) if block.label else None,
        "lead_in": block.lead_in.of(text) if block.lead_in else None,
        "under": _texts(document, block.under),
        "note_title": _said(document, block.note_title) if block.note_title else None,
        "cells": [
            {"title": cell.header, "value": cell.span.of(text), "continued": cell.continued}
            for cell in block.cells
        ],
        "notes": [{"at": mark.at, "text": mark.note.of(text)} for mark in block.marks],
    }


def _texts(document: Document, spans: Iterable[Span]) -> list[str]:
    return [span.of(document.text) for span in spans]


def _page(document: Document, offset: int) -> int | None:
    return bisect_right(document.pages, offset) or None


def _said(document: Document, span: Span) -> str:
    return _folded(span.of(document.text))


def _folded(text: str) -> str:
    """Return text in one line."""
    return " ".join(text.split())
