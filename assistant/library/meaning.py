"""What decides whether two questions are one: read off each of them, and compared by equality.

What is asked for, the services, the places and how the matter lies to them, the numbers and
periods, and whether it is denied. What is left are content words, which `same_question` lays
beside those of the other question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from assistant.library.reach import Reach, reaches
from assistant.reasoning.ask import Wanted
from assistant.reasoning.asking import read_ask
from assistant.understanding.services import service_spans
from assistant.verification.reading.values import dates, values
from assistant.verification.reading.word_senses import (
    AUXILIARIES,
    EMPTY,
    EXCLUDING,
    LEAVING,
    ONLY,
    ORDINALS,
    OUTWARD,
    PARTIES,
    PHRASES,
    PLACE_WORDS,
    TIME_WORDS,
    VERBS_OF_ASKING,
)
from corpus.language.parsing import Parse, Token, parse_one
from corpus.places import Gazetteer, fold_name

_CONTENT = ("NN", "VB", "JJ", "RB", "CD", "FW", "IN", "RP")
_SIDES = frozenset(
    "outside inside within beyond before during while without since until till around".split()
)
"""Prepositions that turn a question by themselves."""
_OF_PLACES = frozenset("inside within".split()) | OUTWARD | ONLY
_DENYING = frozenset("not n't n’t no never none neither nor nothing nowhere without".split())
_NAME = re.compile(r"[A-Z0-9]")
_DESCRIBING = ("amod", "compound", "nmod")
_QUESTION_WORDS = frozenset("where what which who whom whose why how when".split())
_OPENING = 3
"""Words at the start among which a question word asks: "in which country"."""
_INNER = {"where": "location", "when": "date", "how": "way", "why": "reason"}
"""Question words within a question, and the nouns that say the same."""
_CASES = frozenset("if when once after before in for during where while should upon".split())
"""First words of a case that stands before the question."""
_ENDS_HEAD = frozenset("of for to that which who does do can may will must has have".split())
"""Words behind the noun that is asked for."""
_LENGTHS = frozenset("period duration time timeframe retention".split())
_BEHIND_LENGTH = frozenset("of for in until before after do does is are will that".split()) | {""}
_BEFORE_PLACE = ("DT", "JJ", "NNP", "CC", "PRP$", "POS")
"""Tags of what may stand between a preposition and a place: "from the vendor's US region"."""
_BEFORE_LENGTH = frozenset("within in after for".split())
_WHO = frozenset("person people party individual".split())
_WAYS = frozenset("way manner method procedure means mechanism technique approach process".split())
_GOING_A_WAY = frozenset("follow employ utilize".split())
"""What one does with a way of doing something: "which process do you follow"."""
_DECIDING = frozenset("decides determines governs decide determine govern".split())
_MACHINES = frozenset("server datacenter infrastructure".split())
"""What data is on wherever it is."""
_STANDING = frozenset("in within inside outside located".split())


class Asked(StrEnum):
    """What an answer has to be, as far as it decides whether two questions are one."""

    WHETHER = "whether"
    PLACE = "place"
    DURATION = "duration"
    NUMBER = "number"
    WAY = "way"
    REASON = "reason"
    OPEN = "open"
    """Anything else: the words tell it."""


_READ = {
    Wanted.PLACE: Asked.PLACE,
    Wanted.DURATION: Asked.DURATION,
    Wanted.HOW_MANY: Asked.NUMBER,
}


_BY_FIRST = {
    "where": Asked.PLACE,
    "why": Asked.REASON,
    "who": Asked.OPEN,
    "whom": Asked.OPEN,
    "whose": Asked.OPEN,
}


class Side(StrEnum):
    """How what is asked about lies to a place."""

    IN = "in"
    ONLY_IN = "only in"
    OUT = "out of"
    FROM = "from"
    PARTY = "party"
    """Not the matter lies there but who it is about: customers in Norway."""


@dataclass(frozen=True, slots=True)
class PlaceMeant:
    """A place of a question, and how the matter lies to it."""

    place: str
    """Its id."""
    side: Side


@dataclass(frozen=True, slots=True)
class AmountMeant:
    """A number, duration or date of a question."""

    amount: str
    unit: str
    bound: int
    """1 for at least, -1 for at most, else 0."""


@dataclass(frozen=True, slots=True)
class WordMeant:
    """A content word that no other part of the meaning accounts for."""

    at: int
    """Index in the parse."""
    lemma: str
    is_name: bool = False
    """True for a proper name, which nothing but itself stands for."""
    describes: bool = False
    """True where it describes a noun: "archived copies"."""
    is_verb: bool = False
    owns: bool = False
    """True where it says no more than that data is the customer's."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as it is held against others."""

    parse: Parse
    asked: Asked
    services: frozenset[str]
    places: frozenset[PlaceMeant]
    amounts: frozenset[AmountMeant]
    denied: bool
    reach: frozenset[Reach]
    words: tuple[WordMeant, ...]


