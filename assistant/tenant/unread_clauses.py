"""Words of a sentence that limit what it says, and that none of its conditions covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.types import PlaceRole, Statement
from corpus.types import Span

_WHO = "customers|tenants|organi[sz]ations|accounts|subscribers|users"
_ALTERNATIVES = (
    # What leads a condition or an exception in.
    "if|unless|when|whenever|while|until|once|as long as|provided that|subject to",
    "except(?:ing)?|excluding|other than|in (?:the )?(?:case|event)|should (?:the|a|an|you)",
    "depend(?:s|ing) on|(?:on|at|by|upon) request|upon (?:notice|termination)",
    "only (?:if|when|for|with|under|available|after|applies)",
    # For whom it is said.
    "eligible|opt(?:ed|s)?[- ](?:in|out)",
    f"for (?:(?:all|other|some|existing|new|eligible|enterprise|paid|free|most) )*(?:{_WHO})",
    f"(?:existing|new|some|certain|selected) (?:{_WHO}|regions|countries|plans)",
    f"(?:{_WHO}) (?:who|that|which|with|in|on|located)",
    # What the customer does, which the tenant at hand may not do.
    # "Data that you configure" and "the region where you enabled it" tell what is meant.
    r"(?<!that )(?<!which )(?<!where )"
    "(?:customers?|you) (?:uses?|configures?|connects?|chooses?|selects?|enables?|opts?)",
)
_LIMITING = re.compile(rf"\b(?:{'|'.join(_ALTERNATIVES)})\b", re.I)
_FRONTED = re.compile(
    r"\s*(?:[-*•>|]\s*)*(?P<lead>In|For(?! example)|Within|Across|Due to|With|At|From|Outside)\b",
    re.I,
)
_REGIONS = re.compile(r"\W{0,3}(?:jurisdictions?|regions?|geograph\w+|geos?|locations?)\b", re.I)
_BEFORE_IT = re.compile(
    r"\W*(?:this|that|these|those|such|it|they|then|here|in (?:this|that|these|such)|the latter)\b",
    re.I,
)
"""What begins a sentence that leans on the one before."""
_MEANS = re.compile(r"[\"”’'] (?:option )?(?:means|spans|stands for)\b")
"""What follows the name of a choice: what it says holds for those who chose it."""
_CHOICE = re.compile(
    r"\W*\*\*[^*\n]{1,60}\*\*(?: \(default\))?:?\W*"
    r"(?:allows?|lets?|prevents?|blocks?|enforces?|requires?|disables?|enables?|turns?)\b",
    re.I,
)
"""The value of a setting and what it does: "**Block** prevents …" holds for those who set it."""
_EXCEPTIONS = re.compile(
    r"(?:except(?:ing)?|excluding|other than|unless|with the exception)\b[^.;:]{0,60}:\s*\Z", re.I
)
_COURTESY = re.compile(
    r"if you [^.,;]*,? (?:please|contact|reach out|get in touch|see|refer|visit|e-?mail)\b", re.I
)
"""What somebody may do who wants to know more limits nothing."""
_EXCEPTION = re.compile(r"(?:except(?:ing)?|excluding|unless)\b(?:\W+\w+){3}", re.I)
_USING = re.compile(r"(?:customers?|you) (?:uses?|enables?|selects?|opts?)\b[^.;]*:\s*\Z", re.I)
_MARK = r"\s*(?:[-*•>|]\s*|\d+[.)]\s*)*"
_ITEM = re.compile(
    rf"{_MARK}(?P<name>\**[A-Z][\w-]*(?: [\w-]+){{0,5}}\**)(?=, (?:which|that|who)\b|:| [-–—] )"
)
_ADDED = re.compile(rf"{_MARK}(?:additionally|also|in addition|furthermore|moreover)\b", re.I)
_REACH = 24
"""Characters before a condition in which the words that lead it in stand."""
_NOT_SAID = frozenset({PlaceRole.NAMED, PlaceRole.CUSTOMER})
"""Roles in which a place says nothing of where data is or goes."""
_BOUNDING = frozenset({"for", "within", "outside"})
_LONGEST = 2000
"""Characters before a span in which its sentence begins."""
_CLAUSE = re.compile(r"[^.;\n]{0,160}")


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence or line that a span stands in."""
    first = max(0, span.start - _LONGEST)
    before = max(text.rfind(mark, first, span.start) for mark in (". ", ".\n", "\n", "? ", "! "))
    start = before + 1 if before >= 0 else first
    ends = [
        at for mark in (". ", ".\n", "\n") if (at := text.find(mark, max(span.end - 1, 0))) >= 0
    ]
    return Span(min(start, span.start), max(span.end, min(ends, default=len(text))))


