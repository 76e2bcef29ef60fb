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
    approver: Annotated[
        bool, typer.Option("--approver", help="Let the user approve answers.")
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
    is_new = users.add(name, password, manager=manager, approver=approver)
    rights = _rights(manager=manager, approver=approver)
    print(", ".join((f"{inert(name)}: {'added' if is_new else 'changed'}", *rights)))


@app.command()
def role(
    name: Annotated[str, typer.Argument(help="Name of the user.")],
    manager: Annotated[
        bool | None, typer.Option("--manager/--no-manager", help="May change documents.")
    ] = None,
    approver: Annotated[
        bool | None, typer.Option("--approver/--no-approver", help="May approve answers.")
    ] = None,
) -> None:
    """Give a user rights or take them; the password stays."""
    user = _users().give_rights(name, manager=manager, approver=approver)
    rights = _rights(manager=user.manager, approver=user.approver)
    print(f"{inert(name)}: {', '.join(rights) or 'no rights beside asking'}")


@app.command("list")
def list_users() -> None:
    """List the users, and who of them may change documents and approve answers."""
    for user in _users().all():
        rights = [name for name in ("manager", "approver") if getattr(user, name)]
        print(inert("  ".join((user.name, *rights))))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the user.")]) -> None:
    """Remove a user; open logins end."""
    _users().remove(name)
    print(f"{inert(name)}: removed")


def _rights(*, manager: bool, approver: bool) -> tuple[str, ...]:
    said = (("a manager", manager), ("an approver", approver))
    return tuple(name for name, has in said if has)


def _users() -> Users:
    path = Settings.load().users_file
    if not path.name:
        raise UsersError(
            "RESIDENCY_USERS_FILE: not set, so the web page has no users. Set it to the file that "
            "is to keep them"
        )
    return Users(path)
