"""A sentence without what does not bear on the question: leading connectives, far clauses."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reasoning.ask import Wanted
from assistant.reasoning.values.asked_words import AskedWords
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Link, propositions
from corpus.types import Span

_SHORT = 32
"""Words of a sentence that is said whole."""
_FEWEST = 7
_OPENING = (
    "however", "but", "and", "also", "additionally", "moreover", "furthermore", "therefore", "thus",
    "hence", "note that", "please note that", "similarly", "likewise", "in addition", "as a result",
    "for example", "for instance", "consequently", "accordingly", "note", "so",
)  # fmt: skip
"""Words that tie a sentence to the one before it and restrict nothing."""
_RESTRICTING = frozenset(
    "only unless except may if when where until without solely exclusively provided while "
    "although though not no never".split()
)
_REASONS = (Wanted.REASON, Wanted.CONDITION, Wanted.EXCEPTION, Wanted.WAY)


def kept(text: str, words: AskedWords, wanted: Wanted) -> str:
    """Return the clause of a sentence that answers; the sentence where it is short."""
    said = _without_opening(text)
    if len(said.split()) <= _SHORT or wanted in _REASONS:
        return said
    return _shorter(said, words)


def _without_opening(text: str) -> str:
    lower = text.lower()
    for opening in sorted(_OPENING, key=len, reverse=True):
        if lower.startswith(f"{opening}, ") or (
            opening.endswith("that") and lower.startswith(f"{opening} ")
        ):
            rest = text[len(opening) :].lstrip(", ")
            return rest[:1].upper() + rest[1:]
    return text


def _shorter(text: str, words: AskedWords) -> str:
    """Return a long sentence without the clause at one of its ends that says nothing asked."""
    parse = parse_one(text)
    asked = words.said_in(text)
    best = text
    for cut in _cuts(parse):
        left = _tidy(text[: cut.start] + text[cut.end :])
        gone = cut.of(text)
        if (
            len(left.split()) >= _FEWEST
            and words.said_in(left) == asked
            and not _RESTRICTING & set(gone.lower().split())
            and not any(letter.isdigit() for letter in gone)
            and len(left) < len(best)
        ):
            best = left
    return best


def _cuts(parse: Parse) -> Iterator[Span]:
    """Yield clauses at the ends of a sentence: relative, joined and adverbial ones."""
    whole = len(parse.text.rstrip(" ."))
    for one in propositions(parse):
        if one.link in (Link.RELATIVE, Link.COORDINATE, Link.ADVERBIAL):
            start, end = one.span
            if one.link is Link.COORDINATE:
                start = _from_joint(parse, start)
                if _leaves_verb_bare(parse, start):
                    continue
            if end >= whole or start == 0:
                yield Span(start, min(end, whole))


def _leaves_verb_bare(parse: Parse, start: int) -> bool:
    """Tell whether a verb stands right before what would go: it shares its object with it."""
    before = [token for token in parse.tokens if token.end <= start and token.dep != "punct"]
    return bool(before) and before[-1].is_verb


def _from_joint(parse: Parse, start: int) -> int:
    """Return where the words that join a clause begin."""
    before = [t for t in parse.tokens if t.end <= start]
    while before and before[-1].dep in ("cc", "punct"):
        start = before.pop().start
    return start


def _tidy(text: str) -> str:
    said = " ".join(text.split()).strip(" ,;:")
    said = said.rstrip(" .,;:") + "."
    return said[:1].upper() + said[1:]
