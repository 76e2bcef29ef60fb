"""The words of a question that a set has to account for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.known import Known
from assistant.reasoning.members.amounts_listed import AmountAsked, amount_asked
from assistant.reasoning.members.place_bounds import PlaceBound, bounds_in
from assistant.reasoning.members.set_question import head_noun
from assistant.reasoning.members.word_stems import abbreviations, number_of, stem, stems
from corpus.facts.arguments.data_categories import DATA
from corpus.language.parsing import parse_one
from corpus.language.terms import STOP_WORDS, WORD
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing
from corpus.types import Span

_ASKING = frozenset(
    stem(word)
    for word in (
        "list name count give tell show enumerate state say know want need please exactly all "
        "every each any some many much number total altogether different several various which "
        "what where who whose how also both either neither nor not no only just there here "
        "exist available possible choose pick select use offer support cover include including "
        "contain comprise call called mark mentioned mention named listed given appear turn turns "
        "up entry entries entries' thing things item items ones one two three four five among "
        "between within outside inside beyond other than except apart anywhere somewhere "
        "reverse opposite same missing lack lacks lacking absent unlike cannot never shared common "
        " currently today now ever still whatsoever at least most altogether would could should "
        "may might must let's me us get go take come make do does done have has had lie lies "
        "located locate place places sit sits run runs open opened carry carries stand stands "
        "own single exclusively exclusive solely entirely but nor excluding excluded without "
        "member members state states nation nations them those these set full whole whole list "
        "table section page document documentation according per respectively instead rather "
        "somebody someone anybody anyone everybody everything anything something nothing "
        "come comes new like "
        "mean kind kinds part parts belong belongs record purpose per "
        "particular particulars specific actually really option options choice choices"
    ).split()
)
"""Stems that ask and bound nothing by themselves."""
_PLACES = frozenset(
    stem(word)
    for word in (
        "country countries region regions location locations place places site sites geography "
        "geographies geo geos area areas zone zones territory territories jurisdiction city "
        "cities datacenter datacenters datacentre datacentres data-center continent nation town "
        "province"
    ).split()
)
_CLAUSE = 3
"""Words that a clause has more than."""
_ONE_PLACE = frozenset("region geography geo zone area boundary".split())
"""Nouns with which a place is the name of a part: "Intune's Asia Pacific region"."""
COUNTRY = frozenset(stem(word) for word in ("country", "nation", "jurisdiction"))
CITY = frozenset(stem(word) for word in ("city", "town"))
_LIGHT = frozenset(
    stem(word) for word, deed in DEEDS.items()
    if deed in (Deed.STORE, Deed.PROCESS, Deed.OFFER, Deed.LIE, Deed.SEAT, Deed.CHOOSE, Deed.MOVE)
) | {"data"} | frozenset(
    stem(word) for word, thing in THINGS.items() if thing is Thing.PARTY
)  # fmt: skip
"""Verbs that say in general what is done with data, and nouns for the asker: a set need not say
them again.
"""


_LIGHT_TAGS = frozenset({"RB", "RBR", "RBS", "PRP", "PRP$", "IN", "MD", "UH"})
"""Of adverbs, pronouns, prepositions, in the Penn Treebank's tags."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question that a set has to account for."""

    stem: str
    words: str
    is_light: bool
    """True where it needs no account: it is in accord with any set of the kind."""
    is_name: bool
    """True where it is written as a name."""
    at: int
    """Where the question says it."""
    is_verb: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as sets are searched by it."""

    words: tuple[AskedWord, ...]
    bounds: tuple[PlaceBound, ...]
    head: str
    """Stem of the noun that is asked for, empty where none is named."""
    asks_several: bool
    """True where it asks for things in the plural."""
    wants_places: bool
    wants_single: bool
    """True where only countries of their own count: "single countries"."""
    text: str
    wants_data: bool = False
    """True where a kind of data is asked for."""
    amount: AmountAsked | None = None
    """What the amount of each member is held against."""


def asked(text: str, ask: Ask, known: Known) -> Asked:
    """Read a question, or the part of it that asks for members."""
    names = (
        *_spans(text, _no_places((*ask.subjects, *known.scope.names), known)),
        *_place_names(text, known),
    )
    bounds = bounds_in(text, known.gazetteer, names)
    amount = amount_asked(text)
    taken = [*(span for bound in bounds for span in bound.spans), *_included(text)]
    taken += amount.spans if amount else ()
    own = head_noun(text)
    named = " ".join(ask.subjects).lower()
    told = ask.head if ask.head and ask.head.lower() not in named.split() else ""
    head = _last_stem(told) if told and not own else _last_stem(own.word if own else "")
    return Asked(
        words=tuple(_words(text, [*taken, *_cases(text, ask)])),
        bounds=bounds,
        head=head,
        asks_several=own.is_plural if own else told.endswith("s"),
        wants_places=head in _PLACES or (not head and "where" in text.lower().split()),
        wants_single=any(mark in text.lower() for mark in ("single-countr", "single countr")),
        text=text,
        wants_data=ask.wanted is Wanted.DATA and own is not None and _is_data(own.word),
        amount=amount,
    )


def _is_data(noun: str) -> bool:
    return any(one in DATA for one in (noun.lower(), noun.lower().removesuffix("s")))


def _last_stem(head: str) -> str:
    found = stems(head)
    return found[-1] if found else ""


def _spans(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield where a text says some names as whole words."""
    words = [(match.group().lower(), match) for match in WORD.finditer(text)]
    for name in names:
        wanted = [match.group().lower() for match in WORD.finditer(name)]
        for at in range(len(words) - len(wanted) + 1):
            behind = words[at : at + len(wanted)]
            if wanted and [word for word, _ in behind] == wanted:
                yield Span(behind[0][1].start(), behind[-1][1].end())


