"""The names in a question: those that documents use, and those that look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.bare_names import bare_names
from assistant.reasoning.scope.index_names import Called, IndexNames, Standing
from assistant.reasoning.scope.spelling import Key, key
from assistant.reasoning.scope.text_names import capital_words, in_text, spelt_out
from corpus.facts.arguments.subject_words import LEADING, MONTHS, NO_SERVICE
from corpus.language.terms import STOP_WORDS, WORD
from index.searching.reader import IndexReader

_LONGEST = 7
_JOINING = frozenset("in for of on by & and".split())
"""Small words within a name: "Gemini in BigQuery"."""
_ENDS = (". ", "? ", "! ", "; ", ": ", "\n")
_WITHIN = frozenset({" ", ".", "-", "/", "&", " & ", "+"})
"""What may stand between the words of a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    text: str
    start: int
    end: int
    first: bool
    """True where a sentence begins with it."""
    placed: bool = False
    """True within the name of a place."""

    @property
    def is_capital(self) -> bool:
        """True where it is written like a name."""
        return any(map(str.isupper, self.text)) or (self.text.isdigit() and len(self.text) > 1)


@dataclass(frozen=True, slots=True)
class NamedHere:
    """A name in a question."""

    said: str
    start: int
    end: int
    calls: tuple[Called, ...] = ()
    """What documents call so; none where no document is about it."""
    sure: bool = False
    """True where it is named outright."""

    @property
    def standing(self) -> Standing:
        """The greatest that it has in a document."""
        return max((call.standing for call in self.calls), default=Standing.PUBLISHER)


def question_names(
    question: str, subjects: Sequence[str], names: IndexNames, index: IndexReader
) -> tuple[NamedHere, ...]:
    """Return the names in a question, in its order."""
    words = tuple(_words(question, index))
    known = list(_known(question, words, names, index))
    for phrase in _phrases(question, words):
        known = _with_phrase(question, phrase, known, names, index)
    for subject in subjects:
        known = _with_subject(question, subject, words, known, names, index)
    if not known:
        known = [
            NamedHere(token.text, token.start, token.end, in_text(token.text, index))
            for token in bare_names(question, index)
        ]
    return tuple(sorted(known, key=lambda one: one.start))


def _words(question: str, index: IndexReader) -> Iterator[Word]:
    placed = [(one.start, one.end) for one in index.gazetteer.mentions(question)]
    before = ""
    for match in WORD.finditer(question):
        start, end = match.span()
        text = spelling.bare(match.group())
        within = any(begin <= start and end <= stop for begin, stop in placed)
        between = question[len(before) : start]
        first = not before or any(mark in between for mark in _ENDS)
        yield Word(text, start, start + len(text), first, within)
        before = question[:end]


def _known(
    question: str, words: Sequence[Word], names: IndexNames, index: IndexReader
) -> Iterator[NamedHere]:
    """Yield the names that documents use, the longest where several fit."""
    at = 0
    while at < len(words):
        found = _longest_at(question, words, at, names, index)
        if found is None:
            at += 1
            continue
        yield found
        at = next((n for n in range(at, len(words)) if words[n].start >= found.end), len(words))


def _longest_at(
    question: str, words: Sequence[Word], at: int, names: IndexNames, index: IndexReader
) -> NamedHere | None:
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        run = words[at : at + size]
        if _broken(question, run) or _is_no_name(run):
            continue
        for loosely in (False, True):
            said = question[run[0].start : run[-1].end]
            calls = _called(said, run, names, index, loosely=loosely)
            if calls:
                return NamedHere(said, run[0].start, run[-1].end, calls, sure=not loosely)
    return None


def _called(
    said: str, run: Sequence[Word], names: IndexNames, index: IndexReader, *, loosely: bool
) -> tuple[Called, ...]:
    words = key(said)
    if not words:
        return ()
    if not loosely:
        calls = names.find(words)
        # A short form in lower case may be an ordinary word.
        if len(words) == 1 and not run[0].is_capital:
            calls = tuple(one for one in calls if one.standing is Standing.SERVICE or one.own)
        return calls
    if words[-1] in names.initials and (
        len(words) == 1 or len(words) == 2 and words[0] in names.makers
    ):
        return names.find_loosely(words)
    if all(index.words.has(word) for word in words) and not any(one.is_capital for one in run):
        return ()
    return names.find_loosely(words)


def _broken(question: str, run: Sequence[Word]) -> bool:
    """Tell whether a mark stands between words."""
    pairs = zip(run, run[1:], strict=False)
    return any(set(question[one.end : other.start]) & set(",;:?!()\n") for one, other in pairs)


def _is_no_name(run: Sequence[Word]) -> bool:
    if all(word.placed for word in run):
        return True
    ends = (run[0].text.lower(), run[-1].text.lower())
    return any(end in STOP_WORDS for end in ends)


