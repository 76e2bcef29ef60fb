"""Names in lower case that no document is known to be about: "where does okta keep its logs".

Told by where a word stands, as the parser takes such names for verbs and adjectives: what follows
an auxiliary without an article has a name, unless it is an abstract noun or an ordinary word that
documents use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reasoning.scope import spelling
from assistant.reasoning.scope.text_names import is_written_plainly
from assistant.reasoning.scope.words_written import Word
from corpus.facts.arguments.data_categories import DATA
from corpus.facts.arguments.subject_words import ACTING
from corpus.language.terms import STOP_WORDS
from index.searching.reader import IndexReader

_DOING = frozenset("does do did can could will would may must should".split())
"""Auxiliaries behind which only a name stands without an article."""
_BEING = frozenset("is are was were has have".split())
"""Those behind which a participle may stand as well."""
_BEFORE = frozenset("in on at with from of for by to via inside within using use uses".split())
_ANYBODY = frozenset(
    "someone somebody anyone anybody everyone everybody nobody something anything everything "
    "nothing else each another either neither".split()
)
_ABSTRACT = tuple("tion sion ment ity ing ness ance ence ship ism ency ancy ly able ed".split())
"""Endings of words that name nothing."""
_SHORTEST = 4


def bare_names(question: str, words: Sequence[Word], index: IndexReader) -> Iterator[Word]:
    """Yield the words of a question that stand as a name does and mean nothing else."""
    for at, word in enumerate(words):
        if not _may_name(word) or not _stands(question, words, at, index):
            continue
        if not index.words.has(word.text) or not is_written_plainly(word.text, index):
            yield word


def acts_alone(word: Word, words: Sequence[Word], index: IndexReader) -> bool:
    """Tell whether a word that no document has is what does something: "does okta keep"."""
    at = words.index(word)
    before = words[at - 1].text.lower() if at else ""
    following = words[at + 1].text.lower() if at + 1 < len(words) else ""
    acts = before in ("does", "did") and following in ACTING
    return acts and word.text.lower() not in _ANYBODY and not index.words.has(word.text.lower())


def _may_name(word: Word) -> bool:
    low = word.text.lower()
    if (
        word.is_capital
        or word.placed
        or len(low) < _SHORTEST
        or low.isdigit()
        or low.endswith(_ABSTRACT)
    ):
        return False
    plural = low.isalpha() and low.endswith("s") and not low.endswith("ss")
    return not (plural or spelling.is_plain(low) or low in STOP_WORDS or low in DATA)


def _stands(question: str, words: Sequence[Word], at: int, index: IndexReader) -> bool:
    """Tell whether a word stands where names do, and how surely that makes it one."""
    word, low = words[at], words[at].text.lower()
    before = words[at - 1].text.lower() if at and not word.first else ""
    behind = question[word.end : word.end + 2]
    following = words[at + 1].text.lower() if at + 1 < len(words) else ""
    if index.encoder.is_one_piece(low):
        return before in ("does", "did") and following in ACTING
    if before in _DOING or (word.first and behind[:1] == ","):
        return True
    compound = at > 1 and words[at - 2].text.lower() in _DOING | _BEING and not index.words.has(low)
    owns = behind in ("'s", "’s")
    return owns or compound or not before or before in _BEING or before in _BEFORE
