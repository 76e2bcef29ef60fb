"""The noun that a question asks for: "regions" of "which of the AWS regions lie in …"."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.language.parsing import Parse, parse_one

_ASKING = frozenset({"which", "what", "many", "every", "all", "everything"})
_ORDERS = frozenset({"list", "name", "count", "enumerate", "give"})
_WITHIN = ("compound", "det", "amod", "nmod", "poss", "nummod")
_AUXILIARIES = frozenset(
    "is are was were do does did can could may must will would should has have isn't aren't "
    "doesn't don't".split()
)


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun that is asked for."""

    word: str
    is_plural: bool


def head_noun(text: str) -> HeadNoun | None:
    """Return the noun that a question asks for; None where it names none."""
    parse = parse_one(text)
    for at, token in enumerate(parse.tokens):
        low = token.text.lower()
        if low in _ASKING or (low in _ORDERS and at < 3):
            found = _of(parse, at)
            if found is not None:
                one = parse.tokens[found]
                return HeadNoun(one.text, one.tag in ("NNS", "NNPS"))
    return None


def _of(parse: Parse, at: int) -> int | None:
    """Return the noun that a question word goes with."""
    token = parse.tokens[at]
    for child in parse.children(at, "dobj"):
        return _outermost(parse, child)
    if token.head != at and _is_noun(parse, token.head) and token.text.lower() not in _ORDERS:
        return _outermost(parse, token.head)
    for child in (*parse.children(at, "prep"), at + 1):
        if child < len(parse.tokens) and parse.tokens[child].text.lower() == "of":
            inner = [one for one in parse.children(child, "pobj") if _is_noun(parse, one)]
            return _outermost(parse, inner[0]) if inner else None
    return None


def _is_noun(parse: Parse, at: int) -> bool:
    return parse.tokens[at].tag.startswith("NN")


def _outermost(parse: Parse, at: int) -> int:
    """Return the noun that a noun only narrows: "regions" for "AWS" in "AWS regions"."""
    while parse.tokens[at].dep in _WITHIN and _is_noun(parse, parse.tokens[at].head):
        above = parse.tokens[at].head
        if above == at:
            break
        at = above
    return at


def is_inverted(text: str) -> bool:
    """Tell whether a question begins with its auxiliary, and so asks for Yes or No."""
    first = text.strip().split(maxsplit=1)
    behind = text.rpartition(": ")[2].split(maxsplit=1)
    return any(words and words[0].lower() in _AUXILIARIES for words in (first, behind))
