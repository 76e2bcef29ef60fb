"""A conversation as HTML: questions, answers, and what can be done with them; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Answer, Verdict
from ui.shared.telling.without_paths import told
from ui.web.ask_tab.answer_html import answer_html, derivation_html, partial_html, sources_html
from ui.web.html import attribute, escaped, notice

_MOST_OFFERED = 2
"""Questions to ask next that are shown: they are an offer beside the answer, not a list."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a conversation, and its answer as far as it has come."""

    position: int
    """From 1."""
    question: str
    answer: Answer | None = None
    text: str = ""
    """What has arrived of an answer."""
    trouble: str = ""
    """Why there is no answer."""


def exchanges_html(exchanges: Iterable[Exchange], today: date) -> str:
    """Return exchanges in their order; it is said where the first of them is not the first."""
    every = list(exchanges)
    before = every[0].position - 1 if every else 0
    told = f"{before} earlier questions are in the export of this conversation." if before else ""
    shown = "".join(_exchange(one, (), today) for one in every)
    return (notice(told) if told else "") + shown


def latest_html(exchange: Exchange, today: date, suggestions: Sequence[str] = ()) -> str:
    """Return the latest exchange, with what may be chosen or asked next; `today` is what the age
    of documents is counted to.
    """
    return _exchange(exchange, suggestions, today)


def _exchange(one: Exchange, suggestions: Sequence[str], today: date) -> str:
    return (
        f'<article class="exchange" aria-label="Question {one.position}">'
        f'<div class="question"><div class="asked">{escaped(one.question)}</div>{_edit(one)}</div>'
        f"{_reply(one, today)}{_next(one, suggestions)}</article>"
    )


def _edit(one: Exchange) -> str:
    return (
        '<div class="tools asked-tools">'
        f"{_button('edit', 'Edit', question=one.question, position=one.position)}"
        f"{_button('retry', 'Ask again', question=one.question, position=one.position)}</div>"
    )


def _reply(one: Exchange, today: date) -> str:
    if one.trouble:
        return f'<div class="trouble" role="alert">{escaped(told(one.trouble))}</div>'
    if one.answer is not None:
        return f'<div class="reply">{answer_html(one.answer, today)}{_tools(one.answer)}</div>'
    if one.text:
        return f'<div class="reply">{partial_html(one.text)}</div>'
    return '<div class="reply waiting" role="status">Looking in the documents …</div>'


def _tools(answer: Answer) -> str:
    """Return what can be done with an answer: see why and its sources, copy it, judge it."""
    return (
        f'<div class="tools">{derivation_html(answer)}{_sources_button(answer)}'
        f'<button type="button" class="tool" data-copy>Copy</button>{_judging(answer)}'
        f'<a class="tool cite" href="receipt?id={attribute(answer.id)}">Receipt</a>'
        f"{_evidence(answer)}"
        f'<span class="told" role="status"></span></div>{sources_html(answer.citations)}'
    )


def _evidence(answer: Answer) -> str:
    """Return what fetches the evidence of the conversation, below an answer that has some."""
    return _button("evidence", "Evidence (PDF)") if answer.citations else ""


def _judging(answer: Answer) -> str:
    """Return how an answer is judged; a question back and small talk are none."""
    if answer.verdict in (Verdict.CLARIFY, Verdict.TALK):
        return ""
    judged = _button("judge", "Helpful", answer=answer.id, rating="up")
    return (
        f'{judged}<details class="judge"><summary class="tool">Not helpful</summary>'
        f'<form data-act="judge" data-answer="{attribute(answer.id)}" data-rating="down">'
        '<label>What is wrong? <input name="reason" maxlength="2000"></label>'
        '<label>What would be right? <textarea name="correction" rows="3" maxlength="10000">'
        '</textarea></label><button type="submit" class="tool">Send</button></form></details>'
    )


def _sources_button(answer: Answer) -> str:
    count = len(answer.citations)
    if not count:
        return ""
    name = f"{count} source{'s' if count > 1 else ''}"
    return f'<button type="button" class="tool" data-sources>{name}</button>'


_ALL = "All of them"
"""What who was asked back may say in place of a choice."""


def _next(one: Exchange, suggestions: Sequence[str]) -> str:
    """Return the choices of a question back, or questions that lead on, as buttons."""
    if one.answer is None:
        return ""
    asked_back = one.answer.verdict is Verdict.CLARIFY
    choices = one.answer.choices
    if len(choices) > 1:
        choices = (*choices, _ALL)
    offered = choices if asked_back else suggestions[:_MOST_OFFERED]
    buttons = "".join(_button("ask", text, "chip", question=text) for text in offered)
    name = "Choices" if asked_back else "Ask next"
    return f'<div class="next" role="group" aria-label="{name}">{buttons}</div>' if buttons else ""


def _button(act: str, label: str, kind: str = "tool", **data: object) -> str:
    kept = "".join(f' data-{name}="{attribute(str(value))}"' for name, value in data.items())
    return f'<button type="button" class="{kind}" data-act="{act}"{kept}>{escaped(label)}</button>'
