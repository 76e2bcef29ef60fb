"""What the steps of one conversion share: code that is set aside, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PRIVATE = range(0xE000, 0xF8FF)
_PASSED = "*_[]()~^`|<>\\&!"
"""Characters that mean something to Markdown or to HTML."""
_LEAD_MARKS = re.compile(r"[-+*]|\d{1,9}[.)]")
_LONGEST_LABEL = 200
_NEAR = 500
LEAD = re.compile(r"[ \t>]*+")
"""What stands before a block in a quotation or in something indented."""


class PageState:
    """One page while it is converted; its marks are characters that do not occur in it."""

    def __init__(self, text: str, *, mdx: bool) -> None:
        free = (chr(code) for code in _PRIVATE if chr(code) not in text)
        self.held_mark, self.opening, self.closing = (next(free) for _ in range(3))
        self.hole, self.line_end = next(free), next(free)
        self.mdx = mdx
        self.values: dict[str, str] = {}
        """Literals that the page states for names."""
        self.found: list[tuple[str, str]] = []
        """What was left out, each with an example."""
        self.held = re.compile(f"{self.held_mark}(\\d+){self.held_mark}")
        self._sources: list[tuple[str, str, bool]] = []
        passed = {character: next(free) for character in _PASSED}
        self._hidden = str.maketrans(passed)
        self._shown = str.maketrans({mark: character for character, mark in passed.items()})

    def leave_out(self, what: str, example: str = "") -> None:
        """Count something that the file holds and the text will not."""
        self.found.append((what, self.plain(example)))

    def hold(self, source: str, lead: str = "", *, block: bool = False) -> str:
        """Set text aside that no step may change; `lead` stands before it in its first line."""
        self._sources.append((source, lead, block))
        return f"{self.held_mark}{len(self._sources) - 1}{self.held_mark}"

    def is_block(self, number: str) -> bool:
        """Tell whether what was set aside takes lines of its own."""
        return self._sources[int(number)][2]

    def source(self, number: str) -> str:
        """Return what was set aside as it was written."""
        return self._sources[int(number)][0]

    def plain(self, text: str) -> str:
        """Return text as an example or a label: with its code, without marks of this page."""
        text = self.held.sub(lambda match: self.source(match[1]), text)
        return text.translate({ord(self.opening): None, ord(self.closing): None}).strip()

    def label(self, text: str) -> str:
        """Return the words of a title, as one line without marks of emphasis."""
        words = " ".join(text.replace("**", "").split())
        words = words.replace(self.hole, "").replace(self.line_end, " ")
        return words.strip("\"' ")[:_LONGEST_LABEL]

    def container(self, kind: str, label: str, inside: str) -> str:
        """Return text within a container of the reading form."""
        opening = f"{self.opening}{kind} {self.label(label)}".rstrip()
        return f"{opening}\n\n{inside.strip(chr(10))}\n\n{self.closing}"

    def hide(self, text: str) -> str:
        """Return text that passes through a renderer of HTML without being understood."""
        return text.translate(self._hidden)

    def show(self, text: str) -> str:
        """Undo `hide`."""
        return text.translate(self._shown)

    def restore(self, text: str) -> str:
        """Return the text with what was set aside in its place again."""
        if self.held_mark not in text:
            return text
        return "\n".join(self._restored(line) for line in text.split("\n"))

    def _restored(self, line: str) -> str:
        only = self.held.search(line)
        if only and only.end() == len(line.rstrip()) and self.is_block(only[1]):
            lead = line[: only.start()]
            if not _LEAD_MARKS.sub("", lead).strip(" \t>"):
                return self._block(only[1], lead)
        return self.held.sub(lambda match: self._within_line(match[1]), line)

    def _block(self, number: str, lead: str) -> str:
        source, old, _ = self._sources[int(number)]
        if lead == old:
            return lead + source
        before, after = continued(old), continued(lead)
        first, *others = source.split("\n")
        return "\n".join([lead + first, *(after + _without(line, before) for line in others)])

    def _within_line(self, number: str) -> str:
        source, _, block = self._sources[int(number)]
        if not block:
            return source
        lines = [line.strip() for line in source.split("\n")]
        code = " ".join(line for line in lines if not line.startswith(("```", "~~~")))
        return code if "`" in code else f"`{code}`"


def continued(lead: str) -> str:
    """Return what stands before the further lines of what begins after `lead`."""
    return _LEAD_MARKS.sub(lambda match: " " * len(match[0]), lead)


def _without(line: str, lead: str) -> str:
    if line.startswith(lead):
        return line[len(lead) :]
    bare = line.lstrip(" \t>")
    return line[min(len(lead), len(line) - len(bare)) :]


def around(match: re.Match[str]) -> tuple[str, str]:
    """Return what stands before and after a match in its line, as far as it matters."""
    text = match.string
    before = text[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
    return before, text[match.end() : match.end() + _NEAR].partition("\n")[0]


def dedented(text: str) -> str:
    """Return text without the indentation that all of its lines have."""
    lines = text.split("\n")
    least = min((_indent(line) for line in lines if line.strip()), default=0)
    if not least:
        return text
    return "\n".join(line.expandtabs(4)[least:] if line.strip() else "" for line in lines)


def _indent(line: str) -> int:
    wide = line.expandtabs(4) if "\t" in line else line
    return len(wide) - len(wide.lstrip(" "))


def indent_of(line: str) -> int:
    """Return the width of the blanks that a line begins with."""
    return _indent(line)


def led(lines: Iterable[str], lead: str) -> list[str]:
    """Return lines with `lead` before each; blank ones get no blanks at their end."""
    return [(lead + line).rstrip() if not line.strip() else lead + line for line in lines]
