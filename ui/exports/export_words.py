"""What the exports say alike: times, places of citations, links; pure."""

from __future__ import annotations

import re
from datetime import datetime

from assistant.types import Answer, Citation, Verdict
from ui.shared.terminal_text import dated
from ui.standing import Standing

NO_ANSWER = "The answer cannot be read by this version."
LABELS = {
    Verdict.ABSTAINED: Standing.NOT_STATED.value,
    Verdict.CLARIFY: "Asked back",
}
_ADDRESS = re.compile(r"https://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)


def timed(time: datetime | None) -> str:
    """Return a time to the minute, or that it is not known."""
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "time unknown"


def place(citation: Citation) -> str:
    """Return where a citation stands: document, section, page, date."""
    section = f" > {citation.section}" if citation.section else ""
    page = f", page {citation.page}" if citation.page else ""
    return f"{citation.title}{section}{page}, {dated(citation.as_of)}"


def address(citation: Citation) -> str:
    """Return the address of a citation's document where it is safe to link, else nothing."""
    return citation.source if _ADDRESS.fullmatch(citation.source) else ""


def receipt(answer: Answer) -> str:
    """Return what tells an answer from all others."""
    return f"Answer {answer.id}, index {answer.index}"
