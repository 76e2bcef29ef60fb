"""Code is set aside before anything else is read, and comments go.

Every later step may then take what it finds for mark-up.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right

from corpus.formats.dialects.element_names import CODE_DIRECTIVES, DIAGRAMS, HTML
from corpus.formats.dialects.grid_tables import grid_table
from corpus.formats.dialects.page_state import LEAD, PageState, continued, indent_of
from corpus.formats.markdown_writer import fence

_FENCE = re.compile(
    r"(?P<lead>[ \t>]*+(?>(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)*))(?P<marks>`{3,}|~{3,})(?P<info>.*)$"
)
_LISTED = re.compile(r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]++|$))")
_OPENS_INDENTED = re.compile(
    r"[ \t]*+(?:(?:!!!|\?\?\?\+?)[ \t]*[A-Za-z]|===[!+]?[ \t])|\[\^[^\]\n]+\]:|:[ \t]"
)
_TABLE_TAG = re.compile(r"<(/?)table\b", re.I)
_DIRECTIVE = re.compile(r"[ \t]*\{([\w:-]+)\}[ \t]*(.*)$")
_OPTION = re.compile(r"[ \t>]*:[\w-]+:(?:[ \t]|$)")
_SKIPPED = re.compile(r"<!--|\{/\*|<(pre|script|style)\b", re.I)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]*+\1(?!`)")
_INLINE = re.compile(
    r"\\[^\n]|(?P<ticks>`+)|(?P<comment><!--)|(?P<braced>\{/\*)|<(?P<tag>script|style|pre|code)\b"
    r"|\{%-?\s*(?P<liquid>raw|comment|highlight)\b[^%\n]*%\}"
    r"|\{\{[<%]\s*(?P<hugo>highlight)\b[^\n{}]*[>%]\}\}|\{::(?P<kramdown>comment)\}",
    re.I,
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z\d]*)\b[^<>]*>")
_NEAR = 500
_BLANK = re.compile(r"\n[ \t]*\n")


def hold_code(text: str, page: PageState) -> str:
    """Return the text with marks in place of code, and without its comments."""
    return _Spans(_hold_blocks(text, page), page).run()


def _hold_blocks(text: str, page: PageState) -> str:
    return "\n".join(_Blocks(text.split("\n"), page).run())


class _Blocks:
    """One walk over the lines, for code that takes whole lines."""

    def __init__(self, lines: list[str], page: PageState) -> None:
        self.lines = lines
        self.page = page
        self.columns: list[int] = []
        """Where the text of each list item or indented block that is open begins."""
        self.out: list[str] = []
        self.closings: set[int] = set()
        """Lines that end a directive written as a fence."""
        self.hopeless: set[str] = set()
        """Ends of comments that do not come any more."""
        self.drawn = 0
        """Where the lines end that were tried as a drawn table."""
        self.tables = 0
        """Tables of HTML that are open: what is indented in them is no code."""

    def run(self) -> list[str]:
        number, after_blank = 0, True
        while number < len(self.lines):
            line = self.lines[number]
            if not line.strip():
                self.out.append(line)
                number, after_blank = number + 1, True
                continue
            taken = self._fence(number) or self._indented(number, after_blank)
            if not taken:
                self._grid(number)
                self._enter(line, after_blank)
                taken = self._pass(number)
            number, after_blank = number + taken, False
        return self.out

    def _grid(self, number: int) -> None:
        """Write a table that is drawn anew; code in its cells would lose its columns."""
        if number < self.drawn or "+-" not in self.lines[number]:
            return
        if found := grid_table(self.lines, number):
            table, taken = found
            self.drawn = number + taken
            if table:
                self.lines[number : number + taken] = [*table, *[""] * (taken - len(table))]

    def _pass(self, number: int) -> int:
        """Hand on a line, with those of a comment or of verbatim HTML that begins in it."""
        line = self.lines[number]
        self.out.append(f"{LEAD.match(line)[0]}:::" if number in self.closings else line)  # type: ignore[index]
        for tag in _TABLE_TAG.findall(line) if "table" in line.lower() else ():
            self.tables = max(0, self.tables + (-1 if tag else 1))
        if "<" not in line and "{/*" not in line:
            return 1
        bare = _CODE_SPAN.sub(lambda match: " " * len(match[0]), line)
        every = list(_SKIPPED.finditer(bare))
        if not every:
            return 1
        last = every[-1]
        end = {"<!--": "-->", "{/*": "*/"}.get(last[0], f"</{last[1]}".lower())
        if end in bare[last.end() :].lower() or end in self.hopeless:
            return 1
        for further in range(number + 1, len(self.lines)):
            if end in self.lines[further].lower():
                self.out.extend(self.lines[number + 1 : further + 1])
                return further + 1 - number
        self.hopeless.add(end)
        return 1

    def _fence(self, number: int) -> int:
        """Set a fenced block aside; return how many lines it takes."""
        match = _FENCE.match(self.lines[number])
        if match is None or number in self.closings:
            return 0
        if match["marks"].startswith("`") and "`" in match["info"]:
            return 0
        end, closed = self._fence_end(number, match)
        last = end - 1 if closed else end
        info = match["info"].strip()
        if info == "mdx-code-block":
            self.page.mdx = True
            self.lines[number] = ""
            if closed:
                self.lines[last] = ""
            self.out.append("")
            return 1
        directive = _DIRECTIVE.match(info)
        if directive and directive[1].lower() not in CODE_DIRECTIVES:
            self.out.append(f"{match['lead']}:::{{{directive[1]}}} {directive[2]}")
            if closed:
                self.closings.add(last)
            taken = 1
            while number + taken < last and _OPTION.match(self.lines[number + taken]):
                taken += 1
            return taken
        if info.split(None, 1)[:1] and info.split(None, 1)[0].strip("{}").lower() in DIAGRAMS:
            self.page.leave_out("diagram", " ".join(self.lines[number + 1 : number + 2]))
            self.out.append(match["lead"].rstrip())
            return end - number
        lines = self.lines[number:end]
        lines[0] = lines[0][len(match["lead"]) :]
        self.out.append(match["lead"] + self.page.hold("\n".join(lines), match["lead"], block=True))
        return end - number

    def _fence_end(self, number: int, match: re.Match[str]) -> tuple[int, bool]:
        """Return the line after a fenced block, and whether it is closed."""
        lead, marks = match["lead"], match["marks"]
        closing = re.compile(rf"[ \t>]*+{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$")
        quoted = ">" in lead
        least = len(continued(lead).expandtabs(4)) if lead.strip() or indent_of(lead) > 3 else 0
        for further in range(number + 1, len(self.lines)):
            line = self.lines[further]
            if closing.match(line):
                return further + 1, True
            if quoted and not line.lstrip().startswith(">"):
                return further, False
            if line.strip() and not quoted and indent_of(line) < min(least, 2):
                return further, False
        return len(self.lines), False

    def _indented(self, number: int, after_blank: bool) -> int:
        """Set indented code aside; return how many lines it takes."""
        least = self._column(self.lines[number], after_blank) + 4
        if self.page.mdx or self.tables or not after_blank or indent_of(self.lines[number]) < least:
            return 0
        end = last = number + 1
        while end < len(self.lines):
            if self.lines[end].strip():
                if indent_of(self.lines[end]) < least:
                    break
                last = end + 1
            end += 1
        lead = LEAD.match(self.lines[number])[0]  # type: ignore[index]
        source = "\n".join(self.lines[number:last])[len(lead) :]
        self.out.append(lead + self.page.hold(source, lead, block=True))
        return last - number

    def _column(self, line: str, after_blank: bool) -> int:
        """Return where text of the innermost block begins that a line belongs to."""
        if after_blank:
            while self.columns and indent_of(line) < self.columns[-1]:
                self.columns.pop()
        return self.columns[-1] if self.columns else 0

    def _enter(self, line: str, after_blank: bool) -> None:
        listed = _LISTED.match(line)
        if listed:
            indent = indent_of(line)
            while self.columns and indent < self.columns[-1]:
                self.columns.pop()
            self.columns.append(len(listed[0].expandtabs(4)))
        elif _OPENS_INDENTED.match(line):
            while self.columns and indent_of(line) < self.columns[-1]:
                self.columns.pop()
            self.columns.append(indent_of(line) + 4)
        elif after_blank or line.startswith("#"):
            self._column(line, True)


class _Spans:
    """One walk over the text, for code within lines and for comments."""

    def __init__(self, text: str, page: PageState) -> None:
        self.text = text
        self.page = page
        self.paragraphs = [0, *(match.end() for match in _BLANK.finditer(text)), len(text) + 1]
        self.lower = text.lower()
        # Some letters take more room in lower case.
        if len(self.lower) != len(text):
            self.lower = text
        self.runs: dict[int, list[int]] = {}
        self.runs_of = -1
        self.hopeless: set[str] = set()

    def run(self) -> str:
        out: list[str] = []
        position = 0
        while match := _INLINE.search(self.text, position):
            out.append(self.text[position : match.start()])
            replaced = self._replace(match)
            if replaced is None:
                out.append(match[0])
                position = match.end()
            else:
                said, position = replaced
                out.append(said)
        out.append(self.text[position:])
        return "".join(out)

    def _replace(self, match: re.Match[str]) -> tuple[str, int] | None:
        """Return what stands for what begins here, and where the text goes on."""
        if match["ticks"]:
            return self._span(match)
        for name, end in (("comment", "-->"), ("braced", "*/}"), ("kramdown", "{:/comment}")):
            if match[name]:
                return self._gone(match, end)
        if match["tag"]:
            return self._element(match)
        if match["liquid"] or match["hugo"]:
            return self._template(match)
        return None

    def _end(self, start: int, mark: str) -> int:
        if mark in self.hopeless:
            return -1
        found = self.lower.find(mark, start)
        if found < 0:
            self.hopeless.add(mark)
        return found

    def _gone(self, match: re.Match[str], mark: str) -> tuple[str, int] | None:
        # A comment may be `<!-->`.
        start = match.start() + 2 if mark == "-->" else match.end()
        end = self._end(start, mark)
        if end >= 0:
            return "", end + len(mark)
        return ("", match.end()) if match["comment"] or match["braced"] else None

    def _span(self, match: re.Match[str]) -> tuple[str, int] | None:
        end = self._closing_ticks(match)
        return (self.page.hold(self.text[match.start() : end]), end) if end else None

    def _closing_ticks(self, match: re.Match[str]) -> int:
        at = bisect_right(self.paragraphs, match.start())
        if at != self.runs_of:
            self.runs_of, self.runs = at, {}
            for run in re.finditer(r"`+", self.text[self.paragraphs[at - 1] : self.paragraphs[at]]):
                start = self.paragraphs[at - 1] + run.start()
                self.runs.setdefault(len(run[0]), []).append(start)
        length = len(match["ticks"])
        starts = self.runs.get(length, [])
        following = bisect_right(starts, match.start())
        return starts[following] + length if following < len(starts) else 0

    def _element(self, match: re.Match[str]) -> tuple[str, int] | None:
        name = match["tag"].lower()
        inner, closed = self._between(match, name)
        if not closed:
            return None
        if name in ("script", "style"):
            return "", closed
        if name == "pre":
            return self._preformatted(match.start(), self._code(inner)), closed
        code = " ".join(self._code(inner).split())
        if not code or _BLANK.search(inner):
            return None
        return self.page.hold(_ticked(code)), closed

    def _between(self, match: re.Match[str], name: str) -> tuple[str, int]:
        """Return what is in an element, and where it ends; 0 where it is not closed."""
        opened = self.text.find(">", match.end(), match.end() + 500)
        end = self._end(match.end(), f"</{name}") if opened >= 0 else -1
        if end < max(opened, 0) or self.text[opened - 1] == "/":
            return "", 0
        return self.text[opened + 1 : end], self.text.find(">", end) + 1

    def _code(self, inner: str) -> str:
        """Return code as a browser shows it; what only looks like a tag is part of it."""
        inner = self.page.held.sub(lambda held: self.page.source(held[1]), inner)
        return html.unescape(_TAG.sub(lambda tag: "" if tag[1].lower() in HTML else tag[0], inner))

    def _preformatted(self, start: int, inner: str) -> str:
        line = self.text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        code = "\n".join(fence(inner))
        if not code:
            return ""
        if line.strip(" \t>"):
            return self.page.hold(code, block=True)
        lead = LEAD.match(line)[0]  # type: ignore[index]
        held = self.page.hold(code.replace("\n", f"\n{lead}"), lead, block=True)
        return f"\n{lead}{held}\n{lead}"

    def _template(self, match: re.Match[str]) -> tuple[str, int] | None:
        name = (match["liquid"] or match["hugo"]).lower()
        closing = re.compile(
            r"\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"
            if match["hugo"]
            else rf"\{{%-?\s*end{name}\s*-?%\}}",
            re.I,
        )
        if closing.pattern in self.hopeless:
            return None
        end = closing.search(self.text, match.end())
        if end is None:
            self.hopeless.add(closing.pattern)
            return None
        inner = self.text[match.end() : end.start()]
        if name == "comment":
            return "", end.end()
        if name == "highlight":
            return self._preformatted(match.start(), inner), end.end()
        return self.page.hold(inner), end.end()


def _ticked(code: str) -> str:
    if "`" not in code:
        return f"`{code}`"
    longest = max(len(run) for run in re.findall(r"`+", code))
    marks = "`" * (longest + 1)
    return f"{marks} {code} {marks}"
