"""What a message asks, and of which documents: each question by itself where it asks several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.query import Query, QuestionType, Turn
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking import question_parts, read_ask
from assistant.reasoning.known import Scope
from assistant.reasoning.scope import scope_of
from assistant.types import Profile
from assistant.understanding.question import asks_age, understand
from corpus.language.parsing import parse_one
from index.searching.reader import IndexReader

_MOST = 6
"""Questions in one that are answered; more are no question of a person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants to know, and which documents may speak of it."""

    query: Query
    ask: Ask
    scope: Scope


def asked_of(query: Query, index: IndexReader) -> Asked:
    """Return what a question wants, and of what it is asked."""
    alone = _behind_another(query, index)
    ask = alone or read_ask(query.standalone, index.gazetteer)
    scope = scope_of(query.standalone, ask.subjects, index, follows=query.follows)
    if alone is not None:
        query = replace(query, standalone=alone.question)
    return Asked(query, ask, scope)


def _behind_another(query: Query, index: IndexReader) -> Ask | None:
    """Return what a question wants that is read behind the one before it, where it asks for Yes or
    No of a thing of its own: it decides, and the earlier one only lends it subject and places.
    """
    marks = [at for at, letter in enumerate(query.standalone) if letter == "?"]
    own = max(query.question.count("?"), 1)
    if len(marks) <= own or query.standalone == query.question:
        return None
    at = marks[-own - 1] + 1
    text = query.standalone[at:].strip()
    earlier = read_ask(query.standalone[:at], index.gazetteer)
    ask = read_ask(text, index.gazetteer, earlier=earlier)
    return ask if ask.wanted is not Wanted.UNKNOWN and _has_own_subject(text) else None


def _has_own_subject(text: str) -> bool:
    """Tell whether the last sentence of a text is about a noun of its own."""
    parse = parse_one(text)
    roots = parse.roots()
    about = parse.children(roots[-1], "nsubj", "nsubjpass") if roots else ()
    nouns = (parse.tokens[at] for at in about if parse.tokens[at].tag.startswith("NN"))
    # "Where is that one registered?" is about a noun of the question before.
    return any(noun.lemma != "one" for noun in nouns)


def each_asked(
    query: Query, turns: Sequence[Turn], profile: Profile | None, index: IndexReader
) -> tuple[Asked, ...]:
    """Return what each of the questions in one wants, in their order; one where it asks one.

    A later question takes over from the first what it lacks: subject, places, data and case.
    """
    parts = question_parts(query.question)
    of_page = query.type in (QuestionType.DATE, QuestionType.CURRENT) or asks_age(query.question)
    if of_page or not 1 < len(parts) <= _MOST:
        return (asked_of(query, index),)
    found: list[Asked] = []
    before = tuple(turns)
    for text in parts:
        said = f"{_complete(text)}?"
        read = understand(said, before, profile, index.gazetteer, index.abouts)
        read = replace(read, case=query.case)
        found.append(_taken_over(read, said, found[0], index) if found else asked_of(read, index))
        before = (*before, Turn(said, read.standalone, "", read.type))
    return tuple(found)


def _complete(text: str) -> str:
    """Return a question as a fragment where it has an auxiliary and no verb: "does Tern Mail"."""
    tokens = parse_one(text).tokens
    if tokens and tokens[0].lemma in ("do", "be", "have") and len(tokens) > 1:
        verbs = [one for one in tokens[1:] if one.is_verb]
        if not verbs and tokens[0].lemma == "do":
            return f"And {text[tokens[1].start :]}"
    return text


def _taken_over(query: Query, text: str, first: Asked, index: IndexReader) -> Asked:
    """Return what a later question wants, with what it takes over from the first."""
    leans = query.standalone.startswith(first.query.standalone.rstrip("?"))
    ask = read_ask(text if leans else query.standalone, index.gazetteer, earlier=first.ask)
    own = scope_of(text, read_ask(text, index.gazetteer).subjects, index)
    scope = own if own.is_sure or own.unknown else first.scope
    return Asked(query, replace(ask, question=text if leans else query.standalone), scope)
