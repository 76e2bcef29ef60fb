"""Lines of AsciiDoc that say what the next block is: `[NOTE]`, `[cols="1,2"]`, `.Title`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LINE = re.compile(r"\[(?![\[\]])(?=[^\s].*\]$|\]$).*\]|\[\]|\[\[[\w:.-]+(?:,.*)?\]\]")
TITLE = re.compile(r"\.(?![.\s])(\S.*)")
_PART = re.compile(
    r"""\s*(?:(?P<name>[\w-]+)\s*=\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^,]*))
    [^,]*(?:,|$)""",
    re.X,
)
_SHORT = re.compile(r"([.#%])([^.#%]*)")


@dataclass(slots=True)
class Meta:
    """What the lines before a block say of it."""

    title: str = ""
    style: str = ""
    positional: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    options: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        """Take a line in brackets."""
        if line.startswith("[["):
            self.ids.append(line[2:-2].partition(",")[0])
            return
        for number, match in enumerate(_PART.finditer(line[1:-1])):
            if match.start() == match.end():
                break
            value = next(
                (match[one] for one in ("double", "single", "bare") if match[one] is not None), ""
            ).strip()
            if match["name"]:
                self._name(match["name"], value)
            elif number == 0:
                self._first(value)
            elif value:
                self.positional.append(value)

    def _name(self, name: str, value: str) -> None:
        self.named[name] = value
        if name in ("options", "opts"):
            self.options.update(one.strip() for one in value.split(","))
        elif name == "id":
            self.ids.append(value)

    def _first(self, value: str) -> None:
        style = re.split(r"[.#%]", value, maxsplit=1)[0]
        self.style = style or self.style
        for sign, said in _SHORT.findall(value[len(style) :]):
            if sign == "%":
                self.options.add(said)
            elif sign == "#":
                self.ids.append(said)
