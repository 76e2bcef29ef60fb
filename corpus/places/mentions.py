"""Reads the places that a text names, and decides by what stands around them which are meant.

First every run of words that is some name is taken, the longest where several fit. Then each is
looked at beside its neighbours: a container that follows or goes before ("Cambridge,
Massachusetts", "Canada (Toronto)") decides between places of one name and makes a place of a word
that is one seldom; a company, a person, a heading or an adjective is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.places import context
from corpus.places.compile import COUNTRY, STATE, VENDORS, Weight
from corpus.places.context import Token
from corpus.places.names import fold_word
from corpus.places.types import Mention, Place

_LONGEST = 8
"""Words of a name at most."""
_BETWEEN = re.compile(r"[ \u00a0-]|, | ?\(|\) | - | – |/")
"""What may stand between the words of one name: 'Korea, Republic of', 'Europe (Milan)'."""
_CONTAINER_AFTER = re.compile(r",? \(|, | in | ?/ ?| [-–—] |: ")
_CONTAINER_BEFORE = re.compile(r" ?\(|: | ?[-–—/] ?|, |'s |’s |\) ?")
_LISTED = re.compile(
    r" ?(?:,|;|/|\||&|•|·|\+)(?: and| or)? ?| (?:and|or|to|nor|plus) |\) ?(?:,|and|or)? ?|\), \("
)
_SURE_FROM = 4
"""Times more people from which the larger of two cities of one name is meant."""
_LARGE = 100_000
"""People of a city whose name alone is one."""
_KNOWN = 400_000
"""People of a city that is one at the beginning of a sentence too."""
_CODED = Weight.PROVINCE - 1
_ZONE = re.compile(r"\d[a-f]$")
"""End of the id of an availability zone, within its region."""


class Candidate(NamedTuple):
    """A place that a name may mean."""

    place: str
    weight: int
    how: str
    """As in `Called`."""

    @property
    def is_city(self) -> bool:
        """Whether it is a city."""
        return self.place.startswith("city:")

    @property
    def is_region(self) -> bool:
        """Whether it is a cloud region."""
        return self.place.startswith("region:")

    @property
    def vendor(self) -> str:
        """Key of a region's vendor."""
        return self.place.removeprefix("region:").partition("/")[0]


