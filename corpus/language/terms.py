"""Content words: what a text is searched by."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LONGEST_QUERY = 64


STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have how i "
    "if in into is it its me my no not of on or our she he so than that the their them then "
    "there they this those these to too us was we were what when where which who whom whose why "
    "will with would you your".split()
)

LEGAL_FORMS = frozenset(
    "inc inc. incorporated ltd ltd. limited llc l.l.c. plc gmbh ag ab as a/s aps oy oyj bv b.v. "
    "nv n.v. sa s.a. sas s.a.s. sarl s.r.l. srl spa s.p.a. kk k.k. pty corp corp. corporation "
    "co. kg se sl s.l. lda ltda ulc lp llp z.o.o. fz-llc pte bhd eood oü "
    "uab pvt pvt.".split()
)
"""What ends the name of a company."""


def query_terms(question: str) -> list[str]:
    """Return the content words of a question, each once, at most 64."""
    words = (match.group().lower() for match in WORD.finditer(question))
    return list(dict.fromkeys(w for w in words if w not in STOP_WORDS))[:_LONGEST_QUERY]
