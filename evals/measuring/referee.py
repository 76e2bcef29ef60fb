"""Hold written sentences against the passages that they cite, and count which are displayed.

`python -m evals.measuring.referee FILE... --home HOME` reads files of one JSON object a line: `id`,
`kind`, `question`, `lie` or `truth`, `evidence` (passages as a reader sees them) and `document`.
Each becomes the draft that a model's reply with these citations would be, and is verified. Printed
is the share that is displayed, by kind: of lies none should be, of truths all. `--held 2` scores
ids whose number is divisible by 2 apart, and shows none of their texts; `--wrong` prints the others
that end wrongly, with the reasons. `--time` prints what the checks of an answer of five sentences
cost (worked-on truths about the documents that the product brings), in processor time and in query
embeddings of the same run; `--encoder` names the folder of another encoder to compare with.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import DraftSentence, Evidence, Form
from assistant.query import Query
from assistant.understanding.question import understand
from assistant.verification.written import read_ahead, why_not
from corpus.chunk import said
from corpus.language.sentences import readable
from corpus.types import Chunk
from evals.errors import CaseError
from index.building.build import BUNDLED_SOURCE
from index.encoding.query_encoder import QueryEncoder
from index.searching.reader import IndexReader

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_FEWEST = 2
"""Words of a passage that is looked for within a longer one."""
_FIVE = 5
"""Sentences of an answer whose cost is measured."""
_ANSWERED_BEFORE = 20
_LIKE = 0.5
"""Share of the words of a quotation that a passage must have where none has all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its passages, and whether it is true by them."""

    id: str
    kind: str
    question: str
    text: str
    evidence: tuple[str, ...]
    document: str
    true: bool

    @property
    def number(self) -> int:
        """The number of its id, 0 where it has none."""
        found = _NUMBER.findall(self.id)
        return int(found[-1]) if found else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row."""

    row: Row
    reasons: tuple[str, ...]
    """Why sentences of it are not displayed; none where all are."""

    @property
    def displayed(self) -> bool:
        """Whether a reader sees it as it was written."""
        return not self.reasons

    @property
    def wrong(self) -> bool:
        """Whether a lie is displayed, or a truth is not."""
        return self.displayed is not self.row.true


def main() -> None:
    """Print the shares by kind."""
    options = _options().parse_args()
    index = IndexReader.open(options.home)
    rows = [row for file in options.files for row in read_rows(file)]
    finder = Finder(index)
    cost = costs(rows, finder, index, options) if options.time else ""
    found = [hold(row, finder, index) for row in rows]
    for title, some in _parts(found, options.held):
        sys.stdout.write(f"{title}\n{table(some)}\n")
    if options.wrong:
        for one in found:
            if one.wrong and not (options.held and one.row.number % options.held == 0):
                sys.stdout.write(f"{shown(one)}\n")
    sys.stdout.write(cost)
    index.close()


def read_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a file; raise CaseError for what is none."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Row(
                row["id"], row["kind"], row["question"], row.get("truth") or row["lie"],
                tuple(row["evidence"]), row.get("document", ""), "truth" in row,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(f"{file}:{number}: not a sentence to judge ({error!r})") from error


class Finder:
    """Finds the chunks that quotations are of."""

    def __init__(self, index: IndexReader) -> None:
        self._index = index
        self._known: dict[str, tuple[tuple[Chunk, str], ...]] = {}

    def chunks(self, quotation: str, document: str) -> tuple[Chunk, ...]:
        """Return the chunks of a document that a quotation holds, or the one that holds it."""
        lines = [line for line in quotation.split("\n") if line.strip()]
        if len(lines) > 1:
            return tuple(chunk for line in lines for chunk in self.chunks(line, document))
        wanted = _folded(quotation)
        texts = [pair for id_ in self._documents(document) for pair in self._texts(id_)]
        whole = [chunk for chunk, text in texts if wanted in text]
        if whole:
            return tuple(whole[:1])
        within = [
            chunk for chunk, text in texts if text.count(" ") > _FEWEST and text in wanted
        ]  # fmt: skip
        return tuple(within) or self._likest(wanted, texts)

    def _likest(self, wanted: str, texts: Sequence[tuple[Chunk, str]]) -> tuple[Chunk, ...]:
        words = set(wanted.split())
        best, most = None, _LIKE * len(words)
        for chunk, text in texts:
            own = set(text.split())
            shared = len(words & own) - 0.1 * len(own - words)
            if shared > most:
                best, most = chunk, shared
        return (best,) if best is not None else ()

    def _documents(self, name: str) -> list[str]:
        plain = _folded(name)
        named = [id_ for id_ in self._index.documents if _folded(id_) == plain]
        return named or list(self._index.documents)

    def _texts(self, document: str) -> tuple[tuple[Chunk, str], ...]:
        if document not in self._known:
            self._known[document] = tuple(
                (chunk, _folded(" ".join(pair.value for pair in chunk.pairs) or said(chunk)))
                for chunk in self._index.catalog.all_chunks()
                if chunk.document == document
            )
        return self._known[document]


def hold(row: Row, finder: Finder, index: IndexReader) -> Outcome:
    """Verify the sentences of a row as those of a reply that cites its passages."""
    reason = why_not(*_asked(row, finder, index), index)
    return Outcome(row, (reason,) if reason else ())


