"""A conversation as one page to print or send: no script, nothing loaded; pure."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.history.conversations import Conversation, Message
from assistant.types import Answer, Citation
from ui.exports.export_words import LABELS, NO_ANSWER, address, place, receipt, timed
from ui.shared.terminal_text import inert

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { line-height: 1.25; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin-top: 2.5rem; border-top: 1px solid; padding-top: 1rem;
  white-space: pre-wrap }
.about, .receipt { font-size: .85rem; opacity: .85 }
.verdict { font-weight: 600 }
.text, blockquote { white-space: pre-wrap; overflow-wrap: anywhere }
.sources { padding: 0; list-style: none }
.sources li { margin-bottom: .75rem; break-inside: avoid }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid }
.place { font-size: .9rem; overflow-wrap: anywhere }
@media print {
  :root { color-scheme: light }
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt }
  h2 { break-after: avoid }
  a { color: inherit; text-decoration: none }
}
@page { margin: 2cm }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(conversation: Conversation, messages: Sequence[Message]) -> str:
    """Return a conversation as a whole HTML document, citations under each answer."""
    title = escaped(conversation.title)
    body = "\n".join(_message(message) for message in messages)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n"
        f'<p class="about">Conversation of {timed(conversation.started)}, '
        f"last changed {timed(conversation.changed)}.</p>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """Return text that HTML shows as written, in elements and in attributes."""
    return html.escape(inert(text), quote=True)


def _message(message: Message) -> str:
    answer = _answer(message.answer) if message.answer else f"<p>{NO_ANSWER}</p>"
    return (
        f"<section>\n<h2>{message.position}. {escaped(message.question)}</h2>\n"
        f'<p class="about">{timed(message.asked)}</p>\n{answer}\n</section>'
    )


def _answer(answer: Answer) -> str:
    label = LABELS.get(answer.verdict)
    head = f'<p class="verdict">{label}</p>\n' if label else ""
    choices = "".join(f"<li>{escaped(choice)}</li>" for choice in answer.choices)
    listed = f"<ul>{choices}</ul>\n" if choices else ""
    return (
        f'{head}<div class="text">{escaped(answer.text)}</div>\n{listed}'
        f'{_sources(answer)}<p class="receipt">{escaped(receipt(answer))}</p>'
    )


def _sources(answer: Answer) -> str:
    if not answer.citations:
        return ""
    items = "\n".join(_source(citation) for citation in answer.citations)
    return f'<h3>Sources</h3>\n<ol class="sources">\n{items}\n</ol>\n'


def _source(citation: Citation) -> str:
    link, source = escaped(address(citation)), escaped(citation.source)
    told = f'<a href="{link}" rel="noreferrer">{link}</a>' if link else source
    after = f". {told}" if told else ""
    return (
        f"<li>[{citation.marker}]\n<blockquote>{escaped(citation.quote)}</blockquote>\n"
        f'<div class="place">{escaped(place(citation))}{after}</div></li>'
    )
