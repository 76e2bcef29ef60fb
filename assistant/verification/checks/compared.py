"""Comparisons of two things: what is said of each side, and what their values decide.

"A is kept longer than B" says that A is kept, that B is kept, and that the one duration is longer
than the other. Each side is held against the passages by itself; the comparison follows from the
values that stand where they bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.verification.checks.alignment import Aligned
from assistant.verification.checks.reckoned import days_of
from assistant.verification.passages.grounds import Ground
from assistant.verification.reading.spoken import Spoken, tokens
from assistant.verification.reading.values import Value
from assistant.verification.reading.words import concepts
from corpus.language.propositions import Link, Proposition
from corpus.places import Gazetteer, Place

_MORE = frozenset("more higher larger greater bigger longer later newer younger".split())
_LESS = frozenset("fewer less lower smaller shorter earlier sooner older".split())
_LASTING = frozenset("longer shorter long short".split())
_DATED = frozenset("later earlier newer younger older sooner late early".split())
_EQUAL = frozenset("long many much high large big great late often frequently".split())
_OFTEN = frozenset({"often", "frequently"})
"""What stands between "as" and "as"."""
_OPEN = ("more", "less", "later", "earlier", "sooner")
"""What may compare with anything: "more than storage", "no later than the renewal"."""
_WHOSE = {
    "time": "lasting", "period": "lasting", "duration": "lasting", "length": "lasting",
    "day": "dated", "date": "dated", "number": "", "amount": "", "limit": "", "count": "",
    "region": "place", "country": "place", "place": "place", "location": "place",
    "city": "place", "geography": "place",
}  # fmt: skip
"""What is the same, and by which values that is seen."""
_AHEAD = frozenset("before advance ahead prior".split())
"""Where these stand, a longer duration is an earlier time."""
_UTMOST = {
    "longest": (1, "lasting"), "shortest": (-1, "lasting"), "highest": (1, ""),
    "largest": (1, ""), "greatest": (1, ""), "biggest": (1, ""), "most": (1, ""),
    "lowest": (-1, ""), "smallest": (-1, ""), "fewest": (-1, ""),
    "latest": (1, "dated"), "earliest": (-1, "dated"),
}  # fmt: skip
"""What is said of the one that is more, or less, than all others, and by which values."""
_CONTRARY_OF = {
    "longest": "shorter than", "shortest": "longer than", "latest": "earlier than",
    "earliest": "later than", "most": "fewer than", "fewest": "more than",
    **dict.fromkeys(("highest", "largest", "greatest", "biggest"), "less than"),
    **dict.fromkeys(("lowest", "smallest"), "more than"),
}  # fmt: skip
_DEGREE = frozenset("much far even considerably significantly slightly somewhat still for".split())
_TIMES = {"twice": Decimal(2), "half": Decimal("0.5")}
_LEADING_ON = frozenset("which that is are was were and thus hence so therefore i.e.".split())
_BEFORE_VALUE = frozenset(
    "for in after within up to at least most about until on the a of over than only".split()
)
_NUMBER_OF = {"is": "are", "was": "were", "has": "have", "does": "do"}
_AUXILIARY = frozenset("is are was were be does do did has have can may".split())
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_ENDS = frozenset({",", ";", ".", "(", ":", "–", "—", "!"})
_WIDEST = 9
"""Words between a comparative and its "than"."""
_NEAR = Decimal("0.05")
"""How far amounts that are said to be equal may lie apart: a month is 30 days."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence that compares two things."""

    left: str
    """What it says of the first, by itself."""
    right: str
    """What it says of the second, by itself."""
    sign: int
    """1 where the first is more, -1 where it is less, 0 where both are the same."""
    written: str
    """The words that compare."""
    kind: str
    """Whether durations, dates or places are compared; empty for any amount."""
    thing: str = ""
    """What is counted."""
    factor: Decimal = Decimal(1)
    """How many times as much the first is."""
    denied: bool = False
    parallel: bool = False
    """True where both sides surely are things of one kind: they share a word, or are names."""

    @property
    def direction(self) -> int:
        """Which side is more, a denial taken into account; 0 where that is left open."""
        return -self.sign if self.denied else self.sign


