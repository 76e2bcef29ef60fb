"""What both forms of an evidence pack say alike; pure."""

from __future__ import annotations

from datetime import date

from corpus.language.sentences import readable
from ui.evidence.evidence_pack import Exhibit

TITLE = "Evidence pack"
DOCUMENTS = "Documents"
CHECK = "What holds for"
GONE = "The indexed document no longer has this passage: the quotation is as it was recorded."
NO_SOURCES = "No passage is quoted for it."
HOW_TO_CHECK = (
    "How to check: each quotation is verbatim, but for marks of formatting. The SHA-256 is of the "
    "document's text as it is indexed, in UTF-8; the code points tell where the quotation stands "
    "in it. “residency receipt” with the id of an answer asks the question again as it was asked "
    "then and tells what differs."
)

CODE_POINTS = (
    "Signs that this file cannot show stand as their code points in brackets, such as [U+6771]. "
    "The same evidence as HTML shows them."
)
"""Closes a pack in which a sign could not be printed."""


def edition(day: date | None) -> str:
    """Return the date that a document states."""
    return f"{day:%Y-%m-%d}" if day else "states no date"


def place(one: Exhibit) -> str:
    """Return where a quotation stands: document, section, page, edition."""
    section = one.section.removeprefix(one.title).removeprefix(" > ")
    parts = (
        one.title, section.replace(" > ", " › "), f"page {one.page}" if one.page else "",
        f"edition of {one.edition:%Y-%m-%d}" if one.edition else "it states no date",
    )  # fmt: skip
    return ", ".join(filter(None, parts))


def shown_quote(text: str) -> str:
    """Return a passage as a reader of the document sees it; cells of a row stand apart."""
    if text.lstrip().startswith("|"):
        return " | ".join(filter(None, (readable(cell) for cell in text.split("|"))))
    return readable(text)
