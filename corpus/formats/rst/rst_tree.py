"""Text of reStructuredText to the tree of docutils: nothing is fetched, run or printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.utils import Reporter

from corpus.formats.rst import rst_roles
from corpus.formats.rst.rst_directives import directive_class
from corpus.formats.types import Unusable

_MOST_SUBSTITUTED = 4_000_000
_COST = 200
"""Of one substitution, in code points that could be read meanwhile."""
_SETTINGS = {
    "_disable_config": True,
    "docinfo_xform": False,
    "doctitle_xform": True,
    "file_insertion_enabled": False,
    "halt_level": 6,
    "input_encoding": "unicode",
    "line_length_limit": 2_000_000,
    "pep_references": False,
    "raw_enabled": False,
    "report_level": 5,
    "rfc_references": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "traceback": True,
}


def read_tree(text: str) -> nodes.document:
    """Return the tree of a document, with references resolved."""
    with _lookups():
        return publish_doctree(text, parser=_Parser(), settings_overrides=dict(_SETTINGS))


class _Parser(Parser):
    """Looks, before references are resolved, how much text would come of them."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        super().parse(inputstring, document)
        names = document.substitution_names
        inside = {
            name: [names.get(one, "") for one in _names(definition)]
            for name, definition in document.substitution_defs.items()
        }
        sizes: dict[str, int] = {"": 0}
        for start in inside:
            _measure(start, inside, sizes, document)
        work = sum(sizes.get(names.get(name, ""), 0) for name in _names(document))
        if work > _MOST_SUBSTITUTED:
            raise Unusable("has substitutions that grow too much", "Write out what they stand for")


def _names(node: nodes.Element) -> Iterator[str]:
    return (str(one["refname"]).lower() for one in node.findall(nodes.substitution_reference))


def _measure(
    start: str, inside: dict[str, list[str]], sizes: dict[str, int], document: nodes.document
) -> None:
    """Find how long a substitution and those within it become; one within itself counts once."""
    waiting = [start]
    opened: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        missing = [one for one in inside[name] if one not in sizes and one not in opened]
        if missing and name not in opened:
            opened.add(name)
            waiting.extend((name, *missing))
            continue
        own = _COST + len(document.substitution_defs[name].astext())
        sizes[name] = min(_MOST_SUBSTITUTED + 1, own + sum(sizes.get(n, 0) for n in inside[name]))


@contextmanager
def _lookups() -> Iterator[None]:
    """Let docutils find our directives and roles while one document is read, as Sphinx does."""
    directive, role = directives.directive, roles.role
    known_roles = dict(roles._roles)  # type: ignore[attr-defined]

    def found_directive(
        name: str, language: ModuleType, document: nodes.document
    ) -> tuple[type[Directive], list[nodes.system_message]]:
        known, _ = directive(name, language, document)
        return directive_class(name, known), []

    def found_role(
        name: str, language: ModuleType, lineno: int, reporter: Reporter
    ) -> tuple[rst_roles.Role | None, list[nodes.system_message]]:
        lowered = name.lower()
        own = roles._roles.get(lowered)  # type: ignore[attr-defined]
        if own is not None and (lowered not in known_roles or not lowered):
            return own, []
        if lowered in rst_roles.OF_DOCUTILS:
            return cast("rst_roles.Role", role(name, language, lineno, reporter)[0]), []
        return rst_roles.raw if lowered == "raw" else rst_roles.shown, []

    directives.directive, roles.role = found_directive, found_role  # type: ignore[assignment]
    try:
        yield
    finally:
        directives.directive, roles.role = directive, role
        roles._roles.clear()  # type: ignore[attr-defined]
        roles._roles.update(known_roles)  # type: ignore[attr-defined]
