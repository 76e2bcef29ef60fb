"""Numbers of parts: as a question names one, and as a heading or a paragraph begins with one.

A number is read as its places, so that "5.1.", "5.1" and "Section 5.1" are the same, and
"28(3)(a)" is a part of "28(3)", which is one of "28". Annexes are counted apart.
"""

from __future__ import annotations

import re

PartNumber = tuple[str, ...]
"""Places of a number, the outermost first: ("28", "3", "a"), ("annex", "2")."""

_ANNEXES = "annex|appendix|schedule|exhibit"
_CLAUSES = "clause|section|article|paragraph|chapter|sub-?section|sub-?clause|sub-?paragraph"
NOUN = f"(?:{_CLAUSES}|{_ANNEXES})"
"""What parts of an agreement are called."""
_PLACES = r"\d{1,3}[a-z]?(?:\.\d{1,3}[a-z]?)*(?:\s?\([a-z\d]{1,4}\))*"
_OF_ANNEX = r"(?:[ivx]{1,5}|[a-z]|\d{1,2})(?:\.\d{1,3})*"
_NAMED = rf"\b(?:{_CLAUSES})\s+(?P<clause>{_PLACES})|§\s*(?P<sign>{_PLACES})|" + (
    rf"\b(?P<noun>{_ANNEXES})\s+(?P<annex>{_OF_ANNEX})"
)
_ASKED = re.compile(rf"(?:{_NAMED})(?![\w%])", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:under|at)\s+(?P<clause>\d{1,3}(?:\.\d{1,3})+)(?![\w%])", re.IGNORECASE)
"""A number of several places needs no noun."""
_TITLED = re.compile(rf"\W{{0,3}}(?:{_NAMED})(?:[.):]+(?=\s|$)|(?=\W|$))", re.IGNORECASE)
_BARE = re.compile(rf"\W{{0,3}}(?P<clause>{_PLACES}|\([a-z\d]{{1,4}}\))(?P<end>[.):]*)(?:\s|$)")
_LAWS = r"(?:UK[ -])?GDPR|DS-?GVO|RGPD|AI Act|regulation|directive|act|law|code|statute"
_OF_OTHERS = re.compile(
    rf"\s*(?:\([^()]{{1,20}}\)\s*)?(?:(?:of|in)\s+(?:our|my)\b|(?:(?:of|in)\s+)?(?:the\s+)?(?:{_LAWS})\b"
    r"|(?:register|records?|requests?|assessments?|notices?|inventory|agreement|contract|dpa|audit"
    r"|duty|duties|obligations?)\b)",
    re.IGNORECASE,
)
"""What stands behind the number of a law, or of a paper of the asker's own: "our Article 30
register", "Article 28 GDPR", "annex III of our agreement"."""
_OF_OTHERS_BEFORE = re.compile(r"\b(?:our|my|GDPR|DS-?GVO|RGPD)(?:['’]s)?,?\s+$", re.IGNORECASE)
_PLACE = re.compile(r"[a-z\d]+", re.IGNORECASE)


def asked_number(question: str) -> PartNumber:
    """Return the number of the part that a question names; empty where it names none."""
    for found in (*_ASKED.finditer(question), *_UNDER.finditer(question)):
        before, behind = question[: found.start()], question[found.end() :]
        if not (_OF_OTHERS_BEFORE.search(before) or _OF_OTHERS.match(behind)):
            return _number(found)
    return ()


def label(text: str, *, is_heading: bool = False) -> PartNumber:
    """Return the number that a heading or a paragraph begins with; empty where it has none.

    A single number without a mark behind it is the label of a heading, and an amount elsewhere.
    """
    titled = _TITLED.match(text)
    if titled:
        return _number(titled) if is_heading or titled[0][-1] in ".):" else ()
    bare = _BARE.match(text)
    if bare is None:
        return ()
    number = _number(bare)
    is_label = is_heading or bool(bare["end"]) or len(number) > 1 or bare["clause"][0] == "("
    return number if is_label else ()


def is_relative(number: PartNumber) -> bool:
    """Tell whether a label counts within the part around it: "(a)"."""
    return len(number[0]) > 0 and number[0].isalpha() and number[0] not in _ANNEXES.split("|")


def _number(found: re.Match[str]) -> PartNumber:
    said = found.groupdict()
    if said.get("annex"):
        return (said["noun"].lower(), *_places(said["annex"]))
    return _places(said.get("clause") or said.get("sign") or "")


def _places(number: str) -> PartNumber:
    return tuple(one.lower() for one in _PLACE.findall(number))
