"""What Slack sends, understood: an arrival to keep, something to do at once, or why neither; pure.

Bodies are read as they come from the border, whether pushed over HTTP or over a socket. Their
signature was checked there; that they are well-formed is not believed.
"""

from __future__ import annotations

from collections.abc import Mapping

from ui.slack.incoming.events import understood_event
from ui.slack.incoming.presses import (
    understood_command,
    understood_form,
    understood_press,
    understood_shortcut,
)
from ui.slack.payload import Payload, Unfit, is_id
from ui.slack.types import Gone, Ours, Understood

_TEAM = (("context_team_id",), ("team_id",), ("team", "id"), ("user", "team_id"))
"""Where a body names the workspace: in a channel that workspaces share there may be several."""


def understood(body: Mapping[str, object], ours: Ours) -> Understood:
    """Return what a body says; never fails, whatever it holds."""
    payload = Payload(body)
    try:
        _check_app(payload, ours)
        found = _understood(payload, _team(payload, ours), ours)
        _check_not_own(found, ours)
        return found
    except Unfit as unfit:
        return Understood(why_not=f"ignored, because {unfit}")


def _understood(payload: Payload, team: str, ours: Ours) -> Understood:
    match payload.text("type"):
        case "event_callback":
            return understood_event(payload, team, ours)
        case "block_actions":
            return understood_press(payload, team)
        case "view_submission":
            return understood_form(payload, team)
        case "message_action":
            return understood_shortcut(payload, team, ours)
    if payload.has("command"):
        return understood_command(payload, team, ours)
    raise Unfit("its kind is not known")


def _check_app(payload: Payload, ours: Ours) -> None:
    app = payload.text("api_app_id")
    if ours.app and app and app != ours.app:
        raise Unfit("it is for another app")


def _check_not_own(found: Understood, ours: Ours) -> None:
    """Refuse what the bot would tell itself, by whatever way."""
    told = found.arrival.told if found.arrival else None
    if told is not None and not isinstance(told, Gone) and told.place.user == ours.user:
        raise Unfit("it is the bot itself who says it")


def _team(payload: Payload, ours: Ours) -> str:
    """Return the workspace through which the bot is told."""
    named = [payload.text(*path) for path in _TEAM]
    named += [one.text("team_id") for one in payload.items("authorizations")]
    found = [team for team in named if is_id(team)]
    if not found:
        raise Unfit("it names no workspace")
    own = [team for team in found if not ours.teams or team in ours.teams]
    if not own:
        raise Unfit("its workspace is not one that the bot is installed in")
    return own[0]
