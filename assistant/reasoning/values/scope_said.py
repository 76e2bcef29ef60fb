"""What scopes a member of a list: a sentence that decides its meaning, a conditioning heading."""

from __future__ import annotations

from assistant.composing.evidence import heading
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known, passage
from assistant.reasoning.values.asked_words import stem, stems
from corpus.language.propositions import Link
from corpus.types import BlockKind, Chunk

_DENYING = frozenset("not no never cannot unless except without excluding neither nor".split())
"""Words of a sentence by which the members that it introduces are so or not."""
_AT_ITS_END = frozenset("if when only where until provided".split())
"""Words that do so where the members go on from them: "only if:"."""
_END = 4

_ANNOUNCING = frozenset(
    "following below these two three four five six seven eight nine ten several".split()
)
"""Words of a sentence that only says that members come."""
_CONDITIONING = frozenset(
    stem(word)
    for word in "condition conditions required requirement requirements prerequisite prerequisites "
    "eligibility eligible excluded exclusions exclusion exception exceptions except limitation "
    "limitations limits restriction restrictions unsupported unavailable not never cannot "
    "permanently temporarily guarantee guarantees guaranteed deprecated retired planned upcoming "
    "soon preview beta optional responsibility responsibilities must should without only".split()
)
"""Words of a heading that says how what stands under it is meant."""
_LONGEST = 9
"""Words of such a heading; a longer one is a title."""
_LABEL = 7
_SENTENCE = 6
_LABELS = (": ", " - ", " – ", " — ")


def decides(lead: str) -> bool:
    """Tell whether a sentence decides what the members that it introduces mean: "unless:"."""
    words = lead.lower().replace("’", "'").split()
    bare = [word.strip(".,;:()*_") for word in words]
    denies = any(word in _DENYING or word.endswith("n't") for word in bare)
    return denies or not _AT_ITS_END.isdisjoint(bare[-_END:])


def only_announces(lead: str) -> bool:
    """Tell whether a sentence only says that members come: "in three regions:"."""
    return any(word.strip(".,;:()*_") in _ANNOUNCING for word in lead.lower().split())


def stands_alone(member: Chunk) -> bool:
    """Tell whether a member of a list says something by itself: a sentence, or what its label is
    followed by.
    """
    text = passage(member).text
    cuts = [at for mark in _LABELS if (at := text.find(mark)) > 0]
    if cuts and len(text[: min(cuts)].split()) <= _LABEL:
        return True
    said = any(one.link is Link.MAIN for one in passage(member).propositions)
    return said and text.endswith(".") and len(text.split()) >= _SENTENCE


def under_condition(told: Said, member: Chunk, known: Known) -> Said:
    """Return a member of a list that is no sentence behind the heading above it, where that says
    how it is meant.
    """
    title = member.path[-1] if member.path else ""
    if member.kind not in (BlockKind.ITEM, BlockKind.STEP) or len(title.split()) > _LONGEST:
        return told
    whole = told.text.endswith(".") or told.text.startswith(title)
    if whole or not stems(title) & _CONDITIONING:
        return told
    above = heading(member, known.index)
    if above is None:
        return told
    return Said(f"{above.shown}: {told.text}", (above, *told.evidence))
