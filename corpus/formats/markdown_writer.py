"""Lines and tables of Markdown from text that must come out of the parser as it went in."""

from __future__ import annotations

import re
from itertools import zip_longest

BREAK = "\x0b"
"""Stands for a line end that the document asks for, while white space is still to be folded."""
_BLANK = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_BREAKS = re.compile(f" ?{BREAK}[ {BREAK}]*")
_PARTED = re.compile(f"{BREAK} ?{BREAK}[ {BREAK}]*")
_OPENS_BLOCK = re.compile(
    r"#{1,6}(?:\s|$)|>|<[A-Za-z/!?]|```|~~~|\[[^\]^][^\]]*\]:|:::|\|"
    r"|[-=_+](?:\s*[-=_+])*\s*$|:?-+:?\s*(?:\||$)"
)
_RULE = re.compile(r"(?:\\?[-=_*]\s*){2,}$|\\?[-+*=]$|#+$")
_DEFINES = re.compile(r"(\[\^[^\]]{1,100}\]):")
_LISTED = re.compile(r"[-+]|(?P<number>\d{1,9})(?=[.)](?:\s|$))")
_CLOSING_HASHES = re.compile(r"(?:^|(?<=\s))#+$")
_TYPED_BULLET = re.compile(r"^[•·▪‣◦●■]\s*(?=\S)")
_MARKS = re.compile(
    r"[\\`*\[\]^~]|<(?=[A-Za-z/!?]|$)|!$"
    r"|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)"
)


def tidy(text: str) -> str:
    """Return text with white space folded, and a line end for each that was asked for."""
    folded = _BLANK.sub(" ", _UNSEEN.sub("", text))
    return _BREAKS.sub("\n", folded).strip()


def escaped(text: str) -> str:
    """Return text of which no character is mark-up within a line of the reading form."""
    return _MARKS.sub(r"\\\g<0>", text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs that a line of the reading form makes; two breaks divide it."""
    found = []
    for part in _PARTED.split(_BLANK.sub(" ", _UNSEEN.sub("", text))):
        lines = [_TYPED_BULLET.sub("- ", escape(line), count=1) for line in tidy(part).split("\n")]
        said = "\n".join(line for line in lines if line)
        found.extend([said] if said else [])
    return found


def escape(line: str) -> str:
    """Return a line that opens no block; one of nothing but strokes is blank."""
    return "" if _RULE.match(line) else at_start(line)


def at_start(line: str, *, lists: bool = True) -> str:
    """Return a line of the reading form that opens no heading, quote, rule, table or container.

    Only its start is looked at; `escaped` is for what is within. Numbers and bullets that someone
    typed stay, they are lists to the reader too, unless the format tells its `lists` itself.
    """
    if _OPENS_BLOCK.match(line):
        return f"\\{line}"
    listed = None if lists else _LISTED.match(line)
    if listed:
        cut = listed.end() if listed["number"] else 0
        return f"{line[:cut]}\\{line[cut:]}"
    return _DEFINES.sub(r"\1\\:", line, count=1) if line.startswith("[^") else line


def heading(level: int, title: str) -> str:
    """Return a heading; it has no bold letters, and its hashes are its own."""
    said = tidy(title).replace("\n", " ").replace("**", "")
    said = _CLOSING_HASHES.sub(r"\\\g<0>", said)
    return f"{'#' * min(6, max(1, level))} {said}"


def definition(label: str, text: str) -> str:
    """Return the note that a mark with this label stands for, whose text may be several blocks."""
    return f"[^{label}]: " + re.sub(r"\n(?=[^\n])", "\n    ", text)


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
