"""Parts of documents to statements: structure first, then language, nothing about one document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.chunk import noted
from corpus.facts.arguments.data_categories import data_of, is_data
from corpus.facts.arguments.details import modality_of, places_quoted, refers_back, status_of
from corpus.facts.arguments.place_roles import (
    OF_DATA,
    firm,
    is_of_name,
    role_at,
    role_under,
    titled,
)
from corpus.facts.code_read import code_read, places_typed
from corpus.facts.conditions import (
    Limits,
    Restriction,
    condition_of_label,
    conditions_of,
    restricts,
)
from corpus.facts.kinds.kind_features import Feature, features
from corpus.facts.kinds.kind_model import load_model
from corpus.facts.kinds.kinds_read import DENIALS, NEVER_DENIED, WHOLE, KindRead, kinds_read
from corpus.facts.reading_units import Part, Unit, read_units
from corpus.facts.said import said
from corpus.facts.shown_text import ShownText
from corpus.facts.types import (
    Condition,
    Modality,
    PlacedAt,
    PlaceRole,
    Statement,
    StatementKind,
    Status,
    Subject,
    Term,
)
from corpus.facts.whole_document import Whole
from corpus.language.parsing import parse_one
from corpus.language.propositions import Link, Proposition
from corpus.language.propositions import propositions as propositions_of
from corpus.language.sentences import readable
from corpus.language.terms import STOP_WORDS, WORD
from corpus.parse.structure import LONGEST_SAID
from corpus.places import Mention, PlaceKind
from corpus.types import BlockKind, Chunk, Pair, Span, trim

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNLIMITED = Limits()
_DATE_FIELD = re.compile(r"^[\w.-]*(?:date|updated|reviewed)\s*:\s*(\S.*)$", re.I)
_ROLES = {
    StatementKind.STORED: PlaceRole.RESTS, StatementKind.RETAINED: PlaceRole.RESTS,
    StatementKind.PROCESSED: PlaceRole.PROCESSED, StatementKind.REPLICATED: PlaceRole.GOES_TO,
    StatementKind.MOVED: PlaceRole.GOES_TO, StatementKind.DETERMINED_BY: PlaceRole.CHOICE,
}  # fmt: skip
"""What the places that are pointed back to have to do with a statement of a kind."""
_LONGEST_TITLE = 6
"""Words of a column title that says what its cells are."""
_OF_NO_PLACE = frozenset(
    "address addresses basis code dns domain domains endpoint endpoints hostname id "
    "identifier identifiers ids ip ips key mechanism protection record records safeguard "
    "safeguards url urls".split()
)
"""Words of titles whose columns name places without saying that data is there."""
_ANYWHERE = frozenset(
    {StatementKind.REQUIRED, StatementKind.COMMITMENT, StatementKind.NOT_SUPPORTED,
     StatementKind.DETERMINED_BY}
)  # fmt: skip
"""Kinds that hold for the places that their sentence names anywhere."""
_EXCEPTING = frozenset({"except", "unless", "exception", "excluding"})
_DENIALS = frozenset(
    {"no", "not", "never", "none", "n/a", "✗", "✘", "❌", "without", "unsupported"}
)
"""First words of a cell that denies what its column says."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one statement says, before it is put together."""

    kind: StatementKind
    span: Span
    value: str
    places: tuple[PlacedAt, ...]
    subject: Subject
    data: tuple[str, ...] = ()
    limits: Limits = _UNLIMITED
    negated: bool = False
    modality: Modality = Modality.IS
    only: bool = False
    status: Status = Status.CURRENT
    support: tuple[Span, ...] = ()


