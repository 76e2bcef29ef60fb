"""`residency slack`: the bot, what it needs, and a terminal that plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.shared.opened import opened, say
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ui.slack.setup.check_setup import Identity


def slack(
    http: Annotated[
        bool, typer.Option("--http", help="Take requests over HTTP instead of Socket Mode.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on, with --http.")
    ] = 3000,
    console: Annotated[
        bool, typer.Option("--console", help="Play the bot in the terminal, without a workspace.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check tokens, scopes and channel, and end.")
    ] = False,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the manifest to create the app from.")
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(help="Public address, for a manifest over HTTP: https://bot.example.com"),
    ] = None,
) -> None:
    """Answer in Slack; docs/slack.md goes from nothing to a first answer."""
    if manifest:
        _print_manifest(url)
    elif console:
        _play()
    elif check:
        _tell(*_checked(http))
    else:
        _serve(http, host, port)


def _print_manifest(url: str | None) -> None:
    from ui.slack.setup.manifest import manifest

    print(manifest(url))


def _play() -> None:
    from ui.slack.console import play

    play(opened())


def _serve(http: bool, host: str, port: int) -> None:
    from ui.shared.listening import require_free
    from ui.slack.types import Address

    if http:
        require_free(host, port)
    settings, identity = _checked(http)
    from ui.slack.serve_bot import serve

    say(inert(f"@{identity.name} in {identity.team_name}"))
    serve(settings, identity, Address(host, port) if http else None)


def _checked(http: bool) -> tuple[Settings, Identity]:
    """Return settings with which the bot can start; else say each trouble and end."""
    from assistant.settings import Settings
    from ui.errors import SlackError
    from ui.slack.setup.check_setup import check

    settings = Settings.load()
    try:
        return settings, check(settings, http=http)
    except SlackError as error:
        for trouble in error.troubles:
            say(inert(trouble))
        raise typer.Exit(1) from error


def _tell(settings: Settings, identity: Identity) -> None:
    """Say what was found where nothing is missing."""
    from ui.slack.setup.manifest import scopes

    found = {
        "bot": f"@{identity.name} ({identity.user}) in {identity.team_name} ({identity.team})",
        "scopes": f"all {len(scopes())} that are needed",
        "app": identity.app or "not told by a token",
        "person channel": settings.slack_person_channel or "none; nobody is offered a person",
    }
    for name, detail in found.items():
        print(inert(f"{'ok':<8} {name}: {detail}"))
