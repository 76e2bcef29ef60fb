"""What a message means by "there": the place that it names before."""

from __future__ import annotations

from corpus.language.parsing import Parse, parse_one
from corpus.language.word_classes import DEEDS, Deed
from corpus.places import Gazetteer

_THERE = "there"
_LEADING = ("IN", "TO")
"""Tags of what leads a place in: "from there"."""


def with_own_places(message: str, gazetteer: Gazetteer) -> str:
    """Return a message with the place that it means in place of "there"; itself where it names
    none before, or several.
    """
    if _THERE not in message.lower():
        return message
    parse = parse_one(message)
    for at in reversed(range(len(parse.tokens))):
        if not _points(parse, at):
            continue
        token = parse.tokens[at]
        named = gazetteer.mentions(message[: token.start])
        places = {one.place.id: one.place.name for one in named}
        if len(places) == 1:
            (name,) = places.values()
            said = f"{_led(parse, at)}{name}"
            message = f"{message[: token.start]}{said}{message[token.end :]}"
    return message


def _points(parse: Parse, at: int) -> bool:
    """Tell whether a word points to a place, and does not only say that something is."""
    token = parse.tokens[at]
    if token.text.lower() != _THERE or token.tag == "EX" or token.dep == "expl":
        return False
    return at > 0 and parse.tokens[at - 1].lemma != "be"


def _led(parse: Parse, at: int) -> str:
    """Return the preposition that a place needs where "there" stood."""
    if parse.tokens[at - 1].tag in _LEADING:
        return ""
    verb = parse.tokens[parse.tokens[at].head].lemma
    return "to " if DEEDS.get(verb) is Deed.MOVE else "in "
