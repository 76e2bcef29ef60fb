"""The buttons: each in a module that draws it, reads its press and handles what was pressed.

All else knows them by what is here, and none of them by name, but for messages that show one at a
certain place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.slack.blocks.actions import action_of
from ui.slack.buttons.approve import APPROVE_BUTTON
from ui.slack.buttons.button import Button, Desk, Form
from ui.slack.buttons.choose import CHOOSE_BUTTON
from ui.slack.buttons.feedback import FEEDBACK_BUTTON
from ui.slack.buttons.passage import PASSAGE_BUTTON
from ui.slack.buttons.person import PERSON_BUTTON
from ui.slack.types import Pressed, Wish

if TYPE_CHECKING:
    from slack_sdk.models.views import View

    from assistant.app import Assistant

BUTTONS: tuple[Button, ...] = (
    CHOOSE_BUTTON, PASSAGE_BUTTON, PERSON_BUTTON, APPROVE_BUTTON, FEEDBACK_BUTTON,
)  # fmt: skip
"""In the order in which they stand below an answer."""

_BY_ACTION = {button.action: button for button in BUTTONS}
_FORMS = {button.form.name: button.form for button in BUTTONS if button.form}
_KEEPINGS = {button.keeping.pressed: button.keeping for button in BUTTONS if button.keeping}
_VIEWS = {button.opening.wish: button.opening.view for button in BUTTONS if button.opening}

KINDS: dict[str, type[Pressed]] = {one.kind: one.pressed for one in _KEEPINGS.values()}
"""What buttons leave in the inbox, by its names in files."""
SILENT_KINDS = tuple(one.kind for one in _KEEPINGS.values() if not one.speaks)
"""The names of what is handled also where nothing can be said."""


def button_of(action_id: str) -> Button | None:
    """Return the button that has an action id, whatever its number; None for none of ours."""
    return _BY_ACTION.get(action_of(action_id))


def form_of(name: str) -> Form | None:
    """Return the form that has a callback id; None for none of ours."""
    return _FORMS.get(name)


def handle(pressed: Pressed, desk: Desk) -> None:
    """Do what was pressed."""
    _KEEPINGS[type(pressed)].handle(pressed, desk)


def speaks(pressed: Pressed) -> bool:
    """Tell whether something is said about what was pressed."""
    return _KEEPINGS[type(pressed)].speaks


def view_of(wish: Wish, assistant: Assistant) -> View:
    """Return the view that somebody wants to see."""
    return _VIEWS[type(wish)](wish, assistant)


__all__ = ["button", "choose", "passage"]
