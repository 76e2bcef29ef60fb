"""What an answer is worth at a glance: how it ended, and how old its documents are; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant import wording
from assistant.types import Answer, AnswerKind, Citation, Verdict
from ui.shared.terminal_text import dated

CHECK = "old: check that it still holds"
"""What is said beside the age of a document that is too old to be relied on."""
_DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 30.44, 365.25
_MONTHS_FROM_DAY, _YEARS_FROM_MONTH = 61, 24
"""From when on an age is told in months, and in years."""


class Standing(StrEnum):
    """How an answer ended, in the words of its badge."""

    ANSWERED = "Answered"
    DEPENDS = "Depends"
    NOT_STATED = "Not stated"
    OUTSIDE = "Outside the documents"
    WHICH = "Which one?"


_VERDICTS = {
    Verdict.ANSWERED: Standing.ANSWERED,
    Verdict.ABSTAINED: Standing.NOT_STATED,
    Verdict.CLARIFY: Standing.WHICH,
    Verdict.TALK: None,
}
_KINDS = {AnswerKind.DEPENDS: Standing.DEPENDS, AnswerKind.NOT_COVERED: Standing.OUTSIDE}
_LEADS = {
    Standing.DEPENDS: f"{wording.DEPENDS}: ",
    Standing.NOT_STATED: wording.WANTED_NOT_STATED.partition("the ")[0],
}
"""What a text opens with that its badge says already."""


@dataclass(frozen=True, slots=True)
class SourceNotices:
    """The notices of an answer, those on the date of its documents apart."""

    is_old: bool
    """True where one of its documents is so old that it should be checked."""
    others: tuple[str, ...]


def standing_of(answer: Answer) -> Standing | None:
    """Return how an answer ended; None where nothing was asked of the documents."""
    return _KINDS[answer.kind] if answer.kind is not None else _VERDICTS[answer.verdict]


def without_lead(text: str, standing: Standing | None) -> str:
    """Return the text of an answer without the words that its badge says already."""
    lead = _LEADS.get(standing, "") if standing else ""
    if not lead or not text.startswith(lead):
        return text
    rest = text.removeprefix(lead)
    return rest[:1].upper() + rest[1:]


def source_notices(answer: Answer) -> SourceNotices:
    """Part the notices that only tell the date of a document from the others."""
    told = {template: set[str]() for template in (wording.SOURCE, wording.OLD_SOURCE)}
    for one in answer.citations:
        for template, notices in told.items():
            notices.add(template.format(title=one.title, date=dated(one.as_of)))
    dates = set().union(*told.values())
    return SourceNotices(
        is_old=any(one in told[wording.OLD_SOURCE] for one in answer.caveats),
        others=tuple(one for one in answer.caveats if one not in dates),
    )


def documents_line(citations: Sequence[Citation], today: date) -> str:
    """Return how many documents an answer stands on, and how old the oldest is; empty for none."""
    dates = {one.document: one.as_of for one in citations}
    if not dates:
        return ""
    count = f"{len(dates)} document{'s' if len(dates) > 1 else ''}"
    known = [day for day in dates.values() if day is not None]
    if not known:
        return f"{count}, {dated(None)}"
    oldest, newest = min(known), max(known)
    undated = len(dates) - len(known)
    rest = f", {undated} {dated(None)}" if undated else ""
    if oldest == newest:
        return f"{count}, {newest}, {age(newest, today)}{rest}"
    return f"{count}, oldest {oldest}, {age(oldest, today)}, newest {newest}{rest}"


def age(day: date, today: date) -> str:
    """Return how old something of a day is, in a person's words."""
    days = (today - day).days
    if days <= 0:
        return "of today"
    if days < _MONTHS_FROM_DAY:
        return f"{_counted(days, 'day')} old"
    months = round(days / _DAYS_OF_A_MONTH)
    if months < _YEARS_FROM_MONTH:
        return f"{_counted(months, 'month')} old"
    return f"{_counted(int(days / _DAYS_OF_A_YEAR), 'year')} old"


def said_already(limit: str, texts: Iterable[str]) -> bool:
    """Tell whether one of some texts holds a condition or exception word for word."""
    words = _words(limit)
    return bool(words) and any(f" {words} " in f" {_words(text)} " for text in texts)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _words(text: str) -> str:
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " ".join(kept.split())
