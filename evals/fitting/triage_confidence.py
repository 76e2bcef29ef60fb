"""Fit how sure a triage is: `python -m evals.fitting.triage_confidence FILE... --home HOME`.

Files hold rows as `evals.suites.triage_rows` describes them; `--held 2` leaves ids that are
divisible by 2 out. Fitted are two logistic models over what speaks for an answer, of its words and
of the value of its drop-down, and the share of right ones among rows without an answer, by the
reason for which there is none. Both are drawn towards what is right of all rows together, for the
rows are few.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.triage.confidence import MODEL
from evals.suites.triage_rows import read_triage_rows
from evals.systems.triaged_rows import GroundedRow, grounded_rows
from index.searching.reader import IndexReader

_PENALTY = 2.0
"""On the square of each weight, the bias aside."""
_STEPS = 50
_PRIOR = 2.0
"""Rows that a share is drawn by towards the share of all."""
_DIGITS = 4


def main() -> None:
    """Fit the models and write them where the product reads them."""
    options = _options().parse_args()
    index = IndexReader.open(options.home, shared=options.home)
    rows = [row for file in options.files for row in read_triage_rows(file)]
    kept = [row for row in rows if not options.held or row.id % options.held]
    found = list(grounded_rows(kept, index))
    index.close()
    told = [one for one in found if not one.judged.triaged.without and one.grounds is not None]
    decided = [one for one in told if one.judged.row.allowed]
    model = {
        "answered": _weights(told, [one.judged.says_it for one in told]),
        "decided": _weights(decided, [one.judged.is_right for one in decided]),
        "shares": _shares([one for one in found if one.judged.triaged.without]),
    }
    MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(told)} answers, {len(decided)} with a drop-down, {len(found)} rows\n")


def _weights(rows: Sequence[GroundedRow], right: Iterable[bool]) -> list[float]:
    """Return the weights of the grounds, then the bias, by Newton's method."""
    features = np.array([one.grounds.values for one in rows if one.grounds is not None])
    given = np.hstack([features, np.ones((len(features), 1))])
    wanted = np.array(list(right), dtype=float)
    penalty = np.eye(given.shape[1]) * _PENALTY
    penalty[-1, -1] = 1e-3
    weights: NDArray[np.float64] = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        said = 1.0 / (1.0 + np.exp(-given @ weights))
        slope = given.T @ (said - wanted) + penalty @ weights
        bend = (given * (said * (1.0 - said))[:, None]).T @ given + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return [round(float(one), _DIGITS) for one in weights]


def _shares(rows: Sequence[GroundedRow]) -> dict[str, float]:
    """Return the share of right rows by the reason for which they have no answer."""
    whole = sum(one.judged.is_right for one in rows) / max(len(rows), 1)
    by_reason: dict[str, list[bool]] = {}
    for one in rows:
        by_reason.setdefault(one.judged.triaged.without, []).append(one.judged.is_right)
    return {
        reason: round((sum(right) + _PRIOR * whole) / (len(right) + _PRIOR), _DIGITS)
        for reason, right in sorted(by_reason.items())
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.fitting.triage_confidence")
    parser.add_argument("files", nargs="+", type=Path, help="Files of rows.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Leave every Nth id out.")
    return parser


if __name__ == "__main__":
    main()
