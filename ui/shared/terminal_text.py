"""Answers and documents as plain text for a terminal; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.types import Answer, Citation, Origin, Receipt
from corpus.intake.not_read import left_out_words
from index.types import FileRecord, StoredDocument

# Escape sequences and direction marks of a document or a question must not steer a terminal.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_ORIGINS = {
    Origin.MODEL: "verified",
    Origin.REPAIRED: "verified at the second attempt",
    Origin.DOCUMENTS: "replaced by the passages that they cite",
    Origin.WITHHELD: "withheld",
}


def inert(text: str) -> str:
    """Return text that a terminal shows and does not obey."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def by_count(count: int, one: str, many: str) -> str:
    """Return a number with what it counts, which agrees with it: "1 row asks", "2 rows ask"."""
    return f"{count:,} {one if count == 1 else many}"


def answer_text(answer: Answer) -> str:
    """Return an answer with its citations below it."""
    lines = [inert(answer.text)]
    lines += [f"  {number}. {inert(name)}" for number, name in enumerate(answer.choices, 1)]
    if answer.citations:
        lines += ["", "Sources"]
        lines += [line for citation in answer.citations for line in _citation_lines(citation)]
    if answer.receipt is not None:
        lines += ["", inert(receipt_line(answer.receipt))]
    return "\n".join(lines)


def receipt_line(receipt: Receipt) -> str:
    """Return what the language model's part of an answer was."""
    counts = Counter(record.origin for record in receipt.sentences)
    told = [f"{counts[origin]} {said}" for origin, said in _ORIGINS.items() if counts[origin]]
    parts = ", ".join(told) or "no sentence used"
    spent = receipt.prompt_tokens + receipt.completion_tokens
    cost = "replied before" if receipt.cached else f"{spent:,} tokens"
    return f"{receipt.model}: sentences {parts}; {cost}, {receipt.seconds:.1f} s."


def document_lines(documents: Iterable[StoredDocument]) -> list[str]:
    """Return one line for each document: id, date, title."""
    rows = [
        (document.id, dated(document.about.date), document.about.title) for document in documents
    ]
    width = max((len(row[0]) for row in rows), default=0)
    return [inert(f"{name:<{width}}  {date:<10}  {title}") for name, date, title in rows]


def file_lines(records: Sequence[FileRecord]) -> list[str]:
    """Return a line for each file: state, size, document or reason; one below it for what of it
    was left out; then how many there are of each state.
    """
    lines = []
    for record in records:
        copy = f"duplicate of {record.duplicate_of}" if record.duplicate_of else record.document
        what = record.reason or f"{copy}  ({record.path})"
        what = "; ".join((what, *record.compared, *record.warnings))
        size = f"{record.size:,} B" if record.size else ""
        lines.append(inert(f"{record.state.value:<9}{size:>14}  {what}").replace("\n", " "))
        if record.left_out:
            words = left_out_words(record.left_out, examples=True)
            lines.append(inert(f"{'':<25}left out: {words}").replace("\n", " "))
    counts = Counter(record.state.value for record in records)
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no files"
    return [*lines, told]


def dated(date: object) -> str:
    """Return a document's date in ISO form, or that it has none."""
    return str(date) if date else "undated"


def _citation_lines(citation: Citation) -> list[str]:
    quote = inert(citation.quote).replace("\n", "\n      ")
    page = f", page {citation.page}" if citation.page else ""
    place = inert(f"{citation.title} > {citation.section}{page}, {dated(citation.as_of)}")
    lines = [f"  [{citation.marker}] “{quote}”", f"      {place}"]
    return [*lines, f"      {inert(citation.source)}"] if citation.source else lines
