"""`residency ask` and `residency chat`: one answer, and a conversation, in the terminal."""

from __future__ import annotations

import json
import sys
import uuid
from typing import Annotated

import typer

from assistant.errors import QuestionError
from ui.shared.opened import opened, say
from ui.shared.terminal_text import answer_text


def ask(
    question: Annotated[str, typer.Argument(help="The question, or - to read it from input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    thread: Annotated[str | None, typer.Option(help="Conversation to go on with.")] = None,
) -> None:
    """Answer one question with citations."""
    text = sys.stdin.read() if question == "-" else question
    assistant = opened()
    answer = assistant.ask(text, thread=thread, keep=True)
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        print(answer_text(answer))
        say(f"`residency receipt {answer.id}` tells how this answer came about")


def chat() -> None:
    """Hold a conversation in the terminal; `exit` or end of input leaves."""
    assistant = opened()
    thread = uuid.uuid4().hex
    choices: tuple[str, ...] = ()
    say("Ask about data residency; `exit` leaves.")
    while True:
        try:
            question = input("> ")
        except EOFError:
            return
        if question.strip().lower() in ("exit", "quit"):
            return
        if question.strip():
            number = question.strip()
            if number.isdecimal() and 0 < int(number) <= len(choices):
                question = choices[int(number) - 1]
            try:
                answer = assistant.ask(question, thread=thread)
                choices = answer.choices
                print(answer_text(answer), end="\n\n")
            except QuestionError as error:
                say(str(error))
