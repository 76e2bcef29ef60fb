"""Yes or No for a drop-down from one cited sentence that says all of what a row asks; pure.

What an answer cites was found for the question, so it may be read more freely than what is
searched for proof: a cell, a labelled item or a sentence with a condition counts where its words,
its heading and the condition say all that is asked. A word too few, another place, a hedge or a
denial of something else leave the row open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.reasoning.ask import Ask
from assistant.triage.allowed_value import Decision
from corpus.language.parsing import Parse, parse_one
from corpus.language.sentences import readable
from corpus.language.terms import query_terms
from corpus.places import Gazetteer
from corpus.types import Chunk
from index.searching.reader import IndexReader

_STEM = 5
"""Letters that two words share when they are forms of one."""
_ALL_SAID = 0.85
"""Share of the question's words that a sentence and what stands around it have to say."""
_OWN = 0.6
"""The same of the sentence alone."""
_CONDITION_SAID = 0.6
"""Share of a condition's words that the question has to say for it to be met."""
_FEWEST = 3
"""Words that a question must have for a sentence to say all of them by more than chance."""
_TOTAL = re.compile(
    r"\b(?:all|every|always|never|only|solely|exclusively|entirely|any|each|both|completely)\b",
    re.IGNORECASE,
)
_WHOLLY = re.compile(r"\b(?:all|every|always|only|solely|exclusively|entirely)\b", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:all|every|each)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:some|certain|most|many|several|few|mostly|mainly|typically|usually|generally|"
    r"primarily)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:may|might|can|could)\b", re.IGNORECASE)
_ASKS_WHETHER_ANY = re.compile(r"\b(?:may|might|can|could|some|ever)\b", re.IGNORECASE)
_OUT = re.compile(r"\b(?:outside|beyond|leav\w+|out of)\b", re.IGNORECASE)
_TURNING = re.compile(r"\b(?:except|excluding|unless|apart from|other than|without)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:if|when|once|until|provided that|as long as)\b(?P<said>[^,.;]*)", re.IGNORECASE
)
_CASE = re.compile(
    r"\b(?:for|of|our|if|where|when)\b.{0,20}\b(?:tenants?|customers?|provision\w*)\b",
    re.IGNORECASE,
)
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_NOT_YET = re.compile(r"\b(?:plan\w*|soon|upcoming|future)\b", re.IGNORECASE)
_UNSAID = frozenset(
    "vendo suppl provi compa organ custo clien tenan user users admin servi order purpo use used "
    "only some all every any each alway never".split()
)
"""Stems of who asks or is asked, of words that only join, and of how much is asked, which is held
against the sentence apart: these it need not say."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, and what stands around it."""

    text: str
    around: str


