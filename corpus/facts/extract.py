"""Documents to facts: reads structure first, then language, and nothing about one document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.facts.clauses import Clause, parse_clause, parts
from corpus.facts.details import data_in, places_in, places_quoted, subject_of
from corpus.facts.kinds import is_denied, is_pointer, kind_of_label, kinds_of, status_of, verbs_in
from corpus.facts.page import Page, Place, Role, label_kind
from corpus.facts.tables import code_facts, places_typed, row_facts
from corpus.facts.types import Fact, FactKind
from corpus.parse.sentences import readable
from corpus.parse.structure import trim
from corpus.places import Gazetteer
from corpus.signals import DATE
from corpus.types import BlockKind, Chunk, Document, Span

_DATE_FIELD = re.compile(r"^[\w.-]*(?:date|updated|modified|reviewed|lastmod)\s*:\s*(\S.*)$", re.I)
_SEPARATOR = re.compile(r"^[\s*_]*[:–—.-]*[\s*_]*[:–—-]*\s*")
_NOUN_PHRASE = re.compile(
    r"(?:the|an?) [\w-]+(?: and [\w-]+)? of\b(?!.*\b(?:is|are|was|were|can|may|will|must|has|have)\b)",
    re.I,
)
_TYPED = re.compile(
    r"\b(?:run|runs|call|calls|type|types|enter|use|with|command|or|script)\b[^`\"]{0,40}"
    r"(?:`(?:[^`]+ [^`]+|/[^`]+)`|\"[a-z]+ [a-z-][^\"]*\")|`[^`]+ --?[^`]+`",
    re.I,
)
_GERUND = re.compile(r"^(?:mov|migrat|transferr?|relocat)ing\b", re.I)
_SAME = re.compile(r"\b(?:same as|identical to|see) (?:the |their )?(?P<label>[\w ]+)", re.I)
_DEFINING = re.compile(
    r"\b(?:the|a|an)\b.*\b(?:correspond|identif|denot)|^(?:specifies|indicates|means|denotes|identifies)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A kind that was read at a span, before its details are filled in."""

    kind: FactKind
    span: Span
    value: str
    clause: Clause
    named: str
    """Text whose places are those of the fact."""
    around: tuple[str, ...] = ()
    """Texts whose places it takes over when it names none, nearest first."""
    subject: str = ""
    conditions: tuple[str, ...] = ()
    support: tuple[Span, ...] = ()
    negated: bool = field(default=False)


def extract(document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer) -> tuple[Fact, ...]:
    """Return the facts of a document in reading order, from its chunks."""
    page = Page(document, tuple(chunks))
    facts: dict[str, Fact] = {}
    for chunk in chunks:
        for reading in _read(page, chunk):
            fact = _fact(document, chunk, reading, gazetteer)
            facts.setdefault(fact.id, fact)
    return tuple(facts.values())


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
        yield _plain(FactKind.MEMBER, chunk.span, readable(chunk.text), chunk)
    else:
        yield from _prose(page, chunk, place)


def _field(chunk: Chunk) -> Iterator[_Reading]:
    match = _DATE_FIELD.match(chunk.text)
    if match:
        yield _plain(FactKind.DATE, chunk.span, match[1].strip(), chunk)


def _code(page: Page, chunk: Chunk) -> Iterator[_Reading]:
    for found in code_facts(page.document.text, chunk.span):
        if found.kind is FactKind.COMMAND:
            typed = places_typed(found.value)
            yield replace(_plain(found.kind, found.span, found.value, chunk), named=typed)
        else:
            yield _plain(found.kind, found.span, found.value, chunk)


def _plain(kind: FactKind, span: Span, value: str, chunk: Chunk) -> _Reading:
    return _Reading(
        kind, span, value, parse_clause(""), value, subject=chunk.path[-1] if chunk.path else "",
        support=chunk.support,
    )  # fmt: skip


def _row(page: Page, chunk: Chunk, place: Place, *, rows: bool = False) -> Iterator[_Reading]:
    text = page.document.text
    name = readable(place.block.cells[0].span.of(text))
    for found in row_facts(text, place.block, place.heading):
        clause = parse_clause(found.value)
        whole = found.kind is FactKind.MEMBER
        yield _Reading(
            found.kind, _shared(chunk, place.block.span) if rows else chunk.span, found.value,
            clause,
            f"{name}; {found.value}" if whole else found.value,
            subject=name, support=_row_support(chunk, place), negated=_denied(found.value),
        )  # fmt: skip


def _shared(chunk: Chunk, row: Span) -> Span:
    """Return a row as far as its chunk reaches."""
    return Span(max(row.start, chunk.span.start), min(row.end, chunk.span.end))


def _row_support(chunk: Chunk, place: Place) -> tuple[Span, ...]:
    titles = place.block.titles
    return chunk.support or ((titles,) if titles else ())


def _denied(value: str) -> bool:
    return re.match(r"(?:not?|never)\b", value, re.I) is not None


