"""Answers of conversations and of questionnaires as they go into an evidence pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from assistant.errors import UnknownAnswer
from assistant.history.conversations import Conversation, Message
from assistant.history.records import AnswerRecord
from assistant.types import Answer, Verdict
from ui.evidence.evidence_pack import Answered, Detail, Occasion
from ui.questionnaires.job_types import JobRow, RowState
from ui.standing import Standing, standing_of

Records = Callable[[str], AnswerRecord]
"""Returns the record of an answer; raises UnknownAnswer."""
_VERDICTS = {
    Verdict.ANSWERED.value: "Answered",
    Verdict.ABSTAINED.value: Standing.NOT_STATED.value,
    Verdict.CLARIFY.value: "Asked back",
}
_NO_ANSWER = "The answer cannot be read by this version."


def of_conversation(known: Conversation, messages: Sequence[Message], made: datetime) -> Occasion:
    """Return what a pack of a conversation is of."""
    about = (
        Detail("Evidence of", "a conversation"),
        Detail("Begun", _timed(known.started)),
        Detail("Questions", f"{len(messages):,}"),
    )
    return Occasion(known.title, about, made)


def of_questionnaire(name: str, rows: Sequence[JobRow], made: datetime) -> Occasion:
    """Return what a pack of a questionnaire is of."""
    written = sum(bool(row.correction) for row in rows)
    about = (
        Detail("Evidence of", "a questionnaire"),
        Detail("Questions", f"{len(rows):,}"),
        Detail("Answers in a person's words", f"{written:,}"),
    )
    return Occasion(name, about, made)


def from_messages(messages: Iterable[Message], records: Records) -> Iterator[Answered]:
    """Yield the answers of a conversation."""
    for one in messages:
        if one.answer is None:
            yield Answered(str(one.position), one.question, _NO_ANSWER, "", (), ())
            continue
        answer = one.answer
        yield Answered(
            str(one.position), one.question, _verdict(answer), answer.text,
            answer.citations, (Detail("Asked", _timed(one.asked)), *_receipt(answer.id, records)),
        )  # fmt: skip


def from_rows(rows: Iterable[JobRow], records: Records) -> Iterator[Answered]:
    """Yield the answers of a questionnaire; rows that wait have none."""
    for row in rows:
        if row.state is RowState.WAITING:
            continue
        reply = row.reply
        said = [Detail("Triage", reply.triage), Detail("From the library", reply.approved),
                Detail("Approved by", row.approved)]  # fmt: skip
        yield Answered(
            f"row {row.row}", row.question,
            "In a person's words" if row.correction
            else _VERDICTS.get(reply.verdict, reply.error or reply.verdict.capitalize()),
            row.correction or reply.text, reply.citations,
            (*(one for one in said if one.value), *_receipt(reply.id, records)),
        )  # fmt: skip


def _verdict(answer: Answer) -> str:
    """Return how an answer ended, as the page says it."""
    standing = standing_of(answer)
    return standing.value if standing else _VERDICTS.get(answer.verdict.value, "")


def _receipt(id_: str, records: Records) -> tuple[Detail, ...]:
    """Return how an answer came about, by its record; its id alone where none is kept."""
    if not id_:
        return ()
    try:
        record = records(id_)
    except UnknownAnswer:
        return (Detail("Answer", f"{id_} (its record is no longer kept)"),)
    configuration = record.circumstances.configuration
    lines = [Detail("Answer", id_), Detail("Index build", record.answer.index)]
    if configuration is not None:
        lines += [
            Detail("Version", configuration.version),
            Detail("Language model", configuration.model or "none: composed of quotations"),
            Detail("Configuration", configuration.digest),
        ]
    return (*lines, *_derived(record.answer))


def _derived(answer: Answer) -> Iterator[Detail]:
    for number, step in enumerate(answer.derivation, 1):
        marks = "".join(f" [{marker}]" for marker in step.markers)
        yield Detail(f"Step {number}", f"{step.said}{marks}")


def _timed(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "time not recorded"
