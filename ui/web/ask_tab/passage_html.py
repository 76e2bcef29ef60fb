"""A document opened at a passage, highlighted by its span; pure but for the assistant's texts."""

from __future__ import annotations

from typing import Protocol

from index.types import StoredDocument
from ui.shared.terminal_text import dated
from ui.web.ask_tab.answer_html import original_link
from ui.web.html import escaped

_AROUND = 6000
"""Code points shown before and after a passage."""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="{style}"></head>
<body class="passage-page"><main>{body}</main></body></html>
"""


class Documents(Protocol):
    """Where documents are found by name."""

    def document(self, name: str) -> StoredDocument:
        """Return a document; raise UnknownDocument."""
        ...


def passage_html(documents: Documents, name: str, start: int, end: int) -> str:
    """Return a part of a document with a span marked; raise UnknownDocument.

    A span that the document does not have is not marked, and said to be missing.
    """
    document = documents.document(name)
    text = document.text
    whole = 0 <= start < end <= len(text)
    first, last = (max(0, start - _AROUND), min(len(text), end + _AROUND)) if whole else (0, 0)
    page = document.page(start) if whole else None
    facts = [dated(document.about.date)] + ([f"page {page}"] if page else [])
    head = (
        f'<div class="source-head"><h2 tabindex="-1">{escaped(document.about.title)}</h2>'
        f'<p class="place">{escaped(", ".join(facts))}'
        f"{original_link(document.about.source)}</p></div>"
    )
    if not whole:
        return (
            f'{head}<p class="trouble" role="alert">This document changed: it no longer has the '
            "passage.</p>"
        )
    before, after = ("…" if first else ""), ("…" if last < len(text) else "")
    return (
        f'{head}<div class="passage-text">{before}{escaped(text[first:start])}'
        f'<mark id="cited" tabindex="-1">{escaped(text[start:end])}</mark>'
        f"{escaped(text[end:last])}{after}</div>"
    )


def passage_page(body: str, title: str, style: str) -> str:
    """Return a passage as a page of its own, for those who open it in a new tab."""
    return _PAGE.format(title=escaped(title), body=body, style=style)
