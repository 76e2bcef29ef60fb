"""The nearest approved questions by their vectors: as by comparing each with each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.app import Assistant
from assistant.library.library_store import Library
from assistant.library.lookup import same_asked
from assistant.library.matching import why_not_same
from assistant.library.meaning import meaning_of
from assistant.library.types import ToKeep
from assistant.types import AnswerScope
from tests.assistant.library.library_values import ANA, approval, library

KINDS = ("payroll", "ticket", "invoice", "mail", "log")
PLACES = ("Norway", "Peru", "Chile", "France", "Spain", "Italy", "Japan", "Brazil")
QUESTIONS = (
    *(
        f"{ask} {kind} data {verb} in {place}?"
        for kind in KINDS for place in PLACES
        for ask, verb in (("Is", "stored"), ("Can", "be read"))
    ),
    "Is it in Norway that you keep payroll data?",
)  # fmt: skip
ASKED = (
    "Do you store payroll data in Norway?",
    "Can invoice data be viewed in Japan?",
    "Is mail data kept in Spain?",
    "Where are mascots kept?",
)


def _keep(kept: Library, questions: tuple[str, ...]) -> None:
    kept.keep([ToKeep(approval(one)) for one in questions], ANA)


def test_what_is_found_is_what_each_alone_would_be(assistant: Assistant, tmp_path: Path) -> None:
    """One matrix for all, made larger as entries come, finds what single vectors find."""
    kept, index = library(tmp_path), assistant.index
    single = {one: index.encoder.encode(one) for one in QUESTIONS}
    for known in (QUESTIONS[:1], QUESTIONS[:30], QUESTIONS):
        _keep(kept, known)
        for asked in ASKED:
            vector = index.encoder.encode(asked)
            near = sorted(known, key=lambda one: -float(np.dot(single[one], vector)))[:12]
            meant = meaning_of(asked, index.gazetteer)
            alike = {
                one for one in near
                if not why_not_same(meant, meaning_of(one, index.gazetteer), index.encoder)
            }  # fmt: skip
            found = same_asked(asked, AnswerScope(), kept, index)
            assert {one.question for one in found} == alike
    assert [len(same_asked(one, AnswerScope(), kept, index)) for one in ASKED] == [2, 1, 1, 0]


def test_vectors_are_taken_from_the_file_where_it_has_them(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(library(tmp_path), QUESTIONS[:5])
    first = same_asked(ASKED[0], AnswerScope(), library(tmp_path), assistant.index)
    name = assistant.index.manifest.encoder.sha256
    ids = [one.id for one in library(tmp_path).entries()]
    assert set(library(tmp_path).vectors(name, ids)) == set(ids)
    monkeypatch.setattr(Library, "add_vectors", lambda *told: pytest.fail("made again"))
    assert same_asked(ASKED[0], AnswerScope(), library(tmp_path), assistant.index) == first
