"""Every name that the indexed documents give what they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise, takewhile

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.spelling import Key, key
from assistant.understanding.services import services
from corpus.facts.arguments.subject_words import RENAMING
from corpus.facts.types import Subject
from corpus.language.sentences import readable
from corpus.language.terms import STOP_WORDS
from corpus.places import PlaceKind
from corpus.types import Description
from index.searching.reader import IndexReader

_LONGEST = 7
"""Words of a name."""
_LONGEST_CELL = 60
"""Code points of a first cell that names what its row is about."""
_WITH_MAKER = 2
"""Words of "MongoDB Atlas"."""
_SHORT_CODE = 4
"""Letters of an abbreviation at most, as the vocabulary lists them."""


class Standing(IntEnum):
    """How much of a document is about what is called so."""

    PUBLISHER = 1
    """The company that publishes it."""
    PART = 2
    """A section, a row or statements of their own."""
    SERVICE = 3
    """The whole document."""


@dataclass(frozen=True, slots=True)
class Called:
    """What a document calls by a name."""

    name: str
    """As the document calls it first."""
    document: str
    standing: Standing
    own: bool = True
    """False where the name is made: initials, a short form."""


@dataclass(slots=True)
class IndexNames:
    """What the documents of a build call the things that they are about."""

    makers: frozenset[str]
    """Words that names begin with and that are left out as often."""
    documents: frozenset[str]
    """What may speak where a question names nothing: all, but among many about other things those
    about data."""
    is_mixed: bool
    """Whether there are others."""
    calls: dict[Key, tuple[Called, ...]] = field(default_factory=dict)
    initials: dict[str, tuple[Called, ...]] = field(default_factory=dict)
    joined: dict[str, Key] = field(default_factory=dict)
    """Written as one word, by what is left of it in lower case."""
    bags: dict[Key, Key] = field(default_factory=dict)
    """By the words in the order of the alphabet."""
    begun: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    """Names by their first letter."""

    def find(self, said: Key) -> tuple[Called, ...]:
        """Return what is called so, by a name that some document uses."""
        found = self.calls.get(said, ())
        if not found:
            joined = "".join(said)
            other = self.joined.get(joined) or self.bags.get(bag(said)) or (joined,)
            found = self.calls.get(other, ())
        if not found and len(said) > 1 and said[0] in self.makers:
            found = tuple(one for one in self.calls.get(said[1:], ()) if one.own)
        return found or self._without_maker(said)

    def _without_maker(self, said: Key) -> tuple[Called, ...]:
        """Return the documents as a whole that are called by the last of two words, where no
        document has the first, which then is a maker that none of them names.
        """
        if len(said) != _WITH_MAKER or spelling.is_plain(said[0]) or said[:1] in self.calls:
            return ()
        called = self.calls.get(said[1:], ())
        return tuple(one for one in called if one.own and one.standing is Standing.SERVICE)

    def find_nearly(self, said: Key) -> tuple[Called, ...]:
        """Return what is called nearly so: by its initials, words cut short, a letter wrong."""
        if len(said) == 1 and (found := self.initials.get(said[0])):
            return found
        near = [
            known
            for known in self.begun.get(said[0][0], ())
            if spelling.abbreviates(said, known) or spelling.mistyped(said, known)
        ]
        if not near and len(said) > 1 and said[0] in self.makers:
            return self.find_nearly(said[1:])
        return tuple(one for known in near for one in self.calls[known])

    def begins(self, said: Key) -> bool:
        """Tell whether some longer name begins so."""
        size = len(said)
        return any(len(one) > size and one[:size] == said for one in self.begun.get(said[0][0], ()))


def bag(said: Key) -> Key:
    """Return the words of a name in the order of the alphabet, without the small ones."""
    words = tuple(sorted(word for word in said if word not in STOP_WORDS))
    return words if len(words) > 1 and spelling.is_proper(words) else ()


_BUILT: dict[str, IndexNames] = {}
"""The names of the builds that were asked last, by the id of each."""
_KEPT = 4


def names_of(index: IndexReader) -> IndexNames:
    """Return the names of a build; worked out once for each."""
    build = index.manifest.id
    if build not in _BUILT:
        if len(_BUILT) >= _KEPT:
            _BUILT.clear()
        _BUILT[build] = _read(index)
    return _BUILT[build]


def _read(index: IndexReader) -> IndexNames:
    heard, named = _about_data(index, _SPEAKS), _about_data(index, _NAMES)
    lending = [about for about in index.abouts if about.id in named]
    names = IndexNames(_makers(lending), heard, len(heard) < len(index.documents))
    rows: dict[Key, dict[str, Called]] = defaultdict(dict)
    every = list(_named(index, names.makers, named))
    for call, said in every:
        _note(rows, key(said), call)
    for call, said in every:
        for short in spelling.shorter(key(said), names.makers):
            _note(rows, short, Called(call.name, call.document, call.standing, own=False))
    names.calls = {said: tuple(sorted(found.values(), key=_order)) for said, found in rows.items()}
    _look_up(names)
    names.initials = _initials(every)
    return names


def _about_data(index: IndexReader, least: float) -> frozenset[str]:
    """Return the documents that state something about data, among many that are about other things;
    else all.

    A page on how to start a device afresh is called "Fresh start", which nobody means who asks how
    fresh a document is.
    """
    every = frozenset(index.documents)
    told = index.catalog.about_data(least)
    return told if 0 < len(told) < _MIXED * len(every) else every


_SPEAKS, _NAMES = 0.02, 0.05
"""Shares of statements about data from which a document may answer, and from which its names tell
what is asked about: 64 and 59 of 65 real documents on residency and retention have so many, and 109
and 38 of 985 pages of products' manuals."""
_MIXED = 0.5
"""Share of such documents up to which the others are taken to be about other things."""


