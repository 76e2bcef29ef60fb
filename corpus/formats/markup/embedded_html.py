"""HTML that stands within a document of another language."""

from __future__ import annotations

import html
import re

from corpus.formats.markdown_writer import BREAK
from corpus.formats.markup.marked_text import escape
from corpus.formats.types import Unusable
from corpus.formats.web.from_html import parse_html
from corpus.formats.web.render_markdown import render

_BREAK = re.compile(r"<br\b[^<>]{0,100}>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->")


def blocks_of_html(text: str) -> str:
    """Return a passage of HTML in the reading form; empty where it has no text."""
    if not text.strip():
        return ""
    try:
        return render(parse_html(text)).strip()
    except Unusable:
        return ""


def line_of_html(text: str) -> str:
    """Return a few words of HTML in the reading form."""
    parts = (html.unescape(_TAG.sub("", part)) for part in _BREAK.split(text))
    return BREAK.join(map(escape, parts))
