"""No case of the test split or of the unseen suite is in the training material."""

from __future__ import annotations

import json

from evals.suites.leaks import leaks
from evals.suites.suite import open_suite
from evals.training.pairs import FICTIONAL, read_material
from evals.types import Split


def _trained() -> list[str]:
    questions = [q for passage in read_material().passages for q in passage.questions]
    for file in sorted(FICTIONAL.parent.glob("*answerable*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        questions.extend(json.loads(line)["question"] for line in lines)
    return questions


def test_a_leak_is_found() -> None:
    trained = ["Where is the data of our Graz office kept at rest?", "how long?"]
    found = leaks(["where is the data of our Graz office kept, at rest", "how many?"], trained)
    assert [leak.trained for leak in found] == [trained[0]]
    assert leaks(["Where is the data of our Linz branch held today?"], trained) == []


def test_no_judging_question_was_trained_on() -> None:
    bundled, unseen, adversarial = map(open_suite, ("bundled", "unseen", "adversarial"))
    judged = [
        turn
        for suite in (bundled, unseen, adversarial)
        for case in suite.cases
        if suite is not bundled or suite.split(case) is Split.TEST
        for turn in case.turns[-1:]
        if len(case.turns) == 1
    ]
    assert leaks(judged, _trained()) == []


def test_no_document_is_both_trained_on_and_unseen() -> None:
    trained = {file.stem for file in FICTIONAL.iterdir()}
    assert trained.isdisjoint(open_suite("unseen").texts)
    assert trained.isdisjoint(open_suite("adversarial").texts)