def _initials(named: Iterable[tuple[Called, str]]) -> dict[str, tuple[Called, ...]]:
    found: dict[str, dict[str, Called]] = defaultdict(dict)
    for call, said in named:
        for short in spelling.initials(said):
            known = found[short].get(call.document)
            if known is None or known.standing < call.standing:
                found[short][call.document] = call
    return {short: tuple(sorted(calls.values(), key=_order)) for short, calls in found.items()}


def _order(call: Called) -> tuple[int, str]:
    return -call.standing, call.document


def _note(rows: Mapping[Key, dict[str, Called]], said: Key, call: Called) -> None:
    """Remember a name; of two standings in a document the greater."""
    whole = call.standing is Standing.SERVICE and call.own and len(said) > 1
    if not said or len(said) > _LONGEST or not (whole or spelling.is_proper(said)):
        return
    found = rows[said]
    known = found.get(call.document)
    if known is None or (known.standing, known.own) < (call.standing, call.own):
        found[call.document] = call


def _look_up(names: IndexNames) -> None:
    begun: dict[str, list[Key]] = defaultdict(list)
    for said in names.calls:
        begun[said[0][0]].append(said)
        if len(said) > 1:
            names.joined.setdefault("".join(said), said)
        if bag(said):
            names.bags.setdefault(bag(said), said)
    names.begun = {letter: tuple(found) for letter, found in begun.items()}


def _makers(abouts: Iterable[Description]) -> frozenset[str]:
    """Return the words that several names begin with, and those of publishers.

    A word that is all of a service's name is none: of "Tern Mail", "Mail for Macs" and "Mail for
    Phones" the first is called "Mail".
    """
    abouts = tuple(abouts)
    firsts: dict[str, set[Key]] = defaultdict(set)
    for about in abouts:
        for name in (about.service, about.publisher):
            if words := key(name):
                firsts[words[0]].add(words)
    published = {key(about.publisher)[0] for about in abouts if key(about.publisher)}
    clouds = published | _CLOUDS
    services = [key(about.service) for about in abouts]
    whole = {words[-1] for words in services if len(words) == 1 or set(words[:-1]) <= clouds}
    several = {word for word, names in firsts.items() if len(names) > 1} - whole
    return frozenset(word for word in clouds | several if not spelling.is_plain(word))


_CLOUDS = frozenset("aws amazon azure microsoft ms msft google gcp oracle ibm sap".split())
"""Makers that put their name before that of a service."""


def _named(
    index: IndexReader, makers: frozenset[str], documents: frozenset[str]
) -> Iterator[tuple[Called, str]]:
    """Yield what each of some documents calls how, the whole before its parts."""
    abouts = [about for about in index.abouts if about.id in documents]
    for about in abouts:
        name = about.service or about.title
        for said in _service_names(about, index, makers):
            yield Called(name, about.id, Standing.SERVICE), said
        if about.publisher:
            yield Called(about.publisher, about.id, Standing.PUBLISHER), about.publisher
    whole = {about.id: key(about.service) for about in abouts}
    for document, subject in index.catalog.subjects(documents):
        is_whole = key(subject.name) == whole.get(document)
        standing = Standing.SERVICE if is_whole else Standing.PART
        for name, said in _subject_names(subject):
            if not _is_country(said, index):
                yield Called(name, document, standing), said
    for document, cell in index.catalog.first_cells(_LONGEST_CELL, documents):
        for name, said in _apart(readable(cell)):
            # A row for a country is of no thing that is called so.
            if not _is_country(said, index):
                yield Called(name, document, Standing.PART), said


def _service_names(about: Description, index: IndexReader, makers: frozenset[str]) -> Iterator[str]:
    """Yield what a document as a whole is called."""
    yield about.service
    # "Data residency" is the title of many a page, and no name of what one of them is about.
    if about.service in ("", about.title) or spelling.is_proper(key(about.title)):
        yield about.title
    yield _end_of(about.title)
    yield from _bracketed(about.title)
    yield from _listed(about)
    yield from _from_stem(about, index, makers)


def _end_of(title: str) -> str:
    """Return what a title ends in: "Sales agent" of "Data handling in Sales agent"."""
    words = title.split()
    at = max((n for n, word in enumerate(words) if word.lower() in _BEFORE_NAME), default=-1)
    rest = words[at + 1 :]
    return " ".join(rest) if at > 0 and rest and rest[0][:1].isupper() else ""


