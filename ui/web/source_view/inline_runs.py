"""A piece of a document's text as what a reader sees of it, each part with its span; pure.

What is hidden is mark-up alone: `corpus.language.sentences.readable` hides the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.types import Span

_TOKEN = re.compile(
    r"!\[(?P<picture>[^\]\n]*)\]\([^)\s]*\)"
    r"|\[(?P<link>[^\]\n]+)\]\((?P<address>[^)\s]*)\)"
    r"|(?P<comment><!--.*?-->)"
    r"|\*\*\*(?P<both>[^*\n]+)\*\*\*"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<!\w)__(?P<heavy>[^_\n]+)__(?!\w)"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s][^*\n]*)\*(?![\w*])"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?P<alert>\[![A-Z]+\])"
    r"|(?m:^(?P<quoted>[ \t]*>[ \t]?))"
    r"|(?<=[a-z])-(?P<broken>[ \t]*\r?\n[ \t]*)(?=[a-z])",
    re.DOTALL,
)
_HIDDEN = ("comment", "alert", "quoted", "broken")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are shown alike."""

    span: Span
    """Of the document's text; what is shown is exactly what it covers."""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    address: str = ""
    """Where a link leads, as written."""


def inline_runs(text: str, span: Span) -> tuple[Run, ...]:
    """Return what a reader sees of a span, in order, without the mark-up within it."""
    return tuple(run for run in _runs(text, Run(span)) if run.span.start < run.span.end)


def _runs(text: str, whole: Run) -> Iterator[Run]:
    at, end = whole.span
    while (token := _TOKEN.search(text, at, end)) is not None:
        kind = str(token.lastgroup) if token.lastgroup != "address" else "link"
        inner = Span(*token.span(kind))
        if kind in _HIDDEN:
            # The hyphen before a line's end is the word's own.
            yield replace(whole, span=Span(at, inner.start))
        else:
            yield replace(whole, span=Span(at, token.start()))
            yield from _runs(text, _styled(whole, kind, token, inner))
        at = token.end()
    yield replace(whole, span=Span(at, end))


def _styled(whole: Run, kind: str, token: re.Match[str], inner: Span) -> Run:
    if kind == "link":
        return replace(whole, span=inner, address=token["address"])
    return replace(
        whole,
        span=inner,
        strong=whole.strong or kind in ("strong", "heavy", "both"),
        emphasis=whole.emphasis or kind in ("emphasis", "both"),
        code=whole.code or kind == "code",
    )
