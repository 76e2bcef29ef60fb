"""Feedback of readers as candidate cases, for a person to complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.history.feedback import Feedback, Rating
from assistant.history.records import AnswerRecord
from assistant.types import Answer, Verdict
from evals.errors import CaseError
from evals.suites.case_files import LONGEST_EVIDENCE, case_row, read_cases
from evals.suites.evidence_places import fold
from evals.suites.suite import suite_folder, suite_names
from evals.types import Case, Kind

CANDIDATE = "CANDIDATE"
"""What the note of a case begins with until a person has completed it."""
_PREFIX = "fb-"
_TO_COMPLETE = "(?!)to be completed"
"""Matches nothing: no answer is right before somebody says what makes it so."""
_MARKER = re.compile(r"\s*\[\d+\]")
_WORD = re.compile(r"\w+")
_LONGEST_NOTE = 600
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})
"""What JSON leaves as it is, and a reader of lines takes for the end of one."""


class Imported(NamedTuple):
    """What importing feedback came to."""

    added: int
    known: int
    """Already in the file, or asked by another case."""


def import_feedback(
    rated: Iterable[tuple[Feedback, AnswerRecord]], output: Path, known: Iterable[Case]
) -> Imported:
    """Append a case to a file for each rated answer whose question no case asks yet.

    Raises CaseError for a file that has defects or cannot be written.
    """
    present = _present(output)
    ids = {case.id for case in present}
    asked = {_folded(case.turns) for case in (*known, *present)}
    lines: list[str] = []
    passed = 0
    for feedback, record in rated:
        case = candidate(feedback, record)
        if case.id in ids or _folded(case.turns) in asked:
            passed += 1
            continue
        ids.add(case.id)
        asked.add(_folded(case.turns))
        lines.append(_line(case))
    _append(output, lines)
    return Imported(len(lines), passed)


def known_cases() -> Iterator[Case]:
    """Yield the cases of all suites that come with the project."""
    for name in suite_names():
        yield from (at.case for at in read_cases(suite_folder(name), suite=name).cases)


def candidate(feedback: Feedback, record: AnswerRecord) -> Case:
    """Return feedback as a case that a person can complete."""
    answer = record.answer
    turns = (*(turn.question for turn in record.turns), record.question)
    liked = feedback.rating is Rating.UP
    evidence = _evidence(answer) if liked and answer.verdict is Verdict.ANSWERED else ()
    return Case(
        id=_PREFIX + answer.id,
        kind=_kind(answer, turns, liked=liked),
        turns=turns,
        answerable=bool(evidence),
        docs=_documents(answer) if evidence else (),
        must=((_wanted(feedback, answer),),),
        must_not=(),
        evidence=evidence,
        note=_note(feedback, answer),
    )


def _kind(answer: Answer, turns: tuple[str, ...], *, liked: bool) -> Kind:
    if liked and answer.abstained:
        return Kind.ABSTAIN
    return Kind.FOLLOWUP if len(turns) > 1 else Kind.LOOKUP


def _evidence(answer: Answer) -> tuple[str, ...]:
    quotes = (fold(citation.quote) for citation in answer.citations)
    return tuple(dict.fromkeys(quote for quote in quotes if 0 < len(quote) <= LONGEST_EVIDENCE))


def _documents(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.document for citation in answer.citations))


def _wanted(feedback: Feedback, answer: Answer) -> str:
    """Return an expression for what was right: the words of a correction or of a good answer."""
    liked = feedback.rating is Rating.UP
    said = feedback.correction or (answer.text.partition("\n")[0] if liked else "")
    words = re.escape(fold(_MARKER.sub("", said))).replace(r"\ ", r"\s+")
    return words or _TO_COMPLETE


def _note(feedback: Feedback, answer: Answer) -> str:
    liked = feedback.rating is Rating.UP
    told = [
        f"{CANDIDATE}, complete kind, must and must_not: thumbs up for answer {answer.id}."
        if liked
        else f"{CANDIDATE}, complete kind, answerable, docs, evidence and must: thumbs down for "
        f"answer {answer.id}.",
        f"Reason: {feedback.reason}" if feedback.reason else "",
        f"Correction: {feedback.correction}" if feedback.correction else "",
    ]
    note = fold(" ".join(told))
    return note if len(note) <= _LONGEST_NOTE else note[: _LONGEST_NOTE - 1] + "…"


def _folded(turns: Iterable[str]) -> tuple[str, ...]:
    """Return questions without regard to case, white space and punctuation."""
    return tuple(" ".join(_WORD.findall(turn.casefold())) for turn in turns)


def _line(case: Case) -> str:
    line = json.dumps(case_row(case), ensure_ascii=False).translate(_LINE_ENDS)
    return line.encode("utf-8", "backslashreplace").decode()


def _present(output: Path) -> tuple[Case, ...]:
    """Return the cases of the file that is added to; none where there is no file yet."""
    if not output.exists():
        return ()
    read = read_cases(output)
    if read.problems:
        raise CaseError("\n".join(str(problem) for problem in read.problems))
    return tuple(at.case for at in read.cases)


def _append(output: Path, lines: list[str]) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        torn = output.exists() and output.stat().st_size and output.read_bytes()[-1:] != b"\n"
        with output.open("a", encoding="utf-8") as handle:
            handle.write("\n" * bool(torn) + "".join(f"{line}\n" for line in lines))
    except OSError as error:
        raise CaseError(
            f"{output}: cannot be written ({error.strerror}). Give another --output"
        ) from error
