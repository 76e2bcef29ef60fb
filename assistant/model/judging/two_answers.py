"""The documents' own answer and the written one: the written one is shown where it says as much.

It says as much when it begins with the same word (Yes, No, It depends, a number), names what the
other lists, and cites what the other cites. Where it says something else, and the documents' own
answer is no conclusion, it may take its place or stand behind it; it has to do with the question in
either case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import wording
from assistant.composing.abstention import log_odds
from assistant.composing.counts import listed_in
from assistant.draft import Draft, DraftSentence, Evidence, Form
from assistant.model.judging.bearing import overlap, stems
from assistant.model.reply import Outcome, Said
from assistant.query import Query
from assistant.types import Verdict
from corpus.language.quantities import NUMBER, NUMBERS
from index.searching.reader import IndexReader
from index.types import Hit

_LEADS = (wording.YES, wording.NO, wording.DEPENDS)
_LED_BY = re.compile(r"(?P<lead>Yes|No|It depends)\b(?! more\b)", re.IGNORECASE)
_LED = re.compile(r"(?P<lead>Yes|No)(?=\W*$|\s*[,.:;!–—])")
_COUNTED = re.compile(rf"(?:All\s+)?(?P<number>{NUMBER}|\d{{1,6}}|None)\b", re.IGNORECASE)
_LISTED = re.compile(r"^[^:.]{1,60}:\s*(?P<names>.+?)\.?$", re.DOTALL)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_VOICE = 1.0
"""Log-odds that a model's "not in the documents" adds to what the search says of that, whatever it
says of the documents' own answer: one that finds nothing says that this is wrong, too."""
_SAID = 0.8
"""Share of its words that a statement repeats where it says nothing new."""
_MOST_WORDS = 110
"""Words of both answers together."""


def first_word(statement: DraftSentence) -> str:
    """Return the Yes, No, It depends or number that a statement begins with, in lower case."""
    if statement.lead:
        return statement.lead.lower() if statement.lead in _LEADS else ""
    match = _LED_BY.match(statement.text)
    if match:
        return match["lead"].lower()
    counted = _COUNTED.match(statement.text)
    return _digits(counted["number"]) if counted else ""


def is_contrary(statement: DraftSentence, draft: Draft) -> str:
    """Return the word with which the documents decide otherwise than a statement; else nothing."""
    if draft.verdict is not Verdict.ANSWERED or not draft.statements:
        return ""
    match = _LED.match(statement.text)
    first = draft.statements[0]
    decides = first.form is Form.DERIVED or first.decided_by is not None
    if match is None or not decides:
        return ""
    return first.lead if {first.lead, match["lead"]} == {wording.YES, wording.NO} else ""


def says_as_much(written: Sequence[DraftSentence], draft: Draft) -> bool:
    """Tell whether written statements say at least what the documents' own answer says."""
    if not written:
        return False
    own = draft.statements
    if draft.verdict is not Verdict.ANSWERED or not own:
        return True
    begins = first_word(own[0])
    if begins and not _begins(written[0], begins):
        return False
    told = "\n".join(one.text for one in written).casefold()
    if is_conclusion(draft) and not all(name in told for name in _named(own[0])):
        return False
    # Of passages that are shown as they stand, the first is the answer.
    needed = own if own[0].form is Form.DERIVED else own[:1]
    return all(
        any(overlap(statement, part) for statement in written)
        for one in needed for part in one.evidence if not _introduces(part)
    )  # fmt: skip


def is_conclusion(draft: Draft) -> bool:
    """Tell whether the documents' own answer follows from them: it decides, counts or compares."""
    if draft.verdict is not Verdict.ANSWERED or not draft.statements:
        return False
    first = draft.statements[0]
    concluded = first.form in (Form.COUNT, Form.DATE, Form.ABSENCE)
    # What a name stands for is a step too, and follows from nothing that is cited.
    reasoned = any(step.evidence for step in draft.steps) or first_word(first)
    return concluded or (first.form is Form.DERIVED and bool(reasoned))


def are_silent(
    query: Query, hits: Sequence[Hit], draft: Draft, outcome: Outcome, index: IndexReader
) -> bool:
    """Tell whether nothing answers, where a model says so: it is one more voice."""
    if outcome.said is not Said.NOT_IN_DOCUMENTS or is_conclusion(draft):
        return False
    odds, threshold = log_odds(query, hits, index)
    return odds + _VOICE > threshold


def together(draft: Draft, written: Sequence[DraftSentence]) -> tuple[DraftSentence, ...]:
    """Return the documents' own answer and what written statements add to it."""
    shown = list(draft.statements)
    words = sum(len(one.text.split()) for one in shown)
    for statement in written:
        words += len(statement.text.split())
        if words > _MOST_WORDS:
            break
        if not is_repeated(statement, shown):
            shown.append(_without_lead(statement))
    return tuple(shown)


def is_repeated(statement: DraftSentence, shown: Sequence[DraftSentence]) -> bool:
    """Tell whether a statement has been said: in its words, or from its passages nearly so."""
    said = _folded(statement.text)
    if any(said in _folded(one.text) for one in shown):
        return True
    own = [part for part in statement.evidence if not _introduces(part)]
    cited = [any(overlap(one, part) for one in shown) for part in own]
    if not any(cited):
        return False
    if statement.form is not Form.WRITTEN:
        # Of passages that are shown as they stand none is shown in part and whole.
        return True
    told = stems("\n".join(one.text for one in shown))
    words = stems(statement.text)
    return sum(word in told for word in words) >= _SAID * len(words)


def _introduces(part: Evidence) -> bool:
    """Tell whether a piece of evidence is a heading or leads over to a list."""
    return part.shown in part.path or part.shown.rstrip().endswith(":")


def _without_lead(statement: DraftSentence) -> DraftSentence:
    """Return a statement that stands behind others, without a Yes or No of its own."""
    match = re.match(r"(?:Yes|No|It depends)\s*[:,.;–—]\s*(?=\w)", statement.text)
    if match is None:
        return statement
    rest = statement.text[match.end() :]
    return replace(statement, text=rest[:1].upper() + rest[1:])


def _begins(statement: DraftSentence, word: str) -> bool:
    """Tell whether a statement begins with a word, or has a number within it."""
    if not word.isdigit():
        return first_word(statement) == word
    return word in {_digits(one) for one in re.findall(r"\w+", statement.text)}


def _named(statement: DraftSentence) -> list[str]:
    """Return the names that a statement lists behind a count; nothing where it lists none."""
    match = _LISTED.match(statement.text) if first_word(statement).isdigit() else None
    if match is None:
        return []
    names = (_BRACKETS.sub("", name).strip() for name in listed_in(match["names"]))
    return [name.casefold() for name in names if name and len(name.split()) <= 6]


def _digits(word: str) -> str:
    lower = word.lower()
    return "0" if lower == "none" else str(NUMBERS.get(lower, lower))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
