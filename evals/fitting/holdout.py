"""The bank's rows that an honest test leaves out: `python -m evals.fitting.holdout FILE`.

Writes [document, passage] pairs of the question bank whose passage a test case asks about.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus.intake.question_bank import FILE, read_questions
from corpus.intake.sources import BUNDLED
from evals.suites.held_out_passages import held_out_places, stands_in
from evals.suites.suite import BUNDLED_SUITE, open_suite
from evals.types import Split


def held_out_rows() -> list[tuple[str, str]]:
    """Return document and passage of every row that the test split asks about."""
    suite = open_suite(BUNDLED_SUITE)
    places = held_out_places(suite, suite.of_split(Split.TEST))
    rows = read_questions(BUNDLED / FILE)
    return [(row.document, row.passage) for row in rows if stands_in(row, suite, places)]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(held_out_rows(), ensure_ascii=False), encoding="utf-8")
