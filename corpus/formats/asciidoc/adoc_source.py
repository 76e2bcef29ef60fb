"""Lines of AsciiDoc before they are blocks: attributes, conditions and includes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from corpus.formats.types import Unusable

Lose = Callable[[str, str], None]

OPENS, CLOSES = "\x00if ", "\x00fi"
"""Begin lines that stand for the borders of text under a condition; no file has such lines."""

ENTRY = re.compile(r":(?P<off>!?)(?P<name>\w[\w-]*)(?P<off_too>!?):(?:[ \t]+(?P<value>.*))?")
_CONDITION = re.compile(r"(?P<kind>ifn?def|ifeval)::(?P<names>[^\[\s]*)\[(?P<text>.*)\]\s*")
_END = re.compile(r"endif::\S*\[.*\]\s*")
_INCLUDE = re.compile(r"include::(?P<target>[^\[]+)\[[^\]]*\]\s*")
_ESCAPED = re.compile(r"\\(?=(?:ifn?def|ifeval|endif|include)::)")
_VERBATIM = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,})\s*")
_COMPARED = re.compile(r"\s*(?P<left>.*?)\s*(?P<sign>[=!]=|[<>]=?)\s*(?P<right>.*?)\s*")
_REFERENCE = re.compile(r"\{(\w[\w-]*)\}")
_ALWAYS_SET = frozenset(
    ("asciidoctor", "asciidoctor-version", "backend", "backend-html5", "basebackend",
     "basebackend-html", "filetype-html", "outfilesuffix")
)  # fmt: skip
_LONGEST_VALUE = 20_000
_Verdict = Literal[True, False] | str
"""Whether text is shown, or the name of the condition under which it is."""


class Attributes(dict[str, str]):
    """Names that the document gives a value."""

    def __init__(self) -> None:
        super().__init__()
        self.unset: set[str] = set()

    def enter(self, entry: re.Match[str]) -> None:
        """Take an attribute entry."""
        name = entry["name"].lower()
        if entry["off"] or entry["off_too"]:
            self.pop(name, None)
            self.unset.add(name)
            return
        value = self.filled(entry["value"] or "")
        if len(value) > _LONGEST_VALUE:
            raise Unusable("has attributes that grow too much", "Write out what they stand for")
        self[name] = value

    def filled(self, text: str) -> str:
        """Return text with the values of the names that are known."""
        return _REFERENCE.sub(lambda match: self.get(match[1].lower(), match[0]), text)


def prepared(text: str, lose: Lose) -> list[str]:
    """Return the lines of a document: conditions are decided where the document sets the name.

    What some other document decides is kept between lines that begin with `OPENS` and `CLOSES`:
    readers of some edition see it.
    """
    return list(_Conditions(lose).lines(text.splitlines()))


class _Conditions:
    def __init__(self, lose: Lose) -> None:
        self._lose = lose
        self._attributes = Attributes()
        self._open: list[_Verdict] = []
        self._hidden = 0
        """How many of the open conditions hide what they hold."""
        self._verbatim = ""

    def lines(self, lines: list[str]) -> Iterator[str]:
        for line in map(str.rstrip, lines):
            if condition := _CONDITION.fullmatch(line):
                yield from self._condition(condition)
            elif _END.fullmatch(line):
                yield from self._close()
            elif self._shown():
                yield from self._line(line)

    def _shown(self) -> bool:
        return self._hidden == 0

    def _condition(self, condition: re.Match[str]) -> Iterator[str]:
        verdict = self._verdict(condition)
        inline = condition["kind"] != "ifeval" and condition["text"]
        shown = self._shown()
        if isinstance(verdict, str) and shown:
            yield OPENS + verdict
        if not inline:
            self._open.append(verdict)
            self._hidden += verdict is False
        elif shown and verdict is not False:
            yield condition["text"]
            if isinstance(verdict, str):
                yield CLOSES

    def _close(self) -> Iterator[str]:
        verdict = self._open.pop() if self._open else True
        self._hidden -= verdict is False
        if isinstance(verdict, str) and self._shown():
            yield CLOSES

    def _verdict(self, condition: re.Match[str]) -> _Verdict:
        if condition["kind"] == "ifeval":
            return self._compared(condition["text"])
        every = "+" in condition["names"]
        names = [one.strip().lower() for one in re.split(r"[,+]", condition["names"])]
        known = [self._is_set(name) for name in names if name]
        negated = condition["kind"] == "ifndef"
        decided = (all if every else any)(known)
        if None not in known or (decided and not every) or (every and False in known):
            return bool(decided) != negated
        label = (" and " if every else " or ").join(filter(None, names))
        return f"not {label}" if negated else label

    def _is_set(self, name: str) -> bool | None:
        if name in self._attributes or name in _ALWAYS_SET:
            return True
        return False if name in self._attributes.unset else None

    def _compared(self, text: str) -> _Verdict:
        filled = self._attributes.filled(text)
        match = _COMPARED.fullmatch(filled[:1000])
        if match is None or _REFERENCE.search(filled):
            return re.sub(r"[{}\"'\\]", "", text).strip() or "condition"
        left, right = (match[side].strip("\"'") for side in ("left", "right"))
        if match["sign"] in ("==", "!="):
            return (left == right) == (match["sign"] == "==")
        return re.sub(r"[{}\"'\\]", "", text).strip()

    def _line(self, line: str) -> Iterator[str]:
        if fence := _VERBATIM.fullmatch(line):
            if not self._verbatim:
                self._verbatim = fence[1]
            elif self._verbatim == fence[1]:
                self._verbatim = ""
        if include := _INCLUDE.fullmatch(line):
            self._lose("included file", include["target"])
            return
        entry = None if self._verbatim else ENTRY.fullmatch(line)
        if entry:
            self._attributes.enter(entry)
        yield _ESCAPED.sub("", line, count=1)