def _included(text: str) -> Iterator[Span]:
    """Yield what a question takes in besides: "subsidiaries included", "including suppliers"."""
    words = list(WORD.finditer(text))
    for one, other in pairwise(words):
        if other.group().lower() == "included":
            yield Span(one.start(), one.end())
        if one.group().lower() == "including":
            yield Span(other.start(), other.end())


def _cases(text: str, ask: Ask) -> Iterator[Span]:
    """Yield what the asker says of the own case, where that is a clause by itself."""
    return (span for span in _spans(text, ask.case) if len(span.of(text).split()) > _CLAUSE)


def _no_places(names: Iterable[str], known: Known) -> Iterator[str]:
    """Yield the names that are of no place."""
    for name in names:
        mentions = known.gazetteer.mentions(name)
        covered = sum(mention.end - mention.start for mention in mentions)
        if covered * 2 < len(name):
            yield name


def _place_names(text: str, known: Known) -> Iterator[Span]:
    """Yield places that are part of a longer name which a document uses: "EU Access"."""
    for mention in known.gazetteer.mentions(text):
        behind = WORD.match(text, mention.end + 1)
        if behind is None:
            continue
        owned = text[: mention.start].rstrip().endswith(("'s", "’s"))
        if owned and behind.group().lower() in _ONE_PLACE:
            yield Span(mention.start, behind.end())
        if not behind.group()[0].isupper():
            continue
        name = f"{mention.words} {behind.group()}"
        documents = (known.index.documents[id_] for id_ in known.scope.documents[:3])
        if any(name in document.text for document in documents):
            yield Span(mention.start, behind.end())


def _context(text: str) -> int:
    """Return where the sentence that asks begins: what stands before tells of the asker."""
    asks = text.rfind("?")
    starts = [text.rfind(mark, 0, max(asks, 0)) for mark in (". ", "! ")]
    return max(starts) + 1 if asks > 0 else 0


def _words(text: str, taken: Sequence[Span]) -> Iterator[AskedWord]:
    seen: set[str] = set()
    tokens = parse_one(text).tokens
    adverbs = {token.start for token in tokens if token.tag in _LIGHT_TAGS}
    verbs = {token.start for token in tokens if token.is_verb}
    context = _context(text)
    for match in WORD.finditer(text):
        if any(span.start <= match.start() < span.end for span in taken):
            continue
        whole = match.group()
        for word in whole.split("-"):
            low, mine = word.lower(), stem(word)
            if low in STOP_WORDS or mine in _ASKING | seen or number_of(low) or not mine:
                continue
            if low.endswith(("n't", "n’t")):
                continue
            seen.add(mine)
            is_name = word[:1].isupper() and match.start() > 0
            light = mine in _PLACES or mine in _LIGHT or match.start() in adverbs
            light = light or match.start() < context
            at = match.start()
            yield AskedWord(mine, word, light, is_name, at, at in verbs)


def about_words(document: str, known: Known) -> frozenset[str]:
    """Return the stems of what a document is called."""
    about = known.index.documents[document].about
    said = f"{about.service} {about.publisher} {about.title} {document.replace('-', ' ')}"
    return frozenset(stems(said))


def says_name(document: str, word: str, known: Known, often: int) -> bool:
    """Tell whether a document says a name so often."""
    return known.index.documents[document].text.count(word.removesuffix("'s")) >= often


def abbreviated(word: str, document: str, known: Known) -> str:
    """Return the abbreviation that a document gives a name that begins with a word, else it."""
    return abbreviations(known.index.documents[document].text).get(word, word)


def gazetteer_about(document: str, known: Known) -> str:
    """Return what is known of whose places a document names."""
    about = known.index.documents[document].about
    return f"{about.title} {about.service} {about.publisher}"
