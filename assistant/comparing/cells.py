"""The passages that say something of a side: all of a document, or those of some statements.

What is read from documents misses statements, so whole sentences about data count too, and the
rows and items beside those that state something.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.changes.telling_sentences import tells
from assistant.comparing.types import Cell
from assistant.composing.evidence import piece
from assistant.verification.reading.values import values
from corpus.facts.pointers import points_elsewhere
from corpus.facts.types import Statement, StatementKind
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions
from corpus.language.sentences import readable
from corpus.places import Gazetteer, Place
from corpus.types import BlockKind, Chunk, Span
from index.searching.reader import IndexReader

_LEANING = frozenset(
    "this these those that it they such then otherwise instead therefore he she its their".split()
)
"""First words of a sentence that leans on the one before it."""
_LEANING_ON_A_QUESTION = frozenset({"yes", "no", "this", "that", "it"})
"""Words of a sentence that leans on the question above it."""
_TELLING_OUT = re.compile(r"[\s*`_]*[(\[{:|→]")
"""What stands right behind a wider place that is told out in others."""
_MARKS = " *_-–•+\t"
_Stated = Mapping[str, Sequence[Statement]]


def cells_of_document(name: str, index: IndexReader) -> tuple[Cell, ...]:
    """Return all passages of a document that say something."""
    stated = _by_chunk(index.statements(document=name))
    chunks = index.catalog.between(name, 0, len(index.documents[name].text))
    return tuple(_cells(chunks, stated, _stating(chunks, stated), index))


def cells_of_statements(
    statements: Iterable[Statement], index: IndexReader, place: Place | None = None
) -> tuple[Cell, ...]:
    """Return the passages of some statements; of a place also the rows that name it beside them."""
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by_document[one.document].append(one)
    return tuple(
        cell
        for name, some in sorted(by_document.items())
        for cell in _of_some(name, _by_chunk(some), index, place)
    )


def of_place(
    statements: Sequence[Statement], place: Place, index: IndexReader
) -> tuple[Statement, ...]:
    """Return the statements that a place is told by: those that name it or what lies in it, and
    those of a wider place that they name alone, but for lines of a list that has a line about the
    place itself.
    """
    near = {one.id for one in statements if _is_within(one, place, index.gazetteer)}
    told = {one.member.id for one in statements if one.member and one.id in near}
    return tuple(
        one for one in statements
        if one.id in near
        or ((one.member is None or one.member.id not in told)
            and not _names_others(one, place, index))
    )  # fmt: skip


def _names_others(statement: Statement, place: Place, index: IndexReader) -> bool:
    """Tell whether a statement tells a wider place out in others than the one that is asked for."""
    placed = [(index.gazetteer.place(one.place), one.span) for one in statement.places]
    return _is_told_out(placed, place, index.documents[statement.document].text)


def _is_told_out(placed: Sequence[tuple[Place, Span]], place: Place, text: str) -> bool:
    """Tell whether each wider place is told out by others that lie in it: "Asia (Seoul, Busan)"
    says nothing of Japan, and neither does a row "Asia | Seoul"; "Asia, Seoul and Busan" does.
    """
    wider = [(one, span) for one, span in placed if one.id in place.within]
    return bool(wider) and all(
        any(one.id in other.within and _tells_out(text, span, at) for other, at in placed)
        for one, span in wider
    )


def _tells_out(text: str, wider: Span, narrower: Span) -> bool:
    """Tell whether a place stands in brackets or a cell behind a wider one, or below it."""
    if narrower.start < wider.end:
        return False
    between = text[wider.end : narrower.start]
    return "\n" in between or _TELLING_OUT.match(between) is not None


def _is_within(statement: Statement, place: Place, gazetteer: Gazetteer) -> bool:
    placed = (gazetteer.place(id_) for id_ in statement.place_ids)
    return any(one.id == place.id or place.id in one.within for one in placed)


def _of_some(name: str, stated: _Stated, index: IndexReader, place: Place | None) -> Iterator[Cell]:
    chunks = index.catalog.between(name, 0, len(index.documents[name].text))
    sets = _stating(chunks, stated) if place else frozenset[int]()
    for cell in _cells(chunks, stated, sets, index):
        if cell.statements or (place is not None and _names(cell, place, index)):
            yield cell


def _names(cell: Cell, place: Place, index: IndexReader) -> bool:
    """Tell whether a passage names a place or what lies in it; a sentence also what it lies in."""
    own = cell.text.rpartition(": ")[2] if cell.is_line and not cell.name else cell.text
    mentions = index.gazetteer.mentions(own)
    if any(m.place.id == place.id or place.id in m.place.within for m in mentions):
        return True
    named = [(m.place, Span(m.start, m.end)) for m in mentions]
    wider = any(m.place.id in place.within for m in mentions)
    return not cell.is_line and wider and not _is_told_out(named, place, own)


def _by_chunk(statements: Iterable[Statement]) -> _Stated:
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.chunk].append(one)
    return found


def _stating(chunks: Iterable[Chunk], stated: _Stated) -> frozenset[int]:
    """Return the lists and tables in which something is stated."""
    return frozenset(one.group for one in chunks if one.group >= 0 and stated.get(one.id))


def _cells(
    chunks: Sequence[Chunk], stated: _Stated, sets: frozenset[int], index: IndexReader
) -> Iterator[Cell]:
    notes = index.catalog.notes([chunk.id for chunk in chunks])
    saying = [
        chunk for chunk in chunks
        if stated.get(chunk.id) or _says(chunk, sets, placed=bool(notes[chunk.id].places))
    ]  # fmt: skip
    lists = frozenset(one.group for one in saying if one.kind is BlockKind.ITEM and one.group >= 0)
    told = {one.id for one in saying}
    # Of a list that says something each line does.
    saying = [one for one in chunks if one.id in told or one.group in lists]
    # What introduces a list stands before each of its lines.
    introducing = {one.lead_in.rstrip(" :") for one in saying if one.lead_in}
    before = dict(zip((chunk.id for chunk in chunks[1:]), chunks, strict=False))
    cells = (
        _cell(chunk, tuple(stated.get(chunk.id, ())), before.get(chunk.id))
        for chunk in saying
        if not (chunk.text.endswith(":") and readable(chunk.text).rstrip(" :") in introducing)
    )
    yield from _without_repeats(cells)


def _without_repeats(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield passages, those left out that the one behind them takes in: said once, with the facts
    of both.
    """
    waiting: Cell | None = None
    for cell in cells:
        if waiting is not None and cell.span.contains(waiting.span):
            waiting = replace(cell, statements=(*waiting.statements, *cell.statements))
            continue
        if waiting is not None:
            yield waiting
        waiting = cell
    if waiting is not None:
        yield waiting


