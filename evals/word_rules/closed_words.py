"""Words that are counted apart: whole classes of English and the world, and what is no rule.

Which months or numerals there are is no rule over wording: nobody found them in a document, and
nobody could leave one out because no document of the suites has it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

CLOSED: Mapping[str, str] = {
    "corpus.language.quantities.NUMBERS": "numerals",
    "corpus.language.quantities.INDEFINITE": "indefinite numerals",
    "corpus.language.quantities.MONTHS": "months",
    "corpus.language.quantities.SHORT_MONTHS": "months",
    "corpus.language.quantities.TIME_UNITS": "units of time",
    "corpus.language.quantities.SHORT_TIME_UNITS": "units of time",
    "corpus.language.quantities.LETTER_TIME_UNITS": "units of time",
    "corpus.language.quantities.WEEKDAYS": "days of the week",
    "corpus.language.terms.STOP_WORDS": "articles, pronouns, prepositions, auxiliaries, negations",
    "corpus.language.propositions._MODALS": "auxiliaries",
    "corpus.language.propositions._DENYING": "negations",
    "corpus.language.sentences._ABBREVIATIONS": "abbreviations that end in a full stop",
    "corpus.language.terms.LEGAL_FORMS": "forms of companies, by the laws of countries",
}
"""Tables that hold a whole class, and which."""
SPOKEN: Mapping[str, str] = {
    "corpus.facts.wording.KIND_WORDS": "kinds of statements, as the product names them",
    "corpus.facts.wording.ROLE_WORDS": "roles of places, as the product names them",
    "corpus.facts.wording._OPENNESS": "sets, as the product names them",
    "corpus.facts.wording._NOMINAL": "what the product begins a condition with",
}
"""Tables of what the product says: no text is read by them."""


def is_closed(words: str) -> bool:
    """Tell whether an alternative is a word of a closed class, or has no word at all."""
    plain = words.casefold().replace("(s)?", "").replace("(t)?", "").strip(" ,.")
    return not plain or plain in _closed()


def is_apart(table: str) -> bool:
    """Tell whether a table, by module and name, holds a closed class or what the product says."""
    return table in CLOSED or table in SPOKEN


def are_labels(words: Iterable[str]) -> bool:
    """Tell whether words are labels that the parser gives, by its own glossary."""
    from spacy.glossary import GLOSSARY

    return all(word in GLOSSARY for word in words)


@lru_cache(maxsize=1)
def _closed() -> frozenset[str]:
    words = set[str]()
    for table in CLOSED:
        module, _, name = table.rpartition(".")
        try:
            found = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            # Another checkout may keep it elsewhere.
            continue
        words.update(word.casefold() for word in found)
    return frozenset(words)
