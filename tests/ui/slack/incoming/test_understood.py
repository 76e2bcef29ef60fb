"""Whatever Slack sends is understood for what it is, or ignored with a reason, and never fails.

FUZZ_CASES says how many mutated bodies there are, FUZZ_FIRST which is the first.
"""

from __future__ import annotations

import copy
import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.history.feedback import Rating
from tests.sizes import size
from tests.ui.slack.bodies import (
    ANSWER,
    BOT,
    HOOK,
    OURS,
    TRIGGER,
    Body,
    command,
    ephemeral,
    event,
    every,
    form,
    mention,
    message,
    press,
    shortcut,
)
from tests.ui.slack.mutations import mutated
from ui.slack.buttons.choose import CHOOSE
from ui.slack.buttons.feedback import FEEDBACK, Rated, Reason, feedback_value
from ui.slack.buttons.passage import PASSAGE, Look, passage_value
from ui.slack.buttons.person import PERSON, Handed
from ui.slack.inbox.event_json import kind_of, read, written
from ui.slack.incoming.understood import understood
from ui.slack.payload import is_id
from ui.slack.types import (
    Arrival,
    Gone,
    Opened,
    Ours,
    Place,
    Question,
    Surface,
    Understood,
    Withdrawn,
)

CASES = size("FUZZ_CASES", 300, 3_000)
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
TS, ROOT = "1700000000.000100", "1600000000.000100"


def _arrival(body: Body) -> Arrival:
    found = understood(body, OURS)
    assert found.arrival is not None, found.why_not
    return found.arrival


def _question(body: Body) -> Question:
    told = _arrival(body).told
    assert isinstance(told, Question)
    return told


def test_a_direct_message_begins_a_thread_of_its_own() -> None:
    asked = _question(message("Where is mail?", channel="D1"))
    assert asked == Question(Place("T1", "D1", TS, "U1"), "Where is mail?", Surface.DIRECT)
    again = _question(message("And logs?", channel="D1", thread_ts=ROOT))
    assert again.place.thread == ROOT


def test_both_events_of_a_mention_are_one_arrival() -> None:
    text = f"<@{BOT}> where is mail?"
    one, other = _arrival(message(text)), _arrival(mention(text))
    assert one == other
    assert one.key == f"message:T1:C1:{TS}"
    assert _question(mention(text)) == Question(
        Place("T1", "C1", TS, "U1"), "where is mail?", Surface.MENTION
    )


def test_a_reply_that_does_not_name_the_bot_is_of_its_thread() -> None:
    asked = _question(message("and in Japan?", thread_ts=ROOT))
    assert (asked.surface, asked.place.thread) == (Surface.THREAD, ROOT)


def test_the_lane_is_one_user_s_in_one_thread() -> None:
    lanes = {
        _arrival(message("x", thread_ts=ROOT, user=user, channel=channel)).lane
        for user in ("U1", "U2")
        for channel in ("C1", "C2")
    }
    assert len(lanes) == 4


