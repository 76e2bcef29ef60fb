"""Words with capitals that name no service: roles, laws, standards, kinds of software."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.words_written import Word
from corpus.facts.arguments.subject_words import MONTHS, NO_SERVICE
from corpus.language.terms import STOP_WORDS
from index.searching.reader import IndexReader

_LETTERS = 5
"""Letters of a standard at most: "ISO 27001", "AES-256"."""
_ROLES_AND_RULES = frozenset(
    "dpo ciso cto cio ceo cfo hr it crm erp saas paas iaas mfa sms pii phi pdf pst faq qa kpi rto "
    "rpo fedramp pci dss ccpa cpra lgpd pipeda popia pdpa bdsg nis2 dora schrems powershell ai ml "
    "byok hyok cmk kms api sdk url vm vpc cdn".split()
)
"""In lower case."""


def is_ordinary(word: Word, index: IndexReader) -> bool:
    """Tell whether a word with a capital names nothing by itself."""
    low = word.text.lower()
    if word.text.isupper() and low in STOP_WORDS:
        return low in _ROLES_AND_RULES and not word.text.isalpha()
    # "APIs" and "SDKs" as "API" and "SDK".
    one = low[:-1] if word.text.endswith("s") and word.text[:-1].isupper() else low
    known = low in MONTHS or one in _ROLES_AND_RULES or one in NO_SERVICE
    if word.placed or known or spelling.is_plain(low):
        return True
    return word.first and len(low) > 1 and word.text[1:].islower() and index.words.has(low)


def is_standard(phrase: Sequence[Word]) -> bool:
    """Tell whether letters and a number make the name of a standard: "ISO 27001", "AES-256"."""
    letters, _, number = " ".join(word.text for word in phrase).replace("-", " ").partition(" ")
    return letters.isupper() and len(letters) <= _LETTERS and number[:1].isdigit()


def is_law(phrase: Sequence[Word]) -> bool:
    """Tell whether a phrase ends like what a law or a contract defines."""
    return phrase[-1].text.lower() in NO_SERVICE
