"""Names of add-ons, agreements, features and services, as people and documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_INNER_NAME = re.compile(r"(?<=\w )[A-Z][\w-]*")
"""Words with a capital that begin no text: parts of names."""
_LIGHT = frozenset(
    "the a an of for and or in on with your our their its this that my any every all valid active "
    "paid new is are be been has have service services feature features functionality setting "
    "option capability capabilities".split()
)
_BOUGHT = frozenset(
    "add addon addons ons subscription subscriptions licence licences license licenses plan plans "
    "unit units sku".split()
)
_VENDORS = frozenset(
    "microsoft azure aws amazon google gcp sap oracle ibm cloud online platform 365 office".split()
)
_DOING = frozenset(
    "you customer customers who first enable enables enabled activate activated use uses used "
    "using configure configured connect connects turn turned install installed deploy deployed "
    "set not values value it them".split()
)


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """Return the words that make a name, in lower case and without plural endings."""
    words = (word.group().lower() for word in _WORD.finditer(name))
    return frozenset(_singular(word) for word in words if word not in _LIGHT)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def add_on_words(name: str) -> frozenset[str]:
    """Return the words of an add-on's name without vendor and kind of purchase."""
    every = name_words(name)
    return every - _BOUGHT - _VENDORS or every


def initials(name: str) -> str:
    """Return the first letters of the words of a name, in lower case: "adr"."""
    words = [word.group().lower() for word in _WORD.finditer(name)]
    kept = [word for word in words if word not in _BOUGHT and word not in _LIGHT]
    return "".join(word[0] for word in kept) if len(kept) > 1 else ""


def is_add_on(said: str, named: str) -> bool:
    """Tell whether what a profile names is what a document asks for: no wider, no narrower."""
    mine, theirs = add_on_words(said), add_on_words(named)
    if not mine or not theirs:
        return False
    return mine == theirs or said.strip().lower() == initials(named)


def is_feature(said: str, asked: str) -> bool:
    """Tell whether what a profile names covers all that is asked to be on or used."""
    wanted = name_words(asked) - _done(asked)
    own = name_words(said)
    if not wanted or not own:
        return False
    less = wanted - _BOUGHT - _VENDORS or wanted
    return less <= own and own - _VENDORS <= wanted | _VENDORS


def _done(asked: str) -> frozenset[str]:
    """Return the words of what is done: "connect Huddle", and not those of "Huddle Connect"."""
    named = {_singular(word.group().lower()) for word in _INNER_NAME.finditer(asked)}
    return _DOING - named


def is_vendor(name: str) -> bool:
    """Tell whether a name is a large vendor's own, where a service runs: it is not switched on."""
    words = name_words(name)
    return bool(words) and words <= _VENDORS | {"web"}


def is_agreement(said: str, asked: str) -> bool | None:
    """Tell whether an agreement is of the type that is asked for; None where no type is."""
    wanted = name_words(asked) - {"agreement", "term", "addendum", "contract"} - _VENDORS
    if not wanted:
        return None
    return wanted <= name_words(said)


def is_service(said: str, named: Iterable[str]) -> bool:
    """Tell whether what a profile calls a service is one of those names."""
    own = name_words(said)
    few = own - _VENDORS
    for name in named:
        theirs = name_words(name)
        less = theirs - _VENDORS
        if own == theirs or (few and less and (few <= less or less <= few)):
            return True
    return False


def wants_something(asked: str, besides: frozenset[str] = frozenset()) -> bool:
    """Tell whether words name anything that may be on, besides some and what is done with it."""
    return bool(name_words(asked) - _done(asked) - besides)
