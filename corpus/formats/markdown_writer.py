"""Lines and tables of Markdown from text that must come out of the parser as it went in."""

from __future__ import annotations

import re
from itertools import zip_longest

BREAK = "\x0b"
"""Stands for a line end that the document asks for, while white space is still to be folded."""
_BLANK = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_BREAKS = re.compile(f" ?{BREAK}[ {BREAK}]*")
_OPENS_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|<[A-Za-z/!?]|```|~~~|\[[^\]]+\]:")
_RULE = re.compile(r"(?:[-=_*]\s*){2,}$|[-+*=]$|#+$")


def tidy(text: str) -> str:
    """Return text with white space folded, and a line end for each that was asked for."""
    folded = _BLANK.sub(" ", _UNSEEN.sub("", text))
    return _BREAKS.sub("\n", folded).strip()


def paragraph(text: str) -> list[str]:
    """Return the paragraph that `text` makes, none for a blank one."""
    lines = [escape(line) for line in tidy(text).split("\n")]
    said = "\n".join(line for line in lines if line)
    return [said] if said else []


def escape(line: str) -> str:
    """Return a line that Markdown reads as prose; one of nothing but strokes is blank.

    Only the start of a line can change what the parser makes of it, so only there is a
    character added: the text is quoted to people. Numbers and bullets that someone typed stay,
    they are lists to the reader too.
    """
    if _RULE.match(line):
        return ""
    return f"\\{line}" if _OPENS_BLOCK.match(line) else line


def fence(code: str) -> list[str]:
    """Return code between fences that do not occur in it."""
    if not code.strip():
        return []
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    marks = "`" * max(3, longest + 1)
    body = code.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    return [f"{marks}\n{body}\n{marks}"]


def pipe_table(rows: list[list[str]], titles: int = 1) -> str:
    """Return a table of which the first rows are titles; none makes a blank line of titles."""
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    head = [_joined(column) for column in zip_longest(*full[:titles], fillvalue="")]
    body = [row for row in full[titles:] if any(row)]
    lines = [head or [""] * width, ["---"] * width, *body]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _joined(titles: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(filter(None, titles)))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
