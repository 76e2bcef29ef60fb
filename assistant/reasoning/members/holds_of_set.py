"""Whether something holds of any, or of all, that a set lists."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.evidence import piece
from assistant.draft import Step
from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered, Said, Whether
from assistant.reasoning.known import Known
from assistant.reasoning.members.answer_sets import bound_said, chosen, listed, named
from assistant.reasoning.members.choose_set import Fit
from assistant.reasoning.members.listed_set import Entry
from assistant.reasoning.members.selecting.select_entries import Selection
from assistant.reasoning.members.set_question import is_inverted
from assistant.reasoning.members.set_words import Asked, asked
from corpus.facts.types import Openness
from corpus.language.terms import WORD

_ANY = frozenset({"any"})
_EACH = frozenset({"all", "every", "each", "both"})
_MOST = 8
"""Names that are said."""


def holds_of_set(ask: Ask, known: Known) -> Whether | None:
    """Return whether any, or every one, of a set lies where a question says; None where it asks
    nothing of that kind, or no set tells surely.
    """
    words = {match.group().lower() for match in WORD.finditer(ask.question)}
    if ask.denied or not words & (_ANY | _EACH) or not is_inverted(ask.question):
        return None
    question = asked(ask.question, ask, known)
    if not question.bounds or not question.head:
        return None
    found = chosen(question, known)
    if found is None or found[1].unknown or len(found[1].all) < 2:
        return None
    fit, selection = found
    if fit.of.is_enumeration or not fit.is_told:
        return None
    each = bool(words & _EACH)
    return _of_each(question, fit, selection) if each else _of_any(question, fit, selection)


def _of_any(question: Asked, fit: Fit, selection: Selection) -> Whether | None:
    where = " and ".join(bound_said(one) for one in question.bounds)
    if selection.fitting:
        said = f"{_names(selection.fitting, fit)} {_verb(selection.fitting, fit)} {where}"
        return _whether(Answered.YES, said, where, selection.fitting, fit, selection)
    if fit.of.openness is not Openness.CLOSED:
        return None
    said = f"none of the {len(named(selection.all, fit))} listed is {where}"
    if len(selection.all) <= _MOST:
        said = f"{_names(selection.all, fit)} are listed, and none of them is {where}"
    return _whether(Answered.NO, said, where, selection.all, fit, selection)


def _of_each(question: Asked, fit: Fit, selection: Selection) -> Whether | None:
    where = " and ".join(bound_said(one) for one in question.bounds)
    failing = tuple(entry for entry in selection.all if entry not in selection.fitting)
    if failing:
        said = f"{_names(failing, fit)} {_verb(failing, fit, denied=True)} {where}"
        return _whether(Answered.NO, said, where, failing, fit, selection)
    if fit.of.openness is Openness.OPEN:
        return None
    said = f"all {len(named(selection.all, fit))} listed are {where}"
    return _whether(Answered.YES, said, where, selection.fitting, fit, selection)


def _whether(
    answer: Answered,
    said: str,
    where: str,
    shown: Sequence[Entry],
    fit: Fit,
    selection: Selection,
) -> Whether:
    evidence = tuple(dict.fromkeys(piece(entry.chunk) for entry in shown))
    what = "table" if fit.of.is_table else "list"
    fitting, every = (len(named(one, fit)) for one in (selection.fitting, selection.all))
    read = f"The {what} “{fit.of.title}” has {every} entries; {fitting} of them are {where}."
    return Whether(answer, (Said(said, evidence),), (Step(read, evidence),))


def _names(entries: Sequence[Entry], fit: Fit) -> str:
    names = named(entries, fit)
    if len(names) > _MOST:
        return f"{listed(names[:_MOST])} and {len(names) - _MOST} more"
    return listed(names)


def _verb(entries: Sequence[Entry], fit: Fit, *, denied: bool = False) -> str:
    """Return the verb that says where entries are; what is no place itself is listed there."""
    verb = "is" if len(named(entries, fit)) == 1 else "are"
    told = [verb, "not" if denied else "", "listed" if fit.place_column != fit.column else ""]
    return " ".join(filter(None, told))
