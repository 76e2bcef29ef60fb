"""Units: a chunk with what it needs to be understood, and no more.

The sentence before a "However", the example after a rule, the items after a lead-in, the command
after its sentence, the other bullets of a record, the rows that continue a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.composing.evidence import heading, is_table_row, piece
from assistant.draft import DraftSentence, Evidence, Form
from assistant.query import Query, QuestionType
from corpus.chunk import row_text, said
from corpus.language.sentences import readable, with_addresses
from corpus.language.signals import Signal
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader

LIST_WORDS = 140
_BLOCK_WORDS = 55
"""A paragraph up to this length is shown whole."""
_RECORD_WORDS = 90
_SHORT_WORDS = 7
"""A chunk up to this length is shown under its heading."""
_LEAD_WORDS = 40
_LEANS_BACK = re.compile(
    r"(?:However|But|This|These|That|Those|It|Instead|Otherwise|Also|They|Such|Therefore|Then|"
    r"In (?:this|that|these|those|such)|Additionally|Exceptions?|For example|For instance|"
    r"Similarly|Likewise)\b"
)
_GOES_ON = re.compile(
    r"(?:However|But|Instead|Otherwise|Unless|Except|Only|For example|For instance|This|These|"
    r"Additionally|In (?:this|that|these|such)|Such|It|They|Also)\b"
)
_WHOLE_LISTS = (QuestionType.LIST, QuestionType.HOW_MANY, QuestionType.COMPARE)
_STANDS_ALONE = re.compile(
    r"(?:[A-Z](?:(?!\bwhich\b|\bthat\b)[^.!?])*?\b(?:is|are|was|were|will|can|may|must|does|do|has|have|should|stores?|"
    r"processes|process|applies|apply|uses?|keeps?|remains?|includes?|indicates?|shows?|refers)\b"
    r"[^!?]*[.])\s*$",
    re.DOTALL,
)
"""A whole sentence: it says what it says without the one that introduces its list."""
_RESTRICTS = re.compile(
    r"\b(?:except|unless|only|not|never|no|if|when|provided|excluded?|exceptions?|conditions?)\b|"
    r"n['’]t\b",
    re.I,
)
_ALL_STEPS = re.compile(
    r"\bsteps?\b|\bprocedure|\bwalk\b|\bin order\b|\bsequence|\bfrom start|\bend to end|\bprocess\b"
    r"|\bremain|\bstages?\b|\bthings\b",
    re.I,
)


def unit(query: Query, chunk: Chunk, index: IndexReader) -> tuple[DraftSentence, frozenset[str]]:
    """Return a chunk as a statement that stands alone, and the ids of all chunks in it."""
    if chunk.text.rstrip().endswith(":") and not chunk.record:
        made = _introduced(chunk, index)
    elif chunk.record:
        made = _record(chunk, index)
    elif is_table_row(chunk):
        made = _rows(query, chunk, index)
    elif chunk.kind is BlockKind.CODE:
        made = _command(chunk, index)
    elif chunk.kind is BlockKind.STEP:
        made = _step(query, chunk, index)
    elif chunk.kind is BlockKind.ITEM:
        made = _item(query, chunk, index)
    else:
        made = _sentence(chunk, index)
    chunks, statement = made
    if Signal.LINK in query.wants:
        statement = _addressed(statement, index)
    return statement, frozenset(part.id for part in chunks)


def _addressed(statement: DraftSentence, index: IndexReader) -> DraftSentence:
    """Return a statement with the address after each of its links."""
    text, evidence = statement.text, list[Evidence]()
    for part in statement.evidence:
        shown = with_addresses(part.spans[0].of(index.documents[part.document].text))
        if part.code or len(part.spans) > 1 or part.shown not in text:
            evidence.append(part)
            continue
        text = text.replace(part.shown, shown, 1)
        evidence.append(replace(part, shown=shown))
    return replace(statement, text=text, evidence=tuple(evidence))


Made = tuple[Sequence[Chunk], DraftSentence]


def _sentence(chunk: Chunk, index: IndexReader) -> Made:
    """Return the paragraph when it is short, else the sentence with those that lean on it."""
    chunks = _around(chunk, index)
    parts = [piece(part) for part in chunks]
    if _words(parts) <= _SHORT_WORDS and chunk.kind is not BlockKind.FIELD:
        above = heading(chunk, index)
        if above is not None:
            return chunks, DraftSentence(f"{above.shown}: {_spaced(parts)}", (above, *parts))
    return chunks, DraftSentence(_spaced(parts), tuple(parts))


def _around(chunk: Chunk, index: IndexReader) -> Sequence[Chunk]:
    block = index.catalog.block(chunk.document, chunk.block)
    if sum(len(part.text.split()) for part in block) <= _BLOCK_WORDS:
        return block
    place = next(n for n, other in enumerate(block) if other.id == chunk.id)
    first, last = place, place
    if place and _LEANS_BACK.match(readable(chunk.text)):
        first -= 1
    while (
        last + 1 < len(block)
        and last < place + 2
        and _GOES_ON.match(readable(block[last + 1].text))
    ):
        last += 1
    return block[first : last + 1]


def _item(query: Query, chunk: Chunk, index: IndexReader) -> Made:
    lead = lead_in_chunk(chunk, index)
    if query.type in _WHOLE_LISTS and chunk.lead_in:
        members = [m for m in _members(chunk, index) if m.lead_in == chunk.lead_in]
        whole = _listed(lead, members) if len(members) > 1 else None
        if whole:
            return (*((lead,) if lead else ()), *members), whole
    chunks = _around(chunk, index)
    parts = [piece(part) for part in chunks]
    first = index.catalog.block(chunk.document, chunk.block)[0]
    if (
        lead is not None
        and _needs(lead, parts[0].shown)
        and chunks[0].id == first.id
        and _is_short(lead)
    ):
        before = piece(lead)
        return chunks, DraftSentence(f"{before.shown} {_spaced(parts)}", (before, *parts))
    return chunks, DraftSentence(_spaced(parts), tuple(parts))


def _needs(lead: Chunk, item: str) -> bool:
    """Tell whether an item says something else without the sentence that introduces it."""
    return _RESTRICTS.search(lead.text) is not None or not _STANDS_ALONE.match(item)


def _is_short(lead: Chunk) -> bool:
    return len(lead.text.split()) <= _LEAD_WORDS


def _step(query: Query, chunk: Chunk, index: IndexReader) -> Made:
    """Return all steps of a short procedure when they are asked for, else one with its command."""
    members = list(_members(chunk, index))
    lead = lead_in_chunk(chunk, index)
    if query.type is QuestionType.HOW_TO and _ALL_STEPS.search(query.question):
        whole = _listed(lead, members)
        if whole:
            return (*((lead,) if lead else ()), *members), whole
    block = index.catalog.block(chunk.document, chunk.block)
    chunks = [*block] if sum(len(p.text.split()) for p in block) <= _BLOCK_WORDS else [chunk]
    after = _following_code(chunk, members)
    parts = [piece(part) for part in chunks]
    if after is None:
        return chunks, DraftSentence(_spaced(parts), tuple(parts))
    code = piece(after)
    return (*chunks, after), DraftSentence(f"{_spaced(parts)}\n\n{code.shown}", (*parts, code))


def _following_code(chunk: Chunk, members: Sequence[Chunk]) -> Chunk | None:
    later = [m for m in members if m.span.start >= chunk.span.end and m.block != chunk.block]
    return later[0] if later and later[0].kind is BlockKind.CODE else None


def _command(chunk: Chunk, index: IndexReader) -> Made:
    lead = lead_in_chunk(chunk, index)
    code = piece(chunk)
    if lead is None:
        return (chunk,), DraftSentence(code.shown, (code,))
    before = piece(lead)
    return (lead, chunk), DraftSentence(f"{before.shown}\n\n{code.shown}", (before, code))


def _record(chunk: Chunk, index: IndexReader) -> Made:
    """Return a record under its heading: the bullet that was found, those that name the subject,
    and the others while there is room.
    """
    members = _members(chunk, index)
    blocks = list(dict.fromkeys((chunk.block, *(member.block for member in members))))
    lines = [[m for m in members if m.block == block] for block in blocks]
    while len(lines) > 1 and sum(map(_length, lines)) > _RECORD_WORDS:
        others = [line for line in lines[1:] if not _names_things(line)] or lines[1:]
        lines.remove(max(others, key=_length))
    parts = [[piece(member) for member in line] for line in lines]
    above = heading(chunk, index)
    text = "\n".join([f"{above.shown}:"] if above else [])
    text = "\n".join((*([text] if text else []), *(f"- {_spaced(line)}" for line in parts)))
    evidence = (*([above] if above else []), *(part for line in parts for part in line))
    return [member for line in lines for member in line], DraftSentence(text, evidence)


def _names_things(line: Sequence[Chunk]) -> bool:
    """Tell whether a bullet is a list of names."""
    words = [word for chunk in line for word in readable(chunk.text).split()]
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _rows(query: Query, chunk: Chunk, index: IndexReader) -> Made:
    """Return the rows that share a row's first cell, or the whole table where it is asked for."""
    members = [member for member in _members(chunk, index) if is_table_row(member)]
    same = [member for member in members if _first_cell(member) == _first_cell(chunk)]
    wanted = members if query.type in _WHOLE_LISTS and not query.places else same
    for rows in (wanted, same, [chunk]):
        whole = _listed(None, rows)
        if rows and whole:
            return rows, whole
    part = piece(chunk)
    return (chunk,), DraftSentence(part.shown, (part,))


