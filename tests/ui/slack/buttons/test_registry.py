"""Every registered button: what it draws is what it reads, and what it left is read back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from slack_sdk.models.blocks import Block, ContextActionsBlock

from assistant.app import Assistant
from assistant.history.feedback import Rating
from assistant.types import Answer, Citation, Verdict
from tests.ui.slack.bodies import ANSWER, HOOK, OURS, TRIGGER, ephemeral, form, press
from tests.ui.slack.shapes import check_message, check_view
from ui.slack.blocks.elements import rows
from ui.slack.buttons import BUTTONS, KINDS, SILENT_KINDS, button_of, form_of, view_of
from ui.slack.buttons.approve import APPROVE, APPROVE_BUTTON, Approves
from ui.slack.buttons.approve import draw as draw_approve
from ui.slack.buttons.button import Button
from ui.slack.buttons.choose import CHOOSE, CHOOSE_BUTTON
from ui.slack.buttons.choose import draw as draw_choices
from ui.slack.buttons.feedback import FEEDBACK, FEEDBACK_BUTTON, REASON, Rated, Reason
from ui.slack.buttons.feedback import draw as draw_feedback
from ui.slack.buttons.passage import PASSAGE, PASSAGE_BUTTON, Look
from ui.slack.buttons.passage import draw as draw_passage
from ui.slack.buttons.person import PERSON, PERSON_BUTTON, Handed
from ui.slack.buttons.person import draw as draw_person
from ui.slack.inbox.event_json import kind_of, read, written
from ui.slack.incoming.understood import understood
from ui.slack.messages.answer_blocks import messages
from ui.slack.terminal import lines
from ui.slack.types import Message, Offer, Place, Pressed, Question, Surface, Told, Wish

HERE = Place("T1", "C1", "1700000000.000100", "U1")
QUESTIONS = ("Where is mail kept?", "How long are logs kept?")
CITATION = Citation(
    marker=1, document="intune", title="Intune", section="Intune > Logs", quote="A year.",
    start=3, end=9, source="https://a.example/", as_of=date(2025, 6, 25), page=None,
)  # fmt: skip


def _passage() -> list[Block]:
    drawn = draw_passage(CITATION, 7)
    assert drawn is not None
    return rows([drawn])


Said = tuple[Told | None, Wish | None]
CASES: dict[Button, tuple[list[Block], list[Said]]] = {
    CHOOSE_BUTTON: (
        draw_choices(QUESTIONS, 4),
        [(Question(HERE, one, Surface.CHOICE), None) for one in QUESTIONS],
    ),
    PASSAGE_BUTTON: (_passage(), [(None, Look(TRIGGER, "intune", 3, 9))]),
    PERSON_BUTTON: (rows([draw_person(ANSWER)]), [(Handed(HERE, ANSWER), None)]),
    APPROVE_BUTTON: (rows([draw_approve(ANSWER)]), [(Approves(HERE, ANSWER), None)]),
    FEEDBACK_BUTTON: (
        [ContextActionsBlock(elements=[draw_feedback(ANSWER)])],
        [
            (Rated(HERE, ANSWER, Rating.UP), None),
            (Rated(HERE, ANSWER, Rating.DOWN), Reason(TRIGGER, ANSWER, HERE)),
        ],
    ),
}
"""Of each button its blocks, and what a press of each of the buttons in them says."""

KEPT: tuple[tuple[str, str, Pressed], ...] = (
    (
        "rated",
        '{"place": {"team": "T1", "channel": "C1", "thread": "1700000000.000100", "user": "U1"}, '
        '"answer": "a1", "rating": "down", "reason": "Zu kurz", "correction": ""}',
        Rated(HERE, "a1", Rating.DOWN, "Zu kurz"),
    ),
    (
        "handed",
        '{"place": {"team": "T1", "channel": "C1", "thread": "1700000000.000100", "user": "U1"}, '
        f'"answer": "a1", "respond_to": "{HOOK}"}}',
        Handed(HERE, "a1", HOOK),
    ),
    (
        "approves",
        '{"place": {"team": "T1", "channel": "C1", "thread": "1700000000.000100", "user": "U1"}, '
        f'"answer": "a1", "respond_to": "{HOOK}"}}',
        Approves(HERE, "a1", HOOK),
    ),
)
"""What homes of earlier releases have, letter by letter; add some, change none."""


def test_every_button_is_tried_here() -> None:
    assert list(CASES) == list(BUTTONS)
    assert {kind: type(pressed) for kind, _, pressed in KEPT} == KINDS


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.action)
def test_what_is_drawn_is_what_is_read(button: Button) -> None:
    blocks, expected = CASES[button]
    _, drawn = lines(Message("", tuple(blocks)), 1)
    assert {button_of(one.action_id) for one in drawn} == {button}
    read_back = [understood(press(one.action_id, one.value), OURS) for one in drawn]
    assert [(one.arrival and one.arrival.told, one.at_once) for one in read_back] == expected


@pytest.mark.parametrize("action_id", ["other", "other_1", "", "choose_x", "reason", "shown"])
def test_a_button_that_is_not_registered_is_none_of_the_bot_s(action_id: str) -> None:
    assert button_of(action_id) is None
    found = understood(press(action_id, "x"), OURS)
    assert found.why_not == "ignored, because the button is none of the bot's"


def test_a_form_that_is_not_registered_is_none_of_the_bot_s() -> None:
    body = form("wrong", "")
    body["view"]["callback_id"] = "other"
    assert form_of("other") is None
    assert understood(body, OURS).why_not == "ignored, because the form is none of the bot's"


def test_no_two_buttons_have_the_same_name() -> None:
    actions = Counter(button.action for button in BUTTONS)
    kinds = Counter(button.keeping.kind for button in BUTTONS if button.keeping)
    forms = Counter(button.form.name for button in BUTTONS if button.form)
    wishes = Counter(button.opening.wish for button in BUTTONS if button.opening)
    assert all(max(names.values()) == 1 for names in (actions, kinds, forms, wishes))
    assert set(actions) == {CHOOSE, PASSAGE, PERSON, APPROVE, FEEDBACK}
    assert set(forms) == {REASON}


@pytest.mark.parametrize(("kind", "text", "pressed"), KEPT)
def test_what_buttons_left_in_earlier_homes_is_read_and_written_the_same(
    kind: str, text: str, pressed: Pressed
) -> None:
    assert read(kind, text) == pressed
    assert (kind_of(pressed), written(pressed)) == (kind, text)


def test_what_one_user_alone_saw_is_replied_to_them_alone() -> None:
    handed = understood(ephemeral(PERSON, ANSWER), OURS).arrival
    assert handed is not None
    assert isinstance(handed.told, Handed)
    assert handed.told.address == HOOK
    assert Rated(HERE, ANSWER, Rating.UP).address == ""


def test_feedback_alone_is_handled_where_nothing_can_be_said() -> None:
    assert SILENT_KINDS == ("rated",)


@pytest.mark.parametrize("document", ["intune", "no-such-document"])
def test_every_view_that_a_button_opens_is_one_that_slack_takes(
    assistant: Assistant, document: str
) -> None:
    for wish in (Look(TRIGGER, document, 3, 9), Reason(TRIGGER, ANSWER, HERE)):
        assert check_view(view_of(wish, assistant))


def test_below_an_answer_stand_its_buttons_in_the_order_of_the_registry() -> None:
    answer = Answer(
        ANSWER, "q", "A year. [1]", Verdict.ANSWERED, (CITATION,), (), (), (), "", "", 1
    )
    (message,) = messages(answer, Offer(person=True))
    check_message(message)
    _, drawn = lines(message, 1)
    assert [one.action_id for one in drawn] == [f"{PASSAGE}_1", PERSON, FEEDBACK, FEEDBACK]


def test_a_passage_beyond_what_a_button_carries_has_no_button() -> None:
    assert draw_passage(replace(CITATION, document="d" * 2_000), 1) is None
