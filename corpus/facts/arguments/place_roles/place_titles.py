"""What the words of a column title or a label tell of the places below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.facts.arguments.place_roles.place_words import DATA_ROLES, PLACE_TITLES, TITLES
from corpus.facts.types import PlaceRole
from corpus.language.word_classes import THINGS, Thing

_WHERE = ("countr", "locat")
_OF_WHOM = {Thing.PARTY: PlaceRole.CUSTOMER, Thing.COMPANY: PlaceRole.SEAT}


def titled(words: str) -> tuple[PlaceRole, ...]:
    """Return the roles that a title can tell, the likeliest first.

    Only what is done with data can be told in one title for several kinds of statement.
    """
    whose = _whose_place(words)
    found = [role for role, starts in TITLES if role is whose or has_word(words, starts)]
    return tuple(r for n, r in enumerate(found) if not n or {found[0], r} <= DATA_ROLES)


def _whose_place(words: str) -> PlaceRole | None:
    """Return the role of where somebody is: "customer country", "provider's location".

    Where a processor is may be where it processes.
    """
    for one, behind in pairwise(words.replace("'s ", " ").split()):
        if behind.startswith(_WHERE) and not one.endswith("processor"):
            role = _OF_WHOM.get(THINGS[one]) if one in THINGS else None
            if role is not None:
                return role
    return None


def is_of_name(title: str) -> bool:
    """Tell whether a column has what something is called: "Target name", and not "Region name"."""
    words = title.lower().split()
    return words[-1:] in (["name"], ["names"]) and not has_word(" ".join(words), PLACE_TITLES)


def has_word(words: str, starts: Sequence[str]) -> bool:
    """Tell whether a word begins with one of `starts`; one of two letters has to be whole."""
    padded = f" {words} "
    return any(f" {one}" in padded if len(one) > 2 else f" {one} " in padded for one in starts)