def _says(chunk: Chunk, sets: frozenset[int], *, placed: bool) -> bool:
    """Tell whether a passage says something of the field though nothing was read from it: by a
    sentence, alone or behind what introduces it, or by a place or a period that it names.
    """
    text = _NOTE.sub("", readable(chunk.text))
    aside = chunk.kind in (BlockKind.CODE, BlockKind.FIELD)
    if aside or text.endswith("?"):
        return False
    if points_elsewhere(propositions(parse_one(text))):
        return False
    if chunk.group in sets and any(map(str.isalnum, text)):
        return True
    behind = f"{chunk.lead_in.rstrip(' :')} {text}" if chunk.lead_in else text
    return placed or tells(behind) or any(one.unit in _OF_TIME for one in values(text))


_NOTE = re.compile(r"^(?:please )?note(?: that|:)?\s+", re.I)
_OF_TIME = frozenset({"second", "month", "workday"})


def _cell(chunk: Chunk, facts: tuple[Statement, ...], before: Chunk | None) -> Cell:
    span, text = chunk.span, piece(chunk).shown
    first = before is None or before.block != chunk.block
    if chunk.pairs:
        text = "; ".join(f"{one.title}: {one.value}" if one.title else one.value
                         for one in chunk.pairs)  # fmt: skip
    elif chunk.record:
        text = _of_record(chunk, facts, text)
    elif chunk.lead_in and first and chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
        text = f"{chunk.lead_in.rstrip(' :')}: {text.lstrip(_MARKS)}"
    elif before is not None and not first and _leans(text):
        span = Span(before.span.start, chunk.span.end)
        text = f"{readable(before.text)} {text}"
    elif chunk.path and chunk.path[-1].endswith("?") and _replies(text):
        text = f"{chunk.path[-1]} {text}"
    return Cell(
        chunk.document, chunk.id, span, " ".join(text.split()), chunk.path, chunk.group,
        chunk.pairs[0].value if chunk.pairs else "", facts, chunk.kind is BlockKind.FIELD,
        bool(chunk.pairs) or (chunk.kind is BlockKind.ITEM and not chunk.record),
    )  # fmt: skip


def _of_record(chunk: Chunk, facts: Sequence[Statement], text: str) -> str:
    """Return a line of a record under what the record is about."""
    told = next((one.about.name for one in facts if one.about.name), "")
    under = told or (chunk.path[-1] if chunk.path else "")
    bare = text.lstrip(_MARKS)
    return bare if not under or under.casefold() in bare.casefold() else f"{under} – {bare}"


def _leans(text: str) -> bool:
    first = text.split(" ", 1)[0].lower().strip(",")
    return first in _LEANING


def _replies(text: str) -> bool:
    """Tell whether a sentence needs the question above it: "No.", "It does not support this"."""
    words = {word.strip(".,;:!()").lower() for word in text.split()}
    return bool(words & _LEANING_ON_A_QUESTION)


_ORDER = {kind: at for at, kind in enumerate(StatementKind)}
_NARROWEST = (StatementKind.MEMBER, StatementKind.DEFINED, StatementKind.DATE)


def main_kind(cell: Cell) -> StatementKind | None:
    """Return the kind that a passage is told under: what becomes of data first."""
    kinds = sorted(cell.kinds, key=lambda kind: (kind in _NARROWEST, _ORDER[kind]))
    return kinds[0] if kinds else None
