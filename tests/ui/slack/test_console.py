"""The bot in a terminal: the conversation of the documentation, and every button by its number."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.history.feedback import Rating
from assistant.settings import Settings
from tests.paths import ROOT
from ui.slack.console import play

PAGE = ROOT / "docs" / "slack.md"
_BLOCK = re.compile(r"(?<=<!-- transcript -->\n```text\n).*?(?=\n```)", re.DOTALL)
_WIDTH = 98
FOLDERS = "Are public folders supported in a Multi-Geo organization?"
TURNS = (
    "Where is my data?",
    "3",
    "How long are audit logs kept?",
    "Where does Slack keep its emoji?",
    FOLDERS,
)


@pytest.fixture
def asked(built_home: Path) -> Iterator[Assistant]:
    """An assistant on a day that stays."""
    opened = Assistant.open(Settings(home=built_home), today=lambda: date(2026, 11, 22))
    yield opened
    opened.close()


def _played(assistant: Assistant, *typed: str) -> str:
    """Return what a terminal shows while lines are typed."""
    waiting = list(typed)
    shown: list[str] = []

    def read() -> str:
        if not waiting:
            raise EOFError
        shown.append(f"> {waiting[0]}")
        return waiting.pop(0)

    play(assistant, read, shown.append)
    return "\n".join(shown)


def _wrapped(shown: str) -> str:
    """Return lines as a terminal of a usual width breaks them."""
    return "\n".join(
        part.rstrip()
        for line in shown.splitlines()
        for part in textwrap.wrap(
            line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
        )
        or [""]
    )


def test_the_conversation_of_the_documentation_is_what_the_bot_says(asked: Assistant) -> None:
    shown = _wrapped(_played(asked, *TURNS))
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("WRITE_TRANSCRIPT"):
        PAGE.write_text(_BLOCK.sub(lambda _: shown, page), encoding="utf-8")
        return
    told = _BLOCK.search(page)
    assert told is not None
    assert told.group() == shown, "WRITE_TRANSCRIPT=1 writes it anew"


def test_every_button_is_pressed_by_its_number(asked: Assistant) -> None:
    owner = "slack:console:you"
    asked.kept.threads.forget(owner)
    answer = _played(asked, FOLDERS)
    found = re.findall(r"\((\d+)\) ([^()]+?)(?=  |$)", answer, re.MULTILINE)
    numbers = {label: number for number, label in found}
    passage = _played(asked, FOLDERS, numbers["Show passage"])
    assert "== Passage ==" in passage
    handed = _played(asked, FOLDERS, numbers["Ask a person"])
    assert "-- in the channel where persons help:" in handed
    assert "A person will look at it" in handed
    _played(asked, FOLDERS, numbers["Did not help"])
    assert [one.rating for one, _ in asked.feedback() if one.owner == owner] == [Rating.DOWN]
    asked.kept.threads.forget(owner)


def test_threads_are_kept_apart(asked: Assistant) -> None:
    shown = _played(asked, FOLDERS, "/new", "How long are Intune audit logs kept?", "/threads",
                    "/thread 1", "And can they be moved to satellite locations?")  # fmt: skip
    assert "-- thread 2" in shown
    assert f"  1: {FOLDERS}\n  2: How long" in shown
    assert "satellite" in shown.rpartition("-- thread 1")[2]


def test_the_command_plays_until_its_input_ends(untouched_home: Path, tmp_path: Path) -> None:
    # A home of its own: this process holds conversations of the other one open.
    shutil.copytree(untouched_home, tmp_path / "home")
    done = subprocess.run(
        [sys.executable, "-m", "ui.command_line.main", "slack", "--console"],
        cwd=ROOT,
        input="How long are Intune audit logs kept?\n\x1b[2Jthanks\n\n99\n/what\n",
        env={**os.environ, "RESIDENCY_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "up to one year" in done.stdout
    assert "\x1b" not in done.stdout
