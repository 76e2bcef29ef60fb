"""Ask questions of a built home and score the answers as the evaluation does.

`python -m evals.measuring.questions FILE... --home HOME` reads files of one JSON object a line:
`id`, `kind`, `turns` (texts, of which the last is judged, or objects with `question` and what makes
its answer right, each judged after those before it), `must`, `must_not`, `evidence`, `answerable`,
`document` or `documents`, `first` (the word that the answer begins with). It prints every measure
by kind. `--held 3` scores ids whose number is divisible by 3 apart, and shows and saves none of
their texts; `--save` writes the answers, `--wrong` prints those that are not strict.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.app import Assistant
from assistant.errors import AssistantError
from assistant.settings import Settings, reranker_of
from evals.measuring.question_file import Question, read_questions
from evals.runs.run_table import cell
from evals.scoring.answer_metrics import LONGEST_TEXT, abstained_false, direct, right
from evals.scoring.citation_metrics import cites_evidence
from evals.scoring.intervals import estimate, estimate_median
from evals.scoring.metrics import score
from evals.scoring.outcome_metrics import median_words
from evals.scoring.reader_metrics import (
    complete,
    cut_list,
    false_answer,
    focus,
    strict,
    subject_error,
)
from evals.scoring.registry import Answered, Metric
from evals.suites.case_files import objections
from evals.suites.dev_test_split import clusters
from evals.suites.evidence_places import FoldedText, Texts, evidence_places
from evals.systems.built_assistant import told
from evals.systems.ours import response_of
from evals.types import Case, Estimate, Reply, Response, Score
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader

_SHOWN: tuple[tuple[str, Metric], ...] = (
    ("right", right), ("direct", direct), ("strict", strict), ("focus", focus),
    ("complete", complete), ("subject", subject_error), ("cut", cut_list),
    ("f.abst", abstained_false), ("f.answ", false_answer), ("words", median_words),
)  # fmt: skip
"""Measures by the heads of their columns."""
_OWNER = "evaluation"
_FIRST = re.compile(r"[\W_]*(it depends|\w+)", re.IGNORECASE)
_FIRST_WORDS = ("yes", "no", "it depends")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer."""

    question: Question
    response: Response
    score: Score
    latency_ms: float | None
    cluster: str
    held: bool
    """Whether it is held back: scored, and read by nobody."""

    @property
    def words(self) -> int:
        """The length of the answer."""
        return len(self.response.text.split())

    @property
    def begins_right(self) -> bool | None:
        """Whether a Yes, No or "It depends" is the one wanted; None where it begins otherwise."""
        match = _FIRST.match(self.response.text)
        begins = match[1].lower() if match else ""
        return begins == self.question.first if begins in _FIRST_WORDS else None


def main(words: Sequence[str] | None = None) -> None:
    """Ask the questions of some files and print the measures."""
    options = _options().parse_args(words)
    reranker = reranker_of(Settings.load())
    index = IndexReader.open(options.home, shared=options.home, reranker=reranker)
    texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
    questions = [one for file in options.files for one in read_questions(file, texts)]
    judged = list(ask_all(questions[: options.first_n], index, texts, options.held))
    parts = _parts(judged, options.held)
    for title, some in parts.items():
        _write(f"{title}\n{table(some, intervals=options.intervals)}\n\n")
    if options.wrong:
        _write("\n\n".join(shown(one, texts) for one in judged if not one.held and _missed(one)))
        _write("\n")
    if options.json:
        plain = {title: figures(some) for title, some in parts.items()}
        options.json.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    if options.save:
        rows = (json.dumps(saved(one, texts), ensure_ascii=False) for one in judged)
        options.save.write_text("\n".join(rows) + "\n", encoding="utf-8")
    index.close()


def ask_all(
    questions: Iterable[Question],
    index: IndexReader,
    texts: Texts,
    held: int = 0,
    settings: Settings | None = None,
) -> Iterator[Judged]:
    """Ask the questions one after the other, each conversation in a thread of its own; without a
    model, unless settings are given.
    """
    questions = tuple(questions)
    names = _clusters(questions, texts)
    with tempfile.TemporaryDirectory() as folder:
        made = settings or Settings.load().model_copy(update={"model": ""})
        made = made.model_copy(update={"home": Path(folder)})
        assistant = Assistant(made, PinnedIndex(index))
        talk = ""
        for one in questions:
            if not one.goes_on:
                talk = uuid.uuid4().hex
            reply = _replied(assistant, one, talk)
            yield Judged(
                one,
                reply.response or Response(f"failed: {reply.failure}", False),
                score(one.case, reply, texts),
                reply.latency_ms,
                names[one.case.id],
                bool(held and not one.number % held),
            )
        assistant.kept.close()


def _replied(assistant: Assistant, one: Question, talk: str) -> Reply:
    """Ask a question, of a conversation in its thread, and score what is refused as failed."""
    turns = one.case.turns
    try:
        thread = talk if one.in_conversation else told(assistant, turns, _OWNER)
        answer = assistant.ask(turns[-1], thread=thread, owner=_OWNER, clarify=False)
    except AssistantError as error:
        return Reply(one.case.id, None, str(error))
    return Reply(one.case.id, response_of(answer), latency_ms=answer.latency_ms)


