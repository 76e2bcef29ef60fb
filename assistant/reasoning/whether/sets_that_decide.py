"""Yes, No or It depends from a table or list: which of its members lie where a claim says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.reasoning.ask import Ask, PlaceAsked, PlaceRelation
from assistant.reasoning.findings import Answered
from assistant.reasoning.known import Known
from assistant.reasoning.whether.claiming import LIGHT, STANDING_IN, Claim, Word, alike
from assistant.reasoning.whether.matches import names_of
from assistant.reasoning.whether.places.own_country import own_country
from corpus.language.parsing import parse_one
from corpus.language.sentences import readable
from corpus.places import Gazetteer, Place, PlaceKind, Relation
from corpus.types import BlockKind, Chunk

_HITS = 8
_OPEN = ("such as", "includ", "for example", "e.g", "examples", " also ", "additional")
_ADDING = frozenset("also additionally additional further".split())
_NEAR = 0.5
_BEHIND = 800
"""Code points behind a list in which it may be said what holds for others."""
_NEAR_TO_DENY = 0.58
_SAID = 0.6
"""Share of the claim's words that the set has to say, those about places left out."""
_WITH_PREMISES = 0.6
_LONGEST_NAME = 12
"""Words of an item that names something, and does not tell of it."""
_MEMBER = frozenset(
    "be lie locate available offer support choose select pick run deploy list name use open host "
    "store keep process handle sit place base create have put hold reside rest require need "
    "operate do accept".split()
)
"""Verbs that ask where the members of a set are or whether something is among them."""
_SET_WORDS = frozenset(
    "region location geography country datum data center datacenter datacentre site area place "
    "geo list option one land soil continent side member state nation territory ground union "
    "anywhere somewhere".split()
)
_WHOSE = frozenset("customer personal user tenant organization".split())
"""Words before "data" that mean whatever data there is."""
_JOINED = ("or",)


@dataclass(frozen=True, slots=True)
class Member:
    """A row or an item, and the places that it names where it is asked for."""

    chunk: Chunk
    places: tuple[Place, ...]
    either: bool = False
    """True where it names several to choose from: "North or West"."""


@dataclass(frozen=True, slots=True)
class SetDecided:
    """What a set says of a claim."""

    answer: Answered
    members: tuple[Member, ...]
    """Those that decide."""
    of: int
    """How many members there are that the claim is of."""
    title: str
    closed: bool
    column: str = ""
    """Title of the column with the places; empty for a list."""
    lacks: str = ""
    """What the set does not name: "in Africa"; empty where a member decides."""
    otherwise: Chunk | None = None
    """What is said for those that the set does not name."""


def by_set(ask: Ask, claim: Claim, known: Known) -> SetDecided | None:
    """Return what the best list or table says of a claim about places."""
    asked = _asked(ask, claim) or own_country(claim, known)
    if asked is None or claim.denied or not asks_membership(claim):
        return None
    found = [one for one in _candidates(claim, asked, known) if one is not None]
    if not found:
        return None
    best = _with_alike(max(found, key=lambda one: one.score), claim, known)
    decided = _decided(claim, asked, best, known)
    if decided is not None and decided.answer is Answered.NO and best.similarity < _NEAR_TO_DENY:
        return None
    if decided is None or decided.answer is not Answered.NO or claim.modal not in ("can", "may"):
        return decided
    other = _for_others(best, known)
    return decided if other is None else replace(decided, answer=Answered.DEPENDS, otherwise=other)


def _for_others(found: _Candidate, known: Known) -> Chunk | None:
    """Return the sentence near a list that says what to do for what it does not name."""
    last = found.chunks[-1]
    near = known.index.catalog.between(last.document, last.span.end, last.span.end + _BEHIND)
    for chunk in (*near, *(hit.chunk for hit in known.hits)):
        words = _lemmas(readable(chunk.text)) if chunk.document == last.document else frozenset()
        if (
            words & {"another", "other", "additional"} and words & _SET_WORDS - {"other", "one"}
            and words & {"contact", "request", "ask"}
        ):  # fmt: skip
            return chunk
    return None


def _asked(ask: Ask, claim: Claim) -> PlaceAsked | None:
    """Return the places that the claim is about; None where there are none or too many."""
    own = [
        one for one in ask.placed
        if one.places and one.relation is not PlaceRelation.FROM and not _only_in_case(one, claim)
    ]  # fmt: skip
    return own[0] if len(own) == 1 else None


