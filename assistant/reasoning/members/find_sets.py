"""The sets that the documents in scope give: tables, lists, and enumerations within sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.reasoning.known import Known
from assistant.reasoning.members.enumerations import Enumerated, enumerated, in_cell
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.selecting.check_marks import by_columns
from corpus.facts.types import Openness
from corpus.language.sentences import find_label, readable
from corpus.types import BlockKind, Chunk, Pair, Span

_DOCUMENTS = 3
"""Documents of which every list is looked at; of others, those that hits belong to."""
_LONGEST = 300_000
"""Code points of a document up to which every list of it is looked at."""
_HITS = 40
_OPEN = ("such as", "including", "for example", "e.g", "examples")
_SENTENCES = 3
"""Sentences before a set that tell of it."""
_LABEL_WORDS = 9
_SEPARATORS = (" - ", " – ", " — ", ": ")


def sets_of(known: Known) -> tuple[ListedSet, ...]:
    """Return the sets of the documents in scope, those that hits belong to first."""
    ranks = {hit.chunk.id: place for place, hit in reversed(tuple(enumerate(known.hits)))}
    found = [*_groups(known), *_single(known)]
    ranked = (_with_rank(one, ranks) for one in found)
    return tuple(sorted(ranked, key=lambda one: (one.rank, one.document, one.title)))


def _with_rank(one: ListedSet, ranks: dict[str, int]) -> ListedSet:
    best = min((ranks.get(entry.chunk.id, 99) for entry in one.entries), default=99)
    return replace(one, rank=best)


def _documents(known: Known) -> tuple[str, ...]:
    """Return the documents of which all lists are looked at."""
    hit = dict.fromkeys(hit.chunk.document for hit in known.hits[:_HITS])
    scoped = known.scope.documents if known.scope.is_sure else tuple(hit)
    wanted = [id_ for id_ in scoped if id_ in known.index.documents][:_DOCUMENTS]
    return tuple(id_ for id_ in wanted if len(known.index.documents[id_].text) <= _LONGEST)


def _groups(known: Known) -> Iterator[ListedSet]:
    """Yield the tables and lists."""
    whole = _documents(known)
    catalog = known.index.catalog
    for id_ in whole:
        chunks = catalog.between(id_, 0, len(known.index.documents[id_].text))
        yield from _of_chunks(chunks)
    seen = set()
    for hit in known.hits[:_HITS]:
        key = (hit.chunk.document, hit.chunk.group)
        if hit.chunk.group >= 0 and hit.chunk.document not in whole and key not in seen:
            seen.add(key)
            yield from _of_chunks(catalog.members(*key))


@lru_cache(maxsize=512)
def _of_chunks(chunks: tuple[Chunk, ...]) -> tuple[ListedSet, ...]:
    """Return the sets of some chunks of one document."""
    groups: dict[int, list[Chunk]] = defaultdict(list)
    for chunk in chunks:
        if chunk.group >= 0:
            groups[chunk.group].append(chunk)
    made = (
        (_table(group) if group[0].pairs else _list(group), group[0]) for group in groups.values()
    )
    found = [replace(one, around=_before(first, chunks)) for one, first in made if one is not None]
    return (*found, *(turned for one in found if one.is_table for turned in by_columns(one)))


def _before(first: Chunk, chunks: Sequence[Chunk]) -> str:
    """Return the sentences that stand in a section before a set, those nearest to it."""
    told = [
        readable(chunk.text) for chunk in chunks
        if chunk.path == first.path and chunk.group < 0 and chunk.span.end <= first.span.start
        and chunk.kind is BlockKind.PARAGRAPH
    ]  # fmt: skip
    return " ".join(told[-_SENTENCES:])


def _table(chunks: Sequence[Chunk]) -> ListedSet | None:
    rows = [chunk for chunk in chunks if chunk.pairs]
    # A row lacks the cells that are blank: the fullest row tells the order of the columns.
    fullest = sorted(rows, key=lambda row: -len(row.pairs))
    columns = tuple(dict.fromkeys(pair.title for row in fullest for pair in row.pairs))
    if not all(columns):
        return None
    first = rows[0]
    title = readable(first.lead_in) or first.path[-1]
    entries = tuple(entry for row in rows for entry in _rows(row, columns[0]))
    return ListedSet(
        first.document, entries, title, first.path, columns, Openness.CLOSED,
    )  # fmt: skip


def _rows(chunk: Chunk, first: str) -> Iterator[Entry]:
    """Yield a row, for each of several lines of its first cell anew."""
    head, rest = chunk.pairs[0], chunk.pairs[1:]
    several = [readable(part) for part in _lines(chunk.text)]
    if head.title == first and len(several) > 1 and ", ".join(several) == head.value:
        for name in several:
            yield Entry((Pair(head.title, name), *rest), chunk)
    else:
        yield Entry(chunk.pairs, chunk)


def _lines(row: str) -> list[str]:
    """Return the lines of the first cell of a row, which are parted by line breaks of HTML."""
    cell = row.strip().strip("|").split("|")[0]
    for mark in ("<br/>", "<br />", "</br>"):
        cell = cell.replace(mark, "<br>")
    return [part.strip() for part in cell.split("<br>") if part.strip()]


def _list(chunks: Sequence[Chunk]) -> ListedSet | None:
    items: dict[int, list[Chunk]] = defaultdict(list)
    for chunk in chunks:
        if chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
            items[chunk.block].append(chunk)
    if not items or chunks[0].record or _are_notes(list(items.values())):
        return None
    first = chunks[0]
    title = readable(first.lead_in) or first.path[-1]
    entries = tuple(_item(item) for item in items.values())
    return ListedSet(
        first.document, entries, title, first.path, (), _openness(readable(first.lead_in)),
        labels=(_above(first),),
    )  # fmt: skip


def _are_notes(items: Sequence[Sequence[Chunk]]) -> bool:
    """Tell whether the items are remarks: sentences that nothing leads in."""
    if items[0][0].lead_in:
        return False
    said = [named_item(readable(item[0].text)) for item in items]
    long = sum(not rest and len(name.split()) > _LABEL_WORDS for name, rest in said)
    return long * 2 > len(items)


def _above(chunk: Chunk) -> str:
    """Return what stands above an item: headings, tabs and lead-ins, as they are searched."""
    return readable(chunk.context.removesuffix(readable(chunk.text)))


def _item(chunks: Sequence[Chunk]) -> Entry:
    text = readable(chunks[0].text)
    name, rest = named_item(text)
    more = " ".join((rest, *(readable(chunk.text) for chunk in chunks[1:]))).strip()
    return Entry((Pair("", name),), chunks[0], more)


def named_item(text: str) -> tuple[str, str]:
    """Return the name of an item and what it says of it."""
    label = find_label(text, Span(0, len(text)))
    if label is not None and label.end < len(text):
        name = label.of(text).strip(" :-–—*")
        rest = text[label.end :].lstrip(" :-–—*")
        if rest and len(name.split()) <= _LABEL_WORDS:
            return name, rest
    for mark in _SEPARATORS:
        name, found, rest = text.partition(mark)
        if found and rest and len(name.split()) <= _LABEL_WORDS and "(" not in name:
            return name, rest
    return text.rstrip(" .;,:"), ""


def _openness(lead_in: str) -> Openness:
    low = lead_in.lower()
    if any(mark in low for mark in _OPEN) and "following" not in low:
        return Openness.OPEN
    return Openness.CLOSED


def _single(known: Known) -> Iterator[ListedSet]:
    """Yield the enumerations within sentences of the hits, and within cells of their tables."""
    catalog = known.index.catalog
    hits = [hit.chunk for hit in known.hits[:_HITS]]
    tables = dict.fromkeys((one.document, one.group) for one in hits if one.pairs)
    rows = (row for key in tables for row in catalog.members(*key))
    for chunk in dict.fromkeys((*hits, *rows)):
        if chunk.kind not in (BlockKind.CODE, BlockKind.FIELD):
            yield from _enumerations(chunk)


@lru_cache(maxsize=4096)
def _enumerations(chunk: Chunk) -> tuple[ListedSet, ...]:
    if not chunk.pairs:
        return tuple(_enumeration(chunk, one, "") for one in enumerated(readable(chunk.text)))
    first = chunk.pairs[0].value
    return tuple(
        _enumeration(chunk, one, f"{first} {pair.title}")
        for pair in chunk.pairs[1:]
        for one in (*enumerated(pair.value), *in_cell(pair.value))
    )


def _enumeration(chunk: Chunk, one: Enumerated, label: str) -> ListedSet:
    entries = tuple(Entry((Pair("", name),), chunk) for name in one.names)
    title = f"{one.before} {one.after}".strip()
    low = one.before.lower()
    openness = Openness.OPEN if any(mark in low for mark in _OPEN) else Openness.UNKNOWN
    return ListedSet(
        chunk.document, entries, title, chunk.path, (), openness,
        labels=tuple(part for part in (readable(chunk.lead_in), label) if part),
        is_enumeration=True,
    )  # fmt: skip


def joined(sets: Iterable[ListedSet]) -> ListedSet:
    """Return several sets of one kind as one."""
    several = tuple(sets)
    first = several[0]
    entries = tuple(entry for one in several for entry in one.entries)
    return replace(first, entries=entries)
