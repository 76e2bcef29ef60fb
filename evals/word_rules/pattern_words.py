"""Regular expressions taken apart into their alternatives, by the parse trees of `re` itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unittest import mock

# `re` publishes neither its parser nor its compiler.
_parser: Any = vars(re)["_parser"]
_compiler: Any = vars(re)["_compiler"]

Items = list[tuple[Any, Any]]
"""Nodes of a parse tree: operation and argument."""
_REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Alternative:
    """One way through a regular expression: at one place of it, one of several words."""

    words: str
    """What is written there: `…` stands for what is no letter of its own."""
    _tree: Any
    _items: Items

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression with this alternative alone, for texts of many lines."""
        tree = _parser.SubPattern(self._tree.state, self._items)
        compiled: re.Pattern[str] = _compiler.compile(
            tree, (self._tree.state.flags | re.M) & ~re.DEBUG
        )
        return compiled


def alternatives(pattern: str, flags: int = 0) -> tuple[Alternative, ...]:
    """Return the alternatives of a regular expression that have letters; itself where it has none.

    Those within another are alternatives of their own and take its place: `a(?:b|c)|d` has three.
    Raises re.error for what is no regular expression.
    """
    # The parser itself would move what alternatives begin with out of them.
    with mock.patch.object(_parser, "_parse_sub", _parse_sub):
        tree = _parser.parse(pattern, flags)
    found = list(_ways(tree)) or [(list(tree), list(tree))]
    return tuple(
        Alternative(words, tree, items)
        for items, leaf in found
        if any(map(str.isalpha, words := _written(leaf)))
    )


def _parse_sub(source: Any, state: Any, verbose: int, nested: int) -> Any:
    items: list[Any] = []
    while True:
        items.append(_parser._parse(source, state, verbose, nested + 1, not nested and not items))
        if not source.match("|"):
            break
        if not nested:
            verbose = state.flags & re.X
    if len(items) == 1:
        return items[0]
    tree = _parser.SubPattern(state)
    tree.append((_parser.BRANCH, (None, items)))
    return tree


def _ways(items: Any) -> Iterator[tuple[Items, Items]]:
    """Yield a sequence once for each alternative in it, with the alternative."""
    nodes = list(items)
    for at, (operation, argument) in enumerate(nodes):
        for chosen, leaf in _ways_of(operation, argument):
            yield [*nodes[:at], *chosen, *nodes[at + 1 :]], leaf


def _ways_of(operation: Any, argument: Any) -> Iterator[tuple[Items, Items]]:
    if operation is _parser.BRANCH:
        for one in argument[1]:
            yield from list(_ways(one)) or [(list(one), list(one))]
    elif operation is _parser.SUBPATTERN:
        *rest, inner = argument
        for items, leaf in _ways(inner):
            yield [(operation, (*rest, _tree(inner, items)))], leaf
    elif operation in _REPEATS:
        least, most, inner = argument
        for items, leaf in _ways(inner):
            # What may be left out is asked for: else it would be there in any text.
            yield [(operation, (max(least, 1), most, _tree(inner, items)))], leaf
    elif operation in (_parser.ASSERT, _parser.ASSERT_NOT):
        direction, inner = argument
        for items, leaf in _ways(inner):
            # What forbids something is of use where that is there.
            yield [(_parser.ASSERT, (direction, _tree(inner, items)))], leaf
    elif operation is _parser.ATOMIC_GROUP:
        for items, leaf in _ways(argument):
            yield [(operation, _tree(argument, items))], leaf


def _tree(like: Any, items: Items) -> Any:
    return _parser.SubPattern(like.state, items)


def _written(items: Any) -> str:
    return "".join(_shown(operation, argument) for operation, argument in items)


def _shown(operation: Any, argument: Any) -> str:
    if operation is _parser.LITERAL:
        return chr(argument)
    if operation is _parser.SUBPATTERN:
        return _written(argument[-1])
    if operation in _REPEATS:
        least, most, inner = argument
        said = _written(inner)
        optional = (least, most) == (0, 1) and any(map(str.isalpha, said))
        return f"({said})?" if optional else said
    return "" if operation is _parser.AT else "…"
