"""What a question is about: names of services and companies, and categories of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.reasoning.ask import Wanted
from assistant.reasoning.asking.places_asked import COMPASS
from assistant.reasoning.asking.question_text import QuestionText, Word
from assistant.reasoning.asking.question_words import (
    BARE_DATA,
    DATA_TOO,
    FUNCTION,
    GENERAL,
    HEADS,
    KINDS,
    MONTHS_AND_DAYS,
    PARTIES,
    PLACE_NOUNS,
    SPOKEN,
    WRAPPERS,
)
from corpus.facts.arguments.data_categories import DATA
from corpus.language.word_classes import DEEDS, THINGS

_PLAIN_CAPITALS = frozenset("dpo gdpr ciso ok faq pdf i sla dpia it legal".split())
_NAMED_KIND = frozenset("add-on addon".split())
_DEFINING = frozenset(
    "define definition defined meaning mean means meant explain term what is are was does do did "
    "how the a an by count as counts understood it clarify please plz pls stand stands for "
    "exactly on earth not n't called refers refer that used s 's here this".split()
)
"""Words around a term that is to be defined."""
_PARTING = frozenset(
    "in under at of as within per used ? . , ; speak terms contracts older".split()
)
_GRAMMAR = frozenset(
    "a an the my our your their is are was were do does did can could may will would has have i we "
    "you they it".split()
)
"""Words that keywords do without."""
_PERIODS = frozenset("years year months days bc ad".split())


Keep = Callable[[Sequence[Word], int, bool], bool]
"""Tells whether the word at a place belongs to a name, one having begun or not."""


def names_said(read: QuestionText, words: Sequence[Word], places: set[int]) -> tuple[str, ...]:
    """Return the names of services, features and companies, each once, in order."""
    runs = [*_quoted(words)] or [*_runs(words, places, _is_name)]
    cased = any(word.said[0].isupper() for word in words)
    if not runs and not cased:
        grammar = sum(word.low in _GRAMMAR for word in words)
        keep = _may_name if grammar < 2 else _noun_may_name
        runs = [*_runs(words, places, keep)]
    return tuple(dict.fromkeys(read.said(words[first:end]) for first, end in runs))


def terms_said(read: QuestionText, words: Sequence[Word]) -> tuple[str, ...]:
    """Return the term that is to be defined, and the names of what it is a term of."""
    quoted = [*_quoted(words)]
    found = [read.said(words[first:end]) for first, end in quoted]
    inside = {i for first, end in quoted for i in range(first, end)}
    run: list[Word] = []
    for at, word in enumerate((*words, None)):
        keeps = word is not None and at not in inside and word.low[0].isalnum()
        if keeps and word is not None and _is_of_term(word):
            run.append(word)
        elif run:
            if not found or any(one.said[0].isupper() for one in run) or read.text.islower():
                found.append(read.said(run))
            run = []
    return tuple(dict.fromkeys(found))


def _is_of_term(word: Word) -> bool:
    capital = word.said[0].isupper() and word.said[1:].islower() and word.low in ("terms", "used")
    return capital or word.low not in _DEFINING | _PARTING


def _quoted(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    open_at = -1
    for at, word in enumerate(words):
        if word.said not in ('"', "“", "”", "«", "»", "``", "''"):
            continue
        if open_at >= 0 and at > open_at + 1:
            yield open_at + 1, at
            open_at = -1
        else:
            open_at = at


def _runs(words: Sequence[Word], places: set[int], keep: Keep) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that name something together."""
    start = -1
    for at in range(len(words) + 1):
        free = at < len(words) and at not in places
        free = free and not (at - 1 in places and words[at].said in COMPASS)
        if free and keep(words, at, start >= 0):
            start = at if start < 0 else start
        elif start >= 0:
            if not all(_is_general(word) for word in words[start:at]) or _is_proper(
                words, start, at
            ):
                yield start, at + 1 if words[at : at + 1] and _is_kind_of_name(words, at) else at
            start = -1


def _is_kind_of_name(words: Sequence[Word], at: int) -> bool:
    return words[at].low in _NAMED_KIND and words[at - 1].said[0].isupper()


