"""Print how well the table of statements agrees with what people read.

`python -m evals.facts GOLD.jsonl... [--documents FOLDER...] [--by WHAT] [--wrong] [--json]`
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.intake.sources import BUNDLED
from evals.errors import CaseError
from evals.facts import tables
from evals.facts.gold import read_gold
from evals.facts.matching import Comparison, compare
from evals.facts.statements import opened_gazetteer, read_documents, read_statements


def main(arguments: Sequence[str] | None = None) -> None:
    """Read gold rows and documents, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.facts", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="JSONL files of gold rows")
    parser.add_argument(
        "--documents", nargs="+", type=Path, default=[BUNDLED], help="folders of the documents"
    )
    parser.add_argument("--by", choices=tables.CHOICES, help="print this table alone")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong, too")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument("--places", type=Path, help="folder where compiled places are kept")
    chosen = parser.parse_args(arguments)
    try:
        with _compared(chosen.gold, chosen.documents, chosen.places) as compared:
            if chosen.json:
                print(json.dumps(tables.as_object(compared), indent=1))
            else:
                print("\n".join(_lines(compared, chosen.by, wrong=chosen.wrong)))
    except CaseError as error:
        sys.exit(str(error))


def _lines(compared: Comparison, by: str | None, *, wrong: bool) -> Iterator[str]:
    if by is None and not wrong:
        return tables.summary(compared)
    return tables.detail(compared, by or "kind", wrong=wrong)


@contextmanager
def _compared(
    files: Sequence[Path], folders: Sequence[Path], places: Path | None
) -> Iterator[Comparison]:
    gold = [row for path in files for row in read_gold(path)]
    if not gold:
        raise CaseError("no gold rows. Give a file that holds some")
    documents = read_documents(folders, {row.document for row in gold})
    with opened_gazetteer(places) as gazetteer:
        yield compare(gold, read_statements(documents, gazetteer), documents, gazetteer)


if __name__ == "__main__":
    main()
