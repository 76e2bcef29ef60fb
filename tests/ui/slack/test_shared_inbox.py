"""Bots that share a server: who lost a job says nothing more, and a store that is away is waited
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.errors import AssistantError, LibraryError, ThreadError
from assistant.history.feedback import Rating
from assistant.settings import Settings
from index.errors import StoreUnusable
from index.home.database_server import DatabaseServer
from index.home.database_server import Place as StorePlace
from tests.ui.slack.fake import FakeSlack
from tests.ui.slack.told import asked
from ui.slack.buttons.button import Desk
from ui.slack.buttons.feedback import Rated
from ui.slack.buttons.feedback import handle as handle_feedback
from ui.slack.core import Core, Postponed, Progress
from ui.slack.inbox.event_store import LEASE_S, Inbox
from ui.slack.inbox.types import FILE, Job
from ui.slack.outgoing.outlet import Delivery, SlackOutlet
from ui.slack.outgoing.posting import Slack, TryAgain, web_client
from ui.slack.serve_bot import _tell_of_file
from ui.slack.types import Arrival, Message, Outlet, Place, Question, Surface
from ui.slack.worker import Workers

CHANNEL = "C0ROOM"
_SOON_S = 60.0


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        slack.channel(CHANNEL)
        yield slack
        assert slack.faults == []


@pytest.fixture
def opening(database_url: str) -> Iterator[Callable[[], Inbox]]:
    """Open the inbox of another bot, all with one clock that goes on when a test says so."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            closing(Inbox(DatabaseServer(database_url), lambda: NOW[0]))
        )


NOW = [1_000_000.0]


def _slack(fake: FakeSlack) -> Slack:
    settings = Settings(slack_api_url=f"{fake.url}/api/", slack_bot_token=SecretStr(fake.bot_token))
    return Slack(web_client(settings), fake.bot_user())


def _question(fake: FakeSlack, surface: Surface = Surface.MENTION) -> Arrival:
    """Return a question that stands in the channel."""
    posted = fake.post(CHANNEL, "U0ANN", "Where is mail kept?").body["event"]
    place = Place(fake.team, CHANNEL, posted["ts"], "U0ANN")
    key = f"message:{fake.team}:{CHANNEL}:{posted['ts']}"
    return Arrival(key, place.lane, Question(place, "Where is mail kept?", surface))


def _outlet(fake: FakeSlack, inbox: Inbox, job: Job) -> SlackOutlet:
    told = job.arrival.told
    assert isinstance(told, Question)
    return SlackOutlet(_slack(fake), inbox, Delivery(job, job.tries > 1), told.place)


def _taken(inbox: Inbox) -> Job:
    job = inbox.take()
    assert job is not None
    return job


def test_who_lost_a_question_posts_nothing_and_who_has_it_posts_it_once(
    fake: FakeSlack, opening: Callable[[], Inbox]
) -> None:
    gone, other = opening(), opening()
    gone.put(_question(fake))
    lost = _taken(gone)
    late = _outlet(fake, gone, lost)
    NOW[0] += LEASE_S + 1
    job = _taken(other)
    late.say((Message("Late."),))
    assert fake.answers(CHANNEL) == []
    _outlet(fake, other, job).say((Message("Here."),))
    late.say((Message("Later."),))
    assert [one.text for one in fake.answers(CHANNEL)] == ["Here."]


def test_who_lost_a_question_begins_no_stream(
    fake: FakeSlack, opening: Callable[[], Inbox]
) -> None:
    gone, other = opening(), opening()
    gone.put(_question(fake, Surface.DIRECT))
    late = _outlet(fake, gone, _taken(gone))
    hear = late.begin()
    assert hear is not None
    NOW[0] += LEASE_S + 1
    _taken(other)
    hear("Late.")
    assert not late.finish()
    assert fake.calls("chat.startStream") == []


