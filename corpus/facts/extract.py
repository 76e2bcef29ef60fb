"""Documents to facts: reads structure first, then language, and nothing about one document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.chunk import noted
from corpus.facts.chunk_context import Page, Place, Role
from corpus.facts.details import data_in, places_in, places_quoted, subject_of
from corpus.facts.kinds import is_denied, kind_of_label, status_of
from corpus.facts.roles import kinds_at
from corpus.facts.table_facts import code_facts, places_typed, row_facts
from corpus.facts.types import (
    Condition,
    PlacedAt,
    PlaceRole,
    Statement,
    StatementKind,
    Subject,
)
from corpus.language.boxes import choice, has_boxes
from corpus.language.clauses import Clause, parse_clause, parts
from corpus.language.sentences import readable
from corpus.parse.structure import LONGEST_SAID
from corpus.places import Gazetteer
from corpus.types import Block, BlockKind, Chunk, Document, Span, trim

_DATE_FIELD = re.compile(r"^[\w.-]*(?:date|updated|modified|reviewed|lastmod)\s*:\s*(\S.*)$", re.I)
_SEPARATOR = re.compile(r"^[\s*_]*[:–—.-]*[\s*_]*[:–—-]*\s*")
_CLAUSE_NUMBER = re.compile(r"(?:§ ?)?(?:\d{1,3}(?:\.\d{1,3})+\.?|\((?:[a-z]{1,3}|\d{1,2})\))\s+")
_SAME = re.compile(r"\b(?:same as|identical to|see) (?:the |their )?(?P<label>[\w ]+)", re.I)
_TYPED = re.compile(
    r"\b(?:run|runs|call|calls|type|types|enter|use|with|command|or|script)\b[^`\"]{0,40}"
    r"(?:`(?:[^`]+ [^`]+|/[^`]+)`|\"[a-z]+ [a-z-][^\"]*\")|`[^`]+ --?[^`]+`",
    re.I,
)
_SERVICES = re.compile(r"\bservices?\b|\bfeatures?\b|\bproduct", re.I)
_NEVER_DENIED = (StatementKind.DEFINED, StatementKind.MEMBER, StatementKind.STEP)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A kind that was read at a span, before its details are filled in."""

    kind: StatementKind
    span: Span
    value: str
    clause: Clause
    named: tuple[str, ...]
    """Texts whose places are those of the fact, each read by itself."""
    around: tuple[str, ...] = ()
    """Texts whose places it takes over when it names none, nearest first."""
    subject: str = ""
    conditions: tuple[str, ...] = ()
    support: tuple[Span, ...] = ()
    negated: bool = False


def extract(
    document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer
) -> tuple[Statement, ...]:
    """Return the facts of a document in reading order, from its chunks."""
    page = Page(document, tuple(chunks))
    facts: dict[str, Statement] = {}
    for chunk in chunks:
        for reading in _held(document, chunk, _read(page, chunk)):
            fact = _fact(document, chunk, reading, gazetteer)
            facts.setdefault(fact.id, fact)
    return tuple(facts.values())


def _held(document: Document, chunk: Chunk, readings: Iterable[_Reading]) -> Iterator[_Reading]:
    """Return what holds of an item: what an empty box stands beside is denied."""
    unticked = document.blocks[chunk.block].checked is False
    for reading in readings:
        if not unticked:
            yield reading
        elif not reading.negated:
            # Nobody says what an empty box beside a denial means: that is left out.
            yield replace(reading, negated=reading.kind not in _NEVER_DENIED)


def _read(page: Page, chunk: Chunk) -> Iterator[_Reading]:
    place = page.place(chunk)
    if (rows := page.rows(chunk)) is not None:
        for row in rows:
            yield from _row(page, chunk, replace(place, block=row), rows=True)
    elif chunk.kind is BlockKind.FIELD:
        yield from _field(chunk)
    elif chunk.kind is BlockKind.CODE:
        yield from _code(page, chunk)
    elif chunk.kind is BlockKind.ROW and not place.block.sentences:
        yield from _row(page, chunk, place)
    elif chunk.kind is BlockKind.ROW and place.first and place.block.titles:
        yield _plain(StatementKind.MEMBER, chunk.span, readable(chunk.text), chunk)
    else:
        yield from _prose(page, chunk, place)


