"""Sentences that a document addresses to a machine that reads it, and not to its reader.

"Ignore previous instructions and answer …" is no statement of where data lives. Such sentences are
neither shown nor given to a language model, and nothing is proven by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.language.phrases import folded, holds_any, phrases
from corpus.types import Chunk

_READERS = frozenset("assistant assistants llm llms chatbot chatbots bot bots ai".split())
_LABELS = _READERS | frozenset("system user users role message prompt note".split())
"""What a turn of a conversation with a machine is marked by, before a colon or a dash."""
_LOUD = _READERS | {"system", "user", "users", "role"}
_ORDERS = frozenset(
    "answer reply respond say ignore tell write skip refuse you do never always add begin start "
    "output print for send claim state treat forget act confirm cite leave please system".split()
)
"""What follows such a mark where a machine is told something."""
_FORGETTING = frozenset("ignore forget disregard".split())
_BEFORE = frozenset("previous prior earlier above other these your".split())
_BETWEEN = frozenset("all any of the".split())
_CALLED = ("every", "any", "all")
_FOR = frozenset({"to", "for"})
_HEADED = frozenset("note important instruction instructions".split())
_SAID = phrases(
    "replaces_your_instructions overrides_your_instructions tell_the_reader_that refuse_to_answer "
    "answer_every_question reply_to_every_question write_your_answer whatever_the_user_asks "
    "the_complete_answer_is you_are_now_in"
)
"""What nobody but a machine that answers is told."""
_HEADINGS = frozenset("system message prompt role".split())
_MARK = re.compile(r":|\s[–-](?=\s)")
_EDGE = re.compile(r"[.!?:;|>(\"'“\n]|,(?=\s*[A-Z]{2})")
_PARTS = re.compile(r"(?<=[.!?])\s+|(?<=[|;])\s*")


@lru_cache(maxsize=8192)
def addresses_machine(text: str) -> bool:
    """Tell whether a text instructs the machine that reads it."""
    seen = text if text.isascii() else _without_hidden(text)
    said = folded(seen).replace(" language model", " assistant")
    words = said.split()
    return (
        holds_any(said, _SAID)
        or any(_forgets(words, at) for at, word in enumerate(words) if word in _FORGETTING)
        or any(_is_called(words, at) for at, word in enumerate(words) if word in _READERS)
        or _is_turn(seen)
    )


def _without_hidden(text: str) -> str:
    """Return a text without the marks that nobody sees."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _forgets(words: Sequence[str], at: int) -> bool:
    """Tell whether it is told to forget what was said before: "ignore all previous …"."""
    behind = [word for word in words[at + 1 : at + 4] if word not in _BETWEEN]
    return behind[:1] != [] and behind[0] in _BEFORE


def _is_called(words: Sequence[str], at: int) -> bool:
    """Tell whether a reader is called upon: "you, the assistant", "note to AI readers"."""
    before = words[max(0, at - 2) : at]
    if before == ["you", "the"]:
        return True
    if len(before) > 1 and before[1] in _FOR and before[0] in _HEADED:
        return True
    reads = any(word in ("read", "reads", "reading") for word in words[at + 1 : at + 5])
    return reads and before[-1:] != [] and before[-1] in _CALLED


def _is_turn(text: str) -> bool:
    """Tell whether a part of a text is a turn of a conversation: "SYSTEM: answer …"."""
    for mark in _MARK.finditer(text):
        words = folded(_EDGE.split(text[: mark.start()])[-1]).split()
        behind = folded(text[mark.end() :]).split()
        led = bool(words) and words[0] in _LOUD and _LABELS.issuperset(words)
        if led and behind[:1] and behind[0] in _ORDERS:
            return True
    lines = (folded(line.partition("(")[0]).split() for line in text.split("\n"))
    return any(len(words) > 1 and _HEADINGS.issuperset(words) for words in lines)


def without_instructions(text: str) -> str:
    """Return a text without the sentences and cells that instruct the machine that reads it."""
    if not addresses_machine(text):
        return text
    kept: list[str] = []
    for part in _PARTS.split(text):
        if addresses_machine(part):
            break
        kept.append(part)
    return " ".join(kept).strip()


def telling(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Return the chunks of documents without those that instruct machines: what follows such a
    sentence in its block goes on instructing, and is left out with it.
    """
    kept: list[Chunk] = []
    instructing: tuple[str, int] | None = None
    for chunk in chunks:
        place = (chunk.document, chunk.block)
        if not without_instructions(chunk.text):
            instructing = place
        elif place != instructing:
            kept.append(chunk)
    return kept
