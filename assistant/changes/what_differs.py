"""Two wordings of a passage held against each other: in what they differ, if in anything.

Words that both have are set aside, then those that say the same. What is left decides: a place, a
period, a denial, a word of a condition. Where nothing is left, only the wording changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.changes.signs import (
    DENYING,
    HEDGES,
    LEADS,
    MOODS,
    Hedge,
    Mood,
    Side,
    Sign,
    Signs,
    Word,
)
from assistant.changes.types import SEVERITIES, Aspect, Difference
from assistant.changes.word_pairs import deed_of, denies, is_light, is_of_field, same
from assistant.verification.reading.words import stem
from corpus.facts.types import Statement
from corpus.language.terms import WORD

_ACTS = frozenset({"store", "process", "access", "move", "leave"})
"""Deeds that say what becomes of data."""
_Words = tuple[Word, ...]
_LONG = 8
"""Words of a sentence in which one other word may be mere wording."""
_SPEAKER = frozenset("we us our ours it its they their".split())
"""What stands where a company does not name itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """Stems of the words by which statements name their data and their subject."""

    data: frozenset[str]
    subject: frozenset[str]
    speaker: frozenset[str] = frozenset()
    """Of the names of the page's own company and service."""

    @classmethod
    def by(cls, statements: Iterable[Statement], speaker: Iterable[str] = ()) -> Named:
        """Take them from statements, and from the names of those who speak."""
        data: set[str] = set()
        subject: set[str] = set()
        for one in statements:
            data.update(_stems(one.data))
            subject.update(_stems((one.about.name, *one.about.aliases)))
        return cls(frozenset(data), frozenset(subject), frozenset(_stems(speaker)))


def differences(old: Signs, new: Signs, named: Named) -> tuple[Difference, ...]:
    """Return in what two wordings differ, the most severe first; nothing if they say the same."""
    if old.text == new.text:
        return ()
    gone, come = _left(old, new, named), _left(new, old, named)
    found = [
        *_of_places(old, new),
        *_of_amounts(old, new),
        *_of_classes(old, new),
        *_of_denial(old, new, gone, come),
        *_of_words(_weighty(gone, come), _weighty(come, gone), named),
        *_of_leads(old, new),
    ]
    if _is_mere_wording(found, gone, come, len(old.words)):
        found = []
    found = found or list(_of_order(old, new))
    return tuple(sorted(_joined(found), key=lambda one: -SEVERITIES[one.aspect]))


def _stems(names: Iterable[str]) -> Iterator[str]:
    return (stem(found.group()) for name in names for found in WORD.finditer(name))


def _joined(found: Iterable[Difference]) -> list[Difference]:
    """Return differences, those of one aspect together."""
    by_aspect: dict[Aspect, list[Difference]] = {}
    for one in found:
        by_aspect.setdefault(one.aspect, []).append(one)
    return [
        Difference(aspect, _listed(d.old for d in group), _listed(d.new for d in group))
        for aspect, group in by_aspect.items()
    ]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words)))


# Words


def _is_mere_wording(found: Sequence[Difference], gone: _Words, come: _Words, length: int) -> bool:
    """Tell whether all that differs is a word of a long sentence that names nothing of the field:
    "roughly" for "around", "by filing" for "by opening".
    """
    if length < _LONG or any(one.aspect is not Aspect.OTHER for one in found):
        return False
    sides = (_weighty(gone, come), _weighty(come, gone))
    return all(len(side) <= 1 and not any(map(is_of_field, side)) for side in sides)


def _left(one: Signs, other: Signs, named: Named) -> _Words:
    """Return the words of one wording for which the other has none that says the same."""
    parts = {stem(part) for word in other.words for part in word.low.split("-")}
    together = {word.low.replace("-", "") for word in other.words}
    glued = "".join(word.low.replace("-", "") for word in other.words)
    speaks = any(word.low in _SPEAKER for word in other.words)
    return tuple(
        word
        for word in one.words
        if word.stem not in other.stems
        and not (speaks and word.is_name and word.stem in named.speaker)
        and not _is_spelled_otherwise(word.low, parts, together, glued)
        and not any(same(word, candidate) for candidate in other.words)
    )


