"""Which edition a page says it is, and which it takes the place of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = 3000
"""Code points in which a page says which edition it is."""
_KIND = r"(?:version|edition|issue|revision|release)"
_NUMBER = r"(?P<number>\d{1,6}(?:\.\d{1,6}){0,3})(?![\w.]*\d)"
_OWN = re.compile(
    rf"(?:^|[.|(,;–—-] ?)[\s*_#>]{{0,8}}(?:this is |document )?(?:{_KIND}|rev\.|v\.?)(?: no\.?)?"
    rf"[ :*_]{{0,6}}{_NUMBER}[*_]{{0,3}}\s{{0,3}}(?:$|[,.;:)|(–—]|- |valid |"
    r"(?:of|from|dated) (?=\d|\w{3,9} \d))",
    re.I | re.M,
)
_REPLACED = re.compile(
    r"\b(?:takes? the place of|replac(?:es?|ing)|supersed(?:es?|ing)|is the successor (?:of|to))"
    rf" (?:the )?(?:document )?{_KIND}s? (?:no\.? ?)?{_NUMBER}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class EditionLine:
    """What a page says of its edition."""

    number: tuple[int, ...] = ()
    """Empty where it states none."""
    replaced: tuple[int, ...] = ()
    """The edition that it takes the place of."""


def edition_line(text: str) -> EditionLine:
    """Return what the head of a page says of its edition."""
    head = text[:_HEAD]
    own, replaced = _OWN.search(head), _REPLACED.search(head)
    return EditionLine(_parts(own), _parts(replaced))


def _parts(match: re.Match[str] | None) -> tuple[int, ...]:
    return tuple(map(int, match["number"].split("."))) if match else ()
