"""Text to sections and blocks with exact spans, one module for each format."""

from __future__ import annotations

from corpus.parse.structure import Structure


def parse(text: str, *, markdown: bool) -> Structure:
    """Return the sections and blocks of `text`, read as Markdown or as plain text."""
    if markdown:
        from corpus.parse.markdown import parse_markdown

        return parse_markdown(text)
    from corpus.parse.plain import parse_plain

    return parse_plain(text)


__all__ = ["markdown", "structure"]
