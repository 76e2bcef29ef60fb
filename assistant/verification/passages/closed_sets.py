"""What a closed set decides: how many of its members say something, which alone, which besides.

The members of a table or list are told apart by what a sentence says of some of them. It is true if
as many of them say it as it counts, or if those that it names say it and no other one does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.verification.passages.listed_sets import Listed, members_named
from assistant.verification.reading.spoken import Spoken, meaning, read, tokens
from assistant.verification.reading.values import Value, values
from corpus.chunk import said as chunk_said
from corpus.language.sentences import readable
from corpus.places import Gazetteer
from corpus.types import Chunk

_ONLY = frozenset("only solely alone sole exclusively".split())
_DENIALS = frozenset("no not n't none never neither nor without".split())
_BLANK = frozenset({"", "no", "none", "n/a", "-", "–", "—", "false"})
"""Cells that deny what their column is titled."""
_REST = frozenset("remaining other rest".split())
_EXCEPT = frozenset({"exception", "exceptions", "except"})
_SOME = frozenset({"among", "such", "including", "from"})
"""Words that lead in some of those that are counted."""
_OF_SETS = frozenset(
    "list listed table row entry member give given name named show shown state stated include page "
    "document run be have come offer provide contrast exception example instance whereas namely "
    "column following one apart altogether total".split()
)
"""Words about a set and its members that say nothing of them."""
_TURNS = frozenset({"whereas", "while", "but", "contrast", "exception", "except"})
"""What leads in what is not so of those that a sentence spoke of."""
_FEWEST = 2
_LEAD = 3
_NEAR = 6
"""Words from "two" to "seven" in "two of the seven", from "only" to what it limits."""


@dataclass(frozen=True)
class Verdict:
    """What a closed set makes of a sentence."""

    reason: str = ""
    """Why it is false; empty where it is true."""


@dataclass(frozen=True)
class _Member:
    """One member of a set."""

    chunk: Chunk
    keys: tuple[str, ...]
    """What it may be called, in lower case."""

    @property
    def name(self) -> str:
        """As a reader sees it."""
        pairs = self.chunk.pairs
        return readable(pairs[0].value) if pairs else chunk_said(self.chunk)

    @cached_property
    def called(self) -> frozenset[str]:
        """What the words of its name mean."""
        return meaning(self.name)

    @cached_property
    def text(self) -> str:
        """Its cells, those titles among them under which something stands."""
        cells = [
            f"{pair.title} {pair.value}" for pair in self.chunk.pairs
            if readable(pair.value).strip().lower() not in _BLANK
        ]  # fmt: skip
        return readable(" ; ".join(cells)) or chunk_said(self.chunk)

    @cached_property
    def meant(self) -> frozenset[str]:
        """What its words mean."""
        return meaning(self.text)

    @property
    def denies(self) -> bool:
        """Whether it says that something is not so."""
        return bool({word.lower() for word in tokens(chunk_said(self.chunk))} & _DENIALS)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Its numbers, sizes and durations."""
        return values(self.text)

    def measured(self, said: frozenset[str]) -> tuple[Value, ...]:
        """Return its values, those of the column that is named where one is."""
        titles = [meaning(pair.title) for pair in self.chunk.pairs]
        often = Counter(one for title in titles for one in title)
        named = [
            values(pair.value) for pair, title in zip(self.chunk.pairs, titles, strict=True)
            if any(often[one] == 1 for one in title & said)
        ]  # fmt: skip
        own = tuple(value for some in named for value in some if value.unit)
        return own or self.values


@dataclass(frozen=True)
class _Segment:
    """A part of a sentence that counts or names members and says something of them."""

    words: tuple[int, ...]
    count: int = -1
    total: int = -1
    """Of how many it counts some."""


