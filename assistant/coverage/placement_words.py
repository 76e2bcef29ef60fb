"""Words that tell where data is from where it is not, and the places that they reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.places import Gazetteer, Mention

OUTSIDE = re.compile(
    r"\b(?:outside|out of|other than|beyond|elsewhere than|leav(?:es?|ing)|rather than|"
    r"instead of|away from|except(?: for| in)?)\b",
    re.I,
)
OUTSIDE_IT = re.compile(
    OUTSIDE.pattern + r"(?:\s+(?:of|the|a|its|their|your|selected|stated|same|chosen))*\s+"
    r"(?:regions?|geos?|geograph\w+|boundar\w+|countr\w+|areas?|locations?|places?)\b",
    re.I,
)
"""Outside of a place that was named before."""
WHOSE = re.compile(
    r"\b(?:customers?|users?|tenants?|organi[sz]ations?|subscribers?|people|employees|companies|"
    r"businesses|schools|members)\b(?:\s+(?:who|that|which|are|is|live|located|based|living|"
    r"resident|residing|provisioned|only))*\s+(?:in|from|of|within)\b",
    re.I,
)
ARE_WHOSE = re.compile(
    r"['’]?s?\s+(?:customers?|users?|tenants?|organi[sz]ations?|subscribers?|employees|"
    r"companies|businesses|schools|members)\b",
    re.I,
)
"""What stands before and behind a place that data comes from."""
_UP_TO_NAME = re.compile(r"(?:\s*\b(?:of|in|the|a|its|their|your|any|all)\b)*\s*", re.I)
_AND_NAME = re.compile(r"[\s,]*(?:\b(?:and|or|nor)\b)?\s*(?:\bthe\b)?\s*", re.I)
LISTED = re.compile(r"(?:[/ -](?!and\b|or\b)\w+)?\s*[({\[:]")
"""What stands between a region and the places in it that a text lists."""
GLOBALLY = re.compile(
    r"\b(?:globally|worldwide|world-wide|around the (?:world|globe)|across the (?:world|globe)|"
    r"anywhere|in (?:any|all) (?:region|countr)\w*)\b",
    re.I,
)
NOT_DATA = re.compile(
    r" (?:cent(?:er|re)s?|boundar\w+|residency|maps?|locations?|protection|privacy)\b", re.I
)
"""What makes the word "data" before it part of another name."""
KEEPING = re.compile(r"\b(?:storage|storing|processing|hosting|replication|residency)\b", re.I)
"""What is not supported in a place, when it is the keeping of data there."""
DATA_LOCATIONS = re.compile(
    r"\bdata ?cent(?:er|re)s?\b|\bat rest\b|\b(?:data|storage|hosting|deployment|processing) "
    r"(?:locations?|regions?|sites?|residency|geograph\w+)\b|"
    r"\b(?:where|location of) (?:\w+ ){0,3}(?:data|content)\b",
    re.I,
)
"""Headings and column titles below which a list of places says where data is."""


def outside_of(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the places that a text names as what something is outside of."""
    starts = [match.end() for match in OUTSIDE.finditer(text)]
    return frozenset(m.place.id for m, outside in reached(text, starts, gazetteer) if outside)


def reached(
    text: str, starts: Iterable[int], gazetteer: Gazetteer
) -> Iterator[tuple[Mention, bool]]:
    """Yield the places that a text names, and whether each follows one of some words.

    A place follows them too when it is joined to one that does: "outside of Oslo and Bergen".
    """
    edges = list(starts)
    for mention in gazetteer.mentions(text):
        follows = any(
            start <= mention.start and joins.fullmatch(text, start, mention.start)
            for start, joins in _edges(edges)
        )
        if follows:
            edges.append(-mention.end)
        yield mention, follows


def _edges(starts: Iterable[int]) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield where a name may follow: a word like "outside", or a name that followed one."""
    for start in starts:
        yield (start, _UP_TO_NAME) if start > 0 else (-start, _AND_NAME)
