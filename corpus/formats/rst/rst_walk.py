"""The tree of docutils to elements of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from docutils import nodes

from corpus.formats.markdown_writer import BREAK
from corpus.formats.markup import embedded_html
from corpus.formats.markup.elements import (
    Code,
    Container,
    Element,
    Footnote,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Table,
    TableCell,
    Written,
)
from corpus.formats.markup.marked_text import bold, escape
from corpus.formats.rst.rst_inline import Inline
from corpus.formats.rst.rst_nodes import Lost, Set

_ERROR = 3
"""Level from which docutils leaves out what it complains of."""
_DIRECTIVE = re.compile(r"\s*\.\.\s+(?:\|[^|\n]+\|\s+)?(?P<name>[\w.:+-]+)::(?P<said>[^\n]*)")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|$)")
_STROKES = re.compile(r"\s*([^\w\s])\1*\s*")
_OF_SPHINX = frozenset(
    ("orphan", "nosearch", "no-search", "nocomments", "tocdepth", "hide-toc", "template",
     "html_theme.sidebar_secondary.remove", "og:description", "description", "keywords")
)  # fmt: skip
"""Fields at the top of a file that steer Sphinx; no reader sees them."""
_UNSEEN = (
    nodes.comment, nodes.substitution_definition, nodes.pending, nodes.transition, nodes.meta,
    nodes.decoration, nodes.title, nodes.colspec,
)  # fmt: skip
_CODE = (nodes.literal_block, nodes.doctest_block, nodes.math_block)
_TITLED = (nodes.topic, nodes.sidebar, nodes.admonition)


class Walk:
    """Reads the tree of one document."""

    def __init__(self, document: nodes.document) -> None:
        self.left_out: list[tuple[str, str]] = []
        self.properties: dict[str, str] = {}
        """Fields that stand before the first sentence."""
        self._inline = Inline(document, self._lose)
        self._document = document
        self._level = 0
        self._has_begun = False
        self._notes: list[Footnote] = []
        self._readers: tuple[tuple[type | tuple[type, ...], _Reader], ...] = (
            (_UNSEEN, _nothing),
            (nodes.section, self._section),
            (nodes.target, self._target),
            (nodes.paragraph, self._paragraph),
            (nodes.attribution, self._attribution),
            ((nodes.subtitle, nodes.rubric, nodes.caption), self._rubric),
            (nodes.bullet_list, self._list),
            (nodes.enumerated_list, self._list),
            (nodes.definition_list, self._definitions),
            (nodes.field_list, self._fields),
            (nodes.option_list, self._options),
            (nodes.line_block, self._lines),
            (nodes.block_quote, self._quote),
            (_CODE, _code),
            (_TITLED, self._titled),
            (nodes.Admonition, self._admonition),
            ((nodes.footnote, nodes.citation), self._footnote),
            (nodes.table, self._table),
            (nodes.image, self._image),
            (nodes.system_message, self._message),
            (nodes.raw, self._raw),
            (Set, self._set),
            (Lost, self._lost),
            ((nodes.Inline, nodes.Text), self._loose),
        )

    def run(self) -> list[Element]:
        """Return the elements of the document."""
        title = self._document.next_node(nodes.title)
        found: list[Element] = []
        if title is not None and title.parent is self._document:
            self._level = 1
            found.append(Heading(1, self._inline.text(title)))
        found.extend(self._elements(self._document.children))
        return [*found, *self._flushed()]

    def _lose(self, what: str, example: str) -> None:
        self.left_out.append((what, example))

    def _flushed(self) -> list[Footnote]:
        notes, self._notes = self._notes, []
        return notes

    def _elements(self, children: Iterable[nodes.Node]) -> Iterator[Element]:
        for child in children:
            reader = next(
                (reads for kinds, reads in self._readers if isinstance(child, kinds)), None
            )
            yield from reader(child) if reader else self._elements(child.children)

    def _within(self, node: nodes.Node) -> tuple[Element, ...]:
        return tuple(self._elements(node.children))

    def _section(self, node: nodes.Element) -> Iterator[Element]:
        yield from self._flushed()
        self._level += 1
        title = next((one for one in node.children if isinstance(one, nodes.title)), None)
        if title is not None:
            yield Heading(self._level, self._inline.text(title))
        yield from self._elements(node.children)
        yield from self._flushed()
        self._level -= 1

    def _target(self, node: nodes.Element) -> Iterator[Element]:
        # One within a paragraph has text.
        said = self._inline.text(node)
        if said.strip():
            yield Paragraph(said)

    def _paragraph(self, node: nodes.Element) -> Iterator[Element]:
        self._has_begun = self._has_begun or not isinstance(node.parent, nodes.field_body)
        yield Paragraph(self._inline.text(node))

    def _attribution(self, node: nodes.Element) -> Iterator[Element]:
        yield Paragraph(f"— {self._inline.text(node)}")

    def _loose(self, node: nodes.Node) -> Iterator[Element]:
        yield Paragraph(self._inline.text(nodes.paragraph("", "", node.deepcopy())))

    def _rubric(self, node: nodes.Element) -> Iterator[Element]:
        said = self._inline.text(node)
        yield Paragraph(bold(said) if isinstance(node, nodes.rubric) else said)

    def _list(self, node: nodes.Element) -> Iterator[Element]:
        items = tuple(Item(self._within(one)) for one in node.children)
        numbered = isinstance(node, nodes.enumerated_list)
        yield Items(items, int(node.get("start", 1)) if numbered else None)

    def _definitions(self, node: nodes.Element) -> Iterator[Element]:
        items = []
        for one in node.children:
            terms: list[str] = []
            body: list[Element] = []
            for part in one.children:
                if isinstance(part, (nodes.term, nodes.classifier)):
                    terms.append(self._inline.text(part))
                else:
                    body.extend(self._within(part))
            items.append(Item(tuple(body), " : ".join(terms)))
        yield Items(tuple(items))

    def _fields(self, node: nodes.Element) -> Iterator[Element]:
        at_top = node.parent is self._document
        items = []
        for field in node.children:
            name, body = field.children[0], field.children[-1]
            if at_top and name.astext().lower() in _OF_SPHINX:
                continue
            within = self._within(body) if body is not name else ()
            if not self._has_begun:
                self.properties.setdefault(name.astext(), body.astext())
            items.append(Item(within, self._inline.text(name)))
        yield Items(tuple(items))

    def _options(self, node: nodes.Element) -> Iterator[Element]:
        items = []
        for one in node.children:
            group, described = one.children[0], one.children[-1]
            names = ", ".join(option.astext() for option in group.children)
            items.append(Item(self._within(described), escape(names)))
        yield Items(tuple(items))

    def _lines(self, node: nodes.Element) -> Iterator[Element]:
        lines = [self._inline.text(line) for line in node.findall(nodes.line)]
        said = BREAK.join(filter(str.strip, lines))
        if said:
            yield Paragraph(said)

    def _quote(self, node: nodes.Element) -> Iterator[Element]:
        yield Quote(self._within(node))

    def _titled(self, node: nodes.Element) -> Iterator[Element]:
        title = next((one for one in node.children if isinstance(one, nodes.title)), None)
        said = self._inline.text(title) if title is not None else ""
        yield Container("note", said, self._within(node))

    def _admonition(self, node: nodes.Element) -> Iterator[Element]:
        yield Container("note", "", self._within(node))

    def _footnote(self, node: nodes.Element) -> Iterator[Element]:
        label = next((str(one) for one in node["ids"]), "")
        inner = tuple(
            self._elements(one for one in node.children if not isinstance(one, nodes.label))
        )
        self._notes.append(Footnote(label, inner))
        # Within a list or a table it would be taken for a member of it.
        if node.parent is self._document or isinstance(node.parent, nodes.section):
            yield from self._flushed()

    def _table(self, node: nodes.Element) -> Iterator[Element]:
        for title in node.children:
            if isinstance(title, nodes.title):
                yield Paragraph(self._inline.text(title))
        outside, self._inline.in_cell = self._inline.in_cell, True
        rows = [
            tuple(map(self._cell, row.children))
            for part in (nodes.thead, nodes.tbody)
            for some in node.findall(part)
            if _table_of(some) is node
            for row in some.children
        ]
        self._inline.in_cell = outside
        heads = (head for head in node.findall(nodes.thead) if _table_of(head) is node)
        yield Table(tuple(rows), sum(len(head.children) for head in heads))

    def _cell(self, entry: nodes.Node) -> TableCell:
        if not isinstance(entry, nodes.Element):
            return TableCell(())
        return TableCell(
            self._within(entry),
            int(entry.get("morecols", 0)) + 1,
            int(entry.get("morerows", 0)) + 1,
        )

    def _image(self, node: nodes.Element) -> Iterator[Element]:
        said = self._inline.text(nodes.paragraph("", "", node.deepcopy()))
        if said.strip():
            yield Paragraph(said)

    def _raw(self, node: nodes.Element) -> Iterator[Element]:
        if "html" in str(node["format"]).split():
            yield Written(embedded_html.blocks_of_html(node.astext()))

    def _set(self, node: nodes.Element) -> Iterator[Element]:
        first = node.children[0] if node.children else None
        title = self._inline.text(first) if isinstance(first, nodes.title) else ""
        within = self._within(node)
        if node["kind"] == "titled":
            yield Paragraph(bold(title))
            yield from within
        elif title or node["kind"] == "note":
            yield Container(node["kind"], title, within)
        else:
            yield from within

    def _lost(self, node: nodes.Element) -> Iterator[Element]:
        self._lose(node["what"], node["example"])
        yield from ()

    def _message(self, node: nodes.Element) -> Iterator[Element]:
        """What docutils could not take apart is read as it stands."""
        block = next((one for one in node.children if isinstance(one, nodes.literal_block)), None)
        if int(node.get("level", 0)) < _ERROR or block is None:
            return
        text = block.astext()
        lines = text.splitlines()
        match = _DIRECTIVE.match(text)
        if match:
            self._lose("directive", f"{match['name']} {match['said']}".strip())
            yield from _prose(_content(lines[1:]))
        elif 2 <= len(lines) <= 3 and _STROKES.fullmatch(lines[-1]):
            words = next((line for line in lines if not _STROKES.fullmatch(line)), "")
            yield Heading(max(2, self._level), escape(words.strip()))
        elif lines and _STROKES.match(lines[0]):
            self._lose("table whose lines do not fit", lines[0])
            yield Code(text)
        else:
            yield from _prose(lines)


_Reader = Callable[..., Iterator[Element]]


def _nothing(_: nodes.Node) -> Iterator[Element]:
    yield from ()


def _code(node: nodes.Node) -> Iterator[Element]:
    yield Code(node.astext())


def _table_of(node: nodes.Node | None) -> nodes.Node | None:
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return node


def _content(lines: list[str]) -> list[str]:
    """Return the lines of a directive without its options."""
    first = next((n for n, line in enumerate(lines) if not _OPTION.match(line)), len(lines))
    return lines[first:]


def _prose(lines: list[str]) -> Iterator[Element]:
    for chunk in "\n".join(line.strip() for line in lines).split("\n\n"):
        if chunk.strip():
            yield Paragraph(escape(" ".join(chunk.split())))
