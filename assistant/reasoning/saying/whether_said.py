"""Yes, No and It depends in words: the deciding word first, then what decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import wording
from assistant.draft import DraftSentence
from assistant.reasoning.findings import CaseFound, Depends, NotNamed, Said, Whether

_CONNECTIVES = frozenset(
    "yes no however additionally also furthermore moreover similarly therefore thus note".split()
) | {"for example", "for instance", "in addition", "to this end", "as a result"}
"""What leads over from what stands before a sentence, and says nothing by itself."""
_BECAUSE, _CASES = 2, 3
"""Clauses and cases that are said at most."""
_WORDS, _WORDS_DEPENDS = 45, 70
_NAMED = 6
_IN_YOUR_CASE = "{answer}, in your case"
_NONE_OF = "none of the {total} listed is {what}; listed: {named}"
_MORE = "{shown}, and {more} more"


def whether_said(finding: Whether | Depends | NotNamed) -> tuple[DraftSentence, ...]:
    """Return a finding as the sentences of an answer; the first begins with the deciding word."""
    if isinstance(finding, Whether):
        lead, most = finding.answer.value, _WORDS
        said = [_bare(one) for one in finding.because[:_BECAUSE]]
    elif isinstance(finding, Depends):
        lead, said, most = _for_asker(finding), list(_cases(finding)), _WORDS_DEPENDS
    else:
        lead, said, most = wording.NO, [_not_named(finding)], _WORDS
    return tuple(
        DraftSentence(one.text, one.evidence, lead=lead if number == 0 else "")
        for number, one in enumerate(_short(said, most))
    )


def _for_asker(finding: Depends) -> str:
    """Return the deciding word: for the asker's own case where it is known what holds in it."""
    own = next((one.answer for one in finding.cases if one.answer is not None), None)
    return wording.DEPENDS if own is None else _IN_YOUR_CASE.format(answer=own.value)


def _short(said: Sequence[Said], most: int) -> Iterator[Said]:
    """Yield the first clause, and further ones as long as all are of few words."""
    words = 0
    for one in said:
        words += len(one.text.split())
        if words > most and one is not said[0]:
            return
        yield one


def _bare(said: Said) -> Said:
    """Return a clause without the word that leads over to it."""
    for mark in (", ", ". "):
        first, found, rest = said.text.partition(mark)
        if found and first.lower() in _CONNECTIVES:
            return Said(rest, said.evidence)
    return said


def _cases(finding: Depends) -> Iterator[Said]:
    """Yield each case once, the asker's own first; a condition that its sentence says itself is not
    said before it.
    """
    ranked = sorted(finding.cases, key=lambda one: not one.holds)
    kept = {case.said.text: case for case in reversed(ranked)}
    for case in [*reversed(kept.values())][:_CASES]:
        yield _case(case)


def _case(case: CaseFound) -> Said:
    said = _bare(case.said)
    if not case.when or case.when in said.text or said.text.startswith(case.when):
        return said
    return Said(f"{case.when}: {said.text}", said.evidence)


def _not_named(finding: NotNamed) -> Said:
    names = [one.name for one in finding.named]
    shown = "; ".join(names[:_NAMED])
    more = finding.total - min(len(names), _NAMED)
    named = _MORE.format(shown=shown, more=more) if more > 0 else shown
    text = _NONE_OF.format(total=finding.total, what=finding.what, named=named)
    return Said(text, finding.evidence)
