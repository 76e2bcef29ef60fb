"""One written sentence held against the grounds that it cites.

Each of its assertions is laid beside each ground. It holds by a ground that says its words in one
clause, as firmly, of as many, at the same time, under the same limits, of the same values. What
names several things holds if it holds of each; what closed sets, the calendar and the map decide is
decided by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from assistant.verification.checks.alignment import Aligned, align, is_of_field
from assistant.verification.checks.compared import (
    Comparison,
    Contrast,
    Utmost,
    comparison,
    contrast,
    decided,
    speaking_of,
    stated,
    surpassed,
    utmost,
)
from assistant.verification.checks.denial import not_so, otherwise_within
from assistant.verification.checks.exchanged import (
    another_doer,
    other_way,
    swapped,
)
from assistant.verification.checks.exclusive import exclusive
from assistant.verification.checks.extent import beyond, of_another_extent, of_too_many, only_unsaid
from assistant.verification.checks.firmness import too_firm
from assistant.verification.checks.labelled import mislabelled
from assistant.verification.checks.on_the_map import lies_so
from assistant.verification.checks.parties import another_party
from assistant.verification.checks.restrictions_kept import (
    UNDER_A_CONDITION,
    dropped,
    made_up,
    whatever,
)
from assistant.verification.checks.slots import (
    bare_values,
    place_from_afar,
    set_against,
    unsaid_name,
    unsaid_part,
    unsaid_place,
    unsaid_thing,
    unsaid_value,
)
from assistant.verification.checks.time_told import another_time
from assistant.verification.passages.closed_sets import by_closed_sets
from assistant.verification.passages.grounds import (
    Ground,
    Passage,
    grounds_of,
    is_sentence,
    passages_of_texts,
    whole,
)
from assistant.verification.passages.listed_sets import (
    Listed,
    counted,
    enumerations,
    is_left_out,
    is_listed,
    joined_runs,
    members_named,
)
from assistant.verification.reading.left_out import written_out
from assistant.verification.reading.miscounted import miscounted
from assistant.verification.reading.names import literals, unknown_literal
from assistant.verification.reading.near_copies import turned_copy
from assistant.verification.reading.reported import Frame, stated_after_all, unframed
from assistant.verification.reading.spoken import (
    Assertion,
    Spoken,
    assertions,
    meaning,
    read,
    tokens,
)
from assistant.verification.reading.values import values
from assistant.verification.reading.words import signs
from corpus.language.parsing import parse
from corpus.language.propositions import Link
from corpus.language.sentences import lines, plain
from corpus.places import Gazetteer

_ENOUGH = 0.5
"""Share of an assertion that a ground has to say."""
_AS_GOOD = 0.12
"""Grounds that say less by no more than this are as good as the best."""
_OWN = 0.35
"""Share that the ground itself has to say."""
_WHOLLY = 0.85
"""Share of an assertion that what stands around an entry of a list has to say."""
_ASKED = 0.5
"""Share of a question that the ground of an answer in a few words has to say."""
_ASKED_OF_ANOTHER = "the passage does not speak of what is asked"
_LEADS = ("yes", "no", "it depends", "correct", "right", "partly", "not quite")
_APART = ("; by contrast, ", "; ", ", while ", ", whereas ")
_JOINTS = (", and ", ", but ", ", so ", " and ", ", ")
"""What joins two sentences in one."""
_OTHERWISE = ("the passage says", "the passage sets", "the row says", "the sentence")
_CONTRARY = ("the passage says that it", "the passage says so of another", "the row says")
"""Reasons by which a ground says the contrary of a sentence."""
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_LEANING = frozenset("if when unless as before after where until once".split())
"""What begins a sentence whose comma does not join two."""
_DESCRIBING = ("advmod", "relcl", "acl")
_FEW_UNSAID = 2
"""Words of a remark that the clause which it hangs on may account for."""
_MOST_WAYS = 4
"""In which a sentence is parted, most plausible first."""
_POINTING = frozenset({"it", "they", "this", "that", "these", "those"})
_FEW = 3
"""Words of a sentence that leave all but a value to the question."""
_MOST_PARTS = 12
_DEEPEST = 2
"""Enumerations and sentences within one that are taken apart, one after the other."""


@dataclass(frozen=True)
class Held:
    """What a sentence is held against."""

    grounds: tuple[Ground, ...]
    gazetteer: Gazetteer
    question: str = ""
    sets: tuple[Listed, ...] = ()
    """Lists and tables of which a part is cited."""
    page: Callable[[], Iterable[str]] = tuple
    """Gives all that the cited documents say, for what they are said not to say."""
    before: str = ""
    """What the sentence said before this part of it."""
    unread: tuple[str, ...] = ()
    """Passages that share no word with the sentence."""

    @property
    def spoken(self) -> frozenset[str]:
        """What the grounds and what stands around them mean."""
        return frozenset().union(*(one.everything for one in self.grounds))

    @property
    def asked(self) -> frozenset[str]:
        """What the words of the question mean."""
        return meaning(self.question)


def unsupported(sentence: str, passages: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return why passages do not support a sentence, empty when they do.

    `passages` are texts as a reader sees them, headings and lead-ins among them.
    """
    return unfounded(sentence, tuple(passages_of_texts(passages)), Held((), gazetteer))