def _only_in_case(asked: PlaceAsked, claim: Claim) -> bool:
    at = claim.parse.text.find(asked.words)
    words = claim.parse.at(at, at + len(asked.words)) if at >= 0 else ()
    if at < 0:
        return not claim.refers
    return bool(words) and all(i in claim.cases for i in words)


def asks_membership(claim: Claim) -> bool:
    """Tell whether a claim asks where something is, or whether it is among others."""
    lemma = claim.lemma
    token = claim.parse.tokens[claim.predicate]
    return lemma in _MEMBER or not token.is_verb


@dataclass(frozen=True, slots=True)
class _Candidate:
    chunks: tuple[Chunk, ...]
    column: str
    score: float
    similarity: float
    title: str


def _with_alike(best: _Candidate, claim: Claim, known: Known) -> _Candidate:
    """Return a table with those of its page that have its columns: subprocessors of two kinds in a
    table each are all of them.
    """
    if not best.column:
        return best
    rows = known.index.catalog.block_kind(best.chunks[0].document, BlockKind.ROW)
    titles = _titles(best.chunks)
    groups = {one.group for one in rows if one.group >= 0 and _titles((one,)) <= titles}
    others = (
        _candidate(claim, tuple(one for one in rows if one.group == group), 0.0, known)
        for group in sorted(groups - {best.chunks[0].group})
    )
    alike_ones = (
        one for one in others
        if one is not None and one.column == best.column and _titles(one.chunks) == titles
    )  # fmt: skip
    chunks = {chunk.id: chunk for one in (best, *alike_ones) for chunk in one.chunks}
    return replace(best, chunks=tuple(sorted(chunks.values(), key=lambda one: one.span.start)))


def _titles(chunks: Sequence[Chunk]) -> frozenset[str]:
    return frozenset(pair.title for chunk in chunks for pair in chunk.pairs)


def _candidates(claim: Claim, asked: PlaceAsked, known: Known) -> Iterator[_Candidate | None]:
    seen = set[tuple[str, int]]()
    for hit in known.hits[:_HITS]:
        key = (hit.chunk.document, hit.chunk.group)
        if (
            hit.chunk.group < 0
            or key in seen
            or hit.similarity < (_WITH_PREMISES if claim.premises else _NEAR)
        ):
            continue
        seen.add(key)
        chunks = tuple(
            one for one in known.index.catalog.members(*key)
            if one.kind is BlockKind.ROW or _is_name(one, known.gazetteer)
        )  # fmt: skip
        if len(chunks) >= 2:
            kept = _of_asker(_of_subject(claim, asked, chunks, known.gazetteer), known)
            yield _candidate(claim, kept, hit.similarity, known)


def _of_subject(
    claim: Claim, asked: PlaceAsked, chunks: tuple[Chunk, ...], gazetteer: Gazetteer
) -> tuple[Chunk, ...]:
    """Return the members that name the place of what is asked about: "are the sites in Asia only
    in Japan?"; all where none does.
    """
    at = claim.parse.text.find(asked.words)
    own = [
        mention.place.id for mention in gazetteer.mentions(claim.parse.text)
        if at >= 0 and not at <= mention.start < at + len(asked.words)
    ]  # fmt: skip
    kept = tuple(
        chunk for chunk in chunks
        if own and any(one.place.id in own for one in gazetteer.mentions(readable(chunk.text)))
    )  # fmt: skip
    return kept or chunks


def _of_asker(chunks: tuple[Chunk, ...], known: Known) -> tuple[Chunk, ...]:
    """Return the rows for the asker's own country, where a table has some for countries; else all.
    "Norway | Bergen" answers a ministry in Oslo, and no other row does.
    """
    country = known.case.country
    if country is None:
        return chunks
    own = tuple(
        chunk for chunk in chunks
        if chunk.pairs and (place := known.gazetteer.named(chunk.pairs[0].value)) is not None
        and place.kind in (PlaceKind.COUNTRY, PlaceKind.GROUP)
        and known.gazetteer.relation(country, place) in (Relation.EQUAL, Relation.INSIDE)
    )  # fmt: skip
    return own or chunks


