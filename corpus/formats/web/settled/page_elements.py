"""What the elements of a page are: blocks, notes set apart, and what is not its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
BLOCKS = (
    *HEADINGS, *LISTS, "address", "article", "aside", "blockquote", "body", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html",
    "legend", "li", "main", "p", "pre", "section", "summary", "table", "caption", "tbody", "thead",
    "tfoot", "tr", "td", "th", "center", "search", "xmp", "listing", "plaintext",
)  # fmt: skip
CODE_BLOCKS = ("pre", "xmp", "listing", "plaintext")
GONE = "x-gone"
"""The tag of what was taken out of a page; what follows it stays."""
_NO_TEXT = frozenset((GONE, "script", "style"))
_NEVER = frozenset(
    ("script", "style", "nav", "button", "datalist", "dialog", "head", "rt", "rp", "hr",
     "map", "annotation", "annotation-xml", "frameset", "link", "meta", "base",
     "colgroup", "col", "noembed", "noframes")
)  # fmt: skip
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
     "toolbar", "tablist", "progressbar", "scrollbar")
)  # fmt: skip
_CONSENT = re.compile(
    r"(?:cookie|consent|gdpr)[\w-]{0,40}?[-_]?(?:banner|notice|bar|popup|modal|dialog|overlay)"
    r"[\w-]{0,40}|(?:onetrust|cybotcookiebot|usercentrics)[\w-]*",
    re.I,
)
_OF_SITE = re.compile(
    r"[\w-]{0,40}breadcrumbs?[\w-]{0,40}|skip[-_]?(?:link|to|nav)[\w-]{0,40}|skip"
    r"|headerlink|header-anchor|anchor-?(?:link|js-link)?|hash-link|anchorjs-link|heading-anchor"
    r"|(?:article|page|site|left|right|docs?)[-_]?sidebar(?:[-_]\w+)?|(?:article-)?share"
    r"|(?:social|share|sharing)[-_]?(?:links?|buttons?|bar|icons?)|sharedaddy|sharethis|addtoany"
    r"|feedback[-_](?:section|form|buttons?)|article-(?:votes|relatives|return-to-top|more-questions)"
    r"|(?:related|recent(?:ly-viewed)?|recommended)[-_](?:articles|posts|pages|content|links)"
    r"|table-?of-?contents?(?:_\w+)?|toc(?:[-_](?:macro|container|wrapper|list|sidebar|mobile))?"
    r"|theme-doc-toc[\w-]*|page-toc|on-this-page|pagination(?:-nav)?|pager|post-navigation"
    r"|newsletter(?:[-_](?:form|signup))?|site-(?:header|footer|nav)|(?:theme-)?edit-(?:this-)?page"
    r"|comment-respond|comments-area|line-?nos?|linenodiv|gutter|blob-num|copy-?button|clipboard"
    r"|print-?only-hide|noprint|no-print|editsection|mw-editsection|edit-link",
    re.I,
)  # fmt: skip
_UNSEEN = re.compile(r"sr-only|visually-?hidden|screen-?reader(?:-text)?|show-for-sr", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table)", re.I)
_NOTES = frozenset(
    ("note", "tip", "important", "warning", "caution", "admonition", "alert", "callout", "notice",
     "hint", "danger", "attention", "seealso", "infobox", "message-box", "information-macro",
     "confluence-information-macro", "theme-admonition", "note-box", "info-box", "warning-box",
     "callout-block", "alert-box", "markdown-alert", "panel-info", "panel-warning", "disclaimer")
)  # fmt: skip
NOTE_NAMES = frozenset(
    ("note", "notes", "tip", "important", "warning", "caution", "info", "information", "danger",
     "attention", "hint", "notice", "see also", "remark", "please note", "good to know")
)  # fmt: skip
"""Words with which pages head a note, as a paragraph of its own."""
_NOTE_TAGS = frozenset(("div", "aside", "section", "figure", "blockquote", "details"))
_RADIUS = 4000
"""Characters of the longest note set apart; more is a part of the page."""


def elements(parent: HtmlElement) -> Iterator[HtmlElement]:
    """Return the elements within `parent`; entities and instructions are no text."""
    return (child for child in parent if isinstance(child.tag, str) and child.tag != GONE)


def pieces(parent: HtmlElement) -> Iterator[HtmlElement | str]:
    """Return texts and elements within `parent`, in order."""
    if parent.text:
        yield parent.text
    for child in parent:
        if isinstance(child.tag, str) and child.tag != GONE:
            yield child
        if child.tail:
            yield child.tail


def words(element: HtmlElement) -> str:
    """Return all text within an element that was not taken out, in one line."""
    return " ".join("".join(texts(element)).split())


def brief(element: HtmlElement, most: int = 300) -> str:
    """Return all text within an element, empty where it is longer than a label."""
    found: list[str] = []
    left = most
    for text in texts(element):
        # White space counts: what holds much of it is looked at no further either.
        left -= len(text)
        if left < 0:
            return ""
        found.append(text)
    return " ".join("".join(found).split())


def texts(element: HtmlElement, apart: str = " ") -> Iterator[str]:
    """Return the texts within an element in order, `apart` where a block begins or ends."""
    yield element.text or ""
    open_elements = [(element, iter(element))]
    while open_elements:
        at, rest = open_elements[-1]
        child = next(rest, None)
        if child is None:
            open_elements.pop()
            if open_elements:
                yield (apart if at.tag in BLOCKS else "") + (at.tail or "")
        elif not isinstance(child.tag, str) or child.tag in _NO_TEXT:
            yield child.tail or ""
        else:
            yield apart if child.tag in BLOCKS else "\n" if child.tag == "br" else ""
            yield child.text or ""
            open_elements.append((child, iter(child)))


def names(element: HtmlElement) -> list[str]:
    """Return the names of the classes of an element, in lower case."""
    return (element.get("class") or "").lower().split()


def role(element: HtmlElement) -> str:
    """Return the first role that an element has for programs that read pages out."""
    return ((element.get("role") or "").lower().split() or [""])[0]


def style(element: HtmlElement) -> str:
    """Return the declarations of an element's own style."""
    return element.get("style") or ""


