"""`residency answer`: a file of questions to a file of answers on the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.types import AnswerScope, Profile
from ui.commands.answer_review import OWNER, Review, answered_job, job_of, written
from ui.errors import QuestionFileError
from ui.library.may_approve import operator
from ui.library.scoped_answers import Scoped
from ui.questionnaires.answer_questions import Task, answer_task, prepare
from ui.questionnaires.files import read_questionnaire
from ui.questionnaires.jobs import Jobs
from ui.questionnaires.types import Questionnaire, Understood
from ui.questionnaires.understanding.corrections import (
    Correction,
    read_corrections,
    rows_named,
)
from ui.questionnaires.understanding.understand_file import understand
from ui.questionnaires.understood_text import understood_json, understood_lines
from ui.shared.opened import opened, say
from ui.shared.terminal_text import by_count, inert

_COLUMN = "its title, letter or number, or none"


def answer(
    questions: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSONL, CSV, Excel, Word or PDF file of questions."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File of answers, of the same format; of PDF, .xlsx."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print what is understood of the file; answer nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --show: as JSON.")] = False,
    tables: Annotated[
        Path | None,
        typer.Option("--as", help="Tables to answer: what --show --json printed, corrected."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(help="Column with the questions: its title, letter or number; else guessed."),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(help="Sheet that is answered; may be repeated. Else all that ask."),
    ] = None,
    header: Annotated[
        int | None, typer.Option(help="Row with the titles of the columns; 0 for none.")
    ] = None,
    answer_column: Annotated[
        str | None, typer.Option(help=f"Column for answers: {_COLUMN}.")
    ] = None,
    comment_column: Annotated[
        str | None, typer.Option(help=f"Column for comments: {_COLUMN}.")
    ] = None,
    evidence_column: Annotated[
        str | None, typer.Option(help=f"Column for evidence: {_COLUMN}.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(help=f"Column with numbers of questions: {_COLUMN}.")
    ] = None,
    section_column: Annotated[
        str | None, typer.Option(help=f"Column with sections: {_COLUMN}.")
    ] = None,
    service_column: Annotated[
        str | None, typer.Option(help=f"Column with services or products: {_COLUMN}.")
    ] = None,
    category_column: Annotated[
        str | None, typer.Option(help=f"Column with categories: {_COLUMN}.")
    ] = None,
    rows: Annotated[
        str, typer.Option(help="Rows that ask, in place of those understood to: 5-40,44.")
    ] = "",
    skip_rows: Annotated[str, typer.Option(help="Rows that do not ask: 12,30-33.")] = "",
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
    review: Annotated[
        bool,
        typer.Option("--review", help="Answer, then go row by row; quit and go on at any time."),
    ] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="With --review: begin anew, drop what was decided.")
    ] = False,
    who: Annotated[
        str, typer.Option("--by", help="With --review: who approves; else who is logged in.")
    ] = "",
) -> None:
    """Answer a file of questions; resumes where it stopped."""
    said = Correction(
        None, column, header, answer_column, comment_column, evidence_column, id_column,
        section_column, service_column, category_column, rows_named(rows), rows_named(skip_rows),
    )  # fmt: skip
    questionnaire = read_questionnaire(questions)
    wanted = _wanted(tables, sheet or [], said)
    understood = understand(questionnaire, wanted)
    if show:
        _show(questionnaire, understood, as_json=as_json)
        return
    profile = Profile(country, tuple(add_on or ()), agreement, tuple(service or ()))
    asking = profile if profile != Profile() else None
    if output is None and not review:
        raise QuestionFileError(
            f"{questions}: no file for the answers. Name one with -o, or give --show to see what "
            "would be asked"
        )
    # Told before all else: an output that cannot be one.
    task = (
        None
        if output is None
        else prepare(questionnaire, understood.tables, output, asking, customer)
    )
    for line in understood_lines(questionnaire, understood):
        say(inert(line))
    if review:
        _review(questions, wanted, output, Said(asking, customer, who, forget=forget))
    elif task is not None:
        _answer(task, customer)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a review on the command line."""

    profile: Profile | None
    customer: str
    who: str
    forget: bool


def _review(
    questions: Path, wanted: tuple[Correction, ...], output: Path | None, said: Said
) -> None:
    assistant = opened()
    jobs = Jobs.of(assistant)
    if said.forget:
        jobs.delete(OWNER, job_of(jobs, questions).id)
    job = answered_job(jobs, questions, wanted, said.profile, said.customer)
    review = Review(jobs, job.id, assistant, operator(said.who), input, print)
    is_done = review.run()
    if output is not None:
        written(jobs, job.id, output)
    if not is_done:
        say("the same command goes on with what is left")


def _answer(task: Task, customer: str) -> None:
    from rich.console import Console
    from rich.progress import Progress

    assistant = Scoped(opened(), AnswerScope(customer=customer))
    with Progress(console=Console(stderr=True)) as bar:
        row = bar.add_task("answering", total=len(task.cases))
        outcome = answer_task(assistant, task, advance=lambda done: bar.advance(row, done))
    say(
        f"{outcome.answered} answered, {by_count(outcome.resumed, 'was', 'were')} there already, "
        f"{outcome.failed} failed: {task.output}"
    )
    if outcome.failed:
        raise typer.Exit(1)


def _wanted(tables: Path | None, sheets: list[str], said: Correction) -> tuple[Correction, ...]:
    """Return the tables that are named; none where all that asks is to be answered."""
    if tables is not None:
        if sheets or said != Correction():
            raise QuestionFileError(
                f"{tables}: names the tables already. Leave out --sheet, --column and the others"
            )
        return read_corrections(tables)
    if len(sheets) > 1 and said != Correction():
        raise QuestionFileError(
            "What is said of columns and rows holds for one sheet. Name one --sheet, or correct "
            "what --show --json prints and give it with --as"
        )
    if sheets:
        return tuple(replace(said, sheet=one) for one in sheets)
    return (said,) if said != Correction() else ()


def _show(questionnaire: Questionnaire, understood: Understood, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(understood_json(questionnaire, understood), ensure_ascii=False, indent=2))
        return
    for line in understood_lines(questionnaire, understood):
        print(inert(line))
