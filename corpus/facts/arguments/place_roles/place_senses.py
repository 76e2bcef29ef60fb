"""What else than where data is a place can be: a part of a name, an address, an example."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts.arguments.data_categories import DATA
from corpus.language.parsing import Parse
from corpus.language.word_classes import THINGS, Thing

_EXAMPLES = frozenset({"example", "e.g.", "eg", "suppose", "assume", "instance"})
"""Words near the start of a sentence that makes something up."""
_NEAR_START = 4
_INSTANCE = 5
"""Words before a place among which an example is announced."""
_TELLING = frozenset({Thing.SITE, Thing.PARTY, Thing.COMPANY, Thing.STAFF, Thing.TRANSFER})
"""What a noun can be for the place before it to say something: "EU regions", "UK customers"."""
_GROUNDS = frozenset(
    "area border continent country endpoint environment ground host jurisdiction land "
    "network node province space state system territory".split()
)
"""Nouns that leave a place before them what it is: "on Swiss soil", "EU member states"."""
_NUMBERED = re.compile(r"^\)?[\s(]*(?:[Nn][or]\.?[\s°]*)?\d{2,4}/\d{1,4}\b")
"""What follows a place in the number of a law."""
_OFFICES = frozenset("address court headquarter headquarters office register seat".split())
_REGISTERS = frozenset("company court number office register registry".split())
"""Nouns of where companies are written down, and of where they can be met."""
_HOLDING = frozenset(
    "center centre cluster datacenter facility hosting infrastructure processing "
    "retention server storage".split()
)
"""Nouns of what holds data or works on it."""


def is_made_up(parse: Parse) -> bool:
    """Tell whether a sentence says at its start that it makes something up."""
    return any(token.lemma in _EXAMPLES for token in parse.tokens[:_NEAR_START])


def is_instance(parse: Parse, index: int) -> bool:
    """Tell whether a place is given as an example in brackets: "(for example, Oslo)"."""
    before = parse.tokens[max(0, index - _INSTANCE) : index]
    return any(token.lemma in _EXAMPLES for token in before)


def is_part_of_name(parse: Parse, words: Sequence[int]) -> bool:
    """Tell whether a place is a part of what something else is called, or its origin.

    "US CLOUD Act", "(EU) 2016/679", "a US cloud", "a US reservation".
    """
    if _NUMBERED.match(parse.text[parse.tokens[words[-1]].end :].lstrip()):
        return True
    index = words[0]
    while parse.tokens[index].dep in ("compound", "amod", "nmod", "pobj", "prep", "poss"):
        head, before = parse.tokens[index].head, parse.tokens[index].dep
        token = parse.tokens[head]
        if token.dep == "ROOT" and not token.is_name:
            return False
        if before in ("compound", "amod", "nmod"):
            thing = THINGS.get(token.lemma)
            if token.tag in ("NNP", "NNPS") and thing is not Thing.SITE:
                return True
            if token.tag in ("NN", "NNS") and not _takes_place(_last_lemma(parse, head)):
                return True
        if THINGS.get(token.lemma) is Thing.LAW:
            return True
        index = head
    return False


def _last_lemma(parse: Parse, noun: int) -> str:
    """Return the base form of a noun, or of what it is joined to by hyphens: "multi-region"."""
    tokens = parse.tokens
    while noun + 2 < len(tokens) and tokens[noun + 1].text == "-":
        noun += 2
    return tokens[noun].lemma


def _takes_place(lemma: str) -> bool:
    """Tell whether a noun after a place is somewhere, so that "EU servers" are in the EU.

    Whose a cloud is does not tell where it is.
    """
    if lemma == "cloud":
        return False
    return lemma in _GROUNDS or holds_data(lemma) or THINGS.get(lemma) in _TELLING


def is_office(parse: Parse, index: int) -> bool:
    """Tell whether a place stands in an address: "with its registered office at …"."""
    above = tuple(parse.above(index))
    verbs = (n for n, i in enumerate(above) if parse.tokens[i].is_verb)
    at = next(verbs, len(above))
    if any(parse.tokens[i].lemma in _OFFICES for i in above[:at]):
        return True
    registered = at < len(above) and parse.tokens[above[at]].lemma == "register"
    return registered and any(
        parse.tokens[i].lemma.lower() in _REGISTERS for i in parse.below(above[at])
    )


def holds_data(lemma: str) -> bool:
    """Tell whether a noun is data, a copy of it, or what holds it."""
    return lemma in _HOLDING or lemma in DATA or THINGS.get(lemma) is Thing.COPY
