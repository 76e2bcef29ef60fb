"""Members of a list and fields of a record as they are said: those that answer, as room allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import wording
from assistant.composing.evidence import heading, piece
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import AskedWords
from assistant.reasoning.values.row_cells import title_fits
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk

_LISTED = 60
"""Words of a list that is said whole behind the sentence that introduces it."""
_WITH_LEAD = 50
"""Words of members of a list together with the sentence that introduces them."""
_LONG_LEAD, _MEMBERS = 18, 45
"""Words of a long sentence that members are nothing without, and of the members behind it."""
_RECORD = 55
"""Words of a record that are said, with its heading."""
_FIELDS = 22
"""Words of fields of a record at which none is added that is neither asked for nor likely."""
_LABEL = 7
"""Words of what a field or a member is called, at most."""
_LABELS = (": ", " - ", " – ", "- ")
"""What sets the label of a field apart."""
_LIKELY = 0.15
"""Belief in a passage beside another one at which it is said with it, as a share of that one's."""
Beliefs = Mapping[str, float]
"""How likely passages are those that answer, by the ids of their chunks."""


def is_likely(other: Chunk, chunk: Chunk, believed: Beliefs) -> bool:
    """Tell whether a passage beside another one may be the one that answers."""
    return believed.get(other.id, 0.0) > _LIKELY * believed.get(chunk.id, 1.0)


def words_of(chunk: Chunk) -> int:
    """Return how many words a reader sees of a passage."""
    return len(readable(chunk.text).split())


def under_heading(parts: Sequence[Evidence], chunk: Chunk, known: Known) -> Said:
    """Return passages behind the heading that they stand under."""
    above = heading(chunk, known.index)
    text = "; ".join(part.shown.rstrip(" .;") for part in parts) if len(parts) > 1 else (
        parts[0].shown
    )  # fmt: skip
    if above is None:
        return Said(text, tuple(parts))
    return Said(f"{above.shown}: {text}", (above, *parts))


def record_said(ask: Ask, chunk: Chunk, known: Known, believed: Beliefs) -> Said:
    """Return a field of a record under its heading, with the fields that are asked for and those
    that are likely too; where that is little, with those that say what the record is of.
    """
    members = known.index.catalog.members(chunk.document, chunk.group)
    room = _RECORD - len(chunk.path[-1].split() if chunk.path else ())
    asked = [one for one in members if title_fits(ask, _field_title(one))]
    likely = _by_belief([one for one in members if is_likely(one, chunk, believed)], believed)
    chosen = _taken((chunk,), (*asked, *likely), room)
    heads = [one for one in members if one.block == members[0].block or _names(one)]
    at = members.index(chunk)
    near = sorted(members, key=lambda one: abs(members.index(one) - at))
    chosen = _taken(chosen, (*heads, *near), room, enough=_FIELDS)
    return under_heading([piece(one) for one in members if one in chosen], chunk, known)


def list_said(words: AskedWords, chunk: Chunk, known: Known, believed: Beliefs) -> Said:
    """Return a sentence that introduces a list with the list, or with those members that are
    likely or have words of the question, and how many they are of all.
    """
    lead = piece(chunk)
    shown = readable(chunk.text)
    near = known.index.catalog.neighbours(chunk, reach=4_000)
    members = [m for m in near if m.lead_in == shown and m.span.start > chunk.span.start]
    members = members or list_behind(chunk, known)
    if not members:
        return Said(lead.shown.removesuffix(":"), (lead,))
    if members[0].kind is BlockKind.CODE:
        code = piece(members[0])
        return Said(f"{lead.shown}\n\n{code.shown}", (lead, code))
    names = [_member_title(member) for member in members]
    chosen = _fitting(words, members, believed)
    if len(chosen) < len(members) and all(names) and _size(names) <= _LISTED:
        return Said(f"{lead.shown} {'; '.join(names)}", (lead, *map(piece, members)))
    parts = [piece(member) for member in chosen]
    more = len(members) - len(chosen)
    tail = f" ({wording.SHOWN_OF_ALL.format(shown=len(chosen), all=len(members))})" if more else ""
    return Said(f"{lead.shown} {listed(parts)}{tail}", (lead, *parts))


