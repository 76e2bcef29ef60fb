"""`python -m evals.measuring.changes COUNT SEED [--held]`: edits that a comparison names rightly.

Pairs are made of the bundled documents and of the fictional ones of the suite `unseen`. `--held`
takes the second half of the pairs, on which nothing is tuned, and shows none that is wrong.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from assistant.changes.read_edition import EditionReader
from corpus.intake.sources import BUNDLED, find_files
from corpus.places import FILE, Gazetteer, compile_gazetteer
from evals.measuring.changes.edited_pairs import Named, edited_pairs, named
from evals.suites.suite import suite_folder
from index.encoding.chunk_encoder import ChunkEncoder


def main() -> None:
    """Measure what the arguments say."""
    given = [one for one in sys.argv[1:] if not one.startswith("-")]
    count, seed = int(given[0]), int(given[1])
    held = "--held" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        compile_gazetteer(Path(folder) / FILE)
        with closing(Gazetteer(Path(folder) / FILE)) as gazetteer:
            reader = EditionReader(gazetteer, ChunkEncoder().encode)
            files = find_files((BUNDLED, suite_folder("unseen") / "documents"))
            pairs = list(edited_pairs(files, count, seed, reader))
            half = pairs[1::2] if held else pairs[::2]
            _report([named(pair, reader) for pair in half], show=not held)


def _report(found: list[Named], *, show: bool) -> None:
    every, right = Counter(one.pair.edit for one in found), Counter[str]()
    for one in found:
        right[one.pair.edit] += one.is_right
        if show and not one.is_right:
            print(_told(one))
    for name in every:
        print(f"{name:16} {right[name]:4} of {every[name]}")
    false = sum(one.is_false_alarm for one in found)
    print(f"{right.total()} of {len(found)} named rightly; {false} of wording called a change")


def _told(one: Named) -> str:
    lines = [f"{one.pair.edit} in {one.pair.document.path.name}", f"  - {one.pair.old}"]
    lines.append(f"  + {one.pair.new}")
    lines += [
        f"  {change.kind.value}: "
        + "; ".join(f"{d.aspect.value}: {d.old!r} {d.new!r}" for d in change.differences)
        + " | "
        + " || ".join(p.text[:90] for p in (*change.old[:1], *change.new[:1]))
        for change in one.changes.changes
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
