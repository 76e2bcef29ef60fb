"""Words that the documents of the suites hold once or never, and why they stay.

`outside_words.tsv` counts the documents that hold them: those of the suites, and pages of vendors
that are not in this repository; `python -m evals.word_rules.alternatives --record` makes it.
`kept_words.tsv` gives reasons for those that even these hold once
or never; a row may go, none may come.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

OUTSIDE = Path(__file__).parent / "outside_words.tsv"
KEPT = Path(__file__).parent / "kept_words.tsv"
LEAST = 2
"""Documents in which a word has to be to stay without a reason."""

Where = tuple[str, str]
"""Module and words."""


def outside_counts() -> dict[Where, int]:
    """Return in how many documents the words are that the suites hold once or never."""
    counts: dict[Where, int] = {}
    for module, table, told in _rows(OUTSIDE):
        for one in told.split(" | "):
            words, _, count = one.rpartition(" ")
            counts[module, f"{table}{words}"] = int(count)
    return counts


def kept_words() -> dict[Where, str]:
    """Return the reasons for words that hardly any document holds."""
    return {
        (module, f"{table}{words}"): reason
        for module, table, told in _rows(KEPT)
        for reason, _, listed in (told.partition(": "),)
        for words in listed.split(" | ")
    }


def write_counts(path: Path, pages: int, counts: Mapping[Where, int]) -> None:
    """Write counts of LEAST and more, the words of one table a line."""
    lines: dict[Where, list[str]] = {}
    for (module, words), count in sorted(counts.items()):
        if count >= LEAST:
            table, parted, word = words.rpartition(": ")
            lines.setdefault((module, table + parted), []).append(f"{word} {count}")
    told = f"# words and how many documents hold them: the suites, and {pages} pages of vendors"
    rows = (f"{module}\t{table}\t{' | '.join(words)}" for (module, table), words in lines.items())
    path.write_text("\n".join((told, *rows)) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[tuple[str, str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(module, table, told) for module, table, told in rows]
