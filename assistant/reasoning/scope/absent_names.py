"""Which unknown names in a question are surely names of something that no document is about.

That nothing is said of a service is a strong thing to say: a misspelt word, somebody's name, a
place, an abbreviation or a word that begins a sentence never brings it about.
"""

from __future__ import annotations

import re

from assistant.understanding.services import services
from corpus.language.parsing import Parse, parse_one
from index.searching.reader import IndexReader

_SHORTEST = 4
"""Letters of a name of one word."""
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? (?:\S+ )?$")
_COMMAND = re.compile(r"[A-Z][a-z]+-[A-Z]\w+")
_NOT_OWNED = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "ROOT", "conj", "appos", "attr"})
_PEOPLE = frozenset("user admin administrator customer owner employee colleague team".split())


def is_surely_absent(question: str, start: int, end: int, index: IndexReader) -> bool:
    """Tell whether the words at [start, end) surely name something, by how they are written."""
    said = question[start:end]
    known = [one for one in services() if said.lower() in (one.name.lower(), *one.aliases)]
    if known:
        return not any(one.described_by(about) for one in known for about in index.abouts)
    if _ADDRESSED.search(f"{question[:start]}{said.split()[0]} ") or _COMMAND.fullmatch(said):
        return False
    capitals = [word for word in said.split() if any(map(str.isupper, word))]
    if not capitals or _is_place(question, start, end, index):
        return False
    if _starts_sentence(question, start):
        capitals = capitals if _is_made_up(capitals[0], index) else capitals[1:]
        if len(capitals) < 2 and not (capitals and _has_inner_capital(capitals[0])):
            return False
    return len(capitals) > 1 or _is_proper(question, start, end, capitals[0], index)


def _is_place(question: str, start: int, end: int, index: IndexReader) -> bool:
    if index.gazetteer.named(question[start:end]) is not None:
        return True
    found = index.gazetteer.mentions(question)
    return any(one.start <= start and end <= one.end for one in found)


def _starts_sentence(question: str, start: int) -> bool:
    before = question[:start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:–—\n"


def _is_made_up(word: str, index: IndexReader) -> bool:
    """Tell whether a word is in no vocabulary of common ones."""
    return not index.encoder.is_one_piece(word.lower())


def _has_inner_capital(word: str) -> bool:
    return any(map(str.isupper, word[1:])) and any(map(str.islower, word)) and "-" not in word


def _is_proper(question: str, start: int, end: int, word: str, index: IndexReader) -> bool:
    """Tell whether one word with a capital names a service rather than a person or a code."""
    letters = sum(map(str.isalpha, word))
    if letters < _SHORTEST or "-" in word:
        return False
    if _is_made_up(word, index):
        return True
    parse = parse_one(question)
    at = parse.head_of(start, end)
    return at is not None and not word.isupper() and _acts(parse, at)


def _acts(parse: Parse, at: int) -> bool:
    """Tell whether a name does something or holds things, and is no owner of them."""
    token = parse.tokens[at]
    if token.dep == "compound":
        return parse.tokens[token.head].lemma not in _PEOPLE
    return token.dep in _NOT_OWNED
