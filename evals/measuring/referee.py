"""Hold written sentences against the passages that they cite, and count which are displayed.

`python -m evals.measuring.referee FILE... --home HOME` reads files of one JSON object a line: `id`,
`kind`, `question`, `lie` or `truth`, `evidence` (passages as a reader sees them) and `document`.
Each becomes the draft that a model's reply with these citations would be, and is verified. Printed
is the share that is displayed, by kind: of lies none should be, of truths all. `--held 2` scores
ids whose number is divisible by 2 apart, and shows none of their texts; `--wrong` prints the others
that end wrongly, with the reasons. `--time` prints what the checks cost.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.composing.evidence import piece
from assistant.composing.passages import lead_in_chunk
from assistant.draft import DraftSentence, Evidence, Form
from assistant.understanding.question import understand
from assistant.verification.written import why_not
from corpus.chunk import said
from corpus.language.sentences import readable
from corpus.types import Chunk
from evals.errors import CaseError
from index.searching.reader import IndexReader

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_FEWEST = 2
"""Words of a passage that is looked for within a longer one."""
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
    milliseconds: float

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
    found = [hold(row, finder, index) for row in rows]
    for title, some in _parts(found, options.held):
        sys.stdout.write(f"{title}\n{table(some)}\n")
    if options.wrong:
        for one in found:
            if one.wrong and not (options.held and one.row.number % options.held == 0):
                sys.stdout.write(f"{shown(one)}\n")
    if options.time:
        sys.stdout.write(f"{_cost(found, index)}\n")
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
    cited = [chunk for text in row.evidence for chunk in finder.chunks(text, row.document)]
    query = understand(row.question, (), None, index.gazetteer, index.abouts)
    started = time.process_time()
    statement = DraftSentence(row.text, _evidence(cited, index), Form.WRITTEN)
    reason = why_not(statement, query, index)
    took = (time.process_time() - started) * 1_000
    return Outcome(row, (reason,) if reason else (), took)


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


def _cost(found: Sequence[Outcome], index: IndexReader) -> str:
    started = time.process_time()
    for one in found[:50]:
        index.encoder.encode(one.row.question)
    each = (time.process_time() - started) * 1_000 / max(len(found[:50]), 1)
    mean = sum(one.milliseconds for one in found) / max(len(found), 1)
    return f"{mean:.1f} ms a sentence, {each:.1f} ms a query embedding"


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(readable(text).casefold()))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.referee")
    parser.add_argument("files", nargs="+", type=Path, help="Files of sentences.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Score every Nth id apart.")
    parser.add_argument("--wrong", action="store_true", help="Print what ends wrongly.")
    parser.add_argument("--time", action="store_true", help="Print what the checks cost.")
    return parser


if __name__ == "__main__":
    main()
