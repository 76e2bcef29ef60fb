"""From a question whether something is so to the finding that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import wording
from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import Evidence, Step
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import (
    Answered,
    CaseFound,
    Depends,
    NotNamed,
    NotStated,
    Said,
    Value,
    Whether,
)
from assistant.reasoning.findings import Member as NamedMember
from assistant.reasoning.known import Known, passage
from assistant.reasoning.values import nearest
from assistant.reasoning.whether.asker_case import for_asker, is_own_case
from assistant.reasoning.whether.assertions import Limit
from assistant.reasoning.whether.boundaries import by_boundary
from assistant.reasoning.whether.claiming import Claim, asks_yes_or_no, claim_of, last_question
from assistant.reasoning.whether.conditions_of_claim import is_left_open
from assistant.reasoning.whether.duties import by_duty
from assistant.reasoning.whether.passages_that_decide import by_passage
from assistant.reasoning.whether.places.places_said import by_places_said
from assistant.reasoning.whether.places.places_that_decide import PlacesDecided, by_places
from assistant.reasoning.whether.premises import premise_denied
from assistant.reasoning.whether.sentences_that_decide import Decided, as_said, by_sentence, led
from assistant.reasoning.whether.sets_that_decide import Member, SetDecided, by_set
from assistant.reasoning.whether.yes_no_cells import CellsDecided, by_cells
from corpus.language.sentences import readable
from corpus.types import BlockKind, Chunk

_ASKED = (Wanted.WHETHER, Wanted.IS_CURRENT)
_ABOUTS = 4
"""Documents in scope by whose names a question may call its subject."""
_MOST_CASES = 4
_LEANING = frozenset("this these those that it they such both".split())
"""First words of a sentence that leans on the one before it."""
_BEHIND = 300
"""Code points behind a sentence in which the next one begins."""
_PLAIN = 0.88
"""Score from which a sentence goes before tables and lists: it says the whole claim itself."""


def whether(ask: Ask, known: Known) -> Whether | Depends | NotNamed | NotStated | None:
    """Return whether what a question asks is so; None where it does not show."""
    if ask.wanted not in _ASKED:
        return None
    names = _names(known)
    denied = premise_denied(ask, names, known)
    if denied is not None:
        return _of_premise(denied, known)
    claim = claim_of(ask.question, names)
    if claim is None or claim.either:
        return None
    return _of_claim(ask, claim, known)


def whether_first(ask: Ask, known: Known) -> Whether | Depends | NotNamed | NotStated | None:
    """Return what answers before anything else that a question wants: that what it takes for
    granted is not so, and Yes or No where its words ask for that alone; None where neither is.
    """
    if ask.wanted in _ASKED:
        return None
    denied = premise_denied(ask, _names(known), known)
    if denied is not None:
        return _of_premise(denied, known)
    if not asks_yes_or_no(last_question(ask.question)):
        return None
    return whether(replace(ask, wanted=Wanted.WHETHER), known)


def whether_of_nearest(ask: Ask, known: Known) -> Whether | Depends | Value | NotStated | None:
    """Return what comes nearest to a question, with Yes, No or It depends where it shows."""
    told = nearest(ask, known)
    claim = claim_of(ask.question, _names(known)) if ask.wanted in _ASKED else None
    if claim is None or not isinstance(told, Value):
        return told
    said = told.said[0]
    shown = [hit for hit in known.hits if piece(hit.chunk) in said.evidence]
    if not shown:
        return told
    shown.sort(key=lambda one: -one.similarity)
    hit = shown[0]
    every = (by_places_said(ask, claim, one, said, known) for one in shown)
    placed = next((one for one in every if one is not None), None)
    read = passage(hit.chunk)
    bounded = None if placed else by_boundary(claim, hit, led(read, known), known)
    due = None if placed or bounded else by_duty(ask, claim, hit, as_said(read, known), known)
    answer = placed or bounded or due or by_passage(ask, claim, hit, read, known)
    if answer is None:
        return told
    how = (
        "names places" if placed
        else "says on which side of a boundary it is" if bounded
        else "says who has to do it" if due
        else "says, denies or bounds what is asked"
    )  # fmt: skip
    step = Step(f"The passage that comes nearest {how}.", said.evidence)
    if answer is Answered.DEPENDS:
        return Depends("", tuple(CaseFound("", one) for one in told.said), (step,))
    alone = bounded is not None and said.evidence[-1] == piece(hit.chunk)
    first = (_led_in(hit.chunk, known) if alone else None) or _from(hit.chunk, said)
    return Whether(answer, (first, *told.said[1:]), (step,))


def _led_in(chunk: Chunk, known: Known) -> Said | None:
    """Return an item behind the sentence that leads it in, which says where it is; None where it
    has none.
    """
    lead = lead_in_chunk(chunk, known.index) if chunk.kind is BlockKind.ITEM else None
    if lead is None:
        return None
    parts = (piece(lead), piece(chunk))
    return Said(" ".join(part.shown for part in parts), parts)


def _from(chunk: Chunk, said: Said) -> Said:
    """Return what is said from the sentence on that decides, where it stands by itself."""
    own = piece(chunk)
    rest = said.evidence[said.evidence.index(own) :]
    text = " ".join(one.shown for one in rest)
    leans = own.shown.split(" ", 1)[0].lower() in _LEANING
    return said if leans or not said.text.endswith(text) else Said(text, rest)


def _of_premise(denied: Decided, known: Known) -> Whether:
    """Return that a premise is not so, with the sentence behind it: what is so or to be done."""
    chunk = denied.passage.chunk
    end = chunk.span.end
    behind = known.index.catalog.between(chunk.document, end, end + _BEHIND)
    following = [one for one in behind if one.span.start >= end and one.block == chunk.block]
    said = tuple(_said(one) for one in (chunk, *following[:1]))
    step = Step("One sentence denies what the question takes for granted.", said[0].evidence)
    return Whether(denied.answer, said, (step,))


def _of_claim(ask: Ask, claim: Claim, known: Known) -> Whether | Depends | NotNamed | None:
    """Return what tables, lists and sentences say, those first that leave the least open."""
    decided = by_sentence(ask, claim, known)
    if decided is not None and decided.score >= _PLAIN and not ask.places:
        return _of_sentence(decided, known)
    cells = by_cells(ask, claim, known)
    if cells is not None:
        return _of_cells(cells, known)
    listed = by_set(ask, claim, known)
    if listed is not None:
        return _of_set(listed)
    if decided is not None:
        return _of_sentence(decided, known)
    placed = by_places(ask, claim, known)
    return None if placed is None else _of_places(placed, known)


def _of_places(decided: PlacesDecided, known: Known) -> Whether | Depends:
    chunks = known.index.catalog.chunks([one.chunk for one in decided.statements])
    said = tuple(_said(chunks[one.chunk]) for one in decided.statements)
    step = Step("Statements about places say where it is, and for whom.", said[0].evidence)
    if decided.answer is not Answered.DEPENDS:
        return Whether(decided.answer, said[:1], (step,))
    whens = [one.conditions[0].text if one.conditions else "" for one in decided.statements]
    cases = (
        CaseFound(when, shown, is_own_case(when, known.case, known.gazetteer))
        for when, shown in zip(whens, said, strict=True)
    )
    return Depends(whens[0], tuple(sorted(cases, key=lambda one: not one.holds)), (step,))


def _said(chunk: Chunk) -> Said:
    shown = piece(chunk)
    return Said(shown.shown, (shown,))


def _of_cells(decided: CellsDecided, known: Known) -> Whether | Depends:
    said = tuple(_cell(row, decided.column, known) for row in decided.rows[:2])
    step = Step(f"The column “{decided.column}” says yes or no of each row.")
    if decided.answer is not Answered.DEPENDS:
        return Whether(decided.answer, said[:1], (step,))
    cases = tuple(
        CaseFound(row.pairs[0].value, one) for row, one in zip(decided.rows, said, strict=False)
    )
    return Depends("", cases, (step,))


def _cell(row: Chunk, column: str, known: Known) -> Said:
    """Return a row by its first cell and the one that says yes or no, with the notes to that."""
    shown = piece(row)
    value = next(pair.value for pair in row.pairs if pair.title == column)
    text = f"{row.pairs[0].value}, {column}: {value}"
    notes = tuple(_notes(row, column, known)) if row.support else ()
    said = " ".join((f"{text}.", *(one.shown for one in notes))) if notes else text
    return Said(said, (shown, *notes))


def _notes(row: Chunk, column: str, known: Known) -> Iterator[Evidence]:
    """Yield the notes that marks in one cell of a row point to."""
    block = known.index.catalog.structure(row.document)[1][row.block]
    cells = [cell.span for cell in block.cells if readable(cell.header) == column]
    pointed = [
        mark.note for mark in block.marks
        if any(cell.start <= mark.at <= cell.end for cell in cells)
    ]  # fmt: skip
    for note in known.index.catalog.block_kind(row.document, BlockKind.NOTE):
        if any(one.contains(note.span) for one in pointed):
            yield piece(note)


def _of_set(decided: SetDecided) -> Whether | Depends | NotNamed:
    step = Step(
        f"{len(decided.members)} of the {decided.of} listed decide: {_places(decided.members)}.",
        tuple(piece(one.chunk) for one in decided.members[:2]),
    )
    if decided.otherwise is not None:
        return Depends("", (CaseFound("", _said(decided.otherwise)),), (step,))
    if decided.answer is Answered.DEPENDS:
        cases = (CaseFound(_head(one.chunk), _placed(one, decided)) for one in decided.members[:2])
        return Depends("", tuple(cases), (step,))
    if decided.lacks:
        return _not_named(decided, step)
    said = tuple(_placed(one, decided) for one in decided.members[:2])
    return Whether(decided.answer, said, (step,))


def _not_named(decided: SetDecided, step: Step) -> NotNamed:
    named = tuple(
        NamedMember(_head(one.chunk) or readable(one.chunk.text), evidence=(piece(one.chunk),))
        for one in decided.members
    )
    evidence = tuple(piece(one.chunk) for one in decided.members[:2])
    denies = decided.closed and decided.answer is Answered.NO
    return NotNamed(
        decided.lacks, decided.title, named, decided.of, evidence, (step,), denies=denies
    )


def _placed(member: Member, decided: SetDecided) -> Said:
    """Return a row by its first cell and the one that decides; an item as it is."""
    shown = piece(member.chunk)
    cells = [pair for pair in member.chunk.pairs if pair.title == decided.column]
    head = _head(member.chunk)
    if not cells or cells[0].value == head:
        return Said(shown.shown, (shown,))
    return Said(f"{head}, {cells[0].title}: {cells[0].value}", (shown,))


def _head(chunk: Chunk) -> str:
    return chunk.pairs[0].value if chunk.pairs else ""


def _places(members: tuple[Member, ...]) -> str:
    names = dict.fromkeys(place.name for one in members for place in one.places)
    return ", ".join(list(names)[:6])


def _of_sentence(decided: Decided, known: Known) -> Whether | Depends:
    said = _said(decided.passage.chunk)
    if decided.unticked:
        said = replace(said, text=wording.NOT_TICKED.format(said=said.text.rstrip(" .")))
    step = Step("One sentence says what is asked, or denies it.", said.evidence)
    if decided.answer is not Answered.DEPENDS:
        besides = () if decided.but is None else (_said(decided.but),)
        return Whether(decided.answer, (said, *besides), (step,))
    text = decided.passage.text
    if decided.but is not None:
        return Depends("", (CaseFound("", said), CaseFound("", _said(decided.but))), (step,))
    if not decided.limits or is_left_open(decided.passage):
        cases = (CaseFound("", said), *_following(decided, known))
        return Depends("", cases[:_MOST_CASES], (step,))
    cases = tuple(_under(one, said, decided, known) for one in decided.limits)
    return Depends(decided.limits[0].span.of(text), cases, (step,))


def _under(limit: Limit, said: Said, decided: Decided, known: Known) -> CaseFound:
    """Return what a sentence is said under, with what follows for the asker where it alone is."""
    when = limit.span.of(decided.passage.text)
    met = is_own_case(when, known.case, known.gazetteer)
    # "Supported by X" bounds what is meant; "if you have X" says when it holds.
    alone = len(decided.limits) == 1 and (limit.strict or limit.of_party)
    answer = for_asker(met, decided.under, excepting=limit.excepting) if alone else None
    return CaseFound(when, said, met, answer)


def _following(decided: Decided, known: Known) -> Iterator[CaseFound]:
    """Yield the items that a sentence leads in: "except if:"."""
    chunk = decided.passage.chunk
    led = (
        hit.chunk for hit in known.hits
        if hit.chunk.document == chunk.document and hit.chunk.group >= 0
        and readable(hit.chunk.lead_in) == decided.passage.text
    )  # fmt: skip
    first = next(led, None)
    if first is None:
        return
    for item in known.index.catalog.members(first.document, first.group):
        said = _said(item)
        yield CaseFound(said.text, said)


def _names(known: Known) -> tuple[str, ...]:
    """Return the names that the question may call its subject by, the longest first."""
    abouts = (known.index.documents[id_].about for id_ in known.scope.documents[:_ABOUTS])
    names = {*filter(_parses_badly, known.scope.names), *(about.service for about in abouts)}
    return tuple(sorted((name for name in names if name), key=lambda name: (-len(name), name)))


def _parses_badly(name: str) -> bool:
    """Tell whether a name is of several words, of which one may be taken for a verb."""
    return name[:1].isupper() and (" " in name or "." in name)
