"""A passage as it is said: with what it needs to be understood, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.composing.evidence import heading, piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import AskedWords
from assistant.reasoning.values.candidates import Candidate, is_question
from assistant.reasoning.values.clause_kept import kept
from assistant.reasoning.values.row_cells import row_said, title_fits
from assistant.reasoning.values.value_types import points_elsewhere
from assistant.wording import NO, YES
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk

_SHORT = 7
"""Words of a passage that is said under its heading."""
_LISTED = 60
"""Words of a list that is said whole behind the sentence that introduces it."""
_RECORD = 55
"""Words of a record that are said, with its heading."""
_FIELDS = 22
"""Words of fields of a record at which none is added that is neither asked for nor likely."""
_LEAD = 18
_WITH_LEAD = 50
"""Words of members of a list together with the sentence that introduces them."""
_LEANING = frozenset(
    "this these those that it they such then otherwise instead therefore both he she".split()
)
"""First words of a sentence that leans on the one before it."""
_GOING_ON = frozenset("however but unless except only for if also additionally".split())
"""First words of a sentence that restricts the one before it or goes on from it."""
_BEHIND = 2
"""Sentences that are said behind another one."""
_PARAGRAPH = 50
"""Words of two sentences that are said together because they stand together."""
_WITH_BEFORE = 50
"""Words of a sentence together with the one that it leans on."""
_LABELS = (": ", " - ", " – ", "- ")
"""What sets the label of a field apart."""
_MORE = "{shown} of {all} shown"
_LIKELY = 0.15
"""Belief in a passage beside another one at which it is said with it, as a share of that one's."""
Beliefs = Mapping[str, float]
"""How likely passages are those that answer, by the ids of their chunks."""
_NONE: Beliefs = {}


def _is_likely(other: Chunk, chunk: Chunk, believed: Beliefs) -> bool:
    return believed.get(other.id, 0.0) > _LIKELY * believed.get(chunk.id, 1.0)


def said(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs = _NONE
) -> Said:
    """Return a passage as it is said, with those beside it that are believed to answer too."""
    chunk = candidate.chunk
    if chunk.pairs:
        return _row(ask, words, chunk, known)
    if candidate.text.endswith(":") and not chunk.record:
        return _introducing(words, chunk, known, believed)
    if chunk.kind is BlockKind.CODE:
        return _command(chunk, known)
    if chunk.record:
        return _record(ask, chunk, known, believed)
    if chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
        return _item(ask, words, candidate, known, believed)
    return _sentence(ask, words, candidate, known, believed)


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


def _record(ask: Ask, chunk: Chunk, known: Known, believed: Beliefs) -> Said:
    """Return a field of a record under its heading, with the fields that are asked for, are likely
    too, say whose record it is or have words of the question, while there is room.
    """
    members = known.index.catalog.members(chunk.document, chunk.group)
    room = _RECORD - _words(chunk) - len(chunk.path[-1].split() if chunk.path else ())
    chosen = {chunk.id}
    asked = [one for one in members if title_fits(ask, _title(one))]
    likely = [one for one in members if _is_likely(one, chunk, believed)]
    likely.sort(key=lambda one: -believed[one.id])
    heads = [one for one in members if one.block == members[0].block or _names(one)]
    at = members.index(chunk)
    rest = sorted(members, key=lambda one: abs(members.index(one) - at))
    enough = room + _words(chunk) - _FIELDS
    for number, member in enumerate((*asked, *likely, *heads, *rest)):
        if number >= len(asked) + len(likely) and room <= enough:
            break
        if member.id not in chosen and _words(member) <= room:
            chosen.add(member.id)
            room -= _words(member)
    return _under_heading([piece(one) for one in members if one.id in chosen], chunk, known)


def _title(field: Chunk) -> str:
    """Return what a field of a record is called; nothing where it has no label."""
    text = readable(field.text)
    cuts = [at for mark in _LABELS if (at := text.find(mark)) > 0]
    title = text[: min(cuts)] if cuts else ""
    return title if len(title.split()) <= _SHORT else ""


def _names(chunk: Chunk) -> bool:
    """Tell whether a field is a list of names."""
    words = readable(chunk.text).split()
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _words(chunk: Chunk) -> int:
    return len(readable(chunk.text).split())


def _names(chunk: Chunk) -> bool:
    """Tell whether a field is a list of names."""
    words = readable(chunk.text).split()
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _introducing(words: AskedWords, chunk: Chunk, known: Known, believed: Beliefs) -> Said:
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
    chosen = _fitting(words, members, believed)
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


