"""Errors without the paths of the server's files: whoever asks cannot use them, an intruder can."""

from __future__ import annotations

import re
from pathlib import Path

from ui.shared.logs import note

_PATHS = (
    # What an error is about, which it begins with; a name in it may have blanks.
    re.compile(r"^(?P<path>(?:/[^/:\n]+)+/(?P<name>[^/:\n]+))(?=: )"),
    re.compile(r"(?<=['\"`])(?P<path>(?:/[^/'\"`\n]+)+/(?P<name>[^/'\"`\n]+))(?=['\"`])"),
    # Two names or more: a command of Slack's is one, and an address has a colon before it.
    re.compile(r"(?<![\w:/.~<])(?P<path>(?:/[^\s/:;,'\"`()]+)+/(?P<name>[^\s/:;,'\"`()]+))"),
)


def without_paths(text: str) -> str:
    """Return a text in which each path of a file is the name of the file alone."""
    return _shortened(text, [])


def told(text: str) -> str:
    """Return an error as whoever asks is told it; the log has which files it is about."""
    left_out: list[str] = []
    shown = _shortened(text, left_out)
    # The words of the one who asks may look like a path and have no place in the log.
    if there := [path for path in left_out if _is_there(path)]:
        note("error about files", paths=there)
    return shown


def _shortened(text: str, left_out: list[str]) -> str:
    def shortened(match: re.Match[str]) -> str:
        left_out.append(match["path"])
        return match["name"]

    text = text.replace("file:///", "/")
    for pattern in _PATHS:
        text = pattern.sub(shortened, text)
    return text


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