@pytest.mark.parametrize("fields", [{"files": [{"id": "F1"}], "subtype": "file_share"}, {}])
def test_a_direct_message_without_words_is_a_question_without_words(fields: Body) -> None:
    assert _question(message("", channel="D1", **fields)).text == ""
    assert _question(mention(f"<@{BOT}>", **fields)).text == ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (message("just talking"), "does not name the bot"),
        (message("x", channel="D1", bot_id="B1"), "a bot"),
        (message("x", channel="D1", bot_profile={"id": "B1"}), "a bot"),
        (message("x", channel="D1", user=BOT), "itself"),
        (message("x", channel="D1", user="USLACKBOT"), "Slack wrote it"),
        (message("x", channel="D1", subtype="message_changed", message={"text": "y"}), "subtype"),
        (message("x", channel="C1", subtype="channel_join"), "subtype"),
        (message("x", channel="D1", subtype=7), "subtype"),
        (message("x", channel="D1", hidden=True), "hidden"),
        (mention(f"<@{BOT}> x", edited={"user": "U1", "ts": TS}), "an edit"),
        (message("x", channel="D1", ts="yesterday"), "its ts is not one"),
        (message("x", channel="D1", ts="1700.1\n"), "its ts is not one"),
        (message("x", channel="D1", thread_ts=["1.1"]), "its thread_ts is not one"),
        (message("x", channel="D1", user="U1:U2"), "its user is not one"),
        (message("x", channel="../etc"), "its channel is not one"),
        (message("", thread_ts=ROOT), "without words"),
        (event("app_home_opened", user="U1", channel="D1", tab="home"), "another tab"),
        (event("tokens_revoked", tokens={"oauth": ["U1"], "bot": []}), "such an event"),
        (event("member_left_channel", channel="C1", user="U1"), "such an event"),
        (event("reaction_added", user="U1"), "such an event"),
        (press("other", "x"), "none of the bot's"),
        (press(CHOOSE, "  "), "what is to be asked"),
        (press(CHOOSE, "x" * 2_001), "none of the bot's"),
        (press(PASSAGE, "[1, 2]"), "which passage"),
        (press(PASSAGE, "[" * 1_999), "which passage"),
        (press(FEEDBACK, "sideways:1"), "which answer"),
        (press(FEEDBACK, "up:../x"), "its answer is not one"),
        (form("x", "y", team="T2"), "which answer"),
        (form("x", "y", thread="../x"), "where its answer stands"),
        (command("x") | {"user_id": BOT}, "the bot itself"),
        (press(PERSON, ANSWER) | {"user": {"id": BOT}}, "the bot itself"),
        (command("x") | {"command": "/other"}, "none of the bot's"),
        (command("x") | {"response_url": "file:///etc/passwd"}, "its response_url is not one"),
        (command("x") | {"trigger_id": "a:b"}, "its trigger_id is not one"),
        (command("x") | {"api_app_id": "A0OTHER"}, "another app"),
        (command("x") | {"team_id": "T2"}, "its workspace is not one"),
        (command("x") | {"team_id": "t one"}, "names no workspace"),
        ({}, "names no workspace"),
        ({"type": "url_verification", "team_id": "T1"}, "its kind is not known"),
    ],
)  # fmt: skip
def test_what_is_not_for_the_bot_is_ignored_with_a_reason(body: Body, why: str) -> None:
    found = understood(body, OURS)
    assert found == Understood(why_not=found.why_not)
    assert found.why_not.startswith("ignored, because ")
    assert why in found.why_not


@pytest.mark.parametrize(
    "body",
    [
        message("", subtype="message_deleted", hidden=True, deleted_ts=TS, ts="1700000009.1"),
        message("", subtype="message_changed", hidden=True, ts="1700000009.1",
                message={"subtype": "tombstone", "ts": TS, "user": "USLACKBOT"}),
    ],
)  # fmt: skip
def test_a_deleted_message_is_withdrawn_under_its_own_key(body: Body) -> None:
    asked = _arrival(mention(f"<@{BOT}> x"))
    assert understood(body, OURS) == Understood(at_once=Withdrawn(asked.key))


def test_the_opened_pane_and_places_that_go_away_are_told_by_event() -> None:
    opened = event("app_home_opened", user="U1", channel="D1", tab="messages")
    assert _arrival(opened).told == Opened(Place("T1", "D1", "", "U1"))
    assert _arrival(opened).key == "event:T1:Ev0001x"
    gone = [
        _arrival(body).told
        for body in (
            event("app_uninstalled"),
            event("tokens_revoked", tokens={"bot": [BOT]}),
            event("channel_archive", channel="C1"),
            event("group_deleted", channel="C1"),
            event("member_left_channel", channel="C1", user=BOT),
        )
    ]
    assert all(isinstance(one, Gone) and one.team == "T1" for one in gone)
    assert [getattr(one, "channel", None) for one in gone] == ["", "", "C1", "C1", "C1"]


def test_a_command_is_a_conversation_of_its_own() -> None:
    arrival = _arrival(command("where &lt;is&gt; mail?"))
    place = Place("T1", "C1", f"command-{TRIGGER}", "U1")
    assert arrival.told == Question(place, "where <is> mail?", Surface.COMMAND, HOOK)
    assert arrival.key == f"command:T1:{TRIGGER}"


def test_a_claim_is_the_text_that_is_shown() -> None:
    asked = _question(shortcut(text="Mail is in Oslo &amp; Bergen."))
    assert (asked.text, asked.surface) == ("Mail is in Oslo & Bergen.", Surface.CLAIM)
    assert (asked.place.thread, asked.respond_to) == (f"claim-{TRIGGER}", HOOK)
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "In <#C2|oslo>."}}]
    assert _question(shortcut(text="", blocks=blocks)).text == "In #oslo."


