"""What an asker says of the own tenant: sign-up country, what was bought, the agreement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.query import Case
from assistant.types import Profile
from corpus.places import Gazetteer, Place, countries

_NOTHING_BOUGHT = re.compile(
    r"\b(?:no|zero|without(?: any)?|not? (?:a )?single|none of the|never bought(?: any)?|"
    r"lack(?:s|ing)?(?: any)?) (?:paid |extra |additional |such |of the )*"
    r"(?:add-?ons?|extras?|upgrades?|options?)\b|"
    r"\b(?:nothing|no extras?) (?:else |extra )?(?:bought|purchased|on top)\b|"
    r"\bplain (?:plan|tenant)\b",
    re.I,
)
_HAS = re.compile(
    r"\b(?:with|have|has|having|bought|purchased|hold|holds|own|on|got|license[ds]? for)\s+"
    r"(?:the |an? |our |valid |full )*(?P<name>[A-Z][\w-]*(?:[ -][A-Z][\w-]*)*) "
    r"(?:add-?on|subscription|licen[cs]e|plan)"
)
_AGREEMENT = re.compile(r"\b(?P<name>Enterprise|Customer|Partner)\s+Agreement\b", re.I)


def case_of(
    question: str, places: Sequence[Place], profile: Profile | None, gazetteer: Gazetteer
) -> Case:
    """Return the asker's case: what the question says goes before what the profile says."""
    profile = profile or Profile()
    said = tuple(m["name"] for m in _HAS.finditer(question))
    nothing = _NOTHING_BOUGHT.search(question) is not None
    agreement = _AGREEMENT.search(question)
    country = next(iter(countries(places, gazetteer)), None)
    if country is None and profile.country:
        country = gazetteer.named(profile.country)
    return Case(
        country=country,
        add_ons=() if nothing else said or profile.add_ons,
        nothing_else=nothing or bool(profile.add_ons and not said),
        agreement=agreement["name"] if agreement else profile.agreement,
    )
