"""The tree of tags to text: containers, titles and emphasis where tags said so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.page_state import (
    LEAD,
    PageState,
    continued,
    dedented,
    led,
)
from corpus.formats.dialects.tag_tokens import Tag, unquoted
from corpus.formats.dialects.tag_tree import Element, tree
from corpus.formats.types import Unusable
from corpus.formats.web.from_html import parse_html
from corpus.formats.web.render_markdown import render

_ROW_RULE = re.compile(
    r"^[ \t>]*+\|?[ \t]*+:?-+:?[ \t]*+(?:(?:\|[ \t]*+:?-+:?[ \t]*+)+\|?|(?<=[-: \t])\|)[ \t]*$",
    re.M,
)
_CELL_EDGES = re.compile(r"(?<=\| )(?:<br>[ ]?)++|(?:(?<=\S)[ ]?<br>)++(?= \|)")
_PART = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
_ALWAYS_BLOCKS = frozenset((*names.RENDERED, *names.HEADINGS, "p", "div", "center", "hr"))
_BRANCHES = frozenset(("else", "elsif", "elseif", "when", "break", "continue"))
_DEEPEST_CELL = 3
"""Tables within cells of tables; of those below only the words stay."""
_ENOUGH = 200
_ROWS_END = re.compile(r"\n[ \t>]*+(?=\n|\Z)")
_LISTED = re.compile(r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)+$")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_ADDRESS = re.compile(r"[^\s()<>]+$")
_ORDINAL = frozenset(("th", "st", "nd", "rd", "tm", "sm", "®", "™", "e", "er", "o", "a."))
_LIST_ITEM = re.compile(r"\n[ \t]*(?=[-*+] )")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LABEL_OF = re.compile(r"""label\s*:\s*("[^"]*"|'[^']*')[^{}]*?value\s*:\s*("[^"]*"|'[^']*')""")
_VALUE_OF = re.compile(r"""value\s*:\s*("[^"]*"|'[^']*')[^{}]*?label\s*:\s*("[^"]*"|'[^']*')""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_EXPRESSION_END = re.compile(r"[ \t]*\)*[ \t]*(?<!\\)\}")
_NAME = re.compile(r"[\w$]+(?:\.[\w$]+)*$")
_PAGE_NAME = re.compile(
    r"(?:page|frontmatter|props|meta|params|\$frontmatter|site|vars|env)\.", re.I
)
_EMPTY_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\([ \t]*\)")


def lower_tags(text: str, page: PageState) -> str:
    """Return a text without tags; what they say of the text is in the reading form."""
    root = tree(text, mdx=page.mdx)
    if len(root) == 1:
        return text
    return _EMPTY_LINK.sub(r"\1", _Lowering(text, page).pieces(root))


class _Text:
    """Text as it grows; knows what stands before in its last line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.start = ""
        """How the last line begins."""
        self.tail = ""
        """How it ends until now."""

    def add(self, text: str) -> None:
        """Add text within a line, or with lines of its own."""
        if not text:
            return
        self.parts.append(text)
        _, found, last = text.rpartition("\n")
        self.start = (last if found else self.start + last)[:_ENOUGH]
        self.tail = (last if found else self.tail + last)[-_ENOUGH:]

    @property
    def lead(self) -> str:
        """Return what the last line begins with, before any word."""
        match = LEAD.match(self.start)
        return match[0] if match else ""

    @property
    def is_at_start(self) -> bool:
        """Whether nothing stands in the last line yet."""
        return not self.tail.strip(" \t>") and not self.start.strip(" \t>")

    @property
    def is_at_item(self) -> bool:
        """Whether nothing but the mark of a list item stands in the last line."""
        return len(self.start) < _ENOUGH and bool(_LISTED.match(self.start))

    def add_block(self, block: str) -> None:
        """Add blocks on lines of their own, at the indentation of the line that has begun."""
        if not block.strip():
            return
        lines = block.split("\n")
        if self.is_at_item:
            # The item begins with the block.
            lead = continued(self.start)
            self.add("\n".join([lines[0], *led(lines[1:], lead)]) + f"\n{lead.rstrip()}\n")
            return
        lead = self.lead
        if not self.is_at_start:
            self.add(f"\n{lead.rstrip()}\n{lead}")
        if not lead:
            self.add("\n")
        rest = "\n".join(led(lines, lead))
        self.add(f"{rest[len(lead) :]}\n{lead.rstrip()}\n{lead}")

    def __str__(self) -> str:
        return "".join(self.parts)


class _Lowering:
    """Makes text of elements."""

    def __init__(self, text: str, page: PageState) -> None:
        self.text = text
        self.page = page
        self.open_expressions = 0
        self.flat = 0
        """How many list items begin with what is read: no container has room there."""
        self.cells = 0
        """How many cells of HTML what is read is in."""
        self.rows = _row_spans(text)

    def pieces(self, children: Iterable[Element | str]) -> str:
        """Return pieces as text with blocks on lines of their own."""
        out = _Text()
        for child in children:
            if isinstance(child, str):
                out.add(self._text(child))
            else:
                self._element(child, out)
        return str(out)

    def within_line(self, children: Iterable[Element | str]) -> str:
        """Return pieces as text that opens no block, where only words have room."""
        out = _Text()
        for child in children:
            if isinstance(child, str):
                out.add(self._text(child))
            else:
                out.add(self._in_line(child, out.tail))
        return str(out)

    def _text(self, text: str) -> str:
        while self.open_expressions and (match := _EXPRESSION_END.search(text)):
            text = text[: match.start()] + text[match.end() :]
            self.open_expressions -= 1
        return text

    def _element(self, element: Element, out: _Text) -> None:
        tag, name = element.tag, element.name
        if tag.syntax in ("output", "expression"):
            out.add(self._value(tag, out.tail))
        elif self._is_in_row(tag) or _is_of_line(element):
            out.add(self._in_line(element, out.tail))
        elif out.is_at_start or name in _ALWAYS_BLOCKS or _has_blocks(element):
            out.add_block(self._block(element))
        elif out.is_at_item:
            self.flat += 1
            out.add_block(self._block(element))
            self.flat -= 1
        else:
            out.add(self._in_line(element, out.tail))

    # What takes lines of its own.

    def _block(self, element: Element) -> str:
        tag, name = element.tag, element.name
        if tag.kind == "close" or not name:
            return ""
        if tag.syntax == "element" and name in names.HTML and tag.written in (name, name.upper()):
            return self._html_block(element)
        handled = self._gone(element)
        return handled if handled is not None else self._named_block(element)

    def _named_block(self, element: Element) -> str:
        """Return a block of a component, a shortcode or a statement by its name."""
        tag, name = element.tag, element.name
        if name in names.TAB_GROUPS and (element.closed or tag.syntax != "shortcode"):
            return self._tabs(element)
        if not element.closed:
            return self._component_block(element)
        if name in names.CONDITIONS and tag.syntax == "statement":
            self.page.leave_out("condition", tag.written)
            return self._inside(element)
        return self._container(element) or self._component_block(element)

    def _container(self, element: Element) -> str:
        """Return a note, a tab or a zone; empty for another element."""
        tag, name = element.tag, element.name
        if name in names.NOTES:
            kind, label = "note", self._title(tag)
        elif name in names.TABS:
            kind, label = "tab", self._tab_label(tag)
        elif name in names.ZONES and (label := self._zone(tag)):
            return self.page.container("zone", label, self._branches(element, label))
        else:
            return ""
        inside = self._inside(element)
        if not self.flat:
            return self.page.container(kind, label, inside)
        return "\n\n".join(filter(None, [f"**{self.page.label(label)}**" if label else "", inside]))

    def _inside(self, element: Element) -> str:
        return dedented(self.pieces(element.children).strip("\n")).strip("\n")

    def _component_block(self, element: Element) -> str:
        """Return what a component of an unknown name shows: its titles, and what is in it."""
        said = self._said(element.tag)
        inside = self._inside(element) if element.closed else ""
        if not said and not inside.strip():
            self.page.leave_out(_kind(element.tag), element.tag.written.split(None, 1)[0])
            return ""
        title, *others = said or [""]
        short = len(title) <= 150 and not title.endswith(".")
        head = [f"**{self.page.label(title)}**" if short else title] if title else []
        return "\n\n".join(filter(None, [*head, *others, inside]))

    def _tabs(self, element: Element) -> str:
        """Return a group of tabs, with the labels that the group itself gives to them."""
        tag = element.tag
        given = tag.attributes.get("items", "") + tag.attributes.get("values", "")
        by_value = {unquoted(v): unquoted(said) for said, v in _LABEL_OF.findall(given)}
        by_value |= {unquoted(v): unquoted(said) for v, said in _VALUE_OF.findall(given)}
        in_order = [] if by_value else [unquoted(one) for one in _QUOTED.findall(given)]
        tabs = [
            child
            for child in element.children
            if isinstance(child, Element) and child.name in names.TABS and child.closed
        ]
        for number, child in enumerate(tabs):
            stated = child.tag.attributes
            value = stated.get("value", "").strip("{}\"' ")
            if not any(stated.get(name) for name in ("label", "title", "name", "heading")):
                label = by_value.get(value) or (in_order[number] if number < len(in_order) else "")
                if label:
                    stated["label"] = label
        said = self._said(tag) if not given else []
        head = [f"**{self.page.label(one)}**" for one in said]
        return "\n\n".join(filter(None, [*head, self._inside(element)]))

    def _branches(self, element: Element, label: str) -> str:
        """Return what holds for one version of a page; another of its branches is for others."""
        branches: list[list[Element | str]] = [[]]
        labels: list[str] = [""]
        for child in element.children:
            if isinstance(child, Element) and child.name in ("else", "elsif", "elseif"):
                branches.append([])
                labels.append(" ".join(child.tag.written.split()[1:]) or f"not {label}")
            else:
                branches[-1].append(child)
        first, *others = (dedented(self.pieces(one).strip("\n")).strip("\n") for one in branches)
        parts = [first]
        for other, inside in zip(labels[1:], others, strict=True):
            # The container is closed here and another one opened.
            begun = f"{self.page.opening}zone {self.page.label(other)}"
            parts.append(f"{self.page.closing}\n\n{begun}\n\n{inside}")
        return "\n\n".join(parts)

    def _html_block(self, element: Element) -> str:
        name = element.name
        if name in names.MEDIA:
            return self._media(element)
        if not element.closed:
            return ""
        if name == "details":
            return self._details(element)
        if name in names.HEADINGS:
            said = " ".join(self.within_line(element.children).replace("**", "").split())
            return f"{'#' * int(name[1])} {said}" if said else ""
        if name in names.RENDERED:
            return self._rendered(element)
        inside = self._inside(element)
        return "\n".join(led(inside.split("\n"), "> ")).strip() if name == "blockquote" else inside

    def _details(self, element: Element) -> str:
        summary = _summary(element)
        title = ""
        if summary is not None:
            element.children.remove(summary)
            title = self.page.label(re.sub(r"^[#\s]+", "", self.within_line(summary.children)))
        return "\n\n".join(filter(None, [f"**{title}**" if title else "", self._inside(element)]))

    def _rendered(self, element: Element) -> str:
        """Return a table or a list as the renderer of web pages makes it, if it keeps all words."""
        counted = len(self.page.found)
        source = self._as_html(element, in_cell=False)
        try:
            made = render(parse_html(source))
        except Unusable:
            made = ""
        if _words(_PART.sub(" ", source)) - _words(made):
            # What stands in no cell is text all the same.
            del self.page.found[counted:]
            return self._inside(element)
        return _CELL_EDGES.sub("", self.page.show(made)).strip("\n")

    def _as_html(self, element: Element, *, in_cell: bool) -> str:
        """Return an element as plain HTML; what is within a line is Markdown that passes."""
        tag, name = element.tag, element.name
        if name not in names.PARTS or tag.syntax != "element":
            if element.closed and _has_parts(element):
                return self._parts(element.children, in_cell=in_cell)
            return self._passed(self._in_line(element, "x"), in_cell=in_cell)
        if self.cells >= _DEEPEST_CELL:
            return self._passed(self._in_line(element, "x"), in_cell=in_cell)
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
        page, text = self.page, self._text(text)
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

    # What stands within a line.

    def _in_line(self, element: Element, before: str) -> str:
        tag, name = element.tag, element.name
        if tag.syntax in ("output", "expression"):
            return self._value(tag, before)
        if tag.kind == "close":
            return "\n" if name == "p" and not self._is_in_row(tag) else ""
        if tag.syntax == "element" and tag.written in (name, name.upper(), ""):
            if name in names.LINE_ELEMENTS and name not in ("img", "picture", "svg"):
                return self._html_in_line(element)
            if name in names.BLOCK_ELEMENTS:
                return f" {self.within_line(element.children).strip()} "
        handled = self._gone(element, before)
        return " ".join(handled.split()) if handled is not None else self._named(element, before)

    def _named(self, element: Element, before: str) -> str:
        """Return a component, a shortcode or a statement within a line."""
        tag, name = element.tag, element.name
        inside = self.within_line(element.children)
        if name in names.CONDITIONS | names.ZONES and tag.syntax in ("statement", "shortcode"):
            self.page.leave_out("condition", tag.written)
            return inside
        if name in names.TABS and (label := self._tab_label(tag)):
            return f"{self.page.label(label)}: {inside.strip()} "
        said = ": ".join(filter(None, [*self._said(tag), inside.strip("\n")]))
        if not said.strip():
            self.page.leave_out(_kind(tag), tag.written.split(None, 1)[0] if tag.written else name)
            # A component may be a picture, a shortcode stands for words.
            return self._filled(before) if tag.syntax != "element" else ""
        return said

    def _html_in_line(self, element: Element) -> str:
        name, tag = element.name, element.tag
        if name == "br":
            return self._break(tag)
        if name in names.MEDIA:
            return self._media(element)
        if name == "input":
            box = tag.attributes.get("type", "").lower() in ("checkbox", "radio")
            return ("☒ " if "checked" in tag.attributes else "☐ ") if box else ""
        inside = self.within_line(element.children)
        made = _MADE.get(name)
        said = inside.strip()
        if made is None or not said or self.page.opening in said or _BLANK_LINE.search(said):
            return inside
        lead, end = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        return f"{lead}{made(said, tag)}{end}"

    def _break(self, tag: Tag) -> str:
        return "<br>" if self._is_in_row(tag) else self.page.line_end

    def _media(self, element: Element) -> str:
        tag = element.tag
        stated = tag.attributes
        what = "embedded page" if tag.name in ("iframe", "embed", "object") else "video"
        what = "audio" if tag.name == "audio" else what
        example = stated.get("title") or stated.get("src") or stated.get("id") or ""
        self.page.leave_out(what, example or " ".join(tag.words[:1]))
        return self.within_line(element.children).strip()

    def _gone(self, element: Element, before: str = "") -> str | None:
        """Return what is left of a tag that stands for something outside of the text."""
        tag, name = element.tag, element.name
        if (name in names.IMAGES and not (name == "icon" and element.closed)) or (
            name == "figure" and tag.syntax != "element"
        ):
            return self._image(element)
        if name in names.MEDIA and (tag.syntax != "element" or name not in names.HTML):
            return self._media(element)
        if tag.syntax == "element":
            return "" if name in names.SILENT and not element.closed else None
        return self._template(element, before)

    def _template(self, element: Element, before: str) -> str | None:
        """Return what is left of a statement or shortcode that names something elsewhere."""
        tag, name = element.tag, element.name
        if name in names.INCLUDES:
            self.page.leave_out("included file", _example(tag))
            return self._filled(before) + self.within_line(element.children)
        if name in names.REFERENCES or name in _BRANCHES:
            return ""
        if name in names.SILENT:
            self._assign(tag)
            return self.within_line(element.children)
        if name == "data" or (name in names.VARIABLES and not element.closed):
            what = "included file" if "reusables" in tag.written else "variable"
            return self._variable(_example(tag), what, before)
        return None

    def _assign(self, tag: Tag) -> None:
        match = re.match(r"""assign\s+(\w+)\s*=\s*("[^"]*"|'[^']*')""", tag.written)
        if match:
            self.page.values[match[1]] = unquoted(match[2])

    def _image(self, element: Element) -> str:
        """Leave an image out; in a table it stands for a word."""
        tag = element.tag
        stated = tag.attributes
        inside = self.within_line(element.children).strip()
        if any(child.name in names.IMAGES for child in _elements(element)):
            # What is around an image is counted with it.
            return inside
        alt = stated.get("alt") or stated.get("title") or ""
        if (self.cells or self._is_in_row(tag)) and alt:
            return alt
        self.page.leave_out("image", alt or stated.get("src") or _example(tag))
        return " ".join(filter(None, [stated.get("caption", ""), inside]))

    # What a tag says of itself.

    def _title(self, tag: Tag) -> str:
        stated = tag.attributes
        for name in ("title", "heading", "header", "label", "summary"):
            if stated.get(name):
                return self._literal(stated[name])
        words = " ".join(tag.words)
        # One small word is the kind of the note: `{{% alert warning %}}`.
        return words if " " in words or words[:1].isupper() else ""

    def _tab_label(self, tag: Tag) -> str:
        stated = tag.attributes
        for name in ("label", "title", "name", "heading", "header", "tab", "value"):
            if stated.get(name):
                return self._literal(stated[name])
        if tag.words:
            return " ".join(tag.words)
        return tag.name if tag.name in names.PLATFORMS else ""

    def _zone(self, tag: Tag) -> str:
        stated = tag.attributes
        for name in ("pivot", "target", "range", "when", "label", "title", "platform", "product"):
            if stated.get(name):
                return stated[name]
        return " ".join(tag.written.split()[1:]) if tag.syntax != "element" else ""

    def _said(self, tag: Tag) -> list[str]:
        """Return the attributes that a component shows as text."""
        said = [self._literal(tag.attributes.get(name, "")) for name in names.SAID]
        if tag.syntax != "element" and not any(said):
            said = [word for word in tag.words if " " in word]
        return list(dict.fromkeys(one.strip() for one in said if one.strip()))

    def _literal(self, value: str) -> str:
        """Return the text of an attribute, which may be an expression."""
        if not (value.startswith("{") and value.endswith("}") and self.page.mdx):
            return _TEMPLATE.sub("", value)
        inner = value[1:-1].strip()
        held = self.page.held.fullmatch(inner)
        if _QUOTED.fullmatch(inner):
            said = unquoted(inner)
        elif held:
            said = self.page.source(held[1]).strip("`")
        elif "<" in inner:
            said = re.sub(r"<[^<>]*>", "", inner).strip("() ")
        else:
            said = self.page.values.get(inner, "")
        if not said:
            self.page.leave_out("expression", inner)
        return said

    def _value(self, tag: Tag, before: str) -> str:
        """Return what an expression stands for, where the page says so."""
        written = tag.written
        if tag.syntax == "expression" and written.startswith("{"):
            # Its end comes after the elements that it holds.
            self.open_expressions += 1
            self.page.leave_out("expression", self.text[tag.start + 1 : tag.end])
            return ""
        if not written:
            return ""
        if held := self.page.held.fullmatch(written):
            return f"{self.page.held_mark}{held[1]}{self.page.held_mark}"
        if _QUOTED.fullmatch(written):
            return unquoted(written)
        what = "expression" if tag.syntax == "expression" else "variable"
        return self._variable(written.split("|")[0].strip(), what, before)

    def _variable(self, name: str, what: str, before: str) -> str:
        bare = _PAGE_NAME.sub("", name)
        for known in (name, bare):
            if _NAME.match(known) and known in self.page.values:
                return self.page.values[known]
        self.page.leave_out(what, name)
        return self._filled(before)

    def _filled(self, before: str) -> str:
        """Return what stands for words that are not known, nothing in an address."""
        in_address = re.search(r"\]\([^()\s]*$|\]:[ \t]*\S*$", before)
        alone = not before.strip(" \t>")
        return "" if in_address or alone else self.page.hole

    def _is_in_row(self, tag: Tag) -> bool:
        at = bisect_right(self.rows, (tag.start, len(self.text))) - 1
        return at >= 0 and self.rows[at][0] <= tag.start < self.rows[at][1]


def _row_spans(text: str) -> list[tuple[int, int]]:
    """Return where tables begin and end."""
    spans: list[tuple[int, int]] = []
    for match in _ROW_RULE.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        above = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        below = _ROWS_END.search(text, match.end())
        spans.append((above, below.start() if below else len(text)))
    return spans


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _has_parts(element: Element) -> bool:
    return any(
        child.name in names.PARTS and child.tag.syntax == "element" for child in _elements(element)
    )


def _has_blocks(element: Element) -> bool:
    """Tell whether what is in an element needs lines of its own."""
    return element.closed and any(
        (isinstance(child, str) and "\n\n" in child)
        or (isinstance(child, Element) and not _is_of_line(child) and _has_blocks(child))
        for child in element.children
    )


def _is_of_line(element: Element) -> bool:
    tag = element.tag
    if tag.kind == "close" and tag.name not in names.LINE_ELEMENTS:
        return False
    return tag.syntax == "element" and tag.name in names.LINE_ELEMENTS and (
        tag.written in (tag.name, tag.name.upper(), "")
    )  # fmt: skip


def _summary(element: Element) -> Element | None:
    return next((one for one in _elements(element) if one.name == "summary" and one.closed), None)


def _kind(tag: Tag) -> str:
    return {"element": "component", "shortcode": "shortcode"}.get(tag.syntax, "directive")


def _example(tag: Tag) -> str:
    said = tag.written.partition(" ")[2].strip().rstrip("/").strip()
    return said.strip("\"'") or tag.written


def _marked(text: str) -> str:
    """Return text in which what looks like a tag to Markdown is escaped."""
    return re.sub(r"(?<!\\)<(?=[A-Za-z/!?])", r"\\<", re.sub(r"&lt;(?=[A-Za-z/!?])", r"\\<", text))


def _one_line(code: str) -> str:
    lines = [line.strip() for line in code.split("\n")]
    said = " ".join(line for line in lines if line and not line.startswith(("```", "~~~")))
    return said if "`" in said else f"`{said}`" if said else ""


def _bold(said: str, _: Tag) -> str:
    return said if set("*\n") & set(said) else f"**{said}**"


def _link(said: str, tag: Tag) -> str:
    address = _TEMPLATE.sub("", tag.attributes.get("href", "").strip())
    said = " ".join(said.split())
    if not _ADDRESS.match(address) or address.startswith("#") or set("[]") & set(said):
        return said
    return f"[{said}]({address})"


def _raised(said: str, _: Tag) -> str:
    bare = re.sub(r"^\[(.*)\]\([^()]*\)$", r"\1", said).strip("[]()")
    if bare.lower() in _ORDINAL or len(bare) > 8 or any(map(str.isspace, bare)):
        return bare if len(bare) <= 8 else said
    return bare if "^" in bare else f"^{bare}^"


def _struck(said: str, _: Tag) -> str:
    return said if "~" in said else f"~~{' '.join(said.split())}~~"


_MADE: dict[str, Callable[[str, Tag], str]] = {
    "b": _bold,
    "strong": _bold,
    "a": _link,
    "sup": _raised,
    "del": _struck,
    "s": _struck,
    "strike": _struck,
    "q": lambda said, _: f"“{said}”",
}
