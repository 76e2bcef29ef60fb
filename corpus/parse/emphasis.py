"""Marks of emphasis that no reader of the clean text could pair: they go, the words stay.

Bold within a line stays as it is written (docs/decisions/0017): rows and labels are told by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.language.sentences import split_sentences
from corpus.types import Span

_RUN = re.compile(
    r"\\.|\]\([^()\s]*+\)|https?://[^\s<>)\]*]*+|(?P<run>\*{1,3}|(?<!\w)_(?!_)|(?<!_)_(?!\w))",
    re.S,
)
_APART = re.compile(r"[*\n]|(?<!\\)\|")
_ENDS = re.compile(r"[.!?]\W*\s")
_BEFORE = frozenset(" \t\r\n([{\"'“‘>|—–-*_:;,")
_AFTER = frozenset(" \t\r\n.,;:!?)]}\"'”’<|—–-*_")
_LONGEST = 2000


def unpaired(source: str, lines: Span, code: list[Span]) -> Iterator[Span]:
    """Return marks that emphasize what is more than a few words of one line."""
    open_now: dict[str, Span] = {}
    covered = iter([*code, Span(lines.end, lines.end)])
    within = next(covered)
    for match in _RUN.finditer(source, lines.start, lines.end):
        while match.start() >= within.end < lines.end:
            within = next(covered)
        if match["run"] is None or within.start <= match.start() < within.end:
            continue
        span, mark = Span(*match.span()), match["run"]
        before = source[span.start - 1] if span.start > lines.start else " "
        after = source[span.end] if span.end < lines.end else " "
        if mark[0] in (before, after):
            continue
        opened = open_now.get(mark)
        if opened and not before.isspace() and after in _AFTER:
            del open_now[mark]
            words = source[opened.end : span.start]
            if len(words) < _LONGEST and (mark == "_" or _is_apart(words)):
                yield from (opened, span)
        elif before in _BEFORE and not after.isspace():
            open_now[mark] = span


def _is_apart(words: str) -> bool:
    """Tell whether a mark and its end may come to stand in two lines, cells or sentences."""
    if _APART.search(words):
        return True
    return bool(_ENDS.search(words)) and len(split_sentences(words, Span(0, len(words)))) > 1
