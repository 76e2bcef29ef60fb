"""Answers, questions and documents as inert HTML; pure.

Everything that a user or a document wrote is escaped down to its punctuation, because the
chat component reads HTML and Markdown alike: nothing of it is ever mark-up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from assistant.types import Answer, Citation, Receipt, Verdict
from index.types import FileRecord, FileState, StoredDocument
from ui.render import dated, inert, receipt_line

_PUNCTUATION = re.compile(r"[^\w\s]|_", re.ASCII)
_MOST_NAMED = 50
"""Failed files that are named one by one."""
_LABELS = {
    Verdict.ABSTAINED: "Not in the documents",
    Verdict.CLARIFY: "Which do you mean?",
}


def escaped(text: str) -> str:
    """Return text that shows as written, whatever reads it: HTML, Markdown or both."""
    visible = inert(text)
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", visible).replace("\n", "<br>")


def user_message(question: str) -> str:
    """Return what the asker wrote."""
    return f'<div class="asked">{escaped(question)}</div>'


def partial_message(text: str) -> str:
    """Return the part of an answer that has arrived."""
    return f'<div class="answer">{escaped(text)}</div>'


def error_message(message: str) -> str:
    """Return why a question could not be answered."""
    return f'<div class="trouble" role="alert">{escaped(message)}</div>'


def answer_message(answer: Answer) -> str:
    """Return an answer with its citations below it."""
    label = _LABELS.get(answer.verdict)
    head = f'<div class="verdict">{escaped(label)}</div>' if label else ""
    choices = "".join(f"<li>{escaped(choice)}</li>" for choice in answer.choices)
    listed = f"<ul>{choices}</ul>" if choices else ""
    body = f'<div class="answer {answer.verdict.value}">{escaped(answer.text)}{listed}</div>'
    return head + body + _sources(answer.citations) + _receipt(answer.receipt)


def indexed_notice(documents: Iterable[StoredDocument]) -> str:
    """Return what is indexed and how old it is."""
    items = "".join(
        f"<li>{escaped(document.about.title)} <span class='date'>"
        f"{escaped(dated(document.about.date))}</span></li>"
        for document in documents
    )
    return (
        f'<details class="indexed"><summary>Indexed documents</summary><ul>{items}</ul></details>'
    )


def files_notice(records: Iterable[FileRecord]) -> str:
    """Return what became of the user's files: those that failed are named with the reason."""
    every = list(records)
    failed = [one for one in every if one.state is FileState.FAILED]
    counts = Counter(one.state for one in every)
    told = ", ".join(f"{counts[state]} {state.value}" for state in FileState if counts[state])
    items = "".join(f"<li>{escaped(one.reason)}</li>" for one in failed[:_MOST_NAMED])
    more = len(failed) - _MOST_NAMED
    items += f"<li>and {more} more</li>" if more > 0 else ""
    opened = " open" if failed else ""
    return (
        f'<details class="files"{opened}><summary>Files: {escaped(told)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _receipt(receipt: Receipt | None) -> str:
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


def _sources(citations: tuple[Citation, ...]) -> str:
    if not citations:
        return ""
    items = "".join(_source(citation) for citation in citations)
    return f'<div class="sources"><div class="sources-title">Sources</div>{items}</div>'


def _source(citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page else ""
    place = f"{citation.title} > {citation.section}{page}, {dated(citation.as_of)}"
    link = ""
    if citation.source.startswith("https://"):
        link = (
            f' <a href="{_attribute(citation.source)}" target="_blank" '
            'rel="noopener noreferrer">page</a>'
        )
    return (
        f'<div class="source"><span class="marker">{citation.marker}</span>'
        f'<blockquote class="quote">{escaped(citation.quote)}</blockquote>'
        f'<div class="place">{escaped(place)}{link}</div></div>'
    )


def _attribute(url: str) -> str:
    return re.sub(r"[^\w:/.?=&%#+~-]", "", url, flags=re.ASCII).replace("&", "&amp;")
