"""A page before it is rendered: what it is made of is found, what is not its own text taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.formats.web.settled.icon_words import TICKED, box_of
from corpus.formats.web.settled.made_tables import make_plain
from corpus.formats.web.settled.note_links import find_notes
from corpus.formats.web.settled.page_elements import (
    HEADINGS,
    is_for_readers_aloud,
    is_site_s,
    is_unseen,
    names,
    take_out,
    within,
    words,
)
from corpus.formats.web.settled.tab_panels import find_choices
from corpus.formats.web.settled.web_page import WebPage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\s*(?:[a-z]+)?\.([\w-]+)\s*$", re.I)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}line-through", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.I)
_LONGEST_STYLE = 400_000
_NEEDS_SCRIPTS = re.compile(r"java\s?script|enable|browser", re.I)
_WAITING = re.compile(r"skeleton(?:-\w+)?|spinner|loading(?:-\w+)?|placeholder-glow", re.I)
_NARROW = re.compile(
    r"(?:visible|show|only)-(?:xs|sm|mobile|phone|small)[\w-]*|(?:sm|md|lg|xl):hidden"
    r"|d-(?:sm|md|lg|xl)-none|(?:mobile|phone|small)-only|mobile(?:-view)?|hidden-(?:md|lg|desktop)"
    r"|hide-(?:on|for)-(?:medium|large|desktop)[\w-]*|desktop-hidden|mobile-(?:table|cards?|version)"
)
_WIDE = re.compile(
    r"hidden-(?:xs|sm|mobile|phone)[\w-]*|hide-(?:on|for)-(?:small|mobile)[\w-]*|desktop(?:-view)?"
    r"|(?:desktop|large)-only|(?:sm|md|lg|xl):(?:block|table|flex|grid)|mobile-hidden"
    r"|d-(?:sm|md|lg|xl)-(?:block|table|flex)|visible-(?:md|lg|desktop)[\w-]*"
    r"|desktop-(?:table|version)"
)
_FILLED = frozenset(
    ("data-src", "data-url", "data-component", "data-widget", "data-react-class", "data-props",
     "data-controller", "data-embed", "data-endpoint")
)  # fmt: skip
"""Attributes that tell a script what to put into an element."""
_MOST_DUPLICATES = 200


def settle(root: HtmlElement, base: str = "") -> WebPage:
    """Return what is known of a page, whose tree is put in order on the way."""
    page = WebPage(base)
    _read_styles(root, page)
    find_choices(root, page)
    find_notes(root, page)
    _clear(root, page)
    make_plain(root)
    _show_once(root)
    return page


def _read_styles(root: HtmlElement, page: WebPage) -> None:
    """Find the classes by which exported pages say what others say by elements."""
    found: dict[str, set[str]] = {"struck": set(), "bold": set(), "raised": set()}
    for sheet in root.iter("style"):
        for match in _RULE.finditer((sheet.text or "")[:_LONGEST_STYLE]):
            for kind, stated in (("struck", _STRUCK), ("bold", _BOLD), ("raised", _RAISED)):
                if stated.search(match[2]):
                    classes = (_CLASS.fullmatch(one) for one in match[1].split(","))
                    found[kind].update(one[1].lower() for one in classes if one)
    page.struck = frozenset(found["struck"])
    page.bold = frozenset(found["bold"])
    page.raised = frozenset(found["raised"])


def _clear(root: HtmlElement, page: WebPage) -> None:
    """Take out what is the site's or is not shown, and what stands for scripts."""
    around = {above for note in page.notes for above in (note, *note.iterancestors())}
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            if not isinstance(child.tag, str):
                continue
            if child not in around and _is_to_go(child, page):
                take_out(child)
                continue
            if child.tag == "noscript":
                # Its pictures are those that a script would put before it.
                for one in list(child.iter("img", "iframe")):
                    take_out(one)
                child.tag = "div"
            waiting.append(child)


