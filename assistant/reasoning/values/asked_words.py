"""The words of a question that an answer has to be about, and how far a passage covers them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reasoning.ask import Ask
from corpus.language.quantities import NUMBERS, TIME_UNITS
from corpus.language.terms import STOP_WORDS, WORD

_PARTS = re.compile(r"[^\W_]+")
_ENDINGS = (
    "ational", "ations", "ation", "ments", "ment", "ings", "ing", "ances", "ance", "ers", "ies",
    "ied", "ions", "ion", "als", "al", "es", "ed", "er", "ly", "s",
)  # fmt: skip
_SHORTEST = 3
_ASKING = frozenset(
    "long many much soon often far date time kind sort please tell list name exactly ever "
    "actually really also just still one ones thing something anything say said happen happens "
    "get gets go goes give given let make made take taken need want wants like possible way "
    "case about any all each every both other others another same else only more most own "
    "between within without before after during under over across against per "
    "might may must should shall would could".split()
)
"""Words of a question that say how it asks, not what about."""
_SENTENCE = re.compile(r"(?<=[.!?]) +")
_SETTING = 0.6
"""What a word of a sentence that does not ask is worth, beside one that does."""
_LIKE = 0.5
"""What a word of the same class is worth, beside the word itself."""
_GROUPS = (
    "delete erase purge remove wipe destroy expire discard vanish disappear gone drop clear",
    "keep retain retention hold preserve store storage save stay remain survive last live rest "
    "reside house host",
    "copy replicate replication mirror duplicate backup back spare second",
    "process handle crunch compute run work operate execute",
    "move transfer relocate migrate switch change shift send leave",
    "choose pick select decide set configure specify determine",
    "vendor subprocessor processor supplier subcontractor provider firm company outfit partner "
    "third-party",
    "country nation state soil land",
    "region site location place area zone geography home spot datacenter city town",
    "price cost pay bill charge fee invoice money",
    "contact write reach turn ask email mail request",
    "notice warning advance notify inform announce",
    "customer client tenant user subscriber",
    "allow permit let authorize enable free may",
    "outage disaster loss lost fail failure failover breakdown",
    "encrypt encryption cipher protect protection key",
    "object objection dislike oppose refuse disagree",
    "agreement contract terms dpa addendum",
    "plan edition tier licence license subscription",
    "start begin launch first",
    "stop end finish terminate cease cancel termination close",
)
"""Words of the field that say the same in questions and in documents."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the part of a word that its forms share."""
    word = word.lower()
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST:
            if len(base) > _SHORTEST and base[-1] == base[-2] and base[-1] not in "ls":
                base = base[:-1]
            return f"{base}i" if ending in ("ies", "ied") else base.removesuffix("e")
    if word.endswith("y") and len(word) > _SHORTEST:
        return f"{word[:-1]}i"
    return word.removesuffix("e") if len(word) > _SHORTEST else word


_ALIKE: Mapping[str, int] = {
    stem(word): number for number, group in enumerate(_GROUPS) for word in group.split()
}


@lru_cache(maxsize=8_192)
def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words."""
    return frozenset(stem(word.group()) for word in _PARTS.finditer(text))


@lru_cache(maxsize=8_192)
def _classes(text: str) -> frozenset[int]:
    return frozenset(_ALIKE[one] for one in stems(text) if one in _ALIKE)


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The content words of a question, each with what it weighs among the passages found."""

    weights: tuple[tuple[str, float], ...]
    """Stem and weight, in the order of the question."""

    def covered(self, text: str) -> float:
        """Return the share of the words, by weight, that a text says or says likewise."""
        total = sum(weight for _, weight in self.weights)
        if not total:
            return 0.0
        said, alike = stems(text), _classes(text)
        return sum(weight * _share(one, said, alike) for one, weight in self.weights) / total

    def said_in(self, text: str) -> frozenset[str]:
        """Return the stems of the question that a text says, itself or likewise."""
        said, alike = stems(text), _classes(text)
        return frozenset(one for one, _ in self.weights if _share(one, said, alike))


def _share(one: str, said: frozenset[str], alike: frozenset[int]) -> float:
    if one in said:
        return 1.0
    return _LIKE if _ALIKE.get(one) in alike else 0.0


def asked_words(ask: Ask, names: Iterable[str], passages: Sequence[str]) -> AskedWords:
    """Return what a question is about besides its subject; a word that few of the passages say
    weighs more than one that all of them say.
    """
    subject = {stem(w.group()) for name in (*names, *ask.subjects) for w in _PARTS.finditer(name)}
    found = dict.fromkeys(
        stem(part.group())
        for word in WORD.finditer(ask.question)
        for part in _PARTS.finditer(word.group())
        if not _is_empty(part.group().lower())
    )
    every = [stems(text) for text in passages]
    asking = stems(_asking_sentence(ask.question))
    return AskedWords(
        tuple(
            (one, _weight(one, every) * (1.0 if one in asking else _SETTING))
            for one in found
            if one not in subject
        )
    )


def _weight(one: str, passages: Sequence[frozenset[str]]) -> float:
    return math.log(1 + (1 + len(passages)) / (1 + sum(one in text for text in passages)))


def _asking_sentence(question: str) -> str:
    """Return the last sentence that asks; those before it say what the case is."""
    sentences = _SENTENCE.split(question)
    return next((one for one in reversed(sentences) if one.endswith("?")), sentences[-1])


def _is_empty(word: str) -> bool:
    bare = word.removesuffix("s")
    return (
        word in STOP_WORDS
        or word in _ASKING
        or bare in TIME_UNITS
        or bare in NUMBERS
        or len(word) < 2
    )
