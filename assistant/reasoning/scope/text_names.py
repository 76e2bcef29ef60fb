"""What documents say of a name that none of them is known to be about."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.index_names import Called, Standing
from assistant.reasoning.scope.spelling import Key, key
from corpus.language.parsing import parse_one
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import StoredDocument

_CHUNKS = 40
_OFTEN = 3
"""Passages from which on a name is more than mentioned."""
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "appos", "attr", "ROOT"})
"""Relations of what a clause says something about."""
_READ = 6
"""Passages that are read for what they say of a name."""
_BRACKET_BEHIND = re.compile(r"(?: \w+){0,2} \(")
"""Another name behind the whole of one."""
_MOST_READ = 8_000_000
"""Code points of documents in which an abbreviation is looked up."""
_LONGEST_SHORT = 5
_SHORTEST_SHORT = 3


def in_text(said: str, index: IndexReader) -> tuple[Called, ...]:
    """Return the documents that say something of a name, by the words themselves."""
    by_document: dict[str, list[Chunk]] = {}
    for chunk in _holding(said, index):
        by_document.setdefault(chunk.document, []).append(chunk)
    return tuple(
        Called(said, document, Standing.PART)
        for document, chunks in sorted(by_document.items())
        if len(chunks) >= _OFTEN or any(_speaks_of(said, chunk) for chunk in chunks[:_READ])
    )


def named_in_text(said: str, index: IndexReader) -> tuple[Called, ...]:
    """Return what `in_text` does of a phrase in lower case, by texts that write it like a name."""
    wanted = key(said)
    return tuple(
        call for call in in_text(said, index)
        if spelling.within(wanted, capital_words(index.documents[call.document].text))
    )  # fmt: skip


def is_named_phrase(said: str, index: IndexReader) -> bool:
    """Tell whether some document writes words side by side like a name."""
    wanted = key(said)
    chunks = index.catalog.chunks(index.words.holding(said, _CHUNKS))
    return any(spelling.within(wanted, capital_words(one.text)) for one in chunks.values())


def is_often_named(said: Key, text: str) -> bool:
    """Tell whether a text writes words side by side like a name, and not only once or twice."""
    words, size = capital_words(text), len(said)
    return sum(words[at : at + size] == said for at in range(len(words) - size + 1)) >= _OFTEN


def is_written_plainly(word: str, index: IndexReader) -> bool:
    """Tell whether some document writes a word like any other, without a capital or a digit."""
    plain = re.compile(rf"(?<![\w./-]){re.escape(word.lower())}(?![\w/-])")
    chunks = index.catalog.chunks(index.words.holding(word, _CHUNKS))
    return word.isalpha() and any(plain.search(chunk.text) for chunk in chunks.values())


def spelt_out(said: str, index: IndexReader) -> tuple[Called, ...]:
    """Return what an abbreviation that no document uses stands for, by the initials."""
    size = sum(len(document.text) for document in index.documents.values())
    short = said.isupper() and said.isalpha()
    if not short or not _SHORTEST_SHORT <= len(said) <= _LONGEST_SHORT or size > _MOST_READ:
        return ()
    found = (
        (document.id, _initials_pattern(said).search(document.text))
        for document in index.documents.values()
    )
    return tuple(Called(match.group(), id_, Standing.PART) for id_, match in found if match)


def corrected(said: str, index: IndexReader) -> str:
    """Return a name with its mistyped words as documents write them; empty where none is."""
    spelt = [(word, _spelt(word, index)) for word in spelling.WORD.findall(said)]
    if all(one == other for one, other in spelt):
        return ""
    for one, other in spelt:
        said = said.replace(one, other)
    return said


def _spelt(word: str, index: IndexReader) -> str:
    if len(word) < _SHORTEST_SLIP or not word.isalpha() or index.words.has(word):
        return word
    same = (one for one in _vocabulary(index) if spelling.mistyped((word.lower(),), (one,)))
    return next((one if word.islower() else one.capitalize() for one in same), word)


_VOCABULARIES: dict[str, tuple[str, ...]] = {}
_SHORTEST_SLIP = 6


def _vocabulary(index: IndexReader) -> tuple[str, ...]:
    """Return the longer words that documents write with a capital, in lower case."""
    build = index.manifest.id
    if build not in _VOCABULARIES:
        _VOCABULARIES.clear()
        read, words = 0, set[str]()
        for document in index.documents.values():
            read += len(document.text)
            if read <= _MOST_READ:
                words.update(word for word in capital_words(document.text) if len(word) >= 5)
        _VOCABULARIES[build] = tuple(sorted(words))
    return _VOCABULARIES[build]


@lru_cache(maxsize=256)
def _initials_pattern(short: str) -> re.Pattern[str]:
    words = r"\w*[ -](?:of |and |the |for )?".join(short)
    return re.compile(rf"(?<![\w.]){words}\w*")


def _speaks_of(said: str, chunk: Chunk) -> bool:
    """Tell whether a passage is about a name, and does not only mention it."""
    wanted = key(said)
    columns = (pair.title for pair in chunk.pairs)
    titles = (*chunk.path[1:], *(pair.value for pair in chunk.pairs[:1]), *columns)
    if any(spelling.within(wanted, key(readable(title))) for title in titles):
        return True
    if chunk.kind in (BlockKind.ROW, BlockKind.CODE):
        return any(key(readable(pair.value)) == wanted for pair in chunk.pairs)
    if chunk.kind is BlockKind.FIELD:
        return True
    parse = parse_one(readable(chunk.text))
    start = parse.text.lower().find(said.lower())
    head = parse.head_of(start, start + len(said)) if start >= 0 else None
    if head is None:
        return False
    end = start + len(said)
    if _is_introduced(parse.text, start, end) or (start == 0 and chunk.kind is BlockKind.ITEM):
        return True
    return parse.tokens[head].dep in _CORE or _is_fronted(parse.text, start, end)


def _is_introduced(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands in short brackets, or these behind it."""
    opened, closed = text.rfind("(", 0, start), text.find(")", end)
    inside = opened >= 0 and ")" not in text[opened:start] and closed >= 0
    if inside and len(text[opened:closed].split()) <= _IN_BRACKETS:
        return True
    return _BRACKET_BEHIND.match(text, end) is not None