class _Reading:
    """A sentence read against one set."""

    def __init__(self, said: Spoken, listed: Listed, asked: str, gazetteer: Gazetteer) -> None:
        self.said = said
        self.members = tuple(_members(listed.chunks))
        titles = " ".join(pair.title for m in self.members for pair in m.chunk.pairs)
        contexts = " ".join(one.context for one in listed.chunks[:1])
        self.title = meaning(f"{listed.title} {titles} {contexts} {asked}")
        self.gazetteer = gazetteer
        self.named = dict(self._named())
        self.taken = frozenset(i for found in self.named.values() for i in found)

    def _named(self) -> Iterator[tuple[_Member, frozenset[int]]]:
        """Yield the members that the sentence names, with its words; long names first."""
        text, taken = self.said.text.casefold(), set[int]()
        every = sorted(((k, m) for m in self.members for k in m.keys), key=lambda x: -len(x[0]))
        seen: set[_Member] = set()
        for key, member in every:
            at = text.find(key)
            words = set(self.said.parse.at(at, at + len(key))) if at >= 0 else set()
            whole = at >= 0 and not text[at - 1 : at].isalnum() and (
                not text[at + len(key) : at + len(key) + 1].isalnum()
            )  # fmt: skip
            if whole and words and not words & taken and member not in seen:
                taken |= words
                seen.add(member)
                yield member, frozenset(words)
        yield from self._enumerated(seen, taken)

    def _enumerated(
        self, seen: set[_Member], taken: set[int]
    ) -> Iterator[tuple[_Member, frozenset[int]]]:
        """Yield the members that are named by some of their words behind a colon or "namely"."""
        text = self.said.text
        mark = next((one for one in (": ", " namely ") if one in text), "")
        at = text.find(mark) + len(mark) if mark else len(text)
        for part in members_named(text[at:].rstrip(" .")):
            start = text.find(part, at)
            words = set(self.said.parse.at(start, start + len(part)))
            meant = [self.said.meant[i] for i in words if self.said.meant[i]]
            found = [m for m in self.members if meant and all(one & m.called for one in meant)]
            if len(found) == 1 and found[0] not in seen and not words & taken:
                seen.add(found[0])
                yield found[0], frozenset(words)

    def names(self, words: Sequence[int]) -> list[_Member]:
        """Return the members that words name."""
        return [one for one, found in self.named.items() if found <= set(words)]

    def having(self, words: Sequence[int]) -> tuple[list[_Member], bool] | None:
        """Return the members that say what words say, and whether that tells some apart; None
        where no member says it.
        """
        kept, apart = list(self.members), False
        said = frozenset().union(*(self.said.meant[i] for i in words))
        placed: set[int] = set()
        for mention in self.gazetteer.mentions(self.said.text):
            found = set(self.said.parse.at(mention.start, mention.end))
            if not found & set(words) or found & self.taken:
                continue
            placed |= found
            some = [m for m in self.members if self._lies_in(m, mention.place.id)]
            if self._outside(min(found)):
                some = [m for m in self.members if m not in some and self._placed(m)]
            if not some and not meaning(mention.words) <= self.title:
                return None
            if some:
                kept, apart = [m for m in kept if m in some], True
        for value in self.said.values:
            found = set(self.said.parse.at(value.start, value.end))
            if found & set(words) and not found & self.taken and value.unit:
                kept = [m for m in kept if any(_meets(v, value) for v in m.measured(said))]
                apart, placed = True, placed | found
        for i in words:
            if i in self.taken or i in placed or i in self.said.measured or not self._tells(i):
                continue
            some = [m for m in self.members if self.said.meant[i] & m.meant]
            if some and len(some) < len(self.members):
                kept, apart = [m for m in kept if m in some], True
            elif not some and not self.said.meant[i] & self.title:
                return None
        if self._denied(words):
            kept = [m for m in kept if m.denies]
            apart = True
        return (kept, apart) if self._numbered(words, kept) else None

    def tells(self, words: Sequence[int]) -> bool:
        """Tell whether words name a member or say something of one."""
        return any(i in self.taken or i in self.said.measured or self._tells(i) for i in words)

    def in_one(self, words: Sequence[int]) -> bool:
        """Tell whether one member says all that words say."""
        telling = [i for i in words if i not in self.taken and self._tells(i)]
        return any(all(self.said.meant[i] & m.meant for i in telling) for m in self.members)

    def _denied(self, words: Sequence[int]) -> bool:
        return any(self.said.parse.tokens[i].text.lower() in _DENIALS for i in words)

    def _numbered(self, words: Sequence[int], kept: Sequence[_Member]) -> bool:
        """Tell whether numbers that count nothing are those of members, and no date is left."""
        if any(set(self.said.parse.at(*d[1:])) & set(words) for d in self.said.dates):
            return False
        counting = {at for at, _ in _counts(self.said, self.taken)}
        for value in self.said.values:
            found = set(self.said.parse.at(value.start, value.end))
            loose = found & set(words) and not found & (self.taken | counting) and not value.unit
            if loose and not any(v.amount == value.amount for m in kept for v in m.values):
                return False
        return True

    def _tells(self, i: int) -> bool:
        token = self.said.parse.tokens[i]
        return (
            self.said.telling(i)
            and token.lemma != "outside"
            and not {token.lemma, token.text.lower()} & (_OF_SETS | _REST | _EXCEPT | _SOME | _ONLY)
        )

    def _lies_in(self, member: _Member, place: str) -> bool:
        return any(
            m.place.id == place or place in m.place.within
            for m in self.gazetteer.mentions(member.text)
        )

    def _placed(self, member: _Member) -> bool:
        return bool(self.gazetteer.mentions(member.text))

    def _outside(self, at: int) -> bool:
        """Tell whether a place is one that something lies outside of."""
        before = self.said.parse.tokens[max(0, at - _LEAD) : at]
        return any(token.text.lower() == "outside" for token in before)

    def lemmas(self, words: Sequence[int]) -> frozenset[str]:
        """Return the base forms of words."""
        return frozenset(self.said.parse.tokens[i].lemma for i in words)


