"""The optional judge: a language model grades logged answers against the cases' notes.

It never replaces the deterministic scores. What it is good for is to find where these are wrong:
its agreement with them is printed with its disagreements.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.model.chat_model import ChatModel
from assistant.model.faults import ModelFault
from assistant.model.json_objects import objects
from assistant.model.prompts import read_prompts
from evals.runs.run_log import RunLog
from evals.suites.suite import Suite
from evals.types import Case, Response


@dataclass(frozen=True, slots=True)
class Grade:
    """What the judge says of one answer."""

    case: str
    right: bool | None
    """None where it gave no grade."""
    reason: str
    scored: bool
    """Whether the deterministic score says right."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grades of a run."""

    grades: tuple[Grade, ...]

    @property
    def graded(self) -> tuple[Grade, ...]:
        """The answers that got a grade."""
        return tuple(grade for grade in self.grades if grade.right is not None)

    @property
    def right(self) -> float:
        """Share of graded answers that the judge calls right; 0 where none is graded."""
        graded = self.graded
        return sum(bool(grade.right) for grade in graded) / len(graded) if graded else 0.0

    @property
    def agreement(self) -> float:
        """Share of graded answers on which judge and score agree; 0 where none is graded."""
        graded = self.graded
        same = sum(grade.right is grade.scored for grade in graded)
        return same / len(graded) if graded else 0.0


def judge(log: RunLog, suite: Suite, model: ChatModel, *, seconds: float) -> Judgement:
    """Have every logged answer graded."""
    return Judgement(tuple(_grades(log, suite.cases, model, seconds)))


def _grades(
    log: RunLog, cases: Iterable[Case], model: ChatModel, seconds: float
) -> Iterator[Grade]:
    for case in cases:
        entry = log.entries.get(case.id)
        if entry is None or entry.reply.response is None:
            continue
        yield _grade(case, entry.reply.response, entry.score.right == 1.0, model, seconds)


def _grade(case: Case, response: Response, scored: bool, model: ChatModel, seconds: float) -> Grade:
    turns = "\n".join(f"Asked: {turn}" for turn in case.turns)
    note = case.note if case.answerable else f"The documents do not say this. {case.note}"
    human = f"{turns}\nNote: {note}\nAnswer to grade:\n{response.text}"
    try:
        deltas = model.reply(read_prompts().judge, human, time.monotonic() + seconds)
        said = "".join(delta.text for delta in deltas)
    except ModelFault as fault:
        return Grade(case.id, None, str(fault), scored)
    for row in objects(said):
        if isinstance(row.get("right"), bool):
            return Grade(case.id, row["right"], str(row.get("reason", ""))[:300], scored)
    return Grade(case.id, None, "the reply holds no grade", scored)
