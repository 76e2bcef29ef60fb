"""What users press, submit and command: buttons, forms, a shortcut, a slash command; pure."""

from __future__ import annotations

import re

from assistant.history.feedback import Rating
from ui.slack.blocks.actions import (
    CHECK_CLAIM,
    CHOOSE,
    COMMAND,
    CORRECTION,
    FEEDBACK,
    LONGEST_VALUE,
    PASSAGE,
    PERSON,
    REASON,
    action_of,
    read_feedback,
    read_passage,
    read_reason_metadata,
)
from ui.slack.incoming.markup import plain, shown_text
from ui.slack.payload import Payload, Unfit, answer_id, fit, is_id, is_thread
from ui.slack.types import (
    Arrival,
    Handed,
    Look,
    Ours,
    Place,
    Question,
    Rated,
    Reason,
    Surface,
    Understood,
)

_ACTIONS = (CHOOSE, PASSAGE, FEEDBACK, PERSON)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
_ACTION_ID = re.compile(r"[a-z_0-9]{1,40}")


def understood_press(payload: Payload, team: str) -> Understood:
    """Return what a press of a button says; raise Unfit where nothing is done about it."""
    for action in payload.items("actions"):
        name = action_of(action.text("action_id"))
        if name in _ACTIONS and len(action.text("value")) <= LONGEST_VALUE:
            return _pressed(payload, team, action, name)
    raise Unfit("the button is none of the bot's")


def understood_form(payload: Payload, team: str) -> Understood:
    """Return what a submitted form says; raise Unfit for a form that is not the bot's."""
    if payload.text("view", "callback_id") != REASON:
        raise Unfit("the form is none of the bot's")
    about = read_reason_metadata(payload.text("view", "private_metadata"))
    if about is None or about.team != team:
        raise Unfit("the form does not say which answer it is about")
    if not is_id(about.channel) or not is_thread(about.thread):
        raise Unfit("the form does not say where its answer stands")
    user = payload.id("user", "id")
    place = Place(team, about.channel, about.thread, user)
    said = Rated(
        place, answer_id(about.answer), Rating.DOWN, _input(payload, REASON),
        _input(payload, CORRECTION),
    )  # fmt: skip
    return _kept(f"form:{team}:{payload.id('view', 'id')}:{user}", place, said)


def understood_shortcut(payload: Payload, team: str, ours: Ours) -> Understood:
    """Return the message that somebody wants checked; raise Unfit for another shortcut."""
    if payload.text("callback_id") != CHECK_CLAIM:
        raise Unfit("the shortcut is none of the bot's")
    trigger = payload.trigger()
    channel, user = payload.id("channel", "id"), payload.id("user", "id")
    place = Place(team, channel, f"claim-{trigger}", user)
    text = plain(shown_text(payload.at("message")), ours.user)
    asked = Question(place, text, Surface.CLAIM, _address(payload))
    return _kept(f"claim:{team}:{trigger}", place, asked)


def understood_command(payload: Payload, team: str, ours: Ours) -> Understood:
    """Return what a slash command asks; raise Unfit for another command."""
    if payload.text("command") != COMMAND:
        raise Unfit("the command is none of the bot's")
    trigger = payload.trigger()
    place = Place(team, payload.id("channel_id"), f"command-{trigger}", payload.id("user_id"))
    text = plain(payload.text("text"), ours.user)
    asked = Question(place, text, Surface.COMMAND, _address(payload))
    return _kept(f"command:{team}:{trigger}", place, asked)


def _pressed(payload: Payload, team: str, action: Payload, name: str) -> Understood:
    place, value = _place(payload, team), action.text("value")
    if name == PASSAGE:
        return Understood(at_once=_look(payload, value))
    key = _key(payload, place, action)
    if name == CHOOSE:
        return _kept(key, *_choice(payload, place, value))
    if name == PERSON:
        address = "" if place.thread else _address(payload)
        handed = Handed(place, answer_id(value), address)
        return _kept(_person_key(payload, handed), place, handed)
    return _rated(payload, place, value, key)


def _look(payload: Payload, value: str) -> Look:
    passage = read_passage(value)
    if passage is None:
        raise Unfit("the button does not say which passage is wanted")
    return Look(payload.trigger(), *passage)


def _choice(payload: Payload, place: Place, value: str) -> tuple[Place, Question]:
    """Return what was chosen; what one user alone saw is answered to them, apart from a thread."""
    if not value.strip():
        raise Unfit("the button does not say what is to be asked")
    if place.thread:
        return place, Question(place, value, Surface.CHOICE)
    place = Place(place.team, place.channel, f"choice-{payload.trigger()}", place.user)
    return place, Question(place, value, Surface.CHOICE, _address(payload))


def _rated(payload: Payload, place: Place, value: str, key: str) -> Understood:
    read = read_feedback(value)
    if read is None:
        raise Unfit("the button does not say which answer it rates")
    rating, answer = read[0], answer_id(read[1])
    rated = Arrival(key, place.lane, Rated(place, answer, rating))
    if rating is Rating.DOWN and payload.has("trigger_id"):
        return Understood(rated, Reason(payload.trigger(), answer, place))
    return Understood(rated)


def _place(payload: Payload, team: str) -> Place:
    """Return where a button stands: no thread for a message that one user alone sees."""
    if payload.has("container", "is_ephemeral"):
        thread = ""
    elif payload.has("message", "thread_ts"):
        thread = payload.stamp("message", "thread_ts")
    elif payload.has("container", "thread_ts"):
        thread = payload.stamp("container", "thread_ts")
    else:
        thread = payload.stamp("container", "message_ts")
    return Place(team, payload.id("channel", "id"), thread, payload.id("user", "id"))


def _key(payload: Payload, place: Place, action: Payload) -> str:
    """Return the name of a press, the same each time that Slack tells of it."""
    named = fit(action.text("action_id"), _ACTION_ID, ("action_id",))
    message = payload.stamp("container", "message_ts")
    told = (place.team, place.channel, message, place.user, named, action.stamp("action_ts"))
    return ":".join(("press", *told))


def _person_key(payload: Payload, handed: Handed) -> str:
    """Return the name of a wish for a person: pressed twice it is still one wish."""
    place, message = handed.place, payload.stamp("container", "message_ts")
    return ":".join((PERSON, place.team, place.channel, handed.answer, place.user, message))


def _input(payload: Payload, name: str) -> str:
    return payload.text("view", "state", "values", name, name, "value").strip()


def _address(payload: Payload) -> str:
    """Return where an answer goes that one user alone sees; raise Unfit."""
    return fit(payload.text("response_url"), _ADDRESS, ("response_url",))


def _kept(key: str, place: Place, told: Question | Rated | Handed) -> Understood:
    return Understood(Arrival(key, place.lane, told))
