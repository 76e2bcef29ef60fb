"""A question as it is read: its words in their base form, mistyped ones mended, offsets kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.reasoning.asking.question_words import (
    DATA_TOO,
    FUNCTION,
    GENERAL,
    HEADS,
    KINDS,
    PLACE_NOUNS,
    SPOKEN,
    WRAPPERS,
)
from corpus.facts.arguments.data_categories import DATA
from corpus.language.parsing import Parse, parse
from corpus.language.sentences import split_sentences
from corpus.language.word_classes import DEEDS, THINGS
from corpus.types import Span

_QUESTION_WORDS = tuple(
    "where which what when why how who does the many list that with long much still".split()
)
_EASILY_TAKEN = frozenset(
    "hat hot now not was his her here there them then they than thy who how wat for has had way "
    "away ad why what whit this those wheat white while whole whom whose list last lost lisp "
    "least late lit does done goes man any may mine wish when were where "
    "tie toe tea tee she he her we be me be by my with wits wide width chat that hows host "
    "ours yours hers tens team teams term terms tern core more move made make most moss less "
    "start state states stated stage staged under order other others mother father color "
    "shared share stare spare stores passed posted hosted haste taste waste cited sited rested "
    "forms form from firm harm legal label level lever never fever read reads real reach reads "
    "slack stack black track trace traces trade trades space spaces place placed plate plates "
    "price prices prize slice slices voice notion nation motion action option options".split()
)
"""Common words that are spelt nearly like those that are looked for."""
_ENDINGS = ("", "s", "d", "ed", "ing", "es")


class Word(NamedTuple):
    """A word of a question; words joined by hyphens are one."""

    said: str
    """As the question says it."""
    low: str
    """Mended, in lower case."""
    lemma: str
    tag: str
    start: int
    end: int
    """In the question as it was asked."""

    def is_said_as(self, other: str) -> bool:
        """Tell whether it is a given word, as it is said or in its base form."""
        return other in (self.low, self.lemma)


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question, its words, and its tree."""

    text: str
    words: tuple[Word, ...]
    parse: Parse
    """Of the mended question."""

    def said(self, words: Sequence[Word]) -> str:
        """Return what the question says from the first to the last of some words."""
        return self.text[words[0].start : words[-1].end] if words else ""


@lru_cache(maxsize=1024)
def read_text(text: str) -> QuestionText:
    """Read a question word by word."""
    mended, moved = _mended(text)
    # What it takes for granted is read off the sentence that asks: both trees in one go.
    tree, _ = parse((mended, _asking(mended)))
    words = tuple(word for word in _words(text, tree, moved) if word.said)
    return QuestionText(text, words, tree)


def _asking(text: str) -> str:
    """Return the last sentence that asks, else the last one."""
    several = [span.of(text) for span in split_sentences(text, Span(0, len(text)))]
    asking = [one for one in several if one.endswith("?")]
    return (asking or several or [text])[-1]


def says(words: Sequence[Word], phrase: Iterable[str]) -> int | None:
    """Return where a phrase begins among some words; None where it is not said."""
    first, *rest = phrase
    for at in range(len(words) - len(rest)):
        if not words[at].is_said_as(first):
            continue
        behind = words[at + 1 : at + 1 + len(rest)]
        if all(word.is_said_as(part) for part, word in zip(rest, behind, strict=True)):
            return at
    return None