class _Failing(Core):
    """A bot whose stores are away for some tries."""

    def __init__(self, times: int) -> None:
        super().__init__(cast("Assistant", None))
        self.tries, self.times = 0, times

    def answer(self, question: Question, progress: Progress, outlet: Outlet) -> None:
        self.tries += 1
        if self.tries <= self.times:
            raise _away(ThreadError)
        outlet.say((Message("Here."),))


def _away(kind: type[AssistantError]) -> AssistantError:
    error = kind("somewhere: it cannot be used")
    error.__cause__ = StoreUnusable("somewhere", "it is away", "Wait")
    return error


def _worked_off(core: Core, fake: FakeSlack, inbox: Inbox) -> None:
    with Workers(core, _slack(fake), inbox, many=2).running():
        ends = time.monotonic() + _SOON_S
        while inbox.waiting():
            assert time.monotonic() < ends
            time.sleep(0.02)


def test_a_store_that_is_away_is_waited_for_on_a_server(
    fake: FakeSlack, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.slack.worker._AWAY_S", 0.05)
    with closing(Inbox(DatabaseServer(database_url))) as inbox:
        inbox.put(_question(fake))
        _worked_off(_Failing(3), fake, inbox)
        assert [one.text for one in fake.answers(CHANNEL)] == ["Here."]
        inbox.put(_question(fake))
        _worked_off(core := _Failing(1_000), fake, inbox)
    assert core.tries == 12
    assert "Something failed here" in fake.answers(CHANNEL)[-1].text


def test_in_a_file_what_failed_is_said_at_once(fake: FakeSlack, tmp_path: Path) -> None:
    with closing(Inbox(tmp_path / FILE)) as inbox:
        inbox.put(_question(fake))
        _worked_off(core := _Failing(1), fake, inbox)
    assert core.tries == 1
    assert "Something failed here" in fake.answers(CHANNEL)[-1].text


class _Away:
    """An assistant whose store of feedback is away."""

    def give_feedback(self, *args: object, **kwargs: object) -> None:
        raise _away(LibraryError)


def test_feedback_waits_for_its_store_where_it_can() -> None:
    rated = Rated(Place("T1", "C1", "1.1", "U1"), "a1", Rating.UP)
    with pytest.raises(LibraryError):
        handle_feedback(rated, Desk(cast("Assistant", _Away()), cast("Outlet", None), True))
    handle_feedback(rated, Desk(cast("Assistant", _Away()), cast("Outlet", None)))


def test_what_one_bot_knows_of_its_own_tries_holds_for_the_next_one_alone(
    place: StorePlace, fake: FakeSlack
) -> None:
    """Of a try of another bot it is not known whether it said something: Slack is asked."""
    with closing(Inbox(place)) as inbox:
        workers = Workers(cast("Core", None), _slack(fake), inbox)

        def unsure(tries: int) -> bool:
            job = Job(asked(1), tries, None, ())
            return workers._out(job).delivery.unsure

        def postponed(tries: int) -> None:
            _fail(workers, Job(asked(1), tries, None, ()), Postponed(1.0))

        assert not unsure(1)
        postponed(1)
        assert not unsure(2)
        assert unsure(3)
        postponed(2)
        assert not unsure(3)
        postponed(4)
        assert unsure(5)
        assert not unsure(3)
        _fail(workers, Job(asked(1), 3, None, ()), TryAgain("lost", 1.0, certain=False))
        assert unsure(4)


def _fail(workers: Workers, job: Job, error: Exception) -> None:
    """Let a try end with an error."""

    def fail(*args: Any) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workers, "_do", fail)
        patched.setattr(workers._inbox, "wanted", lambda job: True)
        workers._one(job)


def test_a_bot_of_a_server_names_what_waits_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _tell_of_file(tmp_path / FILE)
    assert (capsys.readouterr().err, list(tmp_path.iterdir())) == ("", [])
    with closing(Inbox(tmp_path / FILE)) as before:
        before.put(asked(1))
        before.put(asked(2))
    _tell_of_file(tmp_path / FILE)
    said = capsys.readouterr().err
    assert "slack.sqlite: 2 things" in said
    assert "without RESIDENCY_DATABASE_URL" in said
