"""An answer as inert HTML: its standing, what it says with marks that lead to the passages, and on
demand why, and the sources; pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.types import Answer, Citation, Receipt
from ui.shared.terminal_text import dated, receipt_line
from ui.standing import (
    CHECK,
    Standing,
    documents_line,
    said_already,
    source_notices,
    standing_of,
    without_lead,
)
from ui.web.ask_tab.quote_text import quote_lines
from ui.web.html import attribute_link, escaped
from ui.web.site import passage_link

_MARKER = re.compile(r" ?\[(\d+)\]")
_ITEM = re.compile(r"(?m)^- ")
_KINDS = {
    Standing.ANSWERED: "answered",
    Standing.DEPENDS: "depends",
    Standing.NOT_STATED: "not-stated",
    Standing.OUTSIDE: "outside",
    Standing.WHICH: "which",
}
"""Class of a badge."""


def answer_html(answer: Answer, today: date) -> str:
    """Return an answer: how it ended, what it says, its limits, its notices."""
    standing, notices = standing_of(answer), source_notices(answer)
    return (
        _standing(answer, standing, today, is_old=notices.is_old)
        + f'<div class="answer {answer.verdict.value}">{_said(answer, standing)}</div>'
        + _conditions(answer)
        + _caveats(notices.others)
        + _model_receipt(answer.receipt)
    )


def partial_html(text: str) -> str:
    """Return the part of an answer that has arrived."""
    return f'<div class="answer">{_paragraphs(text, {})}</div>'


def _standing(answer: Answer, standing: Standing | None, today: date, *, is_old: bool) -> str:
    """Return the one quiet line above an answer: how it ended, date and age of its documents."""
    if standing is None:
        return ""
    badge = f'<span class="badge {_KINDS[standing]}">{standing.value}</span>'
    line = documents_line(answer.citations, today)
    age = f'<span class="age">{escaped(line)}</span>' if line else ""
    old = f'<span class="age old">{CHECK}</span>' if is_old else ""
    return f'<p class="standing">{badge} {age} {old}</p>'


def _said(answer: Answer, standing: Standing | None) -> str:
    """Return the text of an answer without the caveats that close it."""
    paragraphs = answer.text.split("\n\n")
    kept = "\n\n".join(paragraphs[: len(paragraphs) - len(answer.caveats)])
    citations = {one.marker: one for one in answer.citations}
    return _paragraphs(without_lead(kept, standing), citations)


def _paragraphs(text: str, citations: Mapping[int, Citation]) -> str:
    return "".join(_paragraph(part, citations) for part in text.split("\n\n") if part.strip())


def _paragraph(text: str, citations: Mapping[int, Citation]) -> str:
    if not _ITEM.search(text):
        return f"<p>{_linked(text, citations)}</p>"
    lead, *items = _ITEM.split(text)
    listed = "".join(f"<li>{_linked(item.strip(), citations)}</li>" for item in items)
    opening = f"<p>{_linked(lead.strip(), citations)}</p>" if lead.strip() else ""
    return f"{opening}<ul>{listed}</ul>"


def _linked(text: str, citations: Mapping[int, Citation]) -> str:
    """Return text with each marker of a citation as a link to its passage."""
    parts: list[str] = []
    at = 0
    for match in _MARKER.finditer(text):
        citation = citations.get(int(match.group(1)))
        if citation is not None:
            parts += [escaped(text[at : match.start()]), "&nbsp;", citation_link(citation)]
            at = match.end()
    return "".join([*parts, escaped(text[at:])])


def citation_link(citation: Citation) -> str:
    """Return the number of a citation as a link that opens its passage."""
    address = attribute_link(passage_link(citation.document, citation.start, citation.end))
    name = escaped(f"Source {citation.marker}: {citation.title}")
    return (
        f'<a class="cite" data-mark="{citation.marker}" href="{address}" aria-label="{name}">'
        f"[{citation.marker}]</a>"
    )


def _conditions(answer: Answer) -> str:
    """Return the conditions and exceptions of the stated facts that the answer does not say."""
    groups = (
        ("Only under this condition", [c for fact in answer.facts for c in fact.conditions]),
        ("Except", [c.removeprefix("except ") for f in answer.facts for c in f.exceptions]),
    )
    items = "".join(
        f"<li><strong>{name}:</strong> {escaped(said)}</li>"
        for name, every in groups
        for said in dict.fromkeys(every)
        if not said_already(said, (answer.text,))
    )
    return f'<ul class="conditions" aria-label="Conditions">{items}</ul>' if items else ""


def derivation_html(answer: Answer) -> str:
    """Return how an answer follows, step by step, folded away; empty where it is a quotation."""
    citations = {one.marker: one for one in answer.citations}
    items = "".join(
        f"<li>{_linked(_marked(step.said, step.markers), citations)}</li>"
        for step in answer.derivation
    )
    if not items:
        return ""
    return (
        '<details class="derivation"><summary class="tool">Why?</summary>'
        f"<ol>{items}</ol></details>"
    )


def _marked(said: str, markers: tuple[int, ...]) -> str:
    return said + "".join(f" [{number}]" for number in markers)


def _caveats(caveats: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escaped(one)}</li>" for one in caveats)
    return f'<ul class="caveats" aria-label="Notices">{items}</ul>' if items else ""


def _model_receipt(receipt: Receipt | None) -> str:
    """Return what became of each of a language model's sentences, folded away."""
    if receipt is None:
        return ""
    items = "".join(
        f"<li>{escaped(record.origin.value)}: {escaped(record.text)}"
        f"{f' ({escaped(record.reason)})' if record.reason else ''}</li>"
        for record in receipt.sentences
    )
    return (
        f'<details class="receipt"><summary>{escaped(receipt_line(receipt))}</summary>'
        f"<ul>{items}</ul></details>"
    )


def sources_html(citations: tuple[Citation, ...]) -> str:
    """Return the passages of an answer, hidden until they are asked for."""
    if not citations:
        return ""
    items = "".join(
        f'<li data-mark="{citation.marker}">{_source(citation)}</li>' for citation in citations
    )
    return f'<div class="sources" hidden><ol class="source-list">{items}</ol></div>'


def _source(citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page else ""
    section = citation.section.removeprefix(citation.title).removeprefix(" > ")
    place = " › ".join(filter(None, (citation.title, *section.split(" > "))))
    place += f"{page}, {dated(citation.as_of)}"
    quote = "<br>".join(escaped(line) for line in quote_lines(citation.quote))
    return (
        f'<span class="marker">{citation_link(citation)}</span>'
        f'<blockquote class="quote">{quote}</blockquote>'
        f'<div class="place">{escaped(place)}{original_link(citation.source)}</div>'
    )


def original_link(source: str) -> str:
    """Return a link to where a document is published; nothing for what is no web address."""
    if not source.startswith("https://"):
        return ""
    return (
        f' <a href="{attribute_link(source)}" target="_blank" '
        'rel="noopener noreferrer">original page</a>'
    )
