"""Sentences as they are compared: words by what they mean, and what is asserted of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from weakref import WeakKeyDictionary

from assistant.verification.reading.values import Date, Value, dates, values
from assistant.verification.reading.words import concepts, is_content, is_neutral
from corpus.facts.conditions import Limits, every_limit
from corpus.language.parsing import Parse, Token, parse_one
from corpus.language.propositions import Link, Proposition, propositions
from corpus.language.sentences import plain
from corpus.places import Gazetteer

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_APART = frozenset("while whereas although though because since but as so".split())
"""What leads a clause in that asserts something by itself."""
_SWITCHED = frozenset({"on", "off"})
_DENYING = frozenset({"no", "never", "none", "neither", "nothing", "nobody", "nowhere"})
_BOUNDS = frozenset("more less fewer later earlier longer larger".split())
_SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


@dataclass(frozen=True)
class Spoken:
    """A sentence, parsed."""

    text: str
    parse: Parse
    propositions: tuple[Proposition, ...]

    @cached_property
    def meant(self) -> tuple[frozenset[str], ...]:
        """What each word may mean; nothing for those that say nothing by themselves."""
        return tuple(
            _concepts(token.text, token.lemma) if _says(token) else frozenset()
            for token in self.parse.tokens
        )

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What its words mean together."""
        return frozenset().union(*self.meant) | frozenset(
            one for word in tokens(self.text) if "-" in word for one in concepts(word)
        )

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Its numbers and durations."""
        return values(self.text)

    @cached_property
    def dates(self) -> tuple[tuple[Date, int, int], ...]:
        """Its dates, and where they stand."""
        return dates(self.text)

    @cached_property
    def measured(self) -> frozenset[int]:
        """Words of its numbers, durations and dates."""
        spans = [(v.start, v.end) for v in self.values] + [d[1:] for d in self.dates]
        return frozenset(i for span in spans for i in self.parse.at(*span))

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Its words in their base form."""
        return frozenset(token.lemma for token in self.parse.tokens)

    def within(self, one: Proposition) -> Iterator[Proposition]:
        """Yield the propositions that one is the content of: "needs to …", "works toward …"."""
        while one.around is not None and one.link not in (Link.MAIN, Link.COORDINATE):
            if one.link is not Link.COMPLEMENT and not self._is_infinitive(one):
                return
            one = self.propositions[one.around]
            yield one

    def _is_infinitive(self, one: Proposition) -> bool:
        return any(self.parse.tokens[i].lemma == "to" for i in self.parse.children(one.verb, "aux"))

    def telling(self, at: int) -> bool:
        """Tell whether a word says something that no sentence may bring along unsaid."""
        return bool(self.meant[at]) and not is_neutral(self.parse.tokens[at].text)

    @cached_property
    def joined(self) -> dict[int, frozenset[str]]:
        """Words that are made of several, with hyphens or dots, each with its parts folded."""
        return {
            i: frozenset(map(str.casefold, tokens(token.text)))
            for i, token in enumerate(self.parse.tokens)
            if not token.text.isalnum()
        }

    def limits(self, one: Proposition, gazetteer: Gazetteer) -> Limits:
        """Return under what a proposition of it holds; read once for one gazetteer."""
        if gazetteer not in self._limits:
            self._limits[gazetteer] = every_limit(self.parse, self.propositions, gazetteer)
        return self._limits[gazetteer][one.verb]

    @cached_property
    def _limits(self) -> WeakKeyDictionary[Gazetteer, dict[int, Limits]]:
        return WeakKeyDictionary()

    @property
    def asks(self) -> bool:
        """True for a question, which states nothing."""
        return self.text.rstrip(' *_"').endswith("?")


@lru_cache(maxsize=8192)
def _concepts(word: str, lemma: str) -> frozenset[str]:
    return concepts(word) | concepts(lemma)


