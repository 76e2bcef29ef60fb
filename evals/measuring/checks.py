"""The tenant check against a reader's decisions.

`python -m evals.measuring.checks FOLDER --home HOME` reads `profiles.jsonl` (name and profile, as
`residency check --profile` takes it) and `decisions.jsonl` (profile, document, clause, a verbatim
quote of it, what was expected) and prints what share is right. A "holds" that does not is printed
by itself: it is worse than any number of undecided ones. Clauses without a statement do not count.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.tenant.checking import check, promises_of
from assistant.tenant.profile_files import profile_of
from assistant.tenant.types import Outcome, TenantCheck
from assistant.types import Profile
from index.searching.reader import IndexReader

LEFT_OUT = "left out"
"""What is expected of a clause about a service that the profile does not name."""
_MARKS = re.compile(r"\]\([^)]*\)|[\\*`\[\]]")
_LEAST = 15
"""Code points of a statement's words that count as a part of a clause."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reader says of a clause for a profile."""

    profile: str
    document: str
    clause: str
    """Its name: the same for all profiles."""
    quote: str
    expected: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A decision beside what the check says."""

    decision: Decision
    told: tuple[str, ...]
    """Outcomes of the statements of its clause; empty where there is none."""

    @property
    def is_right(self) -> bool:
        """Tell whether every statement of the clause ends as expected."""
        return self.told == (self.decision.expected,)

    @property
    def is_false_hold(self) -> bool:
        """Tell whether something is said to hold that the reader does not grant."""
        return Outcome.HOLDS.value in self.told and self.decision.expected != Outcome.HOLDS.value


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the check and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    given = parser.parse_args(arguments)
    decisions, profiles = read_gold(given.folder)
    assistant = Assistant.open(Settings(home=given.home))
    try:
        with assistant.reading() as index:
            sys.stdout.write(told(score(decisions, profiles, index)))
    finally:
        assistant.close()


def read_gold(folder: Path) -> tuple[list[Decision], dict[str, Profile]]:
    """Return what a reader decided, and the profiles by name; raise ProfileError for a bad one."""
    decisions = [Decision(**row) for row in _rows(folder / "decisions.jsonl")]
    profiles = {
        row["name"]: profile_of(row["profile"], row["name"])
        for row in _rows(folder / "profiles.jsonl")
    }
    return decisions, profiles


def score(
    decisions: Iterable[Decision], profiles: Mapping[str, Profile], index: IndexReader
) -> list[Scored]:
    """Return every decision beside what the check says; clauses without a statement left out."""
    promises, today = promises_of(index), datetime.now(UTC).date()
    checks = {
        name: check(promises, profile, index.gazetteer, today) for name, profile in profiles.items()
    }
    scored = [Scored(one, _told(one, checks[one.profile], index)) for one in decisions]
    read = {one.decision.clause for one in scored if one.told}
    return [
        Scored(one.decision, one.told or (LEFT_OUT,))
        for one in scored
        if one.decision.clause in read
    ]


def told(scored: Sequence[Scored]) -> str:
    """Return figures and false "holds" as text."""
    right = sum(one.is_right for one in scored)
    pairs = Counter((one.decision.expected, " and ".join(one.told)) for one in scored)
    lines = [f"{right} of {len(scored)} right, {right / max(1, len(scored)):.1%}"]
    lines += [f"{count:5}  {wanted}: {said}" for (wanted, said), count in sorted(pairs.items())]
    lines += [
        f"holds and does not: {one.decision.profile}, {one.decision.document}: {one.decision.quote}"
        for one in scored
        if one.is_false_hold
    ]
    return "\n".join(lines) + "\n"


def _told(decision: Decision, found: TenantCheck, index: IndexReader) -> tuple[str, ...]:
    """Return how the statements of a clause end; each outcome once."""
    quote = _plain(decision.quote)
    text = index.documents[decision.document].text if decision.document in index.documents else ""
    outcomes = set()
    for one in found.decided:
        statement = one.statement
        if statement.document != decision.document:
            continue
        words = _plain(statement.span.of(text))
        if quote in words or (len(words) >= _LEAST and words in quote):
            outcomes.add(one.outcome.value)
    return tuple(sorted(outcomes))


def _plain(text: str) -> str:
    """Return a text without marks of Markdown, as a reader quotes it."""
    shown = " ".join(_MARKS.sub("", text).split())
    return shown.replace("’", "'").replace("“", '"').replace("”", '"').rstrip(".,;: ")


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    main()