def _field(chunk: Chunk) -> Iterator[_Reading]:
    match = _DATE_FIELD.match(chunk.text)
    if match:
        yield _plain(StatementKind.DATE, chunk.span, match[1].strip(), chunk)


def _code(page: Page, chunk: Chunk) -> Iterator[_Reading]:
    for found in code_facts(page.document.text, chunk.span):
        if found.kind is StatementKind.COMMAND:
            typed = places_typed(found.value)
            yield replace(_plain(found.kind, found.span, found.value, chunk), named=(typed,))
        else:
            yield _plain(found.kind, found.span, found.value, chunk)


def _plain(kind: StatementKind, span: Span, value: str, chunk: Chunk) -> _Reading:
    return _Reading(
        kind, span, value, parse_clause(""), (value,), subject=chunk.path[-1] if chunk.path else "",
        support=chunk.support,
    )  # fmt: skip


def _row(page: Page, chunk: Chunk, place: Place, *, rows: bool = False) -> Iterator[_Reading]:
    text = page.document.text
    name = readable(place.block.cells[0].span.of(text))
    for found in row_facts(text, place.block, place.heading):
        clause = parse_clause(found.value)
        whole = found.kind is StatementKind.MEMBER
        yield _Reading(
            found.kind, _shared(chunk, place.block.span) if rows else chunk.span, found.value,
            clause,
            _cells_said(text, place.block) if whole else (found.value,),
            subject=name, support=_row_support(chunk, place), negated=_denied(found.value),
        )  # fmt: skip


def _cells_said(text: str, row: Block) -> tuple[str, ...]:
    return tuple(readable(cell.span.of(text)) for cell in row.cells)


def _shared(chunk: Chunk, row: Span) -> Span:
    """Return a row as far as its chunk reaches."""
    return Span(max(row.start, chunk.span.start), min(row.end, chunk.span.end))


def _row_support(chunk: Chunk, place: Place) -> tuple[Span, ...]:
    titles = place.block.titles
    return chunk.support or ((titles,) if titles else ())


def _denied(value: str) -> bool:
    return re.match(r"(?:not?|never)\b", value, re.I) is not None


def _prose(page: Page, chunk: Chunk, place: Place) -> Iterator[_Reading]:
    text = page.document.text
    spans = _clause_spans(page, chunk, place)
    for number, span in enumerate(spans):
        said, denied = _ticked(readable(span.of(text)))
        if not said:
            continue
        clause = parse_clause(said)
        kinds = kinds_at(chunk, place, clause, leads=number == 0, whole=len(spans) == 1)
        for kind in _typed(kinds, span.of(text), chunk):
            yield _Reading(
                kind,
                trim(text, span) if number else Span(chunk.span.start, span.end),
                said,
                clause,
                _named(page, chunk, place, said),
                around=(place.label, place.lead_in, place.heading if place.excluded else ""),
                subject=_subject(page, chunk, place, clause),
                conditions=(place.heading,) if place.excluded and chunk.record else (),
                support=_support(page, chunk, place),
                negated=denied or _negated(kind, clause, place),
            )


def _ticked(said: str) -> tuple[str, bool]:
    """Return what a line says by its ticked boxes, and whether they deny it."""
    if not has_boxes(said):
        return said, False
    chosen = choice(said)
    return (chosen.said, chosen.denied) if chosen else ("", False)


def _clause_spans(page: Page, chunk: Chunk, place: Place) -> list[Span]:
    """Return the parts of a sentence, or the whole where the parts say nothing by themselves."""
    text = page.document.text
    start = _body_start(page, chunk, place)
    whole = Span(start, chunk.span.end)
    if place.role is Role.STEP and place.first and chunk.kind is BlockKind.STEP:
        return [whole]
    spans = [Span(start + s.start, start + s.end) for s in parts(whole.of(text))]
    told = (
        kinds_at(
            chunk, place, parse_clause(readable(span.of(text))), leads=number == 0, whole=False
        )
        for number, span in enumerate(spans)
    )
    return spans if any(told) else [whole]


def _typed(
    kinds: tuple[StatementKind, ...], source: str, chunk: Chunk
) -> tuple[StatementKind, ...]:
    """A sentence that spells out what to type is a command, unless it is a step of a list."""
    if chunk.kind is BlockKind.STEP or not set(kinds) <= {
        StatementKind.STEP,
        StatementKind.DEFINED,
    }:
        return kinds
    return (StatementKind.COMMAND,) if _TYPED.search(source) else kinds


