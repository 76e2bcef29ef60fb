"""Blocks between lines of colons or slashes: zones, notes, tabs, columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.page_state import PageState, around

_LINE = re.compile(r"(?P<lead>[ \t>]*+)(?P<fence>:{3,}|/{3,})(?P<rest>.*)$")
_LEAF = re.compile(r":::[ \t]*([A-Za-z][\w-]*)((?>(?:[^:\n]++|:(?!::))*)):::")
_LEAF_LINE = re.compile(
    r"^([ \t>]*+)::([A-Za-z][\w-]*)(?:\[([^\]\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*$", re.M
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'{}]+)""")
_NAMED = re.compile(
    r"""\{(?P<role>[\w:-]+)\}[ \t]*(?P<after>.*)$
    |\{(?P<braced>[^{}]*)\}[ \t]*(?P<bare>.*)$
    |(?P<name>[A-Za-z][\w-]*)(?P<rest>.*)$""",
    re.X,
)
_TITLE = re.compile(
    r"[ \t]*(?:\[(?P<boxed>.*?)\])?[ \t]*(?:\{(?P<attributes>[^{}]*)\})?[ \t]*(?P<said>.*)$"
)
_CLASS = re.compile(r"\.([\w-]+)")
_HEADING = re.compile(
    r"(?P<lead>[ \t>]{0,9})(?P<marks>#{1,6})[ \t]+(?P<said>[^\n]*?)[ \t]*(?:\{[^{}\n]*\})?[ \t#]*$"
)
_OPTION = re.compile(r"[ \t>]*(?::[\w-]+:(?:[ \t]|$)| {4}[\w-]+:[ \t])")
_SILENT = frozenset(("row", "row-end", "column", "column-end", "image-end"))
_LAYOUT = frozenset(
    ("row", "column", "columns", "tabs", "tab-set", "tabset", "panel-tabset", "code-group",
     "tab-group", "grid", "margin", "dropdown", "details", "card", "grid-item-card", "container")
)  # fmt: skip
"""What needs no word: all that is in it stays."""


@dataclass(slots=True)
class _Opened:
    """A line that begins a block, and what it says."""

    line: int
    fence: str
    name: str
    label: str
    attributes: dict[str, str]


def lower_directives(text: str, page: PageState) -> str:
    """Return a text in which blocks between fences of colons are of the reading form."""
    if ":::" in text:
        text = _LEAF.sub(lambda match: _leaf(match, page), text)
    if "::" in text:
        text = _LEAF_LINE.sub(lambda match: _leaf_line(match, page), text)
    if ":::" not in text and "///" not in text:
        return text
    return "\n".join(_Blocks(text.split("\n"), page).run())


def _leaf(match: re.Match[str], page: PageState) -> str:
    """Return what is left of a directive within a line."""
    name, stated = match[1].lower(), dict(_attributes(match[2]))
    if name in ("zone-end", "moniker-end"):
        return f":::{name}"
    if name in _SILENT:
        return ""
    if name == "no-loc":
        return stated.get("text", "")
    if name in ("image", "icon"):
        page.leave_out("image", stated.get("alt-text") or stated.get("source") or "")
        # In a table an image stands for a word.
        return stated.get("alt-text", "") if "|" in around(match)[0] else ""
    what = {"code": "included code", "video": "video", "include": "included file"}.get(name)
    page.leave_out(what or "directive", stated.get("source") or stated.get("src") or name)
    said = [stated[key] for key in ("title", "text", "alt-text", "label") if stated.get(key)]
    return " ".join([*said, *_ATTRIBUTE.sub("", match[2]).split()])


def _leaf_line(match: re.Match[str], page: PageState) -> str:
    name = match[2].lower()
    said = match[3] or ""
    what = "video" if name in names.MEDIA else "directive"
    if not said or what == "video":
        page.leave_out("included file" if name in names.INCLUDES else what, said or match[2])
    return match[1] + said if what != "video" else match[1]