@dataclass(frozen=True, slots=True)
class Contrast:
    """A sentence that says of one thing what it says not to be so of another."""

    said: str
    other: str
    """The same of the other one."""
    name: str


@dataclass(frozen=True, slots=True)
class Utmost:
    """A sentence that says of a thing that it is more, or less, than all others."""

    text: str
    """What it says of the thing, by itself."""
    subject: frozenset[str]
    """Words of the thing in their base form."""
    compared: Comparison
    """The thing compared with another one, of which it must not be less."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the comparing words of a sentence stand."""

    said: Spoken
    main: Proposition
    first: int
    """The first comparing word."""
    word: int
    than: int


def comparison(said: Spoken) -> Comparison | None:
    """Return the comparison that a sentence draws between two things, None if it draws none."""
    main = next((p for p in said.propositions if p.link is Link.MAIN and p.subject), None)
    if main is None or main.link is not Link.MAIN:
        return None
    same = _same(said, main)
    if same is not None:
        return same
    for word, than in _joints(said):
        if main.verb < word:
            return _sides(_Frame(said, main, _first(said, word), word, than))
    return None


def contrast(said: Spoken) -> Contrast | None:
    """Return what a sentence with "unlike" says of the one, and not of the other."""
    parse = said.parse
    main = next((p for p in said.propositions if p.link is Link.MAIN and p.subject), None)
    at = next((i for i, t in enumerate(parse.tokens) if t.text.lower() == "unlike"), None)
    if main is None or at is None or main.subject is None or at > main.verb:
        return None
    of = parse.children(at, "pobj")
    if not of:
        return None
    phrase = {at, *parse.below(of[0])}
    rest = _without_commas(said, phrase)
    subject = [i for i in parse.below(main.subject.head) if i not in phrase]
    other = sorted(phrase - {at})
    if not other or not subject or set(subject) & set(other):
        return None
    behind = [i for i in rest if i > max(subject)]
    name = parse.words(other)
    return Contrast(_text(said, rest), f"{_upper(name)} {_text(said, behind)}", name)


def utmost(said: Spoken) -> Utmost | None:
    """Return what a sentence with "longest" or "the most" says of a thing."""
    parse = said.parse
    main = next((p for p in said.propositions if p.link is Link.MAIN and p.subject), None)
    words = [token.text.lower() for token in parse.tokens]
    at = next((i for i, word in enumerate(words) if word in _UTMOST), None)
    if main is None or main.subject is None or at is None or at < main.verb:
        return None
    noun = parse.tokens[at].head if parse.tokens[at].dep == "amod" else at
    counted = words[at] in ("most", "fewest")
    if words[at - 1] == "at" or (counted and noun == at):
        return None
    named = _WHOSE.get(parse.tokens[noun].lemma) in ("lasting", "dated") and not counted
    dropped = {at, *(range(at, noun + 1) if named else ())}
    first = at - 1 if words[at - 1] == "the" else at
    first -= named and parse.tokens[first - 1].tag == "IN"
    dropped |= set(range(first, at))
    dropped |= {k for i, word in enumerate(words) if word == "of" and _is_number(said, i)
                for k in parse.below(i)}  # fmt: skip
    sign, kind = _UTMOST[words[at]]
    text = _upper(_text(said, [i for i in range(len(words)) if i not in dropped]))
    thing = parse.tokens[noun].text if counted else ""
    compared = Comparison(text, "", -sign, _CONTRARY_OF[words[at]], kind, thing)
    below = parse.below(main.subject.head, frozenset({main.verb}))
    return Utmost(text, frozenset(parse.tokens[i].lemma for i in below), compared)