def _is_name(chunk: Chunk, gazetteer: Gazetteer) -> bool:
    """Tell whether an item names something, and does not tell of it: the places that it names
    make it no longer.
    """
    named = sum(len(one.words.split()) for one in gazetteer.mentions(chunk.text))
    short = len(chunk.text.split()) - named <= _LONGEST_NAME
    return chunk.kind is BlockKind.ITEM and not chunk.record and short


def _candidate(
    claim: Claim, chunks: tuple[Chunk, ...], similarity: float, known: Known
) -> _Candidate | None:
    first = chunks[0]
    title = " ".join((readable(first.lead_in), *first.path))
    columns = tuple(dict.fromkeys(pair.title for chunk in chunks for pair in chunk.pairs))
    named = names_of(known, first.document)
    about = known.index.documents[first.document].about
    where = f"{about.service} {about.publisher}"
    column = _column(claim, columns, chunks, known.gazetteer, where)
    if column is None:
        return None
    kept, left = _filtered(claim, chunks, title + " " + " ".join(columns), named, known, column)
    if left or not kept:
        return None
    placed = [one for one in kept if _places(one, column, known.gazetteer, where)]
    if not placed or len(placed) < 0.7 * len(kept):
        return None
    words = _lemmas(f"{title} {' '.join(columns)}")
    shared = sum(w.weight for w in claim.words if any(alike(w.lemma, o) for o in words))
    total = sum(w.weight for w in claim.words) or 1.0
    return _Candidate(kept, column, shared / total + similarity, similarity, title)


def _column(
    claim: Claim,
    columns: tuple[str, ...],
    chunks: tuple[Chunk, ...],
    gazetteer: Gazetteer,
    where: str,
) -> str | None:
    """Return the column with the places asked for; an empty title for a list."""
    if not columns:
        return ""
    placed = [c for c in columns if _placed_share(c, chunks, gazetteer, where) >= 0.6]
    if not placed:
        return None
    return max(placed, key=lambda c: (_fits(claim, c), -columns.index(c)))


def _fits(claim: Claim, column: str) -> int:
    words = _lemmas(column)
    lemmas = [word.lemma for word in claim.words if word.lemma not in _SET_WORDS]
    return sum(any(alike(one, other) for other in words) for one in lemmas)


def _placed_share(
    column: str, chunks: tuple[Chunk, ...], gazetteer: Gazetteer, where: str
) -> float:
    rows = [one for one in chunks if one.pairs]
    return sum(bool(_places(one, column, gazetteer, where)) for one in rows) / max(1, len(rows))


def _places(chunk: Chunk, column: str, gazetteer: Gazetteer, where: str) -> tuple[Place, ...]:
    return places_named(_cell(chunk, column), gazetteer, where)


def _cell(chunk: Chunk, column: str) -> str:
    if not chunk.pairs:
        return readable(chunk.text)
    return ", ".join(pair.value for pair in chunk.pairs if pair.title == column)