def _fitting(words: AskedWords, members: Sequence[Chunk], believed: Beliefs) -> list[Chunk]:
    """Return the members of a list that there is room for, the ones most asked about kept."""
    kept_ones, room = list[Chunk](), _LISTED
    order = sorted(members, key=lambda m: (-believed.get(m.id, 0.0), -words.covered(m.text)))
    for member in order:
        size = len(readable(member.text).split())
        if kept_ones and size > room:
            break
        kept_ones.append(member)
        room -= size
    return [member for member in members if member in kept_ones]


def _item(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs
) -> Said:
    """Return a member of a list behind the sentence that introduces it, with those members that
    are likely too.
    """
    chunk, part = candidate.chunk, piece(candidate.chunk)
    lead = lead_in_chunk(chunk, known.index)
    if lead is None or _words(lead) > _LEAD:
        return _sentence(ask, words, candidate, known, believed)
    members = _likely_members(chunk, lead, known, believed)
    before = piece(lead)
    if len(members) > 1:
        parts = [piece(member) for member in members]
        text = "; ".join(one.shown.rstrip(" .;,") for one in parts)
        return Said(f"{before.shown} {text}", (before, *parts))
    told = _sentence(ask, words, candidate, known, believed)
    if chunk.kind is BlockKind.ITEM and told.evidence[0] == part:
        return Said(f"{before.shown} {told.text}", (before, *told.evidence))
    return told


def _likely_members(
    chunk: Chunk, lead: Chunk, known: Known, believed: Beliefs
) -> tuple[Chunk, ...]:
    """Return a member of a list with those that are likely too, in the order of the list."""
    members = known.index.catalog.members(chunk.document, chunk.group)
    likely = [one for one in members if one.lead_in == chunk.lead_in and one.id != chunk.id
              and _is_likely(one, chunk, believed)]  # fmt: skip
    room, chosen = _WITH_LEAD - _words(lead) - _words(chunk), {chunk.id}
    for member in sorted(likely, key=lambda one: -believed[one.id]):
        if _words(member) <= room:
            chosen.add(member.id)
            room -= _words(member)
    return tuple(one for one in members if one.id in chosen)


def _sentence(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs
) -> Said:
    chunk, part = candidate.chunk, piece(candidate.chunk)
    before, after = _before(chunk, known, believed), _after(chunk, known)
    if before is None and not after and _is_bare(part) and not chunk.lead_in:
        return _under_heading((part,), chunk, known)
    text = _unanswered(kept(part.shown, words, ask.wanted))
    parts = [one for one in (before, part, *after) if one is not None]
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


def _after(chunk: Chunk, known: Known) -> tuple[Evidence, ...]:
    """Return the sentences behind one, at most two, that restrict it or go on from it, or that
    stand beside it in a short paragraph.
    """
    block, place = _paragraph(chunk, known)
    found, words = list[Evidence](), len(chunk.text.split())
    for other in block[place + 1 : place + 1 + _BEHIND]:
        after = piece(other)
        words += len(after.shown.split())
        goes_on = _first_word(other) in (*_LEANING, *_GOING_ON)
        if is_question(other) or words > (_WITH_BEFORE if goes_on else _PARAGRAPH):
            break
        found.append(after)
    while found and points_elsewhere(found[-1].shown):
        found.pop()
    return tuple(found)


def _before(chunk: Chunk, known: Known, believed: Beliefs) -> Evidence | None:
    """Return the sentence that one leans on, or that is likely too; None where it stands alone."""
    block, place = _paragraph(chunk, known)
    if not place or is_question(block[place - 1]):
        return None
    if _first_word(chunk) not in _LEANING and not _is_likely(block[place - 1], chunk, believed):
        return None
    before = piece(block[place - 1])
    both = len(before.shown.split()) + len(chunk.text.split())
    return before if both <= _WITH_BEFORE else None


def _paragraph(chunk: Chunk, known: Known) -> tuple[Sequence[Chunk], int]:
    """Return the sentences of a passage's paragraph, and its place among them."""
    block = known.index.catalog.block(chunk.document, chunk.block)
    return block, next((n for n, other in enumerate(block) if other.id == chunk.id), 0)


def _first_word(chunk: Chunk) -> str:
    return readable(chunk.text).split(" ", 1)[0].lower().strip(",")