_BEFORE_NAME = frozenset("in for of by with on".split())


def _bracketed(title: str) -> Iterator[str]:
    """Yield a former name or an abbreviation that a title gives in brackets."""
    for part in title.split("(")[1:]:
        said = part.split(")")[0]
        low = said.lower()
        lead = next((one for one in (*RENAMING, "successor to") if low.startswith(one)), "")
        yield said[len(lead) :].strip()


def _listed(about: Description) -> Iterator[str]:
    """Yield the old and the new names that the vocabulary has for the service of a document."""
    own = key(about.service)
    for service in services():
        known = {key(one) for one in (service.name, *service.aliases)}
        if own not in known:
            continue
        covers = tuple(service.covers)
        yield service.name
        for alias in service.aliases:
            code = len(alias) <= _SHORT_CODE and alias.isalpha()
            if code or alias.startswith(covers):
                yield alias


def _from_stem(about: Description, index: IndexReader, makers: frozenset[str]) -> Iterator[str]:
    """Yield the words of a file's name that its text writes as names, and where the document
    tells no service of its own the first one that means nothing else, and the first ones together.
    """
    own = {*key(about.service), *key(about.title), *makers, *_OF_PATHS}
    every = tuple(dict.fromkeys(spelling.WORD.findall(about.id.replace("_", "-"))))
    words = [
        word for word in every
        if len(word) > 2 and not spelling.is_plain(word) and word not in own
    ]  # fmt: skip
    text = index.documents[about.id].text
    lower = set(_LOWER_WORD.findall(text))
    yield from (f"{one} {two}" for one, two in pairwise(every) if _is_phrase(one, two, text))
    if not _is_told(about):
        # Each of them may be a common word: no text has them side by side by chance.
        first = [*takewhile(lambda word: word not in own and word not in lower, every)]
        if len(first) > 1 and not any(_is_place(word, index) for word in first):
            yield " ".join(first)
    kept = [word for word in words if word not in lower and not _is_place(word, index)]
    yield from (word for word in kept if _is_written_as_name(word, text))
    if kept and kept[0] == words[0] and (not _is_told(about) or _is_made_up(kept[0], index)):
        yield kept[0]


def _is_phrase(one: str, two: str, text: str) -> bool:
    """Tell whether a text often writes two words as a name, though the first may begin small."""
    found = re.findall(rf"(?<!\w){re.escape(one)} {re.escape(two)}(?!\w)", text, re.IGNORECASE)
    written = [said for said in found if said.split()[1][:1].isupper()]
    return len(written) >= _OFTEN and not (spelling.is_plain(one) and spelling.is_plain(two))


_OFTEN = 3


def _is_told(about: Description) -> bool:
    """Tell whether a document's service is a name, and its title or its file tells it too."""
    service = key(about.service)
    # A title that stands for a service tells none.
    titled = key(about.title) if about.service != about.title else ()
    told = {*titled, *spelling.WORD.findall(about.id.replace("_", "-").lower())}
    return spelling.is_proper(service) and not told.isdisjoint(service)


_OF_PATHS = frozenset(
    "docs doc documentation pages page src main root modules module index content en website "
    "articles devportal guide guides public legal misc master readme articles concepts manage "
    "managing www com html reference learn help".split()
)
"""Words of paths that tell nothing of what a file is about."""
_LOWER_WORD = re.compile(r"(?<![\w./-])[a-z]+(?![\w/-])")


def _is_country(name: str, index: IndexReader) -> bool:
    """Tell whether a name is that of a country or a continent; services are called like cities."""
    place = index.gazetteer.named(name)
    return place is not None and place.kind in (PlaceKind.COUNTRY, PlaceKind.GROUP)


def _is_made_up(word: str, index: IndexReader) -> bool:
    """Tell whether a word is in no vocabulary of common ones, as names of vendors are."""
    return not index.encoder.is_one_piece(word)


def _is_place(word: str, index: IndexReader) -> bool:
    return bool(index.gazetteer.mentions(word.capitalize()))


def _is_written_as_name(word: str, text: str) -> bool:
    """Tell whether a text has a word within a sentence, and with a capital."""
    return re.search(rf"(?:(?<=[a-z,(] )|(?<=[a-z]:))(?!{word}\b)(?i:{word})\b", text) is not None


def _subject_names(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the names of a statement's subject, each after what it is called first."""
    if subject.aliases and (", " in subject.name or " and " in subject.name):
        for alias in subject.aliases:
            yield alias, alias
        return
    yield from _apart(subject.name)
    for alias in subject.aliases:
        yield subject.name, alias


def _apart(said: str) -> Iterable[tuple[str, str]]:
    """Yield the names in a cell or a list of them: "A, B and C", "Twilio (SendGrid)"."""
    plain, _, rest = said.partition("(")
    for part in plain.replace(" and ", ", ").split(","):
        name = part.strip(" .*_`")
        if name:
            yield name, name
    alias = rest.partition(")")[0].strip()
    if alias and plain.strip():
        yield plain.strip(), alias