class Extraction:
    """A part of a document while its statements are read."""

    def __init__(self, whole: Whole, chunks: Sequence[Chunk]) -> None:
        self.whole = whole
        self.document = whole.document
        self.text = whole.document.text
        self.about = whole.document.about.words
        self.chunks = chunks
        self.gazetteer = whole.gazetteer
        self.sets = whole.sets
        self.subjects = whole.subjects
        self.units = read_units(whole.document, chunks, whole.tables)
        self._mentions: dict[tuple[int, int], tuple[Mention, ...]] = {}
        self._shown: dict[tuple[int, int], ShownText] = {}

    def statements(self, vectors: NDArray[Any] | None) -> Iterator[Statement]:
        """Yield statements in reading order; `vectors` has a row for each chunk."""
        seen = [self.seen(number) for number in range(len(self.units))]
        scores = load_model().score(seen, self._by_unit(vectors))
        read = kinds_read(self.units, scores)
        waiting: list[Statement] = []
        for number, unit in enumerate(self.units):
            limit = self._limit(unit) if waiting and self._follows(number) else None
            if limit is not None:
                waiting = _restricted(waiting, limit, unit)
            fresh = [
                self._statement(unit, one) for one in self._of_unit(number, unit, read[number])
            ]
            yield from waiting
            waiting = _in_its_case(waiting, fresh, limit) if limit is not None else fresh
        yield from waiting

    def _by_unit(self, vectors: NDArray[Any] | None) -> NDArray[Any] | None:
        if vectors is None:
            return None
        rows = {chunk.id: row for row, chunk in enumerate(self.chunks)}
        return vectors[[rows[unit.chunk.id] for unit in self.units]]

    def seen(self, number: int) -> tuple[Feature, ...]:
        """Return what is seen of a unit."""
        unit = self.units[number]
        spans = [
            [Span(m.start, m.end) for m in self.mentions(number, part)]
            for part in range(len(unit.parts))
        ]
        return features(unit, spans)

    def mentions(self, number: int, part: int) -> tuple[Mention, ...]:
        """Return the places that a part of a unit names without doubt."""
        key = (number, part)
        if key not in self._mentions:
            found = self.gazetteer.mentions(self.units[number].parts[part].text, self.about)
            self._mentions[key] = tuple(one for one in found if one.is_sure and self._is_place(one))
        return self._mentions[key]

    def _is_place(self, mention: Mention) -> bool:
        """Tell a town from a word that the document uses as one ("at Rest", "is at rest"), and any
        place from a short form that the document makes for something else.
        """
        if mention.words.strip("()") in self.whole.short_forms:
            return False
        if mention.place.kind not in (PlaceKind.CITY, PlaceKind.PROVINCE):
            return True
        return mention.words.lower() not in self.whole.low

    def shown(self, number: int, part: int) -> ShownText:
        """Return where the words of a part stand in the document."""
        key = (number, part)
        if key not in self._shown:
            one = self.units[number].parts[part]
            self._shown[key] = ShownText.of(one.text, self.text, one.span)
        return self._shown[key]

    def _follows(self, number: int) -> bool:
        """Tell whether a unit goes on in the block of the one before."""
        before, unit = self.units[number - 1].chunk, self.units[number].chunk
        return before.block == unit.block and unit.kind is not BlockKind.CODE

    def _limit(self, unit: Unit) -> Restriction | None:
        """Return how a sentence limits the one before it."""
        if not unit.is_prose:
            return None
        part = unit.parts[0]
        return restricts(part.parse, part.propositions, self.gazetteer, self.about)

    def _of_unit(self, number: int, unit: Unit, kinds: Sequence[KindRead]) -> Iterator[_Said]:
        chunk = unit.chunk
        if chunk.kind is BlockKind.FIELD:
            yield from self._field(chunk)
        elif chunk.kind is BlockKind.CODE:
            yield from self._code(chunk)
        else:
            for read in kinds:
                if unit.is_row:
                    yield from self._row(number, unit, read)
                else:
                    yield from self._prose(number, unit, read)

    def _field(self, chunk: Chunk) -> Iterator[_Said]:
        match = _DATE_FIELD.match(chunk.text)
        if match:
            yield _Said(StatementKind.DATE, chunk.span, match[1].strip(), (), self._home(chunk))

    def _code(self, chunk: Chunk) -> Iterator[_Said]:
        for found in code_read(self.text, chunk.span):
            typed: tuple[str, ...] = ()
            if found.kind is StatementKind.COMMAND:
                typed = places_quoted(places_typed(found.value), self.gazetteer, self.about)
            places = tuple(PlacedAt(place, PlaceRole.NAMED, found.span) for place in typed)
            yield _Said(
                found.kind, found.span, found.value, places, self._home(chunk),
                support=chunk.support,
            )  # fmt: skip

    def _home(self, chunk: Chunk) -> Subject:
        return self.subjects.of(chunk, None, None)

    # Rows

    def _row(self, number: int, unit: Unit, read: KindRead) -> Iterator[_Said]:
        whole = not read.parts
        cells = read.parts or tuple(range(len(unit.parts)))
        parts = [unit.parts[cell] for cell in cells]
        value = "; ".join(part.text for part in (parts[1:] if len(parts) > 1 else parts))
        titles = unit.block.titles
        yield _Said(
            read.kind, self.span_of(unit), value,
            tuple(self._row_places(number, unit, read.kind, cells)),
            self.subjects.of(unit.chunk, None, None),
            self._row_data(unit, parts),
            negated=read.kind in DENIALS
            or (read.kind not in NEVER_DENIED and not whole and _is_denial(parts[0])),
            status=status_of(value, unit.heading),
            support=unit.chunk.support or ((titles,) if titles else ()),
        )  # fmt: skip

    def _row_data(self, unit: Unit, parts: Sequence[Part]) -> tuple[str, ...]:
        """Return the data of some cells, and what the row is of where that is data."""
        head = unit.parts[0]
        named = any(is_data(token) for token in parse_one(head.title).tokens)
        found = (data for part in parts for data in data_of(part.parse, None))
        return ((head.text,) if named and head not in parts else ()) + tuple(found)

    def _row_places(
        self, number: int, unit: Unit, kind: StatementKind, cells: Sequence[int]
    ) -> tuple[PlacedAt, ...]:
        """Return the places of some cells; where these name none, of what the row is of: its first
        cell, and those whose titles do not say what becomes of data in them."""
        found = tuple(self._of_titles(number, unit, kind, cells))
        heads = (
            cell for cell, part in enumerate(unit.parts)
            if not cell or role_under(part.title, kind) not in OF_DATA
        )  # fmt: skip
        return found or tuple(self._of_titles(number, unit, kind, heads))

    def span_of(self, unit: Unit) -> Span:
        """Return where a unit stands: its chunk, or a row as far as its chunk reaches."""
        row, chunk = unit.block.span, unit.chunk.span
        if unit.block is self.document.blocks[unit.chunk.block]:
            return chunk
        return Span(max(row.start, chunk.start), min(row.end, chunk.end))

    def _of_titles(
        self, number: int, unit: Unit, kind: StatementKind, cells: Iterable[int]
    ) -> Iterator[PlacedAt]:
        for cell in cells:
            part = unit.parts[cell]
            told = self._titled(unit, part.title, kind)
            for mention in self.mentions(number, cell):
                role = told or self._role(part, mention, kind)
                place = self.shown(number, cell).place(Span(mention.start, mention.end))
                yield PlacedAt(mention.place.id, _settled(role, kind), place)

    def _titled(self, unit: Unit, title: str, kind: StatementKind) -> PlaceRole | None:
        """Return the role that a column has by its title, or by what announces its table."""
        if not _is_title(title):
            return None
        told = role_under(title, kind)
        if told not in OF_DATA or told in titled(title.lower()):
            return told
        # "Region" says nothing of data by itself: what stands above the table has to.
        around = (unit.heading, unit.chunk.lead_in, *unit.under)
        announced = {role for text in around for role in titled(text.lower())}
        return told if announced & OF_DATA else PlaceRole.CHOICE

    def _role(self, part: Part, mention: Mention, kind: StatementKind) -> PlaceRole:
        """Return what a cell says of a place where its title does not tell."""
        if any(one.link is Link.MAIN and _has_verb(part, one) for one in part.propositions):
            return _read_role(part, mention, part.propositions[0], kind, negated=False)
        return PlaceRole.NAMED

    # Prose

    def _prose(self, number: int, unit: Unit, read: KindRead) -> Iterator[_Said]:
        part = unit.parts[0]
        if read.kind in WHOLE or len(part.propositions) < 2 or unit.led is not None:
            main = part.propositions[0] if part.propositions else None
            if unit.denied and main is not None and main.negated:
                return
            yield self._proposed(number, unit, read, main, Span(0, len(part.text)))
            return
        known: set[Span] = set()
        for one in read.parts:
            words = _from_denial(part, _governing(part.propositions, one))
            if unit.denied and part.propositions[one].negated:
                # Nobody says what an empty box beside a denial means.
                continue
            if words not in known:
                known.add(words)
                yield self._proposed(number, unit, read, part.propositions[one], words)

    def _proposed(
        self, number: int, unit: Unit, read: KindRead, one: Proposition | None, words: Span
    ) -> _Said:
        part, chunk = unit.parts[0], unit.chunk
        shown = self.shown(number, 0)
        whole = words.end - words.start >= len(part.text.rstrip())
        span = chunk.span if whole else trim(self.text, shown.place(words))
        negated = unit.denied or self._is_denied(unit, read, one)
        limits = _UNLIMITED
        if one is not None:
            limits = conditions_of(part.parse, part.propositions, one, self.gazetteer, self.about)
        return _Said(
            read.kind, span, words.of(part.text).strip(" ,;").rstrip("([“ "),
            tuple(self._places(number, unit, read.kind, words, one, negated=negated)),
            self._subject(unit, one),
            data_of(part.parse, None if whole else one),
            _placed_limits(limits, shown),
            negated=read.kind in DENIALS or (negated and read.kind not in NEVER_DENIED),
            modality=modality_of(one),
            only=one is not None and one.only,
            status=_planned(one, limits) or status_of(words.of(part.text), unit.heading),
            support=self._support(unit),
        )  # fmt: skip

    def _is_denied(self, unit: Unit, read: KindRead, one: Proposition | None) -> bool:
        if one is None:
            return False
        if read.kind in WHOLE:
            return read.denied > 0
        if unit.led is not None and unit.led.propositions:
            return read.denied > 0 or unit.led.propositions[0].negated
        return one.negated or (len(unit.parts[0].propositions) < 2 and read.denied > 0)

    def _places(
        self, number: int, unit: Unit, kind: StatementKind, words: Span,
        which: Proposition | None, *, negated: bool,
    ) -> Iterator[PlacedAt]:  # fmt: skip
        """Yield the places of a statement: those of its words, else those of what is around."""
        part = unit.parts[0]
        if kind in _ANYWHERE and not any(
            words.start <= m.start < words.end for m in self.mentions(number, 0)
        ):
            words = Span(0, len(part.text))
        labelled = role_under(unit.label, kind) if unit.label else None
        led = role_under(unit.chunk.lead_in, kind) if unit.chunk.lead_in else None
        found: list[PlacedAt] = []
        for mention in self.mentions(number, 0):
            if words.start <= mention.start < words.end:
                told = labelled or self._told(part, mention, kind, led, which, negated=negated)
                place = self.shown(number, 0).place(Span(mention.start, mention.end))
                found.append(PlacedAt(mention.place.id, _settled(told, kind), place))
        yield from found
        if (kind in _ROLES or kind is StatementKind.COMMITMENT) and refers_back(part.parse, words):
            yield from self._meant(number, kind, found)
        elif not found:
            yield from self._around(unit, kind)

    def _meant(
        self, number: int, kind: StatementKind, named: Sequence[PlacedAt]
    ) -> Iterator[PlacedAt]:
        """Yield the places that "there" or "that region" stands for: of its condition, else of the
        sentence before it."""
        if any(place.role in OF_DATA for place in named):
            return
        around = [place for place in named if place.role is not PlaceRole.SEAT]
        if not around and number and self._follows(number):
            mentions = self.mentions(number - 1, 0) if self.units[number - 1].is_prose else ()
            shown = self.shown(number - 1, 0) if mentions else None
            around = [
                PlacedAt(m.place.id, PlaceRole.NAMED, shown.place(Span(m.start, m.end)))
                for m in mentions if shown
            ]  # fmt: skip
        yield from (replace(place, role=_ROLES.get(kind, PlaceRole.RESTS)) for place in around)

    def _told(
        self, part: Part, mention: Mention, kind: StatementKind, led: PlaceRole | None,
        which: Proposition | None, *, negated: bool,
    ) -> PlaceRole:  # fmt: skip
        stated = any(_has_verb(part, one) for one in part.propositions)
        if not stated:
            return led or PlaceRole.NAMED
        return _read_role(part, mention, which, kind, negated=negated)

    def _around(self, unit: Unit, kind: StatementKind) -> Iterator[PlacedAt]:
        """Yield the places of the first of label, members and lead-in that names any."""
        block = unit.block
        if unit.label and block.label:
            found = [*self._of_text(unit.label, block.label, kind)]
            if found:
                yield from found
                return
        same = [*self._same(unit, kind)]
        if same:
            yield from same
            return
        members = self.whole.led_in_by(unit.chunk.span)
        if members and unit.parts[0].text.endswith(":") and not _excepts(unit.parts[0]):
            for member in members:
                role = role_under(unit.parts[0].text, kind)
                yield from self._of_text(readable(member.text), member.span, kind, role)
            return
        if unit.chunk.lead_in and block.lead_in:
            yield from self._of_text(unit.chunk.lead_in, block.lead_in, kind)
        elif kind is StatementKind.EXCLUDED and (heading := self._heading(unit.chunk)):
            # What is left out below a heading is left out of what the heading names.
            yield from self._of_text(unit.heading, heading, kind, PlaceRole.LEFT_OUT)

    def _same(self, unit: Unit, kind: StatementKind) -> Iterator[PlacedAt]:
        """Yield the places of the bullet of a record that "the same as …" points to."""
        words = [token.lemma for token in unit.parts[0].parse.tokens]
        if not unit.chunk.record or "same" not in words:
            return
        wanted = {word for word in words if word.isalpha()} - STOP_WORDS - {"same"}
        for other in self.units:
            if (
                other.chunk.group != unit.chunk.group
                or other is unit
                or not other.label
                or not other.parts
            ):
                continue
            named = {match.group().lower() for match in WORD.finditer(other.label)}
            if wanted and wanted <= named:
                yield from self._of_text(other.parts[0].text, other.parts[0].span, kind)

    def _of_text(
        self, words: str, span: Span, kind: StatementKind, role: PlaceRole | None = None
    ) -> Iterator[PlacedAt]:
        mentions = [
            one for one in self.gazetteer.mentions(words, self.about)
            if one.is_sure and self._is_place(one)
        ]  # fmt: skip
        if not mentions:
            return
        tree = parse_one(words)
        found = propositions_of(tree)
        shown = ShownText.of(words, self.text, span)
        for mention in mentions:
            told = role or role_at(tree, found, mention.start, mention.end, kind, False)
            told = firm(
                told, tree, found, mention.start, found[0] if found else None, kind, negated=False
            )
            told = _settled(told, kind)
            yield PlacedAt(mention.place.id, told, shown.place(Span(mention.start, mention.end)))

    def _subject(self, unit: Unit, one: Proposition | None) -> Subject:
        if unit.led is not None and unit.led.propositions:
            return self.subjects.of(unit.chunk, unit.led.parse, unit.led.propositions[0])
        return self.subjects.of(unit.chunk, unit.parts[0].parse, one)

    def _support(self, unit: Unit) -> tuple[Span, ...]:
        spans = list(unit.chunk.support)
        if unit.block.lead_in:
            spans.append(unit.block.lead_in)
        heading = self._heading(unit.chunk)
        if heading and unit.chunk.record:
            spans.append(heading)
        return tuple(spans)

    def _heading(self, chunk: Chunk) -> Span | None:
        """Return the line of the nearest heading."""
        section = self.document.sections[self.document.blocks[chunk.block].section]
        start, stop = section.span
        end = self.text.find("\n", start, stop)
        line = trim(self.text, Span(start, stop if end < 0 else end))
        return line if line.start == start < line.end else None

    def _statement(self, unit: Unit, one: _Said) -> Statement:
        key = f"{self.document.id}\x1f{one.span}\x1f{one.kind}\x1f{one.value}"
        return Statement(
            id=hashlib.sha256(key.encode()).hexdigest()[:16],
            document=self.document.id,
            chunk=unit.chunk.id,
            kind=one.kind,
            about=one.subject,
            value=one.value,
            places=_each_once(one.places),
            data=tuple(dict.fromkeys(one.data)),
            conditions=(*one.limits.conditions, *self._set_apart(unit, one.span)),
            exceptions=one.limits.exceptions,
            negated=one.negated,
            status=one.status,
            as_of=self.document.about.date,
            span=one.span,
            support=tuple(s for s in dict.fromkeys(one.support) if not one.span.contains(s)),
            modality=one.modality,
            only=one.only,
            member=self.sets.of(unit.chunk),
            said=self._in_words(unit, one),
        )

    def _in_words(self, unit: Unit, one: _Said) -> str:
        """Return the statement as a sentence for readers."""
        chunk, cell = unit.chunk, None
        if unit.is_row:
            cell = next((part for part in unit.parts if part.text == one.value), None)
        return said(
            one.value,
            subject=one.subject.name,
            kind=one.kind,
            sentence=readable(chunk.text) if unit.is_prose else "",
            lead_in=chunk.lead_in if unit.is_prose and unit.first else "",
            label=cell.title if cell else unit.label,
            beside=tuple(
                Pair(part.title, part.text) for part in unit.parts if unit.is_row and part != cell
            ),
            conditions=one.limits.conditions,
            exceptions=one.limits.exceptions,
            unticked=unit.block.checked is False,
        )

    def _set_apart(self, unit: Unit, span: Span) -> Iterator[Condition]:
        """Yield what limits a statement from outside of its sentence: labels and notes."""
        for outside in (*unit.block.under, *noted(unit.block, span)):
            said = readable(outside.of(self.text))
            if said and len(said) <= LONGEST_SAID:
                yield replace(condition_of_label(said, self.gazetteer, self.about), span=outside)