def _is_number(said: Spoken, of: int) -> bool:
    """Tell whether "of" stands before how many are compared: "of the three"."""
    return any(
        said.parse.tokens[i].tag == "CD" or said.parse.tokens[i].lemma == "all"
        for i in said.parse.children(of, "pobj")
    )


def surpassed(
    one: Utmost, mine: Sequence[Aligned], rivals: Sequence[Aligned], gazetteer: Gazetteer
) -> str:
    """Return which value of a rival is more than that of the thing."""
    for rival in rivals:
        if decided(one.compared, mine, [rival], gazetteer) == "":
            own, other = _only(one.compared, mine, [rival]), _only(one.compared, [rival], mine)
            if own is not None and other is not None:
                return f"{own.written} is {one.compared.written} {other.written}"
    return ""


def _without_commas(said: Spoken, phrase: set[int]) -> list[int]:
    """Return the words outside a phrase, the commas around it left out too."""
    around = {min(phrase) - 1, max(phrase) + 1}
    return [
        i for i, token in enumerate(said.parse.tokens)
        if i not in phrase and not (i in around and token.text == ",")
    ]  # fmt: skip


def _joints(said: Spoken) -> Iterator[tuple[int, int]]:
    """Yield where a comparative and its "than" stand, and "as" with its second one."""
    words = [token.text.lower() for token in said.parse.tokens]
    for i, word in enumerate(words):
        if word in _MORE | _LESS:
            behind, end = i + 1, "than"
        elif word == "as" and words[i + 1 : i + 2] and words[i + 1] in _EQUAL:
            behind, end = i + 2, "as"
        else:
            continue
        for k in range(behind, min(len(words), i + _WIDEST)):
            if words[k] == end:
                yield i, k
            if words[k] in _ENDS or words[k] == end:
                break


def _first(said: Spoken, word: int) -> int:
    """Return where the words that say how much more begin: "three times", "much"."""
    first = word
    while first > 0:
        text = said.parse.tokens[first - 1].text.lower()
        multiple = text == "times" or (
            said.parse.tokens[first].text.lower() == "times" and first - 1 in said.measured
        )
        if not (text in _DEGREE or text in _TIMES or text in ("not", "no") or multiple):
            return first
        first -= 1
    return first


def _sides(frame: _Frame) -> Comparison | None:
    said, parse = frame.said, frame.said.parse
    words = [token.text.lower() for token in parse.tokens]
    end = next((i for i in range(frame.than + 1, len(words)) if words[i] in _ENDS), len(words))
    other = list(range(frame.than + 1, end))
    between = list(range(frame.word + 1, frame.than))
    if words[frame.word] == "as":
        between = between[1:]
    own = list(range(_end_of_own(said, frame)))
    often = bool(_OFTEN & {words[i] for i in range(frame.word, frame.than)})
    between = [i for i in between if words[i] not in _OFTEN]
    factor = _factor(said, frame)
    if set(between) & said.measured or not other or frame.main.subject is None:
        return None
    behind = [i for i in range(end, len(words)) if words[i] not in _ENDS]
    if behind and words[behind[0]] != "which":
        return None
    right = _of_value(said, other) if said.measured & set(other) else (
        f"{_text(said, other)} {_text(said, behind[1:])}" if behind
        else _of_other(frame, own, between, other)
    )  # fmt: skip
    if not right:
        return None
    compared = words[frame.word + 1] if words[frame.word] == "as" else words[frame.word]
    sign = 0 if words[frame.word] == "as" else (1 if compared in _MORE else -1)
    # What is done more often is done after a shorter time.
    sign = -sign if often else sign
    if compared in ("newer", "younger", "older"):
        kind = "dated"
    else:
        lasting = compared in _LASTING or often
        kind = "lasting" if lasting else "dated" if compared in _DATED else ""
    thing = next((parse.tokens[i].text for i in between if parse.tokens[i].tag in ("NNS", "NN")
                  and compared in ("more", "fewer", "less", "many", "much")), "")  # fmt: skip
    spoken = range(frame.first, frame.than + 1)
    lead = [i for i in spoken if i not in between and words[i] not in ("not", "no", "for")]
    return Comparison(
        _upper(_text(said, [*own, *between])), _upper(right), sign, _text(said, lead),
        kind, thing, 1 / factor if often else factor,
        denied=any(words[i] in ("not", "no", "n't") for i in (*spoken, frame.first - 1)),
        parallel=_parallel(said, frame.main, other) and bool(between or compared not in _OPEN),
    )  # fmt: skip


