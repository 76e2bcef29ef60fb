"""The noun that a question asks for: "regions" of "which of the AWS regions lie in …"."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.language.parsing import Parse, parse_one

_ASKING = frozenset({"which", "what", "many", "every", "all", "any", "each", "everything"})
_ORDERS = frozenset({"list", "name", "count", "enumerate", "give"})
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_ENDS = ("IN", "TO", "WDT", "WP", "WRB", "MD", ",", ":", ".", "CC", "-LRB-", "EX", "PRP", "DT")
"""Tags of words that end a noun phrase."""
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
                plural = one.tag in ("NNS", "NNPS") or _looks_plural(parse, found)
                return HeadNoun(one.text, plural or low in ("every", "all"))
    return _of_phrase(text.rpartition(": ")[2])


def _of_phrase(text: str) -> HeadNoun | None:
    """Return the noun of a question that is no sentence: "EU countries without a data center"."""
    parse = parse_one(text)
    roots = [parse.tokens[at] for at in parse.roots()]
    if not roots or roots[0].tag not in _NOUNS:
        return None
    return HeadNoun(roots[0].text, roots[0].tag in ("NNS", "NNPS"))


def _of(parse: Parse, at: int) -> int | None:
    """Return the noun that a question word goes with: the last word of the phrase behind it."""
    tokens = parse.tokens
    first = at + 1
    if first < len(tokens) and tokens[first].text.lower() == "of":
        first += 1
    last = None
    for place in range(first, len(tokens)):
        token = tokens[place]
        noun = token.tag in _NOUNS or _looks_plural(parse, place)
        if token.text.lower() in _AUXILIARIES:
            break
        if (
            last is not None
            and not noun
            and (token.tag in _ENDS or (token.is_verb and token.dep not in _WITHIN))
        ):
            break
        if noun:
            last = place
    return last


def _looks_plural(parse: Parse, at: int) -> bool:
    """Tell whether a word is a noun that is taken for a verb: "which audits each site passed"."""
    token = parse.tokens[at]
    before = parse.tokens[at - 1] if at else token
    named = before.tag in ("NNP", "JJ") or before.text.lower() in _ASKING
    return token.tag == "VBZ" and token.text.endswith("s") and named


def is_inverted(text: str) -> bool:
    """Tell whether a sentence begins with its auxiliary, and so asks for Yes or No."""
    sentences = text.replace("? ", ". ").replace("; ", ". ").split(". ")
    starts = [part for sentence in sentences for part in (sentence, sentence.rpartition(": ")[2])]
    firsts = (part.split(maxsplit=1) for part in starts)
    return any(words and words[0].lower() in _AUXILIARIES for words in firsts)
