"""Pages that a program still has to fill in: its statements are no text of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.formats.types import UNSAID

_IS_TEMPLATE = re.compile(
    r"\{%-?\s*(?:extends|block|include|if|for|set|load|import|from|macro|trans|capture|layout)\b"
    r"|<%[-=@#]?\s|\{\{[#/>^]\s*\w"
)
_FRONT = re.compile(r"---[ \t]*\r?\n.{0,20000}?\n---[ \t]*\r?\n", re.S)
_TITLE = re.compile(
    r"\{%-?\s*block\s+\w{0,40}title\w{0,40}\s*-?%\}(?P<said>[^{}<>]{0,300})\{%-?\s*endblock[^%]{0,60}%\}"
)
_QUOTED = re.compile(
    r"""(?:_\(\s*|gettext\(\s*)?(?P<mark>["'])(?P<said>(?:(?!(?P=mark)).){1,2000})(?P=mark)""", re.S
)
_OPENS = re.compile(r"\{[#%{]|<%")
_CLOSES = {"{#": "#}", "{%": "%}", "{{": "}}", "<%": "%>"}
_LONGEST = 2000
"""Characters of a statement; what is longer is text that looks like one."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A page without the statements of a template."""

    text: str
    front_matter: str = ""
    """The YAML at its top, with its dashes."""
    title: str = ""
    left_out: tuple[tuple[str, str], ...] = ()


def filled_in(text: str) -> FilledIn:
    """Return a page without statements of a template, which are left out of one that is none."""
    front = _FRONT.match(text.lstrip("\ufeff"))
    front_matter = front[0] if front else ""
    text = text[front.end() :] if front else text
    if not front and not _IS_TEMPLATE.search(text, 0, 100_000):
        return FilledIn(text)
    title = _TITLE.search(text, 0, 100_000)
    if title:
        text = text[: title.start()] + text[title.end() :]
    left_out: list[tuple[str, str]] = []

    said: list[str] = []
    end = 0
    while opens := _OPENS.search(text, end):
        closes = text.find(_CLOSES[opens[0]], opens.end(), opens.end() + _LONGEST)
        if closes < 0:
            said.append(text[end : opens.end()])
            end = opens.end()
            continue
        said.append(text[end : opens.start()])
        if opens[0] == "{{":
            said.append(_shown(text, opens.start(), text[opens.end() : closes].strip(), left_out))
        end = closes + (3 if text.startswith("}}}", closes) else 2)
    said.append(text[end:])
    named = " ".join(title["said"].split()) if title else ""
    return FilledIn("".join(said), front_matter, named, tuple(left_out))


def _shown(text: str, at: int, statement: str, left_out: list[tuple[str, str]]) -> str:
    """Return what an expression shows, as far as the file says it."""
    if not statement or statement[0] in "#/>^!":
        return ""
    quoted = _QUOTED.match(statement)
    if quoted:
        return quoted["said"]
    if _is_in_tag(text, at):
        return ""
    left_out.append(("variable", statement))
    return UNSAID


def _is_in_tag(text: str, at: int) -> bool:
    """Tell whether an offset lies in the attributes of an element."""
    near = text[max(0, at - 2000) : at]
    return near.rfind("<") > near.rfind(">")
