"""`residency answer`: a file of questions to a file of answers on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.types import AnswerScope, Profile
from ui.library.scoped_answers import Scoped
from ui.questionnaires.answer_questions import answer_task, prepare
from ui.questionnaires.files import read_questionnaire
from ui.questionnaires.find_questions import letter, select
from ui.questionnaires.types import Format, Question, Questionnaire, Selection
from ui.shared.opened import opened, say
from ui.shared.terminal_text import inert

_NAMED = 8
"""Rows that are named one by one."""


def answer(
    questions: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSONL, CSV or Excel file of questions.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File of answers, of the same format.")
    ],
    column: Annotated[
        str | None,
        typer.Option(help="Column with the questions: its title, letter or number; else guessed."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook; else guessed.")] = None,
    country: Annotated[str, typer.Option(help="Sign-up country of the tenant.")] = "",
    add_on: Annotated[
        list[str] | None, typer.Option(help="Add-on that the tenant has; may be repeated.")
    ] = None,
    agreement: Annotated[str, typer.Option(help="Agreement of the tenant.")] = "",
    customer: Annotated[
        str, typer.Option(help="For whom: approved answers of this customer are given too.")
    ] = "",
    service: Annotated[
        list[str] | None, typer.Option(help="Service that the tenant uses; may be repeated.")
    ] = None,
) -> None:
    """Answer a file of questions; resumes where it stopped."""
    from rich.console import Console
    from rich.progress import Progress

    questionnaire = read_questionnaire(questions)
    selection = select(questionnaire, sheet=sheet, column=column)
    profile = Profile(country, tuple(add_on or ()), agreement, tuple(service or ()))
    task = prepare(questionnaire, selection, output, profile if profile != Profile() else None)
    _say_what_is_taken(questionnaire, selection)
    assistant = Scoped(opened(), AnswerScope(customer=customer))
    with Progress(console=Console(stderr=True)) as bar:
        row = bar.add_task("answering", total=len(task.cases))
        outcome = answer_task(assistant, task, advance=lambda done: bar.advance(row, done))
    say(
        f"{outcome.answered} answered, {outcome.resumed} were there already, "
        f"{outcome.failed} failed: {output}"
    )
    if outcome.failed:
        raise typer.Exit(1)


def _say_what_is_taken(questionnaire: Questionnaire, selection: Selection) -> None:
    """Tell which rows are taken for questions; a JSONL file says so itself."""
    for note in questionnaire.notes:
        say(inert(note))
    if questionnaire.format is Format.JSONL:
        return
    where = f"sheet {selection.sheet}, " if selection.sheet else ""
    count = len(selection.questions)
    first, last = selection.questions[0].row, selection.questions[-1].row
    say(
        inert(
            f"{where}column {letter(selection.column)}: {count} questions in rows {first} to {last}"
        )
    )
    if selection.left:
        say(inert(f"left alone, as no questions: {_named(selection.left)}"))


def _named(rows: Sequence[Question]) -> str:
    named = "; ".join(f"row {one.row} ({one.text[:40]})" for one in rows[:_NAMED])
    more = len(rows) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