def _first_cell(chunk: Chunk) -> str:
    return row_text(chunk.pairs[:1]) or said(chunk)


def _introduced(chunk: Chunk, index: IndexReader) -> Made:
    """Return a sentence that ends in a colon with the list or command that follows it."""
    following, whole = _following(chunk, index)
    if whole:
        return (chunk, *following), whole
    part = piece(chunk)
    return (chunk,), DraftSentence(part.shown, (part,))


def _following(chunk: Chunk, index: IndexReader) -> tuple[Sequence[Chunk], DraftSentence | None]:
    """Return what a sentence introduces, and both together where that is short enough."""
    following = [
        other
        for other in index.catalog.neighbours(chunk, reach=2_000)
        if is_introduced(other, chunk)
    ]
    if following and following[0].kind is BlockKind.CODE:
        following = following[:1]
    return following, _listed(chunk, following)


def is_introduced(chunk: Chunk, by: Chunk) -> bool:
    """Tell whether a chunk belongs to the list, table or code that a sentence introduces."""
    return (
        chunk.document == by.document
        and chunk.span.start > by.span.start
        and chunk.lead_in == readable(by.text)
    )


def introduces_alone(chunk: Chunk, index: IndexReader) -> bool:
    """Tell whether a chunk introduces something that is too long, or too far, to follow it."""
    ends = chunk.text.rstrip().endswith(":") and not chunk.record
    return ends and _following(chunk, index)[1] is None


