"""Documents that hold what Slack or Markdown would obey: it is shown as written."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import residency
from tests.flows.slack.conftest import Bot, local_slack, running
from tests.flows.slack.seen import LOGS, answer_in, asked, read
from tests.ui.slack.fake import FakeSlack

_LINK = "<https://evil.example|https://learn.microsoft.com>"
_SAID = (
    "Files of Quorvex customers are stored in *Bergen* <!channel> <@U0VICTIM> "
    f"{_LINK} [Oslo](https://evil.example) `code` ~no~ _it_ &lt;!here&gt; :tada: \u202egnihton."
)
_WRITTEN = _SAID.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
_QUESTION = "Where are files of Quorvex customers stored?"
_TITLE = f"Where Quorvex <!everyone> keeps *files* {_LINK}"
# Plain text is shown as it stands; what Markdown means is no text of a document.
_DOCUMENT = f"""{_TITLE}

Files <!channel> of _Quorvex_ customers | @here

{_SAID}
"""
_SOURCE = "https://docs.example/<!channel>|x?a=1&b=2"


def _command(home: Path, *words: str) -> None:
    done = residency(*words, home=home)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def bot(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot whose documents mean ill."""
    folder = tmp_path_factory.mktemp("ill")
    home = folder / "with"
    shutil.copytree(untouched_home, home)
    written = folder / "written"
    written.mkdir()
    (written / "quorvex.txt").write_text(_DOCUMENT, encoding="utf-8")
    _command(
        home, "corpus", "add", str(written / "quorvex.txt"), "--source", _SOURCE,
        "--title", _TITLE, "--date", "2024-05-02",
    )  # fmt: skip
    fake = local_slack()
    with running(home, folder, fake) as started:
        yield started
    fake.stop()


@pytest.fixture
def slack(bot: Bot) -> Iterator[FakeSlack]:
    bot.fake.forget()
    yield bot.fake
    assert bot.fake.faults == []
    assert bot.traces() == []


def _rendered(text: str) -> str:
    """Return Markdown with its escapes as a reader sees it."""
    for mark in "\\`*_~[]|@.:#+=)-":
        text = text.replace(f"\\{mark}", mark)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _quoted(blocks: object) -> str:
    return "".join(read(blocks))


def test_a_streamed_answer_shows_them_as_written(slack: FakeSlack, user: str) -> None:
    _, _, answer = asked(slack, user, _QUESTION)
    assert answer.streaming == "completed"
    assert "Bergen" in answer.text
    for said in ("<!channel> <@U0VICTIM>", _LINK, ":tada:"):
        assert said in _rendered(answer.text)
    assert _WRITTEN in _quoted(answer.blocks)
    assert f"Where Quorvex <!everyone> keeps *files* {_LINK}" in _quoted(answer.blocks)
    assert "Files <!channel> of _Quorvex_ customers | @here" in _quoted(answer.blocks)


def test_an_answer_in_a_channel_shows_them_as_written(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", _QUESTION)
    slack.deliver(*both)
    answer = answer_in(slack, "C0ROOM", both[0].body["event"]["ts"])
    assert _WRITTEN in _quoted(answer.blocks)
    slack.deliver(slack.press(user, "C0ROOM", answer.ts, "person"))
    answer_in(slack, "C0ROOM", both[0].body["event"]["ts"], 2)


def test_what_one_user_alone_sees_shows_them_as_written(slack: FakeSlack, user: str) -> None:
    slack.deliver(slack.command(user, "C0ROOM", _QUESTION))
    (shown,) = slack.wait(lambda: slack.ephemerals(user))
    assert _WRITTEN in _quoted(shown.blocks)


def test_a_passage_shows_them_as_written(slack: FakeSlack, user: str) -> None:
    channel, _, answer = asked(slack, user, _QUESTION)
    seen = len(slack.views())
    slack.deliver(slack.press(user, channel, answer.ts, "passage"))
    view = slack.wait(lambda: slack.views()[seen:])[-1]
    assert _WRITTEN in _quoted(view["blocks"])


def test_a_passage_of_a_document_that_was_removed_is_told_to_be_gone(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    channel, _, answer = asked(slack, user, _QUESTION)
    _command(bot.home, "corpus", "remove", "quorvex")
    # The next question is answered from the build without it.
    asked(slack, f"{user}2", LOGS)
    seen = len(slack.views())

    def told() -> bool:
        slack.deliver(slack.press(user, channel, answer.ts, "passage"))
        time.sleep(0.5)
        return "not in the index any more" in _quoted(
            [one["blocks"] for one in slack.views()[seen:]]
        )

    slack.wait(told, 30)
