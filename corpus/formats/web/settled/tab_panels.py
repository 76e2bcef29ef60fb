"""Tabs of a page, versions of it and what unfolds: which part stands under which label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import (
    HEADINGS,
    brief,
    elements,
    names,
    role,
    take_out,
    within,
    words,
)
from corpus.formats.web.settled.web_page import Choice, WebPage, label_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAB_LIST = re.compile(r"tabs?|nav-?tabs|tabs?-?(?:list|nav|links|menu|header|labels)|ui-tabs-nav")
_MOST_SEEN = 2000
"""Elements among which the panels of a list of tabs are looked for."""
_TOGGLES = frozenset(("tab", "pill"))
_UNFOLDS = frozenset(("collapse", "accordion", "toggle"))
_PANEL_NAMES = ("data-tab-content", "data-tab-panel", "data-panel", "data-content", "data-tab")
_STATED = ("data-tab-label", "data-tab-title", "data-title", "data-label", "aria-label", "label")


def find_choices(root: HtmlElement, page: WebPage) -> None:
    """Tell `page` which parts are tabs or versions; lists of their labels are taken out."""
    by_id = {str(one.get("id")): one for one in root.iter() if _is_element(one) and one.get("id")}
    _by_links(root, by_id, page)
    _by_order(root, page)
    _by_inputs(root, page)
    _by_themselves(root, by_id, page)
    _versions(root, page)
    _folded(root, by_id, page)


def _is_element(node: HtmlElement) -> bool:
    return isinstance(node.tag, str)


def _target(element: HtmlElement, by_id: Mapping[str, HtmlElement]) -> HtmlElement | None:
    """Return the part of the page that a tab or a button shows."""
    for name in ("aria-controls", "data-bs-target", "data-target", "href", "data-controls"):
        stated = (element.get(name) or "").strip()
        if name != "aria-controls" and not stated.startswith("#"):
            continue
        found = by_id.get(stated.lstrip("#"))
        if found is not None and found not in element.iterancestors() and found is not element:
            return found
    return None


def _is_tab(element: HtmlElement) -> bool:
    if role(element) == "tab":
        return True
    toggles = element.get("data-toggle") or element.get("data-bs-toggle") or ""
    if toggles in _TOGGLES:
        return True
    if element.tag != "a" or not (element.get("href") or "").startswith("#"):
        return False
    outer = next(element.iterancestors("ul", "ol"), None)
    return outer is not None and any(_TAB_LIST.fullmatch(name) for name in names(outer))


def _by_links(root: HtmlElement, by_id: Mapping[str, HtmlElement], page: WebPage) -> None:
    for tab in list(root.iter("a", "button", "li", "div", "span", "label")):
        if not _is_tab(tab):
            continue
        # A list item of tabs may hold the link that says where its panel is.
        inner = next(
            (one for one in tab.iter("a", "button") if _target(one, by_id) is not None), tab
        )
        panel = _target(inner, by_id)
        if panel is not None and brief(tab):
            page.choices.setdefault(panel, Choice("tab", label_line(brief(tab))))
            _consumed(tab)


def _consumed(tab: HtmlElement) -> None:
    above = tab.getparent()
    take_out(tab)
    while above is not None and above.tag in ("li", "ul", "ol") and not words(above):
        outer = above.getparent()
        take_out(above)
        above = outer


def _by_order(root: HtmlElement, page: WebPage) -> None:
    """Pair the tabs of a list with as many panels in the element around it."""
    known: dict[HtmlElement, list[HtmlElement]] = {}
    for tablist in [one for one in root.iter() if _is_element(one) and role(one) == "tablist"]:
        tabs = [one for one in tablist.iter() if _is_element(one) and role(one) == "tab"]
        around = tablist.getparent()
        for _ in range(3):
            if around is None or not tabs:
                break
            if around not in known:
                known[around] = list(_outermost(around, "tabpanel"))
            panels = known[around]
            if len(panels) == len(tabs):
                for tab, panel in zip(tabs, panels, strict=True):
                    page.choices.setdefault(panel, Choice("tab", label_line(brief(tab))))
                take_out(tablist)
                break
            around = around.getparent()


def _outermost(around: HtmlElement, kind: str) -> Iterator[HtmlElement]:
    waiting = list(islice(elements(around), _MOST_SEEN))[::-1]
    seen = 0
    while waiting and seen < _MOST_SEEN:
        element = waiting.pop()
        seen += 1
        if role(element) == kind:
            yield element
        else:
            waiting.extend(list(islice(elements(element), _MOST_SEEN))[::-1])


def _by_inputs(root: HtmlElement, page: WebPage) -> None:
    """Tabs without scripts: hidden buttons of which one is chosen, their labels, and panels."""
    for around in list(root.iter("div", "section")):
        children = list(elements(around))
        inputs = [one for one in children if one.tag == "input" and one.get("type") == "radio"]
        if len(inputs) < 2:
            continue
        own = {one.get("id") for one in inputs}
        labels = [one for one in around.iter("label") if one.get("for") in own]
        panels = [one for one in children if one.tag not in ("input", "label")]
        panels = [
            one for one in panels if not own & {label.get("for") for label in one.iter("label")}
        ]
        if len(panels) == 1 and len(labels) > 1:
            panels = list(elements(panels[0]))
        if len(panels) == len(labels):
            for label, panel in zip(labels, panels, strict=True):
                page.choices.setdefault(panel, Choice("tab", label_line(brief(label))))
            for one in (*inputs, *labels):
                take_out(one)


def _by_themselves(root: HtmlElement, by_id: Mapping[str, HtmlElement], page: WebPage) -> None:
    """Panels that name their label, or a tab by a name that both have."""
    buttons = {
        str(one.get("data-tab")): one
        for one in root.iter("button", "a", "li")
        if one.get("data-tab")
    }
    tabs = set(buttons.values())
    for panel in [one for one in root.iter() if _is_element(one)]:
        if panel in page.choices or panel in tabs:
            continue
        if role(panel) == "tabpanel" or panel.tag in ("tab-item", "tab-panel", "tab-content-item"):
            named = by_id.get((panel.get("aria-labelledby") or "").strip())
            label = words(named) if named is not None else ""
            label = (
                label or next((panel.get(name) for name in _STATED if panel.get(name)), "") or ""
            )
            if label:
                page.choices[panel] = Choice("tab", label_line(label))
        elif buttons and panel.tag in ("div", "section", "article"):
            shared = next((panel.get(name) for name in _PANEL_NAMES if panel.get(name)), None)
            tab = buttons.get(str(shared or panel.get("id")))
            if tab is not None and words(tab):
                page.choices[panel] = Choice("tab", label_line(brief(tab)))
    named = {panel.get(name) for panel in page.choices for name in ("id", *_PANEL_NAMES)}
    for name, tab in buttons.items():
        if name in named:
            _consumed(tab)


def _versions(root: HtmlElement, page: WebPage) -> None:
    for part in root.iter("div", "section", "span"):
        label = part.get("data-pivot") or part.get("data-moniker") or ""
        if label and part not in page.choices:
            page.choices[part] = Choice("zone", label_line(label))


def _folded(root: HtmlElement, by_id: Mapping[str, HtmlElement], page: WebPage) -> None:
    """Find what a button unfolds; the button is the title of it."""
    for button in list(root.iter("button", "a", "summary", "div", "span")):
        toggles = button.get("data-toggle") or button.get("data-bs-toggle") or ""
        if button.get("aria-expanded") is None and toggles not in _UNFOLDS:
            continue
        part = _target(button, by_id)
        if part is None and button.get("aria-expanded") is not None:
            part = _following(button)
        if part is None or not brief(button) or _is_menu(button, part):
            continue
        page.unfolds.add(part)
        if button.tag == "button":
            button.tag = "span"
        if not within(button, *HEADINGS, "summary", "dt"):
            page.titles.add(button)


def _following(button: HtmlElement) -> HtmlElement | None:
    """Return what follows a button, or the heading that it stands in alone."""
    at: HtmlElement | None = button
    while at is not None and at.getnext() is None:
        at = at.getparent()
        if at is None or len(at) > 1 or (at.text or "").strip():
            return None
    return at.getnext() if at is not None else None


def _is_menu(button: HtmlElement, part: HtmlElement) -> bool:
    if button.get("aria-haspopup") not in (None, "false") or role(part) in ("menu", "listbox"):
        return True
    return next(button.iterancestors("nav", "header"), None) is not None