@lru_cache(maxsize=4096)
def meaning_of(question: str, gazetteer: Gazetteer) -> Meaning:
    """Read a question, complete in itself; "Describe where …" and statements to confirm too."""
    text = _spelled(question)
    parse = parse_one(text)
    named = service_spans(text)
    places = dict(_places(parse, gazetteer))
    amounts = dict(_amounts(text))
    asked = _asked(parse, text, gazetteer)
    taken = _with_maker(parse, _covered(parse, [(span.start, span.end) for _, span in named]))
    taken |= _covered(parse, places) | _covered(parse, amounts)
    return Meaning(
        parse,
        asked,
        frozenset(name for name, _ in named),
        frozenset(places.values()),
        frozenset(amounts.values()),
        sum(token.text.lower() in _DENYING for token in parse.tokens) % 2 == 1,
        reaches(parse),
        tuple(_words(parse, asked, taken, _covered(parse, places))),
    )


def _spelled(question: str) -> str:
    """Return a question with one spelling for what is written in several ways."""
    text = " ".join(question.split())
    for pattern, said in PHRASES:
        text = pattern.sub(said, text)
    return text


def _asked(parse: Parse, text: str, gazetteer: Gazetteer) -> Asked:
    """Return what is asked for: by the first words where they tell it, else as it is read."""
    words = [token.text.lower() for token in parse.tokens if token.text[0].isalnum()]
    behind = _behind_lead(text)
    if behind:
        words = behind
    opening = next((i for i, word in enumerate(words[:_OPENING]) if word in _QUESTION_WORDS), None)
    if words[1:2] in (["in"], ["at"]) and words[0].removesuffix("s") in PLACE_WORDS:
        words, opening = ["where"], 0  # "Location in which data is stored?"
    if opening and words[opening - 1] in _BEFORE_LENGTH and words[opening + 1 :][:1] == ["time"]:
        return Asked.DURATION
    if opening is not None:
        return _by_opening(words[opening:], text, gazetteer)
    if words[:1] and words[0] in AUXILIARIES:
        return Asked.WHETHER
    if _orders(words):
        return _by_head(words[1:], text, gazetteer)
    no_verb = not any(token.is_verb and token.dep == "ROOT" for token in parse.tokens)
    if no_verb or (words[:1] and words[0].removesuffix("s") in PLACE_WORDS | _LENGTHS):
        return _by_head(words, text, gazetteer)  # "Location of backups?"
    return _by_reading(text, gazetteer)


def _behind_lead(text: str) -> list[str]:
    """Return the words of the question itself, where a case or a topic stands before it: "With
    Intune, where …", "Intune: is …"; empty where none does.
    """
    for lead, rest in _leads(text):
        words = rest.lower().split()
        asks = words[:1] and words[0] in AUXILIARIES | _QUESTION_WORDS
        if lead.split()[0].lower() in _CASES or asks:
            return words
    return []


def _leads(text: str) -> Iterator[tuple[str, str]]:
    for mark in (", ", ": ", " - ", " – "):
        lead, found, rest = text.partition(mark)
        if found and lead.strip():
            yield lead, rest.replace(",", " ")


def _by_opening(words: list[str], text: str, gazetteer: Gazetteer) -> Asked:
    first, behind = words[0], words[1:4]
    if first in _BY_FIRST:
        return _BY_FIRST[first]
    if first == "when":  # "How soon after" asks the same.
        return Asked.DURATION if "after" in text.lower().split() else Asked.OPEN
    if first == "how":
        return _how(behind)
    if behind and behind[0] in _DECIDING:
        return Asked.WAY  # "How is it decided" asks the same.
    if "number" in behind:
        return _how(["many", *words[words.index("number") + 2 :][:2]])
    return _by_head(words[1:], text, gazetteer)


