"""Nothing that a user or a document wrote becomes mark-up in the page."""

from __future__ import annotations

import html
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Citation, Verdict
from ui.render import answer_text, inert
from ui.web.html import answer_message, escaped, user_message

HOSTILE = (
    '<script>x()</script> <img src=x onerror="y()"> ![a](http://e/x.png) [b](javascript:z) $$1$$'
)


def _answer(text: str, quote: str, source: str = "https://example.com/a?b=c&d") -> Answer:
    citation = Citation(1, "d", text, text, quote, 0, len(quote), source, date(2020, 1, 2))
    return Answer(
        "id", text, text, Verdict.ANSWERED, (citation,), (), (), (text,), "structured", "b", 1.0
    )


@given(st.text())
def test_escaped_text_has_no_punctuation_of_its_own_and_reads_the_same(text: str) -> None:
    shown = escaped(text)
    left = re.sub(r"&#\d+;|<br>", "", shown)
    assert re.search(r"[^\w\s]|_", left, re.ASCII) is None or not left.isascii()
    assert not set("<>&\"'`*[]()!$_~|#\\") & set(left)
    assert html.unescape(shown.replace("<br>", "\n")) == inert(text)


def test_hostile_text_stays_text() -> None:
    for message in (user_message(HOSTILE), answer_message(_answer(HOSTILE, HOSTILE))):
        tags = set(re.findall(r"<(/?\w+)", message))
        assert tags <= {"div", "/div", "span", "/span", "blockquote", "/blockquote", "br", "ul",
                        "/ul", "li", "/li", "a", "/a"}  # fmt: skip
        assert "javascript:" not in message
        assert "\n" not in message


def test_only_https_sources_are_links() -> None:
    assert 'href="https://example.com/a?b=c&amp;d"' in answer_message(_answer("t", "q"))
    for source in ("javascript:alert(1)", "http://plain.example", "", 'data:text/html,"'):
        assert "href" not in answer_message(_answer("t", "q", source))
    assert "<script" not in answer_message(_answer("t", "q", 'https://e.com/"><script>'))


def test_the_terminal_is_not_steered() -> None:
    shown = answer_text(_answer("a\x1b[31mb\x07\u202ec", "q\x1b]0;t\x07"))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
