"""What is looked at to tell what a passage states: its words, its trees, and what stands around.

A feature is a short string such as `v:store` (a verb), `vp:store:in:<place>` (a verb with what a
preposition adds) or `H:retention` (a word of the heading). Each belongs to a part of the passage
(a proposition, a cell) or to none, so that what is stated can be traced to where it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.facts.arguments.data_categories import is_data
from corpus.facts.arguments.place_roles import titled
from corpus.facts.reading_units import Part, Unit
from corpus.language.parsing import Parse
from corpus.language.propositions import Link, Proposition
from corpus.language.quantities import TIME_UNITS
from corpus.language.signals import DATE, DURATION
from corpus.language.terms import WORD
from corpus.language.word_classes import DEEDS, THINGS
from corpus.types import Span

AROUND = -1
"""Number of the part that features of the surroundings belong to."""
_ANNOUNCING = frozenset({"H", "L", "B", "U"})
"""Surroundings whose words say what places below them are."""
_TIMES = frozenset(TIME_UNITS)
_LONGEST = 6
"""Lengths are told apart up to this many sixties of code points."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that is seen, and where."""

    name: str
    part: int
    """Number of the proposition or cell; `AROUND` for headings, titles and the whole."""
    weight: float = 1.0


def features(unit: Unit, places: Sequence[Sequence[Span]]) -> tuple[Feature, ...]:
    """Return what is seen of a unit; `places` are the place names in each of its parts."""
    found = [*_around(unit)]
    if unit.is_row:
        for number, part in enumerate(unit.parts):
            found.extend(_of_words(part, places[number], partial(_always, number)))
            found.extend(_of_title(part.title, number))
            for proposition in part.propositions:
                found.extend(_of_proposition(proposition, part.parse, places[number], number))
    elif unit.parts:
        before = len(unit.read.text) - len(unit.parts[0].text)
        moved = [Span(one.start + before, one.end + before) for one in places[0]]
        found.extend(_of_prose(unit.read, moved))
    return tuple(found)


def _always(number: int, _index: int) -> int:
    """Return the number of the cell that every word of it belongs to."""
    return number


def _around(unit: Unit) -> Iterator[Feature]:
    yield Feature(f"k:{unit.chunk.kind.value}", AROUND)
    if unit.chunk.record:
        yield Feature("record", AROUND)
    if unit.block.level:
        yield Feature("nested", AROUND)
    if unit.is_row:
        yield Feature(f"cells:{min(len(unit.parts), 4)}", AROUND)
        for word in _words([part.title for part in unit.parts]):
            yield Feature(f"C:{word}", AROUND)
        for word in _words([unit.parts[0].title]):
            yield Feature(f"C0:{word}", AROUND)
    for prefix, texts, weight in (
        ("H", [unit.heading], 1.0), ("P", unit.chunk.path[:-1], 0.5),
        ("L", [unit.chunk.lead_in], 1.0), ("B", [unit.label], 1.0), ("U", unit.under, 1.0),
    ):  # fmt: skip
        for word in _words(texts):
            yield Feature(f"{prefix}:{word}", AROUND, weight)
        if prefix in _ANNOUNCING:
            for role in sorted({role.value for text in texts for role in titled(text.lower())}):
                yield Feature(f"{prefix}r:{role}", AROUND, weight)


def _of_title(title: str, part: int) -> Iterator[Feature]:
    for word in _words([title]):
        yield Feature(f"T:{word}", part)
    for role in titled(title.lower()):
        yield Feature(f"Tr:{role.value}", part)


def _words(texts: Iterable[str]) -> list[str]:
    return sorted({match.group().lower() for text in texts for match in WORD.finditer(text)})


def _of_prose(part: Part, places: Sequence[Span]) -> Iterator[Feature]:
    owners = _owners(part)
    yield from _of_words(part, places, lambda index: owners.get(index, 0))
    yield Feature(f"len:{min(_LONGEST, len(part.text) // 60)}", AROUND)
    if part.text.rstrip().endswith(":"):
        yield Feature("colon", AROUND)
    if "?" in part.text:
        yield Feature("asked", AROUND)
    for number, proposition in enumerate(part.propositions):
        yield from _of_proposition(proposition, part.parse, places, number)


def _owners(part: Part) -> dict[int, int]:
    """Return, by word, the innermost proposition that it belongs to."""
    found: dict[int, int] = {}
    tokens = part.parse.tokens
    for number, proposition in enumerate(part.propositions):
        for index, token in enumerate(tokens):
            if proposition.span.start <= token.start < proposition.span.end:
                found[index] = number
    return found


