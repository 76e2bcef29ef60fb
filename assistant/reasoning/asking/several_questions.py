"""Several questions in one: "Where is it stored, and for how long?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.reasoning.asking.main_clause import AUXILIARIES, ENDS, WH
from assistant.reasoning.asking.question_text import Word, read_text
from assistant.reasoning.asking.question_words import LISTING

_ORDERS = LISTING | {"say", "tell", "name", "give", "show", "explain", "count"}
_JOINING = ("and", ",")
_VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD")
_SUBJECTS = frozenset("it they we i you that this these those there he she".split())
"""Words that a question which only a comma parts has behind its auxiliary."""
_RELATIVE = frozenset("which who whom whose where when".split())
"""Words that begin a clause about a noun as well as a question."""


def question_parts(question: str) -> tuple[str, ...]:
    """Return the questions that are asked in one, as it says them; itself where it is one."""
    read = read_text(question)
    cuts = list(_cuts(read.words))
    if not cuts:
        return (question,)
    parts: list[str] = []
    for (_, begin), (end, _) in pairwise([(0, 0), *cuts, (len(read.words), 0)]):
        words = list(read.words[begin:end])
        while words and words[-1].low in (*ENDS, ","):
            words.pop()
        if words:
            parts.append(read.said(words))
    return tuple(parts)


def without_names(question: str, names: Sequence[str]) -> str:
    """Return a question of several subjects as one of those that are left: "Do A and B both keep
    it" without B is "Do A keep it".
    """
    words = list(read_text(question).words)
    for name in names:
        wanted = name.lower().split()
        low = [word.low for word in words]
        at = next((n for n in range(len(low)) if low[n : n + len(wanted)] == wanted), None)
        if at is not None:
            del words[at : at + len(wanted)]
    kept: list[Word] = []
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else None
        apart = behind is not None and behind.start > word.end + 1
        begins = bool(kept) and word.start > kept[-1].end + 1
        if word.low in ("both", "respectively") or (
            word.low in ("and", "or", ",") and (apart or begins)
        ):
            continue
        kept.append(word)
    return _spaced(kept)


def _spaced(words: Sequence[Word]) -> str:
    """Return words as a sentence, each blank once."""
    said = ""
    for at, word in enumerate(words):
        apart = at > 0 and word.start > words[at - 1].end
        said += f" {word.said}" if apart else word.said
    return said


def _cuts(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where a question ends and where the next begins."""
    at = 0
    while (found := _cut_from(words, at)) is not None:
        yield found
        at = found[1]


def _cut_from(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """Return where the question that begins at a word ends, and where the next begins."""
    asked = ordered = False
    for at in range(first, len(words)):
        word = words[at]
        asks = word.low in WH
        opens = at == first or words[at - 1].low in (*ENDS, ",", "-", "so", "but", "please")
        if asked and word.low in (*_JOINING, "?"):
            begin = _after_joining(words, at)
            begins = _begins(words, begin, ordered=ordered)
            if word.low == ",":
                begins = begins and _parts_alone(words, first, begin)
            if begins and (word.low == "?" or ordered or _has_verb(words[first:at])):
                return at, begin
        ordered = ordered or (opens and word.low in _ORDERS)
        asked = asked or asks or (opens and word.low in AUXILIARIES) or ordered
    return None


def _has_verb(words: Sequence[Word]) -> bool:
    """Tell whether a question says what it asks of, and is not one of two phrases that share a
    verb behind them: "under which name, and on which list, does it stand".
    """
    starts = [at for at, word in enumerate(words) if word.low in ENDS]
    own = words[starts[-1] :] if starts else words
    # Who "wants to know in which country" says nothing of what is in it.
    asking = [at for at, word in enumerate(own) if word.low in WH]
    own = own[asking[-1] :] if asking else own
    return any(word.tag in _VERB_TAGS or word.low in AUXILIARIES for word in own)


def _after_joining(words: Sequence[Word], at: int) -> int:
    """Return where it goes on behind "and", ", and", "? And", "and, if so,"."""
    begin = at + 1
    if words[at].low != "and" and [w.low for w in words[begin : begin + 1]] == ["and"]:
        begin += 1
    if [w.low for w in words[begin : begin + 1]] == [","]:
        begin += 1
    if [w.low for w in words[begin : begin + 2]] == ["if", "so"]:
        begin += 2
        begin += [w.low for w in words[begin : begin + 1]] == [","]
    return begin


def _parts_alone(words: Sequence[Word], first: int, begin: int) -> bool:
    """Tell whether a comma parts two questions: not a clause about a noun, nor one that says when
    something is so: "when it is moved, who decides".
    """
    if words[begin - 1].low == "and":
        return True
    for at in range(first, begin - 1):
        if words[at].low in ("when", "where") and words[at + 1].low not in AUXILIARIES:
            return False
    front = [word.low for word in words[begin : begin + 2]]
    if front[0] in AUXILIARIES:
        return front[1:] != [] and front[1] in _SUBJECTS
    behind = front[1:] != [] and front[1] in AUXILIARIES | {"long"}
    return behind and (front[0] in WH - _RELATIVE or words[first].low in WH)


def _begins(words: Sequence[Word], at: int, *, ordered: bool = True) -> bool:
    """Tell whether a question begins with a word: "and for how long".

    An order goes on where an order, or a whole question, goes before it.
    """
    front = [word.low for word in words[at : at + 3]]
    if not front:
        return False
    if front[0] in WH:
        return True
    if front[0] in _ORDERS:
        behind = front[1:2] != [] and (front[1] in _OBJECTS or front[1] in WH)
        return ordered or behind or words[at - 1].low in ENDS
    if front[0] in AUXILIARIES and len(front) > 1:
        # "And does it move", but "and do not move", "and have moved".
        return words[at + 1].tag not in ("VBN", "VBG", "RB")
    if words[at].tag not in ("IN", "TO") or len(front) < 2 or front[1] not in WH:
        return False
    return len(front) < 3 or front[1] != "what" or words[at + 2].tag not in ("DT", "PRP", "PRP$")


_OBJECTS = frozenset("them each all every me us both the".split())
"""Words behind an order that is given to whoever answers: "and name them"."""
