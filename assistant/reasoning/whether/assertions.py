"""What a sentence says of one of its words: that it is so, that it is not, or under what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reasoning.whether.claiming import denies
from corpus.language.parsing import Parse
from corpus.language.word_classes import THINGS, Thing
from corpus.types import Span

_CONDITIONAL = frozenset(
    "if unless when once until provided provide providing long where whenever after before while "
    "because".split()
)
_CONTRASTING = frozenset("however but though although whereas yet".split())
_NOT_SAID = frozenset({"if", "whether", "unless", "before", "until"})
_NONE = frozenset({"no", "neither", "none", "nothing", "nobody", "nowhere"})
_EXCEPTING = frozenset({"except", "excluding", "unless", "besides", "save"})
_BESIDE = _EXCEPTING | {"without", "instead", "despite"}
_SETTING_UP = frozenset(
    "enable create configure use sign set provision deploy choose select specify need want "
    "install start begin buy apply run".split()
)
"""What everybody does who has the thing at all: no condition that decides."""
USUAL = _SETTING_UP | frozenset(
    "write store collect hold keep provide generate send be have support perform".split()
)
"""Words of a clause that tell nothing of which things are meant."""
_BOUNDING = frozenset("for in within outside inside".split())
_ADVISING = frozenset("recommend suggest advise consider plan".split())
"""Verbs of those who advise what may be done, which tells nothing of what can be done."""
_CLAUSES = ("advcl", "relcl", "acl", "ccomp", "xcomp", "pcomp", "csubj", "csubjpass")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a sentence is said under."""

    span: Span
    words: tuple[str, ...]
    """Lemmas of its content."""
    names: tuple[str, ...] = ()
    """Names among them, in lower case."""
    excepting: bool = False
    """True where it says what is left out: "except", "unless"."""
    strict: bool = False
    """True for "if" and "unless"."""
    of_party: bool = False
    """True where it says of which customers or users something holds."""
    fronted: bool = False
    """True where it stands before all else: "For Norway, …": it bounds what follows."""
    setting_up: bool = False
    """True where it is what everybody does who has the thing at all: it decides nothing."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a sentence stands to one of its words."""

    holds: bool
    """False where it is denied."""
    asserted: bool
    """False where the word stands in a condition, a question or beside the point."""
    modal: str
    verb: int
    """The verb of the clause around it."""
    only: bool
    top: int
    """The verb of the main clause."""


def stance(parse: Parse, at: int) -> Stance:
    """Return how a sentence stands to a word: by the way from it to the main verb."""
    holds, asserted, modal, verb = True, True, "", -1
    one, before = at, -1
    while True:
        token = parse.tokens[one]
        if _denied_at(parse, one, before) != (one != at and denies(token.lemma)):
            holds = not holds
        if token.is_verb and verb < 0:
            verb = one
        modal = modal or _modal(parse, one)
        if token.dep == "advcl" and set(_marks(parse, one)) & (_CONDITIONAL | {"to"}):
            asserted = False
        if token.dep in ("ccomp", "xcomp") and parse.tokens[token.head].lemma in _ADVISING:
            asserted = False
        if token.dep in ("relcl", "acl") and not _is_infinitive(parse, one):
            holds = holds != _is_of_none(parse, token.head)
            return _stance(parse, holds, asserted, modal, verb if verb >= 0 else one, one)
        if token.dep == "prep" and token.lemma in _BESIDE:
            asserted = False
        if token.head == one or _is_joined(parse, one):
            return _stance(parse, holds, asserted, modal, verb if verb >= 0 else one, one)
        one, before = token.head, one


def _stance(parse: Parse, holds: bool, asserted: bool, modal: str, verb: int, top: int) -> Stance:
    if parse.tokens[at_ := top].lemma in ("need", "have") and parse.children(at_, "xcomp"):
        modal = "must"
    lemmas = {parse.tokens[i].lemma for i in parse.below(top)}
    return Stance(holds, asserted, modal, verb, bool(lemmas & {"only", "solely", "exclusively"}),
                  top)  # fmt: skip


