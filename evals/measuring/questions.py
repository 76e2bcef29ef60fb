"""Ask questions of a built home and score the answers as the evaluation does.

`python -m evals.measuring.questions FILE... --home HOME` reads files of one JSON object a line:
`id`, `kind`, `turns` (texts, of which the last is judged, or objects with `question` and what makes
its answer right, each judged after those before it), `must`, `must_not`, `evidence`, `answerable`,
`document` or `documents`, `first` (the word that the answer begins with). It prints every measure
by kind. `--held 3` scores ids whose number is divisible by 3 apart, and shows and saves none of
their texts; `--save` writes the answers, `--wrong` prints those that are not strict.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from assistant.app import Assistant
from assistant.settings import Settings
from evals.errors import CaseError
from evals.scoring.answer_metrics import LONGEST_TEXT, abstained_false, direct, right
from evals.scoring.citation_metrics import cites_evidence
from evals.scoring.intervals import estimate
from evals.scoring.metrics import score
from evals.scoring.reader_metrics import (
    complete,
    cut_list,
    false_answer,
    focus,
    strict,
    subject_error,
)
from evals.scoring.registry import Answered, Metric
from evals.suites.case_files import objections
from evals.suites.dev_test_split import clusters
from evals.suites.evidence_places import FoldedText, Texts, evidence_places
from evals.systems.ours import response_of
from evals.types import Case, Estimate, Kind, Reply, Response, Score
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader

_SHOWN: tuple[tuple[str, Metric], ...] = (
    ("right", right), ("direct", direct), ("strict", strict), ("focus", focus),
    ("complete", complete), ("subject", subject_error), ("cut", cut_list),
    ("f.abst", abstained_false), ("f.answ", false_answer),
)  # fmt: skip
_KINDS = {
    "yes_no": Kind.YESNO, "follow_up": Kind.FOLLOWUP, "unanswerable": Kind.ABSTAIN,
    "how_to": Kind.PROCEDURE, "duration": Kind.NUMERIC, "number": Kind.NUMERIC,
}  # fmt: skip
"""Kinds of other files by the evaluation's own; what stands in neither is looked up."""
_NUMBER = re.compile(r"\d+")
_PLAIN = re.compile(r"[^a-z0-9]+")
_FIRST = re.compile(r"[\W_]*(it depends|\w+)", re.IGNORECASE)
_FIRST_WORDS = ("yes", "no", "it depends")


@dataclass(frozen=True, slots=True)
class Question:
    """A judged message of a file, with those before it."""

    case: Case
    kind: str
    """As the file calls it."""
    row: str
    """Id of the row that it stands in."""
    first: str = ""
    """What the answer has to begin with, in lower case; empty where nothing is asked of it."""
    goes_on: bool = False
    """Whether it follows the question before it in one conversation."""

    @property
    def number(self) -> int:
        """The number of its row, 0 where the id has none."""
        found = _NUMBER.findall(self.row)
        return int(found[-1]) if found else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer."""

    question: Question
    response: Response
    score: Score
    cluster: str
    held: bool

    @property
    def words(self) -> int:
        """The length of the answer."""
        return len(self.response.text.split())

    @property
    def begins_right(self) -> bool | None:
        """Whether a Yes, No or "It depends" is the one wanted; None where it begins otherwise."""
        match = _FIRST.match(self.response.text)
        begins = match[1].lower() if match else ""
        return begins == self.question.first if begins in _FIRST_WORDS else None


def main(words: Sequence[str] | None = None) -> None:
    """Ask the questions of some files and print the measures."""
    options = _options().parse_args(words)
    index = IndexReader.open(options.home, shared=options.home)
    texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
    questions = [one for file in options.files for one in read_questions(file, texts)]
    judged = list(ask_all(questions[: options.first_n], index, texts, options.held))
    for title, some in _parts(judged, options.held):
        _write(f"{title}\n{table(some)}\n\n")
    if options.wrong:
        _write("\n\n".join(told(one, texts) for one in judged if not one.held and _missed(one)))
        _write("\n")
    if options.save:
        rows = (json.dumps(saved(one, texts), ensure_ascii=False) for one in judged)
        options.save.write_text("\n".join(rows) + "\n", encoding="utf-8")
    index.close()


def read_questions(file: Path, texts: Texts) -> Iterator[Question]:
    """Yield the judged messages of a file; raise CaseError for what is no question."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield from _questions(json.loads(line), _by_plain_name(texts))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CaseError(f"{file}:{number}: not a question ({error!r})") from error


