"""What a question asks for by its name, a company or a cipher, and whether a passage names one.

"Reports go to a third party" does not say which company gets them, however near it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from assistant.reasoning.known import Known
from assistant.understanding.conversation.message import sentences_of
from corpus.language.parsing import Parse, parse_one
from corpus.language.sentences import readable
from corpus.language.terms import WORD
from corpus.language.word_classes import Thing, things
from corpus.types import Chunk

_FIRMS = things(Thing.COMPANY) | frozenset(
    "company firm vendor supplier provider subprocessor subcontractor contractor manufacturer "
    "partner".split()
)
_CIPHERS = frozenset("cipher algorithm".split())
_KEY_SIZES = frozenset("length size strength".split())
_CIPHER = re.compile(
    r"\b(?:AES|RSA|SHA|ECDSA|ECDH|ECC|ChaCha20|Blowfish|Twofish|3DES|DES|TLS|SSL|XTS|GCM)\b|"
    r"\b\d{2,4}[- ]?bits?\b",
    re.IGNORECASE,
)
_ASKING = frozenset({"which", "what"})
_NEAR = 4
"""Words behind the question word among which what is asked for stands."""
_CAPITALS = frozenset("AWS IBM SAP GCP OVH HP".split())
"""Companies that are written like abbreviations."""


class _Kind(NamedTuple):
    """Something that is asked for by its name."""

    asked: Callable[[Parse], bool]
    named: Callable[[Chunk, Known], bool]


def lacks_name(question: str, chunks: tuple[Chunk, ...], known: Known) -> bool:
    """Tell whether a question asks for a name of a kind that none of some passages has."""
    parse = parse_one((sentences_of(question) or [question])[-1])
    return any(
        kind.asked(parse) and not any(kind.named(chunk, known) for chunk in chunks)
        for kind in _KINDS
    )


def _asks_firm(parse: Parse) -> bool:
    for at, token in enumerate(parse.tokens):
        if token.lemma not in _FIRMS or not token.tag.startswith("NN"):
            continue
        chosen = any(parse.tokens[i].lemma in _ASKING for i in parse.children(at, "det"))
        above = parse.tokens[token.head]
        of_name = above.lemma == "of" and parse.tokens[above.head].lemma == "name"
        if chosen or of_name:
            return True
    return False


def _asks_cipher(parse: Parse) -> bool:
    for at, token in enumerate(parse.tokens):
        behind = [one.lemma for one in parse.tokens[at + 1 : at + 1 + _NEAR]]
        sized = "key" in behind and not _KEY_SIZES.isdisjoint(behind)
        if token.lemma in _ASKING and (sized or not _CIPHERS.isdisjoint(behind)):
            return True
    return False


def _names_firm(chunk: Chunk, known: Known) -> bool:
    """Tell whether a passage has a name that is neither its subject's nor a place's."""
    if chunk.pairs:
        return True
    about = known.index.documents[chunk.document].about
    words = " ".join((about.service, about.title, about.publisher, *known.scope.names))
    own = frozenset(match.group().lower() for match in WORD.finditer(words))
    return _has_name(readable(chunk.text), own, known)


def _names_cipher(chunk: Chunk, _: Known) -> bool:
    return _CIPHER.search(chunk.text) is not None


@lru_cache(maxsize=2048)
def _proper(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (token.start, token.text.lower()) for token in parse_one(text).tokens
        if _has_inner_capital(token.text) or (
            token.tag.startswith("NNP") and token.text[:1].isupper()
            and (not token.text.isupper() or token.text in _CAPITALS)
        )
    )  # fmt: skip


def _has_inner_capital(word: str) -> bool:
    """Tell whether a word is written as names of companies are: "GitHub"."""
    return any(map(str.isupper, word[1:])) and any(map(str.islower, word))


def _has_name(text: str, own: frozenset[str], known: Known) -> bool:
    placed = [(one.start, one.end) for one in known.gazetteer.mentions(text)]
    return any(
        word not in own and not any(start <= at < end for start, end in placed)
        for at, word in _proper(text)
    )


_KINDS = (_Kind(_asks_firm, _names_firm), _Kind(_asks_cipher, _names_cipher))
