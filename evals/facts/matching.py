"""Which statements agree with which gold rows.

A gold row and a statement agree when they are of one document and kind, the statement's span
overlaps a place of the row's quote, both are negated or neither is, and, where the row names
places that the gazetteer knows, the statement names each of them (or a place within it) and no
place that is unrelated to them. The customer's places and, but for definitions, a company's seat
are left aside on both sides. A statement of a document without gold rows is not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.facts.types import PlaceRole, Statement, StatementKind
from corpus.places import Gazetteer
from corpus.types import Document, Span
from evals.facts.gold import GoldStatement
from evals.suites.evidence_places import FoldedText

# Words that tell no two conditions or categories of data apart.
_SMALL_WORDS = frozenset(
    "a an the this that these those of in on at to for by with and or as is are be been was were "
    "if when where while unless except only your you their its it they".split()
)

_LEAST_RUN = 3
"""Words."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as a gold row names it."""

    ids: frozenset[str]
    """Gazetteer ids, a place's surroundings among them; empty where the gazetteer knows none."""
    inner: frozenset[str]
    """Those of them within which no other lies."""
    role: PlaceRole | None
    """None where nobody wrote it down."""


@dataclass(frozen=True, slots=True)
class Row:
    """A gold row with where its quote stands and which places it names."""

    gold: GoldStatement
    spans: tuple[Span, ...]
    """Empty where the document, as it is read, does not hold the quote."""
    places: tuple[NamedPlace, ...]

    def overlaps(self, span: Span) -> bool:
        """Tell whether a part of the document is quoted."""
        return any(_overlap(one, span) for one in self.spans)


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the statement that agrees with it best."""

    row: Row
    statement: Statement


@dataclass(frozen=True)
class Comparison:
    """All gold rows and statements of some documents, and which agree."""

    rows: tuple[Row, ...]
    statements: tuple[Statement, ...]
    agreed: tuple[tuple[int, int], ...]
    """Indices of rows and statements."""
    alike: tuple[tuple[int, int], ...]
    """Those that agree when nobody looks at the places."""
    places: Places

    @property
    def unplaced(self) -> tuple[GoldStatement, ...]:
        """Gold rows whose quotes the documents, as they are read, do not hold."""
        return tuple(row.gold for row in self.rows if not row.spans)

    @property
    def missed(self) -> tuple[GoldStatement, ...]:
        """Gold rows that no statement agrees with."""
        found = {row for row, _ in self.agreed}
        return tuple(row.gold for at, row in enumerate(self.rows) if at not in found)

    @property
    def wrong(self) -> tuple[Statement, ...]:
        """Statements that agree with no gold row."""
        right = {statement for _, statement in self.agreed}
        return tuple(one for at, one in enumerate(self.statements) if at not in right)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each row that was found, with one statement: the nearest in words, then in extent."""
        best: dict[int, tuple[float, float, int]] = {}
        for at, other in self.agreed:
            row, statement = self.rows[at], self.statements[other]
            near = (
                word_overlap(row.gold.value, statement.value),
                max(_shared_part(span, statement.span) for span in row.spans),
                -other,
            )
            best[at] = max(near, best.get(at, near))
        return tuple(Pair(self.rows[at], self.statements[-near[2]]) for at, near in best.items())

    @cached_property
    def rows_of(self) -> dict[str, list[Row]]:
        """Rows by document."""
        found = defaultdict(list)
        for row in self.rows:
            found[row.gold.document].append(row)
        return dict(found)

    @cached_property
    def statements_of(self) -> dict[str, list[Statement]]:
        """Statements by document."""
        found = defaultdict(list)
        for statement in self.statements:
            found[statement.document].append(statement)
        return dict(found)