def _prose(page: Page, chunk: Chunk, place: Place) -> Iterator[_Reading]:
    start = _body_start(page, chunk, place)
    body = page.document.text[start : chunk.span.end]
    spans = [Span(start + s.start, start + s.end) for s in parts(body)]
    if place.role is Role.STEP and place.first and chunk.kind is BlockKind.STEP:
        spans = [Span(start, chunk.span.end)]
    if len(spans) > 1 and not any(
        _kinds(page, chunk, place, parse_clause(readable(span.of(page.document.text))),
               only=number == 0, whole=False)
        for number, span in enumerate(spans)
    ):  # fmt: skip
        spans = [Span(start, chunk.span.end)]
    for number, span in enumerate(spans):
        piece = readable(span.of(page.document.text))
        if not piece:
            continue
        clause = parse_clause(piece)
        whole = Span(chunk.span.start, span.end) if number == 0 else trim(page.document.text, span)
        kinds = _kinds(page, chunk, place, clause, only=number == 0, whole=len(spans) == 1)
        for kind in _typed(kinds, span.of(page.document.text), chunk):
            yield _Reading(
                kind, whole, piece, clause, _named(page, chunk, place, piece),
                around=_around(page, chunk, place),
                subject=_subject(page, chunk, place, clause),
                conditions=_conditions(chunk, place),
                support=_support(page, chunk, place),
                negated=_negated(kind, clause, place),
            )  # fmt: skip


def _typed(kinds: tuple[FactKind, ...], source: str, chunk: Chunk) -> tuple[FactKind, ...]:
    """A sentence that spells out what to type is a command, unless it is a step of a list."""
    if chunk.kind is BlockKind.STEP or not set(kinds) <= {FactKind.STEP, FactKind.DEFINED}:
        return kinds
    return (FactKind.COMMAND,) if _TYPED.search(source) else kinds


def _negated(kind: FactKind, clause: Clause, place: Place) -> bool:
    if kind is FactKind.EXCLUDED and place.role is Role.EXCEPTION:
        return False
    return is_denied(kind, clause) and kind not in (
        FactKind.DEFINED,
        FactKind.MEMBER,
        FactKind.STEP,
    )


def _body_start(page: Page, chunk: Chunk, place: Place) -> int:
    """Return where a chunk's text begins after its label."""
    label = place.block.label
    if not place.label or label is None or not chunk.span.contains(label):
        return chunk.span.start
    match = _SEPARATOR.match(page.document.text[label.end : chunk.span.end])
    return label.end + (match.end() if match else 0)


def _kinds(
    page: Page, chunk: Chunk, place: Place, clause: Clause, *, only: bool, whole: bool
) -> tuple[FactKind, ...]:
    first = place.first and only
    if first and chunk.record and place.label:
        return _of_record(page, chunk, place, clause)
    if chunk.kind in (BlockKind.ITEM, BlockKind.STEP) and first:
        return _of_item(chunk, place, clause)
    if place.role is Role.REQUIREMENT and chunk.kind is BlockKind.PARAGRAPH:
        return (FactKind.REQUIRED,) if kinds_of(clause) != () or _states(clause) else ()
    found = kinds_of(clause, strict=place.excluded)
    if not found and place.excluded and _states(clause) and whole:
        return (FactKind.EXCLUDED,)
    if not found and not clause.finite:
        return _of_fragment(place, clause)
    return found


def _states(clause: Clause) -> bool:
    return clause.finite and not is_pointer(clause)


def _of_record(page: Page, chunk: Chunk, place: Place, clause: Clause) -> tuple[FactKind, ...]:
    """A bullet of a record says what its label announces, unless the label only gives a reason."""
    reason = re.match(r"(?:reason|why|cause|background|note)", place.label, re.I)
    kind = None if reason else label_kind(place.label, place.excluded)
    if kind is not None:
        return (kind,)
    found = kinds_of(clause, strict=clause.finite and place.excluded)
    if found:
        return found
    full = verbs_in(clause.text)[:1]
    return full or ((FactKind.EXCLUDED,) if place.excluded else (FactKind.MEMBER,))


def _of_item(chunk: Chunk, place: Place, clause: Clause) -> tuple[FactKind, ...]:
    role = place.role
    if role is Role.EXCEPTION:
        return _of_exception(place, clause)
    if role is Role.REQUIREMENT:
        denied = not place.lead_in and FactKind.NOT_SUPPORTED in kinds_of(clause)
        return (FactKind.NOT_SUPPORTED if denied else FactKind.REQUIRED,)
    if role is Role.DEFINITION:
        return (FactKind.DEFINED,)
    if role is Role.STEP and (chunk.kind is BlockKind.STEP or clause.imperative):
        return (FactKind.STEP,)
    if _GERUND.match(clause.text):
        return (FactKind.MEMBER, FactKind.MOVED)
    if not clause.finite or (_NOUN_PHRASE.match(clause.text) and not clause.imperative):
        return _of_fragment(place, clause)
    if re.match(r"\w+ing\b", clause.text) and role is Role.MEMBER:
        return (FactKind.MEMBER,)
    if (
        place.label
        and _DEFINING.search(clause.text)
        and role is Role.MEMBER
        and not verbs_in(clause.main)
    ):
        return (FactKind.DEFINED,)
    found = kinds_of(clause)
    return found or ((FactKind.MEMBER,) if role is Role.MEMBER else ())