def first_said(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> int | None:
    """Return where the first of some phrases begins; None where none is said."""
    found = [at for one in phrases if (at := says(words, one)) is not None]
    return min(found, default=None)


class _Moved(NamedTuple):
    """A word of the mended text, and where it stands in the question."""

    start: int
    end: int
    was_start: int
    was_end: int


def _mended(text: str) -> tuple[str, list[_Moved]]:
    parts: list[str] = []
    moved: list[_Moved] = []
    length = at = 0
    for start, end in _letters(text):
        parts.append(text[at:start])
        length += start - at
        word = _mend(text[start:end])
        moved.append(_Moved(length, length + len(word), start, end))
        parts.append(word)
        length += len(word)
        at = end
    parts.append(text[at:])
    return "".join(parts), moved


def _letters(text: str) -> Iterable[tuple[int, int]]:
    start = -1
    for at, character in enumerate(f"{text} "):
        if character.isalpha():
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1


@lru_cache(maxsize=4096)
def _mend(word: str) -> str:
    """Return a word of the field that a mistyped one was meant to be, or the word."""
    low = word.lower()
    if low in _known() or low in _EASILY_TAKEN or len(low) < 2 or word[1:] != low[1:]:
        return word
    if len(low) <= 5 and (found := _nearest(low, _QUESTION_WORDS)):
        return found
    if len(low) < 4:
        return word
    return _nearest(low, _mendable_from().get(low[0], ())) or word


def _nearest(word: str, among: Iterable[str]) -> str:
    """Return the word with one typing error less; of several the one that begins most alike."""
    return max(sorted(mistyped(word, among)), key=lambda one: _alike(one, word), default="")


def _alike(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def mistyped(word: str, among: Iterable[str]) -> list[str]:
    """Return the words of which one letter is wrong, missing, too many or swapped with the next."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    near = extract_iter(word, among, scorer=OSA.distance, score_cutoff=1)
    return [one for one, errors, _ in near if errors == 1]


@lru_cache(maxsize=1)
def _mendable() -> frozenset[str]:
    nouns = (*SPOKEN, *HEADS, *DATA, *DATA_TOO, *PLACE_NOUNS, *GENERAL)
    plurals = {f"{one[:-1]}ies" if one.endswith("y") else f"{one}s" for one in nouns}
    verbs = {f"{one}{end}" for one in KINDS for end in _ENDINGS}
    verbs |= {f"{one[:-1]}ing" for one in KINDS if one.endswith("e")}
    whole = {*nouns, *plurals, *verbs, "online", "about", "another", "allowed", "service"}
    return frozenset(one for one in whole if len(one) > 4 and one.isalpha())


@lru_cache(maxsize=1)
def _mendable_from() -> Mapping[str, Sequence[str]]:
    """Return the words that are looked for, by their first letter."""
    found: dict[str, list[str]] = {}
    for one in sorted(_mendable()):
        found.setdefault(one[0], []).append(one)
    return found


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    tables = (SPOKEN, FUNCTION, WRAPPERS, DEEDS, THINGS, GENERAL, DATA, DATA_TOO, HEADS, KINDS)
    words = {word for table in tables for word in table}
    inflected = {f"{word}{end}" for word in words for end in ("s", "d", "ed", "es", "ing")}
    return frozenset(words | inflected | _mendable())


def _words(text: str, parse: Parse, moved: list[_Moved]) -> Iterable[Word]:
    run: list[int] = []
    for number, token in enumerate(parse.tokens):
        if run and not _is_joined(parse, run[-1], number):
            yield _word(text, parse, run, moved)
            run = []
        if token.text.strip():
            run.append(number)
    if run:
        yield _word(text, parse, run, moved)


def _is_joined(parse: Parse, one: int, other: int) -> bool:
    before, behind = parse.tokens[one], parse.tokens[other]
    if before.end != behind.start:
        return False
    return "-" in (before.text, behind.text) or "/" in (before.text, behind.text)


def _word(text: str, parse: Parse, run: list[int], moved: list[_Moved]) -> Word:
    tokens = [parse.tokens[one] for one in run]
    start = _back(tokens[0].start, moved, at_end=False)
    end = _back(tokens[-1].end, moved, at_end=True)
    low = parse.text[tokens[0].start : tokens[-1].end].lower().replace("’", "'")
    lemma = tokens[-1].lemma if len(tokens) == 1 else low.removesuffix("s")
    tag = tokens[-1].tag
    if len(tokens) > 1 and tag in ("IN", "RP"):
        tag = "NN"  # "sign-in"
    return Word(text[start:end], low, _base(low, lemma), tag, start, end)


def _base(low: str, lemma: str) -> str:
    """Return the base form; a noun in the plural that was taken for a name has none yet."""
    if lemma == low and low.endswith("ies"):
        return f"{low[:-3]}y"
    if lemma == low and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")):
        return low[:-1]
    return lemma


def _back(at: int, moved: list[_Moved], *, at_end: bool) -> int:
    """Return where an offset of the mended text stands in the question."""
    shift = 0
    for one in moved:
        if one.start > at or (one.start == at and at_end):
            break
        if one.start == at:
            return one.was_start
        if at <= one.end:
            # An offset within a mended word: as far from its end as there.
            return (
                min(one.was_end, one.was_start + (at - one.start)) if at < one.end else one.was_end
            )
        shift = one.was_end - one.end
    return at + shift
