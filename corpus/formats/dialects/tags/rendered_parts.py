"""Tables and lists of HTML, as the renderer of web pages makes them."""

from __future__ import annotations

import re
from collections import Counter

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.tags.line_tags import LineTags, elements
from corpus.formats.dialects.tags.tag_tree import Element
from corpus.formats.types import Unusable
from corpus.formats.web.from_html import parse_html
from corpus.formats.web.render_markdown import render

_CELL_EDGES = re.compile(r"(?<=\| )(?>(?:<br>[ ]?)+)|(?>(?:(?<=\S)[ ]?<br>)+)(?= \|)")
_PART = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
_DEEPEST_CELL = 3
"""Tables within cells of tables; of those below only the words stay."""
_LIST_ITEM = re.compile(r"\n[ \t]*(?=[-*+] )")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


class RenderedParts(LineTags):
    """Makes Markdown of tables and lists."""

    def rendered(self, element: Element) -> str | None:
        """Return a table or a list as the renderer of web pages makes it.

        None where words would be missing: what stands in no cell is text all the same.
        """
        counted = len(self.page.found)
        source = self._as_html(element, in_cell=False)
        try:
            made = render(parse_html(source))
        except Unusable:
            made = ""
        if _words(_PART.sub(" ", source)) - _words(made):
            del self.page.found[counted:]
            return None
        return _CELL_EDGES.sub("", self.page.show(made)).strip("\n")

    def _as_html(self, element: Element, *, in_cell: bool) -> str:
        """Return an element as plain HTML; what is within a line is Markdown that passes."""
        tag, name = element.tag, element.name
        if name not in names.PARTS or tag.syntax != "element":
            if element.closed and _has_parts(element):
                return self._parts(element.children, in_cell=in_cell)
            return self._passed(self.in_line(element, "x"), in_cell=in_cell)
        if self.cells >= _DEEPEST_CELL:
            return self._passed(self.in_line(element, "x"), in_cell=in_cell)
        if tag.kind == "close":
            return f"</{name}>"
        if not element.closed and name not in ("li", "dt", "dd", "tr", "td", "th", "p"):
            return ""
        kept = "".join(
            f' {key}="{tag.attributes[key]}"'
            for key in ("rowspan", "colspan", "start")
            if tag.attributes.get(key, "").strip("{}").isdecimal()
        ).replace("{", "").replace("}", "")  # fmt: skip
        in_cell = name in ("td", "th") or (in_cell and name not in names.RENDERED)
        self.cells += in_cell
        inside = self._parts(element.children, in_cell=in_cell)
        self.cells -= in_cell
        return f"<{name}{kept}>{inside}" + (f"</{name}>" if element.closed else "")

    def _parts(self, children: list[Element | str], *, in_cell: bool) -> str:
        return "".join(
            self._passed(child, in_cell=in_cell)
            if isinstance(child, str)
            else self._as_html(child, in_cell=in_cell)
            for child in children
        )

    def _passed(self, text: str, *, in_cell: bool) -> str:
        page, text = self.page, self.read_text(text)
        if in_cell:
            breaks = "\x00"
            text = _BLANK_LINE.sub(breaks, _LIST_ITEM.sub(breaks, text))
            text = re.sub(r"\x00[-*+] ", breaks, text)
            text = page.held.sub(lambda match: _one_line(page.source(match[1])), text)
            text = re.sub(r"(?<!\\)\|", r"\\|", text)
            text = re.sub(rf"\s*(?:{page.line_end}|\x00)\s*", breaks, text)
            lines = text.split(breaks)
            # In a cell a break is written as it is in HTML.
            return page.hide("<br>").join(page.hide(_marked(line)) for line in lines)
        text = _marked(text).replace(page.line_end, "<br>")
        return re.sub(
            page.held.pattern,
            lambda match: f"<p>{match[0]}</p>" if page.is_block(match[1]) else match[0],
            page.hide(text),
        )


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _has_parts(element: Element) -> bool:
    return any(
        child.name in names.PARTS and child.tag.syntax == "element" for child in elements(element)
    )


def _marked(text: str) -> str:
    """Return text in which what looks like a tag to Markdown is escaped."""
    return re.sub(r"(?<!\\)<(?=[A-Za-z/!?])", r"\\<", re.sub(r"&lt;(?=[A-Za-z/!?])", r"\\<", text))


def _one_line(code: str) -> str:
    lines = [line.strip() for line in code.split("\n")]
    said = " ".join(line for line in lines if line and not line.startswith(("```", "~~~")))
    return said if "`" in said else f"`{said}`" if said else ""
