"""Whether the documents that answer are found, and whether first: apart from what answers say.

`python -m evals.measuring.documents FILE... --home HOME` reads files of questions as
`evals.measuring.questions` does. Documents are in the order in which their first passages were
found. Printed are document recall@1 and @3, and evidence recall@1, @5 and @20: the share of the
answerable questions of which one of the documents, or of the passages, is among the first so many;
and how many questions name their subject outright, so that other documents are not searched.
`--wrong` prints the questions of which another document comes first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.pipeline import retrieve
from assistant.query import Turn
from assistant.reasoning.asked import asked_of
from assistant.understanding.question import understand
from evals.measuring.question_file import Question, read_questions
from evals.suites.evidence_places import FoldedText, Texts, evidence_places
from evals.types import Place
from index.searching.reader import IndexReader
from index.types import Hit

_DOCUMENTS = (1, 3)
_PASSAGES = (1, 5, 20)
_NEVER = 10**6


@dataclass(frozen=True, slots=True)
class Found:
    """Where the first right document and the first right passage of a question stand."""

    question: Question
    documents: tuple[str, ...]
    """What was found, in the order of first passages."""
    document: int
    """From 1 on; a million where it was not found."""
    passage: int
    sure: bool
    """Whether the question names its subject outright."""


def main() -> None:
    """Print the shares."""
    options = _options().parse_args()
    index = IndexReader.open(options.home)
    texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
    questions = (one for file in options.files for one in read_questions(file, texts))
    found = list(_all_found(questions, index, texts))
    sys.stdout.write(f"{table(found)}\n")
    if options.wrong:
        for one in found:
            if one.document > 1:
                sys.stdout.write(f"{shown(one)}\n")
    index.close()


def table(found: Sequence[Found]) -> str:
    """Return the shares as lines of text."""
    lines = [f"{len(found)} questions, {sum(one.sure for one in found)} name their subject"]
    lines += [
        f"document recall@{n}  {_share(one.document <= n for one in found)}" for n in _DOCUMENTS
    ]
    lines += [
        f"evidence recall@{n}  {_share(one.passage <= n for one in found)}" for n in _PASSAGES
    ]
    return "\n".join(lines)


def shown(one: Found) -> str:
    """Return a question with the documents that were found, to be read."""
    case = one.question.case
    return (
        f"{case.id} (document {one.document}, {'sure' if one.sure else 'open'})\n"
        f"  Q {case.turns[-1]}\n  wanted {', '.join(case.docs)}\n"
        f"  found {', '.join(one.documents[:5])}"
    )


def _all_found(questions: Iterable[Question], index: IndexReader, texts: Texts) -> Iterator[Found]:
    for one in questions:
        if one.case.answerable and one.case.evidence:
            yield _found(one, index, texts)


def _found(one: Question, index: IndexReader, texts: Texts) -> Found:
    turns: tuple[Turn, ...] = ()
    for said in one.case.turns:
        query = understand(said, turns, None, index.gazetteer, index.abouts)
        asked = asked_of(query, index)
        hits = retrieve(asked.query, index, asked.scope)
        documents = tuple(dict.fromkeys(hit.chunk.document for hit in hits))
        turns = (*turns, Turn(said, query.standalone, documents[0] if hits else "", query.type))
    right = set(one.case.docs)
    places = [place for group in evidence_places(one.case, texts) for place in group]
    return Found(
        one,
        documents,
        _first(name in right for name in documents),
        _first(_holds(hit, places) for hit in hits),
        asked.scope.is_sure,
    )


def _holds(hit: Hit, places: Iterable[Place]) -> bool:
    own = Place(hit.chunk.document, hit.chunk.span)
    return any(own.overlaps(place) for place in places)


def _first(right: Iterable[bool]) -> int:
    return next((at for at, one in enumerate(right, 1) if one), _NEVER)


def _share(right: Iterable[bool]) -> str:
    rows = list(right)
    return f"{100 * sum(rows) / max(len(rows), 1):5.1f}%"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.documents")
    parser.add_argument("files", nargs="+", type=Path, help="Files of questions.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--wrong", action="store_true", help="Print where another one is first.")
    return parser


if __name__ == "__main__":
    main()