@dataclass(frozen=True, slots=True)
class _Found:
    """A run of words that is some name."""

    start: int
    end: int
    first: int
    """Its first token; -1 for a code."""
    last: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its words and the names found in it."""

    text: str
    tokens: Sequence[Token]
    found: Sequence[_Found]

    def shown(self, one: _Found) -> str:
        return self.text[one.start : one.end]

    def following(self, one: _Found) -> Token | None:
        at = one.last + 1
        return self.tokens[at] if 0 < at < len(self.tokens) else None

    def previous(self, one: _Found) -> Token | None:
        return self.tokens[one.first - 1] if one.first > 0 else None

    def gap(self, at: int) -> str:
        """Return what stands between a name and the one after it."""
        return self.text[self.found[at].end : self.found[at + 1].start]


Look = Callable[[Iterable[str]], dict[str, tuple[Candidate, ...]]]


class Reader:
    """Reads texts by what a gazetteer knows."""

    def __init__(self, look: Look, place: Callable[[str], Place]) -> None:
        self._look = look
        self._place = place

    def mentions(self, text: str, about: str = "") -> tuple[Mention, ...]:
        """Return the places that a text names, in order."""
        tokens = context.tokens(text)
        if not tokens:
            return ()
        found = [*self._codes(text), *self._names(text, tokens, about)]
        taken: list[_Found] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not taken or one.start >= taken[-1].end:
                taken.append(one)
        return self._decided(_Read(text, tokens, taken))

    # --- What could be a name

    def _names(self, text: str, tokens: Sequence[Token], about: str) -> Iterator[_Found]:
        runs = list(_runs(text, tokens))
        known = self._look({key for _, _, key in runs})
        vendors = self._vendors(f"{text}\n{about}", known)
        at = -1
        for first, last, key in runs:
            if first <= at or key not in known:
                continue
            start = tokens[first].start
            end = context.closed(text, start, context.end_of(tokens[last]))
            shown = text[start:end]
            viewed = [one for one in known[key] if _is_in_view(one, vendors, shown)]
            fitting = _spelt(shown, viewed, text, start, alone=len(tokens) <= 3)
            fitting = tuple(one for one in fitting if one.vendor in vendors) or fitting
            if not fitting or context.is_phrase(text, start, end):
                continue
            typed = fitting[0].is_region and any(map(str.isdigit, shown))
            if typed or not context.is_typed(text, start, end):
                yield _Found(start, end, first, last, fitting)
                at = last

    def _vendors(self, text: str, known: dict[str, tuple[Candidate, ...]]) -> frozenset[str]:
        """Return the vendors that a text names, where it has a name of some region at all."""
        if not any(one.is_region for rows in known.values() for one in rows):
            return frozenset()
        folded = f" {' '.join(token.folded for token in context.tokens(text))} "
        rows = self._look([VENDORS]).get(VENDORS, ())
        return frozenset(
            one.place.removeprefix("vendor:").partition(":")[0]
            for one in rows
            if f" {one.how} " in folded
        )

    def _codes(self, text: str) -> Iterator[_Found]:
        spots = context.codes(text)
        divisions = tuple(f"{STATE} {country}" for country in ("US", "CA", "AU"))
        systems = [(*divisions, COUNTRY) if one.is_division else (COUNTRY,) for one in spots]
        keys = [
            [fold_word(f"{system} {one.code}") for system in which]
            for one, which in zip(spots, systems, strict=True)
        ]
        known = self._look({key for row in keys for key in row})
        for one, row in zip(spots, keys, strict=True):
            candidates = tuple(found for key in row for found in known.get(key, ()))
            if one.is_division:
                # After a city and a comma, a division comes to mind before a country.
                candidates = tuple(c._replace(weight=min(c.weight, _CODED)) for c in candidates)
            if candidates:
                yield _Found(one.start, one.start + len(one.code), -1, -1, candidates)

    # --- Which of them is meant

    def _decided(self, read: _Read) -> tuple[Mention, ...]:
        kept: list[tuple[_Found, tuple[Candidate, ...]]] = []
        doubtful: list[_Found] = []
        for at, one in enumerate(read.found):
            beside = self._beside(read, at)
            if beside:
                kept.append((one, beside))
            elif self._is_elsewhere(read, at):
                continue
            elif self._stands(read, at):
                kept.append((one, one.candidates))
            elif one.candidates[0].is_city and not context.is_seldom(read.shown(one)):
                doubtful.append(one)
        kept = sorted(
            [*kept, *self._supported(read, kept, doubtful)], key=lambda pair: pair[0].start
        )
        kept = [pair for at, pair in enumerate(kept) if not self._is_denied(read.text, kept, at)]
        sure = {
            self._country(candidates[0])
            for _, candidates in kept
            if len({self._country(c) for c in candidates}) == 1
        } - {""}
        return tuple(self._mention(read, one, candidates, sure) for one, candidates in kept)

    def _supported(
        self,
        read: _Read,
        kept: Sequence[tuple[_Found, tuple[Candidate, ...]]],
        doubtful: Sequence[_Found],
    ) -> Iterator[tuple[_Found, tuple[Candidate, ...]]]:
        """Yield small cities whose country the text names elsewhere, and that end a name there."""
        named = {self._country(candidates[0]) for _, candidates in kept} - {""}
        for one in doubtful:
            inside = tuple(c for c in one.candidates if self._country(c) in named)
            closes = context.ends_after(read.text, one.end)
            if inside and closes and not context.starts_sentence(read.text, one.start):
                yield one, inside

    def _country(self, candidate: Candidate) -> str:
        return self._place(candidate.place).country

    def _beside(self, read: _Read, at: int) -> tuple[Candidate, ...]:
        """Return the candidates that a neighbour bears out: one lies in the other."""
        one = read.found[at]
        after = read.found[at + 1] if at + 1 < len(read.found) else None
        before = read.found[at - 1] if at else None
        follows = after is not None and _CONTAINER_AFTER.fullmatch(read.gap(at)) is not None
        leads = before is not None and _CONTAINER_BEFORE.fullmatch(read.gap(at - 1)) is not None
        holds = before is not None and _CONTAINER_AFTER.fullmatch(read.gap(at - 1)) is not None
        opens = after is not None and _CONTAINER_BEFORE.fullmatch(read.gap(at)) is not None
        return (
            (self._lying(one, after) if after and follows else ())
            or (self._lying(one, before) if before and leads else ())
            or (self._around(before, one) if before and holds else ())
            or (self._around(after, one) if after and opens else ())
        )

    def _lying(self, one: _Found, container: _Found) -> tuple[Candidate, ...]:
        """Return the candidates that lie in what a neighbour may mean."""
        outer = {c.place for c in container.candidates if not c.is_city}
        # A region of a vendor is where its country is.
        outer |= {f"country:{self._country(c)}" for c in container.candidates if c.is_region}
        found = {
            c: outer.intersection(self._place(c.place).within)
            for c in one.candidates
            if not c.place.startswith("country:")
        }
        narrow = [
            c
            for c, ids in found.items()
            if any(i.startswith(("country:", "province:")) for i in ids)
        ]
        return tuple(narrow or [c for c, ids in found.items() if ids])

    def _around(self, inner: _Found, outer: _Found) -> tuple[Candidate, ...]:
        """Return the candidate that contains a neighbour: of 'Georgia', that of Atlanta."""
        within = {id_ for c in inner.candidates for id_ in self._place(c.place).within}
        found = [c for c in outer.candidates if c.place in within and not c.is_city]
        # The division that a city lies in, before the country of the same name.
        return tuple(sorted(found, key=lambda c: not c.place.startswith("province:")))[:1]

    def _is_elsewhere(self, read: _Read, at: int) -> bool:
        """Tell whether a division or country follows in which no city of that name is known: the
        one that is meant is too small to be listed, and is not the one that is.
        """
        one = read.found[at]
        if at + 1 == len(read.found) or read.gap(at) != ", ":
            return False
        outer = read.found[at + 1].candidates
        smaller = one.candidates[0].weight < Weight.COUNTRY and any(
            c.is_city for c in one.candidates
        )
        if not smaller or outer[0].is_city or outer[0].place.startswith("group:"):
            return False
        larger = {self._country(c) for c in outer if not c.is_city}
        if larger & {self._country(c) for c in one.candidates}:
            return False
        in_row = (at and read.gap(at - 1) == ", ") or (
            at + 2 < len(read.found) and read.gap(at + 1) == ", "
        )
        division = outer[0].place.startswith("province:")
        return division or not in_row

    def _is_denied(
        self, text: str, kept: Sequence[tuple[_Found, tuple[Candidate, ...]]], at: int
    ) -> bool:
        """Tell whether a text says in brackets that a vendor's region is in another country."""
        one, candidates = kept[at]
        if candidates[0].how != "vendor" or at + 1 == len(kept):
            return False
        following, said = kept[at + 1]
        if text[one.end : following.start] != " (":
            return False
        return self._country(candidates[0]) not in {self._country(c) for c in said}

    def _stands(self, read: _Read, at: int) -> bool:
        """Tell whether a name alone, without a container, is meant as a place."""
        one = read.found[at]
        if one.first < 0:
            return _code_stands(read, at)
        longer = _goes_on(read, at)
        if _is_something_else(read, one, longer=longer):
            return False
        if context.is_shared(read.shown(one)):
            return _is_union(read, at)
        if one.candidates[0].how == "demonym" or one.candidates[0].weight >= Weight.COUNTRY:
            return True
        return _smaller_stands(read, at, longer=longer)

    def _mention(
        self, read: _Read, one: _Found, candidates: Sequence[Candidate], sure: set[str]
    ) -> Mention:
        ranked = sorted(candidates, key=lambda c: -c.weight)
        either = fold_word(read.shown(one)) in context.words()["either"]
        if ranked[0].weight < Weight.COUNTRY or either:
            near = [c for c in ranked if self._country(c) in sure]
            if len({self._country(c) for c in near}) == 1:
                ranked = near
        best = _city_of(ranked)
        place = self._place(best.place)
        others = tuple(
            self._place(c.place)
            for c in ranked
            if c is not best and (either or _rivals(best, c)) and self._country(c) != place.country
        )
        return Mention(place, one.start, one.end, read.shown(one), others)


