"""Elements of office documents by their names, whatever vocabulary these are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON = ("", "1", "true", "on")


def children(element: Element | None, name: str = "") -> Iterator[Element]:
    """Return the children of an element, those of a name where one is given."""
    if element is None:
        return
    for child in element:
        if not name or local(child) == name:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element on a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def local(element: Element) -> str:
    """Return the name of an element without its vocabulary."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute, whatever vocabulary it is of."""
    if element is None:
        return None
    found: str | None = element.get(f"{_W}{name}")
    if found is None:
        found = next((v for k, v in element.items() if k.rpartition("}")[2] == name), None)
    return found


def number(element: Element | None, default: int = 0, name: str = "val") -> int:
    """Return an attribute as a number, the default where it is none."""
    said = value(element, name) or ""
    return int(said) if re.fullmatch(r"-?[0-9]{1,9}", said) else default


def is_on(element: Element | None, default: bool = False) -> bool:
    """Tell whether a property is set: without a value it is."""
    return default if element is None else (value(element) or "").lower() in _ON
