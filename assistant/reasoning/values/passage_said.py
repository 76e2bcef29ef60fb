"""A passage as it is said: with what it needs to be understood, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known, passage
from assistant.reasoning.values.asked_words import AskedWords, stems
from assistant.reasoning.values.candidates import Candidate, is_question
from assistant.reasoning.values.clause_kept import kept
from assistant.reasoning.values.group_said import (
    Beliefs,
    is_likely,
    likely_members,
    list_behind,
    list_said,
    listed,
    record_said,
    under_heading,
    words_of,
)
from assistant.reasoning.values.row_cells import row_said
from assistant.reasoning.values.scope_said import (
    decides,
    only_announces,
    stands_alone,
    under_condition,
)
from assistant.reasoning.values.value_types import points_elsewhere
from assistant.wording import NO, YES
from corpus.language.propositions import Link
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk

_SHORT = 7
"""Words of a passage that is said under its heading."""
_LEAD, _DECIDING = 18, 40
"""Words of a sentence that introduces a list and is said before a member; of one that decides
what the member means."""
_LEANING = frozenset(
    "this these those that it they such then otherwise instead therefore both he she".split()
)
"""First words of a sentence that leans on the one before it."""
_POINTING = ("this", "that", "these", "those")
_BEHIND = 2
"""Sentences that are said behind another one."""
_PARAGRAPH = 50
"""Words of sentences that are said together because they stand together."""
_LISTING, _LISTED = 3, 85
"""Commas of a sentence that lists what is asked for, and words of sentences with such a one."""
_NONE: Beliefs = {}


def said(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs = _NONE
) -> Said:
    """Return a passage as it is said, with those beside it that are believed to answer too."""
    chunk = candidate.chunk
    if chunk.pairs:
        return _row(ask, words, chunk, known)
    ahead = candidate.text.endswith(":") or bool(list_behind(chunk, known))
    if ahead and not chunk.record:
        return list_said(words, chunk, known, believed)
    if chunk.kind is BlockKind.CODE:
        return _command(chunk, known)
    if chunk.record:
        return record_said(ask, chunk, known, believed)
    if chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
        return _item(ask, words, candidate, known, believed)
    told = _sentence(ask, words, candidate, known, believed)
    lead = _leading_on(chunk, known)
    return told if lead is None else _with(told, list_said(words, lead, known, believed))


def _leading_on(chunk: Chunk, known: Known) -> Chunk | None:
    """Return the next sentence where it leans on this one and leads in a list: "Such data may be
    moved. This includes:" says what data it is.
    """
    block, place = _paragraph(chunk, known)
    after = block[place + 1] if place + 1 < len(block) else None
    if after is None or not readable(after.text).endswith(":"):
        return None
    return after if _first_word(after) in _LEANING else None


def _with(told: Said, group: Said) -> Said:
    if len(group.evidence) < 2:
        return told
    more = tuple(one for one in group.evidence if one not in told.evidence)
    return Said(f"{told.text} {group.text}", (*told.evidence, *more))


def _row(ask: Ask, words: AskedWords, chunk: Chunk, known: Known) -> Said:
    part = piece(chunk)
    name, value = row_said(ask, words, part.pairs, known.gazetteer)
    text = f"{name}: {value}" if name else value
    notes = tuple(_notes(words, chunk, known))
    if not notes:
        return Said(text, (part,))
    return Said(" ".join((f"{text.rstrip('.')}.", *(one.shown for one in notes))), (part, *notes))


def _notes(words: AskedWords, chunk: Chunk, known: Known) -> Iterator[Evidence]:
    """Yield the notes that marks in the cells of a row point to, but for those that speak of
    another column than the one that is asked for.
    """
    asked = {one for one, _ in words.weights}
    titles = [stems(one.title) for one in chunk.pairs[1:]]
    are_asked = any(title and title <= asked for title in titles)
    unsaid = frozenset[str]().union(*titles) - asked if are_asked else frozenset[str]()
    if not chunk.support:
        return
    for note in known.index.catalog.block_kind(chunk.document, BlockKind.NOTE):
        is_marked = any(one.contains(note.span) for one in chunk.support)
        if is_marked and not stems(readable(note.text)) & unsaid:
            yield piece(note)


def _command(chunk: Chunk, known: Known) -> Said:
    lead, code = lead_in_chunk(chunk, known.index), piece(chunk)
    if lead is None:
        return Said(code.shown, (code,))
    before = piece(lead)
    return Said(f"{before.shown}\n\n{code.shown}", (before, code))


def _item(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs
) -> Said:
    """Return a member of a list behind the sentence that introduces it, with those members that
    are likely too.
    """
    chunk, part = candidate.chunk, piece(candidate.chunk)
    lead = lead_in_chunk(chunk, known.index)
    if lead is None or words_of(lead) > (_DECIDING if decides(lead.text) else _LEAD):
        return under_condition(_sentence(ask, words, candidate, known, believed), chunk, known)
    members = likely_members(chunk, lead, known, believed)
    before = piece(lead)
    if len(members) > 1:
        parts = [piece(member) for member in members]
        return Said(f"{before.shown} {listed(parts)}", (before, *parts))
    told = _sentence(ask, words, candidate, known, believed)
    if not decides(lead.text) and only_announces(lead.text) and stands_alone(chunk):
        return under_condition(told, chunk, known)
    if chunk.kind is BlockKind.ITEM and told.evidence[0] == part:
        return Said(f"{before.shown} {told.text}", (before, *told.evidence))
    return told


def _sentence(
    ask: Ask, words: AskedWords, candidate: Candidate, known: Known, believed: Beliefs
) -> Said:
    chunk, part = candidate.chunk, piece(candidate.chunk)
    before, after = _before(chunk, known, believed), _after(ask, chunk, known)
    if before is None and not after and _is_bare(part) and not chunk.lead_in:
        return under_heading((part,), chunk, known)
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


def _after(ask: Ask, chunk: Chunk, known: Known) -> tuple[Evidence, ...]:
    """Return the sentences that stand behind one in a short paragraph, at most two: they restrict
    it or go on from it.
    """
    block, place = _paragraph(chunk, known)
    found, words = list[Evidence](), len(chunk.text.split())
    for other in block[place + 1 : place + 1 + _BEHIND]:
        after = piece(other)
        words += len(after.shown.split())
        lists = ask.wanted is Wanted.ALL_OF and after.shown.count(",") >= _LISTING
        if is_question(other) or words > (_LISTED if lists else _PARAGRAPH):
            break
        found.append(after)
    while found and (points_elsewhere(found[-1].shown) or found[-1].shown.endswith(":")):
        found.pop()
    return tuple(found)


def _before(chunk: Chunk, known: Known, believed: Beliefs) -> Evidence | None:
    """Return the sentence that one leans on, or that is likely too; None where it stands alone."""
    block, place = _paragraph(chunk, known)
    if not place or is_question(block[place - 1]):
        return None
    if not _leans(chunk) and not is_likely(block[place - 1], chunk, believed):
        return None
    before = piece(block[place - 1])
    both = len(before.shown.split()) + len(chunk.text.split())
    return before if both <= _PARAGRAPH else None


def _paragraph(chunk: Chunk, known: Known) -> tuple[Sequence[Chunk], int]:
    """Return the sentences of a passage's paragraph, and its place among them."""
    block = known.index.catalog.block(chunk.document, chunk.block)
    return block, next((n for n, other in enumerate(block) if other.id == chunk.id), 0)


def _leans(chunk: Chunk) -> bool:
    """Tell whether a sentence leans on the one before it: by its first word, or because "this"
    or "that" is what it speaks of.
    """
    if _first_word(chunk) in _LEANING:
        return True
    said = next((one for one in passage(chunk).propositions if one.link is Link.MAIN), None)
    return said is not None and said.subject is not None and said.subject.text.lower() in _POINTING


def _first_word(chunk: Chunk) -> str:
    return readable(chunk.text).split(" ", 1)[0].lower().strip(",")