def _is_infinitive(parse: Parse, one: int) -> bool:
    return any(parse.tokens[i].lemma == "to" for i in parse.children(one, "aux"))


def is_beside(parse: Parse, one: int) -> bool:
    """Tell whether a word is the verb of a clause that says something of its own beside the main
    one: "… and …", "…, however …".
    """
    if parse.tokens[one].dep == "advcl" and _own_clause(parse, one):
        led_in = (parse.tokens[i].lemma for i in parse.children(one, "mark", "advmod", "cc"))
        return not _CONTRASTING.isdisjoint(led_in)
    return _is_joined(parse, one)


def _is_joined(parse: Parse, one: int) -> bool:
    return parse.tokens[one].dep == "conj" and _own_clause(parse, one)


def _own_clause(parse: Parse, one: int) -> bool:
    return parse.tokens[one].is_verb and bool(
        parse.children(one, "nsubj", "nsubjpass", "aux", "auxpass", "neg", "expl")
    )


def _is_of_none(parse: Parse, noun: int) -> bool:
    """Tell whether a noun is denied, and what is said of it: "no text that is used"."""
    return any(parse.tokens[i].lemma == "no" for i in parse.children(noun, "det"))


def _denied_at(parse: Parse, one: int, before: int) -> bool:
    """Tell whether a word is denied where it stands; `before` is where the way to it came from."""
    if parse.children(one, "neg"):
        return True
    if any(parse.tokens[i].lemma in _NONE for i in parse.children(one, "det")):
        return True
    if not parse.tokens[one].is_verb:
        return False
    for below in parse.children(one, "nsubj", "nsubjpass", "dobj", "attr", "advmod"):
        inner = {parse.tokens[i].lemma for i in parse.children(below, "det", "neg", "advmod")}
        if below == before:
            continue
        if parse.tokens[below].lemma in _NONE | {"never", "nowhere", "hardly"} or inner & _NONE:
            return True
    return False


def _modal(parse: Parse, one: int) -> str:
    words = (parse.tokens[i] for i in parse.children(one, "aux"))
    found = next((t.lemma for t in words if t.tag == "MD"), "")
    return {"could": "can", "might": "may", "would": "will", "ca": "can", "wo": "will"}.get(
        found, found
    )


def _marks(parse: Parse, verb: int) -> Iterator[str]:
    for i in parse.children(verb, "mark", "advmod", "aux", "prep"):
        yield parse.tokens[i].lemma
    yield parse.tokens[min(parse.below(verb))].lemma


def limits(parse: Parse, seen: Stance) -> tuple[Limit, ...]:
    """Return what the clause that holds a word is said under."""
    found = tuple(_limits(parse, seen))
    return (*found, *_further(parse, seen, found))


def _further(parse: Parse, seen: Stance, found: tuple[Limit, ...]) -> Iterator[Limit]:
    """Yield the conditions of the clauses around, and what "unless" leads in behind a clause, on
    whatever word of it that hangs.
    """
    for around in parse.above(seen.top):
        for below in parse.children(around, "advcl"):
            if seen.top not in parse.below(below):
                yield from _clause(parse, below)
    for at, token in enumerate(parse.tokens):
        if token.lemma != "unless" or at < seen.verb:
            continue
        if not any(one.span.start <= token.start < one.span.end for one in found):
            clause = token.head if token.head > at else at
            span = Span(token.start, parse.tokens[max(parse.below(clause))].end)
            words = tuple(parse.tokens[i].lemma for i in parse.at(span.start, span.end)
                          if parse.tokens[i].tag.startswith(("NN", "VB", "JJ")))  # fmt: skip
            yield Limit(span, words, excepting=True, strict=True)


def _limits(parse: Parse, seen: Stance) -> Iterator[Limit]:
    line = {seen.verb, seen.top}
    one = seen.verb
    while one != seen.top and parse.tokens[one].head != one:
        one = parse.tokens[one].head
        line.add(one)
    for verb in sorted(line):
        for below in parse.children(verb):
            token = parse.tokens[below]
            if below in line:
                continue
            if token.dep in ("advcl", "conj", "parataxis"):
                yield from _clause(parse, below)
            elif token.dep in ("prep", "agent"):
                yield from _prepositional(parse, below)
            elif token.dep in ("nsubj", "nsubjpass", "dobj") and seen.holds:
                yield from _restricting(parse, below)


