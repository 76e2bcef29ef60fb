"""A question about a set, and what it asks besides of the members that it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.language.terms import WORD

_WH = frozenset(
    "which where what how who whom whose when why is are does do in to for on at from say name "
    "list of can must".split()
)  # fmt: skip
_THEM = frozenset({"those", "these", "them", "they", "each", "one", "ones", "it", "such", "any"})
_QUESTION_WORDS = frozenset("which where what how who".split())
_SHORT = 8
"""Words of a further part that names nothing of its own."""
_FEWEST = 3
"""Words that the main question has at least."""


class Besides(StrEnum):
    """What a further part of a question asks of the members."""

    OF_THESE = "of these"
    """Which of them, or whether any of them, fit something more."""
    DETAIL = "detail"
    """Something about each: where it is, what it stands for."""
    COUNT = "count"
    """How many of another set."""
    OTHERS = "others"
    """Which of the set do not fit."""
    NAMES = "names"
    """Which they are: nothing that the members do not say."""
    OTHER = "other"
    """Something that no set tells."""


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """A question taken apart."""

    main: str
    besides: str = ""
    asks: Besides | None = None


def parts_of(question: str) -> QuestionParts:
    """Take apart a question that asks for members and for something of them."""
    at = _joint(question)
    if at is None:
        return QuestionParts(question)
    main, besides = question[: at[0]].rstrip(" ,;.?!"), question[at[1] :].strip()
    return QuestionParts(main, besides, _asks(besides))


def _joint(question: str) -> tuple[int, int] | None:
    """Return where the first part ends and the second begins."""
    words = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(question)]
    asked = False
    for at, (word, start, end) in enumerate(words):
        before = asked
        asked = asked or word in _QUESTION_WORDS or word in ("list", "name", "count", "give")
        if not before or at < _FEWEST or at + 1 >= len(words):
            continue
        follows = words[at + 1][0]
        behind = question[:start].rstrip()
        if word == "and" and _opens(words[at + 1 :], behind.endswith(",")):
            return len(behind), end
        if (
            behind.endswith(("?", ".", ";"))
            and (word in _WH or follows in _THEM)
            and len(question[:start]) > 20
        ):
            return len(behind), start
    return None


def _opens(words: list[tuple[str, int, int]], set_off: bool) -> bool:
    """Tell whether words after "and" open a question of their own."""
    first = words[0][0]
    if first in _QUESTION_WORDS:
        return True
    if len(words) == 1:
        return False
    second = words[1][0]
    if first in ("in", "to", "for", "on", "at", "from", "of") and second in _QUESTION_WORDS:
        return True
    if first in ("is", "are", "does", "do", "say", "name", "list", "who"):
        return set_off or second in _THEM
    return False


def _asks(besides: str) -> Besides:
    words = [match.group().lower() for match in WORD.finditer(besides)]
    told = set(words)
    if "how" in told and "many" in told:
        return Besides.COUNT
    if _bare(words):
        return Besides.NAMES
    if _bare([word for word in words if word not in ("not", "don't", "aren't", "isn't")]):
        return Besides.OTHERS
    if _of_these(words):
        return Besides.OF_THESE
    details = ("where", "what", "in", "to", "on", "for", "at", "from", "how", "which")
    return Besides.DETAIL if words[0] in details else Besides.OTHER


def _of_these(words: list[str]) -> bool:
    """Tell whether words ask which of the members found fit something more."""
    told = set(words)
    if "of" in told and told & {"those", "these", "them"}:
        return True
    if words[0] in ("is", "are", "do", "does") and "any" in told:
        return True
    return "which" in told and bool(told & {"not", "still"}) and len(words) <= _SHORT


def _bare(words: list[str]) -> bool:
    plain = {"which", "what", "are", "they", "these", "those", "name", "them", "list", "is",
             "it", "who", "please", "all", "ones", "each", "say"}  # fmt: skip
    return set(words) <= plain
