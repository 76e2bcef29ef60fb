"""The names in a question: those that documents use, and those that look like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.bare_names import acts_alone, bare_names
from assistant.reasoning.scope.index_names import Called, IndexNames, Standing
from assistant.reasoning.scope.no_names import is_law, is_ordinary, is_standard
from assistant.reasoning.scope.spelling import Key, key
from assistant.reasoning.scope.text_names import (
    corrected,
    in_text,
    is_named_phrase,
    is_often_named,
    is_said_in,
    is_written_plainly,
    named_in_text,
    spelt_out,
)
from assistant.reasoning.scope.words_written import Word, words_of
from assistant.understanding.services import services
from corpus.facts.arguments.subject_words import ACTING, LEADING, TAILS
from corpus.language.terms import STOP_WORDS
from index.searching.reader import IndexReader

_LONGEST = 7
"""Words of a name."""
_JOINING = frozenset("in for of on by".split())
"""Small words within a name: "Gemini in BigQuery"."""
_WITHIN = frozenset({" ", ".", "-", "/", "&", " & ", "+"})
"""What may stand between the words of a name."""
_ARTICLES = frozenset("a an the our your my their its this that these those any some".split())
_BEHIND = 3
"""Words behind the first one of a name in lower case."""
_STEM = 5
"""Letters that tell a common noun in its forms."""
_ASKING = frozenset(
    "check compare confirm count describe explain find give list name say show state summarise "
    "summarize tell".split()
)
"""Verbs in front of what somebody is told to do with a name."""
_BEFORE = LEADING | _ASKING
_MARKS = frozenset(",;:?!()\n")


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
    near: frozenset[str] = frozenset()
    """Documents about what an unknown name begins with."""
    acts: bool = False
    """True where it stands as what does something, and no document has the word."""

    @property
    def standing(self) -> Standing:
        """The greatest that it has in a document."""
        return max((call.standing for call in self.calls), default=Standing.PUBLISHER)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether it shares words with a stretch of the question."""
        return self.start < end and start < self.end


def question_names(
    question: str, subjects: Sequence[str], names: IndexNames, index: IndexReader
) -> tuple[NamedHere, ...]:
    """Return the names in a question, in its order.

    `subjects` are what its grammar says that it is about.
    """
    reading = _Reading(question, names, index)
    reading.find_known()
    reading.find_phrases()
    reading.find_listed()
    reading.find_continued()
    for subject in subjects:
        reading.add_subject(subject)
    if not reading.found:
        reading.find_bare()
    return tuple(sorted(reading.found, key=lambda one: one.start))


