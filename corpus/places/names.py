"""Names as the gazetteer files them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+")
_DROPPED = re.compile(r"[.'’ʻʼ`]")


def fold_name(words: str) -> str:
    """Return a name without case, accents, dots and apostrophes; '&' reads as 'and'."""
    plain = words.casefold()
    if not plain.isascii():
        split = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(c for c in split if not unicodedata.combining(c))
    if "&" in plain:
        plain = plain.replace("&", " and ")
    return " ".join(_WORD.findall(_DROPPED.sub("", plain)))


fold_word = lru_cache(maxsize=16384)(fold_name)
