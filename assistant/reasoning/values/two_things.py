"""The two things that a question sets side by side, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Difference, Said, Side
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import stem, stems
from assistant.reasoning.values.candidate_rank import score
from assistant.reasoning.values.candidates import Candidate, Weighed, around, name_of
from assistant.reasoning.values.passage_said import said
from assistant.reasoning.values.value_types import compares_length
from corpus.language.parsing import Parse, parse_one
from corpus.language.quantities import NUMBERS, TIME_UNITS
from corpus.language.sentences import readable
from corpus.language.signals import DURATION
from corpus.language.terms import STOP_WORDS
from corpus.types import Chunk
from index.types import Hit

_SET_APART = frozenset("than versus vs vs. against from with to".split())
"""Words that set one thing against another, where a comparison is asked for."""
_COMPARING = frozenset("differ difference compare comparison contrast rather versus vs".split())
_NOTHING = frozenset(
    "one two other it them they that those this these what which who where when each both either "
    "thing one's same ones".split()
)
_DAYS = {"second": 0, "minute": 0, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365,
         "decade": 3650}  # fmt: skip
_AGAINST = "{name}: {value}, against {other_value} for {other}."
_PER_SIDE = 45
"""Words that are said of one side."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Thing:
    """One of two things that are set side by side."""

    name: str
    """As the question says it."""
    stems: frozenset[str]
    """Of the words that the other one has not."""


def two_things(ask: Ask, known: Known) -> tuple[Thing, Thing] | None:
    """Return what a question sets side by side; None where it names no two things."""
    for one, other in _pairs(ask, known):
        own, others = _content(one), _content(other)
        apart = own - others, others - own
        # What is kept longer than a year is not set beside the year.
        if all(apart) and not any(map(DURATION.fullmatch, (one, other))):
            return Thing(one, apart[0]), Thing(other, apart[1])
    return None


def _content(phrase: str) -> frozenset[str]:
    kept = (word for word in re.findall(r"[^\W_]+", phrase.lower()) if word not in STOP_WORDS)
    return frozenset(stem(word) for word in kept if word not in _NOTHING)


def _pairs(ask: Ask, known: Known) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that may be meant, the surest first."""
    parse = parse_one(ask.question)
    yield from _coordinated(parse, "or")
    yield from _against(parse)
    if len(ask.places) == 2:
        yield _as_said(ask, 0), _as_said(ask, 1)
    if len(known.scope.documents) > 1 and len(known.scope.names) == 2:
        yield known.scope.names[0], known.scope.names[1]
    yield from _coordinated(parse, "and")


def _as_said(ask: Ask, place: int) -> str:
    words = [asked.words for asked in ask.placed]
    return words[place] if len(words) == 2 else ask.places[place].name


def _coordinated(parse: Parse, by: str) -> Iterator[tuple[str, str]]:
    """Yield nouns that "and" or "or" joins, the later first: what is set side by side ends."""
    for at in reversed(range(len(parse.tokens))):
        token = parse.tokens[at]
        if token.dep == "conj" and token.is_name and parse.tokens[token.head].is_name:
            joined = parse.children(token.head, "cc")
            if any(parse.tokens[i].lemma == by for i in joined):
                yield _phrase(parse, token.head, at), _phrase(parse, at, at)


def _phrase(parse: Parse, head: int, until: int) -> str:
    cut = frozenset(
        i for i in parse.below(head)
        if parse.tokens[i].dep in ("conj", "cc", "relcl", "punct") and i != head
    )  # fmt: skip
    inside = [i for i in parse.below(head, cut) if until == head or i < until]
    return parse.words(inside or [head]).rpartition(": ")[2]


def _against(parse: Parse) -> Iterator[tuple[str, str]]:
    """Yield a noun that a preposition sets against another one before it."""
    if not any(token.lemma in (*_COMPARING, "than") for token in parse.tokens):
        return
    for at, token in enumerate(parse.tokens):
        if token.lemma not in _SET_APART:
            continue
        for noun in parse.children(at, "pobj"):
            before = [
                i for i in range(at)
                if parse.tokens[i].tag.startswith("NN") and parse.tokens[i].dep != "compound"
                and parse.tokens[i].lemma not in _COMPARING
            ]  # fmt: skip
            if before:
                yield _phrase(parse, before[-1], at), _phrase(parse, noun, noun)


def difference(ask: Ask, known: Known, weighed: Weighed) -> Difference | None:
    """Return what is said of each of two things; None where one of them is not found."""
    things = two_things(ask, known)
    chosen = _chosen(things, known, weighed.candidates) if things else None
    if things is None or chosen is None:
        return None
    sides = tuple(
        Side(thing.name, (said(ask, weighed.words, one, known),))
        for thing, one in zip(things, chosen, strict=True)
    )
    if any(len(side.said[0].text.split()) > _PER_SIDE for side in sides):
        return None
    return Difference(sides, same=_same(sides), concluded=_concluded(ask, sides))


def _chosen(
    things: tuple[Thing, Thing], known: Known, candidates: Sequence[Candidate]
) -> tuple[Candidate, Candidate] | None:
    """Return the two passages that together say most of the two things, each of its own."""
    pool = [one for one in candidates if not one.fit.lead and not one.fit.pointing]
    fits = [_fits(thing, other, known, pool) for thing, other in (things, things[::-1])]
    pairs = (
        (scores[0] + scores[1], n, k)
        for n in range(len(pool))
        for k in range(len(pool))
        if n != k
        for scores in [(score(pool[n]) + _APART * fits[0][n], score(pool[k]) + _APART * fits[1][k])]
        if fits[0][n] >= _FITS and fits[1][k] >= _FITS
        and _speaks_of(things[0], pool[n]) and _speaks_of(things[1], pool[k])
    )  # fmt: skip
    best = max(pairs, default=None)
    return None if best is None else (pool[best[1]], pool[best[2]])


_APART = 6.0
"""What a passage is worth for speaking of one thing and not of the other."""
_FITS = 0.12
"""How much nearer to its own thing than to the other one a passage has to be."""


def _fits(thing: Thing, other: Thing, known: Known, pool: Sequence[Candidate]) -> list[float]:
    """Return how much nearer each passage is to a thing than to the other one."""
    own, against = _nearness(thing, known, pool), _nearness(other, known, pool)
    return [mine - theirs for mine, theirs in zip(own, against, strict=True)]


def _speaks_of(thing: Thing, one: Candidate) -> bool:
    """Tell whether a passage, or what stands above it, has a word of a thing's name."""
    said_of = f"{name_of(one.chunk)} {readable(one.chunk.text)} {around(one.chunk)}"
    titles = " ".join(pair.title for pair in one.chunk.pairs)
    return bool(thing.stems & stems(f"{said_of} {titles}"))


