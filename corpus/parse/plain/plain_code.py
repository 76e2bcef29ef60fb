"""Lines of plain text that are typed and not read: commands, scripts and their output."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.parse.plain.line_marks import mark_of
from corpus.parse.plain.plain_lines import Line
from corpus.parse.structure import Outline
from corpus.types import BlockKind

_ENDED = re.compile(r"[.!?;,]['\"”’)\]]*+$")
_CODE = re.compile(
    r"(?:\$\s?\w|[}{)\]]+\s*$|\w+\s*=\s*\S|[A-Z][a-z]+-[A-Z]\w+(?:\s.*?)?\s(?:\||-\w)"
    r"|[\w.-]+(?:\s+[\w./:<>-]+)*\s+--?[A-Za-z][\w-]*(?:[\s=]|$)|[\w .]++\s*+(?<=\s\s):\s+\S"
    r"|\S+\s+\{$)"
)
_LOOSE = re.compile(r"(?:[A-Z][a-z]+-[A-Z]\w+|[a-z][\w.-]*)(?:\s+\S+)*\s*$")
_SIGNS = re.compile(r"<[\w-]+>|\s--?\w|[=|\\{}$]|\w_\w")
_TYPED = re.compile(
    r"\b(?:run|runs|running|commands?|syntax|type|enter|script|code|examples?|quer(?:y|ies)|"
    r"output|terminal|shell|prompt|cmdlets?|calls?|requests?|execute|powershell|console)\b",
    re.I,
)


def is_code(outline: Outline, line: Line, *, after_code: bool = False) -> bool:
    """Tell whether a line is code, which follows a lead-in, a step or other code."""
    content = line.text
    if after_code:
        return _CODE.match(content) is not None and not _ENDED.search(content)
    if mark_of(line):
        return False
    if _ENDED.search(content) and not content.endswith((",", ";")):
        return False
    lead_in = outline.lead_in()
    blocks, sections = outline.blocks, outline.sections
    last = blocks[-1] if blocks and blocks[-1].section == len(sections) - 1 else None
    follows = last is not None and last.kind in (BlockKind.CODE, BlockKind.STEP)
    if _CODE.match(content):
        return lead_in is not None or follows or content.startswith("$ ")
    return lead_in is not None and _is_loose(content, lead_in.of(outline.text))


def _is_loose(content: str, lead_in: str) -> bool:
    if not _LOOSE.match(content) or not (_TYPED.search(lead_in) or _SIGNS.search(content)):
        return False
    return content[0].islower() or content.split(maxsplit=1)[0].count("-") == 1


def begins_code(before: Line, after: Line) -> bool:
    """Tell whether code follows a line of prose without a blank line between them."""
    if not before.text.endswith(":") or mark_of(after) or _ENDED.search(after.text):
        return False
    return _CODE.match(after.text) is not None or _is_loose(after.text, before.text)


def code_lines(lines: Sequence[Line]) -> int:
    """Return how many lines at the start of a paragraph are code."""
    for number, line in enumerate(lines):
        if number and (mark_of(line) or _ENDED.search(line.text)):
            return number
    return len(lines)
