"""What the page's script calls: answers as they come, conversations, judgements."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from lxml.html import fromstring

from assistant.history.database import FILE
from assistant.history.profile_store import Profiles
from assistant.types import Profile
from tests.ui.conftest import ANN, BEN
from ui.shared.logs import JsonLines
from ui.web.serving.answer_stream import Steps

QUESTION = "How long are Intune audit logs kept?"
FOLLOWING = "and personal data after deletion?"


@pytest.fixture
def ann(with_users: str) -> Iterator[httpx.Client]:
    """A client that sends the manager's password."""
    with httpx.Client(base_url=with_users, auth=ANN, timeout=60) as client:
        yield client


@pytest.fixture
def ben(with_users: str) -> Iterator[httpx.Client]:
    """A client that sends the other user's password."""
    with httpx.Client(base_url=with_users, auth=BEN, timeout=60) as client:
        yield client


def asked(client: httpx.Client, question: str, **rest: object) -> list[dict[str, Any]]:
    """Ask as the page does; return the states that it shows one after the other."""
    sent = client.post("answers", json={"question": question, **rest})
    assert sent.status_code == 200
    assert sent.headers["content-type"] == "application/x-ndjson"
    assert sent.headers["cache-control"] == "no-store"
    return [json.loads(line) for line in sent.text.splitlines()]


def exchanges(client: httpx.Client, thread: str) -> dict[str, Any]:
    """Return a conversation as it is stored."""
    found: dict[str, Any] = client.get("exchanges", params={"thread": thread}).json()
    return found


@pytest.mark.parametrize("path", ["answers", "conversations", "judgements"])
def test_nothing_of_a_conversation_is_done_without_a_login(with_users: str, path: str) -> None:
    assert httpx.post(f"{with_users}{path}", json={"question": QUESTION}).status_code == 401


def test_an_answer_that_is_there_at_once_has_no_state_of_a_part(ann: httpx.Client) -> None:
    waiting, whole = asked(ann, QUESTION)
    assert "Looking in the documents" in waiting["latest"]
    assert "data-copy" in whole["latest"]


@pytest.mark.parametrize("path", ["exchanges", "conversations"])
def test_nothing_of_a_conversation_is_read_without_a_login(with_users: str, path: str) -> None:
    assert httpx.get(f"{with_users}{path}").status_code == 401


@pytest.mark.parametrize("path", ["answers", "conversations", "judgements"])
def test_the_page_of_another_site_can_call_none_of_it(ann: httpx.Client, path: str) -> None:
    foreign = {"Origin": "https://evil.example"}
    sent = ann.post(path, json={"question": QUESTION}, headers=foreign)
    assert sent.status_code == 403


def test_an_answer_comes_in_steps_and_is_kept(ann: httpx.Client) -> None:
    first, *_, last = asked(ann, QUESTION)
    assert "Looking in the documents" in first["latest"]
    assert first["earlier"] == ""
    assert "up to one year" in last["latest"]
    assert last["thread"] == first["thread"]
    kept = exchanges(ann, last["thread"])
    assert kept == {**last, "earlier": ""}


def test_what_the_page_shows_is_not_sent_again(ann: httpx.Client) -> None:
    thread = secrets.token_hex(8)
    before = asked(ann, QUESTION, thread=thread)[-1]
    first, *_, last = asked(ann, FOLLOWING, thread=thread, after=before["answer"])
    assert first["earlier"] is None
    assert "30 days" in last["latest"]
    assert 'aria-label="Question 2"' in last["latest"]
    # A page that shows something else, such as another tab's, is sent all.
    first = asked(ann, QUESTION, thread=thread, after=before["answer"])[0]
    assert first["earlier"].count('class="exchange"') == 2


def test_a_question_takes_the_place_of_an_earlier_one(ann: httpx.Client) -> None:
    thread = secrets.token_hex(8)
    before = asked(ann, QUESTION, thread=thread)[-1]
    asked(ann, FOLLOWING, thread=thread, after=before["answer"])
    first = asked(ann, "How long does Intune keep personal data?", thread=thread, replacing=1)[0]
    assert first["earlier"] == ""
    kept = exchanges(ann, thread)
    assert kept["earlier"] == ""
    assert 'aria-label="Question 1"' in kept["latest"]


def test_what_was_to_be_replaced_is_there_where_the_question_is_refused(ann: httpx.Client) -> None:
    thread = secrets.token_hex(8)
    asked(ann, QUESTION, thread=thread)
    last = asked(ann, "  ", thread=thread, replacing=1)[-1]
    assert 'role="alert"' in last["latest"]
    assert last["answer"] == ""
    assert "up to one year" in last["earlier"]
    assert "up to one year" in exchanges(ann, thread)["latest"]


def test_the_conversation_of_another_user_is_a_new_one(
    ann: httpx.Client, ben: httpx.Client
) -> None:
    thread = secrets.token_hex(8)
    answer = asked(ann, QUESTION, thread=thread)[-1]["answer"]
    assert exchanges(ben, thread) == {"thread": "", "latest": "", "earlier": "", "answer": ""}
    first = asked(ben, QUESTION, thread=thread, after=answer)[0]
    assert first["earlier"] == ""
    ben.post("conversations", json={"act": "delete", "thread": thread})
    assert "up to one year" in exchanges(ann, thread)["latest"]