def _goes_on(read: _Read, at: int) -> bool:
    """Tell whether a capitalised word, and no other place, makes a longer name of a name."""
    one = read.found[at]
    after = read.found[at + 1] if at + 1 < len(read.found) else None
    known = after is not None and after.first == one.last + 1
    if after is not None and known and after.candidates[0].weight >= _LARGE:
        return False
    return context.goes_on(read.text, read.following(one), one.end)


def _is_something_else(read: _Read, one: _Found, *, longer: bool) -> bool:
    """Tell whether a name is that of a company, a person, a law, a language or a currency."""
    best, text = one.candidates[0], read.text
    before = read.tokens[max(0, one.first - 1) : one.first]
    is_adjective = best.how == "demonym" and (
        context.is_language(text, one.start, one.end) or context.is_verb(text, one.start, one.end)
    )
    return (
        is_adjective
        or context.is_money(text, one.end)
        or context.is_persons_name(text, one.start)
        or context.is_size(text, one.start, one.end)
        or context.in_company(text, read.following(one), one.start, one.end)
        or (best.weight < Weight.REGION and context.is_law(text, one.end))
        or context.is_person(text, before, one.start, one.end, longer=longer)
    )


def _is_union(read: _Read, at: int) -> bool:
    """Tell whether initials that mean other things too are those of a union of countries here."""
    one = read.found[at]
    previous, following = read.previous(one), read.following(one)
    before = read.tokens[one.first - 2] if one.first > 1 else None
    led = context.is_led(read.text, previous, one.start) or (
        previous is not None
        and previous.folded == "the"
        and context.is_led(read.text, before, previous.start)
    )
    is_last = following is None or context.ends_after(read.text, one.end)
    of_countries = following is not None and following.folded in context.words()["of_countries"]
    return of_countries or (led and is_last) or _is_listed(read, at)


