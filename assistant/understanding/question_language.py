"""In which language a question is asked; the documents are English."""

from __future__ import annotations

import re

from assistant.understanding.services import without_services
from corpus.language.terms import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3
_ENGLISH_SHARE = 0.2
"""Share of English function words from which on a question needs no closer look."""
_NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""Languages that people ask in; anything else is more likely a few English keywords."""


def foreign_language(question: str) -> str:
    """Return the English name of the language of a question, empty when it is English."""
    # Names of services are English in every language.
    own = without_services(question)
    words = [word.lower() for word in _WORD.findall(own)]
    spaced = own.isascii() or len(words) >= _FEWEST
    if not words or (spaced and len(words) < _FEWEST):
        return ""
    if sum(word in STOP_WORDS for word in words) / len(words) >= _ENGLISH_SHARE:
        return ""
    import py3langid

    code, _ = py3langid.classify(own)
    return _NAMES.get(str(code), "")
