"""Marks within a line of the reading form, around text that is of it already."""

from __future__ import annotations

import re

from corpus.formats.markdown_writer import escaped

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\[\]\\]{1,2000}")
_RAISED = re.compile(r"[\w*†‡§.,()+-]{1,12}")
_SEVERAL = re.compile(r"\w{1,2}(?:[,;]\s?\w{1,2})+")
_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def code_span(text: str) -> str:
    """Return code within a line, from text as it stands."""
    said = " ".join(text.split())
    # In a table a pipe has to be escaped, and within code no escape is read.
    if not said or "|" in said:
        return escaped(said)
    if "`" not in said:
        return f"`{said}`"
    marks = "`" * (max(map(len, _TICKS.findall(said))) + 1)
    return f"{marks} {said} {marks}"


def bold(text: str) -> str:
    """Return text with the marks of bold letters, where these cannot be taken for others."""
    return text if "**" in text or "\n" in text else _around(text, "**")


def struck(text: str) -> str:
    """Return text that the author struck out."""
    return text if "~~" in text else _around(text, "~~")


def raised(text: str) -> str:
    """Return text set as a superscript: marks, or a figure; several marks are divided."""
    said = _ESCAPE.sub("", text.strip())
    if _SEVERAL.fullmatch(said):
        marks = "".join(f"^{one}^" for one in re.split(r"[,;]\s?", said))
    elif _RAISED.fullmatch(said):
        marks = f"^{said}^"
    else:
        return text
    lead, tail = edges(text)
    return f"{lead}{marks}{tail}"


def link(text: str, address: str) -> str:
    """Return a link where its address is a whole one, else its text."""
    said = text.strip()
    if not said or "](" in said or "\n" in said or not _ADDRESS.fullmatch(address):
        return text
    lead, tail = edges(text)
    return f"{lead}[{said}]({address}){tail}"


def note_mark(label: str) -> str:
    """Return the mark of a footnote."""
    return f"[^{note_label(label)}]"


def note_label(label: str) -> str:
    """Return a label as the parser of the reading form takes it."""
    return re.sub(r"[^\w.-]+", "-", label)[:60] or "note"


def edges(text: str) -> tuple[str, str]:
    """Return the white space at the start of a text and at its end."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _around(text: str, mark: str) -> str:
    said = text.strip()
    lead, tail = edges(text)
    return f"{lead}{mark}{said}{mark}{tail}" if said else text
