"""Which editions of a page speak: the newest, or the older ones where the past is asked for."""

from __future__ import annotations

from dataclasses import replace

from assistant.reasoning.ask import Ask, Time, Wanted
from assistant.reasoning.findings import Finding, NotStated
from assistant.reasoning.known import Known
from corpus.language.terms import WORD

_FORMER = frozenset(
    "previously formerly originally historically past earlier older old former previous before "
    "used".split()
)
"""Words that ask what was said before, in a question about the past."""


def editions_asked(ask: Ask, known: Known) -> Known:
    """Return what is known of the editions that a question is about: of each page in scope the
    newest one, of the past the older ones; all of it where no page has several.
    """
    inside = set(known.scope.documents)
    old = {id_ for id_ in inside if known.index.successors.get(id_) in inside}
    if not old or ask.wanted is Wanted.IS_CURRENT:
        return known
    return _without(known, inside - old if _is_of_past(ask, known, old) else old)


def _is_of_past(ask: Ask, known: Known, old: set[str]) -> bool:
    """Tell whether older editions are asked for: by a word, or by the year of one."""
    dates = (known.index.documents[id_].about.date for id_ in old)
    years = {str(stated.year) for stated in dates if stated is not None}
    newest = (known.index.documents[id_].about.date for id_ in known.index.successors.values())
    years -= {str(stated.year) for stated in newest if stated is not None}
    words = {word.lower() for word in WORD.findall(ask.question)}
    return ask.time is Time.PAST and bool(words & (_FORMER | years))


def _without(known: Known, gone: set[str]) -> Known:
    documents = tuple(id_ for id_ in known.scope.documents if id_ not in gone)
    hits = tuple(hit for hit in known.hits if hit.chunk.document not in gone)
    return replace(known, scope=replace(known.scope, documents=documents), hits=hits)


def says_something(finding: Finding | None) -> bool:
    """Tell whether a finding answers, so that no other edition has to."""
    return finding is not None and not isinstance(finding, NotStated)
