"""What the documents say of one side of a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from assistant.comparing.answers.side_question import side_question
from assistant.comparing.answers.sides_asked import SideAsked
from assistant.draft import DraftSentence
from assistant.query import Query
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asked import Asked
from assistant.reasoning.asking import read_ask
from assistant.reasoning.findings import Finding, NoDocument, NotStated
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.reason import reason
from assistant.reasoning.say import say
from assistant.reasoning.values import Thing, apart_of, compares_length
from corpus.language.parsing import parse_one
from corpus.language.terms import WORD
from index.types import Hit

Find = Callable[[Query, Scope], list[Hit]]
"""Searches the documents of a scope."""
_TYPES = {
    Wanted.DURATION: frozenset("long period days retention duration early notice soon".split()),
    Wanted.PLACE: frozenset(
        "where place places region regions location country countries city datacenter "
        "datacenters rest rests reside resides world".split()
    ),
}
"""Words that say what is compared, where the question itself asks for Yes or No."""
_BY_LENGTH = (
    Wanted.DIFFERENCE, Wanted.WHETHER, Wanted.UNKNOWN, Wanted.SERVICE, Wanted.DATA, Wanted.ALL_OF,
)  # fmt: skip
"""What a question for the longer one reads like, of one side."""
_OF_COMPARING = (Wanted.DIFFERENCE, Wanted.WHETHER, Wanted.UNKNOWN)
_HOW_EARLY = re.compile(r"how (?:early|soon|late|long)\b", re.I)
_BARE = re.compile(r"(?P<name>.+?) (?P<link>for|in|within) (?:the )?(?P<where>[^?]+)\?$", re.I)
_MOST_WORDS = 45
_MOST = 2


@dataclass(frozen=True, slots=True)
class SideFound:
    """One side with what is found of it."""

    name: str
    question: str
    """What was asked of it alone."""
    finding: Finding | None
    """None where nothing was found."""
    wanted: Wanted = Wanted.UNKNOWN
    """What was asked for."""

    @property
    def is_silent(self) -> bool:
        """Tell whether its documents say nothing of what is asked."""
        return self.finding is None or isinstance(self.finding, NotStated | NoDocument)

    @property
    def sentences(self) -> tuple[DraftSentence, ...]:
        """What is said of it: the first sentence, and a second one while both are short."""
        if self.finding is None or self.is_silent:
            return ()
        kept: list[DraftSentence] = []
        words = 0
        for one in say(self.finding).statements[:_MOST]:
            words += len(one.text.split())
            if kept and words > _MOST_WORDS:
                break
            kept.append(one)
        return tuple(kept)


def sides_found(
    asked: Asked, sides: Sequence[SideAsked], known: Known, find: Find
) -> tuple[SideFound, ...]:
    """Return what the documents of each side say to what is asked of it."""
    found = []
    for side in sides:
        others = [one for one in sides if one is not side]
        called = {span.of(asked.ask.question) for span in side.spans}
        question = _of_place(side_question(asked.ask.question, side, others), called, known)
        query = replace(asked.query, standalone=question)
        hits = tuple(find(query, side.scope))
        alone = replace(known, scope=side.scope, hits=_own_hits(side, others, hits, known))
        ask = _ask(question, asked.ask, known)
        found.append(SideFound(side.name, question, reason(ask, alone), ask.wanted))
    return tuple(found)


def _of_place(question: str, called: Collection[str], known: Known) -> str:
    """Return "Tern Mail for Norway?", which asks for nothing, as a question where data is.

    `called` is what the question calls it: "Exchange Online" has no verb.
    """
    match = _BARE.match(question)
    if match is None:
        return question
    has_verb = any(token.is_verb for token in parse_one(question).tokens)
    if has_verb and match["name"] not in called:
        return question
    where = match["where"]
    mentions = known.gazetteer.mentions(where)
    if not any(one.is_sure and one.end - one.start == len(where) for one in mentions):
        return question
    return f"Where does {match['name']} store data {match['link']} {where}?"


def _own_hits(
    side: SideAsked, others: Sequence[SideAsked], hits: tuple[Hit, ...], known: Known
) -> tuple[Hit, ...]:
    if not side.own or len(others) != 1:
        return hits
    mine, theirs = (Thing(one.name, one.own) for one in (side, others[0]))
    return apart_of(mine, theirs, known, hits)


def _ask(question: str, whole: Ask, known: Known) -> Ask:
    """Return what is wanted of one side: the value that is compared, where one is."""
    ask = read_ask(question, known.gazetteer)
    if _HOW_EARLY.match(question):
        return replace(ask, wanted=Wanted.DURATION)
    if compares_length(whole.question) is not None and ask.wanted in _BY_LENGTH:
        return replace(ask, wanted=Wanted.DURATION, question=question)
    if ask.wanted is whole.wanted is Wanted.WHETHER and not _is_of_wording(whole):
        return ask
    if ask.wanted in _OF_COMPARING:
        words = {match.group().lower() for match in WORD.finditer(question)}
        typed = (wanted for wanted, said in _TYPES.items() if words & said)
        return replace(ask, wanted=next(typed, Wanted.UNKNOWN))
    return ask


_OF_WORDING = frozenset(
    "same identical equal alike equally differ differs different say says state states".split()
)
"""Words of a question for Yes or No that is about what is said, not about whether it is so."""


def _is_of_wording(whole: Ask) -> bool:
    return bool(_OF_WORDING & {match.group().lower() for match in WORD.finditer(whole.question)})
