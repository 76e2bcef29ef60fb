"""Tags to a tree: what is closed holds what is between, what is not closed holds nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from corpus.formats.dialects.element_names import HTML, UNSURE
from corpus.formats.dialects.tags.tag_tokens import Tag, tags

_DEEPEST = 60
"""Elements within each other; of those below only the tags go."""


@dataclass(slots=True)
class Element:
    """A tag, with what is between it and its end."""

    tag: Tag
    closed: bool
    children: list[Element | str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of its tag, in lower case."""
        return self.tag.name


def tree(text: str, *, mdx: bool) -> list[Element | str]:
    """Return a text as a list of pieces of it and of elements."""
    found = list(tags(text, mdx=mdx))
    partners = _partners(found)
    root: list[Element | str] = []
    levels = [root]
    position = 0
    for number, tag in enumerate(found):
        partner = partners.get(number)
        if partner is None and _is_text(text, tag):
            # Markdown would take it for a tag as well.
            levels[-1] += [text[position : tag.start], f"\\{text[tag.start : tag.end]}"]
            position = tag.end
            continue
        levels[-1].append(text[position : tag.start])
        position = tag.end
        if partner is not None and partner < number:
            levels.pop()
            continue
        element = Element(tag, closed=partner is not None)
        levels[-1].append(element)
        if partner is not None:
            levels.append(element.children)
    levels[-1].append(text[position:])
    return root


def _partners(found: list[Tag]) -> dict[int, int]:
    """Return the end of each beginning that has one, and the other way round."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    open_now: Counter[tuple[str, str]] = Counter()
    for number, tag in enumerate(found):
        if tag.kind == "open" and tag.syntax in ("element", "shortcode", "statement"):
            waiting.append(number)
            open_now[tag.key] += 1
        elif tag.kind == "close" and open_now[tag.key]:
            while found[waiting[-1]].key != tag.key:
                open_now[found[waiting.pop()].key] -= 1
            opening = waiting.pop()
            open_now[tag.key] -= 1
            partners[opening], partners[number] = number, opening
    return _shallow(partners, len(found))


def _shallow(partners: dict[int, int], count: int) -> dict[int, int]:
    """Return the pairs without those that lie too deep."""
    depth = 0
    kept: dict[int, int] = {}
    for number in range(count):
        partner = partners.get(number, -1)
        if partner > number:
            depth += 1
            if depth <= _DEEPEST:
                kept[number], kept[partner] = partner, number
        elif partner >= 0:
            depth -= 1
    return kept


def _is_text(text: str, tag: Tag) -> bool:
    """Tell whether what looks like a tag without an end is text: `<your-region>`."""
    if tag.syntax != "element" or tag.kind == "single" or tag.attributes:
        return tag.syntax == "element" and tag.kind == "single" and _is_filled_in(text, tag)
    if tag.name in HTML and tag.written == tag.name:
        return tag.kind == "open" and tag.name in UNSURE and _is_in_prose(text, tag)
    if tag.written.lower() in HTML and tag.written.isupper():
        return tag.name in UNSURE and _is_in_prose(text, tag)
    return bool(tag.written)


def _is_in_prose(text: str, tag: Tag) -> bool:
    """Tell a word to fill in from a tag that stands at the edge of a line or of another."""
    before, after = text[max(0, tag.start - 1) : tag.start], text[tag.end : tag.end + 1]
    return before not in ("", "\n", ">") and after not in ("", "\n", "<")


def _is_filled_in(text: str, tag: Tag) -> bool:
    """Tell `<region/>`, a part of a path, from a component that closes itself."""
    around = text[max(0, tag.start - 1) : tag.start] + text[tag.end : tag.end + 1]
    return not tag.attributes and tag.name not in HTML and "/" in around
