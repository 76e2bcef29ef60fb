"""What the elements of a page are: blocks, call-outs, and what is not its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu")
BLOCKS = (
    *HEADINGS, *LISTS, "address", "article", "aside", "blockquote", "body", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "li",
    "main", "p", "pre", "section", "summary", "table", "caption", "tbody", "thead", "tfoot", "tr",
    "td", "th", "center",
)  # fmt: skip
_NEVER = frozenset(
    ("script", "style", "noscript", "template", "nav", "form", "button", "input", "select",
     "option", "textarea", "svg", "canvas", "iframe", "object", "embed", "video", "audio",
     "dialog", "head", "del", "rt", "rp", "hr", "map")
)  # fmt: skip
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "tablist", "menu",
     "toolbar")
)  # fmt: skip
_NAMED = re.compile(
    r"""\b(?:cookie|consent|gdpr)[\w-]*?[-_]?(?:banner|notice|bar|popup|modal|dialog|overlay)
    |\b(?:onetrust|cybotcookiebot|usercentrics)|breadcrumb|\bskip[-_]?(?:link|to|nav)
    |\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?|headerlink|header-anchor|anchor-link)\b
    |\b(?:social|share)[-_](?:links?|buttons?|bar)\b|\bfeedback[-_](?:section|form|buttons?)\b
    |\b(?:table-of-contents|toc|pagination|newsletter|site-(?:header|footer|nav))\b""",
    re.I | re.X,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CALLOUTS = frozenset(("note", "tip", "important", "warning", "caution", "admonition"))


def elements(parent: HtmlElement) -> Iterator[HtmlElement]:
    """Return the elements within `parent`; entities and instructions are no text."""
    return (child for child in parent if isinstance(child.tag, str))


def is_junk(element: HtmlElement) -> bool:
    """Tell whether an element is the site's, not the page's, or is not shown."""
    tag = element.tag
    if tag in _NEVER or (element.get("role") or "").lower() in _ROLES:
        return True
    if tag in ("header", "footer", "aside"):
        return _is_of_site(element)
    if element.get("hidden") is not None and element.get("role") != "tabpanel":
        # A tab that is not chosen is text of the page all the same.
        return True
    if (element.get("aria-hidden") or "").lower() == "true" and tag not in ("div", "section"):
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    return bool(_NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _is_of_site(element: HtmlElement) -> bool:
    """Tell the header of a site from that of an article, which holds its title."""
    inside = next(element.iterancestors("main", "article"), None) is not None
    if element.tag == "aside":
        return not inside
    if element.tag == "header":
        titled = next(element.iter("h1"), None) is not None
        return not titled or next(element.iter("nav"), None) is not None
    return True


def is_callout(element: HtmlElement) -> bool:
    """Tell whether an element is a note set apart, as documentation marks them."""
    if element.tag not in ("div", "aside", "section"):
        return False
    names = (element.get("class") or "").lower().split()
    return bool(_CALLOUTS & set(names)) or (element.get("role") or "") == "note"
