"""Yes, No and It depends in words: the deciding word first, then what decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import wording
from assistant.draft import DraftSentence
from assistant.reasoning.findings import CaseFound, Depends, Said, Whether

_CONNECTIVES = frozenset(
    "yes no however additionally also furthermore moreover similarly therefore thus note".split()
) | {"for example", "for instance", "in addition", "to this end", "as a result"}
"""What leads over from what stands before a sentence, and says nothing by itself."""
_BECAUSE, _CASES = 2, 3
"""Clauses and cases that are said at most."""
_WORDS, _WORDS_DEPENDS = 45, 70
_IN_YOUR_CASE = "{answer}, in your case"


def whether_said(finding: Whether | Depends) -> tuple[DraftSentence, ...]:
    """Return a finding as the sentences of an answer; the first begins with the deciding word."""
    if isinstance(finding, Whether):
        lead, most = finding.answer.value, _WORDS
        said = [_bare(one) for one in finding.because[:_BECAUSE]]
    else:
        lead, said, most = _for_asker(finding), list(_cases(finding)), _WORDS_DEPENDS
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
