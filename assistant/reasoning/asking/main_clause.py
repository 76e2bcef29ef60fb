"""The clause that asks, without what wraps it up, and what the asker says of the own case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reasoning.asking.question_text import QuestionText, Word
from assistant.reasoning.asking.question_words import LISTING, WHOLE, WRAPPERS

WH = frozenset("who whom whose what which where when why how".split())
AUXILIARIES = frozenset(
    "do does did is are was were be can could may might must shall should will would has have "
    "had am".split()
)
ENDS = frozenset("? ! . … ... ;".split())
_OWN = frozenset("we our i my i'm".split())
_SUPPOSING = frozenset("if when since as because given suppose supposing assuming once".split())
_DEPENDING = frozenset("if after once unless".split())
"""Words before a case at the end of a question: "if we pay for more"."""
_REPORTING = frozenset("want ask wonder hear say tell like try know understand".split())
_THAT_IS_ASKED = frozenset(
    "true correct possible right confirm claims claim says said verify check think sure "
    "fair safe certain case".split()
)
_REPORTED = frozenset(
    "claims claim claimed asked says said checked told confirm verify insists believes "
    "thinks".split()
)
_MAY_SAY = frozenset("can may could should might".split())
_TELLING = frozenset(
    "tell say promise assure guarantee write state declare report confirm certify answer assume "
    "claim".split()
)
"""What "can I … that" asks the truth of."""
_GIVING = frozenset(
    "give gimme know help tell show list name need want provide send out get find "
    "state specify".split()
)
_OPENERS = frozenset(", - – — : but so please hey and".split())


@dataclass(frozen=True, slots=True)
class MainClause:
    """What is asked, apart from what is said around it."""

    words: tuple[Word, ...]
    is_whether: bool
    """True where "whether", "if" or "confirm that" leads it in."""
    before: tuple[tuple[Word, ...], ...]
    """What goes before it, and says of what case it is asked."""

    @property
    def first(self) -> str:
        """The word that it begins with, in lower case; empty where there is none."""
        return self.words[0].low if self.words else ""


def main_clause(read: QuestionText) -> MainClause:
    """Find the clause that asks."""
    sentences = list(_sentences(read.words))
    if not sentences:
        return MainClause((), is_whether=False, before=())
    at = next((i for i, one in enumerate(sentences) if _asks(one)), len(sentences) - 1)
    supposed, words = _without_supposition(sentences[at])
    words, whether = _unwrapped(words)
    behind = tuple(one for one in sentences[at + 1 :] if one[-1].low != "?")
    before = (*sentences[:at], *((supposed,) if supposed else ()), *behind)
    return MainClause(words, whether, before)


def own_cases(clause: MainClause, read: QuestionText) -> tuple[str, ...]:
    """Return what the asker says of the own case beside the question."""
    found: list[str] = []
    for sentence in clause.before:
        words = _content(sentence)
        own = words[0].low in _OWN and not any(w.lemma in _REPORTING for w in words[:3])
        if own or words[0].low in _SUPPOSING | _DEPENDING:
            found.extend(read.said(part) for part in _joined(words))
    return tuple(found)


def _content(words: Sequence[Word]) -> tuple[Word, ...]:
    kept = tuple(word for word in words if word.low not in ENDS)
    return kept[:-1] if kept[-1].low == "," else kept


def _joined(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the parts of a sentence that "and" joins, where a verb or a thing begins each."""
    for at, word in enumerate(words[:-1]):
        if word.low == "and" and at > 1 and not words[at + 1].said[0].isupper():
            yield words[:at]
            rest = words[at + 1 :]
            yield rest[1:] if rest[0].low in ("we", "i") and len(rest) > 2 else rest
            return
    yield words