class _Reading:
    """A question while its names are found."""

    def __init__(self, question: str, names: IndexNames, index: IndexReader) -> None:
        self.question = question
        self.words = tuple(words_of(question, index))
        self.names = names
        self.index = index
        self.found: list[NamedHere] = []

    # Names that documents use

    def find_known(self) -> None:
        """Find the names that documents use, the longest where several fit."""
        at = 0
        while at < len(self.words):
            known = self._longest_at(at)
            if known is None:
                at += 1
                continue
            self.found.append(known)
            at += sum(known.start <= word.start < known.end for word in self.words)

    def _longest_at(self, at: int) -> NamedHere | None:
        if self.words[at].first and self.words[at].text.lower() in _ASKING:
            # "Compare Exchange Online with …" names no "Compare Exchange".
            return None
        for size in range(min(_LONGEST, len(self.words) - at), 0, -1):
            run = self.words[at : at + size]
            if self._is_broken(run) or _is_no_name(run):
                continue
            said = self.question[run[0].start : run[-1].end]
            if calls := self._called(key(said), run):
                return NamedHere(said, run[0].start, run[-1].end, calls, sure=True)
            if size > 1 and (calls := self._called(("".join(key(said)),), run)):
                # "Tern Mail" for what calls itself ternmail.
                return NamedHere(said, run[0].start, run[-1].end, calls, sure=True)
            if calls := self._called_nearly(key(said), run):
                return NamedHere(said, run[0].start, run[-1].end, calls)
        return None

    def _called(self, said: Key, run: Sequence[Word]) -> tuple[Called, ...]:
        calls = self.names.find(said) if said else ()
        if len(said) > 1 or run[0].is_capital:
            return calls
        # What is left of a longer name may be an ordinary word in lower case.
        return tuple(one for one in calls if one.standing is Standing.SERVICE or one.own)

    def _called_nearly(self, said: Key, run: Sequence[Word]) -> tuple[Called, ...]:
        if not said:
            return ()
        made = said[-1] in self.names.initials and self._may_be_initials(run[-1])
        if made and (len(said) == 1 or (len(said) == 2 and said[0] in self.names.makers)):
            return self.names.find_nearly(said)
        written = any(word.is_capital for word in run)
        if not written and all(self.index.words.has(word) for word in said):
            return ()
        return self.names.find_nearly(said)

    def _may_be_initials(self, word: Word) -> bool:
        """Tell whether a word may be made of initials: "app" is none where texts write it so."""
        return word.is_capital or not is_written_plainly(word.text, self.index)

    def _is_broken(self, run: Sequence[Word]) -> bool:
        """Tell whether a mark stands between words."""
        return any(
            set(self.question[one.end : other.start]) & _MARKS for one, other in pairwise(run)
        )

    # Phrases with capitals

    def find_phrases(self) -> None:
        """Find what is written like a name: known, longer than a known one, or unknown."""
        for phrase in self._phrases():
            self._add_phrase(phrase)

    def _phrases(self) -> Iterator[tuple[Word, ...]]:
        """Yield words with capitals side by side."""
        at = 0
        while at < len(self.words):
            if not _opens(self.words[at]):
                at += 1
                continue
            end = at + 1
            while end < len(self.words) and self._goes_on(end):
                end += 1
            yield self._joined(at, end)
            at = end

    def _goes_on(self, at: int) -> bool:
        word, before = self.words[at], self.words[at - 1]
        return self.question[before.end : word.start] in _WITHIN and word.is_capital

    def _joined(self, at: int, end: int) -> tuple[Word, ...]:
        """Return a phrase with what a small word joins to it, where some name is made so."""
        begun = (*key(self._said(self.words[at:end])), self.words[end].text) if (
            end + 1 < len(self.words)
        ) else ()  # fmt: skip
        if begun and begun[-1] in _JOINING and self.names.begins(begun):
            further = end + 1
            while further < len(self.words) and self._goes_on_from(end, further):
                further += 1
            if further > end + 1:
                return self.words[at:further]
        return self.words[at:end]

    def _goes_on_from(self, joint: int, at: int) -> bool:
        return self.words[at].is_capital and (at == joint + 1 or self._goes_on(at))

    def _add_phrase(self, phrase: Sequence[Word]) -> None:
        start, end = phrase[0].start, phrase[-1].end
        if any(one.start <= start and one.end >= end for one in self.found):
            return
        over = [one for one in self.found if one.overlaps(start, end) and not self._is_maker(one)]
        rest = [
            word for word in phrase
            if not any(one.overlaps(word.start, word.end) for one in over)
        ]  # fmt: skip
        makers = [one for one in self.found if one.overlaps(start, end) and self._is_maker(one)]
        # "Contoso APIs" names no more than Contoso does.
        told = [w for w in rest if not any(one.overlaps(w.start, w.end) for one in makers)]
        if all(self._goes_without_saying(word, over) for word in (told if makers else rest)):
            return
        if over:
            self._add_longer(phrase, over, rest)
        elif self._is_makers_own(phrase):
            return
        elif not (all(word.placed for word in phrase) or is_law(phrase) or is_standard(phrase)):
            said = self._said(phrase)
            calls = in_text(said, self.index) or spelt_out(said, self.index)
            other = "" if calls else corrected(said, self.index)
            calls = calls or (self._called_by_right_name(other) if other else ())
            if not other or calls or spelling.is_proper(key(other)):
                self._put(NamedHere(said, start, end, calls))

    def _is_makers_own(self, phrase: Sequence[Word]) -> bool:
        """Tell whether what goes on with the name of the maker of one document alone is common
        nouns, or what that document writes like a name again and again.
        """
        one = next((one for one in self.found if one.start == phrase[0].start), None)
        documents = _documents([one]) if one and self._is_maker(one) else set()
        rest = phrase[1:]
        if len(documents) != 1 or not rest:
            return False
        text = self.index.documents[documents.pop()].text
        if is_often_named(key(self._said(rest)), text):
            return True
        low = text.lower()
        return all(
            is_ordinary(word, self.index) and word.text.lower()[:_STEM] in low for word in rest
        )

    def _called_by_right_name(self, said: str) -> tuple[Called, ...]:
        return self.names.find(key(said)) or in_text(said, self.index)

    def _goes_without_saying(self, word: Word, over: Sequence[NamedHere]) -> bool:
        """Tell whether a word names nothing; behind a name, whether its documents use it."""
        if not is_ordinary(word, self.index):
            return False
        if not over or word.placed or not word.text[1:].islower():
            return True
        texts = [self.index.documents[id_].text.lower() for id_ in _documents(over)]
        return any(word.text.lower()[:_STEM] in text for text in texts)

    def _add_longer(
        self, phrase: Sequence[Word], over: Sequence[NamedHere], rest: Sequence[Word]
    ) -> None:
        """Tell a name that begins with a known one from what it goes on with."""
        said, more = self._said(phrase), key(" ".join(word.text for word in rest))
        documents = _documents(over)
        if more and all(word in TAILS for word in more) and over[0].start == phrase[0].start:
            return
        if any(is_said_in(self.index.documents[id_], more, key(said)) for id_ in documents):
            return
        calls = in_text(said, self.index)
        near = frozenset[str]() if calls else frozenset(documents)
        whole = NamedHere(said, phrase[0].start, phrase[-1].end, calls, near=near)
        self.found = [one for one in self.found if one not in over]
        self._put(whole)

    def _is_maker(self, one: NamedHere) -> bool:
        """Tell whether a name is that of a maker: what goes on behind it is another thing."""
        said = key(one.said)
        return len(said) == 1 and said[0] in self.names.makers

    def _put(self, name: NamedHere) -> None:
        """Take in a name in the place of those within it."""
        self.found = [one for one in self.found if not one.overlaps(name.start, name.end)]
        self.found.append(name)

    # Names in lower case

    def find_listed(self) -> None:
        """Find services of the vocabulary that no document is about."""
        low = self.question.lower()
        for service in services():
            for alias in sorted((service.name.lower(), *service.aliases), key=len, reverse=True):
                # "Public folders" is what some services have, and names none.
                named = " " in alias and not set(alias.split()).isdisjoint(
                    service.name.lower().split()
                )
                start = low.find(alias) if named else -1
                if start >= 0 and self._stands_alone(start, start + len(alias)):
                    said = self.question[start : start + len(alias)]
                    calls = named_in_text(said, self.index)
                    self._put(NamedHere(said, start, start + len(alias), calls))
                    break

    def _stands_alone(self, start: int, end: int) -> bool:
        """Tell whether a stretch consists of whole words of which none is in a known name."""
        over = [one for one in self.found if one.overlaps(start, end)]
        whole = any(word.start == start for word in self.words) and any(
            word.end == end for word in self.words
        )
        return whole and all(self._is_maker(one) for one in over)

    def find_continued(self) -> None:
        """Find names in lower case that begin with a known one: "ory keto", "amazon s3"."""
        for one in list(self.found):
            behind = [word for word in self.words if word.start > one.start and word.end > one.end]
            if not one.calls or not behind or one.said != one.said.lower():
                continue
            if self._is_maker(one) and self._put_longest(one.start, behind):
                continue
            word = behind[0]
            known = word.is_capital or word.placed or spelling.is_plain(word.text)
            if word.start == one.end + 1 and not known and self._is_rare(word):
                said = self.question[one.start : word.end]
                near = frozenset(_documents([one]))
                self._put(NamedHere(said, one.start, word.end, near=near))

    def _is_rare(self, word: Word) -> bool:
        """Tell whether a word is neither an ordinary one nor one that documents use."""
        low = word.text.lower()
        if low in ACTING or self.index.encoder.is_one_piece(low):
            return False
        return not self.index.words.has(low)

    def _put_longest(self, start: int, behind: Sequence[Word]) -> bool:
        """Take in the longest phrase from an offset on that documents speak of."""
        for size in range(min(_BEHIND, len(behind)), 0, -1):
            said = self.question[start : behind[size - 1].end]
            plain = spelling.is_plain(behind[0].text) and size == 1
            if _MARKS & set(said) or plain or behind[size - 1].text in STOP_WORDS:
                continue
            calls = self.names.find(key(said)) or named_in_text(said, self.index)
            if calls and not self._is_longer(behind[size:]):
                self._put(NamedHere(said, start, behind[size - 1].end, calls, sure=True))
                return True
        return False

    def _is_longer(self, behind: Sequence[Word]) -> bool:
        """Tell whether a name in lower case goes on: up to a verb or a small word."""
        before = None
        for word in behind:
            low = word.text.lower()
            ends = low in STOP_WORDS or low in ACTING or word.placed
            apart = before is not None and word.start != before.end + 1
            if ends or apart:
                return False
            if not spelling.is_plain(low):
                return True
            before = word
        return False

    def add_subject(self, subject: str) -> None:
        """Take in what the grammar of the question says is asked about."""
        start = self.question.find(subject)
        end = start + len(subject)
        inside = [word for word in self.words if start <= word.start and word.end <= end]
        if start < 0 or any(one.overlaps(start, end) for one in self.found):
            return
        if not inside or all(is_ordinary(word, self.index) for word in inside):
            return
        if is_standard(inside) or (subject == subject.lower() and not self._is_bare(inside)):
            return
        said = key(subject)
        calls = self.names.find(said) or self.names.find_nearly(said)
        self._put(NamedHere(subject, start, end, calls or in_text(subject, self.index)))

    def _is_bare(self, words: Sequence[Word]) -> bool:
        """Tell whether words in lower case stand without an article, and nothing else is named."""
        at = self.words.index(words[0])
        before = self.words[at - 1].text.lower() if at else ""
        plain = any(is_written_plainly(word.text, self.index) for word in words)
        return not self.found and before not in _ARTICLES and not plain

    def find_bare(self) -> None:
        """Find words in lower case that stand as names do."""
        for word in bare_names(self.question, self.words, self.index):
            behind = [one for one in self.words if one.start > word.start]
            if self._put_longest(word.start, behind):
                continue
            pair = f"{word.text} {behind[0].text}" if behind else ""
            if not pair or not is_named_phrase(pair, self.index):
                calls = in_text(word.text, self.index)
                acts = not calls and acts_alone(word, self.words, self.index)
                self._put(NamedHere(word.text, word.start, word.end, calls, acts=acts))

    def _said(self, words: Sequence[Word]) -> str:
        return self.question[words[0].start : words[-1].end]


def _documents(names: Sequence[NamedHere]) -> set[str]:
    return {call.document for one in names for call in one.calls}


def _is_no_name(run: Sequence[Word]) -> bool:
    if all(word.placed for word in run):
        return True
    return any(word.text.lower() in STOP_WORDS for word in (run[0], run[-1]))


def _opens(word: Word) -> bool:
    ordinary = word.first and word.text.lower() in _BEFORE | STOP_WORDS
    one = word.text.split("'")[0].split("’")[0]
    return word.is_capital and one != "I" and not ordinary and not word.text.isdigit()
