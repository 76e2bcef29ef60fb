"""What constrains a question beside its places: what is done, when, and whether it is denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.reasoning.ask import Time, Wanted
from assistant.reasoning.asking.main_clause import AUXILIARIES, MainClause
from assistant.reasoning.asking.question_text import Word, first_said, says
from assistant.reasoning.asking.question_words import (
    DENYING,
    FUTURE,
    KINDS,
    NOW,
    PAST,
    PLACE_NOUNS,
    WEAK_KINDS,
    phrases,
)
from corpus.facts.types import StatementKind
from corpus.language.word_classes import DEEDS, Deed

_ONLY_OF = {
    StatementKind.CONTACT: (Wanted.PERSON,),
    StatementKind.EXCLUDED: tuple(one for one in Wanted if one is not Wanted.EXCEPTION),
}
"""Kinds that are meant only where something of the kind is wanted."""
_DATA_AS_NOUN = frozenset(
    "copy back address phone backup scan archive home route flow shift push land rest return exit "
    "cross house bug write base".split()
)
"""Nouns that are data or things; only as verbs they say what is done."""
_REACHING = frozenset(
    "contact email e-mail phone address notice reach turn talk speak call report complain inform "
    "ask bug write".split()
)
_KIND_OF_DEED = {
    Deed.STORE: StatementKind.STORED,
    Deed.PROCESS: StatementKind.PROCESSED,
    Deed.MOVE: StatementKind.MOVED,
    Deed.LEAVE: StatementKind.MOVED,
    Deed.LEAVE_OUT: StatementKind.EXCLUDED,
}
_GENERAL_DEEDS = frozenset(
    "happen occur work manage perform place master answer train set map use see open view take "
    "go get share return switch run handle copy back come write collect record operate "
    "carry".split()
)
"""Verbs that say too many other things as well."""
_LEFT_OUT = phrases("left out|leave out|leaves out|carve out|carved out|out of scope")
_RARELY_REQUIRED = (
    Wanted.WAY, Wanted.PERSON, Wanted.DURATION, Wanted.REASON, Wanted.DATE, Wanted.PLACE
)  # fmt: skip
_SETTING = frozenset("set configure specify define assign".split())
_UNSUPPORTED = frozenset("unsupported unavailable".split())
_COVERING = frozenset("cover include".split())
_CHANGING = frozenset("change get switch bring transfer".split())
_COUNTED = frozenset("a one two three single only many second".split())


def read_kind(clause: MainClause, wanted: Wanted) -> StatementKind | None:
    """Read what is asked to be done, by the first verb that tells it."""
    words = clause.words
    if wanted is Wanted.DEFINITION:
        return None
    unsupported = any(word.low in _UNSUPPORTED for word in words)
    if unsupported or _not_supported(words) or _denies(words, {"support"}):
        return StatementKind.NOT_SUPPORTED
    if excludes(words):
        return StatementKind.EXCLUDED
    found = _first_kind(words, wanted) or _by_noun(words, wanted)
    return _of_time(words, found) if _is_of_time(words, wanted) else found


def _first_kind(words: Sequence[Word], wanted: Wanted) -> StatementKind | None:
    found = list(_kinds(words, wanted))
    if _is_counted_copy(words) or _backs_up(words):
        return StatementKind.REPLICATED
    if wanted is Wanted.CONDITION and StatementKind.REQUIRED in found:
        return StatementKind.REQUIRED
    if wanted is Wanted.CONDITION and any(w.low == "must" for w in words[:3]):
        return StatementKind.REQUIRED
    own = any(word.low in ("i", "we", "one", "you") for word in words[1:4])
    if wanted is Wanted.PERSON and own and any(w.lemma in _REACHING for w in words):
        return StatementKind.CONTACT
    plain = set(found) <= {StatementKind.REQUIRED, StatementKind.STORED}
    if wanted is Wanted.PERSON and plain and any(w.lemma in _REACHING for w in words):
        return StatementKind.CONTACT
    if wanted in _RARELY_REQUIRED:
        found.sort(key=lambda kind: kind is StatementKind.REQUIRED)
    return next(iter(found), None) or next(_deeds(words), None)


def _deeds(words: Sequence[Word]) -> Iterator[StatementKind]:
    """Yield what is done by verbs of the field that questions use more seldom."""
    for at, word in enumerate(words):
        deed = DEEDS.get(word.lemma)
        plain = word.lemma not in _GENERAL_DEEDS and word.tag.startswith("V")
        if deed in _KIND_OF_DEED and plain and not _is_named(words, at):
            yield _KIND_OF_DEED[deed]


def excludes(words: Sequence[Word]) -> bool:
    """Tell whether it is asked what a promise does not cover."""
    return _denies(words, _COVERING) or first_said(words, _LEFT_OUT) is not None


def _denies(words: Sequence[Word], verbs: set[str] | frozenset[str]) -> bool:
    """Tell whether one of some verbs is denied."""
    at = next((i for i, w in enumerate(words) if w.lemma in verbs), None)
    return at is not None and any(w.low in ("not", "n't", "never") for w in words[:at])


def _kinds(words: Sequence[Word], wanted: Wanted) -> Iterator[StatementKind]:
    for at, word in enumerate(words):
        kind = KINDS.get(word.lemma) or KINDS.get(word.low)
        if kind is None or _is_named(words, at) or _is_attribute(words, at):
            continue
        if word.lemma in _DATA_AS_NOUN and not _is_verb(words, at):
            continue
        if wanted in _ONLY_OF.get(kind, (wanted,)):
            yield kind


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is a verb; between a name and a noun it is: "Box copies thumbnails"."""
    if words[at].tag.startswith("V"):
        return True
    if not 0 < at < len(words) - 1 or not words[at - 1].said[0].isupper():
        return False
    return words[at + 1].tag in ("NN", "NNS", "NNP", "DT", "PRP$", "JJ")


