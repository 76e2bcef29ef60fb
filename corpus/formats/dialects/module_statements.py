"""Imports and exports of MDX: no text of the page, but some state what others stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.formats.dialects.page_state import PageState
from corpus.formats.dialects.tags.tag_tokens import unquoted

_IMPORT = re.compile(
    r"""import\s+(?:type\s+)?(?:["'][^"'\n]+["']\s*;?\s*$
    |(?:[\w$*{][^"'`\n]*?)\sfrom\s*["'][^"'\n]+["']\s*;?\s*(?://.*)?$
    |(?:[\w$]+\s*,\s*)?\{[^}"'`.]*$)""",
    re.X,
)
_EXPORT = re.compile(
    r"""export\s+(?:(?:const|let|var)\s+[\w${\[][^=\n]*=
    |(?:async\s+)?function\b\s*\*?\s*[\w$]*\s*\(|class\s+\w+\s*(?:extends\b|\{)
    |\{|\*\s*(?:as\s+\w+\s+)?from\b|(?:type|interface)\s+\w+\s*[={<]
    |default\s+(?:(?:async\s+)?function\b|class\b|\(|\{|[\w$.]+\s*(?:;\s*$|\(|$)))""",
    re.X,
)
_IMPORT_END = re.compile(r"""\}\s*from\s*["'][^"'\n]+["']\s*;?\s*$""")
_STRING = re.compile(r"""\\.|"(?>(?:[^"\\\n]|\\.)*)"|'(?>(?:[^'\\\n]|\\.)*)'""")
_LITERAL = re.compile(
    r"""(?:const|let|var)\s+([\w$]+)\s*(?::\s*\w+\s*)?=\s*("[^"\n]*"|'[^'\n]*'|-?\d[\d_.]*)\s*;?\s*$""",
    re.M,
)
_OBJECT = re.compile(
    r"(?:const|let|var)\s+([\w$]+)\s*(?::\s*\w+\s*)?=\s*\{([^{}]*)\}\s*;?\s*$", re.M
)
_PAIR = re.compile(r"""["']?([\w$]+)["']?\s*:\s*("[^"\n]*"|'[^'\n]*'|-?\d[\d_.]*)""")
_GOES_ON = ("=", "=>", "(", ",", "+", "`")
_MOST_LINES = 300
_MOST_READ = 20_000


def take_statements(text: str, page: PageState) -> str:
    """Return the text without imports and exports; a page that has some is of MDX."""
    if "import" not in text and "export" not in text:
        return text
    return "\n".join(_Statements(text.split("\n"), page).run())


class _Statements:
    """One walk over the lines of a page."""

    def __init__(self, lines: list[str], page: PageState) -> None:
        self.lines = lines
        self.page = page
        self.patience = _MOST_READ
        """Lines that may still be read to find the end of something."""

    def run(self) -> list[str]:
        out: list[str] = []
        number, may_begin = 0, True
        while number < len(self.lines):
            taken = self._statement(number) if may_begin else 0
            if taken:
                self.page.mdx = True
                _read("\n".join(self.lines[number : number + taken]), self.page)
            else:
                out.append(self.lines[number])
                may_begin = not self.lines[number].strip()
            number += taken or 1
        return out

    def _statement(self, number: int) -> int:
        """Return how many lines the statement takes that begins in a line; 0 for none."""
        line = self.lines[number]
        if not _IMPORT.match(line):
            return self._export(number) if _EXPORT.match(line) else 0
        if "{" not in line or "from" in line.partition("}")[2]:
            return 1
        for further in self._following(number + 1):
            if _IMPORT_END.search(self.lines[further]):
                return further + 1 - number
            if not self.lines[further].strip():
                break
        return 0

    def _export(self, number: int) -> int:
        depth = blank = 0
        for further in self._following(number):
            bare = _STRING.sub("", self.lines[further])
            depth += sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))
            if depth <= 0 and not bare.rstrip().endswith(_GOES_ON):
                return further + 1 - number
            if not bare.strip() and not blank:
                blank = further - number
        return blank or 1

    def _following(self, number: int) -> Iterator[int]:
        last = min(len(self.lines), number + _MOST_LINES)
        while number < last and self.patience:
            self.patience -= 1
            yield number
            number += 1


def _read(statement: str, page: PageState) -> None:
    for name, value in _LITERAL.findall(statement):
        page.values[name] = unquoted(value)
    for name, pairs in _OBJECT.findall(statement):
        for key, value in _PAIR.findall(pairs):
            page.values[f"{name}.{key}"] = unquoted(value)
    if statement.startswith("export") and re.search(r"<[A-Za-z>]", statement):
        page.leave_out("component", statement.partition("\n")[0])
