"""What pictures and boxes say that stand for a word: a tick in a table is a yes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import names, role

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TICKED, UNTICKED = "☒", "☐"
_YES = frozenset(
    ("check", "checked", "checkmark", "tick", "yes", "ok", "done", "success", "true", "supported",
     "available", "included", "approved", "confirm", "accept", "tickmark", "circlecheck")
)  # fmt: skip
_NO = frozenset(
    ("cross", "times", "xmark", "close", "no", "cancel", "clear", "ban", "remove", "false",
     "unsupported", "unavailable", "excluded", "error", "x", "minus", "crossmark", "circlexmark")
)  # fmt: skip
_ICON = re.compile(
    r"icons?|fa[srlbd]?|fa-\w+|glyphicon|bi|mdi|ti|ri|oi|emoji|emoticon|sprite|symbol|material"
)
_LIGATURES = re.compile(r"material-(?:icons|symbols)[\w-]*|google-symbols")
_PARTS = re.compile(r"[-_\s./:]+")
_SIGNS = {"(tick)": "✓", "(/)": "✓", "(error)": "✗", "(x)": "✗", "(cross)": "✗"}
_BOX_CLASSES = {"checkbox-on": TICKED, "checkbox-off": UNTICKED}
_BOX_ROLES = frozenset(("checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio"))


def box_of(element: HtmlElement) -> str:
    """Return the box that an element is, ticked or not; empty for another element."""
    if element.tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio"):
        return TICKED if element.get("checked") is not None else UNTICKED
    checked = (element.get("aria-checked") or "").lower()
    if checked and role(element) in _BOX_ROLES:
        return TICKED if checked == "true" else UNTICKED
    return next((_BOX_CLASSES[name] for name in names(element) if name in _BOX_CLASSES), "")


def is_ligature(element: HtmlElement) -> bool:
    """Tell whether the letters of an element are shown as a picture."""
    return any(_LIGATURES.fullmatch(name) for name in names(element))


def sign_of(image: HtmlElement) -> str:
    """Return the sign that a picture is set as a letter for; empty for any other."""
    alt = (image.get("alt") or "").strip()
    if alt in _SIGNS:
        return _SIGNS[alt]
    small = any("emoji" in name or "emoticon" in name for name in names(image))
    return alt if small and 0 < len(alt) <= 4 else ""


def icon_word(cell: HtmlElement) -> str:
    """Return the word that the pictures of a cell without text stand for, empty for none."""
    for part in cell.iter():
        if not isinstance(part.tag, str):
            continue
        said = "" if part is cell and part.get("data-label") else _label(part)
        if said:
            return said
    for part in cell.iter():
        if isinstance(part.tag, str) and (said := _named(part, bare=part is cell)):
            return said
    return ""


def _label(element: HtmlElement) -> str:
    title = element.text if element.tag == "title" else ""
    found = (element.get("aria-label"), element.get("alt"), element.get("title"), title)
    said = next((" ".join(one.split()) for one in found if one and one.strip()), "")
    return _SIGNS.get(said, said)


def _named(element: HtmlElement, *, bare: bool) -> str:
    """Return a yes or a no from the names that an author gave to a picture."""
    classes = " ".join(names(element))
    if bare:
        # A cell that is coloured by its class.
        return _word(names(element))
    if element.tag == "img":
        return _word(_PARTS.split((element.get("src") or "").rpartition("/")[2].lower()))
    if element.tag == "use":
        address = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        return _word(_PARTS.split((address or element.get("xlink:href") or "").lower()))
    if is_ligature(element):
        return _word(_PARTS.split((element.text or "").strip().lower()))
    is_icon = element.tag in ("i", "svg") or any(
        _ICON.fullmatch(part) for name in names(element) for part in (name, *name.split("-"))
    )
    return _word(_PARTS.split(classes)) if is_icon else _word(names(element))


def _word(parts: Iterable[str]) -> str:
    every = set(parts)
    no = every & _NO
    return "No" if no and not every & {"yes", "true"} else "Yes" if every & _YES else ""