def take_out(element: HtmlElement) -> None:
    """Take an element and all within out of the page; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = GONE, tail


def within(element: HtmlElement, *tags: str) -> bool:
    """Tell whether an element lies in one of these."""
    return next(element.iterancestors(*tags), None) is not None


def is_block(element: HtmlElement) -> bool:
    """Tell whether an element takes lines of its own, or holds what does."""
    if element.tag in BLOCKS or _BLOCK_STYLE.search(style(element)):
        return True
    if not len(element) or element.tag in ("svg", "math"):
        return False
    return next(element.iter(*BLOCKS), None) is not None


def is_site_s(element: HtmlElement) -> bool:
    """Tell whether an element is the site's, not the page's."""
    tag = element.tag
    if tag in _NEVER or role(element) in _ROLES:
        return True
    if tag in ("header", "footer", "aside"):
        return _is_around(element)
    if tag in HEADINGS:
        return False
    named = [*names(element), (element.get("id") or "").lower()]
    return any(_CONSENT.fullmatch(one) or _OF_SITE.fullmatch(one) for one in named)


def is_unseen(element: HtmlElement) -> bool:
    """Tell whether a page says of an element that it is not shown."""
    if element.get("hidden") is not None or _HIDDEN.search(style(element)):
        return True
    hidden = (element.get("aria-hidden") or "").lower() == "true"
    return hidden and element.tag not in ("div", "section", "svg", "i", "img")


def is_for_readers_aloud(element: HtmlElement) -> bool:
    """Tell whether an element is only read out, and not to be seen."""
    return any(_UNSEEN.fullmatch(name) for name in names(element))


def _is_around(element: HtmlElement) -> bool:
    """Tell the header, the footer and the margin of a site from those of an article."""
    if is_note(element):
        return False
    if within(element, "main", "article", "blockquote", "figure") or any(
        role(above) in ("main", "article") for above in element.iterancestors("div", "section")
    ):
        return False
    if element.tag == "footer":
        return not any("note" in name for name in names(element))
    if element.tag == "header":
        titles = [title for title in element.iter("h1") if words(title)]
        # The name of a site is a link to its first page.
        return not titles or all(_is_link(title) for title in titles)
    return True


def _is_link(element: HtmlElement) -> bool:
    said = words(element)
    return any(words(link) == said for link in element.iter("a"))


def is_note(element: HtmlElement) -> bool:
    """Tell whether an element is a note set apart, as documentation marks them."""
    if element.tag not in _NOTE_TAGS:
        return False
    named = bool(_NOTES & set(names(element))) or role(element) == "note"
    return named and len(words(element)) <= _RADIUS and next(element.iter("h1"), None) is None
