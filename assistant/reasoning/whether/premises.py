"""What a question takes for granted: "Since it keeps them for 90 days, can we …?"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reasoning.ask import Ask
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import claim_of, last_question
from assistant.reasoning.whether.extents import is_sentence
from assistant.reasoning.whether.passages_that_decide import denying
from assistant.reasoning.whether.sentences_that_decide import Decided, by_sentence
from corpus.language.parsing import Parse, parse_one

_SO = ", so "
_CASES = frozenset({"if", "when", "once", "after", "before", "with", "without", "for"})
_TAKEN = frozenset({"since", "as", "because", "given"})
_ASKING = frozenset({"be", "do", "have", "how"})
"""First words of what is asked, besides those that ask or say "can"."""
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
        said = decided is not None and decided.answer is Answered.YES
        passage = None if said or claim.denied else denying(ask, claim, known)
        if passage is not None:
            return Decided(Answered.NO, passage, (), _SURE)
    return None


def _premises(question: str) -> Iterator[str]:
    """Yield the clauses that a question is built on, as sentences of their own."""
    head, so, _ = question.partition(_SO)
    if so and head.split()[0].lower() not in _TAKEN | _CASES:
        yield f"{head}."
    parse = parse_one(question)
    if head := _taken_first(parse):
        yield head
        return
    for at, token in enumerate(parse.tokens):
        if not token.is_verb or token.dep not in ("advcl", "ccomp"):
            continue
        words = parse.below(at)
        if parse.tokens[words[0]].lemma in _TAKEN:
            yield f"{parse.words(words[1:]).strip(' ,')}."


def _taken_first(parse: Parse) -> str:
    """Return the clause that a question begins with as what it takes for granted: "As it keeps
    them, …"; empty where it begins otherwise.
    """
    if parse.tokens[0].lemma not in _TAKEN:
        return ""
    for at, token in enumerate(parse.tokens[:-1]):
        behind = parse.tokens[at + 1]
        asks = behind.tag.startswith(("W", "MD")) or behind.lemma in _ASKING
        if token.text == "," and asks:
            head = parse.text[parse.tokens[1].start : token.start]
            return f"{head}." if is_sentence(parse_one(head)) else ""
    return ""
