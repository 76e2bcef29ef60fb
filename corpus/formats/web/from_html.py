"""A web page to Markdown: its own text, without what the site puts around it."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from corpus.formats.text_file import decode, marked_encoding
from corpus.formats.types import Extracted, Unusable
from corpus.formats.web.render_markdown import render
from corpus.language.written_date import written_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_DECLARATION_BYTES = 4096
_CHANGED = (
    "ms.date", "last-modified", "article:modified_time", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "datemodified",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "datepublished",
)  # fmt: skip
_LEAST_SHARE = 0.05
"""Of a page's text that its main part has to hold to be believed."""


def from_html(content: bytes) -> Extracted:
    """Return the main part of a web page as Markdown, with title, date and address."""
    root = parse_html(_decode(content))
    source = _canonical(root)
    text = render(_main_part(root), base=source)
    if not text.strip():
        raise Unusable(
            "has no text without running its scripts",
            "Save the page from a browser once it is shown, or print it to PDF",
        )
    title = root.findtext(".//title") or ""
    return Extracted(text, True, title=" ".join(title.split()), date=_date(root), source=source)


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a page; nothing outside of it is read."""
    from lxml import etree, html

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
    return root


def _decode(content: bytes) -> str:
    declared = _DECLARED.search(content[:_DECLARATION_BYTES])
    if declared is None or marked_encoding(content):
        return decode(content)
    encoding = declared[1].decode("ascii")
    # What pages call Latin-1 is read as Windows-1252 by every browser.
    latin = encoding.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
    try:
        return content.decode("cp1252" if latin else encoding)
    except (LookupError, UnicodeError) as error:
        raise Unusable(f"is not the {encoding} that it declares", "Save it as UTF-8") from error


def _main_part(root: HtmlElement) -> HtmlElement:
    """Return the element that holds the page's own text: main, else a single article."""
    body = root.find("body")
    whole = root if body is None else body
    least = max(1, int(_length(whole) * _LEAST_SHARE))
    found = [*whole.iter("main"), *whole.xpath('.//*[@role="main"]')]
    articles = list(whole.iter("article"))
    if not found and len(articles) == 1:
        found = articles
    best = max(found, key=_length, default=whole)
    return best if _length(best) >= least else whole


def _length(element: HtmlElement) -> int:
    return sum(
        len(part.strip())
        for child in element.iter()
        if child.tag not in ("script", "style", "noscript", "template")
        for part in (child.text or "", child.tail or "")
    )


def _canonical(root: HtmlElement) -> str:
    for link in root.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and re.match(
            r"https?://\S+$", address
        ):
            return address
    return ""


def _date(root: HtmlElement) -> date | None:
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        name = name or meta.get("itemprop") or ""
        stated.setdefault(name.lower(), meta.get("content") or "")
    dates = (
        _read_date(stated.get(name, ""), month_first=name == "ms.date")
        for name in (*_CHANGED, *_PUBLISHED)
    )
    return next((found for found in dates if found), None)


def _read_date(written: str, *, month_first: bool) -> date | None:
    """Return a date as pages state it, in any usual form or that of a header of HTTP."""
    written = written.strip()
    if not re.match(r"[A-Z][a-z]{2}, ", written):
        return written_date(written, month_first=month_first)
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError):
        return None
