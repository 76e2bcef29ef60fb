"""Two rows of one table, two of its columns, or two blocks of one form, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant.composing.evidence import piece
from assistant.draft import Step
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Answered, Difference, Said, Side, Whether
from assistant.reasoning.known import Known
from assistant.reasoning.members.amounts_listed import amounts_of
from assistant.reasoning.members.entry_places import pieces, places_of
from assistant.reasoning.members.find_sets import named_item, sets_of
from assistant.reasoning.members.listed_set import ListedSet
from assistant.reasoning.members.word_stems import stems, words_of
from corpus.language.sentences import readable
from corpus.language.terms import WORD
from corpus.types import Chunk

_TWO = 2
_STEP = "Both stand in one table, or in blocks of one form."
_MOST_COLUMNS = 3
"""Columns that are said of each side."""
_LONGEST_NAME = 8
"""Words of what a side is called by."""
_LONGEST = 40
"""Words that are said of a side."""
_SAME = frozenset("same identical equal alike equally".split())
_COMPARING = frozenset(
    "same identical equal alike equally differ differs difference differences different "
    "differently versus vs against compare compared comparison than both whereas".split()
)
_REST = "rest"
"""Column of what the items of a list say behind their names."""
_MORE = frozenset("longer more larger bigger longest most largest higher greater".split())
_LESS = frozenset("shorter less fewer smaller sooner shortest least lower".split())


@dataclass(frozen=True, slots=True)
class _Cell:
    title: str
    value: str
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class _Table:
    """A table, or blocks of one form as its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[_Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Sided:
    """One of two things that a table or a form tells of."""

    name: str
    cells: tuple[_Cell, ...]
    """What is told of it, in the order of the table."""
    by: frozenset[str]
    """Stems of the question that say that it is meant."""


def rows_compared(ask: Ask, known: Known) -> Difference | Whether | None:
    """Return what a table or blocks of one form say of two things that a question holds against
    each other; None where it compares nothing, or does not name two of them alone.
    """
    is_sure = known.scope.is_sure or len(known.scope.documents) == 1
    if not _compares(ask) or not is_sure:
        return None
    asked = frozenset(stems(ask.question))
    sets = (one for one in sets_of(known) if not one.is_ticked and not one.is_enumeration)
    tables = (_table(one) for one in sets)
    every = (
        part for one in (*tables, *_forms(known)) for part in (one, *_labelled(one, asked))
    )  # fmt: skip
    found = (_of_table(ask, one, asked, known) for one in every)
    told = next((one for one in found if one is not None), None)
    # Whoever asks for one of the two is not answered by both.
    picks = ask.wanted not in (Wanted.DIFFERENCE, Wanted.ALL_OF, Wanted.WHETHER)
    return None if picks and isinstance(told, Difference) and not told.concluded else told


def _table(one: ListedSet) -> _Table:
    rows = (
        tuple(_Cell(pair.title, pair.value, entry.chunk) for pair in entry.cells if pair.value)
        for entry in one.entries
    )
    if one.is_table:
        return _Table(one.columns, tuple(rows))
    told = [
        (*row, _Cell(_REST, rest, entry.chunk))
        for row, entry in zip(rows, one.entries, strict=True)
        if (rest := named_item(readable(entry.chunk.text))[1])
    ]
    return _Table(("",), tuple(told))


def _compares(ask: Ask) -> bool:
    words = set(words_of(ask.question))
    weighs = bool(words & (_MORE | _LESS)) and "or" in words
    each = {"each", "two"} <= words
    return ask.wanted is Wanted.DIFFERENCE or each or bool(words & _COMPARING) or weighs


def _of_table(
    ask: Ask, one: _Table, asked: frozenset[str], known: Known
) -> Difference | Whether | None:
    sides = _rows(ask, one, asked, known) or _columns(one, asked)
    if sides is None:
        return None
    titles = _titles(sides, asked)
    if not titles:
        return None
    said = tuple(_side(side, titles) for side in sides)
    if any(not side.said or len(side.said[0].text.split()) > _LONGEST for side in said):
        return None
    if all(set(stems(side.said[0].text)) <= asked for side in said):
        return None
    return _found(ask, said)


def _labelled(one: _Table, asked: frozenset[str]) -> Iterator[_Table]:
    """Yield what the cells of a row that a question names say under labels of their own."""
    for row in one.rows:
        if len(row) < _TWO or not frozenset(stems(row[0].value)) <= asked:
            continue
        for cell in row[1:]:
            parts = [named_item(part.strip()) for part in pieces(cell.value)]
            if len(parts) >= _TWO and all(rest for _, rest in parts):
                told = ((_Cell("", name, cell.chunk), _Cell(row[0].value, rest, cell.chunk))
                        for name, rest in parts)  # fmt: skip
                yield _Table(("",), tuple(told))


def _rows(
    ask: Ask, one: _Table, asked: frozenset[str], known: Known
) -> tuple[_Sided, _Sided] | None:
    """Return two rows of a table that a question names, by whichever column names them."""
    for column in one.columns:
        found: dict[str, _Sided] = {}
        names = [_names(_cell(row, column)) for row in one.rows]
        every = [frozenset(stems(name)) for called in names for name in called]
        shared = frozenset.intersection(*every) if every else frozenset()
        for row, called in zip(one.rows, names, strict=True):
            for name in called:
                own = frozenset(stems(name)) - shared
                if _is_said(name, ask, known) or (own and own <= asked):
                    before = found.get(name.lower())
                    told = tuple(c for c in row if c.title != column)
                    found[name.lower()] = _Sided(
                        name,
                        (*(before.cells if before else ()), *told),
                        own or frozenset({name.lower()}),
                    )
        pair = _apart(list(found.values()))
        if pair is not None:
            return pair if _at(ask, pair[0]) <= _at(ask, pair[1]) else pair[::-1]
    return None


def _at(ask: Ask, side: _Sided) -> int:
    """Return where a question names a side."""
    words = ask.question.lower()
    return min((words.find(one) for one in side.name.lower().split() if one in words), default=0)


def _cell(row: Sequence[_Cell], column: str) -> str:
    return next((cell.value for cell in row if cell.title == column), "")


def _names(cell: str) -> tuple[str, ...]:
    parts = [cell, *pieces(cell)] if len(pieces(cell)) == 1 else pieces(cell)
    kept = (part.strip() for part in parts)
    return tuple(dict.fromkeys(part for part in kept if 0 < len(part.split()) <= _LONGEST_NAME))


def _is_said(name: str, ask: Ask, known: Known) -> bool:
    """Tell whether a question says a name in capitals, or the place that it is wholly of."""
    if name.isupper() and name in (match.group() for match in WORD.finditer(ask.question)):
        return True
    found = places_of(name, known.gazetteer)
    return any(one.place in ask.places and len(name) <= len(one.words) + 1 for one in found)


def _apart(sides: Sequence[_Sided]) -> tuple[_Sided, _Sided] | None:
    """Return the only two sides, those left out whose words another one says and more."""
    kept = [
        side for side in sides
        if not any(side.by < other.by for other in sides)
    ]  # fmt: skip
    if len(kept) != _TWO or kept[0].cells == kept[1].cells:
        return None
    return kept[0], kept[1]


def _columns(one: _Table, asked: frozenset[str]) -> tuple[_Sided, _Sided] | None:
    """Return two columns of the row that a question names: "Standard against Enterprise"."""
    if len(one.columns) <= _TWO:
        return None
    first, *others = one.columns
    every = [frozenset(stems(title)) for title in others]
    shared = frozenset.intersection(*every) if len(every) > 1 else frozenset[str]()
    apart = [(title, mine - shared) for title, mine in zip(others, every, strict=True)]
    meant = [(title, mine & asked) for title, mine in apart if mine & asked]
    if len(meant) != _TWO or meant[0][1] == meant[1][1]:
        return None
    row = _row(one, first, asked - meant[0][1] - meant[1][1])
    if row is None:
        return None
    sides = [
        _Sided(title, (replace(cell, title=_cell(row, first)),), by)
        for title, by in meant
        for cell in row
        if cell.title == title
    ]  # fmt: skip
    return (sides[0], sides[1]) if len(sides) == _TWO else None


def _row(one: _Table, column: str, asked: frozenset[str]) -> tuple[_Cell, ...] | None:
    """Return the row whose name says most of a question; None where two say as much."""
    ranked = sorted(
        ((len(mine & asked) / len(mine), len(mine), at) for at, row in enumerate(one.rows)
         if (mine := frozenset(stems(_cell(row, column))))), reverse=True,
    )  # fmt: skip
    if not ranked or ranked[0][0] < 1 or [r[:2] for r in ranked[1:2]] == [ranked[0][:2]]:
        return None
    return one.rows[ranked[0][2]]


def _titles(sides: tuple[_Sided, _Sided], asked: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that a question asks for; where it names none, those that differ."""
    first, second = (
        {cell.title: [each.value for each in side.cells if each.title == cell.title]
         for cell in side.cells}
        for side in sides
    )  # fmt: skip
    both = [title for title in first if title in second]
    left = asked - sides[0].by - sides[1].by
    shared = frozenset.intersection(*(frozenset(stems(t)) for t in both)) if both else frozenset()
    own = {title: len((frozenset(stems(title)) - shared) & left) for title in both}
    best = max(own.values(), default=0)
    wanted = [title for title in both if own[title]]
    if len(wanted) > _MOST_COLUMNS:
        wanted = [title for title in wanted if own[title] == best]
    if shared & left and len(both) <= _MOST_COLUMNS:
        wanted = both
    if not wanted:
        wanted = [title for title in both if first[title] != second[title]]
    return tuple(wanted) if len(wanted) <= _MOST_COLUMNS else ()


def _side(side: _Sided, titles: Sequence[str]) -> Side:
    cells = [cell for cell in side.cells if cell.title in titles]
    bare = len(titles) == 1 and bool(cells) and not any(_is_flag(cell.value) for cell in cells)
    told = [cell.value if bare else f"{cell.title}: {cell.value}" for cell in cells]
    evidence = tuple(dict.fromkeys(piece(cell.chunk) for cell in cells))
    return Side(side.name, (Said("; ".join(told), evidence),) if told else ())


def _is_flag(value: str) -> bool:
    return value.strip(" .").lower() in ("yes", "no", "✓", "✔", "✗", "x", "-", "–", "—")


def _found(ask: Ask, sides: tuple[Side, ...]) -> Difference | Whether:
    """Return both sides, with the verdict that the question asks for."""
    values = [side.said[0].text.strip(" .").lower() for side in sides]
    same = values[0] == values[1]
    words = set(words_of(ask.question))
    asks_same, asks_other = bool(words & _SAME), bool(words & {"differ", "different", "differs"})
    step = Step(_STEP, tuple(part for side in sides for part in side.said[0].evidence))
    if ask.wanted is Wanted.WHETHER and asks_same is not asks_other:
        answer = Answered.YES if same is asks_same else Answered.NO
        told = (Said(f"{side.name}: {side.said[0].text}", side.said[0].evidence) for side in sides)
        return Whether(answer, tuple(told), (step,))
    return Difference(sides, same, compared(ask.question, sides), (step,))


def compared(question: str, sides: Sequence[Side]) -> str:
    """Return which of two has more, where a question asks that and each says one amount."""
    words = set(question.lower().replace(",", " ").split())
    more, less = bool(words & _MORE), bool(words & _LESS)
    each = [amounts_of(side.said[0].text) for side in sides]
    if more is less or len(sides) != _TWO or any(len(found) != 1 for found in each):
        return ""
    rows = [(found[0], side) for found, side in zip(each, sides, strict=True)]
    if rows[0][0].measure != rows[1][0].measure or rows[0][0].size == rows[1][0].size:
        return ""
    first, second = sorted(rows, key=lambda row: row[0].size, reverse=more)
    named = [amount.span.of(side.said[0].text) for amount, side in (first, second)]
    return f"{first[1].name}: {named[0]}, against {named[1]} for {second[1].name}."


def _forms(known: Known) -> Iterator[_Table]:
    """Yield the blocks of a document that say the same labels, as a table: a row a block."""
    catalog = known.index.catalog
    for id_ in known.scope.documents:
        blocks: dict[int, list[Chunk]] = defaultdict(list)
        for chunk in catalog.between(id_, 0, len(known.index.documents[id_].text)):
            if chunk.record and chunk.group >= 0:
                blocks[chunk.group].append(chunk)
        rows = tuple(row for block in blocks.values() if (row := _form(block)))
        titles = tuple(dict.fromkeys(cell.title for row in rows for cell in row))
        labels = [{cell.title for cell in row} for row in rows]
        if any(len(one & other) >= _TWO for one, other in combinations(labels, 2)):
            yield _Table(titles, rows)


def _form(block: Sequence[Chunk]) -> tuple[_Cell, ...]:
    said = ((named_item(readable(chunk.text)), chunk) for chunk in block)
    return tuple(_Cell(name, rest, chunk) for (name, rest), chunk in said if rest)
