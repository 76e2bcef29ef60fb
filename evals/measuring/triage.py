"""Triage rows of questionnaires over a built home, and say how much of it is right.

`python -m evals.measuring.triage FILE... --home HOME` reads files of rows as
`evals.suites.triage_rows` describes them. Printed are, by what should become of a row: how many
are shown as answered or partly answered; of those that the documents answer, how many are answered
and right, with the value of their drop-down and by their words alone; how many values are filled
and how many of these are wrong; and the calibration error with its bins. `--held 2` scores ids that
are divisible by 2 apart and shows none of their texts; `--wrong` prints the others that are wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.scoring.triage_metrics import SHOWN, JudgedRow, bins, calibration_error
from evals.suites.triage_rows import Wanted, read_triage_rows
from evals.systems.triaged_rows import judge_rows
from index.searching.reader import IndexReader

_ANSWERABLE = (Wanted.ANSWERED, Wanted.PARTLY)


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures."""
    options = _options().parse_args(words)
    index = IndexReader.open(options.home, shared=options.home)
    rows = [row for file in options.files for row in read_triage_rows(file)]
    judged = list(judge_rows(rows, index))
    index.close()
    for title, some in _parts(judged, options.held):
        sys.stdout.write(f"{title}\n{table(some)}\n\n")
    if options.wrong:
        shown = (one for one in judged if not _is_held(one, options.held))
        sys.stdout.write("\n\n".join(_shown(one) for one in shown if _missed(one)) + "\n")


def table(judged: Sequence[JudgedRow]) -> str:
    """Return the figures of some rows as lines of text."""
    lines = []
    for wanted in Wanted:
        some = [one for one in judged if one.row.wanted is wanted]
        if not some:
            continue
        shown = _share([one.triaged.triage in SHOWN for one in some])
        line = f"{wanted.value:18} {len(some):4}  shown as answered {shown}"
        if wanted in _ANSWERABLE:
            line += f"  and right {_share([one.is_answered_right for one in some])}"
            line += f"  by words {_share([one.says_it and not one.is_wrong_value for one in some])}"
        lines.append(line)
    filled = [one for one in judged if one.triaged.value]
    lines.append(f"values filled      {len(filled):4}  wrong {_share(_wrong(filled))}")
    answers = [one for one in judged if one.triaged.triage in SHOWN]
    lines.append(
        f"calibration error        all {calibration_error(judged):.3f}  "
        f"answers {calibration_error(answers):.3f}"
    )
    lines += [
        f"  confidence {one.confidence:.2f}  right {one.right:.2f}  rows {one.count}"
        for one in bins(judged)
    ]
    return "\n".join(lines)


def _parts(judged: Sequence[JudgedRow], held: int) -> Iterator[tuple[str, Sequence[JudgedRow]]]:
    if not held:
        yield "all rows", judged
        return
    yield "worked on", [one for one in judged if not _is_held(one, held)]
    yield "held back", [one for one in judged if _is_held(one, held)]


def _is_held(one: JudgedRow, held: int) -> bool:
    return bool(held) and one.row.id % held == 0


def _missed(one: JudgedRow) -> bool:
    return not (one.is_answered_right if one.row.wanted in _ANSWERABLE else one.is_right)


def _shown(one: JudgedRow) -> str:
    row, found = one.row, one.triaged
    cited = ", ".join(dict.fromkeys(cited.document for cited in one.answer.citations))
    return (
        f"{row.id} wanted {row.wanted} {row.value!r}, is {found.triage} {found.value!r} "
        f"({found.confidence:.2f}, {'says it' if one.says_it else 'does not say it'})\n"
        f"  Q [{row.about.service}] {row.text}\n  A {one.answer.text[:300]!r}\n  of {cited}"
    )


def _wrong(filled: Sequence[JudgedRow]) -> list[bool]:
    return [one.is_wrong_value for one in filled]


def _share(found: Sequence[bool]) -> str:
    return f"{100 * sum(found) / len(found):5.1f}%" if found else "    -"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.triage")
    parser.add_argument("files", nargs="+", type=Path, help="Files of rows.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--held", type=int, default=0, help="Score every Nth id apart.")
    parser.add_argument("--wrong", action="store_true", help="Print what is wrong.")
    return parser


if __name__ == "__main__":
    main()