class _Blocks:
    """Finds which line ends which, then writes them anew."""

    def __init__(self, lines: list[str], page: PageState) -> None:
        self.lines = lines
        self.page = page
        self.open: list[_Opened] = []
        self.written: dict[int, str] = {}
        self.ends: dict[int, str] = {}
        """What stands before a line when it is written."""

    def run(self) -> list[str]:
        for number, line in enumerate(self.lines):
            match = _LINE.match(line) if ":::" in line or "///" in line else None
            if match is None:
                continue
            self._line(number, match, match["rest"].strip())
        for opened in self.open:
            self._unclosed(opened)
        return [
            self.ends.get(number, "") + self.written.get(number, line)
            for number, line in enumerate(self.lines)
        ]

    def _line(self, number: int, match: re.Match[str], said: str) -> None:
        fence = match["fence"]
        name = said.lower().rstrip(":").strip()
        if not said:
            if self.open or fence[0] == ":":
                self._close(number, fence)
        elif name.endswith("-end") or name == "zone end":
            self._close_named(number, name)
        elif opened := self._opened(number, fence, said):
            self.open.append(opened)

    def _opened(self, number: int, fence: str, said: str) -> _Opened | None:
        if fence[0] == "/":
            return self._with_slashes(number, fence, said)
        match = _NAMED.match(said.rstrip(":").rstrip() if said.endswith(":::") else said)
        if match is None:
            return None
        if match["role"]:
            return _Opened(number, fence, match["role"].lower(), match["after"], {})
        if match["braced"] is not None:
            classes = [name.lower() for name in _CLASS.findall(match["braced"])]
            stated = dict(_attributes(match["braced"]))
            name = next(filter(None, map(_of_class, classes)), classes[0] if classes else "div")
            return _Opened(number, fence, name, stated.get("title") or match["bare"], stated)
        title = _TITLE.match(match["rest"])
        if title is None:
            return None
        stated = dict(_attributes(title["attributes"] or match["rest"]))
        words = (title["boxed"], stated.get("title"), _ATTRIBUTE.sub("", title["said"]))
        label = " ".join(filter(None, words))
        return _Opened(number, fence, match["name"].lower(), label, stated)

    def _with_slashes(self, number: int, fence: str, said: str) -> _Opened | None:
        name, _, label = said.partition("|")
        if not re.fullmatch(r"[\w-]+", name.strip()):
            return None
        following = number + 1
        while following < len(self.lines) and _OPTION.match(self.lines[following]):
            self.written[following] = ""
            following += 1
        return _Opened(number, fence, name.strip().lower(), label, {})

    def _close(self, number: int, fence: str) -> None:
        """End the block that a bare line of colons ends: the nearest that is no wider."""
        self.written[number] = ""
        fitting = [one for one in self.open[-50:] if one.fence[0] == fence[0]]
        if not fitting:
            return
        best = next((one for one in reversed(fitting) if len(one.fence) <= len(fence)), fitting[-1])
        self._end(number, best)

    def _close_named(self, number: int, name: str) -> None:
        self.written[number] = ""
        names_of = {"zone-end": ("zone",), "zone end": ("zone",), "moniker-end": ("moniker",)}
        wanted = names_of.get(name, (name.removesuffix("-end"),))
        best = next((one for one in reversed(self.open[-50:]) if one.name in wanted), None)
        if best is not None:
            self._end(number, best)

    def _end(self, number: int, opened: _Opened) -> None:
        while self.open[-1] is not opened:
            self._unclosed(self.open.pop())
        self.open.pop()
        kind, label = self._meaning(opened)
        lead = self._lead(opened.line)
        if opened.name in ("panel-tabset", "tabset"):
            self._headed_tabs(opened.line + 1, number)
        if kind == "code":
            # Only the text between the fences is code.
            inner = "\n".join(self.lines[opened.line + 1 : number])
            source = self.page.held.sub(lambda match: self.page.source(match[1]), inner)
            self.written[opened.line] = lead + self.page.hold(
                f"```\n{source}\n```", lead, block=True
            )
            self.written.update(dict.fromkeys(range(opened.line + 1, number + 1), ""))
        elif kind == "diagram":
            self.page.leave_out("diagram", " ".join(self.lines[opened.line + 1 : opened.line + 2]))
            self.written.update(dict.fromkeys(range(opened.line, number + 1), lead.rstrip()))
        elif kind:
            self.written[opened.line] = f"{lead}{self.page.opening}{kind} {label}".rstrip()
            self.written[number] = f"{self._lead(number)}{self.page.closing}"
        else:
            self._bare(opened, label)

    def _headed_tabs(self, first: int, end: int) -> None:
        """Make tabs of the headings that a block of tabs consists of."""
        headings = [
            (number, match)
            for number in range(first, end)
            if (match := _HEADING.match(self.written.get(number, self.lines[number])))
        ]
        level = min((len(match["marks"]) for _, match in headings), default=0)
        is_open = False
        for number, match in headings:
            if len(match["marks"]) != level:
                continue
            closing = f"{match['lead']}{self.page.closing}\n\n" if is_open else ""
            label = self.page.label(match["said"])
            self.written[number] = f"{closing}{match['lead']}{self.page.opening}tab {label}"
            is_open = True
        if is_open:
            self.ends[end] = f"{self._lead(end)}{self.page.closing}\n"

    def _meaning(self, opened: _Opened) -> tuple[str, str]:
        """Return the kind of container that a block is, empty for none, and its label."""
        name, label = opened.name, self.page.label(opened.label)
        stated = opened.attributes
        name = name.removeprefix("callout-")
        if name in names.DIAGRAMS:
            return "diagram", ""
        if name == "math":
            return "code", ""
        if name in ("zone", "moniker"):
            said = next(
                (stated[key] for key in ("pivot", "target", "range") if stated.get(key)), ""
            )
            return "zone", self.page.label(f"{said} {label}")
        if name in names.TABS and name not in names.PLATFORMS:
            return "tab", label or stated.get("label", "")
        return ("note", label) if name in names.NOTES else ("", label)

    def _unclosed(self, opened: _Opened) -> None:
        """Keep the words of a beginning without an end; what follows is not in it."""
        label = self.page.label(opened.label)
        if opened.name in names.NOTES or opened.name in names.TABS:
            self.written[opened.line] = self._lead(opened.line) + (f"**{label}**" if label else "")
        else:
            self._bare(opened, label)

    def _bare(self, opened: _Opened, label: str) -> None:
        if opened.name not in _LAYOUT and opened.name != "div":
            self.page.leave_out("directive", opened.name)
        lead = self._lead(opened.line)
        self.written[opened.line] = (
            f"{lead}**{label}**\n{lead.rstrip()}" if label else lead.rstrip()
        )

    def _lead(self, number: int) -> str:
        match = _LINE.match(self.lines[number])
        return match["lead"] if match else ""


def _of_class(name: str) -> str:
    """Return the name of a directive that a class of Quarto stands for."""
    bare = name.removeprefix("callout-")
    known = bare in names.NOTES or bare in names.TABS or bare in _LAYOUT
    return bare if known else ""


def _attributes(said: str) -> list[tuple[str, str]]:
    return [(name.lower(), value.strip("\"'")) for name, value in _ATTRIBUTE.findall(said)]
