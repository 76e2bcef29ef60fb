"""Keywords with "yes/no" behind them, as the question that they stand for."""

from __future__ import annotations

import re

from assistant.understanding.conversation.message import ASKING, AUXILIARIES, words_of
from corpus.language.parsing import parse_one

_YES_OR_NO = re.compile(
    r"[\s,;:(\[–—-]*\b(?:yes\s*/\s*no|yes or no|y\s*/\s*n)\b"
    r"(?:[\s,;]*(?:please|pls|thanks|thank you|only|just|with (?:the |a |your )?"
    r"(?:sources?|quotes?|citations?|proof)))*[\s.?!)\]]*$",
    re.I,
)


def spelt_out(question: str) -> str:
    """Return a question without a "yes/no" at its end, and as one of Yes or No where it is none
    yet: "audit logs in Norway? yes/no".
    """
    found = _YES_OR_NO.search(question)
    head = question[: found.start()].rstrip(" ?!.,;:") if found else ""
    first = next(iter(words_of(head)), "")
    if not first or (first in ASKING and first not in AUXILIARIES):
        return question
    parse = parse_one(head)
    if first in AUXILIARIES or any(token.tag == "MD" for token in parse.tokens):
        return f"{head}?"
    root = parse.roots()[0]
    has_subject = any(at < root for at in parse.children(root, "nsubj", "nsubjpass"))
    if not has_subject:
        return f"Is there {head}?"
    is_done = parse.tokens[root].tag in ("VBD", "VBN")
    return f"Are {head}?" if is_done else f"{head}?"
