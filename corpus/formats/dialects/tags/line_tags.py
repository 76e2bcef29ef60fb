"""Tags to text within a line, where no block has room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.tags.growing_text import GrowingText
from corpus.formats.dialects.tags.tag_tokens import Tag, unquoted
from corpus.formats.dialects.tags.tag_tree import Element
from corpus.formats.dialects.tags.tag_words import TEMPLATE, TagWords

_BRANCHES = frozenset(("else", "elsif", "elseif", "when", "break", "continue"))
_ADDRESS = re.compile(r"[^\s()<>]+$")
_ORDINAL = frozenset(("th", "st", "nd", "rd", "tm", "sm", "®", "™", "e", "er", "o", "a."))
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


class LineTags(TagWords):
    """Makes words of elements."""

    def within_line(self, children: Iterable[Element | str]) -> str:
        """Return pieces as text that opens no block, where only words have room."""
        out = GrowingText()
        for child in children:
            if isinstance(child, str):
                out.add(self.read_text(child))
            else:
                out.add(self.in_line(child, out.tail))
        return str(out)

    def in_line(self, element: Element, before: str) -> str:
        """Return an element as text that follows `before` in its line."""
        tag, name = element.tag, element.name
        if tag.syntax in ("output", "expression"):
            return self.value(tag, before)
        if tag.kind == "close":
            return "\n" if name == "p" and not self.is_in_row(tag) else ""
        if tag.syntax == "element" and tag.written in (name, name.upper(), ""):
            if name in names.LINE_ELEMENTS and name not in ("img", "picture", "svg"):
                return self._html_in_line(element)
            if name in names.BLOCK_ELEMENTS:
                return f" {self.within_line(element.children).strip()} "
        handled = self.gone(element, before)
        return " ".join(handled.split()) if handled is not None else self._named(element, before)

    def _named(self, element: Element, before: str) -> str:
        """Return a component, a shortcode or a statement within a line."""
        tag, name = element.tag, element.name
        inside = self.within_line(element.children)
        if name in names.CONDITIONS | names.ZONES and tag.syntax in ("statement", "shortcode"):
            self.page.leave_out("condition", tag.written)
            return inside
        if name in names.TABS and (label := self.tab_label(tag)):
            return f"{self.page.label(label)}: {inside.strip()} "
        said = ": ".join(filter(None, [*self.said(tag), inside.strip("\n")]))
        if not said.strip():
            example = tag.written.split(None, 1)[0] if tag.written else name
            self.page.leave_out(kind_of(tag), example)
            # A component may be a picture, a shortcode stands for words.
            return self.filled(before) if tag.syntax != "element" else ""
        return said

    def _html_in_line(self, element: Element) -> str:
        name, tag = element.name, element.tag
        if name == "br":
            return self._break(tag)
        if name in names.MEDIA:
            return self.media(element)
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
        return "<br>" if self.is_in_row(tag) else self.page.line_end

    def media(self, element: Element) -> str:
        """Count what is played or embedded; return the words that stand in for it."""
        tag = element.tag
        stated = tag.attributes
        what = "embedded page" if tag.name in ("iframe", "embed", "object") else "video"
        what = "audio" if tag.name == "audio" else what
        example = stated.get("title") or stated.get("src") or stated.get("id") or ""
        self.page.leave_out(what, example or " ".join(tag.words[:1]))
        return self.within_line(element.children).strip()

    def gone(self, element: Element, before: str = "") -> str | None:
        """Return what is left of a tag that stands for something outside of the text."""
        tag, name = element.tag, element.name
        if (name in names.IMAGES and not (name == "icon" and element.closed)) or (
            name == "figure" and tag.syntax != "element"
        ):
            return self._image(element)
        if name in names.MEDIA and (tag.syntax != "element" or name not in names.HTML):
            return self.media(element)
        if tag.syntax == "element":
            return "" if name in names.SILENT and not element.closed else None
        return self._template(element, before)

    def _template(self, element: Element, before: str) -> str | None:
        """Return what is left of a statement or shortcode that names something elsewhere."""
        tag, name = element.tag, element.name
        if name in names.INCLUDES:
            self.page.leave_out("included file", _example(tag))
            return self.filled(before) + self.within_line(element.children)
        if name in names.REFERENCES or name in _BRANCHES:
            return ""
        if name in names.SILENT:
            self._assign(tag)
            return self.within_line(element.children)
        if name == "data" or (name in names.VARIABLES and not element.closed):
            what = "included file" if "reusables" in tag.written else "variable"
            return self.variable(_example(tag), what, before)
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
        if any(child.name in names.IMAGES for child in elements(element)):
            # What is around an image is counted with it.
            return inside
        alt = stated.get("alt") or stated.get("title") or ""
        if (self.cells or self.is_in_row(tag)) and alt:
            return alt
        self.page.leave_out("image", alt or stated.get("src") or _example(tag))
        return " ".join(filter(None, [stated.get("caption", ""), inside]))


def is_of_line(element: Element) -> bool:
    """Tell whether an element of HTML is one that stands within lines."""
    tag = element.tag
    if tag.kind == "close" and tag.name not in names.LINE_ELEMENTS:
        return False
    return tag.syntax == "element" and tag.name in names.LINE_ELEMENTS and (
        tag.written in (tag.name, tag.name.upper(), "")
    )  # fmt: skip


def elements(element: Element) -> list[Element]:
    """Return the elements that an element holds."""
    return [child for child in element.children if isinstance(child, Element)]


def kind_of(tag: Tag) -> str:
    """Return what readers are told that a tag of an unknown name is."""
    return {"element": "component", "shortcode": "shortcode"}.get(tag.syntax, "directive")


def _example(tag: Tag) -> str:
    said = tag.written.partition(" ")[2].strip().rstrip("/").strip()
    return said.strip("\"'") or tag.written


def _bold(said: str, _: Tag) -> str:
    return said if set("*\n") & set(said) else f"**{said}**"


def _link(said: str, tag: Tag) -> str:
    address = TEMPLATE.sub("", tag.attributes.get("href", "").strip())
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