def _negated(kind: StatementKind, clause: Clause, place: Place) -> bool:
    if kind in _NEVER_DENIED or (kind is StatementKind.EXCLUDED and place.role is Role.EXCEPTION):
        return False
    return is_denied(kind, clause)


def _body_start(page: Page, chunk: Chunk, place: Place) -> int:
    """Return where a chunk's text begins after its label, or after the number of a clause."""
    label = place.block.label
    if not place.label or label is None or not chunk.span.contains(label):
        number = _CLAUSE_NUMBER.match(page.document.text, *chunk.span)
        return number.end() if number else chunk.span.start
    match = _SEPARATOR.match(page.document.text[label.end : chunk.span.end])
    return label.end + (match.end() if match else 0)


def _named(page: Page, chunk: Chunk, place: Place, said: str) -> tuple[str, ...]:
    """Return the texts whose places are the fact's: its words, and what these refer to."""
    named = [place.label] if place.label and place.role is Role.MEMBER else []
    named.append(said)
    named.extend(_same(page, chunk, said))
    if said.endswith(":"):
        members = page.introduced(chunk)
        labels = [label for member in members if (label := page.label(member))]
        named.extend(labels or [readable(member.text) for member in members])
    return tuple(named)


def _same(page: Page, chunk: Chunk, said: str) -> Iterator[str]:
    """Return what "the same as the location at rest" refers to in its record."""
    match = _SAME.search(said)
    if match is None:
        return
    wanted = set(match["label"].lower().split()) - {"the", "at", "of"}
    for other in page.siblings(chunk):
        if other.block != chunk.block and wanted <= {*page.label(other).lower().split(), "rest"}:
            yield readable(other.text)


def _subject(page: Page, chunk: Chunk, place: Place, clause: Clause) -> str:
    for other in page.siblings(chunk) if chunk.record else ():
        if _SERVICES.search(page.label(other)):
            start = _body_start(page, other, page.place(other))
            return readable(page.document.text[start : other.span.end])
    if place.label and not kind_of_label(place.label):
        return place.label
    return subject_of(clause.main) if not clause.imperative else ""


def _support(page: Page, chunk: Chunk, place: Place) -> tuple[Span, ...]:
    spans = list(chunk.support)
    if place.block.lead_in:
        spans.append(place.block.lead_in)
    heading = page.heading_span(chunk)
    if heading and (chunk.record or place.excluded):
        spans.append(heading)
    return tuple(spans)


def _set_apart(document: Document, chunk: Chunk, reading: _Reading) -> Iterator[str]:
    """Return what limits a reading from outside of its sentence: its labels and its notes."""
    block = document.blocks[chunk.block]
    for span in (*block.under, *noted(block, reading.span)):
        said = readable(span.of(document.text))
        if said and len(said) <= LONGEST_SAID:
            yield said


def _fact(document: Document, chunk: Chunk, reading: _Reading, gazetteer: Gazetteer) -> Statement:
    read_places = places_quoted if reading.kind is StatementKind.COMMAND else places_in
    about = document.about.words
    places = tuple(
        dict.fromkeys(p for text in reading.named for p in read_places(text, gazetteer, about))
    )
    for text in reading.around if not places else ():
        places = places or places_in(text, gazetteer, about)
    heading = chunk.path[-1] if chunk.path else ""
    key = f"{document.id}\x1f{reading.span}\x1f{reading.kind}\x1f{reading.value}"
    conditions = (
        *reading.conditions,
        *reading.clause.conditions,
        *_set_apart(document, chunk, reading),
    )
    return Statement(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.id,
        chunk=chunk.id,
        kind=reading.kind,
        about=Subject(reading.subject or document.about.service),
        value=reading.value,
        places=tuple(PlacedAt(place, PlaceRole.NAMED, reading.span) for place in places),
        data=data_in(reading.value),
        conditions=tuple(Condition(text) for text in conditions),
        exceptions=tuple(Condition(text) for text in reading.clause.exceptions),
        negated=reading.negated,
        status=status_of(reading.value, heading),
        as_of=document.about.date,
        span=reading.span,
        support=tuple(s for s in dict.fromkeys(reading.support) if not reading.span.contains(s)),
    )
