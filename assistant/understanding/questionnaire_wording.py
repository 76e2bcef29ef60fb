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


_CONFIRM = re.compile(
    r"^(?:please )?(?:confirm|verify|attest|certify|acknowledge|ensure)(?: that)? (?=\S)",
    re.IGNORECASE,
)
_NAME = r"(?:the )?[A-Z][\w.]*(?: (?:(?:and|of) )?[A-Z][\w.]*)*"
_CASE = re.compile(
    r",? ?\b(?:[Ff]or|[Oo]f|where|if) (?:a |an |the |our )?(?:tenants?|customers?)"
    r"(?: (?:that |which )?(?:is|are|was|were))? "
    rf"(?P<how>provisioned |created |located |based |registered |)in (?P<place>{_NAME}),?"
)
"""The case that something is asked for: "for tenants provisioned in Norway"."""
_WHETHER = re.compile(
    r"(?:is|are|do|does|can|could|may|might|will|would|must|should|has|have)\b", re.IGNORECASE
)


def plain_question(question: str, publisher: str = "") -> str:
    """Return a question of a questionnaire as a plain one.

    `publisher` is who answers it, where that is known: "the vendor" is called so.
    """
    said = _with_case_first(_CONFIRM.sub("Is it true that ", _OPTIONAL.sub("s", question.strip())))
    if publisher:
        said = _OWN.sub(lambda found: publisher + ("'s" if found["owns"] else ""), said)
        said = _YOU.sub(lambda found: _agreed(found["aux"], publisher), said)
    return said


def _with_case_first(question: str) -> str:
    """Return a question for Yes or No with the case that it is asked for before it, as one's own:
    "If our tenant is provisioned in Norway, is mail stored there?".
    """
    found = _CASE.search(question)
    if found is None:
        return question
    rest = f"{question[: found.start()]}{question[found.end() :]}".strip()
    if not _WHETHER.match(rest):
        return question
    case = f"If our tenant is {found['how']}in {found['place']}"
    return f"{case}, {rest[0].lower()}{rest[1:]}"


def _agreed(auxiliary: str, publisher: str) -> str:
    """Return an auxiliary as it stands before a name: "do you" is "does Microsoft"."""
    made = _AUXILIARIES.get(auxiliary.lower(), auxiliary.lower())
    return f"{made.capitalize() if auxiliary[0].isupper() else made} {publisher}"
