"""What a text names that could not be told: names of several places, regions that nobody lists."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.places.gazetteer import Gazetteer
from corpus.places.types import Place

_REGION_ID = re.compile(
    r"(?<![\w./-])(?:us|eu|ap|sa|ca|me|af|il|mx|cn|asia|europe|africa|australia|northamerica|"
    r"southamerica)-(?:[a-z]+-){0,3}[a-z]*\d{1,2}(?![\w-])"
)
"""What is built as the id of a cloud region is."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that is left open: no fact takes a place from it."""

    words: str
    may_mean: tuple[str, ...]
    """Names of the places that it may mean; empty where none is known."""
    count: int
    """How often it stands in the text."""


def in_country(place: Place, gazetteer: Gazetteer) -> str:
    """Return a place with its country, which tells places of one name apart."""
    if place.id == f"country:{place.country}":
        return place.name
    return f"{place.name}, {gazetteer.place(f'country:{place.country}').name}"


def unclear(text: str, about: str, gazetteer: Gazetteer) -> tuple[Unclear, ...]:
    """Return the names in a text that are left open, the most frequent first."""
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    known = set[int]()
    for mention in gazetteer.mentions(text, about):
        known.add(mention.start)
        if not mention.is_sure:
            several = (mention.place, *mention.others)
            names = dict.fromkeys(in_country(one, gazetteer) for one in several)
            found[mention.words, tuple(names)] += 1
    for match in _REGION_ID.finditer(text):
        if match.start() not in known:
            found[match[0], ()] += 1
    return tuple(Unclear(words, may, count) for (words, may), count in found.most_common())