def test_a_choice_is_asked_in_the_thread_of_its_message() -> None:
    asked = _question(press(f"{CHOOSE}_3", "Where is mail?"))
    assert asked == Question(Place("T1", "C1", TS, "U1"), "Where is mail?", Surface.CHOICE)
    hidden = _question(ephemeral(f"{CHOOSE}_3", "Where is mail?"))
    assert (hidden.place.thread, hidden.respond_to) == (f"choice-{TRIGGER}", HOOK)


def test_each_press_is_another_arrival_and_the_same_press_the_same() -> None:
    body = press(f"{CHOOSE}_1", "x")
    later = copy.deepcopy(body)
    later["actions"][0]["action_ts"] = "1700000003.000300"
    someone = body | {"user": {"id": "U2"}}
    keys = [_arrival(one).key for one in (body, copy.deepcopy(body), later, someone)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_ratings_are_kept_and_a_bad_one_asks_for_the_reason() -> None:
    place = Place("T1", "C1", TS, "U1")
    good = understood(press(FEEDBACK, feedback_value(Rating.UP, ANSWER)), OURS)
    assert good.arrival is not None
    assert (good.arrival.told, good.at_once) == (Rated(place, ANSWER, Rating.UP), None)
    bad = understood(press(FEEDBACK, feedback_value(Rating.DOWN, ANSWER)), OURS)
    assert bad.arrival is not None
    assert bad.arrival.told == Rated(place, ANSWER, Rating.DOWN)
    assert bad.at_once == Reason(TRIGGER, ANSWER, place)
    said = _arrival(form(" wrong ", "Norway")).told
    assert said == Rated(
        Place("T1", "C1", "1700000000.1", "U1"), ANSWER, Rating.DOWN, "wrong", "Norway"
    )


def test_a_person_is_asked_and_a_passage_looked_at() -> None:
    assert _arrival(press(PERSON, ANSWER)).told == Handed(Place("T1", "C1", TS, "U1"), ANSWER)
    look = understood(press(f"{PASSAGE}_1", passage_value("intune", 3, 9)), OURS)
    assert look == Understood(at_once=Look(TRIGGER, "intune", 3, 9))


def test_a_shared_channel_s_events_belong_to_the_workspace_that_has_the_bot() -> None:
    body = message("x", channel="D1") | {"team_id": "T9", "context_team_id": "T1"}
    assert _question(body).place.team == "T1"
    unknown = understood(body | {"context_team_id": None}, Ours(BOT))
    assert unknown.arrival is not None
    assert unknown.arrival.key.startswith("message:T9:")


def test_what_is_understood_reads_back_as_it_was_stored() -> None:
    for body in every():
        if arrival := understood(body, OURS).arrival:
            assert read(kind_of(arrival.told), written(arrival.told)) == arrival.told


def _mutated(number: int) -> Body:
    chance = random.Random(number)
    bodies = every()
    changed: Body = mutated(chance, chance.choice(bodies), bodies)
    return changed


def _check(found: Understood) -> None:
    """Check that what came out can be kept, and its names can be trusted."""
    assert bool(found.why_not) == (found.arrival is None and found.at_once is None)
    if found.arrival is None:
        return
    told = found.arrival.told
    assert read(kind_of(told), written(told)) == told
    (found.arrival.key + found.arrival.lane).encode()
    if not isinstance(told, Gone):
        assert is_id(told.place.team)
        assert is_id(told.place.channel)
        assert is_id(told.place.user)
        assert told.place.user != BOT
        assert all(character not in told.place.thread for character in ":/\n ")


@pytest.mark.soak
@pytest.mark.timeout(max(300, CASES // 10))
def test_a_mutated_body_is_understood_or_ignored() -> None:
    for number in range(FIRST, FIRST + CASES):
        body = _mutated(number)
        try:
            _check(understood(body, OURS))
        except BaseException as error:
            error.add_note(f"case {number}: {body!r:.500}")
            raise


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=12), part, max_size=4)
    ),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted({name for one in every() for name in one})), _JSON))
def test_any_json_object_is_understood_or_ignored(body: Body) -> None:
    _check(understood(body, OURS))
    _check(understood(message("x") | {"event": body}, OURS))
