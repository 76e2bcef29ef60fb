"""Flip what is true, and count how many of the lies the claim check withholds.

`python -m evals.measuring.flips` takes the sentences of the assistant's answers to the cases for
tuning, changes one thing in each by rule (a place, a number, a denial, a condition) and prints, by
kind, how many of the changed sentences are withheld, and how many of the unchanged ones: first for
the statements of answers as they go through `verify`, then for sentences in other words.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.app import Assistant
from assistant.composing import compose
from assistant.draft import Draft, DraftSentence
from assistant.query import Query
from assistant.types import Verdict
from assistant.verification import unsupported
from assistant.verification.verify import verify
from assistant.wording import DEPENDS, NO, YES
from corpus.language.quantities import NUMBER, any_of
from corpus.language.sentences import readable, split_sentences
from corpus.places import Gazetteer, PlaceKind
from corpus.types import BlockKind, Span
from evals.suites.suite import BUNDLED_SUITE, open_suite
from evals.types import Split

_FEWEST_WORDS = 5
_NEAR = 5
"""Passages found for a case whose sentences are taken beside those of its answer."""
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|can|must|may|might|should|does|do|has|have|shall)\b(?! not|n't)"
)
_DENIAL = (
    (re.compile(r"\b(is|are|was|were|does|do|has|have|must|should)(?: not|n't)\b"), r"\1"),
    (re.compile(r"\b(?:cannot|can't|can not)\b"), "can"),
    (re.compile(r"\b(?:will not|won't)\b"), "will"),
    (re.compile(r"\bnever\b"), "always"),
)
_FIRMNESS = (
    (re.compile(r"\bmay\b"), "must"), (re.compile(r"\bmight\b"), "will"),
    (re.compile(r"\bcan\b(?!not)"), "must"), (re.compile(r"\bmust\b"), "may"),
    (re.compile(r"\bshall\b"), "may"), (re.compile(r"\bshould\b"), "must"),
    (re.compile(r"\bneeds? to\b"), "may"),
)  # fmt: skip
_OTHER_CONDITION = (
    (re.compile(r"\bonly if\b", re.I), "even if"), (re.compile(r"\bunless\b", re.I), "if"),
    (re.compile(r"\bif\b", re.I), "unless"), (re.compile(r"\bexcept\b", re.I), "including"),
)  # fmt: skip
_CLAUSE = r"(?:if|unless|when|except|once|provided that|as long as)\b"
_LEADING = re.compile(rf"^{_CLAUSE}[^,]+, (?=\w+ \w+ \w+)", re.I)
_TRAILING = re.compile(rf"[, ]+{_CLAUSE}[^.;]{{8,}}(?=[.;]|$)", re.I)
_OTHER_NUMBER = {"two": "nine", "three": "eight", "four": "nine", "five": "eight", "six": "nine",
                 "seven": "eleven", "ten": "thirty"}  # fmt: skip
_NUMBER = re.compile(rf"(?<![\w.,/:#-])\d+(?![\w.,/:-]*[A-Za-z\d])|\b(?:{any_of(_OTHER_NUMBER)})\b")
_OTHER_UNIT = {"second": "minute", "minute": "hour", "hour": "day", "day": "week", "week": "day",
               "month": "year", "year": "month"}  # fmt: skip
_TIME = re.compile(rf"\b(\d+|\w+) ((?:{any_of(_OTHER_UNIT)})s?)\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ELSEWHERE = {
    PlaceKind.REGION: ("eu-north-1", "ap-south-1"),
    PlaceKind.CITY: ("Lisbon", "Nairobi", "Lima"),
    PlaceKind.PROVINCE: ("Tasmania", "Bavaria"),
    PlaceKind.COUNTRY: ("Peru", "Kenya", "Iceland"),
    PlaceKind.GROUP: ("Africa", "South America"),
}
_UNDECIDED = re.compile(
    r"\b(?:only|but|however|unless|except|instead|outside|must|required?|some|may|might|rather|"
    r"don't|"
    r"optional|free|to [^,]+,|(?:if|when|with) [^,]+,)\b|[:?;]",
    re.I,
)


class Kind(StrEnum):
    """What a flip changes."""

    PLACE = "place"
    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    DENIED = "negation inserted"
    AFFIRMED = "negation removed"
    MODALITY = "modality"
    DROPPED = "condition dropped"
    CHANGED = "condition changed"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Original:
    """A sentence that is true by the passages that it cites."""

    sentence: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A sentence made false."""

    kind: Kind
    original: Original
    sentence: str


