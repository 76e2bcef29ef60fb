"""A document opened at a passage: what it is, the passage in it, and other ways to see it; pure but
for the assistant's texts and the document's own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from corpus.types import Section, Span
from ui.shared.terminal_text import dated
from ui.web.source_view.document_html import CITED, DocumentHtml, plain
from ui.web.source_view.open_source import Asked, Source, View, open_source
from ui.web.source_view.printed_html import is_printed, printed_html
from ui.web.source_view.source_parts import Part, source_parts

if TYPE_CHECKING:
    from assistant.app import Assistant

_AROUND = 20_000
"""Code points shown before and after where a reader is."""
_MOST_HEADINGS = 300
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="{style}"></head>
<body class="passage-page"><main>{body}</main></body></html>
"""
_VIEWS = {
    View.DOCUMENT: "Document",
    View.PRINTED: "Printed page",
    View.TEXT: "Plain text",
}
_CHANGED = (
    '<p class="trouble" role="alert">This document changed: it no longer has the passage.</p>'
)


def passage_html(assistant: Assistant, asked: Asked) -> str:
    """Return a part of a document with the span that is asked for marked; raise UnknownDocument.

    A span that the document does not have is not marked, and said to be missing.
    """
    source = open_source(assistant, asked.document)
    text = source.document.text
    marked = asked.span(text)
    if asked.is_citing and marked is None:
        return _head(source, None) + _CHANGED
    at = asked.at if 0 <= asked.at <= len(text) else marked.start if marked else 0
    view = asked.view or (View.PRINTED if marked and is_printed(source) else View.DOCUMENT)
    head = _head(source, marked) + _views(source, asked, view)
    if view is View.PRINTED:
        return head + printed_html(source, marked or Span(at, at))
    if view is View.TEXT:
        return head + _as_text(text, marked, at, asked)
    return head + _contents(source.sections, asked) + _as_document(source, marked, at, asked)


def passage_page(body: str, title: str, style: str) -> str:
    """Return a passage as a page of its own, for those who open it in a new tab."""
    # Without a script, this is what scrolls to it.
    shown = body.replace(f'id="{CITED}"', f'id="{CITED}" autofocus', 1)
    return _PAGE.format(title=plain(title), body=shown, style=style)


def _head(source: Source, marked: Span | None) -> str:
    """Return what tells the document: title, edition, page, address, and a newer one."""
    document = source.document
    about = document.about
    page = document.page(marked.start) if marked else None
    said = [
        f"Edition of {about.date}" if about.date else "It states no date",
        about.publisher,
        f"page {page} of {len(document.pages)}" if page else "",
    ]
    newer = ""
    if source.newer is not None:
        link = plain(_link(Asked(source.newer.id)))
        newer = (
            f'<p class="source-newer">A newer document takes its place: <a class="cite" '
            f'href="{link}">{plain(source.newer.about.title)}</a>, '
            f"{plain(dated(source.newer.about.date))}</p>"
        )
    return (
        f'<div class="source-head"><h2 tabindex="-1">{plain(about.title)}</h2>'
        f'<p class="place">{plain(" · ".join(filter(None, said)))}</p>'
        f"{_original(about.source)}{newer}</div>"
    )


def _original(source: str) -> str:
    """Return where the document is published; a link where it is an address of the web."""
    if not source:
        return ""
    if not source.startswith("https://") or any(sign in source for sign in "\"'<> \n"):
        return f'<p class="source-original">{plain(source)}</p>'
    return (
        f'<p class="source-original"><a href="{plain(source)}" target="_blank" '
        f'rel="noopener noreferrer">Original page</a> '
        f'<span class="source-address">{plain(source)}</span></p>'
    )


def _views(source: Source, asked: Asked, view: View) -> str:
    """Return the choice between the ways to see it."""
    offered = [one for one in _VIEWS if one is not View.PRINTED or is_printed(source)]
    items = "".join(
        f'<li><span aria-current="true">{_VIEWS[one]}</span></li>'
        if one is view
        else f'<li><a class="cite" href="{plain(_link(asked, view=one))}">{_VIEWS[one]}</a></li>'
        for one in offered
    )
    return f'<ul class="source-views" aria-label="Show as">{items}</ul>'


def _contents(sections: Sequence[Section], asked: Asked) -> str:
    """Return the headings of the document, folded away; each leads to its place."""
    titled = [one for one in sections if one.title][:_MOST_HEADINGS]
    if len(titled) < 3:
        return ""
    top = min(len(one.path) for one in titled)
    items = "".join(
        f'<li class="source-depth-{min(len(one.path) - top, 3)}"><a class="cite" '
        f'href="{plain(_link(asked, at=one.span.start))}">{plain(one.title)}</a></li>'
        for one in titled
    )
    return (
        f'<details class="source-contents"><summary>Contents ({len(titled)})</summary>'
        f"<ul>{items}</ul></details>"
    )


def _as_document(source: Source, marked: Span | None, at: int, asked: Asked) -> str:
    text = source.document.text
    parts = source_parts(text, source.sections, source.blocks)
    shown = [one for one in parts if _is_near(one, at)]
    first = shown[0].span.start if shown and shown[0] is not parts[0] else None
    last = shown[-1].span.end if shown and shown[-1] is not parts[-1] else None
    target = asked.at if asked.at >= 0 else None
    body = DocumentHtml(text, marked, target).of(shown)
    return (
        f"{_further('Earlier in this document', first, asked)}"
        f'<div class="source-text">{body}</div>'
        f"{_further('Further on in this document', last, asked)}"
    )


def _is_near(part: Part, at: int) -> bool:
    return part.span.start <= at + _AROUND and part.span.end >= at - _AROUND


def _further(words: str, at: int | None, asked: Asked) -> str:
    if at is None:
        return ""
    link = plain(_link(asked, at=at))
    return f'<p class="source-further"><a class="cite" href="{link}">{words}</a></p>'


def _as_text(text: str, marked: Span | None, at: int, asked: Asked) -> str:
    """Return the text as it is stored, lines and mark-up kept."""
    first, last = max(0, at - _AROUND), min(len(text), at + _AROUND)
    start, end = marked if marked else (at, at)
    start, end = (min(max(one, first), last) for one in (start, end))
    shown = (
        f'<mark id="{CITED}" tabindex="-1">{plain(text[start:end])}</mark>' if start < end else ""
    )
    return (
        f"{_further('Earlier in this document', first or None, asked)}"
        f'<pre class="source-raw" tabindex="0">{plain(text[first:start])}{shown}'
        f"{plain(text[end:last])}</pre>"
        f"{_further('Further on in this document', last if last < len(text) else None, asked)}"
    )


def _link(asked: Asked, *, at: int | None = None, view: View | None = None) -> str:
    """Return the address of the same document, elsewhere in it or seen otherwise."""
    seen = view or asked.view
    wanted: dict[str, object] = {"document": asked.document}
    if asked.is_citing:
        wanted |= {"start": asked.start, "end": asked.end}
    if at is not None:
        # Who turns a page reads on; what was printed there is not asked for.
        wanted["at"] = at
        seen = View.TEXT if seen is View.TEXT else View.DOCUMENT
    if seen is not None:
        wanted["view"] = seen.value
    return "passage?" + urlencode(wanted)