def _of_exception(place: Place, clause: Clause) -> tuple[FactKind, ...]:
    """An exception says where data goes; one that does not say so is an exclusion."""
    found = kinds_of(clause, strict=True)
    told = tuple(
        kind
        for kind in found
        if kind in (FactKind.STORED, FactKind.PROCESSED, FactKind.REPLICATED, FactKind.MOVED,
                    FactKind.DETERMINED_BY, FactKind.RETAINED)
    )  # fmt: skip
    if any(is_denied(kind, clause) for kind in told):
        return (FactKind.EXCLUDED, *told)
    if clause.imperative and not place.lead_in:
        return (FactKind.STEP,)
    return told or (FactKind.EXCLUDED,)


def _of_fragment(place: Place, clause: Clause) -> tuple[FactKind, ...]:
    """Words without a verb say what their label, their participle or their heading announces."""
    if place.role is Role.MEMBER or place.lead_in:
        return (FactKind.MEMBER,)
    said = kinds_of(clause)
    kind = kind_of_label(place.label) or (kind_of_label(place.heading) if place.label else None)
    if kind is not None and set(said) <= {FactKind.RETAINED, FactKind.MEMBER}:
        return tuple(dict.fromkeys((kind, *(k for k in said if k is FactKind.RETAINED))))
    if said:
        return said
    return (FactKind.MEMBER,) if place.block.kind in (BlockKind.ITEM, BlockKind.STEP) else ()


def _named(page: Page, chunk: Chunk, place: Place, piece: str) -> str:
    """Return the text whose places are the fact's: its words, and what "the same" refers to."""
    parts_ = [piece]
    if place.label and place.role is Role.MEMBER:
        parts_.insert(0, place.label)
    same = _SAME.search(piece)
    if same:
        words = set(same["label"].lower().split()) - {"the", "at", "of"}
        parts_ += [
            readable(other.text)
            for other in page.siblings(chunk)
            if other.block != chunk.block and words <= {*page.label(other).lower().split(), "rest"}
        ]
    if piece.endswith(":"):
        parts_ += [page.label(other) or readable(other.text) for other in page.introduced(chunk)
                   if not parts_[1:] or page.label(other)]  # fmt: skip
    return ". ".join(parts_)


def _around(page: Page, chunk: Chunk, place: Place) -> tuple[str, ...]:
    return (place.label, place.lead_in, place.heading)


def _subject(page: Page, chunk: Chunk, place: Place, clause: Clause) -> str:
    service = page.document.about.service
    if chunk.record:
        named = [readable(other.text) for other in page.siblings(chunk)
                 if re.search(r"\bservices?\b|\bfeatures?\b|\bproduct", page.label(other), re.I)]  # fmt: skip
        if named:
            return named[0].split(" - ", 1)[-1].split(": ", 1)[-1][:200]
    if place.label and not kind_of_label(place.label):
        return place.label
    return (subject_of(clause.main) if not clause.imperative else "") or service


def _conditions(chunk: Chunk, place: Place) -> tuple[str, ...]:
    return (place.heading,) if place.excluded and chunk.record else ()


def _support(page: Page, chunk: Chunk, place: Place) -> tuple[Span, ...]:
    spans = list(chunk.support)
    if place.block.lead_in:
        spans.append(place.block.lead_in)
    heading = page.heading_span(chunk)
    if heading and (chunk.record or place.excluded):
        spans.append(heading)
    return tuple(spans)


def _fact(document: Document, chunk: Chunk, reading: _Reading, gazetteer: Gazetteer) -> Fact:
    read_places = places_quoted if reading.kind is FactKind.COMMAND else places_in
    places = read_places(reading.named, gazetteer)
    for text in reading.around if not places else ():
        places = places or places_in(text, gazetteer)
    heading = chunk.path[-1] if chunk.path else ""
    key = f"{document.id}\x1f{reading.span}\x1f{reading.kind}\x1f{reading.value}"
    return Fact(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.id,
        chunk=chunk.id,
        kind=reading.kind,
        subject=reading.subject or document.about.service,
        value=reading.value,
        places=places,
        data=data_in(reading.value),
        conditions=(*reading.conditions, *reading.clause.conditions),
        exceptions=reading.clause.exceptions,
        negated=reading.negated,
        status=status_of(reading.value, heading),
        as_of=document.about.date,
        span=reading.span,
        support=tuple(s for s in dict.fromkeys(reading.support) if not reading.span.contains(s)),
    )
