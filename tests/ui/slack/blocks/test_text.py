"""Texts for Slack can do nothing but be read, and come in parts that lose nothing."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.streaming import pieces
from ui.slack.blocks.inert_text import (
    MarkdownStream,
    link,
    markdown,
    mrkdwn,
    shortened,
    visible,
    web_address,
)
from ui.slack.blocks.splitting import size, split

SHARP = [
    *"*_~`<>&[]()#|!-+=:@.\\\n\t 0123456789$ab",
    *("\u202e", "\x1b", "\u0301", "👩\u200d👩\u200d👧", "🇳🇴", "\ud800"),
    *("- ", "\n\n", "https://", "www.", ":joy:", "<!channel>", "<@U1>", "&amp;"),
    "<https://evil.example|https://good.example>",
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SHARP)).map("".join))


def unjoined(text: str) -> str:
    return html.unescape(text.replace("\u2060", ""))


@given(texts)
@example("<!channel> <@U123> <#C123> <https://evil.example|https://good.example>")
@example("> quoted\n*bold* _it_ ~s~ `code` :joy:")
def test_markup_shows_as_written_and_does_nothing(text: str) -> None:
    shown = mrkdwn(text)
    assert unjoined(shown) == visible(text).replace("\u2060", "")
    assert not re.search(r"[<>]", shown)
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)
    assert not re.search(r"(?<!\u2060)[*_~`]|[*_~`](?!\u2060)", shown)
    assert not re.search(r"(?m)^[ \t]*&gt;", shown)
    assert not re.search(r":[a-z0-9_+-]+:", shown)


@given(texts)
def test_nothing_that_steers_stays_in_a_text(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e]", shown)
    shown.encode("utf-8")


@given(texts)
@example("- # no heading\n- - no list\n-     no code\n1. no number\n===\n***\n| a | b |\n|---|---|")
@example("[good](https://evil.example) ![x](y) <b> `code` https://x.example a@b.example www.x.de")
def test_markdown_shows_as_written(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"breaks": True, "html": True}).parse(markdown(text))
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    allowed = {"paragraph", "bullet_list", "list_item", "inline", "text", "softbreak", "hardbreak"}
    assert {re.sub("_(open|close)$", "", kind) for kind in kinds} <= allowed | {"text_special"}
    told = "".join(
        child.content for token in tokens for child in token.children or () if child.content
    )
    written = re.sub(r"(?m)^- ", "", visible(text))
    assert re.sub(r"\s|\xa0", "", told) == re.sub(r"\s|\xa0", "", written)


def test_the_lists_and_lines_of_an_answer_stay() -> None:
    said = "It is kept in:\n- Norway [1]\n- the EU [2]\n\nGet-Mailbox | Select Name"
    assert markdown(said) == (
        "It is kept in:\n- Norway \\[1\\]\n- the EU \\[2\\]\n\nGet-Mailbox \\| Select Name"
    )


@given(texts)
def test_a_stream_shows_what_the_whole_text_would(text: str) -> None:
    stream = MarkdownStream()
    told = "".join(stream.take(piece.text) for piece in pieces(text)) + stream.rest()
    assert told == markdown(text)


@given(st.text(max_size=40))
def test_a_stream_may_come_character_by_character(text: str) -> None:
    stream = MarkdownStream()
    assert "".join(map(stream.take, text)) + stream.rest() == markdown(text)


@given(texts, st.integers(8, 60))
def test_parts_lose_nothing_and_fit(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(size(part) <= limit for part in parts)
    assert all(parts) or text == ""


@pytest.mark.parametrize("limit", [3_000, 12_000, 40_000])
@settings(max_examples=10, deadline=None)
@given(text=st.lists(st.sampled_from(SHARP), min_size=50, max_size=200).map("".join))
def test_parts_of_the_real_limits_lose_nothing(limit: int, text: str) -> None:
    parts = split(text * 100, limit)
    assert "".join(parts) == text * 100
    assert all(size(part) <= limit for part in parts)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One two three.\n\nFour five six seven.", "One two three.\n\n"),
        ("One two three. Four five six seven.", "One two three. "),
        ("One two three four five six seven", "One two three four "),
        ("a" * 30, "a" * 20),
        ("a" * 18 + "&amp;" + "b" * 9, "a" * 18),
        ("a" * 19 + "e\u0301" + "b" * 9, "a" * 19),
        ("a" * 19 + "👩‍👩‍👧" + "b" * 9, "a" * 19),
        ("a" * 19 + "\\*" + "b" * 9, "a" * 19),
    ],
)
def test_a_part_ends_where_a_reader_pauses_and_within_no_character(text: str, first: str) -> None:
    assert split(text, 20)[0] == first


def test_a_character_beyond_every_limit_is_parted_all_the_same() -> None:
    text = "a" + "\u0301" * 50
    assert "".join(split(text, 20)) == text
    assert all(size(part) <= 20 for part in split(text, 20))


@pytest.mark.parametrize(
    "url",
    [
        "", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "https://",
        "https://a.example/<x>", "https://a.example|https://b.example", "https://a@b.example/",
        "https://a.example/ b", "https://a.example/\n", "https://аpple.example", "//a.example",
        "https://[", "https://a.example/" + "x" * 3_000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_not_linked(url: str) -> None:
    assert web_address(url) is None
    assert link(url, "original page") == "original page"


def test_a_link_leads_where_its_label_says() -> None:
    url = "https://a.example/x?y=1&z=2"
    assert link(url, "original page") == "<https://a.example/x?y=1&amp;z=2|original page>"
    assert link(url, "https://good.example").endswith("(a.example)>")
    assert link(url, "good.example").endswith("(a.example)>")
    assert link(url, "").endswith("|(a.example)>")


@given(texts)
def test_a_label_cannot_leave_its_link(label: str) -> None:
    shown = link("https://a.example/", label)
    assert re.fullmatch(r"<https://a\.example/\|[^<>|\n]+>", shown)


@given(texts, st.integers(5, 75))
def test_a_shortened_text_is_one_line_that_fits(text: str, limit: int) -> None:
    line = shortened(text, limit)
    assert 0 < size(line) <= limit
    assert "\n" not in line
