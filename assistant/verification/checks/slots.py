"""Whether values, places and names stand in the ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.verification.checks.alignment import Aligned
from assistant.verification.checks.on_the_map import lies_apart
from assistant.verification.checks.reckoned import comes_to, lies_between
from assistant.verification.passages.grounds import Ground
from assistant.verification.passages.grounds import set_against as set_against_of
from assistant.verification.reading.spoken import Assertion, tokens
from assistant.verification.reading.values import Date, Value, dates, values
from assistant.verification.reading.words import concepts, is_content
from corpus.places import Gazetteer, fold_name

_FEW = 3
"""Words of an assertion of which none is a paraphrase's own."""
_RECKONED = frozenset("total altogether together difference sum combined overall all".split())
_NARROW = frozenset(
    "outside beyond leave throughout across entire whole only all exclusively anywhere".split()
)


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
        if (
            _within(one.claim, start, end)
            and not any(other.says(date) for other in stated)
            and not _is_reached(date, stated, one.ground.said.values)
        ):
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
                and not _in_years(value, near)
                and not _is_year(value, stated)
                and not _is_reckoned(value, one)
                and not comes_to(value, one.claim.said.text, text, near)
                and not lies_between(value, stated)
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


def bare_values(claim: Assertion, grounds: Sequence[Ground], asked: str) -> str:
    """Hold an assertion that says a number alone against the question and the grounds that say
    most of it.
    """
    grounds = _asked_for(asked, grounds)
    texts = (*(ground.text for ground in grounds), asked)
    stated = [value for text in texts for value in values(text)]
    for value in claim.said.values:
        if (
            _within(claim, value.start, value.end)
            and _value(value, stated)
            and not _in_years(value, stated)
            and not _is_year(value, [d for text in texts for d, _, _ in dates(text)])
        ):
            return f"no passage states {value.written}"
    return ""


def _asked_for(asked: str, grounds: Sequence[Ground]) -> Sequence[Ground]:
    """Return the grounds that say most of a question, its numbers among them."""
    numbers = {value.raw for value in values(asked)}
    said = [
        sum(bool(concepts(word) & (one.said.concepts | one.around)) for word in _telling(asked))
        + len(numbers & {value.raw for value in values(one.text)})
        for one in grounds
    ]  # fmt: skip
    most = max(said, default=0)
    return [one for one, many in zip(grounds, said, strict=True) if many == most]


def _telling(text: str) -> list[str]:
    return [word for word in tokens(text) if is_content(word)]


def _in_years(value: Value, stated: Sequence[Value]) -> bool:
    """Tell whether a duration says in years what is stated in days, or the other way."""
    mine = (value.unit, value.amount)
    for months, days in _DAYS.items():
        both = {("month", Decimal(months)), ("second", Decimal(days * _DAY))}
        if mine in both and any({mine, (other.unit, other.amount)} == both for other in stated):
            return True
    return False


def _is_year(value: Value, stated: Sequence[Date]) -> bool:
    """Tell whether a number is the year of a date that is stated."""
    return not value.unit and value.raw.isdigit() and any(
        date.year == int(value.raw) for date in stated
    )  # fmt: skip


def _is_reckoned(value: Value, one: Aligned) -> bool:
    """Tell whether a number is what two that the ground states make together, or differ by."""
    if value.unit or not value.raw.isdigit() or not one.claim.lemmas & _RECKONED:
        return False
    own = [int(v.raw) for v in one.ground.said.values if not v.unit and v.raw.isdigit()]
    sums = {a + b for n, a in enumerate(own) for b in own[n + 1 :]} | {sum(own)}
    return int(value.raw) in sums | {abs(a - b) for a in own for b in own}


def _is_reached(date: Date, stated: Sequence[Date], durations: Sequence[Value]) -> bool:
    """Tell whether a date is one of the question after or before a duration that is stated."""
    for value in durations:
        if value.unit != "month" or not isinstance(value.amount, Decimal):
            continue
        for other in stated:
            months = 12 * (date.year - other.year) + date.month - other.month
            if other.year and abs(months) == value.amount and date.day == other.day:
                return True
    return False