def table(judged: Sequence[Judged], *, intervals: bool = False) -> str:
    """Return the measures by kind as lines of text, all kinds together at the end."""
    head = ["kind", "n", *(title for title, _ in _SHOWN), "first +/-/none"]
    rows = [_row(kind, some, intervals=intervals) for kind, some in _by_kind(judged).items()]
    later = [one for one in judged if len(one.question.case.turns) > 1]
    if later:
        rows.append(_row("  later turns", later, intervals=intervals))
    lines = [head, *rows, _row("all", judged, intervals=intervals)]
    if not intervals:
        lines.append(_interval_row(judged))
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Return the measures with their intervals by kind, and of all kinds as `all`."""
    return {
        kind: {found.name: asdict(_estimate(some, found)) for _, found in _SHOWN}
        | {"first": _firsts(some)}
        for kind, some in {**_by_kind(judged), "all": judged}.items()
    }


def shown(one: Judged, texts: Texts) -> str:
    """Return a question with its answer and what is wrong with it, to be read."""
    marks = ", ".join(title for title, found in _SHOWN if found.share and _value(one, found))
    turns = "\n".join(f"  Q {turn}" for turn in one.question.case.turns)
    sources = "\n".join(
        f"  [{cited.marker}] {cited.place.document}: {cited.quote!r}"
        for cited in one.response.citations
    )
    return (
        f"{one.question.case.id} ({one.question.kind}, {one.words} words; {marks})\n{turns}\n"
        f"  A {one.response.text}\n{sources}\n  wanted: {one.question.case.note}\n"
        f"  why: {'; '.join(_faults(one, texts)) or 'not strict'}"
    )


def saved(one: Judged, texts: Texts) -> dict[str, Any]:
    """Return the row of a saved answer; of one that is held back, the scores alone."""
    row: dict[str, Any] = {
        "id": one.question.case.id,
        "kind": one.question.kind,
        "held": one.held,
        "words": one.words,
        "latency_ms": one.latency_ms,
        "abstained": one.response.abstained,
        "begins_right": one.begins_right if one.question.first else None,
        "scores": dict(one.score.values),
    }
    if one.held:
        return row
    return row | {
        "turns": one.question.case.turns,
        "text": one.response.text,
        "citations": [
            {"marker": cited.marker, "document": cited.place.document, "quote": cited.quote}
            for cited in one.response.citations
        ],
        "wanted": one.question.case.note,
        "faults": list(_faults(one, texts)),
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.questions")
    parser.add_argument("files", nargs="+", type=Path, help="Files of questions.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Score every Nth id apart.")
    parser.add_argument("--intervals", action="store_true", help="Show them for every kind.")
    parser.add_argument("--json", type=Path, help="File for the figures with their intervals.")
    parser.add_argument("--save", type=Path, help="File for the answers.")
    parser.add_argument("--wrong", action="store_true", help="Print what is not strict.")
    parser.add_argument("--first-n", type=int, help="Ask so many questions alone.")
    return parser


def _clusters(questions: Sequence[Question], texts: Texts) -> dict[str, str]:
    """Return the cluster of every question: a conversation is one, others share evidence."""
    names = clusters((one.case for one in questions), texts)
    return {
        one.case.id: one.row if one.in_conversation else names[one.case.id] for one in questions
    }


def _parts(judged: Sequence[Judged], held: int) -> dict[str, Sequence[Judged]]:
    if not held:
        return {"all questions": judged}
    return {
        title: some
        for title, wanted in (("worked on", False), ("held back", True))
        if (some := [one for one in judged if one.held is wanted])
    }


def _by_kind(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    kinds: dict[str, list[Judged]] = {}
    for one in sorted(judged, key=lambda one: one.question.kind):
        kinds.setdefault(one.question.kind, []).append(one)
    return kinds


def _value(one: Judged, found: Metric) -> float | None:
    return one.score.values.get(found.name)


def _missed(one: Judged) -> bool:
    wrong_first = bool(one.question.first) and one.begins_right is not True
    return wrong_first or not _value(one, strict)


def _row(title: str, judged: Sequence[Judged], *, intervals: bool) -> list[str]:
    cells = [cell(_estimate(judged, found), found) for _, found in _SHOWN]
    said = [str(one) if intervals else one.value.removesuffix("%") for one in cells]
    return [title, str(len(judged)), *said, _firsts(judged)]


def _interval_row(judged: Sequence[Judged]) -> list[str]:
    cells = [cell(_estimate(judged, found), found) for _, found in _SHOWN]
    return ["  95% interval", "", *(one.interval.strip("[]") for one in cells), ""]


def _estimate(judged: Sequence[Judged], found: Metric) -> Estimate:
    values, names = [_value(one, found) for one in judged], [one.cluster for one in judged]
    return estimate_median(values, names) if found.median else estimate(values, names)


def _firsts(judged: Sequence[Judged]) -> str:
    asked = [one.begins_right for one in judged if one.question.first]
    if not asked:
        return ""
    return f"{asked.count(True)}/{asked.count(False)}/{asked.count(None)}"


def _faults(one: Judged, texts: Texts) -> Iterator[str]:
    case, response = one.question.case, one.response
    if one.question.first and one.begins_right is not True:
        yield f"does not begin with {one.question.first}"
    if not case.answerable:
        if not one.score.right:
            yield "should have said that the documents do not say"
        return
    yield from objections(case, response.text)
    if response.abstained:
        yield "abstained"
    if one.words > LONGEST_TEXT:
        yield "too long"
    if case.evidence and not cites_evidence(Answered(case, response, texts)):
        yield "evidence not cited"
    yield from (f"evidence stands nowhere: {passage!r}" for passage in _unplaced(case, texts))


def _unplaced(case: Case, texts: Texts) -> Iterator[str]:
    for passage, places in zip(case.evidence, evidence_places(case, texts), strict=True):
        if not places:
            yield passage


def _write(text: str) -> None:
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
