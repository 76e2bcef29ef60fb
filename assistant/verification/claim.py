"""A sentence beside its passages, and which of their clauses it restates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.verification.clauses import Clause, Sentence, plain, tokens
from assistant.verification.names import is_initials
from assistant.verification.words import concepts, is_neutral, signs
from corpus.places import Gazetteer

_NEAR = 0.9
"""Clauses this close to the best one are as good a match."""
_CLOSE, _LOOSE = 0.85, 0.75
"""A best match below the first is not sure: clauses within the second of it count as well."""
BESIDE = 0.55
"""Share of a clause's meaning that its match must say for the two to be compared."""
ASKED = re.compile(r"\b(?:conditions?|requirements?|required|prerequisites?|needed)\b", re.I)


@dataclass(frozen=True)
class Case:
    """One sentence beside its passages."""

    text: str
    lead: str
    claim: Sentence
    passages: tuple[Sentence, ...]
    said: str
    """The passages as one text."""
    gazetteer: Gazetteer

    @cached_property
    def known(self) -> frozenset[str]:
        """What the words of the passages mean."""
        return frozenset(concept for word in self.words for concept in concepts(word))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the passages."""
        return frozenset((*tokens(self.said), *tokens(plain(self.said))))

    @cached_property
    def sides(self) -> frozenset[str]:
        """The oppositions that the passages name."""
        return frozenset(name for word in self.words for name, _ in signs(word))

    @cached_property
    def asks_for(self) -> bool:
        """Whether a heading says that the passages list what is required."""
        return any(len(tokens(s.text)) <= 8 and ASKED.search(s.text) for s in self.passages)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each clause of the claim with the clauses that it may restate."""
        return tuple(pair for clause in self.claim.clauses if (pair := aligned(clause, self)).found)

    @cached_property
    def sources(self) -> tuple[Sentence, ...]:
        """The sentences that the main clauses restate, without repeats."""
        found = [s for pair in self.pairs if not pair.clause.kind for s, _ in pair.found]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Pair:
    """A clause of a sentence with the clauses of the passages that it may restate."""

    clause: Clause
    found: tuple[tuple[Sentence, Clause], ...]


def aligned(clause: Clause, case: Case) -> Pair:
    """Return the clauses of the passages that a clause may restate."""
    scored = [
        (score, sentence, other)
        for sentence in case.passages
        if not sentence.asks
        for other in sentence.clauses
        if (score := alike(clause, other)) >= BESIDE
    ]
    best = max((score for score, _, _ in scored), default=0.0)
    near = _NEAR if best >= _CLOSE else _LOOSE
    return Pair(clause, tuple((s, c) for score, s, c in scored if score >= near * best))


def alike(clause: Clause, other: Clause) -> float:
    """Return how much of a clause another one says, and a little for how little else."""
    mine = [word for word in clause.words if not is_neutral(word)] or list(clause.words)
    if not mine or not other.words:
        return 0.0
    shared = sum(bool(concepts(word) & other.around) for word in mine) / len(mine)
    back = sum(bool(concepts(word) & clause.concepts) for word in other.words) / len(other.words)
    return shared * 0.7 + back * 0.3


def stated(case: Case) -> list[Clause]:
    """Return the clauses of the passages that are no questions."""
    return [clause for s in case.passages if not s.asks for clause in s.clauses]


def is_said(word: str, case: Case) -> bool:
    """Tell whether the passages say a word, or another one for it."""
    if concepts(word) & case.known or is_initials(word, case.said):
        return True
    return any(name in case.sides for name, _ in signs(word))
