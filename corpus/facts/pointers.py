"""Sentences that say nothing themselves, only where to read on."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.propositions import Link, Proposition

_LOOKING = frozenset("see read refer view find learn visit check".split())
"""What a reader is told to do with another page."""
_OF_PAGES = frozenset({"see", "refer"})
"""Those that are done with nothing but pages."""
_WRITTEN = frozenset(
    "article detail documentation guide information instruction link list more overview page "
    "section table topic".split()
)
"""What is there to be looked up."""


def points_elsewhere(said: Sequence[Proposition]) -> bool:
    """Tell whether a sentence says only where to read on: "To learn more about regions, see X"."""
    main = [one for one in said if one.link in (Link.MAIN, Link.COORDINATE)]
    return bool(main) and all(_looks_up(one) for one in main)


def _looks_up(one: Proposition) -> bool:
    if one.lemma not in _LOOKING or one.negated or not _is_told(one):
        return False
    if one.lemma in _OF_PAGES and one.imperative:
        return True
    about = {thing.lemma for thing in one.objects}
    about |= {oblique.phrase.lemma for oblique in one.obliques if oblique.preposition == "at"}
    if one.lemma in ("read", "learn") and not about:
        return True
    return bool(about & _WRITTEN)


def _is_told(one: Proposition) -> bool:
    """Tell whether a reader is told to, or told that one can."""
    reader = one.subject is not None and one.subject.lemma == "you"
    return one.imperative or (one.modal in ("can", "may") and reader)
