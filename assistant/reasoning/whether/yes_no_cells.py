"""Yes, No or It depends from a column of a table that says yes or no of each row."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import LIGHT, STANDING_IN, Claim, Word, alike
from assistant.reasoning.whether.matches import names_of
from corpus.language.parsing import parse_one
from corpus.places import Relation
from corpus.types import Chunk

_HITS = 8
_NEAR = 0.55
_YES = frozenset(
    {"yes", "✓", "✔", "✅", "x", "true", "supported", "available", "required", "included"}
)
_NO = frozenset("no ✗ ✘ ❌ none n/a false unsupported unavailable - — –".split())
_FITS = 0.6
"""Share of a column title's words that the claim has to say."""


@dataclass(frozen=True, slots=True)
class CellsDecided:
    """What the cells of a column say of a claim."""

    answer: Answered
    rows: tuple[Chunk, ...]
    """One that says yes and one that says no where it depends."""
    column: str


def by_cells(ask: Ask, claim: Claim, known: Known) -> CellsDecided | None:
    """Return what the first table with a column of yes and no that fits a claim says of it."""
    seen = set[tuple[str, int]]()
    for hit in known.hits[:_HITS]:
        key = (hit.chunk.document, hit.chunk.group)
        if not hit.chunk.pairs or key in seen or hit.similarity < _NEAR:
            continue
        seen.add(key)
        rows = tuple(one for one in known.index.catalog.members(*key) if one.pairs)
        found = _of_table(ask, claim, rows, known)
        if found is not None:
            return found
    return None


def _of_table(ask: Ask, claim: Claim, rows: tuple[Chunk, ...], known: Known) -> CellsDecided | None:
    titles = dict.fromkeys(pair.title for row in rows for pair in row.pairs)
    columns = [title for title in titles if _says_yes_or_no(title, rows)]
    named = names_of(known, rows[0].document)
    fitting = [title for title in columns if _fit(title, claim, named) >= _FITS]
    if not fitting:
        return _of_alternatives(ask, claim, rows, tuple(columns), known)
    column = max(fitting, key=lambda title: _fit(title, claim, named))
    kept = _rows(ask, claim, rows, column, known)
    if kept is None:
        return None
    told = [_value(row, column) for row in kept]
    if None in told or not told:
        return None
    return _answered(claim, kept, told, column)


def _of_alternatives(
    ask: Ask, claim: Claim, rows: tuple[Chunk, ...], columns: tuple[str, ...], known: Known
) -> CellsDecided | None:
    """Return what the cells of one row say, where the columns are the cases and the first column's
    title says what is asked.
    """
    head = rows[0].pairs[0].title
    named = names_of(known, rows[0].document)
    if len(columns) < 2 or head in columns or _fit(head, claim, named) < _FITS or ask.places:
        return None
    kept = _rows(ask, claim, rows, columns[0], known)
    if kept is None or len(kept) != 1:
        return None
    told = [_value(kept[0], column) for column in columns]
    if None in told:
        return None
    if len(set(told)) == 2:
        return CellsDecided(Answered.DEPENDS, kept, columns[0])
    answer = Answered.YES if told[0] != claim.denied else Answered.NO
    return CellsDecided(answer, kept, columns[0])


def _answered(
    claim: Claim, rows: tuple[Chunk, ...], told: list[bool | None], column: str
) -> CellsDecided | None:
    yes = [row for row, one in zip(rows, told, strict=True) if one]
    no = [row for row, one in zip(rows, told, strict=True) if not one]
    if yes and no:
        if claim.universal and not claim.denied:
            return CellsDecided(Answered.NO, tuple(no), column)
        if claim.existential and not claim.denied:
            return CellsDecided(Answered.YES, tuple(yes), column)
        return CellsDecided(Answered.DEPENDS, (yes[0], no[0]), column)
    holds = bool(yes) != claim.denied
    return CellsDecided(Answered.YES if holds else Answered.NO, tuple(yes or no), column)


def _says_yes_or_no(title: str, rows: tuple[Chunk, ...]) -> bool:
    told = [_value(row, title) for row in rows]
    return bool(title) and len(told) >= 2 and None not in told


def _value(row: Chunk, column: str) -> bool | None:
    said = next((pair.value for pair in row.pairs if pair.title == column), None)
    if said is None:
        return None
    first = said.strip().lower().split()
    word = first[0].strip(".,;:") or first[0] if first else ""
    if word == "not" or word in _NO or first[:2] == ["no", "action"]:
        return False
    return True if word in _YES and len(first) <= 4 else None


def _fit(title: str, claim: Claim, named: frozenset[str]) -> float:
    """Return which share of a column title's words the claim says; 0 where the title is little
    more than a name.
    """
    words = [
        t for t in parse_one(title).tokens
        if t.tag.startswith(("NN", "VB", "JJ", "CD")) and t.lemma not in LIGHT
    ]  # fmt: skip
    own = [t.lemma for t in words if t.text.lower() not in named]
    if 2 * len(own) < len(words) or not own:
        return 0.0
    asked = [word.lemma for word in claim.words]
    return sum(any(alike(one, other) for other in asked) for one in own) / len(own)


def _rows(
    ask: Ask, claim: Claim, rows: tuple[Chunk, ...], column: str, known: Known
) -> tuple[Chunk, ...] | None:
    """Return the rows that a claim is of; None where it names what no row says."""
    named = names_of(known, rows[0].document)
    kept = rows
    if ask.places:
        kept = tuple(row for row in rows if _is_placed(row, column, ask, known))
        if not kept:
            return None
    texts = {row.id: _lemmas(row, column) for row in rows}
    title = {t.lemma for t in parse_one(" ".join((column, *rows[0].path))).tokens}
    joined = set[str]()
    for word in claim.words:
        if _says_nothing(word, claim, named) or any(alike(word.lemma, one) for one in title):
            continue
        fitting = [row for row in rows if any(alike(word.lemma, one) for one in texts[row.id])]
        if fitting and len(fitting) < len(rows):
            joined.update(row.id for row in fitting)
        elif not fitting and word.is_key and not ask.places:
            return None
    chosen = tuple(row for row in kept if row.id in joined)
    return chosen or kept


def _lemmas(row: Chunk, column: str) -> frozenset[str]:
    shown = " ; ".join(pair.value for pair in row.pairs if pair.title != column)
    parse = parse_one(shown)
    return frozenset(t.lemma for t in parse.tokens) | {t.text.lower() for t in parse.tokens}


def _is_placed(row: Chunk, column: str, ask: Ask, known: Known) -> bool:
    cells = [pair.value for pair in row.pairs if pair.title != column]
    mentions = known.gazetteer.mentions(cells[0]) if cells else ()
    return any(
        known.gazetteer.relation(m.place, one) in (Relation.EQUAL, Relation.INSIDE)
        for m in mentions for one in ask.places
    )  # fmt: skip


def _says_nothing(word: Word, claim: Claim, named: frozenset[str]) -> bool:
    shown = claim.parse.tokens[word.at].text.lower()
    return shown in named or shown == STANDING_IN.lower() or word.lemma in LIGHT
