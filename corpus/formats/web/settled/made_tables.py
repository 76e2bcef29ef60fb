"""Tables, lists and pairs that a page makes of other elements, as the elements that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import elements, names, pieces, role, style, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TABLE_NAMES = frozenset(("table", "divtable", "div-table", "css-table", "tbl", "rtable"))
_ROW_NAMES = frozenset(
    ("row", "tr", "table-row", "tablerow", "divtablerow", "div-table-row", "table__row")
)
_HEAD_NAMES = frozenset(
    ("th", "table-head", "tablehead", "divtablehead", "header-cell", "table-header-cell",
     "table__header-cell", "table-header", "head-cell")
)  # fmt: skip
_CELL_NAMES = frozenset(
    (
        "td",
        "cell",
        "table-cell",
        "tablecell",
        "divtablecell",
        "div-table-cell",
        "table__cell",
        "col",
    )
)
_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td",
    "gridcell": "td", "columnheader": "th", "rowheader": "th",
}  # fmt: skip
_DISPLAY = re.compile(r"display\s*:\s*(?:inline-)?table(-row|-cell)?\s*(?:;|!|$)", re.I)
_LABEL_NAMES = re.compile(r"[\w-]*?(?:label|key|term|attribute|property)(?:_\w+)?|dt", re.I)
_VALUE_NAMES = re.compile(
    r"[\w-]*?(?:value|val|definition|data|content|item|items|description)(?:_\w+)?|dd", re.I
)
_LONGEST_LABEL = 80
_WORD_LIST = re.compile(r"mso-list:\s*l(\d+)\s+level(\d+)", re.I)
_GOOGLE_LIST = re.compile(r"lst-kix_([\w]+)-(\d)")
_NUMBER = re.compile(r"(\d{1,4})[.)](?:\s|$)")
_WORD_BULLETS = frozenset("·•o§-–ØüvŸ▪●○■◦\uf0b7\uf0a7\uf0d8\uf0fc")


def make_plain(root: HtmlElement) -> None:
    """Give tables, pairs and lists of a page the elements that HTML has for them."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("div", "section", "ul", "dl", "span") or role(element) in (
            "table",
            "grid",
        ):
            _table(element)
        above = element.getparent()
        if element.tag in ("dt", "dd") and above is not None and above.tag in ("dt", "dd"):
            # The parser does not know that one ends where the next begins.
            above.addnext(element)
        if element.tag in ("div", "li", "p"):
            _pair(element)
        if element.tag in ("ul", "ol") and element.getparent() is not None:
            _google_list(element)
        level = (element.get("aria-level") or "").strip()
        if role(element) == "heading" and element.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
            element.tag = f"h{level}" if level in ("1", "2", "3", "4", "5", "6") else "h2"
        if element.tag == "p" and _is_title(element):
            element.tag = "h1"
    _word_lists(root)


def _is_title(paragraph: HtmlElement) -> bool:
    """Tell the title of a document that a program for texts saved as a page."""
    own = names(paragraph)
    return "msotitle" in own or ("title" in own and (paragraph.get("id") or "").startswith("h."))


def _part_of_table(element: HtmlElement) -> str:
    """Return which part of a table an element is, by its role, its style or its class."""
    if role(element) in _ROLES:
        return _ROLES[role(element)]
    shown = _DISPLAY.search(style(element))
    if shown:
        return {None: "table", "-row": "tr", "-cell": "td"}[shown[1]]
    if element.tag not in ("div", "span", "li", "ul", "section"):
        return ""
    own = set(names(element))
    parts = (("table", _TABLE_NAMES), ("tr", _ROW_NAMES), ("th", _HEAD_NAMES), ("td", _CELL_NAMES))
    return next((part for part, known in parts if own & known), "")


def _table(element: HtmlElement) -> None:
    if element.tag == "table" or _part_of_table(element) != "table":
        return
    rows = list(_parts(element, ("tr",)))
    cells = [list(_parts(row, ("td", "th"))) for row in rows]
    if len(rows) < 2 or max(map(len, cells)) < 2 or next(element.iter("table"), None) is not None:
        return
    if sum(_letters(cell) for row in cells for cell in row) * 10 < _letters(element) * 9:
        return
    for row, own in zip(rows, cells, strict=True):
        for cell in own:
            cell.tag = _part_of_table(cell)
            for name in ("colspan", "rowspan"):
                span = cell.get(f"aria-{name}")
                if span and not cell.get(name):
                    cell.set(name, span)
        row.tag = "tr"
        for child in list(row):
            row.remove(child)
        row.text = None
        for cell in own:
            cell.tail = None
            row.append(cell)
    titles = [part for part in elements(element) if part.tag == "caption"]
    element.tag = "table"
    for child in list(element):
        if child not in titles:
            element.remove(child)
    element.extend(rows)