def _smaller_stands(read: _Read, at: int, *, longer: bool) -> bool:
    """Tell whether a city's or a division's name alone is meant as one."""
    one = read.found[at]
    best, text, shown = one.candidates[0], read.text, read.shown(one)
    previous = read.previous(one)
    led = context.is_led(text, previous, one.start)
    if context.is_seldom(shown):
        return led and (_is_listed(read, at) or (shown[:1].isupper() and best.weight >= _KNOWN))
    if context.is_determined(text, previous, one.start):
        following = read.following(one)
        facility = following is not None and following.folded in context.words()["facilities"]
        return not longer and best.weight >= (_LARGE if facility else Weight.PROVINCE)
    if longer or led:
        return led
    return (
        (best.how == "name" and (best.weight >= _KNOWN or one.last > one.first))
        or _is_listed(read, at)
        or context.is_value(text, one.start, one.end)
        or len(read.tokens) <= one.last - one.first + 2
        or (_is_plain(one) and not context.starts_sentence(text, one.start))
    )


def _is_plain(one: _Found) -> bool:
    """Tell whether a name is a large city's, or that of divisions of one country alone."""
    countries = {c.place.partition(":")[2][:2] for c in one.candidates}
    divisions = all(c.place.startswith("province:") for c in one.candidates)
    best = one.candidates[0]
    return best.how == "name" and (best.weight >= _LARGE or (divisions and len(countries) == 1))


def _is_listed(read: _Read, at: int) -> bool:
    """Tell whether a name stands in a row with another that is one without doubt."""
    beside = []
    if at:
        beside.append((read.found[at - 1], read.gap(at - 1)))
    if at + 1 < len(read.found):
        beside.append((read.found[at + 1], read.gap(at)))
    return any(
        _LISTED.fullmatch(gap)
        and other.first >= 0
        and other.candidates[0].weight >= _LARGE
        and not context.is_seldom(read.shown(other))
        for other, gap in beside
    )


