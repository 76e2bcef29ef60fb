"""Sentences that repeat one of a passage but for a word or two, where these turn what it says.

Where nearly all words are the same, in the same order, a "not", an "unless" for an "if" or a "must"
for a "may" is no matter of wording, however the two are parsed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from assistant.verification.reading.spoken import tokens

_SHORTEST = 6
"""Words of a sentence that can be a copy."""
_COPIED = 0.8
"""Share of its words that a copy has in common with the passage, in their order."""
_FEW = 4
"""Words that a copy may bring or leave out at one place for them to be compared."""
_KINDS = {
    "deny": "not never no without neither nor".split(),
    "may": "may might can could".split(),
    "must": "must shall".split(),
    "should": ["should"],
    "will": "will would".split(),
    "if": ["if"], "unless": ["unless"], "except": ["except"], "including": ["including"],
}  # fmt: skip
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}
_MODAL = frozenset({"may", "must", "should", "will"})
_CONDITION = frozenset({"if", "unless", "except", "including"})
_WRITTEN_OUT = {"cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "shall not"}


def turned_copy(sentence: str, said: str) -> str:
    """Return why a sentence that repeats another turns what it says; empty where it does not, or
    is no copy of it.
    """
    mine, theirs = _words(sentence), _words(said)
    if len(mine) < _SHORTEST:
        return ""
    ours, own = Counter[str](), Counter[str]()
    for changed, original in _differences(mine, theirs):
        ours.update(_KIND[word] for word in changed if word in _KIND)
        own.update(_KIND[word] for word in original if word in _KIND)
    if (ours["deny"] - own["deny"]) % 2:
        so = "not so" if own["deny"] > ours["deny"] else "so"
        return f"the passage says that it is {so}"
    for kinds in (_MODAL, _CONDITION):
        here, there = kinds & ours.keys(), kinds & own.keys()
        if here and there and here != there:
            return f"the passage says “{min(there)}”, not “{min(here)}”"
    return ""


def _differences(
    mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield what stands between the words that a copy has in common with what it repeats."""
    blocks = [b for b in SequenceMatcher(None, mine, theirs, False).get_matching_blocks() if b.size]
    if sum(block.size for block in blocks) < _COPIED * len(mine):
        return
    for one, two in pairwise(blocks):
        changed = mine[one.a + one.size : two.a]
        original = theirs[one.b + one.size : two.b]
        if max(len(changed), len(original)) <= _FEW:
            yield changed, original


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in tokens(text.casefold().replace("’", "'")):
        if word in _WRITTEN_OUT:
            found += _WRITTEN_OUT[word].split()
        elif word.endswith("n't"):
            found += [word[:-3], "not"]
        else:
            found.append(word)
    return tuple(found)
