"""Reads a question: what it wants, and what constrains it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.asking.completing import completed
from assistant.reasoning.asking.constraint_reading import is_denied, read_kind, read_time
from assistant.reasoning.asking.main_clause import MainClause, main_clause, own_cases
from assistant.reasoning.asking.names_asked import data_said, names_said
from assistant.reasoning.asking.places_asked import placed, places_said
from assistant.reasoning.asking.question_parts import question_parts
from assistant.reasoning.asking.question_text import QuestionText, Word, read_text
from assistant.reasoning.asking.question_words import PARTIES
from assistant.reasoning.asking.wanted_reading import read_wanted
from assistant.understanding.small_talk import is_courtesy
from corpus.places import Gazetteer


def read_ask(question: str, gazetteer: Gazetteer, *, earlier: Ask | None = None) -> Ask:
    """Read a question; of several in one, the first.

    What it lacks is taken over from `earlier`, the question before it in a conversation.
    """
    if is_courtesy(question) or not question.strip():
        return Ask(question, Wanted.UNKNOWN)
    read = read_text(question_parts(question)[0])
    clause = main_clause(read)
    ask = _read(question, read, clause, gazetteer)
    return completed(ask, earlier) if earlier is not None else ask


def _read(question: str, read: QuestionText, clause: MainClause, gazetteer: Gazetteer) -> Ask:
    wanted = read_wanted(clause)
    denied = is_denied(clause, wanted.wanted)
    words, cases = _without_case(read, clause.words)
    said = places_said(read, words, gazetteer)
    inside = {i for one in said for i in range(one.first, one.last + 1)}
    names = names_said(read, words, inside) or _names_before(read, clause, gazetteer)
    taken = inside | _indices(read, words, names)
    return Ask(
        question=question,
        wanted=wanted.wanted,
        of=wanted.of,
        subjects=names,
        placed=placed(read, words, said, denied=denied),
        data=data_said(read, words, taken),
        kind=read_kind(clause, wanted.wanted),
        denied=denied,
        time=read_time(clause, wanted.wanted),
        case=(*own_cases(clause, read), *cases),
        head=wanted.head,
    )


def _names_before(read: QuestionText, clause: MainClause, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the names in sentences before the question, where it has none itself."""
    found: list[str] = []
    for sentence in clause.before:
        said = places_said(read, sentence, gazetteer)
        inside = {i for one in said for i in range(one.first, one.last + 1)}
        if any(word.said[0].isupper() for word in sentence[1:]):
            found.extend(names_said(read, sentence, inside))
    return tuple(dict.fromkeys(found))


def _indices(read: QuestionText, words: Sequence[Word], names: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        start = read.text.find(name)
        found.update(
            i for i, word in enumerate(words)
            if start >= 0 and word.start < start + len(name) and start < word.end
        )  # fmt: skip
    return found


def _without_case(
    read: QuestionText, words: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """Part what is asked from the case that it is asked for: "for customers in Japan"."""
    for at, word in enumerate(words):
        if word.low == "for" and any(w.lemma in PARTIES for w in words[at + 1 : at + 5]):
            end = next((i for i, w in enumerate(words) if i > at and w.low in "?.!,"), len(words))
            said = [w for w in words[at + 1 : end] if w.low not in ("the", "our", "all")]
            return (*words[:at], *words[end:]), (read.said(said),)
    return words, ()