def _is_spelled_otherwise(
    low: str, parts: Collection[str], together: Collection[str], glued: str
) -> bool:
    """Tell whether a word differs by its hyphens alone: "sub-processor", "data-centre"."""
    if "-" in low and all(stem(part) in parts for part in low.split("-")):
        return True
    bare = low.replace("-", "")
    return bare in together or (len(bare) > 5 and bare in glued)


def _weighty(mine: _Words, theirs: _Words) -> _Words:
    """Return the words that say something, without those that deny or are denied by another."""
    return tuple(
        word for word in mine
        if not is_light(word) and not any(denies(word.low, other.low) for other in theirs)
    )  # fmt: skip


def _of_words(gone: _Words, come: _Words, named: Named) -> Iterator[Difference]:
    """Yield what the words that are left say of."""
    for aspect, words in _by_aspect(gone, named).items():
        yield Difference(aspect, _run(words), "")
    for aspect, words in _by_aspect(come, named).items():
        yield Difference(aspect, "", _run(words))


def _by_aspect(words: _Words, named: Named) -> dict[Aspect, list[Word]]:
    found: dict[Aspect, list[Word]] = {}
    for word in words:
        found.setdefault(_aspect(word, named), []).append(word)
    return found


def _aspect(word: Word, named: Named) -> Aspect:
    if word.in_condition:
        return Aspect.CONDITION
    if word.is_name:
        return Aspect.SUBJECT
    if word.stem in named.data:
        return Aspect.DATA
    if deed_of(word.low) in _ACTS:
        return Aspect.ACT
    return Aspect.SUBJECT if word.stem in named.subject else Aspect.OTHER