def _restricted(statements: Sequence[Statement], limit: Restriction, unit: Unit) -> list[Statement]:
    """Return statements with what the sentence behind them says of when they hold."""
    if not (limit.conditions or limit.exceptions):
        return list(statements)
    return [
        replace(
            one,
            conditions=(*one.conditions, *_elsewhere(limit.conditions)),
            exceptions=(*one.exceptions, *_elsewhere(_of_others(limit.exceptions, one))),
            support=(*one.support, unit.chunk.span),
        )
        for one in statements
    ]


def _of_others(exceptions: Sequence[Condition], one: Statement) -> tuple[Condition, ...]:
    """Return the exceptions that are not what a statement is about itself: "Shared folders are
    supported. However, the shared folders must …" bounds them, and does not leave them out.
    """
    own = {_bare(words) for words in (one.about.name, *one.data)}
    sentence = _bare(one.value)
    return tuple(
        exception for exception in exceptions
        if _bare(exception.text) not in own and not sentence.startswith(_bare(exception.text))
    )  # fmt: skip


def _bare(words: str) -> str:
    return words.lower().strip(" .").removeprefix("the ")


def _in_its_case(
    before: Sequence[Statement], fresh: list[Statement], limit: Restriction
) -> list[Statement]:
    """Return statements that hold "in that case", or "otherwise", with whose case it is."""
    if not (limit.in_that_case or limit.otherwise):
        return fresh
    case = next((one.conditions for one in before if one.conditions), ())
    taken = tuple(replace(one, span=None, negated=one.negated != limit.otherwise) for one in case)
    return [replace(one, conditions=(*one.conditions, *taken)) for one in fresh]