def _evidence(chunks: Iterable[Chunk], index: IndexReader) -> tuple[Evidence, ...]:
    """Return chunks as evidence, each after the sentence that introduces it."""
    found: dict[str, Evidence] = {}
    for chunk in dict.fromkeys(chunks):
        lead = lead_in_chunk(chunk, index)
        for part in (lead, chunk) if lead is not None else (chunk,):
            found.setdefault(part.id, piece(part))
    return tuple(found.values())


def table(found: Sequence[Outcome]) -> str:
    """Return how many are displayed by kind as lines of text."""
    lines = []
    for true in (False, True):
        some = [one for one in found if one.row.true is true]
        if not some:
            continue
        total = Counter(one.row.kind for one in some)
        seen = Counter(one.row.kind for one in some if one.displayed)
        title = "truths" if true else "lies"
        lines += [
            f"  {title} {kind:<12}{_share(seen[kind], total[kind])}" for kind in sorted(total)
        ]
        lines.append(f"  {title} {'all':<12}{_share(seen.total(), total.total())}")
    return "\n".join(lines)


def shown(one: Outcome) -> str:
    """Return a row that ended wrongly, to be read."""
    row = one.row
    evidence = "\n".join(f"    | {text}" for text in row.evidence)
    return (
        f"{row.id} ({row.kind}, {row.document})\n  Q {row.question}\n  A {row.text}\n{evidence}\n"
        f"  {'; '.join(one.reasons) or 'displayed'}"
    )


def _share(seen: int, total: int) -> str:
    return f"{seen:>5} of {total:<5}{100 * seen / total:6.1f}%"


def _parts(found: Sequence[Outcome], held: int) -> Iterator[tuple[str, Sequence[Outcome]]]:
    if not held:
        yield "all", found
        return
    yield "worked on", [one for one in found if one.row.number % held]
    yield "held back", [one for one in found if not one.row.number % held]


def costs(
    rows: Sequence[Row], finder: Finder, index: IndexReader, options: argparse.Namespace
) -> str:
    """Return what the checks of answers cost: of every second one where none of its passages was
    read before, of the others where they were and the sentences are new.
    """
    brought = {one.document for one in index.catalog.files() if one.source == BUNDLED_SOURCE}
    truths = [
        row for row in rows if row.true and not (options.held and _is_held(row, options.held))
    ]
    mine = [_asked(row, finder, index) for row in truths if row.document in brought]
    others = [_asked(row, finder, index) for row in truths if row.document not in brought]
    answers = [mine[n : n + _FIVE] for n in range(0, len(mine) - _FIVE + 1, _FIVE)]
    if len(answers) < 2:
        return "too few truths about the documents that the product brings\n"
    # The program has answered other questions: the parser is loaded.
    _took(others[:_ANSWERED_BEFORE] or answers.pop(), index)
    cold = [_took(answer, index) for answer in answers[::2]]
    for answer, other in zip(answers[1::2], answers[::2], strict=False):
        _took([(replace(one, text=said.text), query)
               for (one, _), (said, query) in zip(answer, other, strict=True)], index)  # fmt: skip
    warm = [_took(answer, index) for answer in answers[1::2]]
    encoder = QueryEncoder(options.encoder) if options.encoder else index.encoder
    each = _embedding(encoder, [row.question for row in truths[:50]])
    return "".join(
        f"five sentences, passages {name}: {mean(some):.1f} ms, {mean(some) / each:.1f} query "
        f"embeddings of {each:.1f} ms ({len(some)} answers, processor time)\n"
        for name, some in (("read before", warm), ("not read before", cold))
    )


def _asked(row: Row, finder: Finder, index: IndexReader) -> tuple[DraftSentence, Query]:
    cited = [chunk for text in row.evidence for chunk in finder.chunks(text, row.document)]
    query = understand(row.question, (), None, index.gazetteer, index.abouts)
    return DraftSentence(row.text, _evidence(cited, index), Form.WRITTEN), query


def _took(answer: Sequence[tuple[DraftSentence, Query]], index: IndexReader) -> float:
    """Return the milliseconds that the checks of an answer take."""
    started = time.process_time()
    read_ahead([one for one, _ in answer], [query.standalone for _, query in answer], index)
    for one, query in answer:
        why_not(one, query, index)
    return (time.process_time() - started) * 1_000


def _embedding(encoder: QueryEncoder, questions: Sequence[str]) -> float:
    """Return the milliseconds that a query embedding takes."""
    encoder.said(questions[0])
    started = time.process_time()
    for question in questions:
        encoder.said(question)
    return (time.process_time() - started) * 1_000 / len(questions)


def _is_held(row: Row, held: int) -> bool:
    return bool(held) and row.number % held == 0


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(readable(text).casefold()))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.referee")
    parser.add_argument("files", nargs="+", type=Path, help="Files of sentences.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Score every Nth id apart.")
    parser.add_argument("--wrong", action="store_true", help="Print what ends wrongly.")
    parser.add_argument("--time", action="store_true", help="Print what the checks cost.")
    parser.add_argument("--encoder", type=Path, help="Folder of an encoder to compare with.")
    return parser


if __name__ == "__main__":
    main()
