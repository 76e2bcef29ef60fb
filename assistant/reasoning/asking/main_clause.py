"""The clause that asks, without what wraps it up, and what the asker says of the own case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reasoning.asking.question_text import QuestionText, Word
from assistant.reasoning.asking.question_words import LISTING, WHOLE, WRAPPERS

WH = frozenset("who whom whose what which where when why how".split())
AUXILIARIES = frozenset(
    "do does did is are was were be can could may might must shall should will would has have "
    "had am".split()
)
_ENDS = frozenset("? ! .".split())
_OWN = frozenset("we our i my i'm".split())
_REPORTING = frozenset("want ask wonder hear say tell like try".split())
_THAT_IS_ASKED = frozenset(
    "true correct possible right confirm claims claim says said verify check think sure".split()
)


@dataclass(frozen=True, slots=True)
class MainClause:
    """What is asked, apart from what is said around it."""

    words: tuple[Word, ...]
    is_whether: bool
    """True where "whether", "if" or "confirm that" leads it in."""
    behind: tuple[Word, ...]
    """What further sentences say."""
    before: tuple[tuple[Word, ...], ...]
    """Sentences before it, which say of what case it is asked."""

    @property
    def first(self) -> str:
        """The word that it begins with, in lower case; empty where there is none."""
        return self.words[0].low if self.words else ""


def main_clause(read: QuestionText) -> MainClause:
    """Find the clause that asks."""
    sentences = list(_sentences(read.words))
    at = next((i for i, one in enumerate(sentences) if _asks(one)), len(sentences) - 1)
    if at < 0:
        return MainClause((), False, (), ())
    words, whether = _unwrapped(sentences[at])
    behind = tuple(word for one in sentences[at + 1 :] for word in one)
    return MainClause(words, whether, behind, tuple(sentences[:at]))


def own_cases(clause: MainClause, read: QuestionText) -> tuple[str, ...]:
    """Return what the asker says of the own case in sentences before the question."""
    found: list[str] = []
    for sentence in clause.before:
        if sentence[0].low in _OWN and not any(w.lemma in _REPORTING for w in sentence[:3]):
            found.extend(read.said(part) for part in _joined(_content(sentence)))
    return tuple(found)


def _content(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if word.low not in _ENDS)


def _joined(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the parts of a sentence that "and" joins, where a verb or a thing begins each."""
    for at, word in enumerate(words[:-1]):
        behind = words[at + 1]
        if word.low == "and" and at > 1 and not (behind.said[0].isupper()):
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
        ends = word.low in _ENDS or word.low in ("...", "…", ";")
        if ends and (behind is None or behind.start > word.end or word.low != "."):
            if any(one.low[0].isalnum() for one in run):
                yield tuple(run)
                run = []
    if any(one.low[0].isalnum() for one in run):
        yield tuple(run)


def _asks(words: Sequence[Word]) -> bool:
    if words[-1].low == "?":
        return True
    low = [word.low for word in words]
    if low[0] in WH or low[0] in AUXILIARIES or low[0] in LISTING or words[0].tag == "VB":
        return True
    start = _start(words)
    return start is not None and start[0] > 0


def _unwrapped(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], bool]:
    found = _start(words)
    words = tuple(words)
    if found is None:
        return _without_greeting(words), False
    return words[found[0] :], found[1]


def _start(words: Sequence[Word]) -> tuple[int, bool] | None:
    """Return where the clause begins that is asked, and whether "whether" leads it in."""
    for at, word in enumerate(words):
        before = [one.low for one in words[:at]]
        if word.low in ("whether", "if") and at and _wraps(before):
            return at + 1, True
        if word.low == "that" and at and any(one in _THAT_IS_ASKED for one in before):
            return at + 1, True
        if word.low == ":" and "yes" in before and "no" in before:
            return at + 1, True
        if word.low in WH and _wraps(before):
            return _with_preposition(words, at), False
        if word.low in LISTING | WHOLE and _wraps(before):
            return at, False
        if word.low not in WRAPPERS:
            break
    for at, word in enumerate(words[1:], 1):
        if word.low in ("whether", "that") and any(
            one.low in ("claims", "asked", "says", "checked", "told") for one in words[:at]
        ):
            return at + 1, True
    return None


def _wraps(before: Sequence[str]) -> bool:
    return all(one in WRAPPERS for one in before)


def _with_preposition(words: Sequence[Word], at: int) -> int:
    """Return where a question word begins with its preposition: "in which"."""
    return at - 1 if at and words[at - 1].tag in ("IN", "TO", "RP") else at


def _without_greeting(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave out what goes before an auxiliary that asks: "hey, quick one - do my …"."""
    for at, word in enumerate(words[1:], 1):
        opens = words[at - 1].low in (",", "-", "–", "—", ":", "but", "so", "please", "hey")
        if word.low in AUXILIARIES | WH and opens and len(words) - at > 3:
            return words[at:]
    return words
