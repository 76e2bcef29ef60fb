"""Train the shipped encoder anew: `python -m evals.training TARGET [--leave-out FILE]`.

`--leave-out` names a JSON file of [document, passage] pairs whose questions are not trained on;
`python -m evals.fitting.holdout` writes those that the test split asks about.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from evals.training.export import export_int8
from evals.training.pairs import read_material
from evals.training.train import Recipe, train


def main() -> None:
    """Read the pairs, train, export; print what was done."""
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("target", type=Path, help="folder for the exported encoder")
    parser.add_argument("--leave-out", type=Path, help="JSON file of [document, passage] pairs")
    arguments = parser.parse_args()
    left_out = json.loads(arguments.leave_out.read_text()) if arguments.leave_out else []
    material = read_material((document, passage) for document, passage in left_out)
    questions = sum(len(passage.questions) for passage in material.passages)
    _say(f"{len(material.passages)} passages, {questions} questions, {Recipe()}")
    for row in material.unbound:
        _say(f"left out, its passage is gone: {row.document}: {row.passage[:60]!r}")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="residency-train-") as name:
        train(material.passages, Path(name), progress=_say)
        export_int8(Path(name), arguments.target)
    _say(f"trained in {time.perf_counter() - started:.0f} s: {arguments.target}")


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
