"""Short forms that a document makes itself: what "EAC" means is what stands before it in brackets.

A gazetteer knows EAC as a community of states. A document that writes "Exchange admin center (EAC)"
speaks of none, there and wherever it writes EAC again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.places import Place

_BRACKETED = re.compile(r"((?:[\w’'&/.-]+[ \t\n]+){1,10})\(([A-Z][A-Za-z]{1,7})\)")
_SMALL = frozenset({"a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to"})


def own_short_forms(text: str, named: Callable[[str], Place | None]) -> frozenset[str]:
    """Return the short forms that a text introduces for something that is no place.

    `named` returns the place of a name, None where it is none.
    """
    found = (
        (match[2], _long_form(match[1].split(), match[2])) for match in _BRACKETED.finditer(text)
    )
    return frozenset(short for short, long in found if long and named(long) is None)


def _long_form(words: list[str], short: str) -> str:
    """Return the last words whose initials a short form is made of; empty where they are not.

    Small words may give a letter or none: "Union of Concerned Neighbours (UCN)".
    """
    letters, at = short.casefold(), len(short) - 1
    for number in range(len(words) - 1, -1, -1):
        word = words[number].strip(".'’&/-").casefold()
        if word[:1] == letters[at]:
            at -= 1
        elif word not in _SMALL:
            return ""
        if at < 0:
            return " ".join(words[number:])
    return ""
