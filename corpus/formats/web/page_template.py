"""Pages that a program still has to fill in: its statements are no text of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_STATEMENT = re.compile(
    r"\{#(?:(?!#\}).){0,20000}#\}|\{%(?:(?!%\}).){0,20000}%\}"
    r"|\{\{(?P<shown>(?:(?!\}\}).){0,2000})\}\}\}?|<%(?:(?!%>).){0,20000}%>",
    re.S,
)
UNSAID = "…"
"""Stands where the page shows words that the file does not hold."""


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

    def stated(match: re.Match[str]) -> str:
        shown = (match["shown"] or "").strip()
        if not shown or shown[0] in "#/>^!":
            return ""
        quoted = _QUOTED.match(shown)
        if quoted:
            return quoted["said"]
        if _is_in_tag(text, match.start()):
            return ""
        left_out.append(("variable", shown))
        return UNSAID

    filled = _STATEMENT.sub(stated, text)
    said = " ".join(title["said"].split()) if title else ""
    return FilledIn(filled, front_matter, said, tuple(left_out))


def _is_in_tag(text: str, at: int) -> bool:
    """Tell whether an offset lies in the attributes of an element."""
    near = text[max(0, at - 2000) : at]
    return near.rfind("<") > near.rfind(">")