class Places:
    """What texts name, and what lies in what."""

    def __init__(self, gazetteer: Gazetteer, documents: Iterable[Document]) -> None:
        self._gazetteer = gazetteer
        self._about = {one.id: one.about.words for one in documents}

    def around(self, id_: str) -> frozenset[str]:
        """Return a place and all that it lies in."""
        return frozenset((id_, *self._gazetteer.place(id_).within))

    def related(self, one: str, other: str) -> bool:
        """Tell whether two places are the same or one lies in the other."""
        return one in self.around(other) or other in self.around(one)

    def name(self, id_: str) -> str:
        """Return what a place is called."""
        return self._gazetteer.place(id_).name

    def named(self, text: str, document: str, role: PlaceRole | None = None) -> NamedPlace:
        """Return what a gold row of a document names."""
        about = self._about.get(document, "")
        ids = frozenset(one.place.id for one in self._gazetteer.mentions(text, about))
        outer = {wide for id_ in ids for wide in self.around(id_) - {id_}}
        return NamedPlace(ids, ids - outer, role)


def compare(
    gold: Sequence[GoldStatement],
    statements: Iterable[Statement],
    documents: Sequence[Document],
    gazetteer: Gazetteer,
) -> Comparison:
    """Compare statements with the gold rows of the same documents."""
    places = Places(gazetteer, documents)
    folded = {one.id: FoldedText.of(one.text) for one in documents}
    rows = tuple(_row(one, folded, places) for one in gold)
    covered = {one.document for one in gold}
    compared = tuple(one for one in statements if one.document in covered)
    alike = tuple(_alike(rows, compared))
    agreed = tuple(
        (at, other) for at, other in alike if _same_places(rows[at], compared[other], places)
    )
    return Comparison(rows, compared, agreed, alike, places)


def _row(gold: GoldStatement, folded: dict[str, FoldedText], places: Places) -> Row:
    text = folded.get(gold.document)
    roles = (None,) * len(gold.places) if gold.roles is None else gold.roles
    named = tuple(
        places.named(name, gold.document, role)
        for name, role in zip(gold.places, roles, strict=True)
    )
    return Row(gold, _quoted(text, gold.quote) if text else (), named)


def _quoted(text: FoldedText, quote: str) -> tuple[Span, ...]:
    """Return where a quote stands, else its longest run of words, of half of them at least.

    People quote files, mark-up included; documents are read without it.
    """
    if found := text.find(quote):
        return found
    words = FoldedText.of(quote).folded.split()
    least = max(_LEAST_RUN, (len(words) + 1) // 2)
    runs = (
        " ".join(words[start : start + length])
        for length in range(len(words) - 1, least - 1, -1)
        for start in range(len(words) - length + 1)
    )
    return next((text.find(run) for run in runs if f" {run} " in text.folded), ())


def _alike(rows: Sequence[Row], statements: Sequence[Statement]) -> Iterable[tuple[int, int]]:
    groups: dict[tuple[str, StatementKind, bool], list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        groups[one.document, one.kind, one.negated].append(at)
    for at, row in enumerate(rows):
        for other in groups[row.gold.document, row.gold.kind, row.gold.negated]:
            if row.overlaps(statements[other].span):
                yield at, other


def _same_places(row: Row, statement: Statement, places: Places) -> bool:
    aside = {PlaceRole.CUSTOMER}
    if row.gold.kind is not StatementKind.DEFINED:
        aside.add(PlaceRole.SEAT)
    named = {id_ for place in row.places if place.role not in aside for id_ in place.ids}
    if not named:
        return True
    stated = {id_: places.around(id_) for id_ in statement.place_ids}
    wanted = {id_: places.around(id_) for id_ in named}
    return all(any(id_ in around for around in stated.values()) for id_ in wanted) and all(
        around & set(wanted) or any(id_ in outer for outer in wanted.values())
        for id_, around in stated.items()
    )


def words_of(text: str) -> frozenset[str]:
    """Return the words that tell a text from another."""
    words = frozenset(FoldedText.of(text).folded.split())
    return (words - _SMALL_WORDS) or words


def word_overlap(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    words, others = words_of(one), words_of(other)
    both = len(words) + len(others)
    return 2 * len(words & others) / both if both else 0.0


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _shared_part(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))
