"""Questions with what makes their answers right, as files of one JSON object a line hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evals.errors import CaseError
from evals.suites.evidence_places import Texts
from evals.types import Case, Kind

_KINDS = {
    "yes_no": Kind.YESNO, "follow_up": Kind.FOLLOWUP, "unanswerable": Kind.ABSTAIN,
    "how_to": Kind.PROCEDURE, "duration": Kind.NUMERIC, "number": Kind.NUMERIC,
}  # fmt: skip
"""Kinds of other files by the evaluation's own; what stands in neither is looked up."""
_NUMBER = re.compile(r"\d+")
_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A judged message of a file, with those before it."""

    case: Case
    kind: str
    """As the file calls it."""
    row: str
    """Id of the row that it stands in."""
    first: str = ""
    """What the answer has to begin with, in lower case; empty where nothing is asked of it."""
    goes_on: bool = False
    """Whether it follows the question before it in one conversation."""

    @property
    def in_conversation(self) -> bool:
        """Whether others of its row are judged too."""
        return self.row != self.case.id

    @property
    def number(self) -> int:
        """The number of its row, 0 where the id has none."""
        found = _NUMBER.findall(self.row)
        return int(found[-1]) if found else 0


def read_questions(file: Path, texts: Texts) -> Iterator[Question]:
    """Yield the judged messages of a file; raise CaseError for what is no question."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield from _questions(json.loads(line), _by_plain_name(texts))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CaseError(f"{file}:{number}: not a question ({error!r})") from error


def _questions(row: Mapping[str, Any], documents: Mapping[str, str]) -> Iterator[Question]:
    turns = row["turns"]
    if not isinstance(turns[0], Mapping):
        yield _question(row, row["id"], tuple(turns), row, documents)
        return
    for number, turn in enumerate(turns, 1):
        said = tuple(before["question"] for before in turns[:number])
        asked = _question(row, f"{row['id']}/{number}", said, turn, documents)
        yield replace(asked, goes_on=number > 1)


def _question(
    row: Mapping[str, Any],
    name: str,
    turns: tuple[str, ...],
    judged: Mapping[str, Any],
    documents: Mapping[str, str],
) -> Question:
    kind = judged.get("kind", row["kind"])
    several = judged.get("evidence_documents") or row.get("documents") or row.get("docs")
    named = several or [row.get("document")]
    case = Case(
        id=name,
        kind=_KINDS.get(kind, Kind(kind) if kind in set(Kind) else Kind.LOOKUP),
        turns=turns,
        answerable=judged["answerable"],
        docs=tuple(dict.fromkeys(documents.get(_plain(one), one) for one in named if one)),
        must=tuple(map(tuple, judged["must"])),
        must_not=tuple(judged.get("must_not", ())),
        evidence=tuple(judged.get("evidence", ())),
        note=judged.get("answer", ""),
    )
    return Question(case, kind, row["id"], judged.get("first", "").lower())


def _by_plain_name(texts: Texts) -> dict[str, str]:
    return {_plain(name): name for name in texts}


def _plain(name: str) -> str:
    """Return a name without what files and ids write differently."""
    return _PLAIN.sub("", name.lower())
