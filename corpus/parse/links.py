"""Where a link goes, and what of its mark-up stays in the clean text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from corpus.types import Span

_TARGET = re.compile(
    r"""\(\s*+(?:<(?P<angled>[^<>\n]*+)>
    |(?!<)(?P<bare>(?>(?:[^\s()\\]|\\[^\s]|\((?>(?:[^\s()]|\([^\s()]*+\))*)\))*)))
    (?>(?:\s++(?:"(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^'\\]|\\.)*)'|\((?>(?:[^()\\]|\\.)*)\)))?)\s*+\)""",
    re.X | re.S,
)
_OF_IMAGE = re.compile(r"\([^()\n]{0,2000}\)")
"""An address with blanks, which many write for their own pictures."""
_LABEL = re.compile(r"\[([^\[\]]{0,300})\]")
_LONGEST = 4000
_LONGEST_LABEL = 1000
_PLAIN = re.compile(r"[^\s()<>\\]*")
_CODED = {" ": "%20", "\t": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_APART = re.compile(r"[\[\]\n]")
_RAISED = re.compile(r"\^[^\^]*\^|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_WORD = re.compile(r"\w")


class Target(NamedTuple):
    """Where a link or an image goes."""

    end: int
    """Where its mark-up ends in the source."""
    address: str
    """Empty where none is given."""


def target(
    source: str, words: Span, end: int, references: Mapping[str, str], *, image: bool
) -> Target | None:
    """Return where the words between two brackets go, None where they are no link."""
    at = words.end + 1
    if image and words.end - words.start > _LONGEST_LABEL:
        return None
    limit = min(end, at + _LONGEST)
    if source.startswith("(", at):
        if stated := _TARGET.match(source, at, limit):
            return Target(stated.end(), address(stated["angled"] or stated["bare"] or ""))
        loose = _OF_IMAGE.match(source, at, limit) if image else None
        return Target(loose.end(), "") if loose else None
    label = _LABEL.match(source, at, limit)
    short = Span(words.start, min(words.end, words.start + _LONGEST_LABEL)).of(source)
    known = references.get(" ".join(((label and label[1]) or short).split()).upper())
    if known is not None:
        return Target(label.end() if label else at, address(known))
    return Target(label.end(), "") if label and image else None


def address(written: str) -> str:
    """Return an address as it may stand between parentheses."""
    if _PLAIN.fullmatch(written):
        return written
    written = _ESCAPED.sub("", written.strip())
    return "".join(_CODED.get(character, character) for character in written)


def stays(shown: str, address: str) -> bool:
    """Tell whether a link can stay one for those who read the clean text.

    What is raised may be a mark, which will be taken out.
    """
    return bool(address) and not _APART.search(shown) and bool(_WORD.search(_RAISED.sub("", shown)))
