"""Sets that passages list: rows, bullets, enumerations; what is in them, what not, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.counts import listed_in
from assistant.draft import DraftSentence
from assistant.verification.passages.cited_passages import chunk_of
from assistant.verification.reading.spoken import Assertion, meaning, names
from assistant.verification.reading.values import values
from corpus.chunk import said as chunk_said
from corpus.language.sentences import readable
from corpus.places import Gazetteer, PlaceKind
from corpus.types import Chunk
from index.searching.reader import IndexReader

_LISTING = frozenset(
    "list listed among include included name named appear figure occur one part belong entry table "
    "mention offer available support".split()
)
_FEWEST = 2
_NAME = 6
"""Words of a member that is a name."""
_SAID = 0.75
"""Share of what is said of a member that the title and the lead-in of its list have to say."""


@dataclass(frozen=True)
class Listed:
    """A set with its members as a reader sees them."""

    members: tuple[str, ...]
    title: str
    """Headings and lead-in."""
    chunks: tuple[Chunk, ...] = ()
    """The passages that hold the members; none for what one passage names."""


def listed_sets(statement: DraftSentence, index: IndexReader) -> tuple[Listed, ...]:
    """Return the lists and tables of which a statement cites a part or the lead-in."""
    found: dict[object, Listed] = {}
    for part in statement.evidence:
        chunk = chunk_of(part, index)
        if chunk is None:
            continue
        for members in _groups(chunk, index):
            key = (chunk.document, members[0].group, members[0].lead_in)
            texts = tuple(dict.fromkeys(map(_shown, members)))
            found.setdefault(
                key, Listed(texts, " ".join((*chunk.path, members[0].lead_in)), members)
            )
        listed = members_named(_behind_label(_shown(chunk)))
        if len(listed) > _FEWEST and not chunk.pairs:
            title = " ".join((*chunk.path, chunk.lead_in, _shown(chunk)[:60]))
            found[chunk.id] = Listed(tuple(listed), title)
    return tuple(found.values())


def members_named(text: str) -> list[str]:
    """Return what a text names one after the other; what stands in brackets is not parted, and
    where no "and" leads the last one in, an "and" is part of a name.
    """
    last = text.rpartition(", ")[2]
    names = " and " in text and " and " not in last and not last.startswith(("and ", "or "))
    if names and text.count(", ") >= _FEWEST:
        return _bracketed(text.split(", "), ", ")
    return _bracketed(listed_in(text), ", ")


def _bracketed(parts: Sequence[str], joint: str) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and found[-1].count("(") > found[-1].count(")"):
            found[-1] = f"{found[-1]}{joint}{part}"
        else:
            found.append(part)
    return found


def _shown(chunk: Chunk) -> str:
    return chunk_said(chunk)


def _behind_label(text: str) -> str:
    for mark in (" - ", ": ", " – ", " in "):
        head, _, rest = text.partition(mark)
        if rest and len(head.split()) <= 6:
            return rest
    return text


def _groups(chunk: Chunk, index: IndexReader) -> Iterator[tuple[Chunk, ...]]:
    if chunk.group >= 0:
        members = index.catalog.members(chunk.document, chunk.group)
        firsts = [
            one for n, one in enumerate(members) if not n or one.block != members[n - 1].block
        ]
        if len(firsts) >= _FEWEST:
            yield tuple(firsts)
    shown = readable(chunk.text)
    near = index.catalog.between(chunk.document, chunk.span.end, chunk.span.end + 600)
    led = [one for one in near if one.lead_in == shown and one.group >= 0]
    for group in dict.fromkeys(one.group for one in led):
        members = index.catalog.members(chunk.document, group)
        yield tuple(
            one for n, one in enumerate(members)
            if not n or one.block != members[n - 1].block
        )  # fmt: skip


def _lies_in(member: str, place: str, gazetteer: Gazetteer) -> bool:
    return any(m.place.id == place or place in m.place.within for m in gazetteer.mentions(member))


def is_left_out(claim: Assertion, sets: Sequence[Listed], gazetteer: Gazetteer) -> bool:
    """Tell whether an assertion says that a list lacks something, and the list does lack it."""
    one = claim.proposition
    if one is None or not sets:
        return False
    denied = claim.negated or claim.lemmas & {"no", "none", "neither", "nor"}
    if not denied or not claim.lemmas & _LISTING:
        return False
    mentions = [
        m for m in gazetteer.mentions(claim.said.text)
        if set(claim.said.parse.at(m.start, m.end)) & set(claim.words)
    ]  # fmt: skip
    if mentions:
        wanted = mentions[0]
        return any(
            not any(_lies_in(x, wanted.place.id, gazetteer) or _names(x, wanted.words)
                    for x in one.members)
            for one in sets
        )  # fmt: skip
    named = [i for i in names(claim.said, claim.words) if _leads(claim, i)]
    named = named or [i for i in claim.telling if _leads(claim, i)]
    if not named:
        return False
    meant = [claim.said.meant[i] for i in named]
    return any(not any(all(m & meaning(x) for m in meant) for x in one.members) for one in sets)


def is_listed(claim: Assertion, sets: Sequence[Listed], gazetteer: Gazetteer) -> bool:
    """Tell whether an assertion says that a list has something, and the list does have it."""
    one = claim.proposition
    if one is None or one.subject is None or claim.negated or not claim.lemmas & _LISTING:
        return False
    subject = set(claim.said.parse.at(*one.subject.span)) & set(claim.words)
    place = [
        m for m in gazetteer.mentions(claim.said.text)
        if set(claim.said.parse.at(m.start, m.end)) & subject
    ]  # fmt: skip
    words = [i for i in claim.words if i in subject and claim.said.meant[i]]
    rest = [i for i in claim.telling if i not in subject]
    for listed in sets:
        title = meaning(listed.title)
        if not listed.chunks or sum(bool(claim.said.meant[i] & title) for i in rest) < (
            _SAID * len(rest)
        ):
            continue
        if place and any(_names(member, place[0].words) for member in listed.members):
            return len(place) == 1
        if (
            not place
            and words
            and any(
                all(claim.said.meant[i] & meaning(member) for i in words)
                for member in listed.members
            )
        ):
            return True
    return False


def _leads(claim: Assertion, at: int) -> bool:
    one = claim.proposition
    return (
        one is not None and one.subject is not None and at in claim.said.parse.at(*one.subject.span)
    )


def _names(member: str, words: str) -> bool:
    return words.casefold() in member.casefold()


def counted(number: int, claim: Assertion, sets: Sequence[Listed], gazetteer: Gazetteer) -> bool:
    """Tell whether a number is how many there are: of what the assertion names itself, of a list,
    or of those of its members that the assertion tells apart.
    """
    return (
        any(len(chain) == number for chain in enumerations(claim))
        or any(len(one.members) == number for one in sets)
        or any(number == len(told_apart(claim, one, gazetteer)) for one in sets)
        or any(number == len(_measured(claim, one)) for one in sets)
    )


def _measured(claim: Assertion, listed: Listed) -> tuple[str, ...]:
    """Return the members of a list that state the duration or size of an assertion."""
    wanted = [value for value in claim.said.values if value.unit]
    return tuple(
        member for member in listed.members
        if wanted and any(other.same(wanted[0]) for other in values(member))
    )  # fmt: skip


def named_alone(sets: Sequence[Listed]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield lists whose members are names and nothing else as one text, with their headings."""
    for one in sets:
        short = all(
            len(member.split()) <= _NAME and not any(m in member for m in (": ", " - ", " – "))
            and all(w[:1].isupper() or w[:1] in "(&" or w in _JOINING for w in member.split())
            for member in one.members
        )  # fmt: skip
        if one.chunks and short and not one.chunks[0].pairs:
            lead = readable(one.chunks[0].lead_in).rstrip(" :")
            yield f"{lead}: {', '.join(one.members)}".lstrip(": "), one.chunks[0].path


