"""Whose host most links of a page lead to: whoever publishes it, where the page writes the name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_LINK = re.compile(r"https?://([A-Za-z0-9.-]+)")
_FEWEST = 3
"""Links to one host that are no chance."""
_MANY = 5
_LONGEST = 3
"""Words of a name."""
_LETTERS = re.compile(r"[^a-z0-9]")


def most_linked(labels: Sequence[str]) -> str:
    """Return what stands out among the labels of linked hosts, each given as often as it is
    linked; empty where nothing does.
    """
    best, number = next(iter(Counter(labels).most_common(1)), ("", 0))
    return best if number >= _FEWEST and 2 * number > len(labels) else ""


def leads_to_one(labels: Sequence[str]) -> bool:
    """Tell whether all of many links lead to one host, whose name need not be written."""
    return len(labels) >= _MANY and len(set(labels)) == 1


def hosts_linked(text: str) -> Iterator[str]:
    """Yield the host of each link in a text."""
    return (match[1].lower().strip(".") for match in _LINK.finditer(text))


def as_written(label: str, phrases: Iterable[str]) -> str:
    """Return how phrases of a page spell the label of a host: "Tern Mail" for "ternmail"."""
    spelt: Counter[str] = Counter()
    for phrase in phrases:
        words = phrase.split()
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                name = " ".join(words[start:end])
                spelt[name] += _LETTERS.sub("", name.lower()) == label
    best, number = next(iter(spelt.most_common(1)), ("", 0))
    return best if number else ""
