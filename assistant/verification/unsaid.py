"""What a sentence says at all: values, places, names and words that the passages must say."""

from __future__ import annotations

import re

from assistant.verification.claim import Case, is_said
from assistant.verification.clauses import plain, tokens
from assistant.verification.names import unknown_literal, unknown_name, unknown_place
from assistant.verification.values import dates, values
from assistant.verification.words import in_field, is_neutral

"""Share of a sentence's words that its passages need not say."""
_CONTRAST = re.compile(
    r"\b(?:only|instead|remains?|stays?|rather|outside|must|required?|off|but|however|unless|"
    r"except|excluded?|refus\w+|already|still|elsewhere|alone|permanent\w*)\b",
    re.I,
)


_FROM = re.compile(
    r"\b(?:from|out of|off)\s+(?:the |your |our |a |an )?(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)", re.I
)
_TO = re.compile(
    r"\b(?:to|into|onto|towards?)\s+(?:the |your |our |a |an )?"
    r"(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)",
    re.I,
)


def unknown_literals(case: Case) -> str:
    """Find what is written character by character and is not in the passages."""
    unknown = unknown_literal(case.text, case.said)
    return f"{unknown} is not in the passages" if unknown else ""


def unknown_dates(case: Case) -> str:
    """Find a date that the passages do not state."""
    stated = [date for date, _, _ in dates(plain(case.said))]
    for date, start, end in dates(plain(case.text)):
        if not any(other.says(date) for other in stated):
            return f"the date {plain(case.text)[start:end]} is not in the passages"
    return ""


def unknown_values(case: Case) -> str:
    """Find a number or duration that the passages do not state so."""
    stated = values(plain(case.said))
    units = {other.unit for other in stated}
    for value in values(plain(case.text)):
        same = [other for other in stated if other.same(value)] or [
            other
            for other in stated
            if not other.unit and other.raw == value.raw and value.unit in units
        ]
        if not same:
            return f"{value.written} is not in the passages"
        bounds = {other.bound for other in same}
        if value.bound not in bounds and (value.bound or value.unit) and 0 not in bounds:
            return f"{value.written} has another bound in the passages"
        if value.bound and bounds == {0}:
            return f"{value.written} is exact in the passages"
    return ""


_AWAY = re.compile(
    r"\b(?:outside|beyond|leav\w+|throughout|across|anywhere in|everywhere in|all of|all over|only|"
    r"entire|whole)\b",
    re.I,
)


def unknown_places(case: Case) -> str:
    """Find a place that the passages do not name."""
    for clause in case.claim.clauses:
        narrow = clause.denied or bool(_AWAY.search(clause.text))
        unknown = unknown_place(
            clause.text, case.said, case.gazetteer, upward=not narrow, downward=clause.denied
        )
        if unknown:
            return f"{unknown} is not a place of the passages"
    return ""


def unknown_names(case: Case) -> str:
    """Find a name that the passages do not say."""
    placed = [mention.words for mention in case.gazetteer.mentions(case.text)]
    unknown = unknown_name(case.text, case.said, placed)
    return f"{unknown} is not named in the passages" if unknown else ""


def unsaid_words(case: Case) -> str:
    """Find what the passages do not speak of."""
    said = plain(case.text)
    skipped = {word for m in case.gazetteer.mentions(case.text) for word in tokens(m.words)}
    skipped |= {word for value in values(said) for word in tokens(value.written)}
    skipped |= {word for _, start, end in dates(said) for word in tokens(said[start:end])}
    words = [w for c in case.claim.clauses for w in c.words if w not in skipped]
    words = [w for w in words if not w[0].isdigit() and "-" not in w]
    unsaid = [w for w in words if not is_neutral(w) and not is_said(w, case)]
    strict = [word for word in unsaid if in_field(word)]
    if strict:
        return f"the passages do not speak of {strict[0]}"
    if unsaid:
        return f"the passages do not say {', '.join(unsaid[:5])}"
    return ""


def turned_directions(case: Case) -> str:
    """Find a `from` that is a `to` in the passages, or the reverse."""
    said = plain(case.said)
    for own, opposite in ((_FROM, _TO), (_TO, _FROM)):
        for match in own.finditer(plain(case.text)):
            what = match["what"].lower()
            if not (match["what"][0].isupper() or "-" in what):
                continue
            same = {m["what"].lower() for m in own.finditer(said)}
            other = {m["what"].lower() for m in opposite.finditer(said)}
            if what in other and what not in same:
                return f"the passages go the other way: {match.group()}"
    return ""


def wrong_lead(case: Case) -> str:
    """Find a Yes or No that its own sentence gainsays."""
    if not case.lead:
        return ""
    denied = bool(case.claim.clauses) and any(c.denied for c in case.claim.mains[:1])
    if case.lead == "yes" and denied:
        return "Yes before a sentence that denies"
    if case.lead == "no" and not denied:
        turned = any(c.denied for c in case.claim.clauses) or _CONTRAST.search(case.text)
        return "" if turned else "No before a sentence that affirms"
    return ""
