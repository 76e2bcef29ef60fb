"""Words and phrases that are looked for in a text, in any case and over any punctuation.

A table is written in one string: phrases are parted by blanks, words of a phrase by underscores,
and an asterisk stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_FULL_FORMS = (("’", "'"), ("can't", "cannot"), ("can not", "cannot"), ("n't", " not"))


def phrases(written: str) -> tuple[str, ...]:
    """Return the phrases of a table as they stand in a folded text."""
    return tuple(
        f" {one.replace('_', ' ').removesuffix('*')}{'' if one.endswith('*') else ' '}"
        for one in written.split()
    )


def folded(text: str) -> str:
    """Return the words of a text in lower case with a blank around each; "n't" is "not"."""
    text = text.lower()
    for short, full in _FULL_FORMS:
        text = text.replace(short, full)
    return f" {_BETWEEN_WORDS.sub(' ', text).strip()} "


def holds_any(text: str, wanted: Iterable[str]) -> bool:
    """Tell whether a folded text holds one of some phrases."""
    return any(one in text for one in wanted)
