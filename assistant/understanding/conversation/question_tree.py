"""The tree of a question. Behind "does" or "can", the parser takes the bare verbs of this field for
nouns ("Where does Tern store mail?"): it is given verbs of the same length in their place.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from corpus.language.parsing import Parse, parse_one
from corpus.language.terms import WORD

_PLAIN = {
    "store": "carry", "house": "carry", "host": "keep", "process": "examine",
    "replicate": "duplicate", "transfer": "relocate",
}  # fmt: skip
"""What is parsed in the place of a verb, letter for letter as long."""
_BEFORE = frozenset("do does did can could will would may might must should shall to".split())
_BEHIND_NO_VERB = frozenset("the a an this that its their our your in of for from".split())


@lru_cache(maxsize=1024)
def question_tree(text: str) -> Parse:
    """Parse a question; its words and offsets are those of the text."""
    plain, changed, helped = text, {}, False
    before = ""
    for match in WORD.finditer(text):
        word = match.group()
        if helped and word in _PLAIN and before not in _BEHIND_NO_VERB:
            plain = plain[: match.start()] + _PLAIN[word] + plain[match.end() :]
            changed[match.start()] = word
        before = word.lower()
        helped = helped or before in _BEFORE
    if not changed:
        return parse_one(text)
    parse = parse_one(plain)
    tokens = tuple(
        token._replace(text=changed[token.start], lemma=changed[token.start])
        if token.start in changed else token
        for token in parse.tokens
    )  # fmt: skip
    return replace(parse, text=text, tokens=tokens)
