"""The checks, in the order of how sure they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.verification.belonging import misplaced
from assistant.verification.claim import Case
from assistant.verification.clauses import lines, read, read_all, without_lead
from assistant.verification.conditions import changed_condition, dropped_condition
from assistant.verification.edits import turned_words
from assistant.verification.firmness import wrong_extent, wrong_firmness
from assistant.verification.polarity import contradiction, contrary_side
from assistant.verification.unsaid import (
    turned_directions,
    unknown_dates,
    unknown_literals,
    unknown_names,
    unknown_places,
    unknown_values,
    unsaid_words,
    wrong_lead,
)
from corpus.places import Gazetteer

_CHECKS: tuple[Callable[[Case], str], ...] = (
    unknown_literals,
    unknown_dates,
    unknown_values,
    unknown_places,
    unknown_names,
    unsaid_words,
    wrong_lead,
    turned_words,
    contradiction,
    wrong_firmness,
    wrong_extent,
    dropped_condition,
    changed_condition,
    turned_directions,
    contrary_side,
    misplaced,
)


def unsupported(sentence: str, passages: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return why the passages do not support a sentence, empty when they do.

    `passages` are the cited spans as a reader sees them, with the headings, column titles and
    lead-in that they are read with.
    """
    said = "\n".join(passages)
    known = {_folded(line) for passage in passages for line in (*lines(passage), passage)}
    read_passages = read_all(passages)
    for line in lines(sentence):
        text, lead = without_lead(line)
        if not lead and _folded(text) in known:
            continue
        case = Case(text, lead, read(text), read_passages, said, gazetteer)
        for check in _CHECKS:
            if reason := check(case):
                return reason
    return ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
