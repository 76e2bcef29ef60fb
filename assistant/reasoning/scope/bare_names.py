"""Names in lower case that no document is known to be about: "where does okta keep its logs".

What acts without an article, in the singular, has a name: "does encryption …" is the exception,
and stands in some document.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.text_names import in_text, is_written_plainly
from corpus.facts.arguments.data_categories import is_data
from corpus.language.parsing import Parse, Token, parse_one
from corpus.language.terms import STOP_WORDS
from index.searching.reader import IndexReader

_WHERE = frozenset("in on at with from of for by to".split())
_MODIFIERS = ("det", "poss", "amod", "nummod", "compound", "prep", "acl", "relcl")
_NAMING = frozenset({"NN", "NNP", "NNPS", "CD"})
_SHORTEST = 4


def bare_names(question: str, index: IndexReader) -> Iterator[Token]:
    """Yield the words of a question that stand as a name does and mean nothing else."""
    parse = parse_one(question)
    placed = [(one.start, one.end) for one in index.gazetteer.mentions(question)]
    for at, token in enumerate(parse.tokens):
        if any(start <= token.start < end for start, end in placed):
            continue
        if _may_name(token) and not parse.children(at, *_MODIFIERS) and _stands(parse, at, index):
            known = index.words.has(spelling.bare(token.text))
            if not known or (
                in_text(token.text, index) and not is_written_plainly(token.text, index)
            ):
                yield token


def _may_name(token: Token) -> bool:
    low = token.text.lower()
    word = low.replace("-", "").isalnum() and len(low) >= _SHORTEST
    ordinary = spelling.is_plain(low) or low in STOP_WORDS or is_data(token)
    return word and token.tag in _NAMING and not ordinary and not low.isdigit()


def _stands(parse: Parse, at: int, index: IndexReader) -> bool:
    """Tell whether a word stands where names do: as what acts, as a topic, after "in"."""
    token = parse.tokens[at]
    head = parse.tokens[token.head]
    if token.dep == "nsubj":
        return not any(parse.tokens[i].lemma in ("what", "which") for i in parse.children(at))
    if token.dep == "pobj" and head.lemma in _WHERE:
        return not index.encoder.is_one_piece(token.text.lower())
    return _is_topic(parse, at)


def _is_topic(parse: Parse, at: int) -> bool:
    """Tell whether a word stands alone before a comma or a colon."""
    before = parse.tokens[at - 1].text if at else ":"
    behind = parse.tokens[at + 1].text if at + 1 < len(parse.tokens) else ""
    return before in (":", ".", "?") and behind in (",", ":")