def _says(token: Token) -> bool:
    """Tell whether a word says something by itself."""
    if token.text.lower() in _SWITCHED:
        return token.dep in ("prt", "acomp")
    cut = token.text.lower() in ("n't", "wo", "ca", "sha")
    return is_content(token.text) and token.text[0].isalnum() and not cut


def negated(said: Spoken, one: Proposition) -> bool:
    """Tell whether a proposition is denied; a denial does not reach over to a verb that has an
    auxiliary of its own.
    """
    parse = said.parse
    below = parse.children(one.verb, *_SUBJECT, "dobj", "attr", "advmod")
    joined = [k for i in below for k in parse.children(i, "preconj", "cc")]
    if any(parse.tokens[k].lemma in ("neither", "nor") for k in joined):
        return True
    if one.negated and not parse.children(one.verb, "neg") and (_bounds(said) or _but(said, one)):
        return False
    if not one.negated or one.link is not Link.COORDINATE or parse.children(one.verb, "neg"):
        return one.negated
    finite = parse.tokens[one.verb].tag in ("VBZ", "VBP", "VBD")
    if not finite and not parse.children(one.verb, "aux", "auxpass"):
        return True
    return any(
        parse.tokens[k].lemma in _DENYING for i in below for k in (i, *parse.children(i, "det"))
    )


def _bounds(said: Spoken) -> bool:
    """Tell whether the "no" of a sentence bounds a value: "no later than"."""
    words = [token.text.lower() for token in said.parse.tokens]
    found = [pair for pair in pairwise(words) if pair[0] == "no"]
    return bool(found) and all(second in _BOUNDS for _, second in found)


def _but(said: Spoken, one: Proposition) -> bool:
    """Tell whether one of two objects alone is denied: "stores names, but no addresses"."""
    found = said.parse.children(one.verb, "dobj", "attr")
    return len(found) > 1 and any(is_none(said, i) for i in found) and (
        not all(is_none(said, i) for i in found)
    )  # fmt: skip


def is_none(said: Spoken, at: int) -> bool:
    """Tell whether "no" or "without" stands before a noun."""
    parse = said.parse
    if any(parse.tokens[i].lemma in ("no", "neither") for i in parse.children(at, "det")):
        return True
    return any(parse.tokens[i].lemma == "without" for i in list(parse.above(at))[:2])


@dataclass(frozen=True)
class Assertion:
    """A part of a sentence that is true or false by itself."""

    said: Spoken
    proposition: Proposition | None
    words: tuple[int, ...]
    """Its words, those of its subject among them where it is taken over."""
    placed: frozenset[int] = frozenset()
    """Words of its places, which are compared as places."""

    @property
    def negated(self) -> bool:
        """Whether it denies what it says."""
        return self.proposition is not None and negated(self.said, self.proposition)

    @property
    def text(self) -> str:
        """As it is written, from its first to its last word."""
        return self.said.parse.words(self.words)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Its words in their base form."""
        return frozenset(self.said.parse.tokens[i].lemma for i in self.words)

    @cached_property
    def telling(self) -> tuple[int, ...]:
        """Its words that must be said; numbers and dates are compared as values."""
        return tuple(
            i for i in self.words
            if self.said.telling(i) and i not in self.said.measured and i not in self.placed
        )  # fmt: skip

    @cached_property
    def bare(self) -> bool:
        """Whether it says nothing but a number or a date."""
        return (
            not self.telling and not set(self.words) & self.placed
            and any(i in self.said.measured for i in self.words)
        )  # fmt: skip

    @cached_property
    def meant(self) -> frozenset[str]:
        """What its words mean."""
        return frozenset().union(*(self.said.meant[i] for i in self.words))


@lru_cache(maxsize=4096)
def read(text: str) -> Spoken:
    """Return a sentence, parsed."""
    parse = parse_one(plain(text))
    return Spoken(parse.text, parse, propositions(parse))


@lru_cache(maxsize=4096)
def read_row(text: str) -> Spoken:
    """Return the cells of a row, which are no sentence."""
    parse = parse_one(plain(text))
    return Spoken(parse.text, parse, ())


def tokens(text: str) -> list[str]:
    """Return the words of a text; words with a hyphen both whole and in parts."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().strip(".")
        found.append(word)
        if "-" in word:
            found.extend(part for part in word.split("-") if len(part) > 1)
    return found


