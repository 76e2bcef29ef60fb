"""`residency receipt`: how an answer came about, and whether today's index would say the same."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.history.receipts import Comparison
from assistant.history.records import AnswerRecord
from assistant.types import Answer
from ui.shared.opened import opened
from ui.shared.receipt_rows import comparison_row, edition_words, quote_words
from ui.shared.terminal_text import answer_text, dated, inert

_LOCAL_OWNER = ""


def receipt(
    answer: Annotated[str, typer.Argument(metavar="ID", help="Id of an answer.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    any_owner: Annotated[
        bool, typer.Option("--any-owner", help="Also answers given to users of page and bot.")
    ] = False,
    ask_model: Annotated[
        bool, typer.Option("--ask-model", help="Ask the language model again; may cost tokens.")
    ] = False,
) -> None:
    """Show how an answer came about, and what differs today; exit status 1 if it says otherwise."""
    assistant = opened()
    record = assistant.record(answer, None if any_owner else _LOCAL_OWNER)
    comparison = assistant.compare(record, ask_model=ask_model)
    if as_json:
        print(json.dumps(comparison_row(comparison), ensure_ascii=False))
    else:
        print("\n".join(receipt_lines(comparison)))
    if not comparison.same:
        raise typer.Exit(1)


def receipt_lines(comparison: Comparison) -> list[str]:
    """Return a record and what differs today, for a terminal."""
    record, given = comparison.record, comparison.record.circumstances
    lines = [
        f"answer:        {record.id}",
        f"asked:         {given.asked or 'time unknown'}",
        *([f"asked by:      {record.owner}"] if record.owner else []),
        *([f"conversation:  {record.thread}"] if record.thread else []),
        *(f"after:         {turn.question}" for turn in record.turns),
        f"question:      {record.question}",
        *([f"profile:       {given.profile}"] if given.profile else []),
        f"asked back:    {'possible' if given.clarify else 'nobody was there'}",
        *_configuration_lines(record),
        *(
            f"document:      {one.id}, {dated(one.date)}, sha256 {one.sha256}"
            for one in given.documents
        ),
    ]
    shown = [inert(line).replace("\n", " ") for line in lines]
    return [
        *shown, "", answer_text(record.answer), "", *derivation_lines(record.answer),
        *_verdict_lines(comparison),
    ]  # fmt: skip


def derivation_lines(answer: Answer) -> list[str]:
    """Return how an answer follows, a line for each step; none where passages are quoted."""
    steps = [
        inert(f"{number}. {step.said}{''.join(f' [{one}]' for one in step.markers)}")
        for number, step in enumerate(answer.derivation, 1)
    ]
    return ["How it follows", *steps, ""] if steps else []


def _configuration_lines(record: AnswerRecord) -> list[str]:
    configuration = record.circumstances.configuration
    if configuration is None:
        return [f"index:         {record.answer.index}", "configuration: not recorded"]
    return [
        f"index:         {configuration.index}",
        f"version:       {configuration.version or 'unknown'}",
        f"encoder:       {configuration.embedding_model}",
        *([f"reranker:      {configuration.reranker}"] if configuration.reranker else []),
        f"model:         {configuration.model or 'none'}",
        *([f"prompts:       {configuration.prompts}"] if configuration.prompts else []),
        f"configuration: {configuration.digest}",
    ]


def _verdict_lines(comparison: Comparison) -> list[str]:
    if comparison.today is None:
        told = "Its quotations and documents are as they were" if comparison.same else "Not as then"
        head = f"{told}; the language model was not asked again (`--ask-model`)."
    elif comparison.same:
        head = "Today's index says the same."
    else:
        head = "Today's index says otherwise."
    return [
        head,
        *(f"- {one.aspect.value}: {inert(one.detail)}" for one in comparison.differences),
        *_quote_lines(comparison),
    ]


def _quote_lines(comparison: Comparison) -> list[str]:
    """Return what the answer stood on, and what became of what it quotes."""
    if not comparison.quotes:
        return []
    return [
        "",
        "What it stood on, and what that says today",
        *(inert(f"- {one.document}: {edition_words(one)}") for one in comparison.editions),
        *(inert(f"- {quote_words(one)}") for one in comparison.quotes),
    ]
