"""A small suite with documents of its own, and systems whose scores are known beforehand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.types import Span
from evals.suites.suite import Suite, suite_of
from evals.systems.base import Session, Timed, Workplace
from evals.types import Cited, Place, Response

DOCUMENT = """---
title: Where Harbour keeps files
date: 2024-05-02
---

# Where Harbour keeps files

Files of customers in Norway are stored in Bergen. They are not copied to any other country.

Backups are kept for 35 days in Oslo, unless the customer has bought the Vault add-on.

To see the site of a tenant, run the following command:

```
harbour tenant show --site
```
"""

CASES = (
    {
        "id": "h-1", "kind": "lookup", "turns": ["We sit in Tromsø. Where do our things end up?"],
        "answerable": True, "docs": ["harbour"], "must": [["Bergen"]], "must_not": ["\\bOslo\\b"],
        "evidence": ["Files of customers in Norway are stored in Bergen."], "note": "Bergen",
    },
    {
        "id": "h-2", "kind": "numeric", "turns": ["How long do safety copies live?"],
        "answerable": True, "docs": ["harbour"], "must": [["35 days", "thirty-five"]],
        "must_not": [], "evidence": ["Backups are kept for 35 days in Oslo, unless the customer "
        "has bought the Vault add-on."], "note": "35 days",
    },
    {
        "id": "h-3", "kind": "procedure", "turns": ["Which command shows it?"],
        "answerable": True, "docs": ["harbour"], "must": [["harbour tenant show --site"]],
        "must_not": [], "evidence": ["harbour tenant show --site"], "note": "the command",
    },
    {
        "id": "h-4", "kind": "abstain", "turns": ["What does Harbour cost?"],
        "answerable": False, "docs": [], "must": [["do(es)? not say", "not stated"]],
        "must_not": ["\\d+ (euro|dollar)"], "evidence": [], "note": "not in the document",
    },
)  # fmt: skip


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """Four cases about one document."""
    folder = tmp_path / "harbour"
    write_cases(folder, CASES)
    opened = suite_of(folder)
    assert opened.problems == ()
    return opened


def write_cases(folder: Path, cases: tuple[dict[str, object], ...]) -> Path:
    """Write a folder of cases with the document beside them; return the case file."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "harbour.md").write_text(DOCUMENT, encoding="utf-8")
    file = folder / "cases.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return file


@dataclass(frozen=True)
class Scripted:
    """A system that replies what a function makes of suite and question."""

    reply_with: object
    name: str = "scripted"
    repeatable: bool = True

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        return ScriptedSession(self.reply_with, suite)


@dataclass(frozen=True)
class ScriptedSession:
    reply_with: object
    suite: Suite
    identity: str = "scripted"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        case = next(case for case in self.suite.cases if case.turns == turns)
        return Timed(self.reply_with(case, self.suite), 1.0)  # type: ignore[operator]

    def close(self) -> None:
        pass


def cite(suite: Suite, passage: str, marker: int = 1) -> Cited:
    """Return a citation of a passage at its first place."""
    span = suite.texts["harbour"].find(passage)[0]
    return Cited(marker, Place("harbour", span), span.of(suite.texts["harbour"].text))


def whole(suite: Suite, marker: int = 1) -> Cited:
    """Return a citation of the whole document."""
    text = suite.texts["harbour"].text
    return Cited(marker, Place("harbour", Span(0, len(text))), text)


def gold(case: object, suite: Suite) -> Response:
    """Quote the evidence, abstain where there is none."""
    if not case.answerable:  # type: ignore[attr-defined]
        return Response("The documents do not say.", True)
    passage = case.evidence[0]  # type: ignore[attr-defined]
    cited = cite(suite, passage)
    return Response(f"{passage} [1]", False, (cited,), ranking=(cited.place,))