def _parallel(said: Spoken, main: Proposition, other: Sequence[int]) -> bool:
    """Tell whether what stands behind "than" is of the kind of the subject."""
    parse = said.parse
    if main.subject is None:
        return False
    mine = {parse.tokens[i].lemma for i in parse.below(main.subject.head) if said.telling(i)}
    first = parse.tokens[other[0]]
    shared = any(parse.tokens[i].lemma in mine for i in other)
    return (
        shared
        or first.tag == "IN"
        or first.text.lower() in ("that", "those")
        or first.tag.startswith("NNP")
    )


def _end_of_own(said: Spoken, frame: _Frame) -> int:
    """Return where what is said of the first side ends: before ", which is longer"."""
    end = frame.first
    while end > frame.main.verb + 1:
        text = said.parse.tokens[end - 1].text.lower()
        if text == ",":
            return end - 1
        if text not in _LEADING_ON:
            return frame.first
        end -= 1
    return frame.first


def _factor(said: Spoken, frame: _Frame) -> Decimal:
    """Return how many times as much: "twice", "three times"."""
    if said.parse.tokens[frame.word].text.lower() != "as":
        return Decimal(1)
    for i in range(frame.first, frame.word):
        if (known := _TIMES.get(said.parse.tokens[i].text.lower())) is not None:
            return known
        for value in said.values:
            if i in said.parse.at(value.start, value.end) and isinstance(value.amount, Decimal):
                return value.amount
    return Decimal(1)


def _of_value(said: Spoken, other: Sequence[int]) -> str:
    """Return what is said of a value that the first side is compared with, as a sentence: "the 13
    months that apply to …" and "the 8 days for which … are kept".
    """
    words = [said.parse.tokens[i].text.lower() for i in other]
    if words[:1] != ["the"]:
        return ""
    for k, word in enumerate(words):
        value = _text(said, other[1:k])
        if word in ("that", "which") and words[k - 1] == "for":
            return f"{_text(said, other[k + 1 :])} for {_text(said, other[1 : k - 1])}"
        if word in ("that", "which"):
            return f"{value} {_text(said, other[k + 1 :])}"
    return ""


def _of_other(frame: _Frame, own: list[int], between: list[int], other: list[int]) -> str:
    """Return what the first side says, said of the other one."""
    said, parse, subject = frame.said, frame.said.parse, frame.main.subject
    words = [token.text.lower() for token in parse.tokens]
    if any(parse.tokens[i].tag in _FINITE and words[i] not in _AUXILIARY for i in other):
        return _text(said, other)
    while other and words[other[-1]] in _AUXILIARY:
        other = other[:-1]
    if not other or subject is None:
        return ""
    whole = [*_without_values(said, own), *between]
    if parse.tokens[other[0]].tag == "IN":
        return _in_place_of(said, whole, other)
    mine = parse.below(subject.head, frozenset({frame.main.verb}))
    before = [i for i in own if i < min(mine)]
    if words[other[0]] in ("that", "those"):
        # "that of plan Birch" is the limit of plan Birch.
        of = [words[i] for i in other[1:2]]
        cut = next((i for i in mine if i > subject.head and words[i] in of), None)
        if cut is None:
            return ""
        before, other = [*before, *(i for i in mine if i < cut)], other[1:]
    behind = _text(said, [i for i in whole if i > max(mine)])
    return f"{_text(said, [*before, *other])} {_agreeing(behind, parse.tokens[other[-1]].tag)}"


