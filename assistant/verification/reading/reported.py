"""What a sentence says of the page itself: that it states something, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from assistant.verification.reading.spoken import Assertion, Spoken, tokens
from assistant.verification.reading.values import dates, values
from assistant.verification.reading.words import concepts
from corpus.language.propositions import Link, Proposition

PAGES = frozenset(
    "page document article section text list table entry passage documentation guide agreement "
    "notice policy source row sentence term".split()
)
"""What is said to state something."""
_POINTING = frozenset({"it", "they", "this", "that", "these", "which", "nothing"})
_STATES = frozenset(
    "say state mention specify give name describe explain list tell address cover indicate "
    "disclose provide identify quantify define show set contain note advise distinguish present "
    "confine point send refer limit make offer include detail speak clarify lay recommend".split()
)
_SURELY = frozenset(
    "say state mention specify name disclose indicate quantify describe explain detail "
    "clarify define identify address".split()
)
"""Verbs that speak of pages even where "it" does it."""
_TOLD = frozenset({"say", "state", "mention", "specify", "give", "disclose", "indicate", "quantify",
                   "describe", "name", "explain", "define"})  # fmt: skip
_DESCRIBES = frozenset(
    "describe address cover explain discuss detail define outline show present give specify "
    "clarify mention".split()
)
"""Verbs by which a page speaks of a topic."""
_QUESTIONS = ("WDT", "WP", "WP$", "WRB")
_ABSENT = frozenset({"not", "n't", "no", "nothing", "neither", "nor", "without", "never"})
_ASKED = {
    "long": "duration", "duration": "duration", "period": "duration", "time": "duration",
    "date": "date", "when": "date", "deadline": "date",
}  # fmt: skip
_FEWEST, _MANY = 2, 4
"""Words that a passage has to say: of which one asks for a kind of value, or of which none does."""


class Frame(Enum):
    """How a sentence says something: by itself, as what a page does not say, or as its topic."""

    SAID = "said"
    UNTOLD = "untold"
    TOPIC = "topic"


def on_page(one: Proposition | None, *, before: bool) -> bool:
    """Tell whether a proposition says that a page states something.

    `before` tells whether the sentence has spoken of the page already, so that "it" may mean it.
    """
    if one is None:
        return False
    if one.lemma.split()[0] not in _STATES:
        return False
    if one.subject is None:
        return before and one.lemma in _SURELY
    if one.subject.lemma in PAGES:
        return True
    return one.subject.lemma in _POINTING and before


def is_untold(said: Spoken, one: Proposition | None, words: Iterable[int]) -> bool:
    """Tell whether a proposition says that something is not stated: "is not specified"."""
    if one is None or not (one.negated or said.lemmas & {"nothing"}):
        return False
    within = set(words)
    pages = any(
        said.parse.tokens[i].lemma in PAGES or said.parse.tokens[i].tag in ("WRB", "WP", "WDT")
        for i in within
    )
    return one.passive and one.lemma in _TOLD and (pages or one.complement is None)


def unframed(found: Sequence[Assertion]) -> Iterator[tuple[Assertion, Frame]]:
    """Yield assertions without "the page says that", and how each says something of the page."""
    before = False
    for one in found:
        if on_page(one.proposition, before=before):
            before = True
            bare = _unframed(one)
            if _denies(one):
                yield bare, Frame.UNTOLD
            else:
                yield bare, Frame.TOPIC if _is_topic(one, bare) else Frame.SAID
        elif is_untold(one.said, one.proposition, one.words):
            yield one, Frame.UNTOLD
        else:
            yield one, Frame.SAID


def _is_topic(one: Assertion, bare: Assertion) -> bool:
    """Tell whether a page is said to speak of something, and not what it says of it."""
    proposition = one.proposition
    if proposition is None or proposition.lemma not in _DESCRIBES:
        return False
    inner = bare.proposition
    asks = any(one.said.parse.tokens[i].tag in _QUESTIONS for i in one.words)
    return inner is None or asks


def _denies(one: Assertion) -> bool:
    return one.proposition is not None and (
        one.proposition.negated
        or any(
            one.said.parse.tokens[i].lemma in _ABSENT
            for i in one.words
            if one.said.parse.tokens[i].dep in ("det", "neg", "preconj", "cc")
            and _hangs_near(one, i)
        )
    )


def _hangs_near(one: Assertion, at: int) -> bool:
    verb = one.proposition.verb if one.proposition else at
    head = one.said.parse.tokens[at].head
    return head == verb or one.said.parse.tokens[head].head == verb


def _unframed(one: Assertion) -> Assertion:
    said, proposition = one.said, one.proposition
    if proposition is None:
        return one
    parse = said.parse
    dropped = {proposition.verb, *parse.children(proposition.verb, "aux", "neg", "prt", "advmod")}
    if proposition.subject is not None:
        dropped.update(parse.at(*proposition.subject.span))
    inner = [
        p for p in said.propositions
        if p.link is Link.COMPLEMENT and p.around is not None
        and said.propositions[p.around].verb == proposition.verb and p.verb > proposition.verb
    ]  # fmt: skip
    words = tuple(i for i in one.words if i not in dropped)
    finite = [p for p in inner if p.subject is not None]
    return replace(one, proposition=finite[0] if finite else None, words=words)


def stated_after_all(one: Assertion, texts: Iterable[str]) -> str:
    """Return the passage of a document that states what an assertion says it does not."""
    words = [
        i for i in one.telling
        if one.said.parse.tokens[i].lemma not in PAGES | _STATES | set(_ASKED)
    ]  # fmt: skip
    wanted = {_ASKED[lemma] for lemma in one.lemmas if lemma in _ASKED}
    if len(words) < (_FEWEST if wanted else _MANY):
        return ""
    return next((text for text in texts if _states(text, one, words, wanted)), "")


def _states(text: str, one: Assertion, words: Sequence[int], wanted: set[str]) -> bool:
    meant = frozenset(c for word in tokens(text) for c in concepts(word))
    if not all(one.said.meant[i] & meant for i in words):
        return False
    if "duration" in wanted and not any(value.unit for value in values(text)):
        return False
    return "date" not in wanted or bool(dates(text))