def unfounded(sentence: str, passages: Sequence[Passage], held: Held) -> str:
    """Return why passages do not support a sentence that answers a question."""
    said = "\n".join(one for p in passages for one in (p.text, *p.above, *p.beside, *p.far))
    if unknown := unknown_literal(sentence, said):
        return f"{unknown} is not in the passages"
    # All at once, which costs half as much as one by one.
    passages = tuple(passages)
    asked = held.question if len(sentence.split()) <= _FEW else ""
    near = _bearing(f"{sentence} {asked}", passages)
    parse(texts_read(sentence, passages))
    unread = tuple(p.text for p in passages if p not in near)
    held = replace(held, grounds=grounds_of(near), unread=unread)
    known = _said_whole(passages)
    for line in lines(sentence):
        if _folded(line) not in known and (reason := _of_line(line, held)):
            return reason
    return ""


@lru_cache(maxsize=256)
def texts_read(sentence: str, passages: tuple[Passage, ...]) -> tuple[str, ...]:
    """Return the texts that have to be parsed to hold a sentence against passages, as far as that
    is known before.
    """
    known = _said_whole(passages)
    parts = [
        _capital(part) for line in lines(sentence) if _folded(line) not in known
        for part in without_lead(plain(line))[0].split("; ") if part
    ]  # fmt: skip
    rests = [rest for part in parts for _, _, rest, _ in _lists(part)]
    own = [line for p in _bearing(sentence, passages) for line in lines(p.text)]
    return tuple(map(plain, (*parts, *rests, *own)))


@lru_cache(maxsize=256)
def _said_whole(passages: tuple[Passage, ...]) -> frozenset[str]:
    """Return the sentences of passages, folded: what repeats one need not be held against it."""
    return frozenset(_folded(line) for p in passages for line in (*lines(p.text), p.text))


