"""What changed in watched pages reaches the channel once, whatever fails, and only what is loud."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.changes.types import Aspect, ChangeKind
from assistant.settings import Settings
from assistant.watching.types import (
    ChangeReport,
    EditionMark,
    KindCount,
    ReportedChange,
    ReportedDifference,
    ReportedSide,
    Standing,
    StandingKind,
)
from tests.ui.slack.fake import FakeSlack
from ui.slack.core import Core
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE
from ui.slack.inbox.watch_posts import hand_over
from ui.slack.outgoing.posting import Slack, web_client
from ui.slack.worker import Workers

CHANNEL = "C0HELP"
_SOON_S = 30.0
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
REPORT = ChangeReport(
    "https://vendor.example/where", "where", "Where <Acme> keeps & moves data",
    EditionMark(1, NOW, date(2026, 3, 1), "a" * 64), EditionMark(2, NOW, None, "b" * 64),
    (KindCount(ChangeKind.CHANGED, 1), KindCount(ChangeKind.WORDING, 2)),
    (
        ReportedChange(
            ChangeKind.CHANGED, "high", (ReportedDifference(Aspect.PLACE, "Germany", "Norway"),),
            (ReportedSide("Data is stored in Germany.", 0, 26, "Storage"),),
            (ReportedSide("Data is stored in Norway.", 0, 25, "Storage"),),
        ),
    ),
    (), (Standing(StandingKind.ANSWER, "a1", (0,)), Standing(StandingKind.ANSWER, "a2", (0,))),
    7, datetime.now(UTC),
)  # fmt: skip


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        slack.channel(CHANNEL)
        yield slack
        assert slack.faults == []


def _worked_off(fake: FakeSlack, home: Path) -> None:
    settings = Settings(slack_api_url=f"{fake.url}/api/", slack_bot_token=SecretStr(fake.bot_token))
    slack = Slack(web_client(settings), fake.bot_user())
    inbox = Inbox(home / FILE)
    with Workers(Core(cast(Assistant, None)), slack, inbox).running():
        end = time.monotonic() + _SOON_S
        while inbox.waiting():
            assert time.monotonic() < end
            time.sleep(0.02)
    inbox.close()


@pytest.mark.parametrize("trouble", ["", "dropped", "ratelimited"])
def test_a_report_is_posted_once(fake: FakeSlack, tmp_path: Path, trouble: str) -> None:
    if trouble:
        fake.trouble(trouble, "chat.postMessage", every=1, times=1)
    assert hand_over(Settings(home=tmp_path), CHANNEL, [REPORT]) == 1
    assert hand_over(Settings(home=tmp_path), CHANNEL, [REPORT]) == 0
    _worked_off(fake, tmp_path)
    assert hand_over(Settings(home=tmp_path), CHANNEL, [REPORT]) == 0
    _worked_off(fake, tmp_path)
    (posted,) = fake.messages(CHANNEL)
    said = str(posted)
    for part in ("Germany", "Norway", "1 changed, 2 wording alone", "2 answers", "&lt;Acme&gt;"):
        assert part in said


def test_what_says_the_same_is_not_posted(tmp_path: Path) -> None:
    quiet = replace(REPORT, changes=())
    assert hand_over(Settings(home=tmp_path), CHANNEL, [quiet]) == 0
    assert not (tmp_path / FILE).exists()
