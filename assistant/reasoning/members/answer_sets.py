"""Questions about sets: which, how many, all of them, what is in one and not in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.evidence import piece
from assistant.draft import Step
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Difference, Member, Members, NotNamed, Said, Side
from assistant.reasoning.known import Known
from assistant.reasoning.members.choose_set import Fit, entry_places, fits
from assistant.reasoning.members.comparing.two_sets import Held, Pair, keys, pair_of
from assistant.reasoning.members.find_sets import joined, sets_of
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.member_details import detail_column, detail_of, lies
from assistant.reasoning.members.place_bounds import PlaceBound, bounds_in
from assistant.reasoning.members.selecting.select_entries import Selection, selected
from assistant.reasoning.members.set_question import Besides, QuestionParts, is_inverted, parts_of
from assistant.reasoning.members.set_words import Asked, AskedWord, asked
from assistant.reasoning.members.word_stems import alike, stem, stems
from corpus.facts.types import Openness
from corpus.language.terms import WORD
from corpus.places import Place, PlaceKind
from corpus.places.sets import Bound, Verdict

_SETS = frozenset({Wanted.ALL_OF, Wanted.HOW_MANY, Wanted.DIFFERENCE})
_PERHAPS = frozenset({Wanted.PLACE, Wanted.SERVICE, Wanted.DATA, Wanted.UNKNOWN})
_LEAST = 0.9
"""Least score of a set that answers, where the question does not name its subject outright."""
_LEAST_SURE = 0.35
_EXAMPLES = "They are given as examples."
_FEWEST = 2
"""Entries of a set of which it is said that none fits."""
_KIND = stem("kind")
_CITED = 12
"""Entries that are cited where none of them fits."""
_AHEAD = 0.12
"""By how much the best set must be ahead of another that gives other members."""


def members(ask: Ask, known: Known) -> Members | Difference | NotNamed | None:
    """Return the members of a set that a question asks for; None where no set tells surely."""
    parts = parts_of(ask.question)
    question = asked(parts.main, ask, known)
    answers = _may_answer(ask, question)
    if not answers and (is_inverted(question.text) or not question.head):
        return None
    sets = sets_of(known)
    counts = ask.wanted is Wanted.HOW_MANY
    if parts.asks is Besides.COUNT:
        whole = asked(ask.question, ask, known)
        return _of_pair(ask, whole, fits(whole, sets, known), known, counts=True)
    if not sets:
        return None
    found = fits(question, sets, known)
    answers = answers or _picks(ask, question, found)
    two = _of_pair(ask, question, found, known, counts=counts)
    if two is not None or not answers:
        return two
    return _of_one(ask, question, parts, found, known) or _of_leaving(
        ask, question, parts, sets, known
    )


def _of_leaving(
    ask: Ask, question: Asked, parts: QuestionParts, sets: Sequence[ListedSet], known: Known
) -> Members | None:
    """Return what leaves a place, as a list says it whose entries name no places: what "is stored
    outside of the region", or the exceptions of what is not.
    """
    strict = [one.bound is Bound.OUTSIDE and not one.aside for one in question.bounds]
    if not strict or not all(strict) or ask.wanted not in _LEAVING_WANTED:
        return None
    leaving = [one for one in sets if _tells_leaving(one.title)]
    outside = AskedWord(stem("outside"), "outside", is_light=False, is_name=False, at=-1)
    plain = replace(question, bounds=(), words=(*question.words, outside))
    return _of_one(ask, plain, parts, fits(plain, leaving, known), known)


def _tells_leaving(title: str) -> bool:
    """Tell whether a lead-in says that its entries are outside, or the exceptions of staying."""
    words = [match.group().lower() for match in WORD.finditer(title)]
    denied = any(word in _DENYING or word.endswith(("n't", "n’t")) for word in words)
    excepted = bool(_EXCEPTING & set(words))
    return "outside" in words and denied is excepted


_LEAVING_WANTED = frozenset({Wanted.DATA, Wanted.ALL_OF, Wanted.HOW_MANY, Wanted.CONDITION,
                             Wanted.EXCEPTION})  # fmt: skip
_DENYING = frozenset({"not", "never", "no", "cannot"})
_EXCEPTING = frozenset({"except", "unless", "excepting", "besides"})


def tells_both(ask: Ask, known: Known) -> bool:
    """Tell whether a set answers a question of two parts whole: the members, and what is asked of
    them besides.
    """
    parts = parts_of(ask.question)
    if parts.asks in (None, Besides.OTHER):
        return False
    found = members(ask, known)
    if isinstance(found, Difference):
        return parts.asks is Besides.COUNT
    if not isinstance(found, Members):
        return False
    details = any(member.detail for member in found.members)
    tells = {
        Besides.NAMES: not found.of_these,
        Besides.OTHERS: bool(found.left_out),
        Besides.OF_THESE: bool(found.of_these),
        Besides.DETAIL: details,
    }
    return tells.get(parts.asks, False)


def _may_answer(ask: Ask, question: Asked) -> bool:
    """Tell whether members are asked for: outright, by a noun, or by where they lie."""
    if is_inverted(question.text):
        return False
    if ask.wanted in _SETS or question.asks_several:
        return True
    if ask.wanted is Wanted.WHETHER:
        return bool(question.bounds and (question.head or _names_all(question.text)))
    said = any(question.head or question.wants_places for _ in question.bounds)
    return ask.wanted in _PERHAPS and said


def _picks(ask: Ask, question: Asked, found: Sequence[Fit]) -> bool:
    """Tell whether a question picks members by what other cells say of them: by their amount, or
    in the words of a cell; what is told of a name by its row is a value and no set.
    """
    picks = question.amount is not None or any(
        (one.said and one.column == one.of.columns[0]) or (one.of.is_ticked and one.named)
        for one in found[:1]
    )
    return ask.wanted in _PERHAPS and picks and bool(question.head)


def _names_all(text: str) -> bool:
    """Tell whether an order asks for everything: "everything in Norway"."""
    words = (match.group().lower() for match in WORD.finditer(text))
    return not text.rstrip().endswith("?") and "everything" in words


def _of_one(
    ask: Ask, question: Asked, parts: QuestionParts, found: Sequence[Fit], known: Known
) -> Members | None:
    if parts.asks is Besides.OTHER:
        return None
    found_set = _chosen(question, found, known)
    if found_set is None:
        return None
    return _members(ask, found_set[0].asks, parts, *found_set, known)


def chosen(question: Asked, known: Known) -> tuple[Fit, Selection] | None:
    """Return the set that a question is about, with what of it fits; None where none is sure."""
    sets = sets_of(known)
    return _chosen(question, fits(question, sets, known), known) if sets else None


def _chosen(question: Asked, found: Sequence[Fit], known: Known) -> tuple[Fit, Selection] | None:
    is_sure = known.scope.is_sure or len(known.scope.documents) == 1
    least = _LEAST_SURE if is_sure else _LEAST
    sure = [
        one for one in found
        if not one.missing and one.score >= least
        and (one.is_told or one.asks.bounds or (is_sure and _is_sole(one, found)))
        and not (one.of.is_enumeration and not _is_meant(one, question))
    ]  # fmt: skip
    if not sure:
        return None
    best = _with_siblings(sure)
    selection = selected(best.asks, best, known)
    if selection is None or _ambiguous(best.asks, best, sure[1:], selection, known):
        return None
    return best, selection


def named(entries: Sequence[Entry], fit: Fit) -> tuple[str, ...]:
    """Return the names of entries, each once."""
    return tuple(dict.fromkeys(entry.cell(fit.column) for entry in entries))


def _is_sole(one: Fit, found: Sequence[Fit]) -> bool:
    """Tell whether a set is the only one whose lead-in says the noun that is asked for."""
    head = one.asks.head
    titled = [
        fit for fit in found if head and not fit.of.is_enumeration and head in stems(fit.of.title)
    ]
    return [fit.of for fit in titled] == [one.of]


def _is_meant(one: Fit, question: Asked) -> bool:
    """Tell whether a word of weight says that an enumeration within a sentence is meant."""
    return bool(question.bounds) or any(
        not (word.is_light or alike(word.stem, _KIND)) for word in one.named
    )


def _with_siblings(sure: Sequence[Fit]) -> Fit:
    """Return the best set, with those of the same columns that fit as well."""
    best = sure[0]
    if not best.of.is_table:
        return best
    near = [
        one for one in sure
        if best.score - one.score < _AHEAD * 4 and one.of.columns == best.of.columns
        and one.of.document == best.of.document and one.named == best.named
    ]  # fmt: skip
    if len(near) < 2:
        return best
    of = joined(one.of for one in near)
    within = tuple(dict.fromkeys(word for one in near for word in one.within))
    return replace(best, of=of, within=within)


def _ambiguous(
    question: Asked, best: Fit, others: Sequence[Fit], chosen: Selection, known: Known
) -> bool:
    """Tell whether another set accounts for the question as well and gives other members."""
    names = {one.name.lower() for one in _as_members(chosen.fitting, best, question, known)}
    for other in others:
        if best.score - other.score > _AHEAD:
            return False
        found = selected(other.asks, other, known)
        if found is None:
            continue
        theirs = {one.name.lower() for one in _as_members(found.fitting, other, other.asks, known)}
        if not theirs <= names:
            return True
    return False


def _members(
    ask: Ask, question: Asked, parts: QuestionParts, fit: Fit, selection: Selection, known: Known
) -> Members | None:
    if _unsure(question, fit, selection, known, counts=ask.wanted is Wanted.HOW_MANY):
        return None
    column = detail_column(parts, fit)
    given = _as_members(selection.fitting, fit, question, known, column)
    if _repeats(given, selection.fitting, fit, question, known) or _are_keys(
        selection.fitting, fit, question
    ):
        return None
    whole = _as_members(selection.all, fit, question, known)
    names = {one.name.lower() for one in given}
    others = tuple(one for one in whole if one.name.lower() not in names)
    of = len(whole) if selection.filtered else 0
    return Members(
        _title(ask, question, fit),
        given,
        len(given),
        of or len(given),
        ask.wanted is Wanted.HOW_MANY,
        others if parts.asks is Besides.OTHERS else (),
        _steps(question, fit, selection, len(given), known),
        _besides(selection, parts, fit, known),
    )


def _repeats(
    given: Sequence[Member], fitting: Sequence[Entry], fit: Fit, question: Asked, known: Known
) -> bool:
    """Tell whether members are only what the question names: it asks for something else of them."""
    asked_of = set(stems(question.text))
    if given and all(set(stems(one.name)) <= asked_of for one in given):
        return True
    named = {place for bound in question.bounds for place in bound.places}
    places = [entry_places(entry, fit.column, known, fit.of.document) for entry in fitting]
    return bool(places) and all(
        found and all(one.place in named for one in found) for found in places
    )


def _are_keys(fitting: Sequence[Entry], fit: Fit, question: Asked) -> bool:
    """Tell whether the names only say of what something is told: "numbers of Chile: Lima"."""
    where = not question.head and not fit.of.is_table
    return where and bool(fitting) and all(entry.rest for entry in fitting)


def _unsure(question: Asked, fit: Fit, selection: Selection, known: Known, *, counts: bool) -> bool:
    """Tell whether too little is known of where the entries lie, or an empty answer would say more
    than the set does.
    """
    if counts and fit.of.openness is Openness.OPEN:
        return True
    in_words = selection.filtered and not (fit.of.is_table or question.bounds or counts)
    if in_words and question.asks_several and len(selection.fitting) == 1 < len(selection.all):
        # Of items that are told in words the one that says a word more may not be the only one.
        return True
    if not selection.fitting and not (counts or question.asks_several):
        return True
    if not selection.fitting:
        return (
            len(selection.all) < _FEWEST
            or bool(selection.unknown)
            or fit.of.openness is not Openness.CLOSED
            or (not question.bounds)
        )
    loose = any(_is_loose(place, known) for bound in question.bounds for place in bound.places)
    return len(selection.unknown) > len(selection.fitting) and not loose


def _is_loose(place: Place, known: Known) -> bool:
    """Tell whether a place is a region whose bounds everyone draws otherwise."""
    if place.kind is not PlaceKind.GROUP:
        return False
    return not known.gazetteer.record(place.id).extra["closed"]


def _besides(selection: Selection, parts: QuestionParts, fit: Fit, known: Known) -> str:
    """Return what is said of the members besides."""
    if parts.asks is Besides.OF_THESE:
        return _of_these(selection, parts, fit, known)
    return _EXAMPLES if fit.of.openness is Openness.OPEN else ""


def _of_these(selection: Selection, parts: QuestionParts, fit: Fit, known: Known) -> str:
    """Return what a further part of the question asks of the members that were found."""
    bounds = bounds_in(parts.besides, known.gazetteer)
    if not bounds:
        return ""
    names = dict.fromkeys(
        entry.cell(fit.column) for entry in selection.fitting
        if _keeps(entry, bounds, fit, known)
    )  # fmt: skip
    said = " and ".join(bound_said(one) for one in bounds)
    if not names:
        return f"None of them is {said}."
    return f"Of these, {listed(tuple(names))} {'are' if len(names) > 1 else 'is'} {said}."


def _keeps(entry: Entry, bounds: Sequence[PlaceBound], fit: Fit, known: Known) -> bool:
    places = entry_places(entry, fit.place_column or "", known, fit.of.document)
    return all(one.holds(places, known.gazetteer) is Verdict.YES for one in bounds)


def _as_members(
    entries: Sequence[Entry], fit: Fit, question: Asked, known: Known, column: str = ""
) -> tuple[Member, ...]:
    """Return the entries as members, each name once."""
    found: dict[str, Member] = {}
    for entry in entries:
        name = entry.cell(fit.column)
        detail = detail_of(entry, column, fit, question, known)
        old = found.get(name.lower())
        evidence = tuple(dict.fromkeys((*(old.evidence if old else ()), piece(entry.chunk))))
        details = dict.fromkeys(part for part in (old.detail if old else "", detail) if part)
        found[name.lower()] = Member(old.name if old else name, ", ".join(details), evidence)
    plain = len({one.detail for one in found.values()}) == 1 and len(found) > 1 and not column
    return tuple(replace(one, detail="") if plain else one for one in found.values())


def _of_pair(
    ask: Ask, question: Asked, found: Sequence[Fit], known: Known, *, counts: bool
) -> Members | Difference | None:
    """Return what two sets have in common, or one of them before the other."""
    pair = pair_of(question, found, known, counts)
    if pair is None:
        return None
    first = selected(pair.first.asks, pair.first, known)
    second = selected(pair.second.asks, pair.second, known)
    if first is None or second is None:
        return None
    if pair.held is Held.COUNTED:
        return _counted(pair, first, second, question, known)
    theirs = {
        key for entry in second.all for key in keys(entry, pair.second, question, known)
    }  # fmt: skip
    wanted = pair.held is Held.BOTH
    kept = tuple(
        entry for entry in first.fitting
        if bool(keys(entry, pair.first, question, known) & theirs) is wanted
    )  # fmt: skip
    if not kept:
        return None
    given = _as_members(kept, pair.first, question, known)
    relation = "also in" if wanted else "not in"
    step = Step(
        f"{len(given)} of “{pair.first.of.title}” are {relation} “{pair.second.of.title}”.",
        tuple(dict.fromkeys(piece(entry.chunk) for entry in kept)),
    )
    return Members(
        _title(ask, question, pair.first), given, len(given), len(given), counts, (), (step,)
    )


def _counted(
    pair: Pair, first: Selection, second: Selection, question: Asked, known: Known
) -> Difference:
    sides = tuple(
        Side(words, (Said(str(len(given)), tuple(p for one in given for p in one.evidence)),))
        for words, given in (
            (pair.first_words, _as_members(first.fitting, pair.first, question, known)),
            (pair.second_words, _as_members(second.fitting, pair.second, question, known)),
        )
    )
    return Difference(sides)


def _title(ask: Ask, question: Asked, fit: Fit) -> str:
    head = ask.head or (fit.column.lower() if fit.column else "entries")
    bounds = " and ".join(bound_said(one) for one in question.bounds)
    return f"{head} {bounds}".strip()


def bound_said(bound: PlaceBound) -> str:
    """Return in words where something must lie."""
    names = " or ".join(_with_article(place.name) for place in bound.places)
    if bound.bound is Bound.OUTSIDE:
        return f"not in {names}"
    return f"only in {names}" if bound.only else f"in {names}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them; parted by semicolons where they hold commas."""
    if len(names) < 2:
        return "".join(names)
    mark = "; " if any(", " in name for name in names) else ", "
    return f"{mark.join(names[:-1])} and {names[-1]}"


_ARTICLE = ("Union", "Area", "States", "Kingdom", "Emirates", "Netherlands", "East", "Boundary",
            "Americas", "Nordics")  # fmt: skip


def _with_article(name: str) -> str:
    return f"the {name}" if name.endswith(_ARTICLE) else name


def _steps(
    question: Asked, fit: Fit, selection: Selection, count: int, known: Known
) -> tuple[Step, ...]:
    what = "table" if fit.of.is_table else "list"
    read = f"The {what} “{fit.of.title}” has {len(selection.all)} entries; {count} of them fit."
    shown = selection.fitting or selection.all[:_CITED]
    evidence = tuple(dict.fromkeys(piece(entry.chunk) for entry in shown))
    if not question.bounds:
        return (Step(read, evidence),)
    told = dict.fromkeys(lies(entry, fit, known) for entry in selection.fitting)
    return (Step(read, evidence), *(Step(said) for said in told if said))