def _governing(propositions: Sequence[Proposition], number: int) -> Proposition:
    """Return the proposition that one is the object of, or itself."""
    one = propositions[number]
    while one.link is Link.COMPLEMENT and one.around is not None:
        one = propositions[one.around]
    return one


def _from_denial(part: Part, one: Proposition) -> Span:
    """Return the words of a proposition, from where what denies it stands: "do not process or
    store" denies the second verb too.
    """
    before = part.propositions[one.around] if one.around is not None else None
    own = part.parse.children(one.verb, "neg", "aux", "auxpass", "nsubj", "nsubjpass")
    if before is None or own or one.link is not Link.COORDINATE:
        return one.span
    if not (one.negated and before.negated):
        return one.span
    return Span(min(_from_denial(part, before).start, one.span.start), one.span.end)


def _read_role(
    part: Part, mention: Mention, which: Proposition | None, kind: StatementKind, *, negated: bool
) -> PlaceRole:
    """Return the role that a sentence gives a place, as far as it really says it."""
    role = role_at(part.parse, part.propositions, mention.start, mention.end, kind, negated)
    return firm(role, part.parse, part.propositions, mention.start, which, kind, negated=negated)


def _is_title(title: str) -> bool:
    """Tell whether a column is titled rather than explained."""
    words = {match.group().lower() for match in WORD.finditer(title)}
    short = len(title.split()) <= _LONGEST_TITLE
    return short and _OF_NO_PLACE.isdisjoint(words) and not is_of_name(title)


