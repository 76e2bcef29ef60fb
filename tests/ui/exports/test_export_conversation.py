"""Exports of a conversation: complete, and whatever was written shows as written."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.history.conversations import Conversation, Message
from assistant.types import Answer, Citation, Verdict
from tests.assistant.history.kept_values import NOON, answer
from ui.exports.as_markdown import escaped
from ui.exports.export_conversation import Form, exported

NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "# no heading\n- no item\n+ none\n1. none\n2) none\n> none\n\n---\n===\n```\ncode\n```\n~~~",
    "**bold** _it_ `code` ~~gone~~ [link](https://evil.example) ![img](https://evil.example/x)",
    "https://evil.example www.evil.example a@evil.example mailto:a@b.example",
    "[1]: https://evil.example\n[^1]: note [1] $x$ ==y== &lt; &#60; <https://evil.example>",
    "| a | b |\n|---|---|\n| c | d |\n\n    indented\n\ttabbed\\",
    "</title></style></blockquote></section><!-- --> ]]> \"'> <a href='javascript:x'>",
    "steer \x1b[31m \u202e back \x00",
)
_INVISIBLE = re.compile(r"[\s\u00a0]+")


def _conversation(title: str = "Where is it?") -> Conversation:
    return Conversation("t", title, NOON, None, 1)


def _nasty_answer(text: str) -> Answer:
    citation = Citation(7, text, text, text, text, 0, len(text), text, date(2025, 6, 25), 3)
    return answer("a", text, text=text, citations=(citation,), choices=(text,))


class _Page(HTMLParser):
    """The elements, attributes and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def _folded(text: str) -> str:
    return _INVISIBLE.sub(" ", text).strip()


def _shown(text: str) -> str:
    return _folded(re.sub("[\x00\x1b\u202e]", "�", text))


def _markdown(content: bytes) -> _Page:
    reader = MarkdownIt("gfm-like", {"html": True})
    return _Page(reader.render(content.decode()))


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_what_was_written_as_written(text: str) -> None:
    messages = (Message(1, text, _nasty_answer(text), NOON),)
    page = _markdown(exported(_conversation(text), messages, Form.MARKDOWN).content)
    assert set(page.tags) <= {"h1", "h2", "p", "br", "em", "strong", "ul", "li", "blockquote"}
    assert page.links == []
    # Title, question, answer, choice, source with title, section and address, and its quote.
    assert _folded(page.text).count(_shown(text)) >= 7


@given(st.text())
def test_any_text_is_no_markup_in_markdown(text: str) -> None:
    page = _markdown(escaped(text).encode("utf-8", "replace"))
    assert set(page.tags) <= {"p", "br"}


@pytest.mark.parametrize("text", NASTY)
def test_the_page_shows_what_was_written_as_written(text: str) -> None:
    plain = (Message(1, "Where?", answer("a"), NOON),)
    messages = (Message(1, text, _nasty_answer(text), NOON),)
    usual = _Page(exported(_conversation(), plain, Form.HTML).content.decode())
    page = _Page(exported(_conversation(text), messages, Form.HTML).content.decode())
    assert set(page.tags) <= {*usual.tags, "ul", "li"}
    assert page.links == []
    assert _folded(page.text).count(_shown(text)) >= 8


def test_the_page_has_no_script_loads_nothing_and_knows_print() -> None:
    messages = (Message(1, "Where?", answer("a"), NOON),)
    page = exported(_conversation(), messages, Form.HTML).content.decode()
    read = _Page(page)
    assert "script" not in read.tags
    assert read.links == ["https://example.com/intune"]
    assert "default-src 'none'" in page
    assert "@media print" in page
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.HTML])
def test_an_export_has_question_answer_and_citation_whole(form: Form) -> None:
    file = exported(_conversation(), (Message(1, "Where?", answer("a-1"), NOON),), form)
    page = _markdown(file.content) if form is Form.MARKDOWN else _Page(file.content.decode())
    for part in (
        "Where is it?", "1. Where?", "2026-05-06 12:00 UTC", "last changed time unknown",
        "It rests in Ireland. [1]", "[1]", "Data rests in Ireland.",
        "Data in Intune > Storage, page 3, 2025-06-25", "https://example.com/intune",
        "Answer a-1, index build",
    ):  # fmt: skip
        assert part in _folded(page.text)
    assert page.links == ["https://example.com/intune"]


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "http://x.example", "https://x.example/ y", "https://x/<y>",
               "https://x.example\n/y", "data:text/html,x"],
)  # fmt: skip
@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.HTML])
def test_only_safe_addresses_are_links(form: Form, source: str) -> None:
    cited = Citation(1, "d", "T", "S", "Q", 0, 1, source, None)
    messages = (Message(1, "Where?", answer("a", citations=(cited,)), NOON),)
    file = exported(_conversation(), messages, form)
    page = _markdown(file.content) if form is Form.MARKDOWN else _Page(file.content.decode())
    assert page.links == []


@pytest.mark.parametrize("text", [*NASTY, "half \ud800 of one"])
def test_json_gives_every_field_back(text: str) -> None:
    given_ = _nasty_answer(text)
    messages = (Message(1, text, given_, NOON), Message(2, "Old?", None, None))
    file = exported(_conversation(text), messages, Form.JSON)
    plain = json.loads(file.content)
    assert (plain["thread"], plain["title"], plain["changed"]) == ("t", text, None)
    first, second = plain["messages"]
    assert Answer.from_json(first["answer"]) == given_
    assert (first["asked"], second["asked"], second["answer"]) == (NOON.isoformat(), None, None)


@pytest.mark.parametrize("form", list(Form))
def test_halves_of_characters_are_written_as_their_code(form: Form) -> None:
    messages = (Message(1, "half \ud800", answer("a", text="half \ud800"), NOON),)
    content = exported(_conversation("half \ud800"), messages, form).content
    assert "ud800" in content.decode("utf-8")


@pytest.mark.parametrize("form", [Form.MARKDOWN, Form.HTML])
def test_an_abstention_and_a_question_back_are_called_so(form: Form) -> None:
    messages = (
        Message(1, "Q", answer("a", verdict=Verdict.ABSTAINED, citations=()), NOON),
        Message(2, "Q", answer("b", verdict=Verdict.CLARIFY, choices=("One", "Two")), None),
        Message(3, "Q", None, None),
    )
    content = exported(_conversation(), messages, form).content.decode()
    for part in ("Not stated", "Asked back", "One", "cannot be read", "time unknown"):
        assert part in content
