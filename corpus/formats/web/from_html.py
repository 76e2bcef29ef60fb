"""A web page to Markdown: its own text, without what the site puts around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from corpus.formats.text_file import decode, marked_encoding
from corpus.formats.types import Extracted, Unusable
from corpus.formats.web.main_part import main_parts
from corpus.formats.web.page_template import filled_in
from corpus.formats.web.render_markdown import render_parts
from corpus.formats.web.settled.settle_page import settle
from corpus.formats.web.web_properties import (
    stated_address,
    stated_base,
    stated_date,
    stated_title,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})"""
    rb"""|^\s*<\?xml\s[^>]{0,60}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
_DECLARATION_BYTES = 4096
_OF_HEAD = frozenset("title meta link style script base noscript template".split())
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4,5}\)(https?://[^\s<>]{1,2000}) -->")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]))(?![0-9a-fA-F]);?"
)


def from_html(content: bytes) -> Extracted:
    """Return the main part of a web page as Markdown, with title, date and address."""
    return from_page(_decode(content))


def from_page(text: str, address: str = "") -> Extracted:
    """Return a page that is text already; `address` is where it was saved from."""
    saved = _SAVED_FROM.search(text, 0, _DECLARATION_BYTES)
    page = filled_in(text)
    root = parse_html(page.text)
    source = stated_address(root) or address or (saved[1] if saved else "")
    title, date = stated_title(root) or page.title, stated_date(root)
    try:
        base = urljoin(source, stated_base(root))
    except ValueError:
        base = source
    settled = settle(root, base)
    settled.left_out.extend(page.left_out)
    rendered = render_parts(main_parts(root), settled)
    if not rendered.text.strip():
        raise Unusable(
            "has no text without running its scripts",
            "Save the page from a browser once it is shown, or print it to PDF",
        )
    said = f"{page.front_matter}\n{rendered.text}" if page.front_matter else rendered.text
    return Extracted(said, True, title=title, date=date, source=source, left_out=rendered.left_out)


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a page; nothing outside of it is read."""
    from lxml import etree, html

    # The tree takes none of these back when its texts are joined anew.
    text = _CONTROL.sub(" ", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Unusable("has no text", "Give a document with text or remove the file") from error
    except etree.XMLSyntaxError as error:
        raise Unusable(
            "needs too much memory as a page, or is damaged", "Split it, or save it as Markdown"
        ) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        # The parser leaves out what lies deeper, and a text with holes must not be cited.
        raise Unusable("nests its elements more than 250 deep", "Save it as Markdown or text")
    _end_head(root)
    return root


def _end_head(root: HtmlElement) -> None:
    """End the head where a page without its tags begins with what only a body has.

    The parser knows the elements of HTML 4, and takes `main` or `article` for a part of the head.
    """
    head = root.find("head")
    held = [] if head is None else list(head)
    moved = held[next((at for at, one in enumerate(held) if one.tag not in _OF_HEAD), len(held)) :]
    if not moved:
        return
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    behind, body.text = body.text or "", None
    for at, one in enumerate(moved):
        body.insert(at, one)
    moved[-1].tail = f"{moved[-1].tail or ''}{behind}"


def _decode(content: bytes) -> str:
    declared = _DECLARED.search(content[:_DECLARATION_BYTES])
    if declared is None or marked_encoding(content):
        return decode(content)
    encoding = (declared[1] or declared[2]).decode("ascii")
    # What pages call Latin-1 is read as Windows-1252 by every browser.
    latin = encoding.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
    try:
        return content.decode("cp1252" if latin else encoding)
    except (LookupError, UnicodeError) as error:
        raise Unusable(f"is not the {encoding} that it declares", "Save it as UTF-8") from error