@lru_cache(maxsize=4096)
def places_named(text: str, gazetteer: Gazetteer, where: str) -> tuple[Place, ...]:
    """Return the places that a cell names, those around another one left out."""
    places = [one.place for one in gazetteer.mentions(text, where)]
    return tuple(
        one for one in dict.fromkeys(places)
        if not any(
            other is not one and gazetteer.relation(other, one) is Relation.INSIDE
            for other in places
        )
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _lemmas(text: str) -> frozenset[str]:
    parse = parse_one(text)
    return frozenset(t.lemma for t in parse.tokens) | frozenset(
        t.text.lower() for t in parse.tokens
    )


def _filtered(
    claim: Claim,
    chunks: tuple[Chunk, ...],
    title: str,
    named: frozenset[str],
    known: Known,
    column: str,
) -> tuple[tuple[Chunk, ...], tuple[str, ...]]:
    """Return the members that the claim is of, and its words that neither these nor the title
    of the set say.
    """
    around = _lemmas(title)
    places = set[int]()
    for mention in known.gazetteer.mentions(claim.parse.text):
        places.update(claim.parse.at(mention.start, mention.end))
    kept, left, said, total = chunks, list[str](), 0.0, 0.0
    for word in claim.words:
        if word.at in places or word.at in claim.cases or _says_nothing(word, claim, named):
            continue
        total += word.weight
        if any(alike(word.lemma, other) for other in around):
            said += word.weight
            continue
        fitting = tuple(one for one in kept if _says(one, word.lemma, column))
        if fitting:
            kept = fitting
            said += word.weight
        elif word.is_key or word.weight >= 1.0:
            left.append(word.lemma)
    if total and said / total < _SAID:
        left.append("")
    return kept, tuple(left)


def _says(chunk: Chunk, lemma: str, column: str) -> bool:
    shown = " ; ".join(pair.value for pair in chunk.pairs if pair.title != column)
    return any(alike(lemma, other) for other in _lemmas(shown or readable(chunk.text)))


def _says_nothing(word: Word, claim: Claim, named: frozenset[str]) -> bool:
    token = claim.parse.tokens[word.at]
    shown, head = token.text.lower(), claim.parse.tokens[token.head].lemma
    if word.lemma in _WHOSE and head in ("datum", "data", "content"):
        return True
    return (
        word.lemma in _SET_WORDS or word.lemma in _MEMBER or word.lemma in LIGHT
        or shown in named or shown == STANDING_IN.lower() or word.lemma in named
    )  # fmt: skip


def _decided(claim: Claim, asked: PlaceAsked, found: _Candidate, known: Known) -> SetDecided | None:
    about = known.index.documents[found.chunks[0].document].about
    where = f"{about.service} {about.publisher}"
    members = tuple(
        Member(one, _places(one, found.column, known.gazetteer, where),
               " or " in _cell(one, found.column))
        for one in found.chunks
    )  # fmt: skip
    outside = asked.relation in (PlaceRelation.OUTSIDE, PlaceRelation.NOT_IN)
    wholly = claim.universal or claim.only or asked.relation is PlaceRelation.ONLY_IN
    told = [
        _lies(one, asked.places, known.gazetteer, wholly=wholly, outside=outside) for one in members
    ]
    closed = not any(mark in found.title.lower() for mark in _OPEN)
    closed = closed and not _is_added_to(found, known)
    fitting = tuple(m for m, one in zip(members, told, strict=True) if one)
    failing = tuple(m for m, one in zip(members, told, strict=True) if one is False)
    unclear = len(members) - len(fitting) - len(failing)
    answer, deciding = _answer(claim, asked, fitting, failing, unclear, closed)
    if answer is None:
        return None
    wanting = answer is Answered.NO and not fitting and len(members) > 1 and not wholly
    names = " or ".join(place.name for place in asked.places)
    lacks = f"{'outside' if outside else 'in'} {names}" if wanting else ""
    return SetDecided(answer, deciding, len(members), found.title, closed, found.column, lacks)


def _is_added_to(found: _Candidate, known: Known) -> bool:
    """Tell whether another list of the same section adds to a list: "also available in:"."""
    last = found.chunks[-1]
    near = known.index.catalog.between(last.document, last.span.end, last.span.end + _BEHIND)
    return any(
        one.group not in (-1, last.group) and one.path == last.path
        and _lemmas(readable(one.lead_in)) & _ADDING
        for one in near
    )  # fmt: skip


def _answer(
    claim: Claim,
    asked: PlaceAsked,
    fitting: tuple[Member, ...],
    failing: tuple[Member, ...],
    unclear: int,
    closed: bool,
) -> tuple[Answered | None, tuple[Member, ...]]:
    if claim.the_only:
        return (Answered.NO, failing) if failing and fitting else (None, ())
    if claim.universal or claim.only or asked.relation is PlaceRelation.ONLY_IN:
        if failing and fitting and not claim.universal and fitting[0].chunk.pairs:
            return Answered.DEPENDS, (fitting[0], failing[0])
        if failing:
            return Answered.NO, failing
        return (Answered.YES, fitting) if closed and not unclear else (None, ())
    if fitting:
        return Answered.YES, fitting
    return (Answered.NO, failing) if closed and not unclear else (None, ())


def _lies(
    member: Member, asked: tuple[Place, ...], gazetteer: Gazetteer, *, wholly: bool, outside: bool
) -> bool | None:
    """Tell whether a member lies where it is asked for: with one of its places or with all, with
    none, or it is unclear.
    """
    relations = {gazetteer.relation(one, other) for one in member.places for other in asked}
    apart, within = Relation.DISJOINT in relations, relations & {Relation.EQUAL, Relation.INSIDE}
    wholly_within = bool(within) and relations <= {Relation.EQUAL, Relation.INSIDE}
    if outside:
        return True if apart else (False if wholly_within else None)
    if wholly and apart:
        return False
    if within:
        return True
    return False if member.places and relations <= {Relation.DISJOINT} else None
