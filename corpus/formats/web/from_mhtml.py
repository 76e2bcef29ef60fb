"""A page that a browser saved with all that belongs to it in one file (MHTML)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.errors import MessageError
from email.message import Message

from corpus.formats.types import Extracted, LeftOut, Unusable
from corpus.formats.web.from_html import from_page

_MOST_PARTS = 5_000
_DECLARED = re.compile(rb"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_PAGES = ("text/html", "application/xhtml+xml")


def from_mhtml(content: bytes) -> Extracted:
    """Return the page of a saved page; pages within it are counted."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        pages = _pages(message)
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as error:
        # The library meets malformed headers with any of these.
        raise _damaged() from error
    if not pages:
        raise _damaged()
    first = _first(message, pages)
    address = str(message.get("Snapshot-Content-Location") or first.get("Content-Location") or "")
    address = address.strip() if re.match(r"\s*https?://\S+\s*$", address) else ""
    extracted = from_page(_text(first), address)
    others = len(pages) - 1
    if not others or any(one.what == "embedded page" for one in extracted.left_out):
        return extracted
    within = LeftOut("embedded page", others)
    return replace(extracted, left_out=(*extracted.left_out, within))


def _damaged() -> Unusable:
    return Unusable("is no saved page, or is damaged", "Save the page anew, or print it to PDF")


def _pages(message: Message) -> list[Message]:
    found = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise Unusable(f"has more than {_MOST_PARTS:,} parts", "Save it without pictures")
        if part.get_content_type() in _PAGES:
            found.append(part)
    return found


def _first(message: Message, pages: list[Message]) -> Message:
    """Return the part that the file names as the page, else the first that is one."""
    start = message.get_param("start")
    named = [page for page in pages if start and str(page.get("Content-ID") or "") == str(start)]
    return (named or pages)[0]


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    declared = _DECLARED.search(content[:4096])
    stated = [
        str(part.get_content_charset() or ""),
        declared[1].decode("ascii") if declared else "",
    ]
    for name in (*filter(None, stated), "utf-8", "cp1252"):
        try:
            return content.decode("cp1252" if name.lower() in ("iso-8859-1", "us-ascii") else name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("latin-1")