def _agreeing(predicate: str, tag: str) -> str:
    """Return a predicate with its first word in the number of another subject."""
    first, _, rest = predicate.partition(" ")
    ways = _NUMBER_OF if tag in ("NNS", "NNPS") else {b: a for a, b in _NUMBER_OF.items()}
    return f"{ways.get(first, first)} {rest}".strip()


def _in_place_of(said: Spoken, whole: Sequence[int], other: Sequence[int]) -> str:
    """Return what is said with one phrase in place of another: "in Lima" for "in Oslo"."""
    lead = said.parse.tokens[other[0]].text.lower()
    at = [n for n, i in enumerate(whole) if said.parse.tokens[i].text.lower() == lead]
    if not at:
        return ""
    phrase = set(said.parse.below(whole[at[-1]]))
    after = [i for i in whole[at[-1] :] if i not in phrase]
    return _text(said, [*whole[: at[-1]], *other, *after])


def _without_values(said: Spoken, words: Iterable[int]) -> list[int]:
    """Return words without those of values and what leads these in."""
    dropped: set[int] = set(said.measured)
    for i in sorted(said.measured):
        k = i - 1
        while k > 0 and (said.parse.tokens[k].text.lower() in _BEFORE_VALUE or k in dropped):
            dropped.add(k)
            k -= 1
    return [i for i in words if i not in dropped]


def _same(said: Spoken, main: Proposition) -> Comparison | None:
    """Return that two things are said to share a duration, an amount or a place."""
    parse, subject = said.parse, main.subject
    words = [token.text.lower() for token in parse.tokens]
    if subject is None:
        return None
    for at, word in enumerate(words):
        if word not in ("same", "different") or at < main.verb:
            continue
        noun = parse.tokens[at].head
        kind = _WHOSE.get(parse.tokens[noun].lemma)
        if kind is None or noun <= at:
            continue
        first = at - 1 if words[at - 1] == "the" else at
        first -= parse.tokens[first - 1].tag == "IN"
        behind = [i for i in range(noun + 1, len(words)) if words[i] not in _ENDS]
        mine = parse.below(subject.head, frozenset({main.verb}))
        sides = _two(said, subject.head, mine)
        if behind and words[behind[0]] == "as":
            sides = (list(mine), behind[1:])
        elif behind:
            return None
        if sides is None or not all(sides):
            return None
        shared = range(max(mine) + 1, first)
        left, right = (_upper(_text(said, [*side, *shared])) for side in sides)
        denied = (word == "different") is not main.negated
        return Comparison(left, right, 0, "the same as", kind, denied=denied)
    return None


def _two(said: Spoken, head: int, whole: Sequence[int]) -> tuple[list[int], list[int]] | None:
    """Return the two things that a subject joins."""
    joined = said.parse.children(head, "conj")
    if len(joined) != 1 or said.parse.children(joined[0], "conj"):
        return None
    other = list(said.parse.below(joined[0]))
    apart = {*other, *said.parse.children(head, "cc", "preconj", "punct")}
    return [i for i in whole if i not in apart], other


def _text(said: Spoken, words: Sequence[int]) -> str:
    """Return words as a text."""
    found = " ".join(said.parse.tokens[i].text for i in words if i >= 0)
    return found.strip(" ,.;").replace(" ,", ",").replace(" 's", "'s")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def stated(one: Comparison, other: Comparison) -> bool | None:
    """Tell whether a comparison of a passage says what a sentence says, or the contrary; None
    where it compares other things.
    """
    if not one.sign or not other.sign or one.kind != other.kind:
        return None
    mine, theirs = _lone(one), _lone(other)
    straight = bool(mine[0] & theirs[0] and mine[1] & theirs[1])
    crossed = bool(mine[0] & theirs[1] and mine[1] & theirs[0])
    if straight is crossed or one.denied or other.denied:
        return None
    return one.sign == (other.sign if straight else -other.sign)


