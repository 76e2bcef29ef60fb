"""An answer tells of which kind it is, over the real index and of drafts of each sort."""

from __future__ import annotations

import pytest

from assistant import wording
from assistant.app import Assistant
from assistant.composing.answer_kind import kind_of, kind_of_words
from assistant.draft import Draft, DraftSentence, Form
from assistant.reasoning.findings import NoDocument
from assistant.reasoning.say import say
from assistant.reasoning.saying.parts_said import PartSaid, parts_said
from assistant.types import AnswerKind, Verdict

DEPENDS = DraftSentence("Where they pay for it.", (), lead=wording.DEPENDS)
PLAIN = DraftSentence("In Oslo.", ())
NOWHERE = Draft(Verdict.ABSTAINED, (), opening="No.", kind=AnswerKind.NOT_COVERED)
SILENT = Draft(Verdict.ABSTAINED, (), opening=wording.NOT_STATED)


@pytest.mark.parametrize(
    ("question", "verdict", "kind"),
    [
        ("How long does Intune keep audit logs?", Verdict.ANSWERED, None),
        ("Can Exchange Online data be stored in Norway?", Verdict.ANSWERED, AnswerKind.DEPENDS),
        ("Where is data stored?", Verdict.ANSWERED, AnswerKind.DEPENDS),
        ("Where does Slack keep messages?", Verdict.ABSTAINED, AnswerKind.NOT_COVERED),
        (
            "Wie lange bewahrt Slack Nachrichten auf?",
            Verdict.ABSTAINED, AnswerKind.NOT_COVERED,
        ),
        (
            "Where does Slack keep messages, and how long does Dropbox keep files?",
            Verdict.ABSTAINED, AnswerKind.NOT_COVERED,
        ),
    ],
)  # fmt: skip
def test_an_answer_has_its_kind_from_how_it_was_made(
    assistant: Assistant, question: str, verdict: Verdict, kind: AnswerKind | None
) -> None:
    answer = assistant.ask(question, clarify=False)
    assert (answer.verdict, answer.kind) == (verdict, kind)


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        ((PLAIN,), None),
        ((DEPENDS,), AnswerKind.DEPENDS),
        ((PLAIN, DEPENDS), None),
        ((DraftSentence("It names no Oslo.", (), Form.ABSENCE), DEPENDS), AnswerKind.DEPENDS),
        ((DraftSentence("It depends: on pay.", (), Form.WRITTEN),), AnswerKind.DEPENDS),
        ((DraftSentence("It depends: on pay.", ()),), None),
    ],
)
def test_the_sentence_that_answers_decides(
    statements: tuple[DraftSentence, ...], kind: AnswerKind | None
) -> None:
    assert kind_of(Draft(Verdict.ANSWERED, statements)) is kind


def test_what_a_draft_is_known_to_be_stays() -> None:
    by_service = Draft(Verdict.ANSWERED, (PLAIN,), kind=AnswerKind.DEPENDS)
    assert kind_of(by_service) is AnswerKind.DEPENDS
    assert kind_of(NOWHERE) is AnswerKind.NOT_COVERED
    assert kind_of(say(NoDocument(("Slack",), ()))) is AnswerKind.NOT_COVERED
    assert kind_of(say(NoDocument((), ()))) is None


@pytest.mark.parametrize(
    ("drafts", "kind"),
    [
        ((NOWHERE, NOWHERE), AnswerKind.NOT_COVERED),
        ((NOWHERE, SILENT), None),
        ((NOWHERE, Draft(Verdict.ANSWERED, (PLAIN,))), None),
        ((SILENT, Draft(Verdict.ANSWERED, (DEPENDS,))), AnswerKind.DEPENDS),
    ],
)
def test_several_questions_have_the_kind_of_what_answers_them(
    drafts: tuple[Draft, ...], kind: AnswerKind | None
) -> None:
    assert kind_of(parts_said([PartSaid("where it is", one) for one in drafts])) is kind


def test_of_what_somebody_else_wrote_the_words_decide() -> None:
    assert kind_of_words("It depends on the plan.") is AnswerKind.DEPENDS
    assert kind_of_words("Yes. It depends on nothing.") is None
