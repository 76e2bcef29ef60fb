"""The parts of a page that hold its own text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import GONE, names, role, within, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_SHARE = 0.25
"""Of a page's text that its main part has to hold to be believed."""
_LEAST_OF_ARTICLE = 0.5
_CONTENT = re.compile(
    r"main|content|(?:main|page|site|article|post|entry|body|doc|docs)[-_]?(?:content|body|text)"
    r"|content[-_]?(?:main|area|body)|markdown-body|wiki-content|documentwrapper|document"
    r"|rst-content|articlebody|theme-doc-markdown|prose|page-body",
    re.I,
)


def main_parts(root: HtmlElement) -> list[HtmlElement]:
    """Return what holds the page's own text: main, else an article, else the body.

    The title of the page comes first where it stands outside.
    """
    body = root.find("body")
    whole = root if body is None else body
    total = max(1, _weight(whole))
    parts = _outermost(one for one in whole.iter() if one.tag == "main" or _is_main(one))
    if _weights(parts) < max(1, total * _LEAST_SHARE):
        parts = _outermost(whole.iter("article"))
        parts = parts if len(parts) == 1 else []
    if _weights(parts) < max(1, total * _LEAST_OF_ARTICLE) and not _is_believed(parts):
        named = _outermost(one for one in whole.iter("div", "section", "td") if _is_named(one))
        best = max(named, key=_weight, default=whole)
        parts = [best if _weight(best) >= total * _LEAST_OF_ARTICLE else whole]
    return [*_title_outside(whole, parts), *parts]


def _is_believed(parts: list[HtmlElement]) -> bool:
    return any(part.tag == "main" or _is_main(part) for part in parts)


def _is_main(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag != GONE and role(element) == "main"


def _is_named(element: HtmlElement) -> bool:
    own = [
        *names(element),
        (element.get("id") or "").lower(),
        (element.get("itemprop") or "").lower(),
    ]
    return any(_CONTENT.fullmatch(name) for name in own)


def _outermost(found: Iterable[HtmlElement]) -> list[HtmlElement]:
    kept: list[HtmlElement] = []
    seen: set[HtmlElement] = set()
    for one in found:
        if seen.isdisjoint(one.iterancestors()):
            kept.append(one)
            seen.add(one)
    return kept


def _weights(parts: list[HtmlElement]) -> int:
    return sum(map(_weight, parts))


def _weight(element: HtmlElement) -> int:
    """Return how much text an element has that is no link: menus are made of links."""
    linked = sum(len(words(link)) for link in element.iter("a") if not within(link, "a"))
    return max(0, len(words(element)) - linked)


def _title_outside(whole: HtmlElement, parts: list[HtmlElement]) -> list[HtmlElement]:
    """Return the title of a page that stands before its main part, if it is the only one."""
    if any(next(part.iter("h1"), None) is not None for part in parts) or whole in parts:
        return []
    titles = [one for one in whole.iter("h1") if words(one)]
    if len(titles) != 1:
        return []
    # It is rendered as what is in an element.
    holder = titles[0].makeelement("div")
    holder.append(titles[0])
    return [holder]
