"""`residency corpus refresh`, from a page that is added to the receipt of an answer on it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from lxml.html import fromstring
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.history.database import FILE as CONVERSATIONS
from assistant.history.profile_store import Profiles
from assistant.settings import Settings
from assistant.types import Profile
from assistant.watching.reporting import kept_reports
from assistant.watching.standing_on import check_ref
from index.home.paths import Home
from tests.fakes.watched_host import Faults, WatchedHost, hosting
from ui.command_line.running import command_line
from ui.questionnaires.jobs import Jobs
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE
from ui.web.site import Site
from ui.web.watch_notice import changes_notice

OWNER = "web:carol"
QUESTION = "How long are backups of fernhill retained?"


@dataclass(frozen=True)
class World:
    """A home with one watched page, and the host of that."""

    home: Path
    host: WatchedHost
    answer: str
    """Id of the answer that was given before the page changed."""

    def run(self, *words: str) -> Result:
        """Run a command on the home."""
        env = {"RESIDENCY_HOME": str(self.home), "RESIDENCY_SLACK_WATCH_CHANNEL": "C0WATCH"}
        return CliRunner().invoke(command_line(), [*words], env=env)

    @property
    def address(self) -> str:
        return self.host.url("fernhill")

    @property
    def document(self) -> str:
        return kept_reports(Home(self.home))[-1].document

    def lines(self, *words: str) -> list[dict[str, object]]:
        """Return what a command prints as JSON lines."""
        return [json.loads(line) for line in self.run(*words).stdout.splitlines()]


@pytest.fixture(scope="module")
def world(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A page was added, asked about, changed and refreshed."""
    home = Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("watched") / "home"))
    host = WatchedHost(time.monotonic)
    host.add("fernhill")
    with hosting(host):
        made = World(home, host, "")
        added = made.run("corpus", "add", made.address, "--service", "Fernhill")
        assert added.exit_code == 0, added.output
        (asked,) = made.lines("ask", QUESTION, "--json")
        assert "11 days" in str(asked["text"])
        _answered_in_a_questionnaire(home)
        profiles = Profiles(home / CONVERSATIONS)
        profiles.keep_named("web:ann", "north", Profile(country="Norway"))
        profiles.keep_named("web:ann", "other", Profile(services=("Microsoft Intune",)))
        host.change("fernhill")
        refreshed = made.run("corpus", "refresh", "--format", "jsonl")
        assert refreshed.exit_code == 0, refreshed.output
        (home / "told.jsonl").write_text(refreshed.stdout, encoding="utf-8")
        yield World(home, host, str(asked["id"]))


def _answered_in_a_questionnaire(home: Path) -> None:
    questions = home.parent / "questions.csv"
    questions.write_text(f"question\n{QUESTION}\n", encoding="utf-8")
    assistant = Assistant.open(Settings(home=home))
    jobs = Jobs(home, assistant)
    job = jobs.add(OWNER, questions, questions.name).id
    jobs.start(OWNER, job)
    jobs.wait(job, 60)
    assert jobs.job(OWNER, job).counts.answered == 1
    assistant.close()


def test_a_change_is_told_with_what_stands_on_it(world: World) -> None:
    page, report = map(json.loads, (world.home / "told.jsonl").read_text().splitlines())
    assert (page["event"], page["fate"]) == ("page", "changed")
    assert report["event"] == "changes"
    (change,) = [one for one in report["changes"] if "retained" in one["new"][0]["text"]]
    assert change["differences"] == [{"aspect": "duration", "old": "11 days", "new": "12 days"}]
    standing = [(one["kind"], one["ref"]) for one in report["standing"]]
    assert ("answer", world.answer) in standing
    (row,) = [ref for kind, ref in standing if kind == "row of a questionnaire"]
    assert row.endswith(":0")
    # The profile that names other services has nothing to do with it.
    assert [one for one in standing if one[0] == "check"] == [
        ("check", check_ref("web:ann", "north"))
    ]


def test_nothing_is_told_twice(world: World) -> None:
    assert [one["fate"] for one in world.lines("corpus", "refresh", "--format", "jsonl")] == [
        "unchanged"
    ]
    assert "1 page: 1 unchanged" in world.run("corpus", "refresh").stdout


def test_the_answers_are_of_the_new_edition(world: World) -> None:
    (asked,) = world.lines("ask", QUESTION, "--json")
    assert "12 days" in str(asked["text"])


def test_editions_are_listed_and_compared_by_number(world: World) -> None:
    listed = world.run("corpus", "editions", world.document).stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    name = world.document
    compared = world.run("changes", f"{name}@1", f"{name}@2")
    assert "11 days" in compared.stdout
    assert "12 days" in compared.stdout
    assert world.run("changes", name).stdout == compared.stdout
    missing = world.run("changes", f"{name}@1", f"{name}@9")
    assert missing.exit_code != 0
    assert "Known are 1 to 2" in str(missing.exception)


def test_a_receipt_tells_the_edition_and_what_changed_in_what_it_quotes(world: World) -> None:
    shown = world.run("receipt", world.answer)
    assert "edition 1, 1 newer one" in shown.stdout
    assert "says something else (duration: 11 days → 12 days)" in shown.stdout
    (row,) = world.lines("receipt", world.answer, "--json")
    (edition,) = row["editions"]  # type: ignore[misc]
    assert edition["fetched"]


def test_the_channel_is_handed_one_message(world: World) -> None:
    inbox = Inbox(world.home / FILE)
    job = inbox.take()
    assert job is not None
    assert job.arrival.key.startswith("watch:1:")
    assert inbox.take() is None
    inbox.close()


def test_the_page_has_a_notice_and_tells_nobody_of_anothers_answers(world: World) -> None:
    assistant = Assistant.open(Settings(home=world.home))
    anns, bens, own = (
        changes_notice(Site(assistant), owner) for owner in ("web:ann", "web:ben", OWNER)
    )
    assistant.close()
    assert "1 page changed since" in bens
    assert "12 days" in bens
    assert "stand" not in bens
    assert "On what changed stand 1 check of a profile" in fromstring(anns).text_content()
    assert "1 row of a questionnaire" in fromstring(own).text_content()
    assert "check" not in fromstring(own).text_content()


def test_a_page_that_fails_is_named_and_the_status_says_so(world: World) -> None:
    world.host.faults = Faults(posing=1)
    held = world.run("corpus", "refresh")
    assert held.exit_code == 1
    assert f"{world.address}: held: " in held.stdout
    world.host.faults = Faults(failing=1)
    failed = world.run("corpus", "refresh")
    assert failed.exit_code == 1
    assert f"{world.address}: failed: answers with status" in failed.stdout
    assert "; tried again in 60 s" in failed.stdout
    world.host.faults = Faults()
    assert world.run("corpus", "refresh", world.address).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--every", "3"], "--every 3: no time of a minute or more"),
        (["--take"], "--take: no address"),
        (["https://elsewhere.example/"], "no page was added by this address"),
    ],
)
def test_bad_words_are_named(world: World, words: list[str], said: str) -> None:
    done = world.run("corpus", "refresh", *words)
    assert done.exit_code != 0
    assert said in str(done.exception)
