"""What a page says of itself in its head: title, date, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import names, role, within, words
from corpus.language.written_date import written_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHANGED = (
    "ms.date", "last-modified", "article:modified_time", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "datemodified", "revised", "last-updated", "lastmod",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "datepublished",
    "dcterms.created", "dc.date.issued", "pubdate",
)  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+$")
_OF_PAGES = re.compile(r"(?:\w*(?:Article|Page|Posting|Report|Work|Documentation|Guide)|HowTo)$")
_LONGEST_DATA = 200_000
_MOST_DATA = 20
_WHEN_CHANGED = re.compile(r"updated?|modified|reviewed|revised|changed|edited", re.I)
_WHEN_PUBLISHED = re.compile(r"publish\w*|posted|created|pubdate|entry-date", re.I)


def stated_title(root: HtmlElement) -> str:
    """Return the title of a page with the name of its site."""
    meta = _meta(root)
    stated = next((one for one in root.iter("title") if not within(one, "svg")), None)
    title = (words(stated) if stated is not None else "") or meta.get("og:title", "")
    site = meta.get("og:site_name", "")
    return f"{title} | {site}" if title and site and site.lower() not in title.lower() else title


def stated_address(root: HtmlElement) -> str:
    """Return the address that a page gives as its own."""
    for link in root.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and _ADDRESS.match(address):
            return address
    address = _meta(root).get("og:url", "")
    return address if _ADDRESS.match(address) else ""


def stated_base(root: HtmlElement) -> str:
    """Return the address that a page gives for its links, empty where it gives none."""
    return next((one.get("href", "").strip() for one in root.iter("base") if one.get("href")), "")


def stated_date(root: HtmlElement) -> date | None:
    """Return when a page says that it was changed, else when it says it was published."""
    meta, data, shown = _meta(root), dict(_linked_data(root)), dict(_times(root))
    for kind, fields in (("changed", _CHANGED), ("published", _PUBLISHED)):
        stated = [(meta.get(name, ""), name == "ms.date") for name in fields]
        stated.extend(((data.get(kind, ""), False), (shown.get(kind, ""), False)))
        for written, month_first in stated:
            if found := read_date(written, month_first=month_first):
                return found
    return None


def read_date(written: str, *, month_first: bool) -> date | None:
    """Return a date as pages state it, in any usual form or that of a header of HTTP."""
    written = written.strip()
    if not re.match(r"[A-Z][a-z]{2}, ", written):
        return written_date(written, month_first=month_first)
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError):
        return None


def _meta(root: HtmlElement) -> dict[str, str]:
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        name = name or meta.get("itemprop") or ""
        stated.setdefault(name.lower(), " ".join((meta.get("content") or "").split()))
    return stated


def _linked_data(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Return the dates of JSON-LD, the first of each kind last."""
    found: list[tuple[str, str]] = []
    scripts = (one for one in root.iter("script") if "ld+json" in (one.get("type") or ""))
    for _, script in zip(range(_MOST_DATA), scripts, strict=False):
        try:
            told = json.loads((script.text or "")[:_LONGEST_DATA])
        except (ValueError, RecursionError):
            continue
        for node in _nodes(told):
            for kind, name in (("changed", "dateModified"), ("published", "datePublished")):
                if isinstance(node.get(name), str):
                    found.append((kind, str(node[name])))
    yield from reversed(found)


def _nodes(told: object) -> Iterator[dict[str, object]]:
    """Return what JSON-LD says of the page; of comments and reviews it says dates as well."""
    for one in told if isinstance(told, list) else [told]:
        if not isinstance(one, dict):
            continue
        kinds = one.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _OF_PAGES.match(kind) for kind in kinds):
            yield one
        graph = one.get("@graph")
        if isinstance(graph, list):
            yield from (
                node
                for inner in graph
                if isinstance(inner, dict)
                for node in _nodes({**inner, "@graph": None})
            )


def _times(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Return the dates that are shown above or below an article, the first of each kind last."""
    found: list[tuple[str, str]] = []
    for element in root.iter("time"):
        stated = (element.get("datetime") or "").strip() or words(element)
        kind = _kind(element)
        if kind and stated:
            found.append((kind, stated))
    yield from reversed(found)


def _kind(time: HtmlElement) -> str:
    """Return what a time is that of, empty for one within the text."""
    before = time.getprevious()
    above = time.getparent()
    if above is None or above.tag in ("head", "html"):
        return ""
    said = (before.tail if before is not None else above.text) or ""
    said = f"{said} {words(before) if before is not None else ''}"[-60:]
    marks = " ".join((*names(time), time.get("itemprop") or "", *names(above), said))
    around = any(
        one.tag in ("header", "footer") or role(one) == "contentinfo" or any(
            re.search(r"meta|info|header|byline|footer|last-?updated", name) for name in names(one)
        )
        for one in time.iterancestors("header", "footer", "div", "p", "ul", "span", "section")
    )  # fmt: skip
    named = bool(time.get("itemprop")) or time.get("pubdate") is not None
    if not around and not named:
        return ""
    if _WHEN_CHANGED.search(marks):
        return "changed"
    return "published" if _WHEN_PUBLISHED.search(marks) or around else ""