@lru_cache(maxsize=256)
def _bearing(sentence: str, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages that share a word with a sentence or its question; no other one can say
    it, and parsing is what the check costs.
    """
    wanted = meaning(sentence)
    numbers = {value.amount for value in values(sentence)}
    return tuple(
        passage for passage in passages
        if meaning(passage.text) & wanted
        or any(value.amount in numbers for value in values(passage.text))
    )  # fmt: skip


def _of_line(line: str, held: Held) -> str:
    """Return why a sentence does not hold, as a whole or of each of two that it joins."""
    text, lead = without_lead(plain(line))
    text = written_out(text)
    verdict = by_closed_sets(text, held.sets, held.question, held.gazetteer)
    if verdict is not None:
        return verdict.reason
    if reason := miscounted(text) or _turned_copy(text, held):
        return reason
    text, held = _without_command(text, held)
    if (compared := _compared(text, held)) is not None:
        return compared
    found = _assertions(text)
    reason = _of_all(found, held) or (_wrong_lead(lead, found, held) if lead and found else "")
    if reason:
        ways = islice(_parted(text, apart=reason.startswith(_OTHERWISE)), _MOST_WAYS)
        for parts in ways:
            parse(list(map(plain, parts)))
            if not _of_parts_said(parts, held):
                return ""
    return reason


def _turned_copy(text: str, held: Held) -> str:
    said = dict.fromkeys(ground.said.text for ground in held.grounds)
    return next(filter(None, (turned_copy(text, one) for one in said)), "")


def _of_parts_said(parts: Sequence[str], held: Held) -> str:
    """Return why one of the sentences that a sentence joins does not hold."""
    said: list[Assertion] = []
    for number, part in enumerate(parts):
        verdict = by_closed_sets(part, held.sets, held.question, held.gazetteer)
        if verdict is not None and not verdict.reason:
            continue
        compared = _compared(part, held)
        if compared == "":
            continue
        if compared:
            return compared
        own = _assertions(part)
        if reason := _of_all(own, replace(held, before=" ".join(parts[:number])), said):
            return reason
        said += own
    return ""


def _compared(text: str, held: Held) -> str | None:
    """Return why a comparison of two things does not hold, None where nothing decides it."""
    said = read(text)
    if (other := contrast(said)) is not None:
        return _contrasted(other, held)
    if (most := utmost(said)) is not None and (reason := _outdone(most, held)):
        return reason
    one = comparison(said)
    if one is None:
        return None
    others = [found for g in held.grounds if (found := comparison(g.said)) is not None]
    ways = {stated(one, other) for other in others}
    if ways & {True, False}:
        return None if True in ways else "the passage compares them the other way"
    compared = _by_values(one, held)
    if compared is None and one.parallel and not any(_compares(g) for g in held.grounds):
        return f"no passage tells that one is {one.written} the other"
    return compared


def _compares(ground: Ground) -> bool:
    """Tell whether a ground compares anything, in whatever words."""
    return any(token.tag in ("JJR", "RBR") for token in ground.said.parse.tokens)


def _by_values(one: Comparison, held: Held) -> str | None:
    parse([plain(f"{side}.") for side in (one.left, one.right)])
    sides = [_assertions(f"{side}.") for side in (one.left, one.right)]
    if any(len(side) != 1 for side in sides):
        return None
    left, right = (
        speaking_of(_bearing_out(side[0], held, limited=True), other[0].said, held.grounds)
        for side, other in (sides, sides[::-1])
    )
    under = {_against(one, replace(held, grounds=(one.ground,))) for one in (*left, *right)}
    # What holds of both under one condition is compared under it.
    return decided(one, left, right, held.gazetteer) if len(under) == 1 else None


def _outdone(one: Utmost, held: Held) -> str:
    """Return what is more than that of which a sentence says that it is the most."""
    found = _assertions(f"{one.text}.")
    if len(found) != 1:
        return ""
    said = found[0].said.parse.tokens
    bare = replace(
        found[0], words=tuple(i for i in found[0].words if said[i].lemma not in one.subject)
    )
    mine = _bearing_out(found[0], held)
    most = max((len(own.pairs) for own in mine), default=0)
    mine = [own for own in mine if len(own.pairs) == most]
    rivals = [a for a in _bearing_out(bare, held) if a.ground not in [own.ground for own in mine]]
    return surpassed(one, mine, rivals, held.gazetteer) if bare.telling else ""


def _bearing_out(claim: Assertion, held: Held, *, limited: bool = False) -> list[Aligned]:
    """Return the grounds each of which bears an assertion out by itself, all its words said."""
    claim = replace(claim, placed=_placed(claim, held.gazetteer))
    found = []
    for ground in held.grounds:
        one = align(claim, ground)
        if any(not _adds(one, i) for i in one.missing) or one.share < _ENOUGH:
            continue
        reason = _against(one, replace(held, grounds=(ground,)))
        if not reason or (limited and reason.startswith(UNDER_A_CONDITION)):
            found.append(one)
    return found


def _contrasted(one: Contrast, held: Held) -> str | None:
    """Hold what is said of one thing "unlike" another, of which it must not be so."""
    said, other = _assertions(one.said), _assertions(one.other)
    if len(said) != 1 or len(other) != 1 or _of_all(said, held):
        return None
    if speaking_of(_bearing_out(other[0], held), said[0].said, held.grounds):
        return f"the passage says the same of {one.name}"
    return "" if _is_otherwise(other[0], held) else None


def _is_otherwise(claim: Assertion, held: Held) -> bool:
    """Tell whether a ground says the contrary of an assertion, or gives it another value."""
    claim = replace(claim, placed=_placed(claim, held.gazetteer))
    valued = claim.said.measured | claim.placed
    bare = replace(claim, words=tuple(i for i in claim.words if i not in valued))
    for ground in held.grounds:
        one = align(claim, ground)
        if one.missing or one.share < _ENOUGH:
            continue
        if not_so(one) and one.surely:
            return True
        if valued & set(claim.words) and _against(one, held) and (
            not _against(align(bare, ground), replace(held, grounds=(ground,)))
            and (ground.said.measured or held.gazetteer.mentions(ground.said.text))
        ):  # fmt: skip
            return True
    return False


def _parted(text: str, *, apart: bool, depth: int = _DEEPEST) -> Iterator[tuple[str, ...]]:
    """Yield the sentences that a sentence joins: two, then three."""
    halves = list(_halves(text, apart=apart))
    yield from halves
    if depth > 1:
        for head, rest in halves:
            yield from ((*parts, rest) for parts in _parted(head, apart=apart, depth=depth - 1))
            yield from ((head, *parts) for parts in _parted(rest, apart=apart, depth=depth - 1))


def _assertions(text: str) -> list[Assertion]:
    found = [said for p in text.split("; ") if p for said in spelled_out(_capital(p))]
    parse(list(map(plain, found)))
    return [one for said in found for one in assertions(read(said))]


def _of_all(found: Sequence[Assertion], held: Held, before: Sequence[Assertion] = ()) -> str:
    """Return why assertions do not hold; `before` is what the sentence asserted before them."""
    for one, frame in tuple(unframed([*before, *found]))[len(before) :]:
        reason = _untold(one, held) if frame is Frame.UNTOLD else _reason(one, held)
        if reason and frame is Frame.TOPIC and _speaks_of(one, held):
            continue
        if reason and not (_is_remark(one, reason) and not _reason(_with_main(one, found), held)):
            return reason
    for ground in _whole(held.grounds):
        if len(found) > 1 and (reason := swapped(found, ground)):
            return reason
    return ""


def _is_remark(one: Assertion, reason: str) -> bool:
    """Tell whether a clause that hangs on another one adds a word or two that no passage says."""
    return (
        one.proposition is not None and one.proposition.link in (Link.ADVERBIAL, Link.RELATIVE)
        and len(one.telling) <= _FEW_UNSAID and reason.startswith("no passage says")
    )  # fmt: skip


def _with_main(one: Assertion, found: Sequence[Assertion]) -> Assertion:
    """Return the assertion that a clause hangs on, with the words of both."""
    around = one.proposition.around if one.proposition else None
    verb = one.said.propositions[around].verb if around is not None else None
    main = next((m for m in found if m.said is one.said and m.proposition and (
        m.proposition.verb == verb)), one)  # fmt: skip
    return replace(main, words=tuple(sorted({*main.words, *one.words})))


def _halves(text: str, *, apart: bool) -> Iterator[tuple[str, str]]:
    """Yield a sentence as two where each has a verb and a subject of its own.

    Where a passage says one of them otherwise only what surely stands `apart` is parted.
    """
    if text.split(" ", 1)[0].lower() in _LEANING:
        return
    finite = [token.start for token in read(text).parse.tokens if token.tag in _FINITE]
    for joint in _APART if apart else (*_APART, *_JOINTS):
        at = text.find(joint)
        if at < 0 or not any(i < at for i in finite) or not any(i > at for i in finite):
            continue
        head, rest = text[:at], text[at + len(joint) :]
        parse([plain(head), plain(rest)])
        if is_sentence(head) and is_sentence(rest):
            yield f"{head}.", _capital(rest)


def _whole(grounds: Sequence[Ground]) -> Iterator[Ground]:
    """Yield the passages of grounds, each as one."""
    yield from map(whole, dict.fromkeys(one.passage for one in grounds))


def _without_command(text: str, held: Held) -> tuple[str, Held]:
    """Return a sentence without the command that it quotes, to be held against what the document
    says of that command.
    """
    commands = {plain(one.passage.text): one for one in held.grounds if one.passage.code}
    for command in sorted(commands, key=len, reverse=True):
        if command in text and command != text:
            own = commands[command].passage
            grounds = [one for one in held.grounds if command in one.said.text]
            grounds += [one for one in held.grounds if own.above[-1:] == (one.said.text,)]
            bare = text.replace(f"`{command}`", command).replace(command, "this command")
            return bare, replace(held, grounds=tuple(grounds))
    return text, held


def spelled_out(text: str) -> list[str]:
    """Return a sentence that ends in a list of names as one sentence for each."""
    for mark, head, rest, parts in _lists(text):
        if _has_verb(rest):
            continue
        numbers = [v for v in values(head) if not v.unit]
        kept = head
        for value in reversed(numbers):
            if value.raw == str(len(parts)):
                kept = f"{kept[: value.start]}{kept[value.end :]}".strip()
        if len(parts) == 1 or numbers:
            return [f"{kept} {mark.strip(' ,')} {part}".strip(" :") for part in parts]
    return [text]


def _lists(text: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield what may lead a list of names in, what stands before and behind, and the names."""
    for mark in (", namely ", ": "):
        head, found, rest = text.partition(mark)
        parts = members_named(rest.rstrip(" ."))
        if found and head and len(parts) <= _MOST_PARTS:
            yield mark, head, rest, parts


def _has_verb(text: str) -> bool:
    return any(token.tag in _FINITE for token in read(text).parse.tokens)


def without_lead(text: str) -> tuple[str, str]:
    """Return a sentence without its Yes, No or It depends, and that in lower case."""
    folded = text.casefold()
    for lead in _LEADS:
        behind = text[len(lead) :]
        if (
            folded.startswith(lead)
            and behind[:1] in (",", ":", ".", ";", "!", " ")
            and (behind[:1] != " " or behind[1:2] in "–—-")
        ):
            return _capital(behind.lstrip(" ,:.;!–—-")), lead
    return text, ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wrong_lead(lead: str, found: Sequence[Assertion], held: Held) -> str:
    """Find a Yes or No that its own sentence gainsays."""
    first = found[0].proposition
    if first is None or lead not in ("yes", "no") or held.question:
        return ""
    if lead == "yes" and found[0].negated:
        return "the sentence denies what its Yes affirms"
    others = any(one.negated for one in found)
    if lead == "no" and not others and not found[0].lemmas & {"only", "instead", "but", "however"}:
        return "the sentence affirms what its No denies"
    return ""


def _untold(claim: Assertion, held: Held) -> str:
    stated = stated_after_all(claim, held.page())
    return f"the document does say so: “{stated}”" if stated else ""


def _speaks_of(claim: Assertion, held: Held) -> bool:
    """Tell whether a passage speaks of what a page is said to describe, whatever it says of it."""
    return any(
        not one.missing
        and not (unsaid_place(one, held.gazetteer) or unsaid_name(one, frozenset()))
        and not (_unsaid_value(one, held) or _unsaid_literal(one))
        for one in (align(claim, ground) for ground in held.grounds)
    )


def _reason(claim: Assertion, held: Held) -> str:
    """Return why no ground bears an assertion out."""
    claim = replace(claim, placed=_placed(claim, held.gazetteer))
    if not (claim.telling or claim.bare or claim.placed) or is_left_out(
        claim, held.sets, held.gazetteer
    ):
        return ""
    if is_listed(claim, held.sets, held.gazetteer):
        return ""
    if claim.bare:
        return bare_values(claim, held.grounds, held.question)
    decided = lies_so(claim, held.gazetteer, held.before)
    if decided is not None:
        return "" if decided else "the map says otherwise"
    if reason := exclusive(claim, held.grounds):
        return reason
    return _of_parts(claim, held, _DEEPEST)


def _of_parts(claim: Assertion, held: Held, depth: int) -> str:
    """Return why an assertion does not hold, as a whole or of each of the things it joins."""
    reason = _of_one_ground(claim, held)
    if reason and depth:
        for parts in _parts(claim):
            if not any(_of_parts(part, held, depth - 1) for part in parts):
                return ""
    return reason


def _placed(claim: Assertion, gazetteer: Gazetteer) -> frozenset[int]:
    return frozenset(
        i for m in gazetteer.mentions(claim.said.text) for i in claim.said.parse.at(m.start, m.end)
    )


def _of_one_ground(claim: Assertion, held: Held) -> str:
    found = [align(claim, ground) for ground in held.grounds]
    if not found:
        return "no passage says anything"
    best = max(one.share for one in found)
    near = [one for one in found if one.share >= max(best - _AS_GOOD, _ENOUGH)]
    if not near:
        one = max(found, key=lambda one: one.share)
        unsaid = ", ".join(claim.said.parse.tokens[i].text for i in one.missing[:4])
        return f"no passage says {unsaid}" if unsaid else "no single passage says all of it"
    near.sort(key=lambda one: (-one.share, -one.own))
    reasons = [_against(one, held) for one in near]
    judged = list(zip(near, reasons, strict=True))
    for one, reason in judged:
        if not reason and not any(_overrules(other, why, one) for other, why in judged):
            return ""
    return next((why for _, why in judged if why.startswith(_CONTRARY)), reasons[0] or reasons[-1])


def _overrules(other: Aligned, reason: str, one: Aligned) -> bool:
    """Tell whether a ground says the contrary, and says all words that another one says, and more:
    it is the one that speaks of what is asserted.
    """
    return reason.startswith(_CONTRARY) and set(other.pairs) > set(one.pairs)


def _parts(claim: Assertion) -> list[tuple[Assertion, ...]]:
    """Return an assertion about several things as one about each of them, in every way."""
    parse = claim.said.parse
    ways = []
    for chain in enumerations(claim):
        heads = [i for i in chain if i in claim.words and not parse.tokens[i].is_verb]
        if not 1 < len(heads) <= _MOST_PARTS:
            continue
        below = {i: {*parse.below(i, frozenset(heads) - {i})} for i in heads}
        whole = frozenset().union(*below.values())
        ways.append(tuple(
            replace(claim, words=tuple(k for k in claim.words if k not in whole or k in below[i]))
            for i in heads
        ))  # fmt: skip
    for runs in joined_runs(claim):
        whole = frozenset(i for run in runs for i in run)
        ways.append(tuple(
            replace(claim, words=tuple(k for k in claim.words if k not in whole or k in run))
            for run in runs
        ))  # fmt: skip
    return ways


def _against(one: Aligned, held: Held) -> str:
    """Return why a ground does not bear an assertion out."""
    return (
        _unsaid_literal(one)
        or _unsaid_value(one, held)
        or unsaid_place(one, held.gazetteer)
        or unsaid_name(one, held.asked - held.spoken)
        or unsaid_thing(one, held.asked)
        or unsaid_part(one, held.asked)
        or _thin(one)
        or set_against(one)
        or _unsaid_deed(one)
        or not_so(one)
        or otherwise_within(one)
        or too_firm(one)
        or of_too_many(one)
        or only_unsaid(one)
        or beyond(one)
        or another_time(one)
        or _mixed(one, held)
        or of_another_extent(one, held.gazetteer)
        or dropped(one, held.asked, held.gazetteer)
        or made_up(one, held.asked, held.gazetteer)
        or whatever(one)
        or other_way(one)
        or another_doer(one)
        or another_party(one)
        or _of_afar(one, held)
        or _mislabelled(one, held)
        or _answers_otherwise(one, held)
    )


def _unsaid_value(one: Aligned, held: Held) -> str:
    def is_count(number: int) -> bool:
        return counted(number, one.claim, held.sets, held.gazetteer)

    return unsaid_value(one, held.question, is_count)


def _unsaid_literal(one: Aligned) -> str:
    said = one.claim.said
    for start, end in literals(said.text):
        if not set(said.parse.at(start, end)) & set(one.claim.words):
            continue
        if unknown := unknown_literal(said.text[start:end], one.ground.text):
            return f"the passage does not say {unknown}"
    return ""


def _thin(one: Aligned) -> str:
    if one.claim.placed and not one.claim.telling and not set(one.pairs) & one.claim.placed:
        return "the passage itself hardly speaks of this"
    if one.own < _OWN and not (one.share >= _WHOLLY and _is_member(one)):
        return "the passage itself hardly speaks of this"
    return ""


def _is_member(one: Aligned) -> bool:
    """Tell whether the ground is an entry of a list and the assertion names all of it."""
    said = one.ground.said
    named = {k for found in one.pairs.values() for k in found}
    own = [k for k in range(len(said.meant)) if said.telling(k)]
    return bool(one.ground.passage.group) and bool(own) and named >= set(own)


def _unsaid_deed(one: Aligned) -> str:
    """Say that what the assertion says to be done to data is not what the ground says."""
    for i in one.missing:
        if is_of_field(one, i):
            return f"the passage does not speak of {one.claim.said.parse.tokens[i].text}"
    return ""


def _mixed(one: Aligned, held: Held) -> str:
    """Return a word that another cited passage says and this one does not."""
    block = one.ground.passage.block
    missing = [i for i in one.missing if not _adds(one, i)]
    for other in held.grounds:
        same = bool(block) and other.passage.block == block
        if same and (other.said.text in one.ground.text or one.ground.said.text in other.text):
            continue
        for i in missing:
            if one.claim.said.meant[i] & other.said.concepts:
                word = one.claim.said.parse.tokens[i].text
                return f"no passage says all of it: {word} stands in another one"
    for i in missing:
        if any(one.claim.said.meant[i] & meaning(text) for text in held.unread):
            return "no passage says all of it"
    return _placed_elsewhere(one, held)


def _adds(one: Aligned, at: int) -> bool:
    """Tell whether a word only adds to another one, or is the verb that a row lacks."""
    token = one.claim.said.parse.tokens[at]
    if token.dep in _DESCRIBING and at not in one.names:
        return not is_of_field(one, at)
    return one.ground.is_row and token.is_verb and not is_of_field(one, at)


def _placed_elsewhere(one: Aligned, held: Held) -> str:
    """Return a place that another cited passage names and this one only implies."""
    for i in sorted(one.claim.placed):
        word = one.claim.said.parse.tokens[i].text
        if not one.claim.said.meant[i] or i not in one.claim.words or word in one.ground.text:
            continue
        if any(word in other.said.text for other in held.grounds):
            return f"no passage says all of it: {word} stands in another one"
    return ""


def _answers_otherwise(one: Aligned, held: Held) -> str:
    """Hold what is asked against the ground where the answer is a few words that lean on it."""
    if not held.question or not _is_elliptical(one.claim):
        return ""
    asked = assertions(read(asked_text(held.question)))
    if not asked:
        return ""
    question, said = align(asked[0], one.ground), one.claim.proposition
    if said is not None and said.subject is not None:
        # "It" and "they" stand for what is asked about, and say of it what they say.
        return "" if question.share >= _ASKED else _ASKED_OF_ANOTHER
    return _asked_otherwise(question, held)


def _asked_otherwise(question: Aligned, held: Held) -> str:
    """Return why a ground does not say what a question asks."""
    if _mixed(question, held):
        return "another passage speaks of what is asked"
    if set(question.missing) & question.names:
        return "the passage does not name what is asked about"
    if question.share < _ASKED:
        return _ASKED_OF_ANOTHER
    return not_so(question) or _turned(question)


def asked_text(question: str) -> str:
    """Return what a question asks as a sentence."""
    return plain(question.rstrip("? ") + ".")


def _of_afar(one: Aligned, held: Held) -> str:
    leaning = bool(held.question) and _is_elliptical(one.claim)
    return place_from_afar(one, held.question, held.gazetteer, leaning=leaning)


def _mislabelled(one: Aligned, held: Held) -> str:
    return mislabelled(one, held.question if _is_elliptical(one.claim) else "")


def _turned(question: Aligned) -> str:
    """Find a word of the question whose contrary the ground or what stands around it says."""
    mine = {one for w in tokens(question.claim.said.text) for one in signs(w)}
    for name, side in mine:
        if (name, -side) in question.ground.sides and (name, side) not in question.ground.sides:
            return "the passage says the contrary of what is asked"
    return ""


def _is_elliptical(claim: Assertion) -> bool:
    """Tell whether an assertion names something and leaves to the question what it says of it."""
    one = claim.proposition
    if one is None:
        return True
    said: Spoken = claim.said
    if not said.parse.tokens[one.verb].is_verb:
        return not any(
            said.parse.tokens[i].tag == "MD" or said.parse.tokens[i].lemma in ("be", "have", "do")
            for i in claim.words
        )
    if one.subject is None:
        return False
    if one.subject.lemma in _POINTING:
        return one is said.propositions[0]
    subject = said.parse.at(*one.subject.span)
    return one.lemma == "be" and not any(said.telling(i) for i in subject)


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    return " ".join(tokens(text.casefold()))
