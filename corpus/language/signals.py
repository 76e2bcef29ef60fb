"""What kind of thing a sentence says, read off its words: a duration, a move, an exclusion.

The same signals are read from passages, where they say what is stated, and (in
`assistant.understanding.question`) from questions, where they say what is wanted.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.language.quantities import MONTH, NUMBER, SEVERAL, SHORT_MONTH, TIME_UNIT


class Signal(StrEnum):
    """Something that a sentence states or that a question asks for."""

    STORED = "stored"
    PROCESSED = "processed"
    COPIED = "copied"
    MOVED = "moved"
    RETAINED = "retained"
    EXCLUDED = "excluded"
    REQUIRED = "required"
    DETERMINED = "determined"
    UNSUPPORTED = "unsupported"
    PROMISED = "promised"
    DEFINED = "defined"
    CONTACT = "contact"
    COMMAND = "command"
    DURATION = "duration"
    NUMBER = "number"
    DATE = "date"
    NEGATED = "negated"
    CONDITION = "condition"
    TEMPORARY = "temporary"
    ENCRYPTED = "encrypted"
    VISIBLE = "visible"
    PERSON = "person"
    LINK = "link"


_COUNT = rf"(?:(?<!\d[,.])\d[\d,.]*+|{NUMBER}|a|an|several|few)"
DURATION = re.compile(
    rf"\b{_COUNT}[- ]?(?:to[- ]\d+[- ]?)?(?:business |working |calendar |consecutive )?"
    rf"(?:{TIME_UNIT}|quarter)s?\b",
    re.I,
)
DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|"
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{MONTH}|{SHORT_MONTH})\.?,? (?:\d{{1,2}},? )?\d{{4}}\b|"
    r"\b(?:19|20)\d{2}\b"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|unable|nothing|nowhere)\b|n['’]t\b", re.I
)
CONDITION = re.compile(
    r"\b(?:if|unless|except(?:ions?)?|when(?:ever)?|only|provided|as long as|in case|depending|"
    r"where (?:the|a|an|you)|otherwise|until|once|while|subject to|apart from|other than)\b",
    re.I,
)

_WORDS: dict[Signal, re.Pattern[str]] = {
    Signal.STORED: re.compile(
        r"\b(?:stor(?:es?|ed|age|ing)|kept|keeps?|held|holds?|hosted|hous(?:es?|ed)|resid(?:es?|"
        r"ing|ed)|at rest|remain(?:s|ed)?|stays?|located|lives?|saved?|placed)\b", re.I),
    Signal.PROCESSED: re.compile(
        r"\bprocess(?:es|ed|ing)?\b|\banaly[sz]|\bcomput|\bscored?\b|\bhandled?\b|\btranscri|"
        r"\baccess(?:es|ed)?\b", re.I),
    Signal.COPIED: re.compile(
        r"\breplic|\bcop(?:y|ies|ied)\b|\bmirror|\bback(?:ed|s)?[- ]?ups?\b|\bfail[- ]?over|"
        r"\bredundan|\bstandby|\bsynchroni|\bcached?\b|\brestor", re.I),
    Signal.MOVED: re.compile(
        r"\bmov(?:es?|ed|ing)\b|\bmigrat|\brelocat|\btransfer|\btransmi|\bleav(?:es?|ing)\b|\bsent\b"
        r"|\bflows?\b|\begress|\bexport|\bcross(?:es)?\b", re.I),
    Signal.RETAINED: re.compile(
        r"\bretain|\bretention|\bdelet|\bpurg|\beras|\bremoved?\b|\bexpire|\bkept for\b|"
        r"\bwip(?:e|ed|ing)\b|\bdestroy|\boverwrit", re.I),
    Signal.EXCLUDED: re.compile(
        r"\bexclu|\bexcept|\boutside\b|\bout of scope|\bnot (?:part of|covered|in scope|included)|"
        r"\b(?:does|do|is|are)(?:n['’]t| not) (?:cover|appl|includ)|\bregardless\b|\bglobal", re.I),
    Signal.REQUIRED: re.compile(
        r"\bmust\b|\brequire|\bneed|\bprerequisit|\beligib|\bqualif|\bonly (?:if|when|for)|"
        r"\bhave to\b|\bmandatory\b|\bminimum\b|\bat least\b|\blicen[cs]e|\bsubscription", re.I),
    Signal.DETERMINED: re.compile(
        r"\bdetermin|\bbased on\b|\bdepend|\bdecid|\bchos[e]|\bchoos|\bfollows?\b|\baccording to\b|"
        r"\bselected\b|\bfixed by\b|\bset (?:by|when|at)\b|\bsign[- ]?up|\bprovision", re.I),
    Signal.UNSUPPORTED: re.compile(
        r"\b(?:cannot|can['’]?t|can not)\b|\b(?:not|n['’]t) (?:be )?(?:support|avail|possib|allow|"
        r"permit)|\bunsupported|\bunable|\bimpossible|\bno way\b|\blimit", re.I),
    Signal.PROMISED: re.compile(
        r"\bcommit|\bpromis|\bcontract|\bguarant|\bterms\b|\bagreement|\bpledg|\bassur", re.I),
    Signal.DEFINED: re.compile(
        r"\b(?:means|refers to|is (?:a|an|the) (?:term|name)|defined as|stands for|includes?|"
        r"consists? of|known as|called)\b", re.I),
    Signal.CONTACT: re.compile(
        r"[\w.+-]+@[\w-]+\.\w+|\bcontact\b|\bsupport (?:request|team|ticket|case|engineer)|"
        r"\bask (?:your|our|the)\b|\baccount (?:team|manager)\b|\bwrite to\b|\bopen a\b|"
        r"\breach(?:ed)?\b|https?://", re.I),
    Signal.COMMAND: re.compile(
        r"\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b|`[^`]+`|\bcommand|\bcmdlet|\bpowershell|\bscript\b|"
        r"\bsyntax|\bparameter|(?<!\w)--?[a-z][\w-]+", 0),
    Signal.DURATION: DURATION,
    Signal.NUMBER: re.compile(
        rf"\b\d[\d,.]*%?|\b(?:{SEVERAL}|percent)\b", re.I),
    Signal.DATE: DATE,
    Signal.NEGATED: NEGATION,
    Signal.CONDITION: CONDITION,
    Signal.TEMPORARY: re.compile(
        r"\btempor|\bpreview|\bcoming\b|\bplanned|\bfuture|\bupcoming|\bexpected|\bcurrently|"
        r"\bfor now\b|\bsoon\b|\bdeprecat|\broll(?:ing|ed)? out|\bno longer|\bformerly|\bprior to|"
        r"\buntil\b|\bbefore\b", re.I),
    Signal.ENCRYPTED: re.compile(r"\bencrypt|\bkeys?\b|\bcipher|\bhsm\b|\bTLS\b", re.I),
    Signal.VISIBLE: re.compile(
        r"\bview|\bsee\b|\bshows?\b|\bcheck|\bdisplay|\bportal\b|\bsettings?\b|\blook up\b|"
        r"\badmin center\b|\bfind\b|\bpage\b|\bmap\b", re.I),
    Signal.PERSON: re.compile(
        r"\bengineers?\b|\bstaff\b|\bemployees?\b|\bpersonnel\b|\bsubprocessor|\bcontractor|"
        r"\bthird[- ]part|\bvendor|\badministrators?\b|\badmins?\b", re.I),
    Signal.LINK: re.compile(r"https?://|\]\(|\baka\.ms/", re.I),
}  # fmt: skip


def signals(text: str) -> frozenset[Signal]:
    """Return what a sentence states, by its words."""
    return frozenset(signal for signal, words in _WORDS.items() if words.search(text))