def speaking_of(side: Sequence[Aligned], other: Spoken, grounds: Sequence[Ground]) -> list[Aligned]:
    """Return the grounds of a side that say most of it, and that say as it is written what the
    other side does not say, where any of all grounds does.
    """
    known = frozenset().union(*(_words(ground.said) for ground in grounds))
    found = []
    for one in side:
        own = (_words(one.claim.said) - _words(other)) & known
        written = one.claim.said.parse.tokens
        near = {written[i].lemma.lower() for i in (*one.around, *one.distant)}
        if own and own <= _words(one.ground.said) | near:
            found.append(one)
    most = max((len(one.pairs) for one in found), default=0)
    return [one for one in found if len(one.pairs) == most]


def _words(said: Spoken) -> frozenset[str]:
    """Return the words of a text in their base form, without values and what says nothing."""
    return frozenset(
        token.lemma.lower() for i, token in enumerate(said.parse.tokens)
        if said.meant[i] and i not in said.measured
    )  # fmt: skip


def _lone(one: Comparison) -> tuple[set[str], set[str]]:
    """Return the words that only the one side and only the other one says."""
    left, right = ({w.casefold() for w in tokens(t)} for t in (one.left, one.right))
    return left - right, right - left


def decided(
    one: Comparison, left: Sequence[Aligned], right: Sequence[Aligned], gazetteer: Gazetteer
) -> str | None:
    """Return why values gainsay a comparison, empty where they bear it out, None where each side
    has not one value: `left` and `right` are the sides with the grounds that bear them out.
    """
    if one.kind == "place":
        return _of_places(one, left, right, gazetteer)
    mine, theirs = _only(one, left, right), _only(one, right, left)
    if mine is None or theirs is None or mine.unit != theirs.unit:
        return None
    if mine.bound != theirs.bound and not _apart(mine, theirs):
        return None
    holds = _holds(one, mine.size, theirs.size)
    if holds is None:
        return None
    if holds is not one.denied:
        return ""
    verb = "is" if one.denied else "is not"
    return f"{mine.written} {verb} {one.written} {theirs.written}"


@dataclass(frozen=True, slots=True)
class _Size:
    """A value that may be compared with others of its unit."""

    size: Decimal
    unit: str
    bound: int
    written: str
    start: int


def _holds(one: Comparison, mine: Decimal, theirs: Decimal) -> bool | None:
    theirs = theirs * one.factor
    if one.sign:
        return mine * one.sign > theirs * one.sign
    if mine == theirs:
        return True
    return None if abs(mine - theirs) <= _NEAR * max(mine, theirs) else False


def _apart(mine: _Size, theirs: _Size) -> bool:
    """Tell whether bounds leave no doubt which one is more: at most 30 and at least 90."""
    low, high = sorted((mine, theirs), key=lambda one: one.size)
    return low.size != high.size and low.bound <= 0 and high.bound >= 0


def _only(one: Comparison, side: Sequence[Aligned], other: Sequence[Aligned]) -> _Size | None:
    """Return the value of a side where all that bears it out gives one."""
    found: dict[tuple[Decimal, str, int], _Size] = {}
    for beside in side:
        own = _sizes(beside.claim.said, one.kind)
        for value in own or _own(one, beside, next(iter(other), None)):
            found.setdefault((value.size, value.unit, value.bound), value)
    return next(iter(found.values())) if len(found) == 1 else None


