"""Words that announce a note: on a line of their own, or before what they announce."""

from __future__ import annotations

import re

from corpus.types import Span

_WORD = r"(?:note|notes|tip|important|warning|caution|attention|notice|remarks?)"
_ALONE = re.compile(
    rf"(?:\*\*|__)(?P<bold>{_WORD})[ \t]*:?(?:\*\*|__):?[ \t]*(?:\\?\r?\n|$)"
    rf"|(?P<bare>{_WORD})[ \t]*:[ \t]*(?:\\?\r?\n|$)",
    re.I,
)
_BEFORE = re.compile(
    rf"(?:\*\*|__){_WORD}(?:[ \t]*[:–—](?:\*\*|__)|(?:\*\*|__)[ \t]*[:–—])\s*\S"
    rf"|{_WORD}[ \t]*[:–—]\s+\S",
    re.I,
)


def announced(source: str, span: Span) -> tuple[Span, int] | None:
    """Return the word on the first line that announces what follows, and where that begins."""
    match = _ALONE.match(source, span.start, span.end)
    if match is None:
        return None
    return Span(*match.span(match.lastgroup or 0)), match.end()


def is_note(source: str, span: Span) -> bool:
    """Tell whether a paragraph begins with the word that announces a note."""
    return _BEFORE.match(source, span.start, span.end) is not None
