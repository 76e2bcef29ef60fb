"""Answers, conversations and passages as HTML: nothing that anybody wrote becomes mark-up."""

from __future__ import annotations

import html
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Citation, StatedFact, Verdict
from ui.shared.terminal_text import answer_text, inert
from ui.web.ask_tab.answer_html import answer_html, partial_html, sources_html
from ui.web.ask_tab.conversation_html import Exchange, latest_html
from ui.web.html import attribute, escaped

HOSTILE = (
    '<script>x()</script> <img src=x onerror="y()"> ![a](http://e/x.png) [b](javascript:z) $$1$$ '
    "{{value}} ${1+1} </textarea> ' onfocus='z"
)
TODAY = date(2026, 11, 29)
TAGS = frozenset(
    "article div p span ul ol li a button details summary blockquote strong form label input "
    "textarea br h2 mark".split()
)


def _answer(
    text: str = "t",
    quote: str = "q",
    source: str = "https://example.com/a?b=c&d",
    verdict: Verdict = Verdict.ANSWERED,
    choices: tuple[str, ...] = (),
) -> Answer:
    citation = Citation(1, "d", text, text, quote, 0, len(quote), source, date(2020, 1, 2))
    fact = StatedFact("d", quote, 0, 1, "f", "stored", (text,), (quote,))
    said = f"{text} [1]\n\n{text}"
    return Answer(
        "id", text, said, verdict, (citation,), (fact,), (text,), choices, "structured", "b", 1.0
    )


def _tags(shown: str) -> set[str]:
    return set(re.findall(r"</?(\w+)", shown))


@given(st.text())
def test_escaped_text_has_no_punctuation_of_its_own_and_reads_the_same(text: str) -> None:
    shown = escaped(text)
    left = re.sub(r"&#\d+;|<br>", "", shown)
    assert re.search(r"[^\w\s]|_", left, re.ASCII) is None or not left.isascii()
    assert not set("<>&\"'`*[]()!$_~|#\\{}") & set(left)
    # html.unescape leaves out what is no character, which browsers keep.
    read = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), shown.replace("<br>", "\n"))
    assert read == inert(text)


@given(st.text())
def test_an_attribute_holds_the_text_and_ends_nowhere_within(text: str) -> None:
    shown = attribute(text)
    assert '"' not in shown
    assert "\n" not in shown
    assert html.unescape(shown) == inert(text)


def test_hostile_text_stays_text() -> None:
    answer = _answer(HOSTILE, HOSTILE, choices=(HOSTILE,), verdict=Verdict.CLARIFY)
    shown = [
        latest_html(Exchange(0, HOSTILE, answer), TODAY, (HOSTILE,)),
        latest_html(Exchange(0, HOSTILE, trouble=HOSTILE), TODAY),
        partial_html(HOSTILE),
    ]
    for one in shown:
        assert _tags(one) <= TAGS
        assert "javascript:" not in one
        assert not set("{}$`") & set(one)
        assert not re.search(r"<[^>]*\son\w+=", one)


def test_a_marker_opens_its_passage_and_an_unknown_number_stays_text() -> None:
    answer = _answer("Kept in Oslo")
    shown = answer_html(answer, TODAY)
    assert 'href="passage?document=d&amp;start=0&amp;end=1"' in shown
    assert "&#91;7&#93;" in answer_html(_answer("See [7]"), TODAY)


def test_caveats_and_conditions_stand_apart_from_what_is_said() -> None:
    shown = answer_html(_answer("Kept in Oslo", "Except on Sundays"), TODAY)
    said, apart = shown.split('<ul class="conditions"')
    assert said.count("<p>") == 1
    assert apart.count("Except:") == 1
    assert '<ul class="caveats"' in apart


def test_what_the_answer_says_is_not_said_again_as_its_condition() -> None:
    assert "Only under this condition" not in answer_html(_answer("Kept in Oslo"), TODAY)


def test_lists_become_lists() -> None:
    shown = partial_html("Regions:\n- Europe\n- Japan")
    assert shown.count("<li>") == 2
    assert "<p>Regions&#58;</p>" in shown


def test_only_https_sources_are_links() -> None:
    assert 'href="https://example.com/a?b=c&amp;d"' in sources_html(_answer().citations)
    for source in ("javascript:alert(1)", "http://plain.example", "", 'data:text/html,"'):
        assert "original page" not in sources_html(_answer(source=source).citations)
    assert "<script" not in sources_html(_answer(source='https://e.com/"><script>').citations)


def test_choices_are_buttons_and_leave_no_room_for_suggestions() -> None:
    asked_back = _answer(verdict=Verdict.CLARIFY, choices=("Exchange Online", "Intune"))
    shown = latest_html(Exchange(0, "q", asked_back), TODAY, ("Something else?",))
    assert shown.count('data-act="ask"') == 3
    assert 'data-question="All of them"' in shown
    assert "Something else" not in shown


def test_the_terminal_is_not_steered() -> None:
    shown = answer_text(_answer("a\x1b[31mb\x07\u202ec", "q\x1b]0;t\x07"))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
