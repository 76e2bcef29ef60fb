"""The file of users."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ui.conftest import ANN, BEN
from ui.commands.users import app
from ui.errors import UsersError
from ui.web.access.users_file import Users


def test_a_password_is_checked_and_not_kept(users_file: Path) -> None:
    users = Users(users_file)
    found = users.checked(*ANN)
    assert found is not None
    assert found.manager
    assert users.checked("ann", BEN[1]) is None
    assert users.checked("nobody", ANN[1]) is None
    content = users_file.read_text()
    assert ANN[1] not in content
    assert BEN[1] not in content


def test_the_file_is_for_its_owner_alone(users_file: Path) -> None:
    assert users_file.stat().st_mode & 0o077 == 0


def test_equal_passwords_are_kept_differently(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add("ann", ANN[1])
    users.add("ben", ANN[1])
    first, second = users.all()
    assert first.password != second.password


def test_what_another_process_adds_and_removes_is_seen(tmp_path: Path) -> None:
    ours, theirs = Users(tmp_path / "users.json"), Users(tmp_path / "users.json")
    theirs.add(*ANN)
    assert ours.named("ann") is not None
    theirs.add(*BEN)
    theirs.remove("ann")
    assert [user.name for user in ours.all()] == ["ben"]


@pytest.mark.parametrize("name", ["", "a b", "guest:1", "x" * 129, "a\n", "<b>"])
def test_names_that_could_be_mistaken_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsersError, match="no name for a user"):
        Users(tmp_path / "users.json").add(name, ANN[1])


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="12 to 1024 characters"):
        Users(tmp_path / "users.json").add("ann", "short")


@pytest.mark.parametrize(
    "content", ["", "{}", '[{"name": "ann"}]', '[{"name": "ann", "password": "plain"}]']
)
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    path = tmp_path / "users.json"
    path.write_text(content)
    with pytest.raises(UsersError, match=r"users\.json"):
        Users(path).named("ann")


def test_the_command_adds_lists_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESIDENCY_USERS_FILE", str(tmp_path / "deep" / "users.json"))
    run = CliRunner().invoke
    added = run(app, ["add", "ann", "--manager", "--password-stdin"], input=f"{ANN[1]}\n")
    assert added.output == "ann: added, a manager\n"
    run(app, ["add", "ben", "--password-stdin"], input=f"{BEN[1]}\n")
    assert run(app, ["list"]).output == "ann  manager\nben\n"
    assert run(app, ["remove", "ann"]).output == "ann: removed\n"
    assert run(app, ["list"]).output == "ben\n"


def test_without_a_file_set_the_command_says_what_to_set() -> None:
    error = CliRunner().invoke(app, ["list"]).exception
    assert isinstance(error, UsersError)
    assert "RESIDENCY_USERS_FILE" in str(error)


def test_to_approve_answers_is_a_right_of_its_own(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add(*ANN, manager=True)
    known = users.named("ann")
    assert known is not None
    assert (known.manager, known.approver) == (True, False)
    changed = users.give_rights("ann", approver=True)
    assert (changed.manager, changed.approver) == (True, True)
    assert users.checked(*ANN) == changed, "the password stays"
    assert users.give_rights("ann", manager=False) == replace(changed, manager=False)
    with pytest.raises(UsersError, match="no such user"):
        users.give_rights("ben", approver=True)


def test_a_file_of_before_there_were_approvers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    Users(path).add(*ANN, manager=True)
    plain = json.loads(path.read_text())
    del plain[0]["approver"]
    path.write_text(json.dumps(plain))
    known = Users(path).named("ann")
    assert known is not None
    assert (known.manager, known.approver) == (True, False)