def _is_named(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is a part of a name: "Azure Migrate"."""
    return at > 0 and words[at].said[0].isupper() and words[at - 1].said[0].isupper()


def _is_attribute(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word only describes a noun: "the selected geo", "data processing terms"."""
    word, behind = words[at], words[at + 1 : at + 2]
    if not behind or not behind[0].tag.startswith("NN") or not at:
        return False
    ends = word.low.endswith("ed") and words[at - 1].tag in ("DT", "PRP$", "IN", "POS")
    return ends or (word.low.endswith("ing") and words[at - 1].lemma == "data")


def _not_supported(words: Sequence[Word]) -> bool:
    return says(words, ("not", "supported")) is not None


def _backs_up(words: Sequence[Word]) -> bool:
    """Tell whether "back up" is said; "backs", its first half, is a noun elsewhere."""
    return says(words, ("back", "up")) is not None


def _is_counted_copy(words: Sequence[Word]) -> bool:
    return any(
        word.lemma in ("copy", "replica") and (before.low in _COUNTED or before.low.isdigit())
        for before, word in pairwise(words)
    )


def _by_noun(words: Sequence[Word], wanted: Wanted) -> StatementKind | None:
    """Read what is done where no verb says it."""
    if wanted is Wanted.DIFFERENCE:
        return None
    if wanted is Wanted.WAY and (found := _by_way(words)) is not None:
        return found
    into = any(w.low in ("to", "into") for w in words)
    if into and any(w.lemma == "get" for w in words) and wanted is Wanted.WHETHER:
        return StatementKind.MOVED
    if wanted is Wanted.EXCEPTION and any(w.lemma == "exclusion" for w in words):
        return StatementKind.EXCLUDED
    found = next((k for w in words if (k := WEAK_KINDS.get(w.lemma))), None)
    return None if found is StatementKind.EXCLUDED and wanted is Wanted.EXCEPTION else found


def _by_way(words: Sequence[Word]) -> StatementKind | None:
    """Read what is done to a place: it is set, changed, or looked up."""
    located = any(w.lemma in PLACE_NOUNS for w in words)
    if located and any(w.lemma in _SETTING for w in words):
        return StatementKind.DETERMINED_BY
    if any(w.lemma in _CHANGING for w in words):
        return StatementKind.MOVED
    return StatementKind.STORED if located else None


def _is_of_time(words: Sequence[Word], wanted: Wanted) -> bool:
    longer = any(word.low in ("longer", "longest") for word in words)
    return wanted is Wanted.DURATION or (wanted is Wanted.DIFFERENCE and longer)


def _of_time(words: Sequence[Word], kind: StatementKind | None) -> StatementKind | None:
    """Tell what lasts: what is kept for some time is retained."""
    if kind is StatementKind.MOVED and any(word.lemma == "go" for word in words):
        return StatementKind.RETAINED
    if kind is None and len(words) < 5:
        return None
    kept = (None, StatementKind.STORED, StatementKind.REQUIRED)
    return StatementKind.RETAINED if kind in kept else kind


def is_denied(clause: MainClause, wanted: Wanted) -> bool:
    """Tell whether a question asks for what is not so; "Isn't it …?" asks what is."""
    words = list(clause.words)
    asks = wanted is Wanted.WHETHER and words and words[0].low in AUXILIARIES
    if asks and len(words) > 1 and words[1].low in ("n't", "not"):
        del words[1]
    for phrase in (("or", "not"), ("yes", "or", "no"), ("and", "not", "here")):
        at = says(words, phrase)
        if at is not None:
            del words[at : at + len(phrase)]
    if excludes(words) or _denies(words, {"support"}) or _not_supported(words):
        return False
    return any(word.low in DENYING or word.lemma in DENYING for word in words)


def read_time(clause: MainClause, wanted: Wanted) -> Time | None:
    """Read when it is asked for; None for the plain present."""
    words = clause.words
    if wanted is Wanted.IS_CURRENT or first_said(words, NOW) is not None:
        return Time.CURRENT
    if first_said(words, FUTURE) is not None:
        return Time.FUTURE
    if first_said(words, PAST) is not None:
        return Time.PAST
    return None
