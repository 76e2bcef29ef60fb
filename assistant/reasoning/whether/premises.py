"""What a question takes for granted: "Since it keeps them for 90 days, can we …?"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import claim_of, last_question
from assistant.reasoning.whether.sentences_that_decide import Decided, by_sentence
from corpus.language.parsing import parse_one

_SO = ", so "
_CASES = frozenset({"if", "when", "once", "after", "before", "with", "without", "for"})
_TAKEN = frozenset({"since", "as", "because", "given"})
_SURE = 0.78
"""Least score of a sentence that denies what a question takes for granted."""


def premise_denied(ask: Ask, names: tuple[str, ...], known: Known) -> Decided | None:
    """Return the sentence that denies what a question takes for granted; None where none does."""
    for premise in _premises(last_question(ask.question)):
        claim = claim_of(premise, names)
        if claim is None or claim.either:
            continue
        decided = by_sentence(ask, claim, known)
        if decided and decided.answer is Answered.NO and decided.score >= _SURE:
            return decided
    return None


def _premises(question: str) -> Iterator[str]:
    """Yield the clauses that a question is built on, as sentences of their own."""
    head, so, _ = question.partition(_SO)
    if so and head.split()[0].lower() not in _TAKEN | _CASES:
        yield f"{head}."
    parse = parse_one(question)
    for at, token in enumerate(parse.tokens):
        if not token.is_verb or token.dep not in ("advcl", "ccomp"):
            continue
        words = parse.below(at)
        if parse.tokens[words[0]].lemma in _TAKEN:
            yield f"{parse.words(words[1:]).strip(' ,')}."