_IN_BRACKETS = 6
"""Words of brackets that give another name."""


def _is_fronted(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands in a label, or first in a sentence: "For X the …"."""
    labelled = min((at for mark in (": ", " - ", " – ", " — ") if (at := text.find(mark)) > 0),
                   default=0)  # fmt: skip
    return end <= labelled or text[:start].lower().strip() in _FRONTED


_FRONTED = frozenset(
    f"{word}{article}" for word in ("for", "with", "in", "on", "under") for article in ("", " the")
)


def _holding(phrase: str, index: IndexReader) -> list[Chunk]:
    """Return passages that hold a phrase as it is written, capitals included."""
    chunks = index.catalog.chunks(index.words.holding(phrase, _CHUNKS))
    return [one for one in chunks.values() if _holds(_with_titles(one), phrase)]


def _with_titles(chunk: Chunk) -> str:
    """Return what a passage stands under and says, the titles of its columns too."""
    return "\n".join((chunk.context, chunk.text, *(pair.title for pair in chunk.pairs)))


def _holds(text: str, phrase: str) -> bool:
    if phrase == phrase.lower():
        return spelling.within(key(phrase), key(text))
    return phrase in text or spelling.within(key(phrase), capital_words(text))


@lru_cache(maxsize=1024)
def capital_words(text: str) -> spelling.Key:
    """Return the words of a text, those without a capital as blanks."""
    return tuple("" if word.islower() else word.lower() for word in spelling.WORD.findall(text))


def is_said_in(document: StoredDocument, more: spelling.Key, whole: spelling.Key) -> bool:
    """Tell whether a document writes like names what a name goes on with, or the whole of it."""
    said = capital_words(document.text)
    if _is_pieced(more, said) or spelling.within(whole, said):
        return True
    return len(more) > 1 and spelling.within(_stems(more), _stems(key(document.text)))


def _stems(words: spelling.Key) -> spelling.Key:
    return tuple(word[:_STEM] for word in words)


_STEM = 5
"""Letters that tell a word in its forms."""


def _is_pieced(more: spelling.Key, said: spelling.Key) -> bool:
    """Tell whether a text has words side by side, in one piece or in two names."""
    if spelling.within(more, said):
        return True
    pieces = ((more[:at], more[at:]) for at in range(1, len(more)))
    return any(
        all(spelling.within(one, said) and spelling.is_proper(one) for one in way) for way in pieces
    )