def unread(text: str, span: Span, read: Sequence[Span]) -> Iterator[Span]:
    """Yield clauses of the sentence around a span that limit it, outside of what was read."""
    sentence = sentence_around(text, span)
    told = _MEANS.search(text, sentence.start, sentence.end)
    if match := told or _CHOICE.match(text, sentence.start, sentence.end):
        yield Span(sentence.start, match.end())
    if (
        _BEFORE_IT.match(text, sentence.start)
        and "\n" not in text[sentence.start - 1 : sentence.start]
    ):
        # A sentence that leans on the one before holds under what that one says.
        sentence = Span(sentence_around(text, Span(sentence.start - 2, sentence.start - 1)).start,
                        sentence.end)  # fmt: skip
    told_until = sentence.start
    for match in _LIMITING.finditer(text, sentence.start, sentence.end):
        covered = any(one.start - _REACH <= match.start() < one.end for one in read)
        if covered or match.start() < told_until:
            continue
        clause = _CLAUSE.match(text, match.start(), sentence.end)
        if clause and not _COURTESY.match(clause.group()):
            told_until = clause.end()
            yield Span(match.start(), told_until)


def leads_exceptions_in(clause: str) -> bool:
    """Tell whether a clause ends in a list of what is excepted: "except when:"."""
    return _EXCEPTIONS.match(clause) is not None


def excepts(clause: str) -> bool:
    """Tell whether a clause says itself what is excepted: "unless a court orders it"."""
    return _EXCEPTION.match(clause) is not None


def named_item(text: str, clause: Span, item: Span) -> str:
    """Return the service or feature that an item names below "customers use …, including:".

    Nothing where a clause is no such lead-in, or the item begins with no name.
    """
    if not _USING.match(clause.of(text)) or item.start < clause.end:
        return ""
    line = sentence_around(text, item)
    match = _ITEM.match(text, line.start, line.end)
    return match["name"].strip("*_ ") if match else ""


def is_added(text: str, item: Span) -> bool:
    """Tell whether an item says something beside the list that it stands in: "Additionally, …"."""
    line = sentence_around(text, item)
    return _ADDED.match(text, line.start, line.end) is not None


@dataclass(frozen=True, slots=True)
class Fronted:
    """Places before the main clause of a sentence: "In Norway and Chile, …"."""

    said: Span
    places: tuple[str, ...]
    is_outside: bool
    is_region: bool
    """They are called regions and the like, or are a cloud's."""


def fronted(text: str, statement: Statement, read: Sequence[Span]) -> Fronted | None:
    """Return the places that a sentence begins with and that no condition covers, if any."""
    sentence = sentence_around(text, statement.span)
    lead = _FRONTED.match(text, sentence.start, sentence.end)
    if not lead:
        return None
    found = [
        one
        for one in statement.places
        if (one.role in _NOT_SAID or lead["lead"].lower() in _BOUNDING)
        and sentence.start <= one.span.start
        and text.find(",", one.span.end, sentence.end) >= 0
        and not any(other.start <= one.span.start < other.end for other in read)
    ]
    if not found:
        return None
    places = tuple(one.place for one in found)
    return Fronted(
        Span(lead.start("lead"), found[-1].span.end), places, lead["lead"].lower() == "outside",
        all(one.startswith("region:") for one in places)
        or _REGIONS.match(text, found[-1].span.end) is not None,
    )  # fmt: skip
