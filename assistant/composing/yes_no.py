"""The first word of an answer to a yes-or-no question: Yes, No or It depends; pure.

Only where the question asks whether something is possible and the sentence that decides grants or
denies it outright; in doubt there is no lead, and the sentence speaks for itself. `verify` derives
it again from the cited sentence.
"""

from __future__ import annotations

import re

from assistant import wording
from assistant.query import Query, QuestionType
from corpus.language.terms import query_terms

_STEM = 4
"""Letters that two words share when they are forms of one."""
_SHARED = 0.3
"""Least share of the question's words in a sentence that grants something: what is granted is
often something else, what is denied outright is seldom."""
_ASKS_WHETHER_POSSIBLE = re.compile(
    r"(?:^|[.;:,!?–-]\s+|\b(?:and|but|so|or|whether|if)\s+)"
    r"(?:can|could|may|might|will|would)\s+(?:i|we|you|they|he|she|it|a|an|the|our|my|their|one|"
    r"any\w*|some\w*|that|this|these|those|[A-Z]\w*)\b|"
    r"\b(?:possible|supported|support|available|allowed|permitted|able to|works?)\b",
    re.I,
)
_ALTERNATIVE = re.compile(r"\bor\b(?! not\b)", re.I)
_TURNED = re.compile(
    r"\b(?:not|never|no|none|cannot|without|nor|only|forbid\w*|prohibit\w*|block\w*|stop\w*|"
    r"avoid\w*|prevent\w*|refus\w*|unable|impossible|instead)\b|n['’]t\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:can(?:no|['’])t|can not|may not|could not|must not|unable to|impossible)\b|"
    r"\b(?:is|are|do|does|will)(?:n['’]t| not)(?: yet| currently)?(?: be)? "
    r"(?:support|possib|avail|allow|permit|able)\w*|\bunsupported\b|"
    r"\bnot (?:yet )?(?:supported|possible|available)\b|\bno way\b",
    re.I,
)
_GRANTS = re.compile(
    r"\b(?:can|may) (?:be |also |now |then |still |\w+ly )*[a-z]+|"
    r"\b(?:is|are) (?:also |now |fully )*(?:supported|possible|available|allowed|permitted|able)\b|"
    r"\b(?:supports?|allows?|lets?|enables?)\b",
    re.I,
)
_LIMITED = re.compile(
    r"\b(?:if|unless|when|only|except|provided|as long as|depend\w*|once|after|before|until|with "
    r"(?:an?|the)|must|requires?|some|certain|most|limited|however|but)\b",
    re.I,
)
_CLAUSE = re.compile(r"\b(?:if|unless|when|until|while|because|since|although)\b[^,.;]*")


def _is_about(question: str, sentence: str) -> bool:
    """Tell whether a sentence has a good part of the question's words."""
    asked, said = set(query_terms(question)), set(query_terms(sentence))
    shared = sum(any(word[:_STEM] == other[:_STEM] for other in said) for word in asked)
    return bool(asked) and shared / len(asked) >= _SHARED


def lead(query: Query, sentence: str) -> str:
    """Return Yes, No or It depends where the sentence plainly decides, else nothing."""
    question = query.question
    if query.type is not QuestionType.YESNO or not _ASKS_WHETHER_POSSIBLE.search(question):
        return ""
    if query.negated or _ALTERNATIVE.search(question) or _TURNED.search(question):
        return ""
    main = _CLAUSE.sub("", sentence)
    denies, grants = _DENIES.search(main), _GRANTS.search(_DENIES.sub("", main))
    if denies:
        return "" if grants else wording.NO
    if not grants or _TURNED.search(main) or not _is_about(question, main):
        return ""
    return wording.DEPENDS if _LIMITED.search(sentence) else wording.YES
