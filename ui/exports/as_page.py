"""A conversation as one page to print or send: no script, nothing loaded; pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.history.conversations import Conversation, Message
from assistant.types import Answer, Citation
from ui.exports.export_words import LABELS, NO_ANSWER, place, receipt, timed
from ui.exports.report_page import address, escaped, report_page


def page(conversation: Conversation, messages: Sequence[Message]) -> str:
    """Return a conversation as a whole HTML document, citations under each answer."""
    body = "\n".join(map(_message, messages))
    about = (
        f'<p class="about">Conversation of {timed(conversation.started)}, '
        f"last changed {timed(conversation.changed)}.</p>\n"
    )
    return report_page(conversation.title, f"{about}{body}")


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
        f'{_sources(answer)}<p class="about">{escaped(receipt(answer))}</p>'
    )


def _sources(answer: Answer) -> str:
    if not answer.citations:
        return ""
    items = "\n".join(_source(citation) for citation in answer.citations)
    return f'<h3>Sources</h3>\n<ol class="sources">\n{items}\n</ol>\n'


def _source(citation: Citation) -> str:
    told = address(citation.source)
    after = f". {told}" if told else ""
    return (
        f"<li>[{citation.marker}]\n<blockquote>{escaped(citation.quote)}</blockquote>\n"
        f'<div class="place">{escaped(place(citation))}{after}</div></li>'
    )