def ask_all(
    questions: Iterable[Question], index: IndexReader, texts: Texts, held: int = 0
) -> Iterator[Judged]:
    """Ask the questions one after the other, each conversation in a thread of its own."""
    questions = tuple(questions)
    names = _clusters(questions, texts)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load().model_copy(update={"home": Path(folder), "model": ""})
        assistant = Assistant(settings, PinnedIndex(index))
        thread = None
        for one in questions:
            if not one.goes_on:
                thread = uuid.uuid4().hex
                for turn in one.case.turns[:-1]:
                    assistant.ask(turn, thread=thread, clarify=False)
            answer = assistant.ask(one.case.turns[-1], thread=thread, clarify=False)
            response = response_of(answer)
            scored = score(one.case, Reply(one.case.id, response), texts)
            yield Judged(
                one, response, scored, names[one.case.id], bool(held and not one.number % held)
            )
        assistant.kept.close()


def table(judged: Sequence[Judged]) -> str:
    """Return the measures by kind as lines of text, all kinds together at the end."""
    kinds: dict[str, list[Judged]] = {}
    for one in judged:
        kinds.setdefault(one.question.kind, []).append(one)
    head = ["kind", "n", *(title for title, _ in _SHOWN), "words", "first +/-/none"]
    rows = [_row(kind, kinds[kind]) for kind in sorted(kinds)]
    lines = [head, *rows, _row("all", judged), _intervals(judged)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def told(one: Judged, texts: Texts) -> str:
    """Return a question with its answer and what is wrong with it, to be read."""
    marks = ", ".join(title for title, found in _SHOWN if _value(one, found) not in (None, 0.0))
    turns = "\n".join(f"  Q {turn}" for turn in one.question.case.turns)
    sources = "\n".join(
        f"  [{cited.marker}] {cited.place.document}: {cited.quote!r}"
        for cited in one.response.citations
    )
    return (
        f"{one.question.case.id} ({one.question.kind}, {one.words} words; {marks})\n{turns}\n"
        f"  A {one.response.text}\n{sources}\n  wanted: {one.question.case.note}\n"
        f"  why: {'; '.join(_faults(one, texts)) or 'not strict'}"
    )


def saved(one: Judged, texts: Texts) -> dict[str, Any]:
    """Return the row of a saved answer; of one that is held back, the scores alone."""
    row: dict[str, Any] = {
        "id": one.question.case.id,
        "kind": one.question.kind,
        "held": one.held,
        "words": one.words,
        "abstained": one.response.abstained,
        "begins_right": one.begins_right if one.question.first else None,
        "scores": dict(one.score.values),
    }
    if one.held:
        return row
    return row | {
        "turns": one.question.case.turns,
        "text": one.response.text,
        "citations": [
            {"marker": cited.marker, "document": cited.place.document, "quote": cited.quote}
            for cited in one.response.citations
        ],
        "wanted": one.question.case.note,
        "faults": list(_faults(one, texts)),
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.questions")
    parser.add_argument("files", nargs="+", type=Path, help="Files of questions.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Score every Nth id apart.")
    parser.add_argument("--save", type=Path, help="File for the answers.")
    parser.add_argument("--wrong", action="store_true", help="Print what is not strict.")
    parser.add_argument("--first-n", type=int, help="Ask so many questions alone.")
    return parser


def _questions(row: Mapping[str, Any], documents: Mapping[str, str]) -> Iterator[Question]:
    turns = row["turns"]
    if not isinstance(turns[0], Mapping):
        yield _question(row, row["id"], tuple(turns), row, documents)
        return
    for number, turn in enumerate(turns, 1):
        said = tuple(before["question"] for before in turns[:number])
        asked = _question(row, f"{row['id']}/{number}", said, turn, documents)
        yield replace(asked, goes_on=number > 1)


def _question(
    row: Mapping[str, Any],
    name: str,
    turns: tuple[str, ...],
    judged: Mapping[str, Any],
    documents: Mapping[str, str],
) -> Question:
    kind = judged.get("kind", row["kind"])
    named = judged.get("evidence_documents") or row.get("documents") or [row.get("document")]
    case = Case(
        id=name,
        kind=_KINDS.get(kind, Kind(kind) if kind in set(Kind) else Kind.LOOKUP),
        turns=turns,
        answerable=judged["answerable"],
        docs=tuple(dict.fromkeys(documents.get(_plain(one), one) for one in named if one)),
        must=tuple(map(tuple, judged["must"])),
        must_not=tuple(judged.get("must_not", ())),
        evidence=tuple(judged.get("evidence", ())),
        note=judged.get("answer", ""),
    )
    return Question(case, kind, row["id"], judged.get("first", "").lower())


def _by_plain_name(texts: Texts) -> dict[str, str]:
    return {_plain(name): name for name in texts}


def _plain(name: str) -> str:
    """Return a name without what files and ids write differently."""
    return _PLAIN.sub("", name.lower())


def _clusters(questions: Sequence[Question], texts: Texts) -> dict[str, str]:
    """Return the cluster of every question: a conversation is one, others share evidence."""
    names = clusters((one.case for one in questions), texts)
    return {one.case.id: one.row if "/" in one.case.id else names[one.case.id] for one in questions}


def _parts(judged: Sequence[Judged], held: int) -> Iterator[tuple[str, Sequence[Judged]]]:
    if not held:
        yield "all questions", judged
        return
    for title, wanted in (("worked on", False), ("held back", True)):
        if some := [one for one in judged if one.held is wanted]:
            yield title, some


def _value(one: Judged, found: Metric) -> float | None:
    return one.score.values.get(found.name)


def _missed(one: Judged) -> bool:
    wrong_first = bool(one.question.first) and one.begins_right is not True
    return wrong_first or not _value(one, strict)


def _row(title: str, judged: Sequence[Judged]) -> list[str]:
    shares = [_share(_estimate(judged, found)) for _, found in _SHOWN]
    words = f"{median(one.words for one in judged):.0f}" if judged else "–"
    return [title, str(len(judged)), *shares, words, _firsts(judged)]


def _intervals(judged: Sequence[Judged]) -> list[str]:
    found = [_interval(_estimate(judged, metric)) for _, metric in _SHOWN]
    return ["  95% interval", "", *found, "", ""]


def _estimate(judged: Sequence[Judged], found: Metric) -> Estimate:
    return estimate([_value(one, found) for one in judged], [one.cluster for one in judged])


def _share(found: Estimate) -> str:
    return "–" if found.value is None else f"{100 * found.value:.1f}"


def _interval(found: Estimate) -> str:
    if found.low is None or found.high is None:
        return ""
    return f"{100 * found.low:.0f}–{100 * found.high:.0f}"


def _firsts(judged: Sequence[Judged]) -> str:
    asked = [one.begins_right for one in judged if one.question.first]
    if not asked:
        return ""
    return f"{asked.count(True)}/{asked.count(False)}/{asked.count(None)}"


def _faults(one: Judged, texts: Texts) -> Iterator[str]:
    case, response = one.question.case, one.response
    if one.question.first and one.begins_right is not True:
        yield f"does not begin with {one.question.first}"
    if not case.answerable:
        if not one.score.right:
            yield "should have said that the documents do not say"
        return
    yield from objections(case, response.text)
    if response.abstained:
        yield "abstained"
    if one.words > LONGEST_TEXT:
        yield "too long"
    if case.evidence and not cites_evidence(Answered(case, response, texts)):
        yield "evidence not cited"
    yield from (f"evidence stands nowhere: {passage!r}" for passage in _unplaced(case, texts))


def _unplaced(case: Case, texts: Texts) -> Iterator[str]:
    for passage, places in zip(case.evidence, evidence_places(case, texts), strict=True):
        if not places:
            yield passage


def _write(text: str) -> None:
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
