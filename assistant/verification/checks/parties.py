"""Whether the party that does something, the vendor or its customer, is the one of the ground."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.verification.checks.alignment import Aligned
from assistant.verification.reading.spoken import Spoken, tokens
from assistant.verification.reading.words import is_neutral, stem
from corpus.language.parsing import Parse
from corpus.language.propositions import Proposition

_CUSTOMER = frozenset(
    "you customer user administrator admin tenant organization client subscriber owner".split()
)
_VENDOR = frozenset("we us vendor provider".split())


def another_party(one: Aligned) -> str:
    """Say that the ground has the customer do what the assertion has the vendor do, or the other
    way.
    """
    clause, claim = one.clause, _saying(one)
    if clause is None or claim is None or one.ground.is_row:
        return ""
    if not one.surely and clause.lemma != claim.lemma:
        return ""
    names = _vendor_names(one.ground.passage.far)
    mine = _parties(one.claim.said, _doer(one.claim.said.parse, claim), names)
    theirs = _parties(one.ground.said, _doer(one.ground.said.parse, clause), names)
    if len(mine) == len(theirs) == 1 and mine != theirs:
        return f"the passage says so of another subject, the {min(theirs)}"
    return ""


def _saying(one: Aligned) -> Proposition | None:
    return next((p for p in one.claim.said.propositions if p.verb == one.predicate), None)


def _doer(parse: Parse, one: Proposition) -> tuple[int, ...]:
    """Return the words for who does it: the subject, or behind "by" in the passive."""
    if not one.passive:
        heads: tuple[int, ...] = (one.subject.head,) if one.subject is not None else ()
    else:
        heads = tuple(
            noun for by in parse.children(one.verb, "agent") for noun in parse.children(by, "pobj")
        )
    return tuple(i for head in heads for i in (head, *parse.children(head, "compound")))


def _parties(said: Spoken, words: Iterable[int], names: frozenset[str]) -> set[str]:
    found = set()
    for token in (said.parse.tokens[i] for i in words):
        if token.lemma in _CUSTOMER or token.text.lower() in _CUSTOMER:
            found.add("customer")
        elif token.text.lower() in _VENDOR or token.lemma in _VENDOR:
            found.add("vendor")
        elif token.text[:1].isupper() and stem(token.text) in names:
            found.add("vendor")
    return found


def _vendor_names(far: Iterable[str]) -> frozenset[str]:
    """Return the names in the title of a document and in what it is about."""
    words = (word for text in far for word in tokens(text))
    return frozenset(stem(word) for word in words if word[:1].isupper() and not is_neutral(word))
