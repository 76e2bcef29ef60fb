"""A message to Markdown: who wrote when about what, and what the message says."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from corpus.formats.markdown_writer import at_start, escaped, heading
from corpus.formats.types import Extracted, Unusable, check_length, counted, damaged, without_text
from corpus.formats.web.from_html import from_page
from corpus.left_out import LeftOut, together

_ANEW = "Save it as .eml anew"
_MOST_PARTS = 1_000
_MOST_ADDRESSED = 20
_DEEPEST_QUOTE = 8
_RECORD = ("From", "To", "Cc", "Date")
_QUOTE = re.compile(r"((?:> ?)+)")
_LIST = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s")
_RULE = re.compile(r"\s*[-=_*~#]{3,}\s*$")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature",
               "application/x-pkcs7-signature")  # fmt: skip
_SHORT = 50
"""Characters; a program divides lines that are longer, a shorter one ends as its writer meant."""


def from_eml(content: bytes) -> Extracted:
    """Return a message as Markdown, with its subject and date; what is attached is counted."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        return _Reader().extracted(message)
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        # The library meets malformed headers with any of these.
        raise damaged("message", _ANEW, type(error).__name__) from error


@dataclass(slots=True)
class _Reader:
    """One pass over the parts of a message and of those within it."""

    left_out: list[tuple[str, str]] = field(default_factory=list)
    of_pages: list[LeftOut] = field(default_factory=list)
    """What pages within it hold besides their text."""
    parts: int = 0
    length: int = 0

    def extracted(self, message: EmailMessage) -> Extracted:
        """Return the whole message."""
        if not any(name in message for name in ("From", "Date", "Subject", "Received", "To")):
            raise damaged("message", _ANEW, "it has no headers")
        blocks = list(self._message(message, 1))
        return Extracted(
            "\n\n".join(blocks) + "\n",
            markdown=True,
            title=_header(message, "Subject"),
            date=_date(message),
            left_out=together(counted(self.left_out), self.of_pages),
        )

    def _message(self, message: Message, level: int) -> Iterator[str]:
        said = list(self._body(message, level))
        if not said and level == 1:
            raise without_text()
        yield heading(level, escaped(_header(message, "Subject") or "Message"))
        record = [
            f"- **{name}**: {escaped(value)}"
            for name in _RECORD
            if (value := _shortened(_header(message, name), name))
        ]
        if record:
            yield "\n".join(record)
        yield from said

    def _body(self, part: Message, level: int) -> Iterator[str]:
        """Return the blocks of what a part shows; those that are attached come behind it."""
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise Unusable(f"has more than {_MOST_PARTS:,} parts", "Save it without attachments")
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            self._encrypted(part, level)
        elif kind == "message/rfc822":
            yield from self._nested(part, level)
        elif kind == "multipart/alternative":
            yield from self._alternative(part, level)
        elif part.is_multipart():
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    yield from self._body(inner, level)
        elif kind in _SIGNATURES:
            self.left_out.append(("signature of the message", ""))
        elif _is_attached(part) or kind not in ("text/plain", "text/html"):
            self._attached(part, kind)
        else:
            yield from self._text(part, kind)

    def _encrypted(self, part: Message, level: int) -> None:
        signed = "signed" in str(part.get_param("smime-type") or "")
        if level == 1:
            what = "is signed as a whole" if signed else "is encrypted"
            raise Unusable(f"{what}, its text cannot be read", "Open it and save its text")
        self.left_out.append(("encrypted part", _name(part)))

    def _nested(self, part: Message, level: int) -> Iterator[str]:
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, Message):
            return
        if level > 1:
            # One within another is read once; what lies deeper is told.
            self.left_out.append(("message within a message", _header(inner, "Subject")))
            return
        yield from self._message(inner, level + 1)

    def _alternative(self, part: Message, level: int) -> Iterator[str]:
        """Return the richest of the forms of one text that is read."""
        forms = [inner for inner in part.get_payload() if isinstance(inner, Message)]
        for inner in reversed(forms):
            if inner.get_content_type() == "text/plain" or inner.is_multipart() or (
                inner.get_content_type() == "text/html"
            ):  # fmt: skip
                found = list(self._body(inner, level))
                if found:
                    yield from found
                    return

    def _attached(self, part: Message, kind: str) -> None:
        what = "image" if kind.startswith("image/") and not _is_attached(part) else "attachment"
        self.left_out.append((what, _name(part) or kind))

    def _text(self, part: Message, kind: str) -> Iterator[str]:
        said = _content(part)
        self.length += len(said)
        if self.length > len(said):
            check_length(" " * self.length)
        if kind == "text/html":
            if said.strip():
                yield from self._page(said)
            return
        flowed = str(part.get_param("format") or "").lower() == "flowed"
        delsp = str(part.get_param("delsp") or "").lower() == "yes"
        lines = _unflowed(said, delsp=delsp) if flowed else said.splitlines()
        yield from _paragraphs(lines, whole=flowed)

    def _page(self, said: str) -> Iterator[str]:
        try:
            extracted = from_page(said)
        except Unusable:
            self.left_out.append(("page without text", ""))
            return
        self.of_pages.extend(extracted.left_out)
        yield from filter(None, [extracted.text.strip("\n")])


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    charset = "cp1252" if charset in ("iso-8859-1", "us-ascii", "ascii") else charset
    for name in (charset, "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("latin-1")


def _unflowed(text: str, *, delsp: bool) -> list[str]:
    """Return lines whole that RFC 3676 divides with a blank at their ends."""
    lines: list[str] = []
    depth, soft = 0, False
    for line in text.splitlines():
        mark = _QUOTE.match(line) if line.startswith(">") else None
        own = mark[0].count(">") if mark else 0
        said = line[len(mark[0]) if mark else 0 :]
        said = said[1:] if said.startswith(" ") and not mark else said
        if soft and own == depth and lines and said != "-- ":
            lines[-1] += said
        else:
            lines.append("> " * own + said)
        soft = said.endswith(" ") and said != "-- "
        if soft and delsp:
            lines[-1] = lines[-1][:-1]
        depth = own
    return lines


def _paragraphs(lines: list[str], *, whole: bool) -> Iterator[str]:
    """Return plain text as paragraphs, lists and quotations."""
    group: list[str] = []
    depth = 0
    for line in [*lines, ""]:
        own, said = _unquoted(line)
        if group and (own != depth or not said.strip() or said == "-- "):
            yield _quoted(_block(group, whole=whole), depth)
            group = []
        depth = own
        if said.strip() and said != "-- " and not _RULE.match(said):
            group.append(said)


def _unquoted(line: str) -> tuple[int, str]:
    mark = _QUOTE.match(line)
    if mark is None:
        return 0, line
    return min(mark[0].count(">"), _DEEPEST_QUOTE), line[len(mark[0]) :]


def _quoted(block: str, depth: int) -> str:
    return re.sub(r"^", "> " * depth, block, flags=re.M) if depth else block


def _block(lines: list[str], *, whole: bool) -> str:
    said: list[str] = []
    before = ""
    for line in lines:
        item = _LIST.match(line)
        if item:
            said.append(item[0].lstrip().replace("•", "-") + escaped(line[item.end() :].strip()))
        elif said and not whole and (len(before) > _SHORT or before[:1].isspace()):
            said[-1] += f" {escaped(line.strip())}"
        else:
            said.append(at_start(escaped(line.strip())))
        before = line
    return "\n".join(said)


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())[:1000]


def _shortened(value: str, name: str) -> str:
    if name not in ("To", "Cc") or value.count(",") < _MOST_ADDRESSED:
        return value
    return ", ".join(value.split(",")[:_MOST_ADDRESSED]) + ", …"


def _date(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date") or "")).date()
    except (ValueError, TypeError, IndexError):
        return None


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _name(part: Message) -> str:
    return str(part.get_filename() or "")