def _orders(words: list[str]) -> bool:
    return next((word for word in words if word != "please"), "") in VERBS_OF_ASKING


def _by_head(behind: list[str], text: str, gazetteer: Gazetteer) -> Asked:
    """Return what is asked for by the noun behind "which", "what is the" or "list the"."""
    near = [*behind[: _OPENING + 2], ""]
    if near[0] == "time":
        return Asked.OPEN  # "At what time" asks when.
    for word, following in pairwise(near):
        singular = "country" if word == "countries" else word.removesuffix("s")
        if word in _WAYS:
            return Asked.WAY
        if singular in PLACE_WORDS:
            return Asked.PLACE
        if singular in _LENGTHS and following in _BEHIND_LENGTH:
            return Asked.DURATION
        if word in _ENDS_HEAD:
            break
    return _by_reading(text, gazetteer)


def _how(behind: list[str]) -> Asked:
    """Return what "how" and the words behind it ask for."""
    if behind[:1] in (["long"], ["quickly"], ["soon"], ["fast"]):
        return Asked.DURATION
    if behind[:1] in (["many"], ["much"]):
        counted = " ".join(behind[1:2]).rstrip("s")
        return Asked.DURATION if counted in TIME_WORDS else Asked.NUMBER
    return Asked.OPEN if behind[:1] in (["often"], ["frequently"]) else Asked.WAY


def _by_reading(text: str, gazetteer: Gazetteer) -> Asked:
    ask = read_ask(text, gazetteer)
    wanted = ask.of if ask.wanted is Wanted.ALL_OF else ask.wanted
    return _READ.get(wanted or ask.wanted, Asked.OPEN)


def _places(parse: Parse, gazetteer: Gazetteer) -> Iterator[tuple[tuple[int, int], PlaceMeant]]:
    for mention in gazetteer.mentions(parse.text):
        inside = parse.at(mention.start, mention.end)
        # "Are" and "Is" are codes of places too.
        if inside and mention.words.lower() not in AUXILIARIES:
            side = _side(parse, inside)
            yield (mention.start, mention.end), PlaceMeant(mention.place.id, side)


def _side(parse: Parse, inside: tuple[int, ...]) -> Side:
    """Return how the matter lies to a place, by the words around it."""
    tokens = parse.tokens
    behind = tokens[inside[-1] + 1 : inside[-1] + 4]
    described = next((one for one in behind if one.tag.startswith("NN")), None)
    joined = behind[:1] != () and behind[0].tag.startswith(("NN", "JJ", "POS"))
    if joined and described is not None and described.lemma in PARTIES:
        return Side.PARTY
    at = inside[0] - 1
    while at >= 0 and tokens[at].tag.startswith(_BEFORE_PLACE):
        at -= 1
    return _side_led(parse, at, behind_all=tokens[inside[-1] + 1 :]) if at >= 0 else Side.IN


def _side_led(parse: Parse, at: int, behind_all: tuple[Token, ...]) -> Side:
    """Return how the matter lies to a place, by the preposition or verb at an index before it."""
    leads, before = parse.tokens[at], parse.tokens[max(0, at - 1)]
    near, comes_from = {leads.text.lower(), before.text.lower()}, leads.text.lower() == "from"
    if near & OUTWARD or leads.lemma in LEAVING:
        return Side.OUT
    if comes_from and before.lemma in EXCLUDING:
        return Side.IN
    is_party = leads.tag in ("IN", "TO") and (
        _is_party(parse, at - 1) or _is_party(parse, leads.head)
    )
    if is_party and not (comes_from and _leads_to(behind_all)):
        return Side.PARTY
    if comes_from:
        return Side.FROM
    return Side.ONLY_IN if near & ONLY else Side.IN


def _leads_to(behind: tuple[Token, ...]) -> bool:
    """Tell whether something goes "to" somewhere, behind where it comes from."""
    return any(one.text.lower() in ("to", "into") for one in behind)


def _is_party(parse: Parse, at: int) -> bool:
    """Tell whether a noun is a party that no other place describes: "citizens", "EU citizens"."""
    described = at > 1 and parse.tokens[at - 1].text[0].isupper()
    return at >= 0 and parse.tokens[at].lemma in PARTIES and not described


