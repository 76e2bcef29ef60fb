"""What reading a file leaves out, counted, so that nobody takes it for read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_MOST_EXAMPLES = 5
_LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a file holds that did not become text, so that nobody takes it for read."""

    what: str
    """In the singular, as a reader would call it: "image", "page without text", "struck text"."""
    count: int
    examples: tuple[str, ...] = ()
    """Names or first words of some of it, a line each."""


def counted(found: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    """Return what was left out, counted: pairs of what it is and an example, which may be empty."""
    examples: dict[str, list[str]] = {}
    for what, example in found:
        examples.setdefault(what, []).append(" ".join(example.split())[:_LONGEST_EXAMPLE])
    return tuple(
        LeftOut(what, len(every), tuple(dict.fromkeys(filter(None, every)))[:_MOST_EXAMPLES])
        for what, every in examples.items()
    )


def together(*parts: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what several readers left out of one file, each kind once."""
    found: dict[str, LeftOut] = {}
    for part in parts:
        for one in part:
            before = found.get(one.what, LeftOut(one.what, 0))
            examples = tuple(dict.fromkeys((*before.examples, *one.examples)))
            found[one.what] = LeftOut(one.what, before.count + one.count, examples[:_MOST_EXAMPLES])
    return tuple(one for one in found.values() if one.count)
