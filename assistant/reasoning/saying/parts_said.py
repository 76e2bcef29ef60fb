"""Several questions in one: each answered in turn, and said of those that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.draft import Draft, DraftSentence, Step
from assistant.types import AnswerKind, Verdict

_WORDS = 40
"""Words up to which a question among others gets a further sentence."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """The answer to one of several questions."""

    told: str
    """What it asks, as the end of a sentence: "how long files are kept"."""
    draft: Draft


def parts_said(parts: Sequence[PartSaid]) -> Draft:
    """Return one answer to several questions, in their order.

    What stands before the first that is answered, or behind it, says which are not.
    """
    first = parts[0].draft
    if len(parts) == 1 or first.verdict is Verdict.CLARIFY:
        return first
    answered = [n for n, one in enumerate(parts) if one.draft.verdict is Verdict.ANSWERED]
    begin = answered[0] if answered else len(parts)
    openings = [_not_answered(one) for one in parts[:begin]]
    if answered and parts[begin].draft.opening:
        openings.append(parts[begin].draft.opening)
    notices = [_not_answered(one) for n, one in enumerate(parts) if n > begin and n not in answered]
    notices += [parts[n].draft.notice for n in answered if parts[n].draft.notice]
    told = [parts[n].draft for n in answered] or [one.draft for one in parts]
    kept: list[DraftSentence] = []
    steps: list[Step] = []
    for n in answered:
        for one in _short(parts[n].draft, kept):
            kept = [*(other for other in kept if not _is_within(other, one)), one]
        steps += [one for one in parts[n].draft.steps if one not in steps]
    return Draft(
        Verdict.ANSWERED if answered else Verdict.ABSTAINED,
        tuple(kept),
        notice=" ".join(dict.fromkeys(notices)),
        opening=" ".join(dict.fromkeys(openings)),
        steps=tuple(steps),
        kind=_kind(told),
    )


def _kind(drafts: Sequence[Draft]) -> AnswerKind | None:
    """Return the kind that all of some answers are of; None where they are of several."""
    kinds = {one.kind for one in drafts}
    return kinds.pop() if len(kinds) == 1 else None


def _short(draft: Draft, before: Sequence[DraftSentence]) -> Iterator[DraftSentence]:
    """Yield what is said of a question that has others beside it: further sentences only while
    all are of few words, and none that the answer has already.
    """
    words = 0
    for number, one in enumerate(draft.statements):
        words += len(one.text.split())
        if number and words > _WORDS:
            return
        decides = one.lead in (wording.YES, wording.NO, wording.DEPENDS)
        if decides or not any(one.text in other.text for other in before):
            yield one


def _is_within(one: DraftSentence, other: DraftSentence) -> bool:
    """Tell whether all that is said is said again with more around it."""
    return not one.lead and one.text != other.text and one.text in other.text


def _not_answered(part: PartSaid) -> str:
    """Return that a question is not answered, and which it is."""
    opening = part.draft.opening
    if opening.startswith(wording.NOT_STATED) or not opening:
        return wording.WANTED_NOT_STATED.format(wanted=part.told)
    return opening
