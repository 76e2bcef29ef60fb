"""Whether values, places and names stand in the ground, and where the assertion puts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.verification.checks.alignment import Aligned
from assistant.verification.passages.grounds import Ground
from assistant.verification.reading.spoken import Assertion, Spoken
from assistant.verification.reading.values import Date, Value, dates, values
from assistant.verification.reading.words import concepts, is_neutral
from corpus.language.parsing import Parse
from corpus.places import Gazetteer, fold_name

_NARROW = frozenset(
    "outside beyond leave throughout across entire whole only all exclusively anywhere".split()
)


@dataclass(frozen=True)
class Anchor:
    """What an assertion says of something else: a value, a date, a place."""

    kind: str
    key: str
    """Equal for what is the same."""
    words: str
    at: tuple[int, ...]
    """Its words in the sentence."""


def anchors(said: Spoken, gazetteer: Gazetteer) -> tuple[Anchor, ...]:
    """Return the values, dates and places of a sentence, in the order of the text."""
    found = [
        Anchor("place", m.place.id, m.words, said.parse.at(m.start, m.end))
        for m in gazetteer.mentions(said.text)
    ]
    found += [
        Anchor("date", str(tuple(date)), said.text[start:end], said.parse.at(start, end))
        for date, start, end in said.dates
    ]
    found += [
        Anchor("value", f"{v.amount} {v.unit}", v.written, said.parse.at(v.start, v.end))
        for v in said.values
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def unsaid_value(one: Aligned, asked: str, is_count: Callable[[int], bool]) -> str:
    """Return a number, duration or date that the ground does not state so.

    `asked` is the question, whose numbers are the asker's; `is_count` tells whether a number is how
    many there are of what is listed.
    """
    text = one.ground.text
    stated = [date for date, _, _ in dates(f"{text}\n{asked}")]
    for date, start, end in one.claim.said.dates:
        if _within(one.claim, start, end) and _side_changed(one, date, start):
            return f"the passage sets {one.claim.said.text[start:end]} otherwise"
        if _within(one.claim, start, end) and not any(other.says(date) for other in stated):
            return f"the passage does not state the date {one.claim.said.text[start:end]}"
    own, near = one.ground.said.values, values(text)
    mine = values(asked)
    for value in one.claim.said.values:
        named = _is_named(one.claim, value) and value.raw in text.split()
        if not value.unit and (named or any(map(value.same, mine))):
            continue
        if _within(one.claim, value.start, value.end):
            reason = _value(value, own) and _value(value, near)
            if (
                reason
                and not _converted(value, one, near)
                and not (not value.unit and value.raw.isdigit() and is_count(int(value.raw)))
            ):
                return reason
    return ""


_SIDES = {
    "before": -1, "prior": -1, "until": -1, "by": -1, "beyond": 1, "after": 1, "since": 1,
    "from": 1, "earlier": -1, "later": 1,
}  # fmt: skip


def _side(text: str, start: int) -> int:
    """Return whether a date bounds what comes after it (1) or before it (-1); 0 for neither."""
    words = text[max(0, start - 16) : start].lower().split()[-2:]
    return next((_SIDES[word] for word in reversed(words) if word in _SIDES), 0)


def _side_changed(one: Aligned, date: Date, start: int) -> bool:
    mine = _side(one.claim.said.text, start)
    text = one.ground.said.text
    theirs = {_side(text, at) for other, at, _ in one.ground.said.dates if other.says(date)}
    return bool(mine and theirs) and not theirs & {mine, 0}


def _is_named(claim: Assertion, value: Value) -> bool:
    """Tell whether a number is a part of a name: "Tern 365"."""
    at = claim.said.parse.at(value.start, value.end)[:1]
    before = claim.said.parse.tokens[at[0] - 1] if at and at[0] else None
    return before is not None and value.raw.isdigit() and before.tag.startswith("NNP") and (
        value.written.isdigit()
    )  # fmt: skip


def _within(claim: Assertion, start: int, end: int) -> bool:
    return any(i in claim.words for i in claim.said.parse.at(start, end))


def _value(value: Value, stated: Sequence[Value]) -> str:
    same = (
        [other for other in stated if other.same(value)]
        or [other for other in stated if not other.unit and other.raw == value.raw]
        or ([other for other in stated if other.raw == value.raw] if not value.unit else [])
    )
    if not same:
        return f"the passage does not state {value.written}"
    bounds = {other.bound for other in same}
    if value.bound in bounds:
        return ""
    if value.bound == 0 and not value.unit:
        return ""
    how = {-1: "at most", 0: "exactly", 1: "at least"}[next(iter(bounds))]
    return f"the passage says {how} {same[0].written}, not {value.written}"


_DAYS = {12: 365, 24: 730, 36: 1095, 60: 1825}
_DAY = 86_400


def bare_values(claim: Assertion, grounds: Sequence[Ground]) -> str:
    """Hold an assertion that says a number alone against all grounds."""
    stated = [value for ground in grounds for value in values(ground.text)]
    for value in claim.said.values:
        if (
            _within(claim, value.start, value.end)
            and _value(value, stated)
            and not (_is_said_otherwise(value, claim.said.values, stated))
        ):
            return f"no passage states {value.written}"
    return ""


def _converted(value: Value, one: Aligned, stated: Sequence[Value]) -> bool:
    """Tell whether a duration says in years what the sentence also says in days."""
    return _is_said_otherwise(value, one.claim.said.values, stated)


def _is_said_otherwise(value: Value, mine: Sequence[Value], stated: Sequence[Value]) -> bool:
    for other in mine:
        if other is value or not any(other.same(known) for known in stated):
            continue
        for months, days in _DAYS.items():
            if {(value.unit, value.amount), (other.unit, other.amount)} == {
                ("month", Decimal(months)), ("second", Decimal(days * _DAY))
            }:  # fmt: skip
                return True
    return False


def unsaid_place(one: Aligned, gazetteer: Gazetteer) -> str:
    """Return a place that neither the ground nor what stands around it names."""
    known = {m.place.id: m.place for m in gazetteer.mentions(one.ground.text)}
    denied = one.claim.negated
    narrow = denied or bool(one.claim.lemmas & _NARROW)
    folded = f" {fold_name(one.ground.text)} "
    for mention in gazetteer.mentions(one.claim.said.text):
        if not _within(one.claim, mention.start, mention.end) or mention.place.id in known:
            continue
        if f" {fold_name(mention.words)} " in folded:
            continue
        if not narrow and any(mention.place.id in other.within for other in known.values()):
            continue
        if denied and any(inner in known for inner in mention.place.within):
            continue
        return f"the passage does not name {mention.words}"
    return ""


def set_against(one: Aligned) -> str:
    """Return a word of the assertion of which the ground says that it is not that."""
    against = one.ground.set_against
    if not against or one.claim.lemmas & {"rather", "instead", "other", "not", "n't", "no"}:
        return ""
    for i in one.claim.telling:
        found = one.pairs.get(i)
        if found and all(k in against for k in found):
            return f"the passage says that it is not {one.claim.said.parse.tokens[i].text}"
    return ""


def unsaid_name(one: Aligned, asked: frozenset[str]) -> str:
    """Return a name that neither the ground nor what stands around it says."""
    for i in one.missing:
        if i in one.names and not one.claim.said.meant[i] & asked:
            return f"the passage does not name {one.claim.said.parse.tokens[i].text}"
    return ""


def elsewhere(one: Aligned, gazetteer: Gazetteer) -> str:
    """Return a value or place that the ground says of something else than the assertion does."""
    theirs = anchors(one.ground.said, gazetteer)
    mine = [a for a in anchors(one.claim.said, gazetteer) if set(a.at) & set(one.claim.words)]
    if one.ground.is_row:
        return _of_another_cell(one, mine)
    for anchor in mine:
        own = [other for other in theirs if _is_one(other, anchor)]
        within = set(one.clause_words)
        rivals = [
            o for o in theirs
            if o.kind == anchor.kind and not _is_one(o, anchor) and within & set(o.at)
            and not _overlap(anchor, o, gazetteer)
        ]  # fmt: skip
        if own and rivals and (rival := _nearer(one, anchor, own, rivals, mine)):
            return f"the passage says {rival.words}, not {anchor.words}, of this"
    return ""


def _is_one(one: Anchor, other: Anchor) -> bool:
    """Tell whether two values are one; a unit may be left to the words around: "day 100"."""
    if one.key == other.key:
        return True
    digits = [part for part in one.words.split() if part.isdigit()]
    bare = one.kind == other.kind == "value" and one.key.endswith(" ")
    return bare and bool(digits) and digits == [w for w in other.words.split() if w.isdigit()]


def _overlap(one: Anchor, other: Anchor, gazetteer: Gazetteer) -> bool:
    """Tell whether two places lie one in the other."""
    if one.kind != "place":
        return False
    mine, theirs = gazetteer.place(one.key), gazetteer.place(other.key)
    return theirs.id in mine.within or mine.id in theirs.within


def _nearer(
    one: Aligned, anchor: Anchor, own: Sequence[Anchor], rivals: Sequence[Anchor],
    mine: Sequence[Anchor],
) -> Anchor | None:  # fmt: skip
    """Return another value that stands nearer to all that the assertion says this one of."""
    said_keys = {other.key for other in mine}
    rivals = [rival for rival in rivals if rival.key not in said_keys]
    about = [k for i in _governing(one, anchor) for k in one.pairs.get(i, ())]
    taken = {i for a in (*own, *rivals) for i in a.at}
    about = [k for k in about if k not in taken]
    if not about or not rivals:
        return None
    parse = one.ground.said.parse
    best = min(_distance(parse, about, other.at) for other in own)
    for rival in rivals:
        if _distance(parse, about, rival.at) < best and not _joined(parse, own, rival):
            return rival
    return None


def _joined(parse: Parse, own: Sequence[Anchor], rival: Anchor) -> bool:
    """Tell whether two values stand in one enumeration."""
    theirs = set(_chain(parse, rival.at))
    return any(theirs & set(_chain(parse, other.at)) for other in own)


def _chain(parse: Parse, words: Sequence[int]) -> Iterator[int]:
    for word in words:
        at = word
        yield at
        while parse.tokens[at].dep in ("conj", "appos", "compound", "nmod", "nummod", "quantmod"):
            if parse.tokens[at].head == at:
                break
            at = parse.tokens[at].head
            yield at


def _governing(one: Aligned, anchor: Anchor) -> list[int]:
    """Return the nearest words above an anchor in the assertion that the ground says."""
    parse = one.claim.said.parse
    found = [
        i for i in parse.above(anchor.at[0])
        if i not in anchor.at and one.pairs.get(i) and not is_neutral(parse.tokens[i].text)
    ]  # fmt: skip
    if found:
        return found[:1]
    head = next(iter(parse.above(anchor.at[0])), None)
    below = parse.below(head) if head is not None else ()
    return [i for i in below if i not in anchor.at and one.pairs.get(i)]


def _distance(parse: Parse, words: Sequence[int], others: Sequence[int]) -> int:
    return min(_path(parse, one, other) for one in words for other in others)


def _path(parse: Parse, one: int, other: int) -> int:
    """Return how many steps two words stand apart in the tree; conjuncts stand as one."""
    mine = {at: n for n, at in enumerate((one, *parse.above(one)))}
    steps = 0
    for at in (other, *parse.above(other)):
        if at in mine:
            return steps + mine[at]
        steps += parse.tokens[at].dep != "conj"
    return 99


def _of_another_cell(one: Aligned, mine: Sequence[Anchor]) -> str:
    """Return a value that stands in another column than the one that the assertion names."""
    pairs = one.ground.passage.pairs
    for anchor in mine:
        cells = [p for p in pairs if anchor.words.casefold() in p.value.casefold()]
        about = {c for i in _governing_words(one, anchor) for c in one.claim.said.meant[i]}
        if not cells or not about:
            continue
        titled = [p for p in pairs if _share(p.title, about)]
        if titled and not any(_share(p.title, about) for p in cells):
            best = max(_share(p.title, about) for p in titled)
            if best >= 1 and anchor.kind != "place":
                return f"the row says {anchor.words} of {cells[0].title or 'something else'}"
    return ""


def _governing_words(one: Aligned, anchor: Anchor) -> list[int]:
    parse = one.claim.said.parse
    return [i for i in parse.above(anchor.at[0]) if one.claim.said.telling(i)][:2]


def _share(title: str, about: set[str]) -> float:
    words = [word for word in title.split() if not is_neutral(word)]
    return sum(bool(concepts(word) & about) for word in words) / len(words) if words else 0.0
