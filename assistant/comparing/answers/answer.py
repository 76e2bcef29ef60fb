"""The answer to a question that compares, as a draft: what follows first, then each side."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant import wording
from assistant.comparing.answers.conclusion import concluded
from assistant.comparing.answers.side_found import Find, SideFound, sides_found
from assistant.comparing.answers.sides_asked import SideAsked, sides_asked
from assistant.draft import Draft, DraftSentence, Form, Step
from assistant.reasoning.ask import Ask
from assistant.reasoning.asked import Asked
from assistant.reasoning.known import Known
from assistant.reasoning.recompute import counted, why_not_named
from assistant.reasoning.values import stems
from assistant.types import Verdict
from corpus.places import Gazetteer, Relation

_LOG = logging.getLogger(__name__)


def compared_answer(
    asked: Asked, known: Known, find: Find, *, instead_of: Draft | None = None
) -> Draft | None:
    """Return the answer to a question that holds things against each other, derived twice; None
    where it names no two sides, where nothing is said of any, or where a set, a row or one passage
    told of all of them already.

    `find` searches the documents of one side; `instead_of` is what was found for the question as a
    whole.
    """
    sides = sides_asked(asked, known)
    if not sides or (instead_of is not None and _tells_all(instead_of, sides)):
        return None
    found = sides_found(asked, sides, known, find)
    said = [side for side in found if not side.is_silent]
    if not said or (len(said) < len(found) and (len(found) != 2 or any(s.own for s in sides))):
        return None
    if not _stands(asked.ask, sides, found, known):
        return None
    draft = Draft(
        Verdict.ANSWERED, tuple(_sentences(asked.ask, found, known.gazetteer)), steps=_steps(found)
    )
    if sides_found(asked, sides, known, find) != found:
        _LOG.warning("comparison withheld: it does not come out again")
        return None
    sums = (number for side in found if side.finding for number in counted(side.finding))
    told = " ".join((asked.ask.question, *(side.name for side in sides), *sums))
    if strange := why_not_named(draft, told, known.index):
        _LOG.warning("comparison withheld: %s", strange)
        return None
    return draft


def _stands(ask: Ask, sides: Sequence[SideAsked], found: Sequence[SideFound], known: Known) -> bool:
    """Tell whether what was found is of the sides, and silence of one is that of its documents."""
    silent = (side for side, one in zip(sides, found, strict=True) if one.is_silent)
    if any(_names_a_place(ask, side, known) for side in silent):
        return False
    return not _is_told_twice(found) and all(map(_speaks_of, sides, found))


def _speaks_of(side: SideAsked, found: SideFound) -> bool:
    """Tell whether what is said of a part of a document has a word of that part's name, in the
    passage or above it; what was only found near it may be about anything.
    """
    if not side.own or found.is_silent:
        return True
    shown = (
        f"{' '.join(part.path)} {part.shown} {' '.join(pair.title for pair in part.pairs)}"
        for one in found.sentences
        for part in one.evidence
    )
    return bool(side.own & stems(" ".join((*shown, *map(_led, found.sentences)))))


def _is_told_twice(found: Sequence[SideFound]) -> bool:
    """Tell whether one passage is said of two sides in the same words: it is of one of them at
    most, or of neither.
    """
    told = [{(_led(one), one.evidence) for one in side.sentences if one.evidence} for side in found]
    return any(one & other for one, other in combinations(told, 2))


def _names_a_place(ask: Ask, side: SideAsked, known: Known) -> bool:
    """Tell whether documents state something of a place that is asked for: where nothing was found
    of it, it was not found, and they do say it.
    """
    asked = [place for one in ask.placed for place in one.places]
    within, documents = known.gazetteer, set(side.scope.documents)
    stated = {
        id_ for fact in known.index.statements() if asked and fact.document in documents
        for id_ in fact.place_ids
    }  # fmt: skip
    return any(
        within.relation(within.place(id_), place) in (Relation.EQUAL, Relation.INSIDE)
        for id_ in stated
        for place in asked
    )


def _tells_all(draft: Draft, sides: Sequence[SideAsked]) -> bool:
    """Tell whether an answer has something of each side: a derived one, or of parts of one document
    several passages, or one that says how they stand.
    """
    of_parts = len(draft.statements) > 1 and all(side.own for side in sides)
    if not draft.steps and not of_parts:
        return any(_speaks_of_all(one, sides) for one in draft.statements)
    evidence = [part for one in draft.statements for part in one.evidence]
    cited = {part.document for part in evidence}
    shown = (f"{one.lead} {one.text}" for one in draft.statements)
    words = stems(" ".join((*shown, *(part.shown for part in evidence))))
    return all(
        side.own & words if side.own else cited & set(side.scope.documents) for side in sides
    )


def _speaks_of_all(sentence: DraftSentence, sides: Sequence[SideAsked]) -> bool:
    """Tell whether one passage is about all sides: it says itself how they stand."""
    said = [part.shown for part in sentence.evidence if _HOW_THEY_STAND.search(part.shown)]
    return any(all(side.own and side.own <= stems(one) for side in sides) for one in said)


_HOW_THEY_STAND = re.compile(
    r"\b(?:same|both|equivalent|equally|identical|alike|differ\w*|than|unlike|whereas|vice versa|"
    r"regardless)\b",
    re.I,
)


def _sentences(
    ask: Ask, found: Sequence[SideFound], gazetteer: Gazetteer
) -> Iterator[DraftSentence]:
    follows = concluded(ask, found, gazetteer)
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
