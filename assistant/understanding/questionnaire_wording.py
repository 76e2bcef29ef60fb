"""Questions in the wording of questionnaires, as a person would put them to an assistant.

A questionnaire calls whoever answers it "the vendor", "the supplier" or "your organization"; the
documents call the same party by its name. It writes "location(s)".
"""

from __future__ import annotations

import re

from corpus.language.parsing import Parse, parse_one

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
_GOES_ON = re.compile(r"\s(?:countr|region|market|geograph|territor|state)\w*\b", re.IGNORECASE)
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_ARTICLES = frozenset("the a an all our your no every any customer customers data".split())
"""First words of a sentence that are no names."""
_WHETHER = re.compile(
    r"(?:is|are|do|does|can|could|may|might|will|would|must|should|has|have)\b", re.IGNORECASE
)


def plain_question(question: str, publisher: str = "") -> str:
    """Return a question of a questionnaire as a plain one.

    `publisher` is who answers it, where that is known: "the vendor" is called so.
    """
    said = _with_case_first(_as_question(_OPTIONAL.sub("s", question.strip())))
    if publisher:
        said = _OWN.sub(lambda found: publisher + ("'s" if found["owns"] else ""), said)
        said = _YOU.sub(lambda found: _agreed(found["aux"], publisher), said)
    return said


def _as_question(row: str) -> str:
    """Return a row that is to be confirmed, or only says something, as a question for Yes or No."""
    confirmed = _CONFIRM.sub("", row)
    if confirmed == row and not _is_statement(row):
        return row
    said = confirmed.rstrip(" .")
    return said if said.endswith("?") else f"Is it true that {_lower_first(said)}?"


def _is_statement(row: str) -> bool:
    """Tell whether a row is one sentence that says something: its verb is finite and has its
    subject before it; "Describe where …" and "Where …" have not.
    """
    if row.endswith(("?", ":")) or row.rstrip(".").count(". "):
        return False
    parse = parse_one(row)
    return any(
        _is_finite(parse, at) and any(i < at for i in parse.children(at, "nsubj", "nsubjpass"))
        for at in parse.roots()
    ) and not any(token.tag.startswith("W") for token in parse.tokens[:1])


def _is_finite(parse: Parse, at: int) -> bool:
    """Tell whether a verb is finite, by itself or by the auxiliary before it."""
    auxiliaries = parse.children(at, "aux", "auxpass")
    return any(parse.tokens[i].tag in _FINITE for i in (at, *auxiliaries))


def _lower_first(text: str) -> str:
    """Return a sentence that another one goes before: a name keeps its capital."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in _ARTICLES else text


def _with_case_first(question: str) -> str:
    """Return a question for Yes or No with the case that it is asked for before it, as one's own:
    "If our tenant is provisioned in Norway, is mail stored there?".
    """
    found = _CASE.search(question)
    if found is None:
        return question
    rest = f"{question[: found.start()]}{question[found.end() :]}".strip()
    # "In EU Data Boundary countries": the name is a part of a longer one.
    if not _WHETHER.match(rest) or _GOES_ON.match(question[found.end() :]):
        return question
    case = f"If our tenant is {found['how']}in {found['place']}"
    return f"{case}, {rest[0].lower()}{rest[1:]}"


def _agreed(auxiliary: str, publisher: str) -> str:
    """Return an auxiliary as it stands before a name: "do you" is "does Microsoft"."""
    made = _AUXILIARIES.get(auxiliary.lower(), auxiliary.lower())
    return f"{made.capitalize() if auxiliary[0].isupper() else made} {publisher}"
