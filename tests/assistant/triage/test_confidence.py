"""Confidence is a share, kept for every reason and every number that speaks for an answer."""

from __future__ import annotations

from dataclasses import fields, replace

from assistant.triage import Grounds
from assistant.triage.confidence import read_model, sure_of_answer, sure_without

_NOTHING = Grounds(*[0.0] * len(fields(Grounds)))


def test_the_model_has_a_weight_for_each_ground_and_one_more() -> None:
    model = read_model()
    assert len(model.answered) == len(model.decided) == len(fields(Grounds)) + 1


def test_more_of_the_question_said_is_surer() -> None:
    said = replace(_NOTHING, covered=1.0, quoted=1.0, similarity=0.9, is_first=1.0, tells=1.0)
    assert 0.0 < sure_of_answer(_NOTHING) < sure_of_answer(said) < 1.0


def test_a_reason_that_is_not_known_is_as_sure_as_the_least_sure() -> None:
    assert sure_without("unheard of") == min(read_model().shares.values())
