"""What a written sentence may stand on: the sentences, rows and bullets of cited passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from assistant.verification.reading.spoken import Spoken, read, read_row, tokens
from assistant.verification.reading.words import concepts, signs
from corpus.chunk import row_text
from corpus.language.propositions import Link
from corpus.language.sentences import lines
from corpus.types import Pair

_AGAINST = frozenset({"rather than", "instead of", "other than"})
_KEPT = 512
"""Passages that are remembered as they were read: answers cite the same ones again."""
_HEADING = 9
"""Words of a line without a verb that counts as a heading."""
_SHORT = 6
"""Words of a cell that is no sentence."""
_LEANING = frozenset("it they this these that those such however otherwise then both".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage with what it is read with."""

    text: str
    """As a reader sees it."""
    above: tuple[str, ...] = ()
    """Headings, the lead-in of its list, the name of its document."""
    beside: tuple[str, ...] = ()
    """The other bullets of its record, or the sentence that it leans on."""
    pairs: tuple[Pair, ...] = ()
    """Cells of a table row."""
    block: str = ""
    """Equal for the passages of one paragraph or one record."""
    group: str = ""
    """Equal for the passages of one list or table."""
    far: tuple[str, ...] = ()
    """Name of the document, of what it is about, outer headings."""
    code: bool = False
    """True for a command."""


@dataclass(frozen=True)
class Ground:
    """One sentence of a passage."""

    said: Spoken
    passage: Passage
    before: str = ""
    """The sentence before it in its passage, where it leans on that."""
    context: str = field(default="", compare=False)
    """What stands near it."""

    @cached_property
    def distant(self) -> frozenset[str]:
        """What the name of its document and outer headings mean."""
        words = tokens("\n".join(self.passage.far))
        return frozenset(one for word in words for one in concepts(word))

    @cached_property
    def around(self) -> frozenset[str]:
        """What the words around it mean."""
        return frozenset(one for word in tokens(self.context) for one in concepts(word))

    @cached_property
    def text(self) -> str:
        """Its words with those around it."""
        return "\n".join((self.said.text, self.context, *self.passage.far))

    @cached_property
    def sides(self) -> frozenset[tuple[str, int]]:
        """The oppositions that its words and those around it take part in, with their side."""
        return frozenset(one for word in tokens(self.text) for one in signs(word))

    @cached_property
    def everything(self) -> frozenset[str]:
        """What its own words and those around it mean."""
        return self.said.concepts | self.around | self.distant

    @cached_property
    def set_against(self) -> frozenset[int]:
        """Its words of which it says that it is not so: those behind "rather than"."""
        return set_against(self.said)

    @property
    def is_row(self) -> bool:
        """True for the cells of a row."""
        return bool(self.passage.pairs)


def grounds_of(passages: Sequence[Passage]) -> tuple[Ground, ...]:
    """Return the sentences of passages; headings among them are read with all others."""
    above = tuple(line for p in passages for line in lines(p.text) if _is_heading(line, p))
    return tuple(ground for passage in passages for ground in _grounds(passage, above))


@lru_cache(maxsize=_KEPT)
def _grounds(passage: Passage, above: tuple[str, ...]) -> tuple[Ground, ...]:
    found: list[Ground] = []
    for part in _parted(passage):
        own = [part.text] if part.pairs or part.code else clauses(part.text)
        before = ""
        for line in own:
            said = read(line) if not part.pairs else read_row(line)
            if said.asks:
                continue
            leant = before if leans(line) or line[:1].islower() else ""
            context = "\n".join((*part.above, *part.beside, leant, *above))
            found.append(Ground(said, part, leant, context))
            before = line
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def whole(passage: Passage) -> Ground:
    """Return a passage as one."""
    return Ground(read_row(passage.text) if passage.pairs else read(passage.text), passage)


def _parted(passage: Passage) -> Iterator[Passage]:
    """Yield a row and, apart from it, the cells that say something in sentences."""
    told = [pair for pair in passage.pairs if _is_told(pair.value)]
    if not told:
        yield passage
        return
    rest = tuple(pair for pair in passage.pairs if pair not in told)
    row = row_text(rest)
    yield replace(passage, text=row, pairs=rest)
    for pair in told:
        beside = (*passage.beside, row, pair.title)
        yield replace(passage, text=pair.value, pairs=(), beside=beside)


def _is_told(value: str) -> bool:
    long = len(value.split()) > _SHORT and value.rstrip().endswith(".")
    return long and any(is_sentence(line) for line in lines(value))


def set_against(said: Spoken) -> frozenset[int]:
    """Return the words behind "rather than", "not in", "never across" and the like."""
    parse = said.parse
    found: set[int] = set()
    for i, token in enumerate(parse.tokens[:-1]):
        word = token.text.lower()
        if word in ("not", "never") and parse.tokens[i + 1].dep == "prep":
            found.update(parse.below(i + 1))
        elif f"{word} {parse.tokens[i + 1].text.lower()}" in _AGAINST:
            found.update(range(i + 2, _end(said, i + 2)))
    return frozenset(found)


def _end(said: Spoken, start: int) -> int:
    """Return where what begins at a word ends: at the next comma or verb."""
    for i in range(start, len(said.parse.tokens)):
        if said.parse.tokens[i].text in (",", ";", ".") or said.parse.tokens[i].tag == "MD":
            return i
    return len(said.parse.tokens)


def is_sentence(text: str) -> bool:
    """Tell whether a text says something by itself: a verb in a person, with its subject."""
    said = read(text)
    return any(
        (one.subject is not None or said.parse.children(one.verb, "expl"))
        and one.link is Link.MAIN and not one.imperative
        and said.parse.tokens[one.verb].tag in ("VBZ", "VBP", "VBD", "VBN", "VB")
        for one in said.propositions
    )  # fmt: skip


def clauses(text: str) -> list[str]:
    """Return the sentences of a text, those that a semicolon joins each by itself."""
    found = []
    for line in lines(text):
        parts = line.split("; ")
        whole = all(map(is_sentence, parts))
        found.extend(parts if whole else [line])
    return found


def _is_heading(line: str, passage: Passage) -> bool:
    if passage.pairs or passage.above:
        return False
    if passage.text.rstrip().endswith(":"):
        return True
    finite = ("VBZ", "VBP", "VBD", "MD")
    return len(line.split()) <= _HEADING and not any(
        token.tag in finite for token in read(line).parse.tokens
    )


def leans(text: str) -> bool:
    """Tell whether a sentence begins with a word that stands for what was said before it."""
    return any(word.lower().strip(",") in _LEANING for word in text.split()[:3])


def passages_of_texts(texts: Iterable[str]) -> Iterator[Passage]:
    """Yield texts as passages that nothing more is known of."""
    yield from (Passage(text) for text in texts if text.strip())