def _letters(element: HtmlElement) -> int:
    return len("".join(words(element).split()))


def _parts(element: HtmlElement, kinds: tuple[str, ...]) -> Iterator[HtmlElement]:
    """Return the nearest parts of these kinds, which may be wrapped."""
    waiting = list(elements(element))[::-1]
    while waiting:
        one = waiting.pop()
        kind = _part_of_table(one)
        if kind in kinds:
            yield one
        elif kind != "table" and one.tag not in ("table", "p"):
            waiting.extend(list(elements(one))[::-1])


def _pair(element: HtmlElement) -> None:
    """Make a list of definitions of an element with a label and its value."""
    if len(element) != 2 or any(isinstance(one, str) and one.strip() for one in pieces(element)):
        return
    children = list(elements(element))
    if len(children) != 2 or not all(one.tag in ("div", "span", "p", "strong") for one in children):
        return
    label, value = children
    if not any(_LABEL_NAMES.fullmatch(name) for name in names(label)) or not any(
        _VALUE_NAMES.fullmatch(name) for name in names(value)
    ):
        return
    if words(value) and 0 < len(words(label)) <= _LONGEST_LABEL:
        element.tag = "div" if element.tag == "p" else element.tag
        pair = element.makeelement("dl")
        label.tag, value.tag = "dt", "dd"
        pair.extend((label, value))
        element.append(pair)


def _google_list(element: HtmlElement) -> None:
    """Put a list that another program wrote beside the one that it belongs in into it."""
    own = _GOOGLE_LIST.search(element.get("class") or "")
    before = element.getprevious()
    if own is None or before is None or before.tag not in ("ul", "ol"):
        return
    shown = _GOOGLE_LIST.search(before.get("class") or "")
    if (before.tail or "").strip() or shown is None:
        return
    if own[2] == "0":
        if own[1] == shown[1] and element.tag == before.tag:
            before.extend(list(element))
            element.tag = "span"
        return
    target, depth = before, int(own[2])
    while len(target) and target[-1].tag == "li":
        item = target[-1]
        inner = next((one for one in reversed(item) if one.tag in ("ul", "ol")), None)
        shown = _GOOGLE_LIST.search((inner.get("class") or "") if inner is not None else "")
        if inner is None or shown is None or int(shown[2]) > depth:
            tail = element.tail
            element.tail = None
            item.append(element)
            before.tail = (before.tail or "") + (tail or "")
            return
        if int(shown[2]) == depth:
            for moved in list(element):
                inner.append(moved)
            element.tag = "span"
            return
        target = inner


def _word_lists(root: HtmlElement) -> None:
    """Make lists of paragraphs that Word saved with the marks of their items as text."""
    every = [one for one in root.iter("p", "h1", "h2", "h3") if _WORD_LIST.search(style(one))]
    open_lists: list[tuple[str, int, HtmlElement]] = []
    last: HtmlElement | None = None
    for paragraph in every:
        stated = _WORD_LIST.search(style(paragraph))
        if stated is None or paragraph.tag != "p":
            continue
        before = paragraph.getprevious()
        if last is None or before is not last:
            open_lists = []
        level = int(stated[2])
        while open_lists and (open_lists[-1][1] > level or (
            open_lists[-1][1] == level and open_lists[-1][0] != stated[1]
        )):  # fmt: skip
            open_lists.pop()
        if not open_lists or open_lists[-1][1] < level:
            made = paragraph.makeelement("ul")
            number = _NUMBER.match(words(paragraph))
            if number:
                made.tag = "ol"
                made.set("start", number[1])
            if open_lists and len(open_lists[-1][2]):
                open_lists[-1][2][-1].append(made)
            else:
                paragraph.addprevious(made)
                last = made
            open_lists.append((stated[1], level, made))
        _without_word_mark(paragraph)
        tail, paragraph.tail = paragraph.tail, None
        open_lists[-1][2].append(paragraph)
        paragraph.tag = "li"
        if last is not None and tail and tail.strip():
            last.tail = (last.tail or "") + tail


def _without_word_mark(paragraph: HtmlElement) -> None:
    for span in paragraph.iter("span"):
        if "mso-list" in style(span) and "ignore" in style(span).lower():
            mark = words(span)
            tail = span.tail
            span.clear()
            span.tail = tail
            if mark not in _WORD_BULLETS and not _NUMBER.fullmatch(mark):
                span.text = f"{mark} "
            return