def _planned(one: Proposition | None, limits: Limits) -> Status | None:
    """Tell what "will" be from a day on from what is promised."""
    later = any(c.term is Term.AFTER and c.date is not None for c in limits.conditions)
    return Status.PLANNED if one is not None and one.modal == "will" and later else None


def _excepts(part: Part) -> bool:
    """Tell whether what follows a sentence is what it does not hold for."""
    return any(token.lemma in _EXCEPTING for token in part.parse.tokens)


def _settled(role: PlaceRole, kind: StatementKind) -> PlaceRole:
    """Return a role as a kind has it: of "stored and processed in" each takes its own."""
    if kind is StatementKind.STORED and role is PlaceRole.PROCESSED:
        return PlaceRole.RESTS
    if kind is StatementKind.PROCESSED and role is PlaceRole.RESTS:
        return PlaceRole.PROCESSED
    return role


def _has_verb(part: Part, one: Proposition) -> bool:
    return part.parse.tokens[one.verb].is_verb


def _is_denial(part: Part) -> bool:
    first = part.text.split(maxsplit=1)[0].strip(".,;:").lower() if part.text.split() else ""
    return first in _DENIALS or any(
        one.negated and one.link is Link.MAIN for one in part.propositions
    )


def _each_once(places: Iterable[PlacedAt]) -> tuple[PlacedAt, ...]:
    found: dict[tuple[str, PlaceRole], PlacedAt] = {}
    for place in places:
        found.setdefault((place.place, place.role), place)
    return tuple(found.values())


def _placed_limits(limits: Limits, shown: ShownText) -> Limits:
    """Return limits with spans of the document in place of those of the sentence."""

    def placed(one: Condition) -> Condition:
        return replace(one, span=shown.place(one.span)) if one.span else one

    return Limits(tuple(map(placed, limits.conditions)), tuple(map(placed, limits.exceptions)))


def _elsewhere(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Yield conditions of another sentence, whose spans are of that sentence alone."""
    return (replace(one, span=None) for one in conditions)
