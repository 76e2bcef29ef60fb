"""Services that people name, by what they call them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.language.terms import WORD
from corpus.places import Gazetteer, Place
from corpus.types import Description, Span
from index.types import Abouts

_SHORTEST_FUZZY = 5
"""Letters of a word that may be mistyped."""
_MANY = 1 << 15
"""Documents of which it is kept what they are about."""
_ALIKE = 84.0
"""Least similarity of a mistyped word (rapidfuzz's ratio, 0 to 100)."""
_PLAIN = frozenset(
    "microsoft online cloud service services data insights insight customer directory active azure "
    "platform suite manager management app apps software the and for mail desk drive storage "
    "backup analytics portal hub office dynamics".split()
)
"""Words of service names that name no service by themselves."""
_ORDINARY = frozenset("preview previews previewed review reviews exchanges exchanged".split())
"""Words that are spelt nearly like a service, and mean none."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that people name."""

    name: str
    aliases: tuple[str, ...]
    covers: tuple[str, ...]

    def described_by(self, about: Description) -> bool:
        """Tell whether a document is about the service."""
        return self.covered_by(_described(about))

    def covered_by(self, words: str) -> bool:
        """Tell whether service and title of a document, in lower case, are about the service."""
        return any(cover in words for cover in self.covers)


def _described(about: Description) -> str:
    return f"{about.service} {about.title}".lower()


@cache
def services() -> tuple[Service, ...]:
    """Return the services of the vocabulary."""
    text = (Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8")
    return tuple(
        Service(row["name"], tuple(row["aliases"]), tuple(row["covers"]))
        for row in tomllib.loads(text)["service"]
    )


@lru_cache(maxsize=_MANY)
def service_of(about: Description) -> str:
    """Return the canonical name of the service that a document is about, else its title."""
    known = next((s.name for s in services() if s.described_by(about)), "")
    return known or about.service or about.title


@lru_cache(maxsize=1024)
def services_named(text: str) -> tuple[str, ...]:
    """Return the canonical names of the services that a text names, in vocabulary order.

    Where nothing is named outright, words that look like a mistyped name count.
    """
    found = tuple(s.name for s in services() if _pattern(s.aliases).search(text))
    return found or _mistyped(text)


def service_spans(text: str) -> tuple[tuple[str, Span], ...]:
    """Return the services of the vocabulary that a text names outright, and where."""
    return tuple(
        (service.name, Span(*match.span()))
        for service in services()
        for match in _pattern(service.aliases).finditer(text)
    )


def without_services(text: str, names: Iterable[str] | None = None) -> str:
    """Return the text without the names of services: of the given ones, of all where None."""
    gone = None if names is None else set(names)
    for service in services():
        if gone is None or service.name in gone:
            text = _pattern(service.aliases).sub("", text)
    return text


@lru_cache(maxsize=256)
def documents_named(text: str, documents: Abouts) -> frozenset[str]:
    """Return the ids of the documents about services that a text names."""
    listed, unlisted = _by_service(documents)
    named = {id_ for name in services_named(text) for id_ in listed.get(name, ())}
    return frozenset(named.union(*unlisted.told_by(text)))


@dataclass(frozen=True, slots=True)
class _Unlisted:
    """Services of no vocabulary that documents are about: looked up, as there may be thousands."""

    names: tuple[tuple[str, frozenset[str]], ...]
    """Full names in lower case, with the documents about each."""
    words: Mapping[str, frozenset[str]]
    """Documents by the proper word of their service."""
    by_letter: Mapping[str, tuple[str, ...]]
    """The proper words that may be mistyped, by their first letter."""

    @classmethod
    def of(cls, services: Mapping[str, set[str]]) -> _Unlisted:
        """Take in the documents by service."""
        words: dict[str, set[str]] = {}
        letters: dict[str, list[str]] = {}
        for service, ids in services.items():
            for word in _proper(service):
                words.setdefault(word, set()).update(ids)
        for word in words:
            if len(word) > _SHORTEST_FUZZY:
                letters.setdefault(word[0], []).append(word)
        return cls(
            tuple((name.lower(), frozenset(ids)) for name, ids in services.items() if name),
            {word: frozenset(ids) for word, ids in words.items()},
            {letter: tuple(several) for letter, several in letters.items()},
        )

    def told_by(self, text: str) -> Iterator[frozenset[str]]:
        """Yield the documents of services that a text names by full name or proper word."""
        low = text.lower()
        yield from (ids for name, ids in self.names if name in low)
        for token in {token.lower() for token in WORD.findall(text)}:
            yield from (self.words[one] for one in _written(token) if one in self.words)
            if len(token) > _SHORTEST_FUZZY:
                near = self.by_letter.get(token[0], ())
                yield from (self.words[one] for one in near if _ratio(one, token) >= _ALIKE)


@lru_cache(maxsize=8)
def _by_service(documents: Abouts) -> tuple[Mapping[str, frozenset[str]], _Unlisted]:
    """Return documents by the service of the vocabulary, and of no vocabulary, that each is about.

    Worked out once for a build: there may be thousands.
    """
    said = [(about.id, _described(about)) for about in documents]
    every = "\n".join(words for _, words in said)
    listed = {
        # Most services are those of no document: all titles are looked through at once for them.
        service.name: frozenset(id_ for id_, words in said if service.covered_by(words))
        if service.covered_by(every) else frozenset[str]()
        for service in services()
    }  # fmt: skip
    known = frozenset[str]().union(*listed.values())
    unlisted: dict[str, set[str]] = {}
    for about in documents:
        if about.id not in known:
            unlisted.setdefault(about.service, set()).add(about.id)
    return listed, _Unlisted.of(unlisted)


class _Titles:
    """The titles of a build's documents, and which places those that were read name."""

    def __init__(self, documents: Abouts) -> None:
        self._titles = {about.id: about.title for about in documents}
        self._places: dict[str, tuple[Place, ...]] = {}

    def places(self, document: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
        """Return the places that the title of a document names."""
        if document not in self._places:
            named = (one.place for one in gazetteer.mentions(self._titles[document]))
            self._places[document] = tuple(dict.fromkeys(named))
        return self._places[document]


_titles_of = lru_cache(maxsize=8)(_Titles)


@lru_cache(maxsize=256)
def documents_by_place(
    places: tuple[Place, ...],
    documents: Abouts,
    gazetteer: Gazetteer,
    only: frozenset[str] = frozenset(),
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the documents whose title names a place near the given ones, and a place elsewhere.

    "Azure AD for Japan" is about Osaka and not about Graz. `only` are the documents that are
    looked at; all where it is empty. To read a thousand titles takes a third of a second, once.
    """

    near, other = set(), set()
    looked_at = documents if not only else [one for one in documents if one.id in only]
    titles = _titles_of(documents)
    for about in looked_at if places else ():
        titled = titles.places(about.id, gazetteer)
        if any(_related(one, place) for one in titled for place in places):
            near.add(about.id)
        elif titled:
            other.add(about.id)
    return frozenset(near), frozenset(other)


def _related(first: Place, second: Place) -> bool:
    return first.id == second.id or first.id in second.within or second.id in first.within


def _proper(service: str) -> tuple[str, ...]:
    words = (word.lower() for word in WORD.findall(service))
    return tuple(word for word in words if len(word) > 3 and word not in _PLAIN)[:1]


def _written(token: str) -> Iterator[str]:
    """Yield the words that a token may be, without the ends of a plural or a genitive."""
    yield token
    yield from (token.removesuffix(end) for end in ("s", "'s", "’s") if token.endswith(end))


def _mistyped(text: str) -> tuple[str, ...]:
    words = {w.lower() for w in WORD.findall(text) if len(w) >= _SHORTEST_FUZZY} - _ORDINARY
    return tuple(
        service.name
        for service in services()
        if any(_ratio(word, name) >= _ALIKE for name in _distinct(service) for word in words)
    )


@cache
def _distinct(service: Service) -> tuple[str, ...]:
    """Return the one-word aliases that can be told when mistyped."""
    return tuple(a for a in service.aliases if a.isalpha() and len(a) > _SHORTEST_FUZZY)


def _ratio(first: str, second: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(first, second) if first[0] == second[0] else 0.0


@cache
def _pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    """Match an alias in any case; one with a capital letter as it is written."""
    longest_first = sorted(aliases, key=len, reverse=True)
    ways = (
        re.escape(alias) if alias != alias.lower() else f"(?i:{re.escape(alias)})"
        for alias in longest_first
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")
