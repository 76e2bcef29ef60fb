"""Several questions in one: each answered in turn, and said of those that nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import wording
from assistant.draft import Draft, DraftSentence, Step
from assistant.types import Verdict


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
    kept: list[DraftSentence] = []
    steps: list[Step] = []
    for n in answered:
        kept += [one for one in parts[n].draft.statements if not _is_said(one, kept)]
        steps += [one for one in parts[n].draft.steps if one not in steps]
    return Draft(
        Verdict.ANSWERED if answered else Verdict.ABSTAINED,
        tuple(kept),
        notice=" ".join(dict.fromkeys(notices)),
        opening=" ".join(dict.fromkeys(openings)),
        steps=tuple(steps),
    )


def _is_said(one: DraftSentence, before: Sequence[DraftSentence]) -> bool:
    """Tell whether a sentence stands in the answer; one that a Yes or No leads goes on its own."""
    return any(replace(one, lead=other.lead) == other and not one.lead for other in before)


def _not_answered(part: PartSaid) -> str:
    """Return that a question is not answered, and which it is."""
    opening = part.draft.opening
    if opening.startswith(wording.NOT_STATED) or not opening:
        return wording.WANTED_NOT_STATED.format(wanted=part.told)
    return opening
