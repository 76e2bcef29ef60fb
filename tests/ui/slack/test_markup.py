"""Mark-up of Slack read as what its writer saw."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.slack.markup import names, plain, shown_text
from ui.slack.payload import Payload


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<@U0BOT> where?", "where?"),
        ("<@U0BOT|assistant>: where?", "where?"),
        ("hey <@U0BOT>, where?", "hey, where?"),
        ("<@U0BOT>", ""),
        ("ask <@U2|anna> or <@U3>", "ask @anna or @U3"),
        ("in <#C1|general> or <#C2|>", "in #general or #C2"),
        ("<!channel> <!here|here> <!subteam^S1|@team>", "@channel @here @team"),
        ("on <!date^1392734382^{date}|18 February 2014>", "on 18 February 2014"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<http://a.example|a.example>", "http://a.example"),
        ("<https://evil.example|https://good.example>",
         "https://good.example (https://evil.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&lt;!channel&gt;", "<!channel>"),
        (":flag-no: <3 and a < b > c", ":flag-no: <3 and a < b > c"),
        ("first\nsecond", "first\nsecond"),
    ],
)  # fmt: skip
def test_marks_read_as_what_is_seen(text: str, seen: str) -> None:
    assert plain(text, "U0BOT") == seen


def test_a_bot_is_named_by_its_whole_id() -> None:
    assert names("so <@U0BOT|x>?", "U0BOT")
    assert not names("so <@U0BOTTOM>?", "U0BOT")
    assert not names("so <@>?", "")


_PIECES = (
    "<",
    ">",
    "@",
    "#",
    "!",
    "|",
    "<@U0BOT>",
    "U0BOT",
    "U2",
    "https://a",
    ":",
    " ",
    "\n",
    "x",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_no_mention_of_the_bot_is_left_however_it_is_wrapped(text: str) -> None:
    assert "<@U0BOT>" not in plain(text, "U0BOT")


def test_marks_that_never_close_are_read_in_no_time() -> None:
    for text in ("<" * 40_000, "<@U0BOT" * 6_000, "<https://a|" * 4_000, " " * 40_000 + "x"):
        started = time.perf_counter()
        plain(text, "U0BOT")
        assert time.perf_counter() - started < 5


def test_a_message_without_text_is_read_from_its_blocks_in_order() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Mail of "},
                    {"type": "user", "user_id": "U2"},
                    {"type": "text", "text": " is in Oslo."},
                ],
            }
        ],
    }
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Logs too."}}
    body = Payload({"text": " ", "blocks": [rich, section], "attachments": [{"fallback": "End."}]})
    assert shown_text(body) == "Mail of <@U2> is in Oslo.\nLogs too.\nEnd."


def test_blocks_that_nest_without_end_are_given_up() -> None:
    block: dict[str, object] = {"text": "deep"}
    for _ in range(5_000):
        block = {"elements": [block]}
    assert shown_text(Payload({"blocks": [block]})) == ""
