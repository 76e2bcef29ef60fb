"""What Slack's markup may do in a message of the bot: link openly, and mention who asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

_OPENED = re.compile(r"<([^<>]*)>?")
_MENTION = re.compile(r"@([UW][A-Z0-9]+)(\|[^|]*)?")
_LINK = re.compile(r"(https?://[^|\s]+)(?:\|(.*))?", re.DOTALL)
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)\s>]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s|]+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_FILES = (".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".csv", ".xlsx", ".json")


def mrkdwn_problems(text: str, mentionable: Iterable[str] = ()) -> Iterator[str]:
    """Yield what in a text of Slack's own markup is no open link and no allowed mention."""
    allowed = set(mentionable)
    for opened in _OPENED.finditer(text):
        inner = opened.group(1)
        mention, link = _MENTION.fullmatch(inner), _LINK.fullmatch(inner)
        if not opened.group().endswith(">"):
            yield f"an unescaped < that nothing closes: {opened.group()[:60]!r}"
        elif mention:
            if mention.group(1) not in allowed:
                yield f"a mention of {mention.group(1)}, who did not ask"
        elif not link:
            yield f"an unescaped < that opens no link: {opened.group()[:60]!r}"
        elif link.group(2) is not None:
            yield from _disguises(link.group(1), link.group(2))


def markdown_problems(text: str, mentionable: Iterable[str] = ()) -> Iterator[str]:
    """Yield what in a text of standard Markdown mentions or links as it should not."""
    allowed = set(mentionable)
    for opened in _OPENED.finditer(text):
        inner = opened.group(1)
        mention = _MENTION.fullmatch(inner)
        if mention and mention.group(1) in allowed:
            continue
        if inner[:1] in ("@", "!", "#"):
            yield f"an unescaped mention: {opened.group()[:60]!r}"
        elif (link := _LINK.fullmatch(inner)) and link.group(2) is not None:
            yield from _disguises(link.group(1), link.group(2))
    for link in _MARKDOWN_LINK.finditer(text):
        if not link.group(2).startswith(("https://", "http://")):
            yield f"a link that is no web address: {link.group()[:60]!r}"
        yield from _disguises(link.group(2), link.group(1))


def _disguises(address: str, label: str) -> Iterator[str]:
    """Yield the addresses in the visible text of a link that are not where it leads."""
    shown = [found.group() for found in _ADDRESS.finditer(label)]
    bare = label.strip("` *_")
    if not shown and _HOST.fullmatch(bare) and not bare.lower().endswith(_FILES):
        last = bare.split("/")[0].rsplit(".", 1)[-1]
        shown = [bare] if (last.isalpha() and "/" in bare) or last in _ENDINGS else []
    for one in shown:
        if _host(one) != _host(address):
            yield f"a link to {address[:60]!r} that reads {label[:60]!r}"
    if not label.strip():
        yield f"a link to {address[:60]!r} with no visible text"


_ENDINGS = ("com", "org", "net", "io", "dev", "eu", "de", "uk", "jp", "gov")


def _host(address: str) -> str:
    parts = urlsplit(address if "//" in address else f"https://{address}")
    return (parts.hostname or "").lower().removeprefix("www.")
