"""Several questions in one: "Where is it stored, and for how long?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reasoning.asking.main_clause import AUXILIARIES, ENDS, WH
from assistant.reasoning.asking.question_text import Word, read_text
from assistant.reasoning.asking.question_words import LISTING

_ORDERS = LISTING | {"say", "tell", "name", "give", "show", "explain", "count"}


def question_parts(question: str) -> tuple[str, ...]:
    """Return the questions that are asked in one, as it says them; itself where it is one."""
    read = read_text(question)
    cuts = list(_cuts(read.words))
    if not cuts:
        return (question,)
    parts: list[str] = []
    at = 0
    for end, begin in (*cuts, (len(read.words), len(read.words))):
        words = list(read.words[at:end])
        while words and words[-1].low in (*ENDS, ","):
            words.pop()
        if words:
            parts.append(read.said(words))
        at = begin
    return tuple(parts)


def _cuts(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where a question ends and where the next begins."""
    asked = False
    for at, word in enumerate(words):
        begin = at + 1
        if word.low == "and" and asked and _begins(words, begin := _after_joining(words, at)):
            yield at, begin
        elif word.low == "?" and asked and _begins(words, begin):
            yield at, begin
        opens = not at or words[at - 1].low in (*ENDS, ",", "-", "so", "but", "please")
        asked = asked or word.low in WH
        asked = asked or (opens and (word.low in AUXILIARIES or word.low in _ORDERS))


def _after_joining(words: Sequence[Word], at: int) -> int:
    """Return where it goes on behind "and", "and, if so,"."""
    begin = at + 1
    if [w.low for w in words[begin : begin + 1]] == [","]:
        begin += 1
    if [w.low for w in words[begin : begin + 2]] == ["if", "so"]:
        begin += 2
        begin += [w.low for w in words[begin : begin + 1]] == [","]
    return begin


def _begins(words: Sequence[Word], at: int) -> bool:
    """Tell whether a question begins with a word: "and for how long"."""
    front = [word.low for word in words[at : at + 3]]
    if not front:
        return False
    if front[0] in WH or front[0] in _ORDERS:
        return True
    if front[0] in AUXILIARIES and len(front) > 1:
        return True
    return words[at].tag in ("IN", "TO") and front[1:2] != [] and front[1] in WH