def _run(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


# Places and amounts


def _of_places(old: Signs, new: Signs) -> Iterator[Difference]:
    gone, come = _unlike(old.places, new.places), _unlike(new.places, old.places)
    if gone or come:
        yield Difference(Aspect.PLACE, _said(gone), _said(come))


def _unlike(ones: Sequence[Sign], others: Sequence[Sign]) -> list[Sign]:
    """Return the places that the other wording has not, or not on the same side."""
    known = {one.key for one in others}
    named = {_place(one) for one in others}
    moves = {_place(one) for one in ones if _from(one)} != {
        _place(one) for one in others if _from(one)
    }
    several = moves and len(named) > 1 and len({_place(one) for one in ones}) > 1
    return [
        one
        for one in ones
        if one.key not in known and (_place(one) not in named or several or _is_out(one, others))
    ]


def _place(sign: Sign) -> str:
    return sign.key.rpartition(" ")[0]


def _from(sign: Sign) -> bool:
    return sign.key.endswith(f" {Side.FROM}")


def _is_out(one: Sign, others: Iterable[Sign]) -> bool:
    """Tell whether a place is left out in one of two wordings alone."""
    out = one.key.endswith(f" {Side.OUT}")
    same_place = (other for other in others if _place(other) == _place(one))
    return all(out != other.key.endswith(f" {Side.OUT}") for other in same_place)


def _of_amounts(old: Signs, new: Signs) -> Iterator[Difference]:
    before, after = {one.key for one in old.amounts}, {one.key for one in new.amounts}
    gone = [one for one in old.amounts if one.key not in after]
    come = [one for one in new.amounts if one.key not in before]
    for aspect in (Aspect.DURATION, Aspect.DATE, Aspect.NUMBER):
        first = [one for one in gone if one.aspect is aspect]
        second = [one for one in come if one.aspect is aspect]
        if first or second:
            yield Difference(aspect, _said(first), _said(second))


def _said(signs: Iterable[Sign]) -> str:
    return _listed(one.said for one in signs)


# Denial, extent, mood, status, conditions


def _of_classes(old: Signs, new: Signs) -> Iterator[Difference]:
    plain = frozenset({Hedge.ALL})
    extents = (old.hedges ^ new.hedges) - plain
    if extents:
        yield Difference(
            Aspect.EXTENT,
            _of_class(old, HEDGES, extents | plain),
            _of_class(new, HEDGES, extents | plain),
        )
    either = Mood.EITHER in old.moods | new.moods
    moods = (old.moods ^ new.moods) - {Mood.EITHER} - ({Mood.MUST} if either else set())
    if moods:
        yield Difference(
            Aspect.MODALITY, _of_class(old, MOODS, moods), _of_class(new, MOODS, moods)
        )
    standings = old.standings ^ new.standings
    if standings:
        yield Difference(
            Aspect.STATUS,
            _listed(one.value for one in sorted(old.standings & standings)),
            _listed(one.value for one in sorted(new.standings & standings)),
        )


def _of_class(signs: Signs, table: Mapping[str, object], wanted: Collection[object]) -> str:
    return _listed(word.text for word in signs.words if table.get(word.low) in wanted)


def _of_denial(old: Signs, new: Signs, gone: _Words, come: _Words) -> Iterator[Difference]:
    flips = sum(any(denies(one.low, other.low) for other in come) for one in gone)
    if (len(old.denials) - len(new.denials) + flips) % 2:
        yield Difference(Aspect.NEGATION, _denied(old, gone, come), _denied(new, come, gone))
        return
    if Hedge.ONLY in old.hedges & new.hedges:
        return  # "For business use only, not for personal use" is "not …, only …".
    first, second = set(old.denials) - set(new.denials), set(new.denials) - set(old.denials)
    if first and second and first <= new.stems and second <= old.stems:
        yield Difference(Aspect.NEGATION, f"not {_listed(first)}", f"not {_listed(second)}")


def _denied(one: Signs, mine: _Words, theirs: _Words) -> str:
    said = [word.text for word in mine if any(denies(word.low, other.low) for other in theirs)]
    at = [i for i, word in enumerate(one.words) if word.low in DENYING]
    return _listed([*(_run(one.words[i : i + 2]) for i in at), *said])


def _of_leads(old: Signs, new: Signs) -> Iterator[Difference]:
    gone, come = old.leads - new.leads, new.leads - old.leads
    turned = "unless" in gone | come or {"until", "after"} <= gone | come
    if turned:
        yield Difference(Aspect.CONDITION, _of_class(old, LEADS, gone), _of_class(new, LEADS, come))


# Order


def _of_order(old: Signs, new: Signs) -> Iterator[Difference]:
    """Yield places, amounts or names that stand in for each other in one and the same frame."""
    first, second = _Frame.of(old), _Frame.of(new)
    if first.words != second.words or first.slots == second.slots:
        return
    swapped = [
        (one, other) for one, other in zip(first.signs, second.signs, strict=False)
        if one.key != other.key
    ]  # fmt: skip
    aspects = {one.aspect for pair in swapped for one in pair}
    if len(aspects) == 1 and not first.is_list(swapped[0][0], swapped[-1][0]):
        yield Difference(
            aspects.pop(), _said(one for one, _ in swapped), _said(other for _, other in swapped)
        )


@dataclass(frozen=True, slots=True)
class _Frame:
    """A wording as what can stand in for each other, and the words around it."""

    text: str
    words: tuple[str, ...]
    signs: tuple[Sign, ...]

    @classmethod
    def of(cls, signs: Signs) -> _Frame:
        names = [
            Sign(Aspect.SUBJECT, word.low, word.text, word.start, word.start + len(word.text))
            for word in signs.words
            if word.is_name
        ]
        slots = sorted((*signs.places, *signs.amounts, *names), key=lambda one: one.start)
        words = tuple(word.stem for word in signs.words if not word.is_name)
        return cls(signs.text, words, tuple(slots))

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.signs)

    def is_list(self, first: Sign, last: Sign) -> bool:
        """Tell whether no more than "and" and commas stands from one to the other."""
        between = self.text[first.end : last.start]
        for one in self.signs:
            if first.end <= one.start and one.end <= last.start:
                between = between.replace(one.said, "")
        return all(
            found.group().lower() in ("and", "or", "as", "well") for found in WORD.finditer(between)
        )
