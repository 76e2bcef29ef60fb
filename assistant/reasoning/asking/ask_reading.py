"""Reads a question: what it wants, and what constrains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.reasoning.ask import Ask, PlaceRelation, Wanted
from assistant.reasoning.asking.completing import completed
from assistant.reasoning.asking.constraint_reading import is_denied, read_kind, read_time
from assistant.reasoning.asking.main_clause import MainClause, main_clause, own_cases
from assistant.reasoning.asking.names_asked import data_said, names_said, terms_said
from assistant.reasoning.asking.places_asked import (
    attributes,
    is_scope_named,
    placed,
    places_said,
)
from assistant.reasoning.asking.places_narrowed import PlaceSaid
from assistant.reasoning.asking.question_text import QuestionText, Word, read_text
from assistant.reasoning.asking.question_words import KINDS, PARTIES
from assistant.reasoning.asking.several_questions import question_parts
from assistant.reasoning.asking.wanted_reading import WantedRead, read_wanted
from assistant.understanding.small_talk import is_courtesy
from corpus.facts.types import StatementKind
from corpus.places import Gazetteer

_JOINING = frozenset("and also what how even but or plus".split())
_DOUBTING = frozenset("sure certain positive".split())
_TALK_ORDERS = frozenset(
    "answer reply respond save translate repeat shorten summarize summarise print stop restart "
    "forget ignore shorter longer help test".split()
)
"""First words of what is said to the assistant about its answers."""
_BEING_IN = (Wanted.WHETHER, Wanted.DATE)
_NOT_DENYING = (
    StatementKind.NOT_SUPPORTED,
    StatementKind.EXCLUDED,
    StatementKind.REQUIRED,
    None,
)
"""Kinds that are denied of something else than of a place."""


def read_ask(question: str, gazetteer: Gazetteer, *, earlier: Ask | None = None) -> Ask:
    """Read a question; of several in one, the first.

    What it lacks is taken over from `earlier`, the question before it in a conversation.
    """
    if is_courtesy(question) or not question.strip():
        return Ask(question, Wanted.UNKNOWN)
    read = read_text(question_parts(question)[0])
    ask = _read(question, read, main_clause(read), gazetteer)
    return completed(ask, earlier) if earlier is not None else ask


def _read(question: str, read: QuestionText, clause: MainClause, gazetteer: Gazetteer) -> Ask:
    wanted = read_wanted(clause)
    plain = wanted or WantedRead(Wanted.WHETHER)
    words, cases = _without_case(read, clause.words)
    said = places_said(read, words, gazetteer)
    if plain.wanted is Wanted.DEFINITION:
        said = []
    scopes = [one for one in said if is_scope_named(words, one)]
    described, parties = attributes(words, said)
    only_described = [one for i, one in enumerate(said) if i in described and one not in scopes]
    said = [one for one in said if one not in scopes and one not in only_described]
    names = _names(read, clause, words, (*said, *only_described), plain.wanted, gazetteer)
    ask = Ask(
        question=question,
        wanted=plain.wanted,
        of=plain.of,
        subjects=names,
        placed=(),
        data=data_said(read, words, _covered(said) | _indices(read, words, names)),
        kind=read_kind(clause, plain.wanted),
        denied=is_denied(clause, plain.wanted),
        time=read_time(clause, plain.wanted),
        case=(*own_cases(clause, read), *cases, *_party_cases(read, words, parties)),
        head=plain.head,
    )
    return _decided(_with_places(ask, read, words, said), clause, wanted)


def _with_places(
    ask: Ask, read: QuestionText, words: Sequence[Word], said: Sequence[PlaceSaid]
) -> Ask:
    denies = ask.denied and ask.kind not in _NOT_DENYING
    found = placed(read, words, said, denied=denies)
    low = {word.low for word in words}
    lies = any(word.lemma == "be" for word in words) and ask.wanted in _BEING_IN
    lies = lies and not low & {"there", "available", "unavailable", "supported", "offered", "any"}
    inside = any(one.relation in (PlaceRelation.IN, PlaceRelation.ONLY_IN) for one in found)
    kind = StatementKind.STORED if ask.kind is None and lies and inside else ask.kind
    return replace(ask, placed=found, kind=kind)


def _decided(ask: Ask, clause: MainClause, wanted: WantedRead | None) -> Ask:
    """Leave open what is wanted where no word tells it: in a fragment, and in small talk."""
    words = [word for word in clause.words if word.low[0].isalnum()]
    low = {word.low for word in words}
    says_nothing = not (ask.subjects or ask.placed or ask.data or ask.kind)
    to_assistant = says_nothing and bool(low & {"you", "your"}) and not low & _DOUBTING
    if to_assistant or (words and words[0].low in _TALK_ORDERS):
        return replace(ask, wanted=Wanted.UNKNOWN)
    declines = clause.first in ("no", "nope", "nah", "not") or [w.low for w in words[:2]] == [
        "do",
        "n't",
    ]
    if declines and clause.words[-1].low != "?":
        return replace(ask, wanted=Wanted.UNKNOWN)
    if wanted is not None:
        return ask
    told = bool(ask.kind or ask.placed) or (clause.words[-1:] != () and clause.words[-1].low == "?")
    fragment = bool(words) and words[0].low in _JOINING
    order = bool(clause.words) and clause.words[0].tag == "VB" and clause.words[-1].low != "?"
    short = len(words) < 4 and not ask.kind and not ask.placed
    if says_nothing or fragment or order or short or not told:
        return replace(ask, wanted=Wanted.UNKNOWN)
    return ask


def _names(
    read: QuestionText,
    clause: MainClause,
    words: Sequence[Word],
    said: Sequence[PlaceSaid],
    wanted: Wanted,
    gazetteer: Gazetteer,
) -> tuple[str, ...]:
    if wanted is Wanted.DEFINITION and (found := terms_said(read, words)):
        return found
    names = names_said(read, words, _covered(said))
    hidden = clause.words[len(words) :] if len(words) < len(clause.words) else ()
    if hidden and not names:
        names = names_said(read, clause.words, _covered(places_said(read, clause.words, gazetteer)))
    refers = any(word.low in ("it", "they", "them") for word in words)
    if names and not refers:
        return names
    return tuple(dict.fromkeys((*_names_before(read, clause, gazetteer), *names)))


def _names_before(read: QuestionText, clause: MainClause, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the names in sentences before the question, where it has none itself."""
    found: list[str] = []
    for sentence in clause.before:
        inside = _covered(places_said(read, sentence, gazetteer))
        if any(word.said[0].isupper() for word in sentence[1:]):
            found.extend(names_said(read, sentence, inside))
    return tuple(dict.fromkeys(found))


