"""Text to sections and blocks with exact spans, one module for each format."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.parse.structure import Structure


def parse(text: str, *, markdown: bool, pages: Sequence[int] = ()) -> Structure:
    """Return the sections and blocks of `text`, of the reading form or plain.

    `pages` are offsets in `text` where pages begin.
    """
    if markdown:
        from corpus.parse.markdown import parse_markdown

        return parse_markdown(text, pages)
    from corpus.parse.plain import parse_plain

    return parse_plain(text)


__all__ = ["markdown", "structure"]
