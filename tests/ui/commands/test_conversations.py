"""`residency conversations`: without an index, and each owner's alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.history.records import Circumstances
from assistant.history.store import Kept
from tests.assistant.history.kept_values import GIVEN, NOON, answer, turn
from tests.ui.slack.told import asked
from ui.command_line.running import command_line
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE, Engagement


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setenv("RESIDENCY_HOME", str(tmp_path))
    kept = Kept(tmp_path)
    kept.threads.add("", "mine", turn("Where is mail kept?"), answer("a", "Where?"), GIVEN)
    late = Circumstances(asked=NOON + timedelta(days=2))
    kept.threads.add("", "late", turn("And \x1b[31mZürich?"), answer("b", text="No."), late)
    kept.threads.add("web:anna", "hers", turn("Where are logs?"), answer("c"), GIVEN)
    return kept


def _run(*words: str, status: int = 0) -> str:
    done: Result = CliRunner().invoke(command_line(), ["conversations", *words])
    assert done.exit_code == status, done.output
    return done.stdout if not status else str(done.exception)


def test_the_list_has_one_s_own_latest_first(kept: Kept) -> None:
    lines = _run("list").splitlines()
    assert [line.split()[0] for line in lines] == ["late", "mine"]
    assert lines[1].split(maxsplit=4)[1:] == ["2026-05-06", "12:00", "1", "Where is mail kept?"]
    assert "\x1b" not in lines[0]
    assert json.loads(_run("list", "--owner", "web:anna", "--json"))["thread"] == "hers"


def test_search_finds_by_words(kept: Kept) -> None:
    assert [line.split()[0] for line in _run("search", "ZÜRICH").splitlines()] == ["late"]
    assert _run("search", "logs") == ""


def test_show_has_answers_citations_and_ids(kept: Kept) -> None:
    text = _run("show", "mine")
    for part in ("> Where is mail kept?", "Data rests in Ireland.", "answer a"):
        assert part in text


@pytest.mark.parametrize(("form", "start"), [("markdown", "# "), ("json", "{"), ("html", "<!D")])
def test_export_writes_each_form(kept: Kept, tmp_path: Path, form: str, start: str) -> None:
    target = tmp_path / "out"
    assert _run("export", "mine", "--format", form, "-o", str(target)).strip() == str(target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith(start)
    assert "Data rests in Ireland." in text


def test_rename_gives_a_title(kept: Kept) -> None:
    assert "Mail" in _run("rename", "mine", "Mail")
    assert kept.threads.conversations("")[1].title == "Mail"


def test_forget_deletes_one_all_of_an_owner_or_what_is_older(kept: Kept) -> None:
    assert _run("forget", "hers", "--owner", "web:anna") == "hers: deleted\n"
    assert kept.threads.conversations("web:anna") == ()
    assert _run("forget", "--before", "2026-05-07") == "1 answers deleted\n"
    assert [one.thread for one in kept.threads.conversations("")] == ["late"]
    assert _run("forget", "--owner", "") == "1 answers deleted\n"
    assert kept.threads.conversations("") == ()


def test_forget_reaches_what_the_slack_bot_still_has(kept: Kept, tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / FILE)
    for number, thread in enumerate(("1.1", "1.1", "2.1")):
        inbox.put(asked(number, thread=thread, text="Kirkenes?"))
    inbox.put(asked(9, user="U2"))
    place = asked(0).told.place  # type: ignore[union-attr]
    thread = place.conversation
    kept.threads.add("slack:T1:U1", thread, turn("Kirkenes?"), answer("d"), GIVEN)
    assert _run("forget", thread, "--owner", "slack:T1:U1") == f"{thread}: deleted\n"
    assert inbox.engaged(place) is Engagement.OTHER
    assert inbox.waiting() == 2
    _run("forget", "--owner", "slack:T1:U1")
    assert inbox.waiting() == 1
    assert all(b"Kirkenes" not in path.read_bytes() for path in tmp_path.iterdir())
    inbox.close()


def test_forget_makes_no_inbox_where_there_is_no_bot(kept: Kept, tmp_path: Path) -> None:
    _run("forget", "mine")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "hers"), "hers: no such conversation"),
        (("show", "\ud800"), "no such conversation"),
        (("rename", "hers", "Mine"), "hers: no such conversation"),
        (("rename", "mine", "\x00"), "no visible character"),
        (("forget", "hers"), "hers: no such conversation"),
        (("forget",), "give one of THREAD"),
        (("forget", "mine", "--before", "2026-01-01"), "give one of THREAD"),
        (("forget", "--owner", "x", "--before", "2026-01-01"), "give one of THREAD"),
        (("forget", "--before", "yesterday"), "yesterday: no date"),
        (("export", "mine", "-o", "/none/at/all"), "/none/at/all: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    kept: Kept, words: tuple[str, ...], said: str
) -> None:
    assert said in _run(*words, status=1)
    assert len(kept.threads.conversations("")) == 2
    assert len(kept.threads.conversations("web:anna")) == 1
