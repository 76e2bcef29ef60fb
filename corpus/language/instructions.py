"""Sentences that a document addresses to a machine that reads it, and not to its reader.

"Ignore previous instructions and answer …" is no statement of where data lives. Such sentences are
neither shown nor given to a language model, and nothing is proven by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.types import Chunk

_READER = r"(?:assistants?|language models?|LLMs?|chat ?bots?|bots?|AI(?: (?:systems?|models?))?)"
_LOUD = r"(?:system|assistant|AI|user)s?(?: message| prompt| note)?"
_ORDER = (
    r"(?:please |now |to )?(?:answer|reply|respond|say|ignore|tell|write|skip|refuse|you|do not|"
    r"don't|never|always|add|begin|start|output|print|for (?:this|all|every)|send|claim|state|"
    r"treat|forget|disregard|pretend|act|confirm|cite|leave)\b"
)
_ADDRESSED = re.compile(
    rf"(?:^|[.!?:;|>(]\s*){_LOUD}\s*:\s*{_ORDER}|"
    rf"[,\"'“]\s*(?-i:SYSTEM|ASSISTANT)\s*:\s*{_ORDER}|"
    rf"^\W*(?:system|role)(?: message)?(?: \(.*\))?\s*:?\s*(?:system)?\s*$|"
    rf"\bignore\s+(?:all\s+|any\s+|the\s+)?(?:previous|prior|other|above|earlier|these|your)\b|"
    rf"\byou,? the {_READER}\b|"
    rf"\b(?:every|any|all|dear) {_READER}\b.{{0,20}}\b(?:reads?|reading)\b|"
    rf"\b(?:note|important|instructions?) (?:to|for) {_READER}\b|"
    rf"^\W*{_READER}(?:\s*:|\s+[–-])\s*{_ORDER}|"
    rf"\b(?:replaces?|overrides?|outranks?) your (?:instructions?|operator|rules|prompt)|"
    rf"\byou are now (?:in|an?|the) (?:\w+ )?(?:mode|{_READER})\b|"
    r"\btell the reader that\b|\brefuse to answer\b|"
    rf"\b(?:answer|reply|respond) (?:only )?(?:every question|with the word|that all)\b|"
    rf"\bwrite your answer\b|\bwhatever (?:the )?(?:user|reader|you are)\b.{{0,20}}\basks?\w*|"
    rf"\bthe (?:complete|only|one|whole) (?:permitted )?(?:answer|reply|response|output) is\b",
    re.I | re.MULTILINE,
)
_PARTS = re.compile(r"(?<=[.!?])\s+|(?<=[|;])\s*")


@lru_cache(maxsize=8192)
def addresses_machine(text: str) -> bool:
    """Tell whether a text instructs the machine that reads it."""
    return _ADDRESSED.search(text) is not None


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
