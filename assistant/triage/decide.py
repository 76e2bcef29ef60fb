"""From an answer with what it was made from to what became of the row; read it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import wording
from assistant.pipeline import Responded
from assistant.triage.allowed_value import Decision, allowed_value, takes_yes_or_no
from assistant.triage.answer_grounds import Grounds, first_word, grounds_of, is_closed
from assistant.triage.confidence import sure_of_answer, sure_of_value, sure_without
from assistant.triage.row_decision import row_decision
from assistant.triage.topic import Topic, topic_of
from assistant.triage.types import Triage, Triaged
from assistant.types import Answer, Verdict
from assistant.understanding.legal_advice import asks_legal_advice
from index.searching.reader import IndexReader

LEAST_SURE = 0.5
"""Confidence below which an answer is left to a person."""
SAID_OUTRIGHT = 0.75
"""Share of a question's words that the passages must have where it asks for no place and no time:
only then is it about data residency."""


def triage(made: Responded, index: IndexReader, allowed: Sequence[str] = ()) -> Triaged:
    """Return what became of a row; `allowed` are the values of its drop-down."""
    topics = {topic_of(one.ask, index.gazetteer) for one in made.asked}
    answer = made.answer
    if not topics or topics == {Topic.OTHER}:
        return _without(Triage.OFF_TOPIC, wording.ROW_OFF_TOPIC, "off topic")
    if answer.verdict is not Verdict.ANSWERED:
        return _not_found(made, topics)
    grounds = grounds_of(made, index)
    if Topic.RESIDENCY not in topics and not _is_said_outright(grounds):
        return _without(Triage.OFF_TOPIC, wording.ROW_OFF_TOPIC, "nothing but data")
    if asks_legal_advice(answer.question):
        return Triaged(Triage.NEEDS_PERSON, sure_of_answer(grounds), reason=wording.ROW_LEGAL)
    closed = is_closed(made.asked) and (not allowed or takes_yes_or_no(allowed))
    if allowed and closed:
        return _decided(made, grounds, index, allowed)
    return _told(made, grounds)


def answer_shown(made: Responded, triaged: Triaged) -> Answer:
    """Return what a row shows: off the topic, none of what was found."""
    if triaged.triage is not Triage.OFF_TOPIC or made.answer.verdict is Verdict.TALK:
        return made.answer
    return replace(
        made.answer,
        text=triaged.reason,
        verdict=Verdict.ABSTAINED,
        citations=(),
        facts=(),
        caveats=(),
        derivation=(),
        kind=None,
    )


def _not_found(made: Responded, topics: set[Topic]) -> Triaged:
    if Topic.RESIDENCY not in topics:
        return _without(Triage.OFF_TOPIC, wording.ROW_OFF_TOPIC, "nothing but data")
    unknown = any(one.scope.unknown and not one.scope.names for one in made.asked)
    reason = "no document" if unknown else "not stated"
    said = wording.ROW_NO_DOCUMENT if unknown else wording.ROW_NOT_STATED
    return _without(Triage.NOT_IN_DOCUMENTS, said, reason)


def _is_said_outright(grounds: Grounds) -> bool:
    return bool(grounds.is_derived) and grounds.quoted >= SAID_OUTRIGHT


def _told(made: Responded, grounds: Grounds) -> Triaged:
    """Return what became of a row that is answered in words."""
    sure = sure_of_answer(grounds)
    if sure < LEAST_SURE:
        return Triaged(Triage.NEEDS_PERSON, sure, reason=wording.ROW_UNSURE)
    if first_word(made.answer.text) == wording.DEPENDS or _lacks_a_part(made):
        return Triaged(Triage.PARTLY, sure, reason=wording.ROW_CONDITIONS)
    return Triaged(Triage.ANSWERED, sure, reason=wording.ROW_PROVED)


def _decided(
    made: Responded, grounds: Grounds, index: IndexReader, allowed: Sequence[str]
) -> Triaged:
    """Return what became of a row whose drop-down is for Yes and No."""
    decision = row_decision(made, index)
    if decision is None:
        return Triaged(Triage.NEEDS_PERSON, sure_of_answer(grounds), reason=wording.ROW_UNDECIDED)
    sure = sure_of_value(grounds)
    if sure < LEAST_SURE:
        return Triaged(Triage.NEEDS_PERSON, sure, reason=wording.ROW_UNSURE)
    value = allowed_value(decision, allowed)
    if decision is Decision.PARTIAL:
        return Triaged(Triage.PARTLY, sure, value, wording.ROW_CONDITIONS)
    return Triaged(Triage.ANSWERED, sure, value, wording.ROW_PROVED)


def _lacks_a_part(made: Responded) -> bool:
    """Tell whether one of several questions in a row has no answer."""
    return len(made.asked) > 1 and wording.WANTED_NOT_STATED.split("{")[0] in made.answer.text


def _without(found: Triage, said: str, reason: str) -> Triaged:
    return Triaged(found, sure_without(reason), reason=said, without=reason)
