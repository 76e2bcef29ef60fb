"""The tree of tags to text: containers, titles and emphasis where tags said so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.page_state import PageState, dedented, led
from corpus.formats.dialects.tags.growing_text import GrowingText
from corpus.formats.dialects.tags.line_tags import elements, is_of_line, kind_of
from corpus.formats.dialects.tags.rendered_parts import RenderedParts
from corpus.formats.dialects.tags.tag_tokens import unquoted
from corpus.formats.dialects.tags.tag_tree import Element, tree

_ALWAYS_BLOCKS = frozenset((*names.RENDERED, *names.HEADINGS, "p", "div", "center", "hr"))
_LABEL_OF = re.compile(r"""label\s*:\s*("[^"]*"|'[^']*')[^{}]*?value\s*:\s*("[^"]*"|'[^']*')""")
_VALUE_OF = re.compile(r"""value\s*:\s*("[^"]*"|'[^']*')[^{}]*?label\s*:\s*("[^"]*"|'[^']*')""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_EMPTY_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\([ \t]*\)")


def lower_tags(text: str, page: PageState) -> str:
    """Return a text without tags; what they say of the text is in the reading form."""
    root = tree(text, mdx=page.mdx)
    if len(root) == 1:
        return text
    return _EMPTY_LINK.sub(r"\1", _Lowering(text, page).pieces(root))


class _Lowering(RenderedParts):
    """Makes text of elements."""

    def pieces(self, children: Iterable[Element | str]) -> str:
        """Return pieces as text with blocks on lines of their own."""
        out = GrowingText()
        for child in children:
            if isinstance(child, str):
                out.add(self.read_text(child))
            else:
                self._element(child, out)
        return str(out)

    def _element(self, element: Element, out: GrowingText) -> None:
        tag, name = element.tag, element.name
        if tag.syntax in ("output", "expression"):
            out.add(self.value(tag, out.tail))
        elif self.is_in_row(tag) or is_of_line(element):
            out.add(self.in_line(element, out.tail))
        elif out.is_at_start or name in _ALWAYS_BLOCKS or _has_blocks(element):
            out.add_block(self._block(element))
        elif out.is_at_item:
            self.flat += 1
            out.add_block(self._block(element))
            self.flat -= 1
        else:
            out.add(self.in_line(element, out.tail))

    def _block(self, element: Element) -> str:
        tag, name = element.tag, element.name
        if tag.kind == "close" or not name:
            return ""
        if tag.syntax == "element" and name in names.HTML and tag.written in (name, name.upper()):
            return self._html_block(element)
        handled = self.gone(element)
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
            kind, label = "note", self.title(tag)
        elif name in names.TABS:
            kind, label = "tab", self.tab_label(tag)
        elif name in names.ZONES and (label := self.zone(tag)):
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
        said = self.said(element.tag)
        inside = self._inside(element) if element.closed else ""
        if not said and not inside.strip():
            self.page.leave_out(kind_of(element.tag), element.tag.written.split(None, 1)[0])
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
        said = self.said(tag) if not given else []
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
            return self.media(element)
        if not element.closed or self._is_drawn(element):
            return ""
        if name == "details":
            return self._details(element)
        if name in names.HEADINGS:
            said = " ".join(self.within_line(element.children).replace("**", "").split())
            return f"{'#' * int(name[1])} {said}" if said else ""
        if name in names.RENDERED:
            made = self.rendered(element)
            return self._inside(element) if made is None else made
        inside = self._inside(element)
        return "\n".join(led(inside.split("\n"), "> ")).strip() if name == "blockquote" else inside

    def _is_drawn(self, element: Element) -> bool:
        """Tell whether an element holds the code of a diagram, which is counted."""
        if not names.DIAGRAMS & set(element.tag.attributes.get("class", "").lower().split()):
            return False
        self.page.leave_out("diagram", self._inside(element).partition("\n")[0])
        return True

    def _details(self, element: Element) -> str:
        summary = _summary(element)
        title = ""
        if summary is not None:
            element.children.remove(summary)
            title = self.page.label(re.sub(r"^[#\s]+", "", self.within_line(summary.children)))
        return "\n\n".join(filter(None, [f"**{title}**" if title else "", self._inside(element)]))


def _has_blocks(element: Element) -> bool:
    """Tell whether what is in an element needs lines of its own."""
    return element.closed and any(
        (isinstance(child, str) and "\n\n" in child)
        or (isinstance(child, Element) and not is_of_line(child) and _has_blocks(child))
        for child in element.children
    )


def _summary(element: Element) -> Element | None:
    return next((one for one in elements(element) if one.name == "summary" and one.closed), None)