def _phrases(question: str, words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield words with capitals side by side, also over a small word between two."""
    at = 0
    while at < len(words):
        if not _opens(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and _goes_on(question, words, end):
            end += 1
        yield tuple(words[at:end])
        at = end


def _opens(word: Word) -> bool:
    ordinary = word.first and word.text.lower() in LEADING | STOP_WORDS
    one = word.text.split("'")[0].split("’")[0]
    return word.is_capital and one != "I" and not ordinary and not word.text.isdigit()


def _goes_on(question: str, words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1]
    return question[before.end : word.start] in _WITHIN and word.is_capital


def _with_phrase(
    question: str, phrase: Sequence[Word], known: list[NamedHere], names: IndexNames,
    index: IndexReader,
) -> list[NamedHere]:  # fmt: skip
    """Take in a phrase with capitals: as a name that is known, a longer one, or an unknown one."""
    start, end = phrase[0].start, phrase[-1].end
    if any(one.start <= start and one.end >= end for one in known):
        return known
    over = [
        one for one in known
        if one.start < end and start < one.end and not _is_maker(one, names)
    ]  # fmt: skip
    rest = [
        word for word in phrase
        if not any(one.start <= word.start and word.end <= one.end for one in over)
    ]  # fmt: skip
    if all(_is_ordinary(word, index) for word in rest):
        return known
    said = question[start:end]
    known = [one for one in known if one in over or one.end <= start or end <= one.start]
    if over:
        return _with_longer(NamedHere(said, start, end), over, rest, known, index)
    if all(word.placed for word in phrase) or _is_law(phrase) or _is_standard(phrase):
        return known
    calls = in_text(said, index) or spelt_out(said, index)
    return [*known, NamedHere(said, start, end, calls)]


def _is_maker(one: NamedHere, names: IndexNames) -> bool:
    """Tell whether a name is that of a maker: what goes on behind it is another thing."""
    said = key(one.said)
    return len(said) == 1 and said[0] in names.makers


def _with_longer(
    whole: NamedHere, over: Sequence[NamedHere], rest: Sequence[Word],
    known: list[NamedHere], index: IndexReader,
) -> list[NamedHere]:  # fmt: skip
    """Tell a name that begins with a known one from what it goes on with."""
    more = key(" ".join(word.text for word in rest))
    for id_ in {call.document for one in over for call in one.calls}:
        said = capital_words(index.documents[id_].text)
        if _is_said(more, said) or spelling.within(key(whole.said), said):
            return known
    return [*(one for one in known if one not in over), whole]


def _is_said(more: Key, said: Key) -> bool:
    """Tell whether a text has words side by side, in one piece or in two names."""
    pieces = [(more,), *((more[:at], more[at:]) for at in range(1, len(more)))]
    return any(
        all(spelling.within(one, said) and (len(way) == 1 or spelling.is_proper(one)) for one in way)
        for way in pieces
    )  # fmt: skip


def _is_ordinary(word: Word, index: IndexReader) -> bool:
    """Tell whether a word with a capital names nothing by itself."""
    low = word.text.lower()
    if word.placed or spelling.is_plain(low) or low in MONTHS or low in _NO_NAMES:
        return True
    return word.first and len(low) > 1 and word.text[1:].islower() and index.words.has(low)


_NO_NAMES = (
    frozenset(
        "dpo ciso cto cio hr crm erp saas paas iaas mfa sms pii phi pdf pst faq qa kpi rto rpo "
        "fedramp pci dss ccpa bdsg nis2 dora schrems powershell tenant admin ai ml".split()
    )
    | NO_SERVICE
)
"""Roles, laws, standards and kinds of software, in lower case."""


def _is_standard(phrase: Sequence[Word]) -> bool:
    """Tell whether letters and a number make the name of a standard: "ISO 27001", "AES-256"."""
    letters, _, number = " ".join(word.text for word in phrase).replace("-", " ").partition(" ")
    return letters.isupper() and len(letters) <= _LETTERS and number[:1].isdigit()


_LETTERS = 5


def _is_law(phrase: Sequence[Word]) -> bool:
    return phrase[-1].text.lower() in NO_SERVICE


def _with_subject(
    question: str, subject: str, words: Sequence[Word], known: list[NamedHere],
    names: IndexNames, index: IndexReader,
) -> list[NamedHere]:  # fmt: skip
    """Take in what the grammar of the question says is asked about."""
    start = question.find(subject)
    end = start + len(subject)
    inside = [word for word in words if start <= word.start and word.end <= end]
    if start < 0 or any(one.start < end and start < one.end for one in known):
        return known
    if not inside or all(_is_ordinary(word, index) for word in inside):
        return known
    calls = names.find(key(subject)) or names.find_loosely(key(subject))
    return [*known, NamedHere(subject, start, end, calls or in_text(subject, index))]