def list_behind(chunk: Chunk, known: Known) -> list[Chunk]:
    """Return the list that begins right behind a sentence which says that it follows, or behind
    its paragraph; nothing where the sentence says no such thing, or a later one does too.
    """
    if chunk.group >= 0 or not _points_ahead(chunk):
        return []
    near = sorted(known.index.catalog.neighbours(chunk, reach=_AT_ONCE), key=lambda m: m.span)
    behind = [m for m in near if m.span.start >= chunk.span.end]
    while behind and behind[0].block == chunk.block and not _points_ahead(behind[0]):
        behind.pop(0)
    if not behind or behind[0].group < 0 or behind[0].kind not in (BlockKind.ITEM, BlockKind.ROW):
        return []
    members = known.index.catalog.members(chunk.document, behind[0].group)
    return [m for m in members if m.path == chunk.path]


def _points_ahead(chunk: Chunk) -> bool:
    words = [word.strip(".,;:()*_") for word in readable(chunk.text).lower().split()]
    return any(mark in words for mark in _AHEAD)


_AHEAD = ("below", "follows", "following")
_AT_ONCE = 600
"""Code points in which a list begins behind the sentence that points to it."""


def listed(parts: Sequence[Evidence]) -> str:
    """Return members of a list in one line."""
    return "; ".join(part.shown.rstrip(" .;,") for part in parts)


def likely_members(
    chunk: Chunk, lead: Chunk, known: Known, believed: Beliefs
) -> tuple[Chunk, ...]:  # fmt: skip
    """Return a member of a list with those that are likely too, in the order of the list."""
    members = known.index.catalog.members(chunk.document, chunk.group)
    likely = [
        one for one in members
        if one.lead_in == chunk.lead_in and is_likely(one, chunk, believed)
    ]  # fmt: skip
    long = words_of(lead) > _LONG_LEAD
    room = _MEMBERS if long else _WITH_LEAD - words_of(lead)
    chosen = _taken((chunk,), _by_belief(likely, believed), room)
    return tuple(one for one in members if one in chosen)


def _taken(
    chosen: Sequence[Chunk], more: Iterable[Chunk], room: int, enough: int | None = None
) -> list[Chunk]:
    """Return what is chosen and those of `more` that there is room for, in words, until they have
    enough of them.
    """
    taken = list(chosen)
    for one in more:
        size = sum(map(words_of, taken))
        if enough is not None and size >= enough:
            break
        if one not in taken and size + words_of(one) <= room:
            taken.append(one)
    return taken


def _by_belief(members: Iterable[Chunk], believed: Beliefs) -> list[Chunk]:
    return sorted(members, key=lambda one: -believed.get(one.id, 0.0))


def _field_title(field: Chunk) -> str:
    """Return what a field of a record is called; nothing where it has no label."""
    text = readable(field.text)
    cuts = [at for mark in _LABELS if (at := text.find(mark)) > 0]
    title = text[: min(cuts)] if cuts else ""
    return title if len(title.split()) <= _LABEL else ""


def _names(chunk: Chunk) -> bool:
    """Tell whether a field is a list of names."""
    words = readable(chunk.text).split()
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _member_title(member: Chunk) -> str:
    """Return what a member of a list is called, where it is called something."""
    head, mark, _ = readable(member.text).partition(":")
    return head if mark and len(head.split()) <= _LABEL else ""


def _size(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _fitting(words: AskedWords, members: Sequence[Chunk], believed: Beliefs) -> list[Chunk]:
    """Return the members of a list that there is room for, the likeliest and most asked about
    kept.
    """
    kept_ones, room = list[Chunk](), _LISTED
    order = sorted(members, key=lambda m: (-believed.get(m.id, 0.0), -words.covered(m.text)))
    for member in order:
        size = words_of(member)
        if kept_ones and size > room:
            break
        kept_ones.append(member)
        room -= size
    return [member for member in members if member in kept_ones]