def test_conversations_are_listed_renamed_and_deleted(ann: httpx.Client) -> None:
    thread, title = secrets.token_hex(8), f"About <b>{secrets.token_hex(4)}"
    asked(ann, QUESTION, thread=thread)
    changed = ann.post("conversations", json={"act": "rename", "thread": thread, "title": title})
    assert changed.status_code == 204
    found = ann.get("conversations", params={"words": title, "thread": thread}).text
    assert found.count("<li>") == 1
    assert 'aria-current="true"' in found
    assert "About <b>" not in found
    ann.post("conversations", json={"act": "delete", "thread": thread})
    assert "<li>" not in ann.get("conversations", params={"words": title}).text


def test_a_judgement_is_kept_for_the_answers_owner_alone(
    ann: httpx.Client, ben: httpx.Client
) -> None:
    answer = asked(ann, QUESTION)[-1]["answer"]
    judged = {"answer": answer, "rating": "up"}
    assert "Thank you" in ann.post("judgements", json=judged).text
    assert 'role="alert"' in ben.post("judgements", json=judged).text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("answers", {}), ("answers", {"question": 7}), ("answers", []),
        ("answers", {"question": "q", "replacing": 0}),
        ("answers", {"question": "q", "thread": "x" * 501}),
        ("conversations", {"act": "drop", "thread": "t"}), ("judgements", {"rating": "up"}),
    ],
)  # fmt: skip
def test_what_the_page_does_not_send_is_refused_in_words(
    ann: httpx.Client, path: str, body: object
) -> None:
    sent = ann.post(path, json=body)
    assert sent.status_code == 422
    assert sent.json()["error"]["message"].endswith("Load the page again")


def test_no_line_of_the_log_has_the_question_of_a_stream(
    ann: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        asked(ann, "Where does zanzibarium keep xylophones?")
        ann.get("conversations", params={"words": "xylophones"})
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    lines = [JsonLines().format(record) for record in ours]
    assert "xylophones" not in "\n".join(lines)
    assert "web:ann" in [json.loads(line).get("user") for line in lines]


class _Ended(NamedTuple):
    """How a stream of steps ended."""

    sent: list[bytes]
    was_closed: bool


def _streamed(steps_before_leaving: int | None) -> _Ended:
    """Stream three steps to a reader who may leave after some."""
    closed = threading.Event()

    def steps() -> Generator[int, None, None]:
        try:
            yield from range(3)
        finally:
            closed.set()

    sent: list[bytes] = []

    async def stream() -> None:
        left = asyncio.Event()

        async def receive() -> dict[str, object]:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message.get("body", b""))
            if len(sent) - 1 == steps_before_leaving:
                left.set()
                await asyncio.sleep(10)

        await Steps(steps(), int)({"type": "http"}, receive, send)

    asyncio.run(stream())
    return _Ended([one for one in sent if one], closed.is_set())


def test_steps_are_lines() -> None:
    assert _streamed(None) == ([b"0\n", b"1\n", b"2\n"], True)


def test_the_work_of_a_reader_who_leaves_is_ended() -> None:
    assert _streamed(2) == ([b"0\n", b"1\n"], True)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_the_evidence_of_a_conversation_is_its_owner_s_alone(
    ann: httpx.Client, ben: httpx.Client, form: str, begins: bytes
) -> None:
    thread = asked(ann, QUESTION)[-1]["thread"]
    wanted = {"thread": thread, "format": form}
    got = ann.get("evidence", params=wanted)
    assert got.status_code == 200
    assert got.content.startswith(begins)
    named = f'filename="evidence-how-long-are-intune-audit-logs-kept.{form}"'
    assert named in got.headers["content-disposition"]
    assert ben.get("evidence", params=wanted).status_code == 404
    assert ann.get("evidence", params={**wanted, "format": "docx"}).status_code == 404
    assert ann.get("evidence", params={"job": "nobody", "format": form}).status_code == 404
    listed = ann.get("conversations").text
    assert "evidence?thread&#61;" in listed or "evidence?thread=" in listed


def test_the_evidence_says_what_holds_for_a_kept_profile(
    ann: httpx.Client, ben: httpx.Client, built_home: Path
) -> None:
    thread = asked(ann, QUESTION)[-1]["thread"]
    kept, owner = Profiles(built_home / FILE), f"web:{ANN[0]}"
    kept.keep_named(owner, "Norway <b>", Profile(country="Norway"))
    try:
        wanted = {"thread": thread, "format": "html", "check": "Norway <b>"}
        form = fromstring(ann.get("conversations").text).xpath("//form[@class='evidence']")[0]
        assert form.xpath(".//option/@value") == ["Norway <b>"]
        assert form.xpath(".//button/@value") == ["html", "pdf"]
        heads = fromstring(ann.get("evidence", params=wanted).text).xpath("//h2")
        assert any("Norway <b>" in head.text_content() for head in heads)
        refused = ann.get("evidence", params={**wanted, "check": "Chile"})
        assert (refused.status_code, refused.text) == (
            404, "Chile: no profile of that name is kept. Choose another one"
        )  # fmt: skip
        assert "Norway" not in ben.get("conversations").text
        assert ben.get("evidence", params=wanted).status_code == 404
    finally:
        kept.remove_named(owner, "Norway <b>")
