"""Bots that share a database answer together as much a minute as one may."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.home.database_server import DatabaseServer
from ui.slack.core import Core, Limits, Postponed
from ui.slack.types import Place


def _place(user: str, channel: str) -> Place:
    return Place("T1", channel, "1.0", user)


@pytest.fixture(scope="module")
def assistant(built_home: Path) -> Assistant:
    return Assistant.open(Settings(home=built_home))


def test_what_one_bot_answered_counts_at_the_other(assistant: Assistant, database_url: str) -> None:
    server = DatabaseServer(database_url)
    here, there = (Core(assistant, Limits(user=3, channel=4), server=server) for _ in range(2))
    for bot in (here, there, here):
        bot.admit(_place("U1", "D1"), 0.0)
    for bot in (here, there):
        with pytest.raises(Postponed):
            bot.admit(_place("U1", "D1"), 0.0)
    there.admit(_place("U2", "D1"), 0.0)
    # The channel has had its four.
    with pytest.raises(Postponed):
        here.admit(_place("U3", "D1"), 0.0)
    here.admit(_place("U3", "D2"), 0.0)


def test_a_bot_alone_counts_for_itself(assistant: Assistant) -> None:
    here, there = (Core(assistant, Limits(user=1)) for _ in range(2))
    for bot in (here, there):
        bot.admit(_place("U1", "D1"), 0.0)
        with pytest.raises(Postponed):
            bot.admit(_place("U1", "D1"), 0.0)
