"""Texts of users and documents for Slack, so that they can do nothing but be read; pure.

Where a text is shown in blocks it stands in elements that Slack does not parse. What is below is
for the two places that it does parse: the text beside the blocks, and a streamed answer.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ui.shared.terminal_text import inert
from ui.slack.blocks.splitting import size, split

LONGEST_SECTION = 3_000
LONGEST_MARKDOWN = 12_000
LONGEST_TEXT = 40_000
LONGEST_BUTTON = 75

_LONGEST_ADDRESS = 3_000
# A mark of direction, separators of lines, tags without a shape, and halves of characters, which
# no message may hold.
_UNSEEN = re.compile(r"[\u061c\u2028\u2029\ufeff\U000e0000-\U000e007f\ud800-\udfff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CONTROL = re.compile(r"[&<>]")
_JOINER = "\N{WORD JOINER}"
_FORMAT = re.compile(r"[*_~`]|(?<=:)(?=[\w+-])|(?m:^[ \t]*>)", re.ASCII)
_OBEYED = re.compile(r"[\\`*_~\[\]|@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"(?m)^(?P<item>- )?(?P<indent>[ \t]*)(?P<number>\d*)(?P<mark>[#+=.)-]?)")
_ADDRESS = re.compile(r"[\w.-]+\.\w{2,}|://|@|\bwww\.", re.IGNORECASE)


def visible(text: str) -> str:
    """Return text in which nothing steers: control, direction and broken characters show."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", inert(text))


def mrkdwn(text: str) -> str:
    """Return text that Slack's own markup shows as written.

    Slack knows no way to escape its formatting, so a character without width on both sides of a
    formatting one keeps it from working.
    """
    joined = _FORMAT.sub(lambda match: f"{_JOINER}{match.group()}{_JOINER}", visible(text))
    return _CONTROL.sub(lambda match: _ENTITIES[match.group()], joined)


def markdown(text: str) -> str:
    """Return text that Markdown shows as written; line breaks and `- ` items stay what they are.

    Each character is decided by its line so far and its word: the Markdown of a text that ends
    in white space begins the Markdown of any text that goes on from it.
    """
    escaped = _OBEYED.sub(lambda match: f"\\{match.group()}", visible(text))
    escaped = _CONTROL.sub(lambda match: _ENTITIES[match.group()], escaped)
    return _LINE_START.sub(_line_start, escaped)


def _line_start(match: re.Match[str]) -> str:
    """Return the start of a line that is no heading, code, rule, or list other than our own."""
    mark = f"\\{match['mark']}" if match["mark"] else ""
    indent = "\N{NO-BREAK SPACE}" * len(match["indent"])
    return f"{match['item'] or ''}{indent}{match['number']}{mark}"


class MarkdownStream:
    """The Markdown of a text that comes in pieces; a word is held back until it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._told = 0

    def take(self, piece: str) -> str:
        """Return what can be shown now that a piece is there; possibly nothing."""
        self._text += piece
        spaces = [match.end() for match in re.finditer(r"\s", piece)]
        if not spaces:
            return ""
        return self._news(len(self._text) - len(piece) + spaces[-1])

    def rest(self) -> str:
        """Return what was held back, when the text is complete."""
        return self._news(len(self._text))

    def _news(self, end: int) -> str:
        shown = markdown(self._text[:end])
        news, self._told = shown[self._told :], len(shown)
        return news


def web_address(url: str) -> str | None:
    """Return an address that may be linked; None for what is no plain web address."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and not re.search(r"[\s<>|\"\\^`{}]", url)
    return url if named and plain and "@" not in parts.netloc and _fits(url) else None


def _fits(url: str) -> bool:
    return len(url) <= _LONGEST_ADDRESS


def link(url: str, label: str) -> str:
    """Return a link in Slack's own markup; the label alone for what is no web address.

    A label that could be taken for another address is followed by the one that it leads to.
    """
    address = web_address(url)
    words = mrkdwn(label.replace("|", "¦").replace("\n", " ")).strip()
    if address is None:
        return words
    if not words or _ADDRESS.search(label):
        words = f"{words} ({mrkdwn(urlsplit(address).hostname or '')})".strip()
    target = address.replace("&", "&amp;")
    return f"<{target}|{words}>"


def shortened(text: str, limit: int = LONGEST_BUTTON) -> str:
    """Return the beginning of a text in one line, with an ellipsis where something is left out;
    for buttons whose full text stands beside them.
    """
    line = " ".join(visible(text).split()) or "…"
    return line if size(line) <= limit else split(line, limit - 1)[0].rstrip() + "…"
