"""Who may approve answers: a right of its own, beside that to change documents."""

from __future__ import annotations

import getpass
from collections.abc import Iterable

from assistant.library.types import Approver, Right
from ui.errors import MayNotApprove


def operator(name: str = "") -> Approver:
    """Return the one at the command line, who can change the files of the home anyway.

    Named as the system knows them where no name is given.
    """
    return Approver(name.strip() or _system_name(), Right.OPERATOR)


def approver(name: str, *, has_right: bool) -> Approver:
    """Return a user of a front end as one who approves; raise MayNotApprove for all others.

    Whether a user has the right stands in the file of users, beside that to change documents.
    """
    if not name or not has_right:
        raise MayNotApprove(
            f"{name or 'nobody'}: may not approve answers. The operator gives the right with "
            "`residency users role NAME --approver`, or behind a proxy with RESIDENCY_APPROVERS"
        )
    return Approver(name, Right.APPROVER)


def slack_approver(user: str, named: Iterable[str]) -> Approver | None:
    """Return a Slack user as one who approves; None for one without the right.

    `named` is the setting that names those who have it, by id or as id=name.
    """
    for each in named:
        id_, _, name = each.partition("=")
        if user and id_.strip() == user:
            return Approver(name.strip() or f"Slack user {user}", Right.APPROVER)
    return None


def _system_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"