def said_outright(ask: Ask, chunks: Sequence[Chunk], index: IndexReader) -> Decision | None:
    """Return what cited passages say of a question for Yes or No in so many words; None where none
    does, or two say otherwise.
    """
    found = {
        decided for chunk in chunks for said in _sentences(chunk, chunks, index)
        if (decided := _decision(ask, said, index.gazetteer)) is not None
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _sentences(chunk: Chunk, cited: Iterable[Chunk], index: IndexReader) -> Iterator[_Said]:
    """Yield what a passage says, each cell of a row by itself, with its heading, its lead-in, the
    names of what the document is about, and what else is cited of the same item.
    """
    lead_in = readable(chunk.lead_in) if chunk.lead_in else ""
    if _TURNING.search(lead_in):  # What it says is what the lead-in leaves out.
        return
    about = index.documents[chunk.document].about
    beside = (
        readable(one.text) for one in cited
        if one is not chunk and (one.document, one.block) == (chunk.document, chunk.block)
    )  # fmt: skip
    around = " ".join((about.service, about.publisher, *chunk.path, lead_in, *beside))
    if not chunk.pairs:
        own = readable(chunk.text)
        led = bool(lead_in) and not any(one.tag in _FINITE for one in parse_one(own).tokens)
        yield _Said(f"{lead_in.rstrip(' :')} {own}" if led else own, around)
    for pair in chunk.pairs:
        row = " ".join(one.value for one in chunk.pairs if one is not pair)
        yield _Said(readable(pair.value), f"{around} {pair.title} {row}")


def _decision(ask: Ask, said: _Said, gazetteer: Gazetteer) -> Decision | None:
    """Return what one sentence says of a question; None where it does not say all of it."""
    if not _says_all(ask.question, said) or not _is_there(ask, said, gazetteer):
        return None
    if _TURNING.search(said.text) or not _is_met(ask, said.text, gazetteer):
        return None
    denials = tuple(_denied(parse_one(said.text)))
    if denials and not _is_of(denials, ask.question):
        return None
    return _held(ask.question, said.text, denied=bool(denials))


def _held(question: str, said: str, *, denied: bool) -> Decision | None:
    """Return how a sentence that says all of a question, or denies it, answers it: by how much is
    asked, and of how much it is said.
    """
    asks_denied = any(True for _ in _denied(parse_one(question)))
    of_some = _SOME.search(said) is not None and not asks_denied
    if of_some and denied and _UNIVERSAL.search(question):
        return Decision.NO  # Certain ones do not, so not all do.
    if of_some and not denied and _WHOLLY.search(question):
        return Decision.PARTIAL  # "Typically in Oslo", where it is asked if in Oslo only.
    if _TOTAL.search(question) or _is_hedged(question, said):
        return None
    return Decision.YES if denied == asks_denied else Decision.NO


def _says_all(question: str, said: _Said) -> bool:
    """Tell whether a sentence and what stands around it say all the words of a question."""
    asked = _stems(question) - _UNSAID
    own, around = _stems(said.text), _stems(said.around)
    if len(asked) < _FEWEST or len(asked & (own | around)) < _ALL_SAID * len(asked):
        return False
    return len(asked & own) >= _OWN * len(asked)


def _is_there(ask: Ask, said: _Said, gazetteer: Gazetteer) -> bool:
    """Tell whether a sentence is of the places that are asked for, on their side of the border."""
    if bool(_OUT.search(ask.question)) != bool(_OUT.search(said.text)):
        return False
    named = {
        id_ for one in gazetteer.mentions(f"{said.text} {said.around}")
        for id_ in (one.place.id, *one.place.within)
    }  # fmt: skip
    words = _stems(f"{said.text} {said.around}")
    return all(
        _stems(one.words) <= words or all(place.id in named for place in one.places)
        for one in ask.placed
    )


def _is_met(ask: Ask, said: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a question says each condition of a sentence. One about a place is met where
    the question has a case of its own there, and no other place: "for tenants in Norway".
    """
    placed = any(gazetteer.mentions(found["said"]) for found in _CONDITION.finditer(said))
    if placed and (len({place.id for place in ask.places}) != 1 or not _CASE.search(ask.question)):
        return False
    asked = _stems(ask.question) | _UNSAID
    return all(
        len(words & asked) >= _CONDITION_SAID * len(words)
        for found in _CONDITION.finditer(said)
        if (words := _stems(found["said"]))
    )


def _is_hedged(question: str, said: str) -> bool:
    """Tell whether a sentence says less than a question asks: of some, that it may be, not yet."""
    if _NOT_YET.search(said) and not _NOT_YET.search(question):
        return True
    hedged = _SOME.search(said) or _MAY.search(said)
    return bool(hedged) and not (_ASKS_WHETHER_ANY.search(question) or _SOME.search(question))


def _denied(parse: Parse) -> Iterator[frozenset[str]]:
    """Yield the stems of the words that each denial of a sentence is of."""
    for token in parse.tokens:
        if token.dep == "neg" or token.lemma in ("no", "never", "neither"):
            joined = (token.head, *parse.children(token.head, "conj", "dobj", "xcomp"))
            yield frozenset(parse.tokens[i].lemma[:_STEM] for i in joined)


def _is_of(denials: tuple[frozenset[str], ...], question: str) -> bool:
    """Tell whether a sentence denies one thing, and that is what is asked."""
    return len(denials) == 1 and bool(denials[0] & _stems(question))


def _stems(text: str) -> set[str]:
    return {term[:_STEM] for term in query_terms(text)}
