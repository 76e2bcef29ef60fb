"""How well the fact table agrees with facts that people read by hand.

A gold row and an extracted fact agree when they are of one document and kind, the fact's span
overlaps a place of the row's quote, both are negated or neither is, and, where the row names
places that the gazetteer knows, the fact names each of them (or a place within it) and no place
that is unrelated to them. Recall is the share of gold rows that some fact agrees with; precision
the share of facts that agree with some row. A fact of a document without gold rows is not scored.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.facts.types import Statement, StatementKind
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.places import Gazetteer, compile_gazetteer
from corpus.types import Document
from evals.errors import CaseError
from evals.suites.evidence_places import FoldedText


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact that a person read in a document."""

    document: str
    kind: StatementKind
    value: str
    places: tuple[str, ...]
    """As the document names them."""
    negated: bool
    quote: str
    """Verbatim in the document, white space folded."""


@dataclass(frozen=True, slots=True)
class KindScore:
    """Counts of one kind, or of all."""

    kind: str
    gold: int
    found: int
    """Gold rows that some fact agrees with."""
    facts: int
    right: int
    """Facts that agree with some gold row."""

    @property
    def recall(self) -> float:
        """Share of gold rows found, 1 where there are none."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Share of facts that are right, 1 where there are none."""
        return self.right / self.facts if self.facts else 1.0


@dataclass(frozen=True, slots=True)
class FactScore:
    """The comparison of a fact table with gold rows."""

    kinds: tuple[KindScore, ...]
    total: KindScore
    missed: tuple[GoldFact, ...]
    wrong: tuple[Statement, ...]


def read_gold(path: Path) -> tuple[GoldFact, ...]:
    """Read a JSONL file of gold rows; raise CaseError naming the line that is defective."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(
            f"{path}: cannot be read ({error.strerror}). Give a file of facts"
        ) from error
    return tuple(_gold(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _gold(path: Path, number: int, line: str) -> GoldFact:
    try:
        row = json.loads(line)
        return GoldFact(
            row["document"], StatementKind(row["kind"]), row["value"], tuple(row["places"]),
            row["negated"], row["quote"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{path}:{number}: no gold fact ({error}). Correct the line") from error


def score(
    gold: Sequence[GoldFact], facts: Iterable[Statement], documents: Iterable[Document],
    gazetteer: Gazetteer,
) -> FactScore:  # fmt: skip
    """Compare facts with the gold rows of the same documents."""
    read = {document.id: document for document in documents}
    folded = {name: FoldedText.of(document.text) for name, document in read.items()}
    about = {name: document.about.words for name, document in read.items()}
    rows = tuple(_Placed(row, folded, gazetteer, about.get(row.document, "")) for row in gold)
    covered = {row.document for row in gold}
    scored = [fact for fact in facts if fact.document in covered]
    missed = tuple(
        row.gold for row in rows if not any(row.agrees(fact, gazetteer) for fact in scored)
    )
    wrong = tuple(fact for fact in scored if not any(row.agrees(fact, gazetteer) for row in rows))
    return FactScore(_by_kind(gold, scored, missed, wrong),
                     _counts("all", gold, scored, missed, wrong), missed, wrong)  # fmt: skip


class _Placed:
    """A gold row with where its quote stands and which places it names."""

    def __init__(
        self,
        gold: GoldFact,
        folded: dict[str, FoldedText],
        gazetteer: Gazetteer,
        about: str,
    ) -> None:
        text = folded.get(gold.document)
        self.gold = gold
        self.spans = text.find(gold.quote) if text else ()
        if not self.spans:
            raise CaseError(
                f"{gold.document}: the quote {gold.quote[:60]!r} is not in the document. "
                "Copy it from the document"
            )
        named = (
            mention.place for name in gold.places for mention in gazetteer.mentions(name, about)
        )
        self.places = frozenset(place.id for place in named)

    def agrees(self, fact: Statement, gazetteer: Gazetteer) -> bool:
        return (
            fact.document == self.gold.document
            and fact.kind is self.gold.kind
            and fact.negated == self.gold.negated
            and any(s.start < fact.span.end and fact.span.start < s.end for s in self.spans)
            and self._same_places(fact, gazetteer)
        )

    def _same_places(self, fact: Statement, gazetteer: Gazetteer) -> bool:
        if not self.places:
            return True
        stated = {id_: {id_, *gazetteer.place(id_).within} for id_ in fact.place_ids}
        wanted = {id_: {id_, *gazetteer.place(id_).within} for id_ in self.places}
        return all(any(id_ in around for around in stated.values()) for id_ in wanted) and all(
            around & set(wanted) or any(id_ in outer for outer in wanted.values())
            for id_, around in stated.items()
        )


def _by_kind(
    gold: Sequence[GoldFact], facts: Sequence[Statement], missed: Sequence[GoldFact],
    wrong: Sequence[Statement],
) -> tuple[KindScore, ...]:  # fmt: skip
    return tuple(
        _counts(
            kind.value,
            [row for row in gold if row.kind is kind],
            [fact for fact in facts if fact.kind is kind],
            [row for row in missed if row.kind is kind],
            [fact for fact in wrong if fact.kind is kind],
        )
        for kind in StatementKind
    )


def _counts(
    kind: str, gold: Sequence[GoldFact], facts: Sequence[Statement], missed: Sequence[GoldFact],
    wrong: Sequence[Statement],
) -> KindScore:  # fmt: skip
    return KindScore(kind, len(gold), len(gold) - len(missed), len(facts), len(facts) - len(wrong))


@contextmanager
def _gazetteer() -> Iterator[Gazetteer]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.sqlite"
        compile_gazetteer(path)
        with closing(Gazetteer(path)) as gazetteer:
            yield gazetteer


def _lines(scored: FactScore) -> Iterator[str]:
    yield f"{'kind':<14} {'gold':>5} {'found':>6} {'recall':>7} {'facts':>6} {'precision':>9}"
    for row in (*scored.kinds, scored.total):
        yield (
            f"{row.kind:<14} {row.gold:>5} {row.found:>6} {row.recall:>7.3f} "
            f"{row.facts:>6} {row.precision:>9.3f}"
        )


def _wrong_lines(scored: FactScore) -> Iterator[str]:
    for row in scored.missed:
        yield f"missed {row.document} {_said(row.kind, row.negated)} {row.quote!r} {row.places}"
    for fact in scored.wrong:
        said = _said(fact.kind, fact.negated)
        yield f"wrong  {fact.document} {said} {fact.value!r} {fact.place_ids}"


def _said(kind: StatementKind, negated: bool) -> str:
    return f"not {kind.value}" if negated else kind.value


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of the fact table against gold files."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.measuring.fact_table", description=main.__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="JSONL files of gold rows")
    parser.add_argument("--documents", type=Path, default=BUNDLED, help="folder of documents")
    parser.add_argument("--wrong", action="store_true", help="print misses and wrong facts")
    parser.add_argument("--total", action="store_true", help="print the total alone")
    chosen = parser.parse_args(arguments)
    try:
        gold = [row for path in chosen.gold for row in read_gold(path)]
        documents = load(find_files([chosen.documents])).documents
        with _gazetteer() as gazetteer:
            facts = [
                fact
                for document in documents
                for fact in extract(document, chunk_document(document), gazetteer)
            ]
            scored = score(gold, facts, documents, gazetteer)
    except CaseError as error:
        sys.exit(str(error))
    lines = list(_lines(scored))
    print("\n".join([lines[0], lines[-1]] if chosen.total else lines))
    if chosen.wrong:
        print("\n".join(_wrong_lines(scored)))


if __name__ == "__main__":
    main()