def main() -> None:
    """Print the counts, and with `-v` the flips that pass."""
    assistant = Assistant.open()
    for line in displayed(assistant):
        sys.stdout.write(f"{line}\n")
    made = originals(assistant)
    gazetteer = assistant.index.gazetteer
    total, withheld = Counter[str](), Counter[str]()
    for flip in flips(made, gazetteer):
        total[flip.kind] += 1
        if unsupported(flip.sentence, flip.original.passages, gazetteer):
            withheld[flip.kind] += 1
        elif "-v" in sys.argv:
            sys.stdout.write(f"passed {flip.kind}: {flip.sentence}\n")
    for name, text in (("originals", "{}"), ("originals led in", "According to the document, {}")):
        lost = [o for o in made if unsupported(_said(text, o.sentence), o.passages, gazetteer)]
        sys.stdout.write(f"{name}: {len(lost)} of {len(made)} withheld\n")
        if "-v" in sys.argv:
            reasons = (
                f"  {unsupported(_said(text, o.sentence), o.passages, gazetteer)} <- {o.sentence}"
                for o in lost
            )
            sys.stdout.write("\n".join(reasons) + "\n")
    for kind in Kind:
        sys.stdout.write(f"{kind}: {withheld[kind]} of {total[kind]} withheld\n")
    sys.stdout.write(f"flips: {withheld.total()} of {total.total()} withheld\n")
    assistant.close()


def displayed(assistant: Assistant) -> Iterator[str]:
    """Yield how many flipped statements of right answers `verify` withholds, by kind, and how
    many of the true ones.
    """
    index = assistant.index
    kept, lost = 0, 0
    total, withheld = Counter[str](), Counter[str]()
    for query, draft in _drafts(assistant):
        passed = verify(draft, query, index)
        kept, lost = kept + len(passed.statements), lost + _lost(draft, passed)
        for statement in passed.statements:
            for kind, lie in _lies(statement, index.gazetteer):
                shown = verify(replace(draft, statements=(lie,)), query, index).statements
                total[kind] += 1
                withheld[kind] += lie not in shown
    yield f"statements: {lost} of {kept + lost} withheld"
    yield from (f"statement, {kind}: {withheld[kind]} of {total[kind]} withheld" for kind in Kind)
    yield f"statements flipped: {withheld.total()} of {total.total()} withheld"


def _lost(draft: Draft, passed: Draft) -> int:
    said = {(statement.text, statement.lead) for statement in passed.statements}
    return sum((statement.text, statement.lead) not in said for statement in draft.statements)


def _drafts(assistant: Assistant) -> Iterator[tuple[Query, Draft]]:
    suite = open_suite(BUNDLED_SUITE)
    for case in suite.of_split(Split.DEV):
        if case.answerable and len(case.turns) == 1:
            query, hits = assistant.found(case.turns[-1])
            draft = compose(query, hits, assistant.index)
            if draft.verdict is Verdict.ANSWERED:
                yield query, draft


def _lies(statement: DraftSentence, gazetteer: Gazetteer) -> Iterator[tuple[Kind, DraftSentence]]:
    """Return a statement with one of its sentences flipped, and with another lead."""
    for original in of_statement(statement):
        for flip in flips([original], gazetteer):
            text = statement.text.replace(original.sentence, flip.sentence)
            if flip.kind is not Kind.VERDICT and text != statement.text:
                yield flip.kind, replace(statement, text=text)
    for other in (YES, NO, DEPENDS):
        if statement.decided_by is not None and statement.lead != other:
            yield Kind.VERDICT, replace(statement, lead=other)


def originals(assistant: Assistant, limit: int | None = None) -> tuple[Original, ...]:
    """Return the sentences that the assistant answers the cases for tuning with."""
    suite = open_suite(BUNDLED_SUITE)
    found: dict[str, Original] = {}
    for case in suite.of_split(Split.DEV):
        if not case.answerable:
            continue
        query, hits = assistant.found(case.turns[-1])
        draft = verify(compose(query, hits, assistant.index), query, assistant.index)
        if draft.verdict is Verdict.ANSWERED:
            for statement in draft.statements:
                for original in of_statement(statement):
                    found.setdefault(original.sentence, original)
        for hit in hits[:_NEAR]:
            if hit.chunk.kind is not BlockKind.CODE:
                shown = readable(hit.chunk.text)
                passages = (*hit.chunk.path, hit.chunk.lead_in, shown)
                for sentence in _sentences(shown):
                    found.setdefault(sentence, Original(sentence, passages))
        if limit is not None and len(found) >= limit:
            break
    return tuple(found.values())


def of_statement(statement: DraftSentence) -> Iterator[Original]:
    """Return the sentences of a statement, each with all passages of the statement."""
    if any(evidence.code for evidence in statement.evidence):
        return
    passages = tuple(evidence.shown for evidence in statement.evidence)
    above = tuple(dict.fromkeys(part for e in statement.evidence for part in e.path))
    for evidence in statement.evidence:
        for sentence in _sentences(evidence.shown):
            yield Original(sentence, (*above, *passages))


