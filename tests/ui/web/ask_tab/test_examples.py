"""Questions to begin with are of what is indexed."""

from __future__ import annotations

from assistant.app import Assistant
from ui.web.ask_tab.examples import Examples, spread


def test_examples_are_of_several_documents_and_get_answers(assistant: Assistant) -> None:
    questions = Examples(assistant).questions()
    assert len(questions) == 4
    answers = [assistant.ask(one) for one in questions]
    assert [one.question for one in answers if one.abstained] == []
    assert len({one.citations[0].document for one in answers}) >= 3


def test_documents_are_spread_over_all_of_them() -> None:
    assert spread(list("abcdefghij"), 3) == ["a", "d", "g"]
    assert spread(list("ab"), 3) == ["a", "b"]
    assert spread([], 3) == []