def _sentences(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    run: list[Word] = []
    for at, word in enumerate(words):
        run.append(word)
        behind = words[at + 1] if at + 1 < len(words) else None
        ends = word.low in ENDS and (behind is None or behind.start > word.end or word.low != ".")
        if (ends or behind is None) and any(one.low[0].isalnum() for one in run):
            yield tuple(run)
            run = []


def _asks(words: Sequence[Word]) -> bool:
    if words[-1].low == "?":
        return True
    if words[0].low in WH | AUXILIARIES | LISTING or words[0].tag == "VB":
        return True
    start = _start(words)
    return start is not None and start[0] > 0


def _without_supposition(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Part "If we move, …" and "We are in Chile, …" from what is asked behind the comma."""
    first = next((i for i, w in enumerate(words) if w.low not in ("so", "and", "well", ",")), 0)
    for at, word in enumerate(words[1:-2], 1):
        if word.low in _DEPENDING and words[at + 1].low in _OWN and not _wraps(words[:at]):
            return (words[at:], words[:at])
    comma = next((i for i, word in enumerate(words) if word.low == "," and i > first + 2), None)
    if comma is None or len(words) - comma < 4:
        return (), words
    behind = words[comma + 1]
    led = behind.tag in ("IN", "TO") and words[comma + 2].low in WH
    asks = led or behind.low in AUXILIARIES | WH | _OPENERS
    if words[first].low in _OWN or (words[first].low in _SUPPOSING and asks):
        return words[first:comma], words[comma + 1 :]
    return (), words


def _unwrapped(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], bool]:
    found = _start(words)
    if found is None:
        return _without_greeting(words), False
    start, whether = found
    if whether:
        inner = _start(words[start:])
        if inner is not None and inner[1] and inner[0] < 3:
            start += inner[0]
    return words[start:], whether


def _start(words: Sequence[Word]) -> tuple[int, bool] | None:
    """Return where the clause begins that is asked, and whether "whether" leads it in."""
    for at, word in enumerate(words):
        found = _starts(words, at)
        if found is not None:
            return found
        if word.low not in WRAPPERS:
            break
    for at, word in enumerate(words[1:], 1):
        before = words[:at]
        reported = any(one.low in _REPORTED for one in before) or _may_say(before)
        if word.low in ("whether", "that", "if") and reported:
            return at + 1, True
    return None


def _may_say(words: Sequence[Word]) -> bool:
    """Tell whether words ask if something may be said: "can I tell the auditor"."""
    return any(
        one.low in _MAY_SAY and after.low in ("i", "we") for one, after in pairwise(words[:3])
    ) and any(one.lemma in _TELLING for one in words)


def _starts(words: Sequence[Word], at: int) -> tuple[int, bool] | None:
    """Tell whether the clause that is asked begins with a word, all before it being wrapping."""
    low = words[at].low
    before = [one.low for one in words[:at]]
    told = any(one in _THAT_IS_ASKED for one in before) or _may_say(words[:at])
    that = low == "that" and told
    choice = low == ":" and "yes" in before and "no" in before
    if at and (low in ("whether", "if") or that or choice):
        return at + 1, True
    if low in WH:
        return _with_preposition(words, at), False
    lists = low in LISTING and words[at].tag[:2] in ("VB", "NN") and (not at or before[-1] != "the")
    gives = low in WHOLE and (not at or any(one in _GIVING for one in before))
    return (at, False) if (lists and low != "list") or gives or (lists and at < 5) else None


def _wraps(words: Sequence[Word]) -> bool:
    return all(word.low in WRAPPERS and word.low not in ("what", "even") for word in words)


def _with_preposition(words: Sequence[Word], at: int) -> int:
    """Return where a question word begins with its preposition: "in which"."""
    return at - 1 if at and words[at - 1].tag in ("IN", "TO", "RP") else at


def _without_greeting(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave out what goes before an auxiliary that asks: "hey, quick one - do my …"."""
    for at, word in enumerate(words[1:], 1):
        opens = words[at - 1].low in _OPENERS
        if word.low in AUXILIARIES | WH and opens and len(words) - at > 3:
            return words[at:]
    return words
