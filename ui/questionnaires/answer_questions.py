"""A file of questions to a file of answers: the questions in it, one by one, and back beside them.

Answers go to a file of progress as they come, so what was killed goes on where it stopped. For
JSONL that file is the output; for CSV and workbooks it lies beside the output until all is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Profile
from index.home.paths import replace_bytes
from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, cases_of, output_suffix, read_content
from ui.questionnaires.jsonl_file import answer_file, read_answers
from ui.questionnaires.types import (
    Answerer,
    Case,
    Format,
    Outcome,
    Questionnaire,
    Selection,
    reply_of,
)

_PROGRESS = ".progress.jsonl"


@dataclass(frozen=True, slots=True)
class Task:
    """A questionnaire that is ready to be answered."""

    questionnaire: Questionnaire
    tables: tuple[Selection, ...]
    cases: tuple[Case, ...]
    output: Path
    profile: Profile | None

    @property
    def progress(self) -> Path:
        """The file that answers are appended to as they come."""
        if self.questionnaire.format is Format.JSONL:
            return self.output
        return self.output.with_name(self.output.name + _PROGRESS)


def prepare(
    questionnaire: Questionnaire,
    tables: Sequence[Selection],
    output: Path,
    profile: Profile | None,
    customer: str = "",
) -> Task:
    """Return the task of answering a questionnaire; raise QuestionFileError for a bad output."""
    source = questionnaire.path
    is_table = questionnaire.format is not Format.JSONL
    suffix = output_suffix(source)
    if is_table and output.suffix.lower() != suffix.lower():
        of = "its format" if suffix == source.suffix else "the format of a workbook"
        raise QuestionFileError(
            f"{output}: answers to {source.name} have {of}. Name the output {output.stem}{suffix}"
        )
    if output.exists() and output.samefile(source):
        raise QuestionFileError(f"{output}: is the file of questions. Give another output file")
    key = _key(source, tables, profile, customer) if is_table else ""
    cases = cases_of(questionnaire, tables, key)
    return Task(questionnaire, tuple(tables), cases, output, profile)


def answer_task(
    assistant: Answerer, task: Task, *, advance: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Answer what has no answer yet; what there is when it ends or is interrupted is written."""
    try:
        outcome = answer_file(
            assistant, task.cases, task.progress, profile=task.profile, advance=advance
        )
    except KeyboardInterrupt:
        _write(task)
        raise
    _write(task)
    if task.progress != task.output:
        task.progress.unlink()
    return outcome


def _write(task: Task) -> None:
    """Write the answers so far beside their questions."""
    if task.progress == task.output:
        return
    replies = iter([reply_of(line) for line in read_answers(task.progress)])
    tables = [
        Answered(table, dict(zip((one.row for one in table.questions), replies, strict=False)))
        for table in task.tables
    ]
    if not any(one.replies for one in tables):
        return
    content = answered_file(task.questionnaire, tables)
    try:
        replace_bytes(task.output, content)
    except OSError as error:
        raise QuestionFileError(
            f"{task.output}: cannot be written ({error.strerror}). The answers are in "
            f"{task.progress}; run the same command again with room for the output"
        ) from error


def _key(source: Path, tables: Sequence[Selection], profile: Profile | None, customer: str) -> str:
    """Return what answers of a file of progress must have in common to be gone on with."""
    told = repr(([(one.sheet, one.column) for one in tables], profile, customer)).encode()
    return hashlib.sha256(read_content(source) + told).hexdigest()[:16]
