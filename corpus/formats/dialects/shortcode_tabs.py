"""Parts of a shortcode that lines of marks divide: tabs with properties, columns."""

from __future__ import annotations

import re

from corpus.formats.dialects.page_state import PageState

_DIVIDES = re.compile(r"[ \t]*<--->[ \t]*$")
_PROPERTIES = re.compile(r"[ \t]*\+\+\+[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*(\w+)[ \t]*=[ \t]*(.*?)[ \t]*$")
_ENDS = re.compile(r"[ \t]*\{\{[<%][ \t]*/")
_MOST_PROPERTIES = 20


def lower_parts(text: str, page: PageState) -> str:
    """Return a text in which parts with a title are tabs, and no line only divides."""
    if "<--->" not in text and "+++" not in text:
        return text
    return "\n".join(_Parts(text.split("\n"), page).run())


class _Parts:
    """One walk over the lines."""

    def __init__(self, lines: list[str], page: PageState) -> None:
        self.lines = lines
        self.page = page
        self.out: list[str] = []
        self.is_open = False
        self.code_from = -1
        """Where in `out` a part begins that is all code."""

    def run(self) -> list[str]:
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            end = self._properties_end(number) if _PROPERTIES.match(line) else 0
            if end:
                self._open(dict(self._stated(number + 1, end)))
            elif _DIVIDES.match(line):
                self._close()
                self.out.append("")
            else:
                if self.is_open and _ENDS.match(line):
                    self._close()
                self.out.append(line)
            number = end + 1 if end else number + 1
        self._close()
        return self.out

    def _properties_end(self, number: int) -> int:
        """Return the line that ends the properties which begin in a line, 0 for none."""
        last = min(len(self.lines), number + _MOST_PROPERTIES)
        for further in range(number + 1, last):
            if _PROPERTIES.match(self.lines[further]):
                return further if further > number + 1 else 0
            if not _PROPERTY.match(self.lines[further]):
                return 0
        return 0

    def _stated(self, first: int, end: int) -> list[tuple[str, str]]:
        found = [_PROPERTY.match(line) for line in self.lines[first:end]]
        return [(match[1].lower(), match[2].strip("\"'")) for match in found if match]

    def _open(self, stated: dict[str, str]) -> None:
        self._close()
        label = self.page.label(stated.get("title") or stated.get("name") or "")
        if not label:
            return
        self.out += ["", f"{self.page.opening}tab {label}", ""]
        self.is_open = True
        self.code_from = len(self.out) if stated.get("highlight") else -1

    def _close(self) -> None:
        if not self.is_open:
            return
        if self.code_from >= 0:
            code = "\n".join(self.out[self.code_from :]).strip("\n")
            source = self.page.held.sub(lambda match: self.page.source(match[1]), code)
            del self.out[self.code_from :]
            self.out.append(self.page.hold(f"```\n{source}\n```", block=True))
        self.out += ["", self.page.closing, ""]
        self.is_open, self.code_from = False, -1
