"""Parses as a build keeps them: what takes milliseconds to find is read in a few microseconds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern

from corpus.language import parsing
from corpus.language.instructions import without_instructions
from corpus.language.parsing import Parse, Token
from corpus.language.sentences import lines, plain, readable, with_addresses
from corpus.types import BlockKind, Chunk

_ANNOUNCING = frozenset({"following", "follows", "below", "these"})


def key_of(text: str) -> bytes:
    """Return what a parse is kept under: the text and the model that parses it."""
    return hashlib.sha256(f"{parsing.model()}\0{text}".encode()).digest()[:16]


def pack(parse: Parse) -> bytes:
    """Return a parse without its text."""
    tokens = parse.tokens
    lemmas = [None if t.lemma == t.text.lower() else t.lemma for t in tokens]
    fields = (
        [t.start for t in tokens], [len(t.text) for t in tokens], [t.head for t in tokens],
        " ".join(t.tag for t in tokens), " ".join(t.dep for t in tokens), lemmas,
    )  # fmt: skip
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()


def unpack(text: str, packed: bytes) -> Parse:
    """Return the parse of a text."""
    starts, lengths, heads, tags, deps, lemmas = json.loads(packed)
    rows = zip(starts, lengths, lemmas, tags.split(), deps.split(), heads, strict=True)
    return parsing.tree(text, tuple(
        Token(
            word := intern(text[start : start + length]),
            intern(word.lower() if lemma is None else lemma), intern(tag), intern(dep), head, start,
        )
        for start, length, lemma, tag, dep, head in rows
    ))  # fmt: skip


def kept(parses: Iterable[Parse]) -> Iterator[tuple[bytes, bytes]]:
    """Yield parses as they are stored; none whose words are not those of its text."""
    for one in parses:
        whole = all(t.tag and t.dep and one.text[t.start : t.end] == t.text for t in one.tokens)
        if one.tokens and whole:
            yield key_of(one.text), pack(one)


def recall(texts: Sequence[str], stored: Mapping[bytes, bytes]) -> None:
    """Remember the parses of texts that a build has kept."""
    parsing.remember(unpack(text, packed) for text in texts if (packed := stored.get(key_of(text))))


def texts_of(chunk: Chunk, shown: str, source: str) -> Iterator[str]:
    """Yield what of a passage is parsed when a sentence is held against it: each of its lines and
    all of it; with its addresses where it has links, and behind what leads it in.

    `shown` is what a reader sees of it, `source` what its document says.
    """
    written = with_addresses(source) if "](" in source else without_instructions(shown)
    texts = [shown, written]
    lead = led_in_by(chunk)
    if lead and not chunk.pairs and (chunk.kind is BlockKind.CODE or not announces(lead)):
        texts.append(f"{lead} {written}")
    for text in dict.fromkeys(texts):
        yield plain(text)
        yield from map(plain, lines(text))


def led_in_by(chunk: Chunk) -> str:
    """Return what leads a passage in, as a reader sees it."""
    return without_instructions(readable(chunk.lead_in)).rstrip(" :")


def announces(lead: str) -> bool:
    """Tell whether what leads a list in says that one follows."""
    return any(word.strip(",:.").lower() in _ANNOUNCING for word in lead.split())
