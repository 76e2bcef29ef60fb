"""What users press, submit and command: buttons, forms, a shortcut, a slash command; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.slack.blocks.actions import LONGEST_VALUE
from ui.slack.buttons import button_of, form_of
from ui.slack.buttons.button import kept
from ui.slack.markup import plain, shown_text
from ui.slack.payload import Payload, Unfit, fit
from ui.slack.types import Ours, Place, Question, Surface, Understood

CHECK_CLAIM = "check_claim"
"""The shortcut of a message, which Slack draws as the manifest says."""
COMMAND = "/residency"
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
_ACTION_ID = re.compile(r"[a-z_0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class _Press:
    """A press of a button in a workspace."""

    place: Place
    _payload: Payload
    _action: Payload

    @property
    def value(self) -> str:
        return self._action.text("value")

    @property
    def takes_form(self) -> bool:
        return self._payload.has("trigger_id")

    def key(self) -> str:
        place, action = self.place, self._action
        named = fit(action.text("action_id"), _ACTION_ID, ("action_id",))
        whose = (place.team, place.channel, self.message(), place.user)
        return ":".join(("press", *whose, named, action.stamp("action_ts")))

    def message(self) -> str:
        return self._payload.stamp("container", "message_ts")

    def trigger(self) -> str:
        return self._payload.trigger()

    def address(self) -> str:
        return _address(self._payload)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that was submitted in a workspace."""

    team: str
    _payload: Payload

    @property
    def carried(self) -> str:
        return self._payload.text("view", "private_metadata")

    def field(self, name: str) -> str:
        return self._payload.text("view", "state", "values", name, name, "value").strip()

    def user(self) -> str:
        return self._payload.id("user", "id")

    def key(self) -> str:
        return f"form:{self.team}:{self._payload.id('view', 'id')}:{self.user()}"


def understood_press(payload: Payload, team: str) -> Understood:
    """Return what a press of a button says; raise Unfit where nothing is done about it."""
    for action in payload.items("actions"):
        button = button_of(action.text("action_id"))
        if button is not None and len(action.text("value")) <= LONGEST_VALUE:
            return button.read(_Press(_place(payload, team), payload, action))
    raise Unfit("the button is none of the bot's")


def understood_form(payload: Payload, team: str) -> Understood:
    """Return what a submitted form says; raise Unfit for a form that is not the bot's."""
    form = form_of(payload.text("view", "callback_id"))
    if form is None:
        raise Unfit("the form is none of the bot's")
    return form.read(_Form(team, payload))


def understood_shortcut(payload: Payload, team: str, ours: Ours) -> Understood:
    """Return the message that somebody wants checked; raise Unfit for another shortcut."""
    if payload.text("callback_id") != CHECK_CLAIM:
        raise Unfit("the shortcut is none of the bot's")
    trigger = payload.trigger()
    channel, user = payload.id("channel", "id"), payload.id("user", "id")
    place = Place(team, channel, f"claim-{trigger}", user)
    text = plain(shown_text(payload.at("message")), ours.user)
    asked = Question(place, text, Surface.CLAIM, _address(payload))
    return kept(f"claim:{team}:{trigger}", asked)


def understood_command(payload: Payload, team: str, ours: Ours) -> Understood:
    """Return what a slash command asks; raise Unfit for another command."""
    if payload.text("command") != COMMAND:
        raise Unfit("the command is none of the bot's")
    trigger = payload.trigger()
    place = Place(team, payload.id("channel_id"), f"command-{trigger}", payload.id("user_id"))
    text = plain(payload.text("text"), ours.user)
    asked = Question(place, text, Surface.COMMAND, _address(payload))
    return kept(f"command:{team}:{trigger}", asked)


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


def _address(payload: Payload) -> str:
    """Return where an answer goes that one user alone sees; raise Unfit."""
    return fit(payload.text("response_url"), _ADDRESS, ("response_url",))