def unsaid_place(one: Aligned, gazetteer: Gazetteer) -> str:
    """Return a place that neither the ground nor what stands around it names."""
    mentions = gazetteer.mentions(one.claim.said.text)
    mine = [m for m in mentions if _within(one.claim, m.start, m.end)]
    if not mine:
        return ""
    folded = f" {fold_name(one.ground.text)} "
    unsaid = [m for m in mine if f" {fold_name(m.words)} " not in folded]
    if not unsaid:
        return ""
    # The places of the ground are read last: it is the longest text that is read for them.
    known = {m.place.id: m.place for m in gazetteer.mentions(one.ground.text)}
    denied = one.claim.negated
    narrow = denied or bool(one.claim.lemmas & _NARROW)
    for mention in unsaid:
        # "Central region" is the name of a place that a ground may call "Central".
        called = " ".join(word for word in mention.words.split() if word[:1].isupper())
        if mention.place.id in known or (called and f" {fold_name(called)} " in folded):
            continue
        if not narrow and any(mention.place.id in other.within for other in known.values()):
            continue
        if denied and any(inner in known for inner in mention.place.within):
            continue
        if lies_apart(mention, one, gazetteer):
            continue
        return f"the passage does not name {mention.words}"
    return ""


def place_from_afar(one: Aligned, asked: str, gazetteer: Gazetteer, *, leaning: bool) -> str:
    """Return a place that only a title or heading names, where the ground itself names others or,
    `leaning`, where the place is what answers the question.
    """
    text = "\n".join((one.ground.said.text, one.ground.before, *one.ground.passage.beside))
    own = [m.place for m in gazetteer.mentions(one.ground.said.text)]
    known = {i for m in gazetteer.mentions(text) for i in (m.place.id, *m.place.within)}
    known.update(m.place.id for m in gazetteer.mentions(asked))
    folded = f" {fold_name(text)} "
    for mention in gazetteer.mentions(one.claim.said.text):
        place, words = mention.place, f" {fold_name(mention.words)} "
        if place.id in known or words in folded or any(p.id in place.within for p in own):
            continue
        if _within(one.claim, mention.start, mention.end) and (own or leaning):
            return f"the passage itself does not name {mention.words}"
    return ""


def set_against(one: Aligned) -> str:
    """Return a word of the assertion of which the ground says that it is not that, or that it is
    where the assertion says that it is not.
    """
    return _said_against(one) or _not_against(one)


def _not_against(one: Aligned) -> str:
    mine, theirs = one.claim.said, one.ground.said
    if not one.ground.set_against:
        return ""
    for i in sorted(set_against_of(mine) & set(one.pairs)):
        lemma = mine.parse.tokens[i].lemma
        same = [k for k in one.pairs.get(i, ()) if theirs.parse.tokens[k].lemma == lemma]
        if same and not set(same) & one.ground.set_against:
            return f"the passage says that it is {mine.parse.tokens[i].text}"
    return ""


def _said_against(one: Aligned) -> str:
    against = one.ground.set_against
    if not against or one.claim.lemmas & {
        "rather",
        "instead",
        "other",
        "not",
        "n't",
        "no",
        "never",
    }:
        return ""
    for i in one.claim.telling:
        found = one.pairs.get(i)
        if found and all(k in against for k in found):
            return f"the passage says that it is not {one.claim.said.parse.tokens[i].text}"
    return ""


def unsaid_thing(one: Aligned, asked: frozenset[str]) -> str:
    """Return a thing that an assertion of few words names and that is neither said nor asked."""
    if len(one.claim.telling) > _FEW:
        return ""
    # "except" is said by "exceptions", though it says nothing by itself.
    known = asked.union(*(concepts(word) for word in tokens(one.ground.text)))
    for i in one.missing:
        token = one.claim.said.parse.tokens[i]
        thing = token.tag.startswith("NN") and token.text.isalpha()
        if thing and not one.claim.said.meant[i] & known:
            return f"the passage does not say {token.text}"
    return ""


def unsaid_part(one: Aligned, asked: frozenset[str]) -> str:
    """Return a thing of an enumeration, or a word of a clause that tells which thing is meant, that
    is neither said nor asked: "names, logos and invoices", "the address of who signs in first".
    """
    parse = one.claim.said.parse
    known = asked.union(*(concepts(word) for word in tokens(one.ground.text)))
    for i in one.missing:
        token = parse.tokens[i]
        if one.claim.said.meant[i] & known or not token.text.isalpha():
            continue
        listed = token.dep == "conj" and token.tag in ("NN", "NNS")
        telling = token.dep == "relcl" and parse.tokens[min(parse.below(i)) - 1].text != ","
        if listed or telling:
            return f"the passage does not say {token.text}"
    return ""


def unsaid_name(one: Aligned, asked: frozenset[str]) -> str:
    """Return a name that neither the ground nor what stands around it says."""
    for i in one.missing:
        if i in one.names and not one.claim.said.meant[i] & asked:
            return f"the passage does not name {one.claim.said.parse.tokens[i].text}"
    return ""
