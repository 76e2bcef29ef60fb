"""Whether a sentence is one of the passages with a small word put in, left out or exchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from assistant.verification.claim import Case
from assistant.verification.clauses import plain, tokens
from assistant.verification.conditions import BINDS
from assistant.verification.words import is_content

_CRITICAL = {
    "not": "not no never none nothing nobody cannot nor neither without",
    "may": "may might can could cannot",
    "must": "must shall need needs required requires",
    "should": "should recommend recommends recommended",
    "only": "only solely exclusively",
    "all": "all every always everyone anyone whole entire",
    "some": "some most certain typically usually generally many partly mostly",
    "if": "if when once whenever",
    "unless": "unless except",
    "including": "including",
    "before": "before prior",
    "after": "after afterwards",
    "outside": "outside beyond",
    "inside": "within inside",
    "on": "on enabled",
    "off": "off disabled",
}
_SENTENCE, _WHOLE = 5, 0.95
"""A sentence of so many words that stand, this share of them, in order in another one."""
_MOSTLY = 0.55
"""Share of a sentence's words that stand in order in one of which it may exchange two."""
_CLASSES = {word: name for name, words in _CRITICAL.items() for word in words.split()}
_EDIT = 0.8
"""Sentences this alike, word by word, are one sentence and its edited form."""


def turned_words(case: Case) -> str:
    """Find a small word that turns a sentence: put in, left out or put in place of another."""
    mine = plain(case.text).lower().split()
    best, reason = _EDIT, ""
    for sentence in case.passages:
        other = plain(sentence.text).lower().split()
        if not 0.5 < len(other) / max(len(mine), 1) < 4:
            continue
        matcher = SequenceMatcher(None, mine, other, autojunk=False)
        size = sum(block.size for block in matcher.get_matching_blocks())
        whole = len(mine) >= _SENTENCE and size >= _WHOLE * len(mine) and not case.claim.soft
        if whole and (left := _left_out(matcher, other)):
            return f"a condition is left out: {left}"
        if size >= _MOSTLY * len(mine) and (words := _exchanged(matcher, mine, other)):
            return f"the passages say it the other way round: {words}"
        if (ratio := matcher.ratio()) >= best:
            best, reason = ratio, _turned(matcher, mine, other)
    return reason


def _left_out(matcher: SequenceMatcher[str], other: Sequence[str]) -> str:
    for tag, _, _, start, end in matcher.get_opcodes():
        words = [word.strip("(,") for word in other[start:end]]
        if tag in ("insert", "replace") and end - start >= 3 and words[0] in BINDS:
            return " ".join(other[start:end])
    return ""


def _exchanged(matcher: SequenceMatcher[str], mine: Sequence[str], other: Sequence[str]) -> str:
    """Return two words that stand in each other's place."""
    replaced = [
        (_content(mine[start:end]), _content(other[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag == "replace"
    ]
    for (mine_1, other_1), (mine_2, other_2) in combinations(replaced, 2):
        if mine_1 & other_2 and mine_2 & other_1:
            return ", ".join(sorted(mine_1 & other_2 | mine_2 & other_1))
    return ""


def _content(words: Sequence[str]) -> set[str]:
    return {word for part in words for word in tokens(part) if is_content(word)}


def _turned(matcher: SequenceMatcher[str], mine: Sequence[str], other: Sequence[str]) -> str:
    """Return the class of small words that two forms of one sentence differ in."""
    counts: Counter[str] = Counter()
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal" or (tag == "insert" and last - first >= _PASSED_OVER):
            continue
        counts.update(_classes(mine[start:end]))
        counts.subtract(_classes(other[first:last]))
    changed = {name for name, count in counts.items() if count}
    if changed <= {"only", "not"} and len(changed) == 2:
        return ""  # "never later" is "only then"
    if len(changed & _MARKS) == 1:
        changed -= _MARKS  # a condition may be said without its word
    return f"the passages differ in: {', '.join(sorted(changed))}" if changed else ""


_MARKS = frozenset(("if", "unless"))
_PASSED_OVER = 3
"""So many words together are another part of the sentence, not a small word."""


def _classes(words: Iterable[str]) -> list[str]:
    return [found for word in words if (found := _CLASSES.get(word.strip(".,;:()")))]