def joined(statements: Iterable[DraftSentence]) -> list[DraftSentence]:
    """Return the statements with members of one list under one lead-in."""
    kept: list[DraftSentence] = []
    for statement in statements:
        place = next((n for n, known in enumerate(kept) if _share_lead_in(known, statement)), None)
        if place is None:
            kept.append(statement)
        else:
            kept[place] = _under_one(kept[place], statement)
    return kept


def _share_lead_in(known: DraftSentence, other: DraftSentence) -> bool:
    """Tell whether two quotations begin with the same sentence that introduces something."""
    return (
        known.form is other.form is Form.QUOTE
        and min(len(known.evidence), len(other.evidence)) > 1
        and known.evidence[0] == other.evidence[0]
        and known.evidence[0].shown.endswith(":")
        and not any(part.code for part in (*known.evidence, *other.evidence))
    )


def _under_one(known: DraftSentence, other: DraftSentence) -> DraftSentence:
    lead_in = known.evidence[0]
    items = [
        line if line.startswith("- ") else f"- {line}"
        for statement in (known, other)
        for line in statement.text.removeprefix(lead_in.shown).strip().split("\n")
    ]
    text = "\n".join((lead_in.shown, *items))
    return replace(known, text=text, evidence=(*known.evidence, *other.evidence[1:]))


def _listed(lead: Chunk | None, members: Sequence[Chunk]) -> DraftSentence | None:
    """Return a list with its lead-in, None when it is empty or too long."""
    if not members:
        return None
    head = [piece(lead)] if lead else []
    lines = [[piece(m) for m in line] for line in _by_block(members)]
    parts = [part for line in lines for part in line]
    if _words([*head, *parts]) > LIST_WORDS:
        return None
    if members[0].kind is BlockKind.CODE:
        text = "\n\n".join(part.shown for part in (*head, *parts))
    else:
        text = "\n".join((*(h.shown for h in head), *(_bullet(line, members) for line in lines)))
    return DraftSentence(text, (*head, *parts))


def _by_block(members: Sequence[Chunk]) -> Iterable[list[Chunk]]:
    for block in dict.fromkeys(member.block for member in members):
        yield [member for member in members if member.block == block]


def _bullet(line: list[Evidence], members: Sequence[Chunk]) -> str:
    text = _spaced(line)
    code = any(m.kind is BlockKind.CODE and m.text == line[0].shown for m in members)
    return text if code else f"- {text}"


def _members(chunk: Chunk, index: IndexReader) -> Sequence[Chunk]:
    return index.catalog.members(chunk.document, chunk.group) if chunk.group >= 0 else (chunk,)


def lead_in_chunk(chunk: Chunk, index: IndexReader) -> Chunk | None:
    """Return the chunk of the sentence that introduces a chunk's list, table or code."""
    if not chunk.lead_in:
        return None
    before = (
        other
        for other in index.catalog.neighbours(chunk, reach=4_000)
        if other.span.start < chunk.span.start and readable(other.text) == chunk.lead_in
    )
    return max(before, key=lambda other: other.span.start, default=None)


def _spaced(parts: Iterable[Evidence]) -> str:
    return " ".join(part.shown for part in parts)


def _length(chunks: Iterable[Chunk]) -> int:
    return sum(len(chunk.text.split()) for chunk in chunks)


def _words(parts: Iterable[Evidence]) -> int:
    return sum(len(part.shown.split()) for part in parts)
