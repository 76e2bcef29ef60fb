"""The names in a question: those that documents use, and those that look like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.index_names import Called, IndexNames, Standing
from assistant.reasoning.scope.spelling import Key, key
from corpus.facts.arguments.subject_words import LEADING, MONTHS, NO_SERVICE
from corpus.language.terms import STOP_WORDS, WORD
from index.searching.reader import IndexReader

_LONGEST = 7
_JOINING = frozenset("in for of on by & and".split())
"""Small words within a name: "Gemini in BigQuery"."""
_ENDS = ".?!;:"


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
    for phrase in _phrases(words):
        known = _with_phrase(question, phrase, known, names, index)
    for subject in subjects:
        known = _with_subject(question, subject, words, known, names, index)
    return tuple(sorted(known, key=lambda one: one.start))


def _words(question: str, index: IndexReader) -> Iterator[Word]:
    placed = [(one.start, one.end) for one in index.gazetteer.mentions(question)]
    before = ""
    for match in WORD.finditer(question):
        start, end = match.span()
        text = spelling.bare(match.group())
        within = any(begin <= start and end <= stop for begin, stop in placed)
        between = question[len(before) : start] if before else ""
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
    longest = min(_LONGEST, len(words) - at)
    for loosely in (False, True):
        for size in range(longest, 0, -1):
            run = words[at : at + size]
            if _broken(question, run) or _is_no_name(run):
                continue
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
    if len(words) == 1 and words[0] in names.initials:
        return names.find_loosely(words) if run[0].text.isupper() or not run[0].first else ()
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


def _phrases(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield words with capitals side by side, also over a small word between two."""
    at = 0
    while at < len(words):
        if not _opens(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and _goes_on(words, end):
            end += 1
        yield tuple(words[at:end])
        at = end


def _opens(word: Word) -> bool:
    ordinary = word.first and word.text.lower() in LEADING | STOP_WORDS
    return word.is_capital and word.text != "I" and not ordinary and not word.text.isdigit()


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1]
    return word.start == before.end + 1 and word.is_capital and not word.first


def _with_phrase(
    question: str, phrase: Sequence[Word], known: list[NamedHere], names: IndexNames,
    index: IndexReader,
) -> list[NamedHere]:  # fmt: skip
    """Take in a phrase with capitals: as a name that is known, a longer one, or an unknown one."""
    start, end = phrase[0].start, phrase[-1].end
    over = [one for one in known if one.start < end and start < one.end]
    if any(one.start <= start and one.end >= end for one in over):
        return known
    rest = [
        word for word in phrase
        if not any(one.start <= word.start and word.end <= one.end for one in over)
    ]  # fmt: skip
    if all(_is_ordinary(word, index) for word in rest):
        return known
    said = question[start:end]
    if over:
        return _with_longer(NamedHere(said, start, end), over, rest, known, index)
    if all(word.placed for word in phrase) or _is_law(phrase):
        return known
    return [*known, NamedHere(said, start, end, _in_text(said, index))]


def _with_longer(
    whole: NamedHere, over: Sequence[NamedHere], rest: Sequence[Word],
    known: list[NamedHere], index: IndexReader,
) -> list[NamedHere]:  # fmt: skip
    """Tell a name that begins with a known one from what it goes on with."""
    documents = {call.document for one in over for call in one.calls}
    more = " ".join(word.text for word in rest)
    held = _documents_holding(whole.said, index) | _documents_holding(more, index)
    if held & documents:
        return known
    others = [one for one in known if one not in over]
    return [*others, whole]


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
    return [*known, NamedHere(subject, start, end, calls or _in_text(subject, index))]


_CHUNKS = 40


def _in_text(said: str, index: IndexReader) -> tuple[Called, ...]:
    """Return what documents say in passing or in a section, by the words themselves."""
    return tuple(
        Called(said, document, Standing.PART)
        for document in sorted(_documents_holding(said, index))
    )


def _documents_holding(phrase: str, index: IndexReader) -> set[str]:
    chunks = index.catalog.chunks(index.words.holding(phrase, _CHUNKS))
    wanted = key(phrase)
    return {
        chunk.document
        for chunk in chunks.values()
        if wanted and spelling.within(wanted, key(f"{chunk.context} {chunk.text}"))
    }