def _of_words(part: Part, places: Sequence[Span], owner: Callable[[int], int]) -> Iterator[Feature]:
    before = "^"
    for index in range(len(part.parse.tokens)):
        word = _shown(part.parse, index, places)
        if not word.strip():
            continue
        number = owner(index)
        yield Feature(f"w:{word}", number)
        yield Feature(f"2:{before} {word}", number)
        before = word
    for name, pattern in (("duration", DURATION), ("date", DATE)):
        for match in pattern.finditer(part.text):
            inside = part.parse.at(match.start(), match.end())
            yield Feature(f"has:{name}", owner(inside[0]) if inside else AROUND)
    if places:
        yield Feature("has:place", owner(_first(part.parse, places)))


def _first(parse: Parse, places: Sequence[Span]) -> int:
    inside = parse.at(*places[0])
    return inside[0] if inside else 0


def _shown(parse: Parse, index: int, places: Sequence[Span]) -> str:
    """Return a word as features name it: places and numbers are alike."""
    token = parse.tokens[index]
    if any(span.start <= token.start < span.end for span in places):
        return "<place>"
    return "<number>" if token.text[:1].isdigit() else token.lemma


def _of_proposition(
    one: Proposition, parse: Parse, places: Sequence[Span], number: int
) -> Iterator[Feature]:
    verb = _shown(parse, one.verb, places)
    link = one.link.value
    names = [f"v:{verb}", f"v:{verb}:{link}", f"v:{verb}:{'passive' if one.passive else 'active'}"]
    if one.link is Link.MAIN:
        names += [f"root:{verb}", f"tag:{parse.tokens[one.verb].tag}"]
    if one.imperative:
        names.append("order")
    if one.negated:
        names += [f"not:{link}", f"not:{verb}"]
    if one.modal:
        names += [f"md:{one.modal}:{link}", f"md:{one.modal}:{verb}"]
    if one.past:
        names.append(f"past:{link}")
    if one.only:
        names.append("only")
    if one.mark:
        names.append(f"mark:{one.mark}")
    if one.subject:
        subject = _shown(parse, one.subject.head, places)
        names += [f"s:{subject}:{link}", f"s:{subject}:{verb}"]
    for thing in one.objects:
        shown = _shown(parse, thing.head, places)
        names += [f"o:{shown}", f"o:{verb}:{shown}"]
    if one.complement:
        names += [f"c:{_shown(parse, one.complement.head, places)}", "c"]
    for oblique in one.obliques:
        shown = _shown(parse, oblique.phrase.head, places)
        names += [
            f"p:{verb}:{oblique.preposition}", f"pp:{oblique.preposition}:{shown}",
            f"vp:{verb}:{oblique.preposition}:{shown}",
        ]  # fmt: skip
    names.extend(_classes(one, parse, places))
    for name in names:
        yield Feature(name, number)


def _classes(one: Proposition, parse: Parse, places: Sequence[Span]) -> Iterator[str]:
    """Yield what kind of verb it is and what it is said of: words that are seldom have it too."""
    deed = DEEDS.get(one.lemma)
    subject = _class(parse, one.subject.head) if one.subject else ""
    things = {_class(parse, thing.head) for thing in one.objects}
    if subject:
        yield f"sc:{subject}:{one.link.value}"
    if deed is None:
        return
    yield f"d:{deed.value}"
    yield f"d:{deed.value}:{one.link.value}:{'passive' if one.passive else 'active'}"
    if subject:
        yield f"d:{deed.value}:s:{subject}"
    for thing in sorted(things - {""}):
        yield f"d:{deed.value}:o:{thing}"
    if one.negated:
        yield f"d:{deed.value}:not"
    if one.modal:
        yield f"d:{deed.value}:md:{one.modal}"
    for oblique in one.obliques:
        shown = _shown(parse, oblique.phrase.head, places)
        what = shown if shown == "<place>" else _class(parse, oblique.phrase.head)
        if what:
            yield f"d:{deed.value}:{oblique.preposition}:{what}"


def _class(parse: Parse, head: int) -> str:
    """Return what a noun stands for: data, a time, or one of `Thing`; empty for anything else."""
    token = parse.tokens[head]
    if token.lemma in _TIMES:
        return "time"
    if is_data(token):
        return "data"
    thing = THINGS.get(token.lemma)
    return thing.value if thing else ""
