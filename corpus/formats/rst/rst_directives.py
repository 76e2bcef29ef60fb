"""Directives of reStructuredText: those of docutils without their pitfalls, and those of Sphinx.

docutils leaves out a whole directive for one option that it does not know, and for a table whose
rows differ in length. Here what a reader would have seen is kept, and what cannot be is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.parsers.rst.directives.tables import CSVTable, ListTable

from corpus.formats.rst.rst_nodes import Kind, Lost, Set

_REFUSED = object()
"""Stands for an option that docutils would not take."""
_OF_DOCUTILS = frozenset(
    ("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning",
     "admonition", "sidebar", "topic", "line-block", "parsed-literal", "math", "rubric", "epigraph",
     "highlights", "pull-quote", "compound", "table", "list-table", "csv-table", "image", "figure",
     "replace", "unicode", "class", "role", "default-role", "sectnum")
)  # fmt: skip
_SILENT = frozenset(
    ("toctree", "contents", "local-toc", "index", "genindex", "highlight", "highlightlang",
     "module", "currentmodule", "tabularcolumns", "cssclass", "rst-class", "meta", "title",
     "sectionauthor", "codeauthor", "moduleauthor", "program", "default-domain", "target-notes",
     "header", "footer", "section-numbering", "date", "todolist", "ifslides", "nextslide")
)  # fmt: skip
"""What says nothing to the reader of the page, or only where else to read."""
_CODE = frozenset(
    ("code", "code-block", "sourcecode", "prompt", "doctest", "testcode", "testoutput", "console",
     "terminal", "highlight-block", "ipython", "ipython3", "jupyter-execute", "code-cell",
     "productionlist")
)  # fmt: skip
_FILES = frozenset(("include", "literalinclude", "mdinclude", "download", "command-output"))
_PICTURES = frozenset(
    ("graphviz", "digraph", "graph", "mermaid", "uml", "plantuml", "blockdiag", "seqdiag",
     "nwdiag", "actdiag", "packetdiag", "rackdiag", "video", "youtube", "vimeo", "plot",
     "drawio-image", "drawio-figure", "carousel-image", "thumbnail")
)  # fmt: skip
_THROUGH = frozenset(
    ("container", "tabs", "tab-set", "tab-set-code", "content-tabs", "grid", "hlist", "div",
     "card-carousel", "card-header", "card-body", "card-footer", "panels", "centered",
     "cssclass-block", "columns", "column", "flat", "role-block", "section", "details-body")
)  # fmt: skip
_TABS = frozenset(("tab", "tab-item", "group-tab", "code-tab", "tabbed", "content-tab"))
_TITLED = frozenset(
    ("dropdown", "details", "collapse", "toggle", "expand", "spoiler", "card", "grid-item-card",
     "grid-item", "accordion", "accordion-item", "panel")
)  # fmt: skip
_VERSIONS = {
    "versionadded": "Added in version",
    "version-added": "Added in version",
    "versionchanged": "Changed in version",
    "version-changed": "Changed in version",
    "deprecated": "Deprecated since version",
    "version-deprecated": "Deprecated since version",
    "versionremoved": "Removed in version",
    "version-removed": "Removed in version",
}
_SIGNATURES = frozenset(
    ("option", "cmdoption", "envvar", "confval", "describe", "object", "setting", "function",
     "class", "method", "attribute", "data", "exception")
)  # fmt: skip
_SHOWN_FORMATS = re.compile(r"(?:format_|builder_)?(?:html|dirhtml|singlehtml)")


class _Lenient(dict[str, Callable[[str], Any]]):
    """Options that are taken whatever they are called and say."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str | None], Any]:
        return lambda value: value or ""


def _lenient(known: dict[str, Callable[[str], Any]]) -> _Lenient:
    return _Lenient({name: _tried(convert) for name, convert in known.items()})