def _code_stands(read: _Read, at: int) -> bool:
    """Tell whether a code that no city bears out is one: a word of English is not."""
    one, text = read.found[at], read.text
    code = read.shown(one)
    if context.is_bracketed(text, one.start):
        # What stands before is of that country, or the brackets hold an abbreviation.
        return bool(at and read.found[at - 1].end + 2 == one.start)
    if context.is_quoted(text, one.start, one.end) or context.row_of_codes(text, one.start):
        return True
    return code not in context.CODE_WORDS and context.ends_after(text, one.end)


def _city_of(ranked: Sequence[Candidate]) -> Candidate:
    """Return the likeliest candidate: of a division and the large city it is called after, the
    city, which is what regions and lists mean by Tokyo or São Paulo.
    """
    best = ranked[0]
    if best.place.startswith("province:") and not best.place.startswith("province:US"):
        for one in ranked[1:]:
            if one.is_city and one.how == "name" and one.weight >= _KNOWN:
                return one
    return best


def _rivals(best: Candidate, other: Candidate) -> bool:
    """Tell whether another place of the same name may be meant as well as the likeliest."""
    if best.is_region or best.weight >= Weight.COUNTRY or other.how in ("alternate", "vendor"):
        return False
    return other.weight * _SURE_FROM > best.weight


def _is_in_view(one: Candidate, vendors: frozenset[str], shown: str) -> bool:
    """Tell whether a name may be read: that of a region by its vendor, or where no other vendor
    is in view.
    """
    if one.how == "code":
        return False
    if not one.is_region or one.vendor in vendors:
        return True
    return one.how != "vendor" and (not vendors or any(map(str.isdigit, shown)))


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield runs of tokens with their folded words: by their first token, the longest first."""
    bare = [fold_word(context.bare(token)) for token in tokens]
    joined = [
        bool(_BETWEEN.fullmatch(text[before.end : token.start]))
        for before, token in pairwise(tokens)
    ]  # fmt: skip
    for first in range(len(tokens)):
        ends = [first]
        for last in range(first + 1, min(first + _LONGEST, len(tokens))):
            if not joined[last - 1]:
                break
            ends.append(last)
        for last in reversed(ends):
            said = [tokens[n].folded for n in range(first, last + 1)]
            shorter = bare[last]
            if shorter != said[-1]:
                yield first, last, " ".join(filter(None, (*said[:-1], shorter)))
            yield first, last, " ".join(filter(None, said))
            if _ZONE.search(said[-1]):
                yield first, last, " ".join(filter(None, (*said[:-1], said[-1][:-1])))


_NEVER = frozenset("it in no me is at be de or so to my id".split())
_UNITS = frozenset("gb kg mg ml mm cm ms ps".split())
"""Codes of countries that are units after a number."""
_NUMBER = re.compile(r"\d\s?$")


def _spelt(
    shown: str, candidates: Sequence[Candidate], text: str, start: int, *, alone: bool
) -> tuple[Candidate, ...]:
    """Return the candidates whose names may be written in this way: capitals tell much."""
    plain = shown.lower().rstrip(".").replace(".", "")
    if plain in _NEVER or (plain == "us" and not _is_country_us(shown, text, start)):
        return ()
    if plain in _UNITS and _NUMBER.search(text, max(0, start - 2), start):
        return ()
    if not shown[0].isalpha() or shown[0].isupper():
        if shown.isupper() and len(shown) <= 4:
            # Short capitals are codes and abbreviations: those that are names are listed as such.
            return tuple(c for c in candidates if c.weight >= Weight.COUNTRY)
        return tuple(candidates)
    if plain in context.words()["lower_case_words"]:
        return ()
    led = context.led_in_lower_case(text, start)
    return tuple(
        c
        for c in candidates
        if c.weight >= Weight.COUNTRY or ((led or alone) and c.how == "name" and c.weight >= _LARGE)
    )


def _is_country_us(shown: str, text: str, start: int) -> bool:
    """Tell whether 'us' is the country: a pronoun in capitals stands among other capitals."""
    before = text[max(0, start - 24) : start]
    if not shown.replace(".", "").isupper():
        return before.lower().endswith("the ")
    shouted = re.search(r"\b([A-Z]{3,}) $", before)
    return shouted is None or shouted[1] in ("THE", "AND", "NON", "FOR") or "." in shown