def _amounts(text: str) -> Iterator[tuple[tuple[int, int], AmountMeant]]:
    for value in values(text):
        yield (value.start, value.end), AmountMeant(str(value.amount), value.unit, value.bound)
    for date, start, end in dates(text):
        yield (start, end), AmountMeant("-".join(map(str, date)), "date", 0)


def _covered(parse: Parse, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in parse.at(start, end))


def _with_maker(parse: Parse, named: frozenset[int]) -> frozenset[int]:
    """Return the words of services with the names before them: "Microsoft Intune" is Intune."""
    found = set(named)
    for at in range(len(parse.tokens) - 2, -1, -1):
        token = parse.tokens[at]
        if at + 1 in found and token.tag.startswith("NNP") and token.text[0].isupper():
            found.add(at)
    return frozenset(found)


def _words(
    parse: Parse, asked: Asked, taken: frozenset[int], placed: frozenset[int]
) -> Iterator[WordMeant]:
    tokens = parse.tokens
    first = next((i for i, one in enumerate(tokens) if one.text.lower() != "please"), -1)
    for at, token in enumerate(tokens):
        if at in taken or not (_says_something(token) or _asks_within(parse, at)):
            continue
        if at == first and token.lemma in VERBS_OF_ASKING:
            continue
        if asked is Asked.DURATION and (token.lemma in TIME_WORDS or _opens_within(token, at)):
            continue  # "Within how many days" is "how long".
        if at and token.lemma in _WHO and tokens[at - 1].text.lower() in ("which", "what"):
            continue
        if asked is Asked.WAY and _is_way(token):
            continue
        if token.lemma in _MACHINES and _only_stands(parse, at):
            continue
        if token.text.lower() in _OF_PLACES and placed & {at + 1, at + 2, at + 3, at + 4}:
            continue  # It is the side on which the place lies.
        name = at > 0 and bool(_NAME.match(token.text)) and token.tag.startswith("NNP")
        yield WordMeant(
            at,
            _INNER.get(token.text.lower()) or (fold_name(token.text) if name else token.lemma),
            name or token.lemma in ORDINALS,
            _describes(parse, at),
            token.is_verb,
            _is_of_data(parse, at),
        )


def _is_way(token: Token) -> bool:
    is_noun = token.tag.startswith("NN")
    low = token.text.lower()
    return (is_noun and low in _WAYS) or low == "means" or token.lemma in _GOING_A_WAY


def _only_stands(parse: Parse, at: int) -> bool:
    """Tell whether a word only says on what something is that is somewhere: "on servers in"."""
    around = parse.tokens[max(0, at - 1) : at], parse.tokens[at + 1 : at + 2]
    before, behind = ({one.text.lower() for one in some} for some in around)
    return bool(before & {"on", "in"} and behind & _STANDING)


def _opens_within(token: Token, at: int) -> bool:
    return at == 0 and token.text.lower() == "within"


def _asks_within(parse: Parse, at: int) -> bool:
    """Tell whether a question word asks within the question: "who decides where"."""
    token = parse.tokens[at]
    if token.text.lower() not in _INNER or at < _OPENING - 1:
        return False
    return parse.tokens[token.head].dep in ("ccomp", "pcomp", "xcomp", "csubj")


def _describes(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    is_quality = token.tag in ("VBN", "VBG", "JJ") and token.dep in _DESCRIBING
    return is_quality and at < token.head


def _says_something(token: Token) -> bool:
    low = token.text.lower()
    if low in _DENYING or not any(map(str.isalnum, low)):
        return False
    if token.tag == "RP":
        return False
    if token.tag == "IN":
        return low in _SIDES | OUTWARD
    if token.is_verb and token.lemma == "own":
        return True  # "Our own data" says nothing by it, "who owns the data" does.
    return token.tag.startswith(_CONTENT) and low not in EMPTY and token.lemma not in EMPTY


def _is_of_data(parse: Parse, at: int) -> bool:
    """Tell whether a word says whose data it is: "customer data", "data of customers"."""
    token = parse.tokens[at]
    head = parse.tokens[token.head]
    if head.lemma == "of":
        head = parse.tokens[head.head]
    return token.lemma in ("customer", "client") and head.lemma in ("data", "datum", "content")
