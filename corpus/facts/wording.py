"""Statements in words: kinds, roles of places, conditions and sets, the same wherever they show."""

from __future__ import annotations

from datetime import date

from corpus.facts.types import (
    Condition,
    Openness,
    PlaceRole,
    SetMembership,
    StatementKind,
    Term,
)

KIND_WORDS: dict[StatementKind, tuple[str, str]] = {
    StatementKind.STORED: ("stored", "is not stored"),
    StatementKind.PROCESSED: ("processed", "is not processed"),
    StatementKind.REPLICATED: ("copied or backed up", "is not copied or backed up"),
    StatementKind.EXCLUDED: ("left out", "left out"),
    StatementKind.REQUIRED: ("required", "not required"),
    StatementKind.DETERMINED_BY: ("decides where", "does not decide where"),
    StatementKind.RETAINED: ("how long kept", "is not kept"),
    StatementKind.MOVED: ("moved", "is not moved"),
    StatementKind.NOT_SUPPORTED: ("not supported", "not supported"),
    StatementKind.COMMAND: ("what to type", "what not to type"),
    StatementKind.STEP: ("what to do", "what not to do"),
    StatementKind.MEMBER: ("one of a list", "not one of a list"),
    StatementKind.CONTACT: ("whom to ask", "whom not to ask"),
    StatementKind.DATE: ("date", "no date"),
    StatementKind.COMMITMENT: ("promised", "not promised"),
    StatementKind.DEFINED: ("what it means", "what it does not mean"),
}
"""What a statement says, and the same where it is denied. What is left out or not supported is a
denial by itself."""
ROLE_WORDS: dict[PlaceRole, str] = {
    PlaceRole.RESTS: "rests",
    PlaceRole.PROCESSED: "processed",
    PlaceRole.GOES_TO: "goes to",
    PlaceRole.COMES_FROM: "comes from",
    PlaceRole.CHOICE: "offered",
    PlaceRole.CUSTOMER: "customer",
    PlaceRole.SEAT: "seat",
    PlaceRole.LEFT_OUT: "left out",
    PlaceRole.NAMED: "",
}
"""What a place has to do with it, behind its name; nothing where no more than the name is told."""
_OPENNESS = {
    Openness.CLOSED: ", closed list",
    Openness.OPEN: ", open list",
    Openness.UNKNOWN: "",
}
_LEADING = frozenset(
    "after as at before by depending during except excluding for from if in once on only other "
    "provided should since subject under unless until upon when whenever where wherever while "
    "with within without".split()
)
"""Words that lead a condition or an exception in."""
_DENYING = frozenset({"except", "excluding", "unless", "without"})
"""Those of them that deny what follows."""
_FINITE = frozenset(
    "agrees am applies are asks asked bought can cannot chooses chose could did do does "
    "enables exists had has have is may might must needs opts selects shall should signs "
    "turns uses wants was were will would".split()
)
"""Verbs that make a clause: auxiliaries, and what customers do."""
_SAYING_MORE = frozenset({"that", "when", "where", "which", "who", "whose"})
"""Words whose verb says something of a noun and makes no clause of its own."""
_PERSONS = frozenset({"i", "it", "they", "we", "you"})
_NOMINAL = {
    Term.HAS: ("with", "without"),
    Term.ENABLED: ("with", "without"),
    Term.AGREED: ("under", "without"),
    Term.PREVIEW: ("in", "not in"),
}
"""What leads a condition in that is a thing and no clause, and the same where it is denied."""
_MOST_OF_A_DATE = 4
"""Words of a date with what leads it in; more say of what it is the date."""


def kind_words(kind: StatementKind, *, negated: bool = False) -> str:
    """Return what a statement of a kind says."""
    return KIND_WORDS[kind][negated]


def kind_named(words: str) -> tuple[StatementKind, bool] | None:
    """Return the kind that words or an id mean, and whether only its denials; None for no kind."""
    wanted = " ".join(words.casefold().replace("_", " ").replace("-", " ").split())
    for kind, (affirmed, denied) in KIND_WORDS.items():
        if wanted in (kind.value.replace("_", " "), affirmed, denied):
            return kind, wanted == denied != affirmed
    return None


def place_words(name: str, role: PlaceRole) -> str:
    """Return a place with what it has to do with the statement: "Norway (rests)"."""
    return f"{name} ({ROLE_WORDS[role]})" if ROLE_WORDS[role] else name


def role_words(role: PlaceRole) -> str:
    """Return the words that a role is asked for by."""
    return ROLE_WORDS[role] or role.value


def set_words(member: SetMembership | None) -> str:
    """Return where in its set a statement stands: "2 of 14, closed list"."""
    if member is None:
        return ""
    return f"{member.position} of {member.size}{_OPENNESS[member.openness]}"


def condition_words(condition: Condition) -> str:
    """Return a condition with what leads it in: "if …", "unless …", "from 1 June 2024"."""
    led = _dated(condition) or _led(condition)
    return f"only {led}" if condition.only and not led.startswith("only ") else led


def exception_words(exception: Condition) -> str:
    """Return an exception with what leads it in: "except …", "except where …"."""
    text = exception.text.strip()
    if exception.lead:
        return f"{exception.lead} {text}"
    first = _first(text)
    if first in _LEADING:
        text = first + text[len(first) :]
        return text if first in {*_DENYING, "other"} else f"except {text}"
    return f"except where {text}" if _is_clause(text) else f"except {text}"


def day_words(day: date) -> str:
    """Return a date as it is written in a sentence: "1 June 2024"."""
    return f"{day.day} {day:%B} {day.year}"


def _dated(condition: Condition) -> str:
    """Return a condition that is no more than a date."""
    if condition.date is None or len(condition.text.split()) > _MOST_OF_A_DATE:
        return ""
    if condition.term is Term.BEFORE:
        lead = "from" if condition.negated else "before"
    elif condition.term is Term.AFTER:
        lead = "until" if condition.negated else "from"
    else:
        return ""
    return f"{lead} {day_words(condition.date)}"


def _led(condition: Condition) -> str:
    text, denied = condition.text.strip(), condition.negated
    if condition.lead:
        return f"{condition.lead} {text}"
    first = _first(text)
    if first in _LEADING:
        text = first + text[len(first) :]
        return _denied(text, first) if denied else text
    if condition.term in (Term.BEFORE, Term.AFTER) and condition.date is None:
        return f"{'not ' if denied else ''}{condition.term.value} {text}"
    if _is_clause(text):
        return f"{'unless' if denied else 'if'} {text}"
    lead, lead_denied = _NOMINAL.get(condition.term, ("for", "except for"))
    return f"{lead_denied if denied else lead} {text}"


def _denied(text: str, first: str) -> str:
    if first in _DENYING:
        return text
    return f"unless{text[len(first) :]}" if first == "if" else f"not {text}"


def _first(text: str) -> str:
    return text.partition(" ")[0].casefold()


def _is_clause(text: str) -> bool:
    """Tell whether words have a verb of their own; those who write files do not load a parser."""
    words = text.casefold().replace("’", "'").split()
    if not words or words[0] in _PERSONS:
        return bool(words)
    for word in words:
        # What a colon stands behind is a label.
        if word in _SAYING_MORE or word.endswith(":"):
            return False
        if word in _FINITE or word.endswith("n't"):
            return True
    return False