def _clause(parse: Parse, verb: int) -> Iterator[Limit]:
    marks = set(_marks(parse, verb))
    if parse.tokens[verb].lemma == "provide" and not parse.children(verb, "ccomp"):
        return  # "…, providing a choice": what comes of it, and no condition.
    if marks & _CONDITIONAL - {"because", "while", "after", "before"}:
        usual = parse.tokens[verb].lemma in _SETTING_UP and not marks & {"if", "unless", "until"}
        strict = bool(marks & {"if", "unless"})
        yield _limit(parse, verb, excepting="unless" in marks, setting_up=usual, strict=strict)


def _prepositional(parse: Parse, at: int) -> Iterator[Limit]:
    token = parse.tokens[at]
    nouns = parse.children(at, "pobj", "pcomp")
    if token.lemma in _EXCEPTING or any(parse.tokens[i].lemma == "exception" for i in nouns):
        yield _limit(parse, at, excepting=True)
    elif token.lemma in _BOUNDING and at < _subject_at(parse, at) and nouns:
        yield _limit(parse, at, fronted=True)
    elif token.lemma in ("depending", "depend", "upon", "subject"):
        yield _limit(parse, at)
    elif any(parse.tokens[i].lemma in ("only",) for i in parse.children(at)) or any(
        parse.tokens[i - 1].lemma == "only" for i in (at,) if i
    ):
        yield _limit(parse, at)
    else:
        for noun in nouns:
            if THINGS.get(parse.tokens[noun].lemma) is Thing.PARTY and parse.children(
                noun, "prep", "relcl", "acl"
            ):
                yield _limit(parse, at, of_party=True)
            elif parse.tokens[noun].lemma in ("case", "event") and token.lemma == "in":
                yield _limit(parse, at)
            elif parse.children(noun, "relcl"):
                yield from _restricting(parse, noun)


def _subject_at(parse: Parse, at: int) -> int:
    """Return where the subject of the clause of a preposition stands."""
    return next(iter(parse.children(parse.tokens[at].head, "nsubj", "nsubjpass", "expl")), -1)


def _restricting(parse: Parse, noun: int) -> Iterator[Limit]:
    # "Does not use any data collected …": of none at all, so the clause leaves nothing open.
    determiners = {parse.tokens[i].lemma for i in parse.children(noun, "det")}
    if determiners & {"any", "no"}:
        return
    for clause in parse.children(noun, "relcl", "acl"):
        # "All data that is older than a year": of a part; "all data that you store": of all.
        if "all" in determiners and not any(
            parse.tokens[i].tag == "JJR" for i in parse.below(clause)
        ):
            continue
        first = min(parse.below(clause))
        led = parse.tokens[first].lemma
        comma = first > 0 and parse.tokens[first - 1].text == ","
        if not comma and (
            led in ("that", "who", "which") or parse.tokens[clause].tag in ("VBN", "VBG")
        ):
            yield _limit(parse, clause)
    for at in parse.children(noun, "prep"):
        if parse.tokens[at].lemma in _EXCEPTING:
            yield _limit(parse, at, excepting=True)


def _limit(
    parse: Parse,
    top: int,
    *,
    excepting: bool = False,
    of_party: bool = False,
    setting_up: bool = False,
    fronted: bool = False,
    strict: bool = False,
) -> Limit:
    below = parse.below(top)
    words = tuple(
        parse.tokens[i].lemma for i in below
        if parse.tokens[i].tag.startswith(("NN", "VB", "JJ", "CD"))
        and parse.tokens[i].dep not in ("aux", "auxpass")
    )  # fmt: skip
    names = tuple(parse.tokens[i].lemma for i in below if parse.tokens[i].tag.startswith("NNP"))
    return Limit(parse.span(below), words, names, excepting, strict, of_party, fronted, setting_up)
