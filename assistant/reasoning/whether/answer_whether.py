"""From a question whether something is so to the finding that answers it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.composing.evidence import piece
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import (
    Answered,
    CaseFound,
    Depends,
    NotNamed,
    NotStated,
    Said,
    Step,
    Whether,
)
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claims import claim_of
from assistant.reasoning.whether.sentences_that_decide import Decided, by_sentence

from corpus.language.sentences import readable
from assistant.reasoning.whether.sets_that_decide import SetDecided, by_set
from assistant.reasoning.whether.yes_no_cells import CellsDecided, by_cells


def whether(ask: Ask, known: Known) -> Whether | Depends | NotNamed | NotStated | None:
    """Return whether what a question asks is so; None where it does not show."""
    if ask.wanted not in (Wanted.WHETHER, Wanted.IS_CURRENT, Wanted.UNKNOWN):
        return None
    claim = claim_of(ask.question, _names(known))
    if claim is None or claim.either:
        return None
    cells = by_cells(ask, claim, known)
    if cells is not None:
        return _of_cells(cells)
    in_set = by_set(ask, claim, known)
    global SET
    SET = in_set
    if in_set is not None:
        return _of_set(in_set)
    decided = by_sentence(ask, claim, known)
    global LAST
    LAST = decided and decided.why
    return None if decided is None else _finding(decided, known)


def _of_cells(decided: CellsDecided) -> Whether | Depends:
    said = tuple(Said(piece(row).shown, (piece(row),)) for row in decided.rows[:2])
    if decided.answer is Answered.DEPENDS:
        cases = tuple(CaseFound(row.pairs[0].value, one) for row, one in zip(decided.rows, said, strict=False))
        return Depends("", cases)
    return Whether(decided.answer, said)


def _of_set(decided: SetDecided) -> Whether:
    said = tuple(
        Said(piece(one.chunk).shown, (piece(one.chunk),)) for one in decided.members[:2]
    )
    step = Step(f"{len(decided.members)} of {decided.of} decide.")
    return Whether(decided.answer, said, (step,))


def _finding(decided: Decided, known: Known) -> Whether | Depends:
    said = Said(decided.passage.text, (piece(decided.passage.chunk),))
    step = Step("The sentence says what is asked, or denies it.", said.evidence)
    if decided.answer is not Answered.DEPENDS:
        return Whether(decided.answer, (said,), (step,))
    text = decided.passage.text
    if not decided.limits:
        return Depends("", (CaseFound("", said), *_following(decided, known)), (step,))
    cases = tuple(CaseFound(one.span.of(text), said) for one in decided.limits)
    return Depends("", cases, (step,))


def _following(decided: Decided, known: Known) -> Iterator[CaseFound]:
    """Yield the items that a sentence leads in: "except if:"."""
    chunk = decided.passage.chunk
    items = (hit.chunk for hit in known.hits if hit.chunk.document == chunk.document)
    first = next((one for one in items if one.group >= 0 and readable(one.lead_in) == decided.passage.text), None)
    if first is None:
        return
    for item in known.index.catalog.members(first.document, first.group):
        shown = readable(item.text)
        yield CaseFound(shown, Said(shown, (piece(item),)))


def _names(known: Known) -> tuple[str, ...]:
    """Return the names that the question may call its subject by, the longest first."""
    abouts = (known.index.documents[id_].about for id_ in known.scope.documents[:4])
    names = {*filter(_parses_badly, known.scope.names), *(about.service for about in abouts)}
    return tuple(sorted((name for name in names if name), key=lambda name: (-len(name), name)))


def _parses_badly(name: str) -> bool:
    """Tell whether a name is of several words, of which one may be taken for a verb."""
    return name[:1].isupper() and (" " in name or "." in name)
