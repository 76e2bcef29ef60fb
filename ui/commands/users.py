"""`residency users`: who may use the web page, in the file of the settings."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.settings import Settings
from ui.errors import UsersError
from ui.shared.terminal_text import inert
from ui.web.access.users_file import Users

app = typer.Typer(
    name="users",
    help="Keep the users of the web page, in the file that RESIDENCY_USERS_FILE names.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Name to log in with.")],
    manager: Annotated[
        bool, typer.Option("--manager", help="Let the user change documents.")
    ] = False,
    from_input: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from input.")
    ] = False,
) -> None:
    """Add a user, or give one a new password; logins with the old one end."""
    users = _users()
    if from_input:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    is_new = users.add(name, password, manager=manager)
    print(f"{inert(name)}: {'added' if is_new else 'changed'}{', a manager' if manager else ''}")


@app.command("list")
def list_users() -> None:
    """List the users, and who of them may change documents."""
    for user in _users().all():
        print(inert(f"{user.name}{'  manager' if user.manager else ''}"))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the user.")]) -> None:
    """Remove a user; open logins end."""
    _users().remove(name)
    print(f"{inert(name)}: removed")


def _users() -> Users:
    path = Settings.load().users_file
    if not path.name:
        raise UsersError(
            "RESIDENCY_USERS_FILE: not set, so the web page has no users. Set it to the file that "
            "is to keep them"
        )
    return Users(path)