def _nearness(thing: Thing, known: Known, pool: Sequence[Candidate]) -> list[float]:
    return _near(thing, known, [one.chunk for one in pool])


def _near(thing: Thing, known: Known, chunks: Sequence[Chunk]) -> list[float]:
    """Return how near each passage is to a thing, by its words and by their vectors."""
    ids = [one.id for one in chunks]
    asked = known.index.encoder.asked(thing.name)
    best = known.index.pieces.best(asked, ids)
    found = []
    for one in chunks:
        row = best.get(one.id, ())
        near = sum(map(float, row)) / len(row) if len(row) else 0.0
        own = stems(f"{name_of(one)} {readable(one.text)}")
        share = len(thing.stems & own) + 0.5 * len(thing.stems & stems(around(one)))
        found.append(near + share / len(thing.stems))
    return found


def apart_of(thing: Thing, other: Thing, known: Known, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits that are nearer to a thing than to the other one, in their order."""
    chunks = [hit.chunk for hit in hits]
    own, against = (_near(one, known, chunks) for one in (thing, other))
    every = zip(hits, own, against, strict=True)
    return tuple(hit for hit, mine, theirs in every if mine - theirs >= _FITS)


def _same(sides: Sequence[Side]) -> bool:
    values = [side.said[0].text.rpartition(": ")[2] for side in sides]
    return values[0] == values[1]


def _concluded(ask: Ask, sides: Sequence[Side]) -> str:
    """Return which of two durations is the longer or the shorter one, where that is asked."""
    longer = compares_length(ask.question)
    if longer is None:
        return ""
    spans = [_duration(side.said) for side in sides]
    first, second = spans
    if first is None or second is None or first[0] == second[0]:
        return ""
    order = sorted(
        zip(spans, sides, strict=True), key=lambda row: row[0] or (0, ""), reverse=longer
    )
    (best, side), (worse, other) = order
    if best is None or worse is None:
        return ""
    return _AGAINST.format(name=side.name, value=best[1], other_value=worse[1], other=other.name)


def _duration(said_of: Sequence[Said]) -> tuple[float, str] | None:
    """Return the only duration that is said, in days and in words; None where there are more."""
    found = [match.group() for one in said_of for match in DURATION.finditer(one.text)]
    if len(set(found)) != 1:
        return None
    words = found[0].lower().replace("-", " ").split()
    unit = next((u for u in TIME_UNITS if words[-1].startswith(u)), "")
    number = _NUMBER.search(found[0])
    amount = float(number.group()) if number else float(NUMBERS.get(words[0], 1))
    return (amount * _DAYS[unit], found[0]) if unit else None
