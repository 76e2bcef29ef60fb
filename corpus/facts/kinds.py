"""What kinds of fact a clause states, by its modality, its verbs and its shape, in that order.

Each rule looks at one clause and returns the kinds that it sees, none where it does not apply;
the first rule that sees one decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from corpus.facts import kind_words
from corpus.facts.details import subject_of
from corpus.facts.types import StatementKind, Status
from corpus.language.clauses import Clause, is_negated, without_relatives
from corpus.language.signals import DATE, DURATION

Kinds = tuple[StatementKind, ...]
_LONGEST_CONTRACTION = len("n't ")


def is_pointer(clause: Clause) -> bool:
    """Tell whether a clause only sends the reader elsewhere."""
    points = kind_words.POINTER.match(clause.text) or kind_words.POINTER.match(clause.main)
    tells = kind_words.CROSSING.search(clause.text) or kind_words.NAVIGATION.search(clause.text)
    return points is not None and tells is None


def kinds_of(clause: Clause, *, strict: bool = False) -> Kinds:
    """Return what a clause states; `strict` reads its main verb alone."""
    if is_pointer(clause) or clause.text.endswith("?"):
        return ()
    found = next((kinds for rule in _RULES if (kinds := rule(clause))), ())
    if not found and not strict:
        found = verbs_in(clause.text)[:1]
    if kind_words.PERSON.search(subject_of(clause.main)):
        found = tuple(kind for kind in found if kind is not StatementKind.STORED)
    return tuple(dict.fromkeys((*found, *_asides(clause))))


@lru_cache(maxsize=4096)
def verbs_in(text: str) -> Kinds:
    """Return the kinds whose verbs a text has; keeping for a time is not keeping at a place."""
    found = {kind for kind, verbs in kind_words.VERBS.items() if verbs.search(text)}
    if kind_words.COPY.search(text) and found <= {StatementKind.STORED}:
        return (StatementKind.REPLICATED,)
    if StatementKind.RETAINED in found and not kind_words.KEPT_AT.search(text):
        found.discard(StatementKind.STORED)
    if found - {StatementKind.STORED, StatementKind.RETAINED} and not kind_words.STORES.search(
        text
    ):
        found.discard(StatementKind.STORED)
    return tuple(kind for kind in kind_words.VERBS if kind in found)


def is_denied(kind: StatementKind, clause: Clause) -> bool:
    """Tell whether a clause denies what it says of a kind, and not something else beside it."""
    said = kind_words.REQUIRED if kind is StatementKind.REQUIRED else kind_words.VERBS.get(kind)
    match = said.search(clause.main) if said else None
    if match is None:
        return clause.negated
    head = clause.main[: match.start()]
    start = max((cut.end() for cut in kind_words.AND.finditer(head)), default=0)
    region = clause.main[start : match.end() + _LONGEST_CONTRACTION].strip()
    return is_negated(region) or kind_words.NOTHING.match(clause.main, match.end()) is not None


def kind_of_label(label: str) -> StatementKind | None:
    """Return what the values under a label or column title say, None where it names things."""
    return next((kind for kind, said in kind_words.LABELS if said.search(label)), None)


def status_of(text: str, heading: str) -> Status:
    """Return how long a statement is meant to hold, by its words, else by its heading."""
    found = (
        status
        for source in (text, heading)
        for status, said in kind_words.STATUS
        if said.search(source)
    )
    return next(found, Status.CURRENT)


def _ends(clause: Clause) -> Kinds:
    return (StatementKind.DATE,) if kind_words.ENDING.search(clause.main) else ()


def _leaves_out(clause: Clause) -> Kinds:
    flat = without_relatives(clause.main)
    denied = clause.negated and kind_words.UNCOVERED.search(flat)
    return (StatementKind.EXCLUDED,) if denied or kind_words.PARTLY.search(flat) else ()


def _is_impossible(clause: Clause) -> Kinds:
    flat = without_relatives(clause.main)
    return (StatementKind.NOT_SUPPORTED,) if kind_words.UNSUPPORTED.search(flat) else ()


def _shows_how(clause: Clause) -> Kinds:
    told = kind_words.YOU.search(clause.main) and kind_words.HOW.search(clause.main)
    return (StatementKind.STEP,) if told else ()


def _promises(clause: Clause) -> Kinds:
    """A promise to keep data somewhere also says where it is kept."""
    flat = without_relatives(clause.main)
    if not (kind_words.COMMITMENT.search(flat) or kind_words.BECOMES.search(clause.main)):
        return ()
    stored = kind_words.VERBS[StatementKind.STORED].search(flat) and not clause.negated
    return (
        (StatementKind.STORED, StatementKind.COMMITMENT) if stored else (StatementKind.COMMITMENT,)
    )


def _requires(clause: Clause) -> Kinds:
    if clause.imperative or not kind_words.REQUIRED.search(without_relatives(clause.main)):
        return ()
    stored = (StatementKind.STORED,) if kind_words.MUST_STAY.search(clause.main) else ()
    return (*stored, StatementKind.REQUIRED)


def _names_a_contact(clause: Clause) -> Kinds:
    written = kind_words.ADDRESS.search(clause.main) and kind_words.CONTACT_WORDS.search(
        clause.main
    )
    return (StatementKind.CONTACT,) if written or kind_words.CONTACT.search(clause.main) else ()


def _orders(clause: Clause) -> Kinds:
    if not clause.imperative:
        return ()
    if kind_words.CARE.match(clause.main):
        return (StatementKind.REQUIRED,)
    if kind_words.TOOL.search(clause.main):
        return (StatementKind.COMMAND,)
    moves = kind_words.MOVE.search(clause.opening) and kind_words.DO_FOLLOWING.match(clause.main)
    return (StatementKind.MOVED if moves else StatementKind.STEP,)


def _advises(clause: Clause) -> Kinds:
    main = clause.main
    if kind_words.WE_RECOMMEND.search(main):
        return (StatementKind.STEP,)
    if kind_words.ABLE_BY.search(main) and not kind_words.YOU.search(main):
        return (StatementKind.REQUIRED,)
    able = kind_words.HOW.search(main) and kind_words.ABLE.search(main) and not verbs_in(main)
    return (StatementKind.STEP,) if able else ()


def _defines(clause: Clause) -> Kinds:
    main = clause.main
    defined = kind_words.DEFINITION.match(main) and not kind_words.DETERMINED.search(main)
    return (StatementKind.DEFINED,) if defined else ()


def _lists(clause: Clause) -> Kinds:
    return (StatementKind.MEMBER,) if kind_words.INCLUDES.match(clause.main) else ()


def _tells_of(clause: Clause) -> Kinds:
    """What "there are cases in which data is deleted" and "how long it is kept" tell of."""
    told = kind_words.HOW_LONG.search(clause.main) or kind_words.THERE.match(clause.main)
    return verbs_in(clause.main)[:1] if told else ()


def _tells_of_a_move(clause: Clause) -> Kinds:
    depends = kind_words.MOVE.search(clause.text) and kind_words.DEPENDS.search(clause.main)
    return (StatementKind.MOVED,) if depends else ()


def _dates(clause: Clause) -> Kinds:
    main = clause.main
    if not (DATE.search(main) or kind_words.DAY.search(main)) or not kind_words.DATED.search(main):
        return ()
    return () if verbs_in(without_relatives(main)) else (StatementKind.DATE,)


def _uses_a_tool(clause: Clause) -> Kinds:
    return verbs_in(clause.main)[:1] if kind_words.WITH_TOOL.search(clause.main) else ()


def _decides(clause: Clause) -> Kinds:
    """What decides about a place; that the data is kept there goes without saying."""
    if not kind_words.DETERMINED.search(kind_words.TO_DECIDE.sub(" ", clause.main)):
        return ()
    flat = without_relatives(clause.main)
    found = _main_verbs(clause)
    moved = (StatementKind.MOVED,) if StatementKind.MOVED in found else ()
    if moved and not kind_words.DETERMINED.search(flat):
        return ()
    decides = found in ((), (StatementKind.STORED,)) or kind_words.DECIDES.search(clause.main)
    return (StatementKind.DETERMINED_BY, *moved) if decides else ()


def _main_verbs(clause: Clause) -> Kinds:
    return verbs_in(kind_words.INFINITIVE.sub(" ", without_relatives(clause.main)))


def _names_a_command(clause: Clause) -> Kinds:
    return (StatementKind.COMMAND,) if kind_words.TOOL.search(clause.main) else ()


def _adds(clause: Clause) -> Kinds:
    """What a relative clause after a comma adds to a name that has no verb of its own."""
    return verbs_in(", ".join(clause.main.split(", which ")[1:]))


def _has_members(clause: Clause) -> Kinds:
    listed = kind_words.MEMBERS.search(clause.main) and not clause.text.endswith(":")
    return (StatementKind.MEMBER,) if listed else ()


def _explains(clause: Clause) -> Kinds:
    return (StatementKind.DEFINED,) if kind_words.DEFINED.search(clause.main) else ()


def _ends_data(clause: Clause) -> Kinds:
    ended = kind_words.ENDS_DATA.search(clause.text) and DURATION.search(clause.main)
    return (StatementKind.RETAINED,) if ended else ()


def _lets_people_look(clause: Clause) -> Kinds:
    seen = kind_words.LOOKS.search(clause.main) and kind_words.PERSON.search(
        subject_of(clause.main)
    )
    return (StatementKind.PROCESSED,) if seen else ()


def _keeps_a_spare(clause: Clause) -> Kinds:
    return (StatementKind.REPLICATED,) if kind_words.SPARE.search(clause.main) else ()


_RULES: tuple[Callable[[Clause], Kinds], ...] = (
    _ends, _leaves_out, _is_impossible, _shows_how, _promises, _requires, _names_a_contact,
    _orders, _advises, _defines, _lists, _tells_of, _tells_of_a_move, _dates, _uses_a_tool,
    _decides, _main_verbs, _names_a_command, _adds, _has_members, _explains, _ends_data,
    _lets_people_look, _keeps_a_spare,
)  # fmt: skip


def _asides(clause: Clause) -> Iterator[StatementKind]:
    """Kinds that a clause states besides: what a bracket calls a thing, what a condition asks."""
    if kind_words.CALLED.search(clause.text):
        yield StatementKind.DEFINED
    if any(kind_words.PROVIDED.search(condition) for condition in clause.conditions):
        yield StatementKind.REQUIRED