def _tried(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    def tried(value: str) -> Any:
        try:
            return convert(value)
        except (ValueError, TypeError):
            return _REFUSED

    return tried


class _Forgiving:
    """Goes before a directive of docutils: an option that it would not take is dropped."""

    options: dict[str, Any]

    def run(self) -> list[nodes.Node]:
        self.options = {
            name: value for name, value in self.options.items() if value is not _REFUSED
        }
        found: list[nodes.Node] = super().run()  # type: ignore[misc]
        return found


class _Reading(Directive):
    """A directive whose arguments and content are text."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _Lenient()

    @property
    def said(self) -> str:
        """What follows the name on its line, as one line."""
        return " ".join(" ".join(self.arguments).split())

    def inner(self) -> list[nodes.Node]:
        """Return what stands below."""
        within = nodes.Element()
        within.document = self.state.document
        self.state.nested_parse(self.content, self.content_offset, within, match_titles=True)
        return list(within.children)

    def named(self) -> list[nodes.Node]:
        """Return what its line says, with mark-up read."""
        return self.state.inline_text(self.said, self.lineno)[0] if self.said else []

    def set(self, kind: Kind, before: str = "", *, otherwise: str = "") -> list[nodes.Node]:
        """Return what stands below, set apart under what the line says."""
        found = Set(kind, *self.inner())
        title = nodes.title(self.said, "", *self.named())
        if before and self.said:
            title.insert(0, nodes.Text(f"{before} "))
        shown = str(self.options.get("title") or self.options.get("header") or otherwise or before)
        if not self.said and shown:
            title += nodes.Text(shown)
        if title.children:
            found.insert(0, title)
        return [found]


class _Silent(_Reading):
    def run(self) -> list[nodes.Node]:
        return []


class _Code(_Reading):
    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content)
        caption = str(self.options.get("caption") or "")
        above = [nodes.paragraph(caption, caption)] if caption else []
        return [*above, nodes.literal_block(code, code)]


class _File(_Reading):
    def run(self) -> list[nodes.Node]:
        return [Lost("included file", self.said)]


class _Picture(_Reading):
    def run(self) -> list[nodes.Node]:
        caption = str(self.options.get("caption") or self.options.get("alt") or "")
        above = [nodes.paragraph(caption, caption)] if caption else []
        return [*above, Lost("image", self.said or caption or self.name)]


class _Through(_Reading):
    def run(self) -> list[nodes.Node]:
        # The argument of a container is a class, what is centered is said.
        said = self.name.lower() == "centered" and self.said
        return [*([nodes.paragraph(said, "", *self.named())] if said else []), *self.inner()]


class _Tab(_Reading):
    def run(self) -> list[nodes.Node]:
        if self.name.lower() != "code-tab":
            return self.set("tab")
        language, _, label = self.said.partition(" ")
        code = "\n".join(self.content)
        return [Set("tab", nodes.literal_block(code, code), title=label or language)]


class _Titled(_Reading):
    def run(self) -> list[nodes.Node]:
        return self.set("titled")


class _Note(_Reading):
    def run(self) -> list[nodes.Node]:
        return self.set("note", otherwise="See also" if self.name.lower() == "seealso" else "")


class _Version(_Reading):
    def run(self) -> list[nodes.Node]:
        version, _, text = self.said.partition(" ")
        self.arguments = [version] if version else []
        found = self.set("note", _VERSIONS[self.name.lower()])
        if text:
            said = self.state.inline_text(text, self.lineno)[0]
            found[0].insert(1, nodes.paragraph(text, "", *said))  # type: ignore[attr-defined]
        return found


class _Only(_Reading):
    def run(self) -> list[nodes.Node]:
        return self.inner() if _SHOWN_FORMATS.fullmatch(self.said) else self.set("zone")


class _Glossary(_Reading):
    def run(self) -> list[nodes.Node]:
        """Terms that share a definition become one term, so that docutils reads them."""
        lines = self.content
        for number in range(len(lines) - 1):
            term, below = lines[number], lines[number + 1]
            if _is_term(term) and _is_term(below):
                lines[number], lines[number + 1] = "", f"{term}, {below}"
        return self.inner()


def _is_term(line: str) -> bool:
    return bool(line.strip()) and not line[0].isspace() and not line.startswith(".. ")


class _Raw(_Reading):
    def run(self) -> list[nodes.Node]:
        if self.options.get("file") or self.options.get("url"):
            return [Lost("included file", str(self.options.get("file") or self.options["url"]))]
        text = "\n".join(self.content)
        return [nodes.raw(text, text, format=self.said.lower())]


class _Unknown(_Reading):
    def run(self) -> list[nodes.Node]:
        inner = self.inner()
        above: list[nodes.Node] = []
        if ":" in self.name or self.name.lower() in _SIGNATURES:
            above = [nodes.paragraph("", "", nodes.literal(self.said, self.said))]
            return [*(above if self.said else []), *inner]
        if " " in self.said:
            above = [nodes.paragraph(self.said, "", *self.named())]
        return [Lost("directive", f"{self.name} {self.said}".strip()), *above, *inner]


class _CsvTable(_Forgiving, CSVTable):
    option_spec = _lenient(CSVTable.option_spec or {})

    def run(self) -> list[nodes.Node]:  # type: ignore[override]
        file = self.options.get("file") or self.options.get("url")
        if file is not None and file is not _REFUSED:
            return [Lost("included file", str(file))]
        return super().run()


class _ListTable(_Forgiving, ListTable):
    option_spec = _lenient(ListTable.option_spec or {})

    def run(self) -> list[nodes.Node]:  # type: ignore[override]
        """Return the table; rows may differ in length, and what is no list stands above."""
        within = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, within)
        rows = [
            row
            for found in within.children
            if isinstance(found, nodes.bullet_list)
            for row in found.children
        ]
        beside = [one for one in within.children if not isinstance(one, nodes.bullet_list)]
        title, _ = self.make_title()  # type: ignore[no-untyped-call]
        titles = self.options.get("header-rows")
        titles = titles if isinstance(titles, int) else 0
        table = nodes.table()
        if title is not None:
            table += title
        group = nodes.tgroup()
        table += group
        group += nodes.thead("", *map(_row, rows[:titles]))
        group += nodes.tbody("", *map(_row, rows[titles:]))
        return [*beside, table]


def _row(item: nodes.Node) -> nodes.row:
    found = nodes.row()
    for child in item.children:
        if isinstance(child, nodes.bullet_list):
            for cell in child.children:
                found += nodes.entry("", *cell.children)
        else:
            found += nodes.entry("", child)
    return found


def directive_class(name: str, known: type[Directive] | None) -> type[Directive]:
    """Return what reads the directive `name`; `known` is that of docutils."""
    name = name.lower()
    if name == "csv-table":
        return _CsvTable
    if name in ("list-table", "flat-table"):
        return _ListTable
    if known is not None and name in _OF_DOCUTILS:
        spec = _lenient(known.option_spec or {})
        return type(known.__name__, (_Forgiving, known), {"option_spec": spec})
    for names, reads in _OWN:
        if name in names:
            return reads
    return _Unknown


_OWN: tuple[tuple[frozenset[str], type[Directive]], ...] = (
    (_SILENT, _Silent),
    (_CODE, _Code),
    (_FILES, _File),
    (_PICTURES, _Picture),
    (_THROUGH, _Through),
    (_TABS, _Tab),
    (_TITLED, _Titled),
    (frozenset(("seealso", "todo", "versionnote", "tldr")), _Note),
    (frozenset(_VERSIONS), _Version),
    (frozenset(("only", "ifconfig")), _Only),
    (frozenset(("glossary",)), _Glossary),
    (frozenset(("raw",)), _Raw),
)
