"""The answer to a question that compares, as a draft: what follows first, then each side."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from assistant import wording
from assistant.comparing.answers.conclusion import concluded
from assistant.comparing.answers.side_found import Find, SideFound, sides_found
from assistant.comparing.answers.sides_asked import sides_asked
from assistant.draft import Draft, DraftSentence, Form, Step
from assistant.reasoning.ask import Ask
from assistant.reasoning.asked import Asked
from assistant.reasoning.known import Known
from assistant.reasoning.recompute import why_not_named
from assistant.types import Verdict

_LOG = logging.getLogger(__name__)


def compared_answer(asked: Asked, known: Known, find: Find) -> Draft | None:
    """Return the answer to a question that holds things against each other, derived twice; None
    where it names no two sides, or nothing is said of any.

    `find` searches the documents of one side.
    """
    sides = sides_asked(asked, known)
    if not sides:
        return None
    found = sides_found(asked, sides, known, find)
    said = [side for side in found if not side.is_silent]
    if not said or (len(said) < len(found) and len(found) != 2):
        return None
    draft = Draft(Verdict.ANSWERED, tuple(_sentences(asked.ask, found)), steps=_steps(found))
    if sides_found(asked, sides, known, find) != found:
        _LOG.warning("comparison withheld: it does not come out again")
        return None
    told = " ".join((asked.ask.question, *(side.name for side in sides)))
    if strange := why_not_named(draft, told, known.index):
        _LOG.warning("comparison withheld: %s", strange)
        return None
    return draft


def _sentences(ask: Ask, found: Sequence[SideFound]) -> Iterator[DraftSentence]:
    follows = concluded(ask, found)
    if follows is not None:
        yield DraftSentence(follows.text, follows.evidence, Form.DERIVED, lead=follows.lead)
    silent = [side.name for side in found if side.is_silent]
    for side in found:
        if not side.is_silent:
            yield _side(side, silent)


def _side(side: SideFound, silent: Sequence[str]) -> DraftSentence:
    """Return what is said of a side under its name, with who says nothing of it."""
    told = [_led(one) for one in side.sentences]
    evidence = tuple(dict.fromkeys(part for one in side.sentences for part in one.evidence))
    text = " ".join(told)
    for name in silent:
        text = f"{text.rstrip(' .;')}; {wording.SAYS_NOTHING_OF_IT.format(name=name)}"
    return DraftSentence(text, evidence, Form.DERIVED, lead=side.name)


def _led(sentence: DraftSentence) -> str:
    return f"{sentence.lead}: {sentence.text}" if sentence.lead else sentence.text


def _steps(found: Sequence[SideFound]) -> tuple[Step, ...]:
    return tuple(
        Step(wording.ASKED_OF.format(name=side.name, question=side.question),
             side.sentences[0].evidence if side.sentences else ())
        for side in found
    )  # fmt: skip
