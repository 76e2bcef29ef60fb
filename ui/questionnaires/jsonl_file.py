"""Questions of a JSONL file, and answers line by line; what stopped goes on where it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.types import Profile
from ui.errors import QuestionFileError
from ui.questionnaires.ask_case import answer_case
from ui.questionnaires.types import NO_ROW_CONTEXT, Answerer, Case, Outcome, RowContext

MOST_TURNS = 50
"""Questions of one line that follow on each other."""


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a JSONL file of questions; raise QuestionFileError naming file and line."""
    if path.suffix.lower() != ".jsonl":
        raise QuestionFileError(f"{path}: not a .jsonl file. Give one JSON object a line")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}). Check the file") from error
    cases: list[Case] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            case = _case(f"{path}:{number}", line)
            if case.id in seen:
                raise QuestionFileError(
                    f"{path}:{number}: the id {case.id!r} occurs twice. Give each its own"
                )
            seen.add(case.id)
            cases.append(case)
    return tuple(cases)


def answer_file(
    assistant: Answerer,
    cases: tuple[Case, ...],
    output: Path,
    *,
    profile: Profile | None = None,
    advance: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Answer the cases that the output does not hold yet, appending a line for each.

    A question that cannot be answered is recorded with its error, and the others go on.
    """
    done = _resume(output, cases)
    advance(done)
    failed = 0
    try:
        with output.open("a", encoding="utf-8") as handle:
            for case in cases[done:]:
                row = answer_case(assistant, case, profile)
                failed += "error" in row
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
                handle.flush()
                os.fsync(handle.fileno())
                advance(1)
    except OSError as error:
        raise QuestionFileError(
            f"{output}: cannot be written ({error.strerror}). What is in it stays; run the same "
            "command again to go on"
        ) from error
    return Outcome(len(cases) - done - failed, done, failed)


def _case(place: str, line: str) -> Case:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(f"{place}: not JSON ({error}). Correct the line") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise QuestionFileError(f"{place}: no object with an `id`. Add one")
    turns = row["turns"] if "turns" in row else [row.get("question")]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise QuestionFileError(
            f"{place}: neither a `question` nor `turns` (a list of texts). Add one"
        )
    if len(turns) > MOST_TURNS:
        raise QuestionFileError(
            f"{place}: has {len(turns):,} turns. Give {MOST_TURNS} at most to a line"
        )
    context, allowed = _context(place, row), _allowed(place, row)
    is_plain = context == NO_ROW_CONTEXT and not allowed
    return Case(str(row["id"]), tuple(turns), context, allowed, is_plain)


def _context(place: str, row: Mapping[str, Any]) -> RowContext:
    """Return what a line says beside its question: `service`, `section`, `category`."""
    said = {name: row.get(name) or "" for name in ("service", "section", "category")}
    for name, value in said.items():
        if not isinstance(value, str):
            raise QuestionFileError(f"{place}: `{name}` is no text. Give a text, or leave it out")
    return RowContext(section=said["section"], service=said["service"], category=said["category"])


def _allowed(place: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    values = row.get("allowed") or []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise QuestionFileError(
            f"{place}: `allowed` is no list of texts. Give one, or leave it out"
        )
    return tuple(values)


def read_answers(output: Path) -> tuple[dict[str, Any], ...]:
    """Return the whole lines of a file of answers, none where there is no file."""
    if not output.exists():
        return ()
    content = output.read_bytes()
    return tuple(json.loads(line) for line in content[: content.rfind(b"\n") + 1].splitlines())


def _resume(output: Path, cases: tuple[Case, ...]) -> int:
    """Return how many cases the output holds; a line that was torn off is dropped."""
    if not output.exists():
        return 0
    try:
        content = output.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"{output}: cannot be read ({error.strerror})") from error
    whole = content[: content.rfind(b"\n") + 1]
    for number, (line, case) in enumerate(
        zip(whole.splitlines(), [*cases, None], strict=False), 1
    ):  # fmt: skip
        if case is None or _id_of(line) != case.id:
            raise QuestionFileError(
                f"{output}:{number}: holds answers to other questions. Give another output file"
            )
    if len(whole.splitlines()) > len(cases):
        raise QuestionFileError(f"{output}: holds more answers than there are questions")
    if len(whole) != len(content):
        output.write_bytes(whole)
    return len(whole.splitlines())


def _id_of(line: bytes) -> str | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return str(row.get("id")) if isinstance(row, dict) else None
