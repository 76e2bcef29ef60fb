"""Text as it grows: where a block may begin in it, and at which indentation."""

from __future__ import annotations

import re

from corpus.formats.dialects.page_state import LEAD, continued, led

_ENOUGH = 200
_LISTED = re.compile(r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)+$")


class GrowingText:
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