@lru_cache(maxsize=4096)
def meaning(text: str) -> frozenset[str]:
    """Return what the words of a text mean that say something by themselves."""
    return frozenset(c for word in tokens(text) if is_content(word) for c in concepts(word))


def assertions(said: Spoken) -> tuple[Assertion, ...]:
    """Return what a sentence asserts, part by part."""
    heads = [one for one in said.propositions if _asserts(said, one)]
    if not heads:
        return (Assertion(said, None, tuple(range(len(said.parse.tokens)))),)
    verbs = frozenset(one.verb for one in heads)
    found = [Assertion(said, one, _words(said, one, verbs)) for one in heads]
    subject = heads[0].subject
    if subject is not None:
        # What names no subject of its own is said of that of the sentence.
        taken = set(said.parse.below(subject.head, verbs))
        found = [
            one if one.proposition is None or one.proposition.subject is not None
            else replace(one, words=tuple(sorted({*one.words, *taken})))
            for one in found
        ]  # fmt: skip
    covered = {i for one in found for i in one.words}
    rest = [i for i in range(len(said.parse.tokens)) if i not in covered]
    if rest:
        found[0] = Assertion(said, heads[0], tuple(sorted({*found[0].words, *rest})))
    return tuple(one for one in found if any(said.meant[i] for i in one.words))


def _asserts(said: Spoken, one: Proposition) -> bool:
    if one.link is Link.MAIN:
        return True
    if one.link is Link.COORDINATE:
        around = said.propositions[one.around] if one.around is not None else None
        return around is None or _asserts(said, around)
    if one.link is Link.ADVERBIAL:
        marks = one.mark.split()
        return bool(marks) and marks[-1] in _APART and not {"only", "even"} & set(marks)
    return one.link is Link.RELATIVE and _is_aside(said.parse, one)


def _is_aside(parse: Parse, one: Proposition) -> bool:
    """Tell whether a clause about a noun adds to it and does not tell it apart."""
    first = min(parse.below(one.verb))
    return (
        first > 0 and parse.tokens[first - 1].text in (",", "(")
        and parse.tokens[first].tag in ("WDT", "WP", "WRB", "IN")
    )  # fmt: skip


def _words(said: Spoken, one: Proposition, verbs: frozenset[int]) -> tuple[int, ...]:
    cut = verbs - {one.verb}
    found = set(said.parse.below(one.verb, frozenset(cut)))
    if one.subject is not None and not said.parse.children(one.verb, *_SUBJECT):
        found.update(said.parse.below(one.subject.head, frozenset(verbs)))
    shared = [i for i in said.parse.children(one.verb, "conj") if i in verbs]
    for other in shared:
        # "Tern stores and processes mail in Oslo": what stands behind belongs to both.
        mine = [p for p in said.propositions if p.verb == other]
        if mine and not one.objects and not said.parse.children(other, *_SUBJECT):
            continue
        if mine and one.span == mine[0].span:
            found.update(said.parse.below(other, frozenset(cut - {other})))
    return tuple(sorted(found))


def names(said: Spoken, words: Iterable[int]) -> Iterator[int]:
    """Yield the words that are names: capital letters within, or a capital not at the start."""
    for i in words:
        token = said.parse.tokens[i]
        if not said.meant[i] or not token.text[:1].isupper():
            continue
        inner = any(map(str.isupper, token.text[1:])) or any(map(str.isdigit, token.text))
        starts = i == 0 or said.parse.tokens[i - 1].text in (":", ".", "(", '"')
        if inner or (token.tag.startswith("NNP") and not starts) or (
            starts and token.tag.startswith("NNP") and token.dep == "compound"
        ):  # fmt: skip
            yield i