def _sentences(text: str) -> Iterator[str]:
    for span in split_sentences(text, Span(0, len(text))):
        if len(span.of(text).split()) >= _FEWEST_WORDS:
            yield span.of(text)


def flips(made: Iterable[Original], gazetteer: Gazetteer) -> Iterator[Flip]:
    """Return the sentences with one thing changed, those left out that change nothing."""
    for original in made:
        for kind, change in _CHANGES.items():
            for sentence in change(original, gazetteer):
                if _words(sentence) != _words(original.sentence):
                    yield Flip(kind, original, sentence)


def _said(text: str, sentence: str) -> str:
    return text.format(sentence)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _place(original: Original, gazetteer: Gazetteer) -> Iterable[str]:
    text = original.sentence
    for mention in gazetteer.mentions(text)[:2]:
        others = _ELSEWHERE[mention.place.kind]
        other = next((o for o in others if o not in " ".join(original.passages)), None)
        if other and not mention.words.endswith(("ese", "ish", "an")):
            yield text[: mention.start] + other + text[mention.end :]


def _number(original: Original, _: Gazetteer) -> Iterable[str]:
    match = _NUMBER.search(_YEAR.sub(lambda m: "x" * len(m.group()), original.sentence))
    if match:
        number = match.group()
        other = _OTHER_NUMBER.get(number) or str(int(number) * 3 + 4)
        yield _put(original.sentence, match, other)


def _date(original: Original, _: Gazetteer) -> Iterable[str]:
    match = _YEAR.search(original.sentence)
    if match:
        yield _put(original.sentence, match, str(int(match.group()) + 3))


def _duration(original: Original, _: Gazetteer) -> Iterable[str]:
    match = _TIME.search(original.sentence)
    if match:
        unit = match[2].rstrip("s")
        other = _OTHER_UNIT[unit] + ("s" if match[2].endswith("s") else "")
        if re.fullmatch(rf"\d+|an?|{NUMBER}", match[1]):
            yield _put(original.sentence, match, f"{match[1]} {other}")


def _deny(original: Original, _: Gazetteer) -> Iterable[str]:
    text = original.sentence
    match = _AUXILIARY.search(text)
    if match and not text.endswith("?") and not re.match(r" (?:no|only)\b", text[match.end() :]):
        yield f"{text[: match.end()]} not{text[match.end() :]}"


def _affirm(original: Original, _: Gazetteer) -> Iterable[str]:
    yield from _first(original.sentence, _DENIAL)


def _firmness(original: Original, _: Gazetteer) -> Iterable[str]:
    yield from _first(original.sentence, _FIRMNESS)


def _other_condition(original: Original, _: Gazetteer) -> Iterable[str]:
    if not re.search(r"even if|as if|whether", original.sentence, re.I):
        yield from _first(original.sentence, _OTHER_CONDITION)


def _drop(original: Original, _: Gazetteer) -> Iterable[str]:
    text = original.sentence
    for pattern in (_LEADING, _TRAILING):
        match = pattern.search(text)
        if match and len(text) - len(match.group()) > 30 and "example" not in match.group():
            rest = text[: match.start()] + text[match.end() :]
            if len(rest.split()) >= _FEWEST_WORDS:
                yield rest[0].upper() + rest[1:]
                return


def _verdict(original: Original, _: Gazetteer) -> Iterable[str]:
    text = original.sentence
    if _UNDECIDED.search(text) or not _AUXILIARY.search(text):
        return
    denied = re.search(r"\b(?:not|never|cannot|no|without)\b|n't\b", text)
    auxiliary = re.search(r"\b(?:is|are|was|were|will|can|must|does|do|has|have)(?=\b|n't)", text)
    if denied and (auxiliary is None or not -2 <= denied.start() - auxiliary.end() <= 2):
        return
    yield f"{'Yes' if denied else 'No'}, {text[0].lower()}{text[1:]}"


def _first(text: str, changes: Sequence[tuple[re.Pattern[str], str]]) -> Iterable[str]:
    for pattern, other in changes:
        changed = pattern.sub(other, text, count=1)
        if changed != text:
            yield changed
            return


def _put(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]


_CHANGES: dict[Kind, Callable[[Original, Gazetteer], Iterable[str]]] = {
    Kind.PLACE: _place,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DURATION: _duration,
    Kind.DENIED: _deny,
    Kind.AFFIRMED: _affirm,
    Kind.MODALITY: _firmness,
    Kind.DROPPED: _drop,
    Kind.CHANGED: _other_condition,
    Kind.VERDICT: _verdict,
}

if __name__ == "__main__":
    main()
