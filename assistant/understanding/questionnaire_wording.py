"""Questions in the wording of questionnaires, as a person would put them to an assistant.

A questionnaire calls whoever answers it "the vendor", "the supplier" or "your organization"; the
documents call the same party by its name. It writes "location(s)".
"""

from __future__ import annotations

import re

_PARTY = (
    r"(?:vendor|supplier|provider|service provider|cloud provider|cloud service provider|csp|"
    r"third party|company|organi[sz]ation|solution provider|contractor|processor)"
)
_OWN = re.compile(
    rf"\b(?:the|your) (?:{_PARTY})(?P<owns>['’]s)?(?!\w)(?! (?:that|which|who|of)\b)", re.IGNORECASE
)
"""Who answers a questionnaire, as it calls them."""
_YOU = re.compile(r"\b(?P<aux>do|does|did|can|will|would|may|have) you\b", re.IGNORECASE)
_AUXILIARIES = {"do": "does", "have": "has"}
_OPTIONAL = re.compile(r"\((?:s|es|ies)\)", re.IGNORECASE)


def plain_question(question: str, publisher: str = "") -> str:
    """Return a question of a questionnaire as a plain one.

    `publisher` is who answers it, where that is known: "the vendor" is called so.
    """
    said = _OPTIONAL.sub("s", question.strip())
    if publisher:
        said = _OWN.sub(lambda found: publisher + ("'s" if found["owns"] else ""), said)
        said = _YOU.sub(lambda found: _agreed(found["aux"], publisher), said)
    return said


def _agreed(auxiliary: str, publisher: str) -> str:
    """Return an auxiliary as it stands before a name: "do you" is "does Microsoft"."""
    made = _AUXILIARIES.get(auxiliary.lower(), auxiliary.lower())
    return f"{made.capitalize() if auxiliary[0].isupper() else made} {publisher}"
