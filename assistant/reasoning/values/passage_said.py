"""A passage as it is said: with what it needs to be understood, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.evidence import heading, piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import AskedWords
from assistant.reasoning.values.candidates import Candidate, is_question
from assistant.reasoning.values.clause_kept import kept
from assistant.reasoning.values.row_cells import row_said
from assistant.reasoning.values.value_types import points_elsewhere
from assistant.wording import NO, YES
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk

_SHORT = 7
"""Words of a passage that is said under its heading."""
_LISTED = 60
"""Words of a list that is said whole behind the sentence that introduces it."""
_RECORD = 50
"""Words of a record that are said."""
_LEAD = 18
_LEANING = frozenset(
    "this these those that it they such then otherwise instead therefore both he she".split()
)
"""First words of a sentence that leans on the one before it."""
_GOING_ON = frozenset("however but unless except only for if also additionally".split())
"""First words of a sentence that restricts the one before it or goes on from it."""
_PARAGRAPH = 50
"""Words of two sentences that are said together because they stand together."""
_WITH_BEFORE = 50
"""Words of a sentence together with the one that it leans on."""
_MORE = "{shown} of {all} shown"


def said(ask: Ask, words: AskedWords, candidate: Candidate, known: Known) -> Said:
    """Return a passage as it is said."""
    chunk = candidate.chunk
    if chunk.pairs:
        return _row(ask, words, chunk, known)
    if candidate.text.endswith(":"):
        return _introducing(words, chunk, known)
    if chunk.kind is BlockKind.CODE:
        return _command(chunk, known)
    if chunk.record:
        return _record(words, chunk, known)
    if chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
        return _item(ask, words, candidate, known)
    return _sentence(ask, words, candidate, known)


def _row(ask: Ask, words: AskedWords, chunk: Chunk, known: Known) -> Said:
    part = piece(chunk)
    name, value = row_said(ask, words, part.pairs, known.gazetteer)
    return Said(f"{name}: {value}" if name else value, (part,))


def _command(chunk: Chunk, known: Known) -> Said:
    lead, code = lead_in_chunk(chunk, known.index), piece(chunk)
    if lead is None:
        return Said(code.shown, (code,))
    before = piece(lead)
    return Said(f"{before.shown}\n\n{code.shown}", (before, code))


def _under_heading(parts: Sequence[Evidence], chunk: Chunk, known: Known) -> Said:
    above = heading(chunk, known.index)
    text = "; ".join(part.shown.rstrip(" .;") for part in parts) if len(parts) > 1 else (
        parts[0].shown
    )  # fmt: skip
    if above is None:
        return Said(text, tuple(parts))
    return Said(f"{above.shown}: {text}", (above, *parts))


def _record(words: AskedWords, chunk: Chunk, known: Known) -> Said:
    """Return a field of a record under its heading, with those beside it that say whose record it
    is or what is asked while there is room.
    """
    members = known.index.catalog.members(chunk.document, chunk.group)
    room = _RECORD - len(readable(chunk.text).split())
    chosen = {chunk.id}
    heads = [one for one in members if one.block == members[0].block or _names(one)]
    rest = sorted(members, key=lambda one: -words.covered(readable(one.text)))
    for member in (*heads, *rest):
        size = len(readable(member.text).split())
        if member.id not in chosen and size <= room:
            chosen.add(member.id)
            room -= size
    return _under_heading([piece(one) for one in members if one.id in chosen], chunk, known)


def _names(chunk: Chunk) -> bool:
    """Tell whether a field is a list of names."""
    words = readable(chunk.text).split()
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _introducing(words: AskedWords, chunk: Chunk, known: Known) -> Said:
    """Return a sentence that introduces a list with the list, or with those members that have
    words of the question, and how many they are of all.
    """
    lead = piece(chunk)
    shown = readable(chunk.text)
    near = known.index.catalog.neighbours(chunk, reach=4_000)
    members = [m for m in near if m.lead_in == shown and m.span.start > chunk.span.start]
    if not members:
        return Said(lead.shown.removesuffix(":"), (lead,))
    if members[0].kind is BlockKind.CODE:
        code = piece(members[0])
        return Said(f"{lead.shown}\n\n{code.shown}", (lead, code))
    names = [_label(member) for member in members]
    chosen = _fitting(words, members)
    if len(chosen) < len(members) and all(names) and _size(names) <= _LISTED:
        return Said(f"{lead.shown} {'; '.join(names)}", (lead, *map(piece, members)))
    parts = [piece(member) for member in chosen]
    text = "; ".join(part.shown.rstrip(" .;,") for part in parts)
    more = len(members) - len(chosen)
    tail = f" ({_MORE.format(shown=len(chosen), all=len(members))})" if more else ""
    return Said(f"{lead.shown} {text}{tail}", (lead, *parts))


def _label(member: Chunk) -> str:
    """Return what a member of a list is called, where it is called something."""
    head, mark, _ = readable(member.text).partition(":")
    return head if mark and len(head.split()) <= _SHORT else ""


def _size(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _fitting(words: AskedWords, members: Sequence[Chunk]) -> list[Chunk]:
    """Return the members of a list that there is room for, the ones most asked about kept."""
    kept_ones, room = list[Chunk](), _LISTED
    order = sorted(members, key=lambda m: -words.covered(m.text))
    for member in order:
        size = len(readable(member.text).split())
        if kept_ones and size > room:
            break
        kept_ones.append(member)
        room -= size
    return [member for member in members if member in kept_ones]


def _item(ask: Ask, words: AskedWords, candidate: Candidate, known: Known) -> Said:
    chunk, part = candidate.chunk, piece(candidate.chunk)
    told = _sentence(ask, words, candidate, known)
    if chunk.kind is not BlockKind.ITEM or told.evidence[0] != part:
        return told
    lead = lead_in_chunk(chunk, known.index)
    if lead is not None and len(lead.text.split()) <= _LEAD:
        before = piece(lead)
        return Said(f"{before.shown} {told.text}", (before, *told.evidence))
    return told


def _sentence(ask: Ask, words: AskedWords, candidate: Candidate, known: Known) -> Said:
    chunk, part = candidate.chunk, piece(candidate.chunk)
    before, after = _before(chunk, known), _after(chunk, known)
    if before is after is None and _is_bare(part) and not chunk.lead_in:
        return _under_heading((part,), chunk, known)
    text = _unanswered(kept(part.shown, words, ask.wanted))
    parts = [one for one in (before, part, after) if one is not None]
    shown = [text if one is part else one.shown for one in parts]
    return Said(" ".join(shown), tuple(parts))


def _unanswered(text: str) -> str:
    """Return a sentence without the Yes or No that answers the question which it stands under:
    that is another one than was asked.
    """
    first, mark, rest = text.partition(" ")
    if first.strip(",.:;") in (YES, NO) and first[-1:] in ",.:;" and mark:
        return f"{rest[:1].upper()}{rest[1:]}"
    return text


def _is_bare(part: Evidence) -> bool:
    """Tell whether a passage is a few words without a sentence."""
    return len(part.shown.split()) <= _SHORT and not part.shown.endswith(".")


def _after(chunk: Chunk, known: Known) -> Evidence | None:
    """Return the sentence behind one that restricts it or goes on from it, or that stands beside
    it in a short paragraph; None where there is none.
    """
    block = known.index.catalog.block(chunk.document, chunk.block)
    place = next((n for n, other in enumerate(block) if other.id == chunk.id), 0)
    if place + 1 >= len(block) or is_question(block[place + 1]):
        return None
    after = piece(block[place + 1])
    words = len(after.shown.split()) + len(chunk.text.split())
    first = after.shown.split(" ", 1)[0].lower().strip(",")
    goes_on = first in _LEANING or first in _GOING_ON
    if points_elsewhere(after.shown) or words > (_WITH_BEFORE if goes_on else _PARAGRAPH):
        return None
    return after


def _before(chunk: Chunk, known: Known) -> Evidence | None:
    """Return the sentence that one leans on; None where it stands alone."""
    first = readable(chunk.text).split(" ", 1)[0].lower().strip(",")
    if first not in _LEANING:
        return None
    block = known.index.catalog.block(chunk.document, chunk.block)
    place = next((n for n, other in enumerate(block) if other.id == chunk.id), 0)
    if not place or is_question(block[place - 1]):
        return None
    before = piece(block[place - 1])
    both = len(before.shown.split()) + len(chunk.text.split())
    return before if both <= _WITH_BEFORE else None