def _own(one: Comparison, beside: Aligned, other: Aligned | None) -> list[_Size]:
    """Return the values of a ground that are said of a side of the comparison."""
    ground = beside.ground.said
    found = _sizes(ground, one.kind)
    if one.kind == "dated" and ground.lemmas & _AHEAD:
        return []
    if other is not None and (mine := _place_of(beside, other)) is not None:
        theirs = _place_of(other, beside, ground)
        if theirs is not None:
            return _in_order(sorted(found, key=lambda v: v.start), mine, theirs, ground)
    if one.thing:
        found = _counting(ground, found, one.thing)
    if len({(v.size, v.unit) for v in found}) <= 1 or beside.ground.is_row:
        return found
    clause = set(beside.clause_words)
    return [v for v in found if clause & set(ground.parse.at(v.start, v.start + 1))]


def _place_of(side: Aligned, other: Aligned, ground: Spoken | None = None) -> int | None:
    """Return where a ground says last what only one side of a comparison says."""
    ground = ground or side.ground.said
    apart = _words(side.claim.said) - _words(other.claim.said)
    found = [token.start for token in ground.parse.tokens if token.lemma.lower() in apart]
    return max(found, default=None)


def _in_order(found: list[_Size], mine: int, theirs: int, ground: Spoken) -> list[_Size]:
    """Return the value of the side at `mine` in a text that gives each side one: each behind its
    side, each before it, or one after the other, "respectively".
    """
    if len(found) != len((mine, theirs)):
        return []
    first, second = sorted((mine, theirs))
    one, two = (value.start for value in found)
    behind = first < one < second < two
    ahead = one < first < two < second
    in_turn = second < one and "respectively" in ground.lemmas
    return [found[0 if mine == first else 1]] if behind or ahead or in_turn else []


def _counting(said: Spoken, found: Sequence[_Size], thing: str) -> list[_Size]:
    """Return the numbers that stand before what is counted; those behind it where none does."""
    plain = [value for value in found if not value.unit]
    wanted = concepts(thing)
    behind = [v for v in plain if any(
        concepts(word) & wanted for word in tokens(said.text[v.start :])[1:3])]  # fmt: skip
    return behind or [v for v in plain if any(
        concepts(word) & wanted for word in tokens(said.text[: v.start])[-3:])]  # fmt: skip


def _sizes(said: Spoken, kind: str) -> list[_Size]:
    """Return the values of a text that may be compared as durations, dates or amounts."""
    found = []
    if kind in ("", "lasting", "dated"):
        found = [size for value in said.values if (size := _size(value, kind)) is not None]
    if kind != "dated":
        return found
    dated = [
        _Size(Decimal(372 * d.year + 31 * d.month + d.day), "date", 0, said.text[start:end], start)
        for d, start, end in said.dates if d.year
    ]  # fmt: skip
    return dated or found


def _size(value: Value, kind: str) -> _Size | None:
    days = days_of(value)
    if days is not None:
        return _Size(days, "days", value.bound, value.written, value.start)
    if kind or not isinstance(value.amount, Decimal):
        return None
    return _Size(value.amount, value.unit, value.bound, value.written, value.start)


def _of_places(
    one: Comparison, left: Sequence[Aligned], right: Sequence[Aligned], gazetteer: Gazetteer
) -> str | None:
    """Decide by the places that the two sides lie in."""
    mine, theirs = (_places(side, gazetteer) for side in (left, right))
    if not mine or not theirs:
        return None
    if mine == theirs:
        return "both are in one place" if one.denied else ""
    if {place.country for place in mine} & {place.country for place in theirs}:
        return None
    first, second = (min(place.name for place in side) for side in (mine, theirs))
    return "" if one.denied else f"{first} is not the same as {second}"


def _places(side: Sequence[Aligned], gazetteer: Gazetteer) -> frozenset[Place]:
    """Return the places that grounds of a side name and the side itself does not."""
    found = {
        frozenset(m.place for m in gazetteer.mentions(one.ground.said.text))
        - frozenset(m.place for m in gazetteer.mentions(one.claim.said.text))
        for one in side
    }
    return next(iter(found)) if len(found) == 1 else frozenset()