def _is_proper(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether words of the field are a name here, by their capitals: "Teams", "Box"."""
    run = words[start:end]
    if run[-1].lemma in DATA and not any(word.said.isupper() for word in run):
        return False
    if len(run) > 1:
        return True
    field = run[0].lemma in PLACE_NOUNS or run[0].lemma in HEADS or run[0].lemma in PARTIES
    led = start == 0 or words[start - 1].tag in ("DT", "PRP$", "WDT")
    capital = run[0].said[0].isupper() and run[0].low not in FUNCTION
    return capital and not (field and (led or run[0].low == run[0].lemma))


def _is_name(words: Sequence[Word], at: int, goes_on: bool) -> bool:
    word = words[at]
    if word.low in _PLAIN_CAPITALS or word.low in MONTHS_AND_DAYS or word.low == "'s":
        return False
    if goes_on and word.said[0].isdigit():
        return len(word.said) < 4 or not word.said.startswith(("19", "20"))
    if not any(character.isupper() for character in word.said):
        return False
    if at or goes_on:
        return True
    # The first word has a capital anyway.
    return not _is_general(word) and word.tag not in ("VB", "RB", "IN")


def _is_general(word: Word) -> bool:
    return (
        word.low in FUNCTION or word.low in GENERAL or word.low in WRAPPERS or word.lemma in KINDS
        or word.lemma in HEADS or word.lemma in PLACE_NOUNS or word.lemma in DEEDS
        or word.lemma in THINGS or word.lemma in DATA or word.lemma in DATA_TOO
        or word.low in SPOKEN or not word.low[0].isalnum() or word.low in _PERIODS
        or word.low in KINDS
    )  # fmt: skip


def _may_name(words: Sequence[Word], at: int, goes_on: bool) -> bool:
    """Tell whether a keyword in lower case may be a name."""
    word = words[at]
    if goes_on and (word.said.isdigit() or word.low == "ad"):
        return True
    return not _is_general(word) and word.low[0].isalpha()


def _noun_may_name(words: Sequence[Word], at: int, goes_on: bool) -> bool:
    """Tell whether a noun of a sentence in lower case may be a name."""
    return _may_name(words, at, goes_on) and words[at].tag[:1] not in "RVMCPWJ"


def data_said(read: QuestionText, words: Sequence[Word], taken: set[int]) -> tuple[str, ...]:
    """Return the categories of data that some words name; plain "data" is none."""
    found: list[str] = []
    last = -1
    for at, word in enumerate(words):
        if at <= last or at in taken or not _is_data(word):
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        if following is not None and _is_data(following) and at + 1 not in taken:
            continue
        first = at
        while first and first - 1 not in taken and _qualifies(words, first - 1):
            first -= 1
        last = _with_of(words, at)
        said = words[first : last + 1]
        named = len(said) > 1 or (word.low not in BARE_DATA and word.lemma not in BARE_DATA)
        if named and not _is_asked_for(words, first, at):
            found.append(read.said(said))
    return tuple(dict.fromkeys(found))


def _with_of(words: Sequence[Word], at: int) -> int:
    """Return where "copies of customer data" ends."""
    if [w.low for w in words[at + 1 : at + 2]] != ["of"] or words[at].lemma not in (
        "copy",
        "backup",
    ):
        return at
    for end in range(at + 2, min(at + 5, len(words))):
        if _is_data(words[end]) and words[end].said.islower():
            return end if end > at + 2 else at
    return at


def _is_asked_for(words: Sequence[Word], first: int, at: int) -> bool:
    """Tell whether it is the data that is asked for: "which content", "how many copies"."""
    before = [word.low for word in words[max(0, first - 3) : first]]
    if before[-1:] in (["which"], ["what"], ["every"], ["whose"]) or before[-1:] == ["many"]:
        return True
    if words[at].lemma in ("copy", "number") and (first == at or before[-1:] == ["of"]):
        return True
    kinds = [word.lemma for word in words[max(0, first - 2) : first]]
    return kinds[-1:] == ["of"] and HEADS.get(kinds[0]) is Wanted.DATA


def _is_data(word: Word) -> bool:
    noun = word.tag.startswith("NN") or word.tag in ("VBZ", "JJ", "FW")
    return noun and (word.lemma in DATA or word.low in DATA or word.lemma in DATA_TOO)


def _qualifies(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word before data belongs to its name: "sign-in logs"."""
    word = words[at]
    if word.low in FUNCTION or not word.low[0].isalnum() or word.low in HEADS:
        return False
    if word.lemma in DATA or word.lemma in DATA_TOO:
        return True
    kept = word.tag[:2] in ("NN", "JJ") or word.tag in ("VBN", "VBG")
    # What follows a name is no verb in its base form: "Twilio call recordings".
    kept = kept or (
        word.tag in ("VB", "VBP")
        and word.lemma not in DEEDS
        and at > 0
        and words[at - 1].said[0].isupper()
    )
    return kept and word.lemma not in KINDS and word.low not in ("many", "old")