def by_closed_sets(
    text: str, sets: Sequence[Listed], asked: str, gazetteer: Gazetteer
) -> Verdict | None:  # fmt: skip
    """Return what closed sets make of a sentence that counts their members or singles some out,
    None where they do not decide it.
    """
    said = read(text)
    lemmas = {token.text.lower() for token in said.parse.tokens}
    counts = _counts(said)
    if not counts and not lemmas & _ONLY:
        return None
    found: Verdict | None = None
    for listed in sets:
        if len(listed.chunks) < _FEWEST:
            continue
        reading = _Reading(said, listed, asked, gazetteer)
        one = _by_count(reading) if _counts(said, reading.taken) else _alone(reading)
        if one is not None and not one.reason:
            return one
        found = found or one
    return found


def _counts(said: Spoken, taken: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Return the numbers of a sentence that count something, with the words that they are."""
    found = []
    for value in said.values:
        at = said.parse.at(value.start, value.end)
        whole = not value.unit and str(value.amount).isdigit()
        if whole and at and not set(at) & taken and (
            said.parse.tokens[at[0]].text.isalpha() or _behind(said, at[-1]) == "of"
        ):  # fmt: skip
            found.append((at[0], int(value.amount)))
    known = {at for at, _ in found}
    ones = [i for i in _ones(said) if i not in known and i not in taken]
    return sorted([*found, *((i, 1) for i in ones)]) if found else []


def _ones(said: Spoken) -> Iterator[int]:
    """Yield each "one" that counts beside other numbers."""
    for i, token in enumerate(said.parse.tokens):
        if token.text.lower() == "one" and _behind(said, i) in ("of", "in", "with", "for", "on"):
            yield i


def _behind(said: Spoken, at: int) -> str:
    return said.parse.tokens[at + 1].text.lower() if at + 1 < len(said.parse.tokens) else ""


def _segments(reading: _Reading) -> tuple[tuple[int, ...], list[_Segment]]:
    """Return what stands before the first number, and each number with what stands behind it."""
    said = reading.said
    starts: list[tuple[int, int, int]] = []
    total = -1
    for at, number in _counts(said, reading.taken):
        lead = [said.parse.tokens[i].text.lower() for i in range(max(0, at - _LEAD), at)]
        if "of" in lead and starts and at - starts[-1][0] <= _NEAR:
            starts[-1] = (starts[-1][0], starts[-1][1], number)
        elif "of" in lead and not starts and total < 0:
            total = number
        else:
            starts.append((at, number, total))
            total = -1
    if not starts:
        return (), []
    head = tuple(range(starts[0][0]))
    starts += [(at, -1, -1) for at in _breaks(said) if at > starts[0][0]]
    starts.sort()
    ends = [at for at, _, _ in starts[1:]] + [len(said.parse.tokens)]
    found: list[_Segment] = []
    for (at, number, whole), end in zip(starts, ends, strict=True):
        words = tuple(range(at, end))
        if found and found[-1].count < 0 and not reading.tells(found[-1].words):
            words = (*found.pop().words, *words)
        found.append(_Segment(words, number, whole))
    return head, found


def _breaks(said: Spoken) -> Iterator[int]:
    """Yield where a sentence turns to what is not so of those that it spoke of."""
    tokens = said.parse.tokens
    for i, token in enumerate(tokens):
        apart = i and tokens[i - 1].text.lower() in (",", ";", "the", "by", "one")
        if apart and token.text.lower() in _TURNS:
            yield i


def _by_count(reading: _Reading) -> Verdict | None:
    """Decide a sentence that counts members, number by number."""
    head, segments = _segments(reading)
    before: list[_Member] = []
    told = False
    for number, one in enumerate(segments):
        words, some = _without_examples(reading, (*head, *one.words) if not number else one.words)
        found = _kept(reading, words, before if number else None)
        if found is None or some is None:
            return None
        kept, apart = found
        named = reading.names(words)
        if not set(named) <= set(kept) or (one.count < 0 and not named):
            return None
        if _groups_of(reading, one, before):
            told = True
            continue
        if one.total >= 0 and one.total != len(reading.members):
            return None
        if number and named and not apart:
            # Of those that are counted before, it names some and says nothing else of them.
            kept, apart = named, True
        if 0 <= one.count != len(kept):
            sure = kept and apart and segments[0].total == len(reading.members)
            return _miscounted(one, kept) if sure else None
        if len(named) > 1 and not some and one.count >= 0 and len(named) != one.count:
            return None
        told = told or apart or bool(named) or bool(some) or one.total >= 0
        before += kept if apart else ()
    return Verdict() if told else None


def _without_examples(
    reading: _Reading, words: Sequence[int]
) -> tuple[Sequence[int], bool | None]:  # fmt: skip
    """Return words up to those that name some for all, and whether there are such; None where
    what they name is in no member.
    """
    tokens = reading.said.parse.tokens
    at = next((n for n, i in enumerate(words) if tokens[i].text.lower() in _SOME), -1)
    if at < 0:
        return words, False
    parts: list[list[int]] = [[]]
    for i in words[at:]:
        if tokens[i].text.lower() in (",", "and", "to"):
            parts.append([])
        else:
            parts[-1].append(i)
    whole = all(reading.in_one(part) for part in parts)
    return words[:at], True if whole else None


def _groups_of(reading: _Reading, one: _Segment, before: Sequence[_Member]) -> bool:
    """Tell whether as many members as are counted stand in each of the groups that are left:
    "two in each of the other seven".
    """
    if one.total < 0 or "each" not in reading.lemmas(one.words):
        return False
    left = Counter(m.name for m in reading.members if m not in before)
    return len(left) == one.total and set(left.values()) == {one.count}


def _kept(
    reading: _Reading, words: Sequence[int], before: list[_Member] | None
) -> tuple[list[_Member], bool] | None:
    """Return the members that words are about: those that say it, or what others leave."""
    lemmas = reading.lemmas(words)
    found = reading.having(words)
    if found is None or before is None or not lemmas & (_REST | _EXCEPT):
        return found
    rest = [m for m in reading.members if m not in before]
    kept, apart = found
    named = reading.names(words)
    if lemmas & _EXCEPT and set(named) != set(rest):
        return None
    return (rest, True) if not apart or set(rest) <= set(kept) else None


def _miscounted(one: _Segment, kept: Sequence[_Member]) -> Verdict:
    names = ", ".join(m.name for m in kept[:3])
    return Verdict(f"the list has {len(kept)} of these, not {one.count}: {names}")


def _alone(reading: _Reading) -> Verdict | None:
    """Decide a sentence that says something of the members that it names and of no other one."""
    said = reading.said
    every = tuple(range(len(said.parse.tokens)))
    at = next((i for i in every if said.parse.tokens[i].lemma in _ONLY), -1)
    named = reading.names(every)
    scope = _exclusive(reading, at) if named and at >= 0 else ()
    if not scope or reading.lemmas(every) & _DENIALS or set(reading.names(scope)) & set(named):
        return None
    found, rest = reading.having(scope), reading.having(every)
    if found is None or not found[1] or rest is None or not set(named) <= set(rest[0]):
        return None
    others = [m for m in found[0] if m not in named]
    return Verdict(f"{others[0].name} says so too" if others else "")


def _exclusive(reading: _Reading, at: int) -> tuple[int, ...]:
    """Return what "only" says of the named members alone; nothing where it limits another word."""
    parse = reading.said.parse
    head = parse.tokens[at].head
    rest = tuple(i for i in range(len(parse.tokens)) if i not in reading.taken)
    if parse.tokens[at].dep == "amod" and parse.tokens[head].dep in ("nsubj", "nsubjpass"):
        return tuple(parse.below(head))
    if parse.tokens[at].dep == "amod" and parse.tokens[head].dep == "attr":
        return rest
    near = range(at + 1, min(at + 1 + _NEAR, len(parse.tokens)))
    first = next((i for i in near if reading.said.meant[i]), -1)
    early = any(i < at for i in reading.taken)
    return rest if first in reading.taken and not early else ()


def _meets(value: Value, wanted: Value) -> bool:
    if value.unit != wanted.unit:
        return False
    if wanted.bound and not isinstance(value.amount, str) and not isinstance(wanted.amount, str):
        return (value.amount - wanted.amount) * wanted.bound >= 0
    return value.amount == wanted.amount


def _members(chunks: Sequence[Chunk]) -> Iterator[_Member]:
    """Yield members with what each alone may be called."""
    calls = [frozenset(_calls(one)) for one in chunks]
    for n, chunk in enumerate(chunks):
        others = frozenset().union(*(some for k, some in enumerate(calls) if k != n))
        yield _Member(chunk, tuple(sorted(calls[n] - others)))


def _calls(chunk: Chunk) -> Iterator[str]:
    """Yield what a member may be called: its first cell or its label, and what brackets add."""
    first = chunk.pairs[0].value if chunk.pairs else chunk_said(chunk).partition(": ")[0]
    text = readable(first).casefold().strip(" .*")
    head, _, rest = text.partition("(")
    for part in (text, head, head.split(", ")[0], *rest.rstrip(") ").split(",")[:1]):
        if len(part.strip(" ).")) > 1:
            yield part.strip(" ).")
