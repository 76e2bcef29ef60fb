"""What introduces a list: a whole sentence, or the beginning of one that each item ends."""

from __future__ import annotations

from corpus.language.parsing import parse_one

_WANTING = frozenset({"CC", "IN", "MD", "PRP", "PRP$", "RP", "TO", "WRB"})
"""Tags of words that want something behind them; verbs do too."""
_ANNOUNCING = frozenset({"follow", "following"})
"""Words that announce a list and take none of its members: "as follows", "the following"."""
_APART = frozenset({"except", "unless"})
"""Words behind which a list holds what is left out of the sentence, and ends it differently."""


def is_left_open(words: str) -> bool:
    """Tell whether words want something behind them: "stored in", "when you", "they are"."""
    parse = parse_one(words.rstrip(" :*_"))
    last = next((one for one in reversed(parse.tokens) if one.dep != "punct"), None)
    if last is None or any(one.lemma in _ANNOUNCING for one in parse.tokens):
        return False
    return last.tag in _WANTING or last.is_verb


def ends(lead_in: str, item: str) -> bool:
    """Tell whether an item ends the sentence that its list's lead-in begins."""
    tokens = parse_one(lead_in).tokens
    if any(one.lemma in _APART for one in tokens):
        return False
    if is_left_open(lead_in):
        return True
    if any(one.is_verb for one in tokens):
        return False
    first = next(iter(parse_one(item).tokens), None)
    return first is not None and first.tag in ("VBP", "VBZ", "VBD", "MD")
