"""Which words of two wordings say the same, the contrary, or something else."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from assistant.changes.signs import DENYING, HEDGES, LEADS, MOODS, Word
from assistant.verification.reading.word_senses import EMPTY, opposed, same_sense
from assistant.verification.reading.words import concepts, is_neutral, stem
from corpus.language.word_classes import DEEDS, THINGS, word_table

_OWN_CLASSES = DENYING | frozenset(HEDGES) | frozenset(MOODS) | frozenset(LEADS)
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("ly", ""), ("ation", "e"), ("ion", "e"), ("al", ""), ("er", ""), ("or", "e"),
)  # fmt: skip
_IRREGULAR = {
    "kept": "keep", "held": "hold", "sent": "send", "made": "make", "chosen": "choose",
    "chose": "choose", "lies": "lie", "bought": "buy", "built": "build", "left": "leave",
    "taken": "take", "given": "give", "found": "find", "began": "begin", "begun": "begin",
    "lain": "lie", "written": "write", "ran": "run", "paid": "pay", "sold": "sell",
}  # fmt: skip
_SAME = word_table(
    {
        "use": "use utilise utilize employ leverage usage",
        "buy": "buy purchase acquire order",
        "get": "get obtain receive",
        "begin": "begin start commence",
        "end": "end finish conclude cease stop",
        "show": "show display present",
        "help": "help assist support aid",
        "more": "more additional further extra",
        "about": "about regarding concerning relating",
        "choose": "choose select pick opt",
        "change": "change modify alter amend",
        "lie": "locate situate base sit lie reside stand",
        "need": "need require",
        "enough": "enough sufficient",
        "often": "often frequently regularly",
        "about_now": "now currently presently today",
        "big": "big large",
        "main": "main primary principal chief",
        "like": "like such_as similar",
        "whole": "whole complete full entire",
        "see": "see view consult refer check read",
        "make": "make create generate produce",
        "give": "give provide supply deliver furnish offer",
        "note": "note remember",
        "ensure": "ensure guarantee",
        "run": "run operate",
        "connected": "relate relating associated connected",
        "facility": "facility centre center datacenter datacentre",
        "customer": "customer client",
        "worker": "employee staff personnel worker",
        "build": "develop build",
        "kind": "kind type sort category",
        "fast": "fast quick quickly promptly immediately",
        "keep": "keep hold retain store host house save preserve maintain",
        "agreement": "agreement contract",
        "company": "company firm",
        "happen": "happen occur",
        "permit": "permit allow let",
        "on": "on enable activate",
        "off": "off disable deactivate",
        "roughly": "roughly around about approximately circa",
        "ask": "file open submit raise",
    }
)
"""Words of ordinary English that say the same, in their base form."""
_APART = tuple(
    frozenset(group.split())
    for group in (
        "country region geography city zone site continent state datacenter cluster",
        "primary secondary",
        "controller processor subprocessor",
        "tenant organization organisation user",
        "copy backup cache",
        "employee contractor",
        "mail calendar contact chat message",
        "image audio video text picture",
        "log metric trace",
        "phone mail",
        "encrypt store",
        "day week month quarter year hour minute",
    )
)
"""Words that are near to each other and mean different things all the same."""


def is_light(word: Word) -> bool:
    """Tell whether a word may come or go without a change of what is said."""
    if word.is_name:
        return False
    return (
        word.low in _OWN_CLASSES
        or word.low in EMPTY
        or len(word.low) == 1
        or (is_neutral(word.low) and word.low not in _KEPT)
    )


_KEPT = frozenset("outside inside".split())


def same(one: Word, other: Word) -> bool:
    """Tell whether two words say the same."""
    if one.stem == other.stem:
        return True
    if one.is_name and other.is_name:
        return False
    return _same(one.low, other.low)


@lru_cache(maxsize=1 << 16)
def _same(one: str, other: str) -> bool:
    first, second = bases(one), bases(other)
    if any(first & group and second & group and not first & second & group for group in _APART):
        return False
    if first & second or any(_SAME[a] == _SAME[b] for a in first & _SAMES for b in second & _SAMES):
        return True
    if is_contrary(one, other):
        return False
    if _one_family(one, other) or any(same_sense(a, b) for a in first for b in second):
        return True
    return any(name.startswith("=") for name in concepts(one) & concepts(other))


_SAMES = frozenset(_SAME)
_LEAST_SHARED = 7
_SHARE_OF_FAMILY = 0.75


def _one_family(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings alone: "prescription", "prescriptive"."""
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    return shared >= max(_LEAST_SHARED, _SHARE_OF_FAMILY * max(len(one), len(other)))


def is_of_field(word: Word) -> bool:
    """Tell whether a word names something of the field: what is done to data, or a thing of it."""
    known = any(base in DEEDS or base in THINGS for base in bases(word.low))
    return known or any(name.startswith("=") for name in concepts(word.low))


@lru_cache(maxsize=1 << 16)
def is_contrary(one: str, other: str) -> bool:
    """Tell whether two words say the contrary."""
    return any(opposed(a, b) for a in bases(one) for b in bases(other))


@lru_cache(maxsize=1 << 14)
def bases(word: str) -> frozenset[str]:
    """Return what a form may be a form of, itself included."""
    found = {word, _IRREGULAR.get(word, word), stem(word)}
    for ending, put in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3:
            found.add(base + put)
            if len(base) > 3 and base[-1] == base[-2] and ending in ("ed", "ing"):
                found.add(base[:-1])
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def deed_of(word: str) -> str:
    """Return what a verb does to data; empty where it is none of this field."""
    found = [DEEDS[base].value for base in sorted(bases(word)) if base in DEEDS]
    return found[0] if found else ""


_DENIED_BY = ("un", "in", "im", "ir", "non", "non-", "dis")
_DENIALS = (
    (frozenset("include cover contain".split()), frozenset("exclude except omit".split())),
    (frozenset("permit allow let enable".split()), frozenset("prohibit forbid prevent".split())),
    (frozenset("enable activate on".split()), frozenset("disable deactivate off".split())),
    (frozenset("stay remain".split()), frozenset("leave exit".split())),
    (frozenset("accept".split()), frozenset("reject refuse".split())),
)
"""Verbs of which one denies what the other says."""


@lru_cache(maxsize=1 << 16)
def denies(one: str, other: str) -> bool:
    """Tell whether one of two words says that what the other says is not so."""
    first, second = bases(one), bases(other)
    if any(
        (len(b) > 4 and a == prefix + b) or (len(a) > 4 and b == prefix + a)
        for a in first for b in second for prefix in _DENIED_BY
    ):  # fmt: skip
        return True
    return any(
        (first & yes and second & no) or (first & no and second & yes) for yes, no in _DENIALS
    )