def _is_to_go(element: HtmlElement, page: WebPage) -> bool:
    if element in page.choices or element in page.unfolds or element in page.marks:
        return False
    tag, goes = element.tag, False
    if box_of(element):
        goes = False
    elif tag == "noscript":
        goes = _is_of_scripts(element, page)
    elif tag == "template":
        goes = element.get("shadowrootmode") is None and element.get("shadowroot") is None
    elif is_site_s(element):
        goes = not _is_page(element)
    elif is_for_readers_aloud(element):
        goes = not _stands_for_picture(element)
    elif tag == "form":
        goes = _is_of_visitors(element)
    else:
        goes = is_unseen(element) or _is_ornament(element) or _waits(element, page)
    return goes


def _is_page(element: HtmlElement) -> bool:
    """Tell whether an element holds most of a page, whatever its name says."""
    if element.tag in ("nav", "script", "style", "head", "button", "dialog"):
        return False
    return any(words(title) for title in element.iter("h1")) and (
        next(element.iter("main", "article", "h2", "table"), None) is not None
    )


def _is_of_scripts(noscript: HtmlElement, page: WebPage) -> bool:
    """Tell whether a text for those without scripts is about that, and not of the page."""
    said = words(noscript)
    if _NEEDS_SCRIPTS.search(said) and len(said) < 400:
        if within(noscript, "main", "article"):
            page.leave_out("part shown by scripts", said)
        return True
    return not said


def _stands_for_picture(element: HtmlElement) -> bool:
    """Tell whether words that are read out are all that a cell says, or its table's title."""
    if element.tag == "caption" or within(element, "caption"):
        return True
    cell = next(element.iterancestors("td", "th"), None)
    return cell is not None and words(cell) == words(element)


def _is_of_visitors(form: HtmlElement) -> bool:
    """Tell a form that asks visitors something from one that a page is in, or that is filled in."""
    if any(box_of(one) == TICKED for one in form.iter("input")) or any(
        one.get("selected") is not None for one in form.iter("option")
    ):
        return False
    if next(form.iter("main", "article", "h1", "table"), None) is not None:
        return False
    said = sum(len(words(one)) for one in form.iter("p", "li", "dd", *HEADINGS))
    return said < 400


def _is_ornament(element: HtmlElement) -> bool:
    """Tell whether an element is a picture set as a letter for its looks."""
    if element.tag not in ("span", "div") or within(element, "td", "th"):
        return False
    if not any(name == "icon" or name.endswith("-icon") for name in names(element)):
        return False
    said = words(element)
    return 0 < len(said) <= 4 and not any(letter.isalnum() for letter in said)


def _waits(element: HtmlElement, page: WebPage) -> bool:
    """Tell whether an element stands for what a script would put there."""
    if element.tag in ("iframe", "img", "video", "audio", "canvas", "svg", "object", "embed"):
        return False
    busy = (element.get("aria-busy") or "").lower() == "true" or any(
        _WAITING.fullmatch(name) for name in names(element)
    )
    if busy and len(words(element)) < 100:
        page.leave_out("part shown by scripts", str(element.get("id") or words(element)))
        return True
    if len(element) or (element.text or "").strip():
        return False
    states = [str(name) for name in element.attrib if str(name).startswith("data-")]
    filled = element.tag == "div" and not _FILLED.isdisjoint(states)
    if filled or "-" in element.tag:
        page.leave_out("part shown by scripts", str(element.get("id") or element.tag))
    return False


def _show_once(root: HtmlElement) -> None:
    """Take out what a page holds a second time for screens of another width."""
    narrow, wide = [], []
    for element in root.iter("div", "section", "table", "ul", "dl", "p", "span"):
        own = names(element)
        if any(_NARROW.fullmatch(name) for name in own):
            narrow.append(element)
        elif any(_WIDE.fullmatch(name) for name in own):
            wide.append(element)
    kept = [(_words_of(one), one) for one in wide[:_MOST_DUPLICATES]]
    for element in narrow[:_MOST_DUPLICATES]:
        said = _words_of(element)
        if any(_same(said, other) for other, one in kept if one is not element):
            take_out(element)


def _words_of(element: HtmlElement) -> set[str]:
    return set(re.findall(r"\w+", words(element).lower()))


def _same(one: set[str], other: set[str]) -> bool:
    return bool(one) and len(one & other) * 10 >= len(one | other) * 9