def told_apart(claim: Assertion, listed: Listed, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the members of a list that say what an assertion says of some of them."""
    places = [
        m.place.id for m in gazetteer.mentions(claim.said.text)
        if m.place.kind in (PlaceKind.COUNTRY, PlaceKind.GROUP)
    ]  # fmt: skip
    kept = [
        member for member in listed.members
        if not places or any(_lies_in(member, place, gazetteer) for place in places)
    ]  # fmt: skip
    placed = {w for m in gazetteer.mentions(claim.said.text) for w in m.words.split()}
    for i in claim.telling:
        if claim.said.parse.tokens[i].text in placed:
            continue
        having = [member for member in kept if claim.said.meant[i] & meaning(member)]
        if having and len(having) < len(kept):
            kept = having
    return tuple(kept)


def enumerations(claim: Assertion) -> Iterator[tuple[int, ...]]:
    """Yield what a sentence names one after the other, by the heads of its parts."""
    parse = claim.said.parse
    for i, token in enumerate(parse.tokens):
        if token.dep == "conj" and parse.tokens[token.head].dep == "conj":
            continue
        chain = [i]
        while found := parse.children(chain[-1], "conj"):
            chain.append(found[0])
        if len(chain) >= _FEWEST:
            yield tuple(chain)


_JOINING = frozenset({",", "and", "or", "nor", "/", "&"})


def joined_runs(claim: Assertion) -> Iterator[tuple[frozenset[int], ...]]:
    """Yield the words that only a comma or "and" parts, without verbs: what a tree may miss."""
    parse = claim.said.parse
    group: list[list[int]] = [[]]
    for i in (*claim.words, -1):
        token = parse.tokens[i]
        if i >= 0 and token.text.lower() in _JOINING:
            if group[-1]:
                group.append([])
        elif i < 0 or token.is_verb or token.tag == "MD" or token.text in (":", ";", "-", "(", ")"):
            runs = [run for run in group if any(claim.said.meant[k] for k in run)]
            if len(runs) >= _FEWEST:
                yield tuple(frozenset(run) for run in runs)
            group = [[]]
        else:
            group[-1].append(i)