def _covered(said: Sequence[PlaceSaid]) -> set[int]:
    return {i for one in said for i in range(one.first, one.last + 1)}


def _indices(read: QuestionText, words: Sequence[Word], names: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        start = read.text.find(name)
        found.update(
            i for i, word in enumerate(words)
            if start >= 0 and word.start < start + len(name) and start < word.end
        )  # fmt: skip
    return found


def _party_cases(
    read: QuestionText, words: Sequence[Word], parties: Sequence[int]
) -> tuple[str, ...]:
    return tuple(read.said(words[at - 1 : at + 1]) for at in parties)


def _without_case(
    read: QuestionText, words: tuple[Word, ...]
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """Part what is asked from the case that it is asked for: "for customers in Japan"."""
    for at, word in enumerate(words):
        if word.low != "for" or not at:
            continue
        party = _party(words, at + 1)
        if party is None:
            continue
        end = next((i for i, w in enumerate(words) if i > party and w.low in "?.!,"), len(words))
        said = [w for w in words[at + 1 : end] if w.low not in ("the", "our", "all")]
        return (*words[:at], *words[end:]), (read.said(said),)
    return words, ()


def _party(words: Sequence[Word], start: int) -> int | None:
    """Return the noun of a party that ends a noun phrase in the plural."""
    for at in range(start, min(start + 4, len(words))):
        word = words[at]
        done = word.lemma in KINDS or word.tag in ("VBG", "VBZ", "VBP", "MD")
        if done or word.low in ("?", ",", "which", "what"):
            return None
        behind = words[at + 1] if at + 1 < len(words) else None
        ends = behind is None or not behind.tag.startswith("NN")
        if word.lemma in PARTIES and word.low != word.lemma and ends:
            return at
    return None
