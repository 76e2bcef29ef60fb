"""The page asked by programs: plain JSON, Gradio's own client, and the examples of the manual."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from assistant.app import Assistant
from assistant.settings import Settings
from tests.paths import ROOT
from tests.ui.conftest import ANN, BEN, serving
from ui.shared.fact_files import COLUMNS

QUESTION = "How long are Intune audit logs kept?"
MANUAL = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture
def ann(with_users: str) -> Iterator[httpx.Client]:
    """A client that is logged in."""
    with httpx.Client(base_url=with_users, auth=ANN, timeout=60) as client:
        yield client


@pytest.fixture
def ben(with_users: str) -> Iterator[httpx.Client]:
    """Another client that is logged in."""
    with httpx.Client(base_url=with_users, auth=BEN, timeout=60) as client:
        yield client


def test_an_answer_comes_as_json_with_exact_citations(
    ann: httpx.Client, assistant: Assistant
) -> None:
    answer = ann.post("api/ask", json={"question": QUESTION}).json()
    assert answer["verdict"] == "answered"
    cited = answer["citations"][0]
    text = assistant.document(cited["document"]).text
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_a_thread_goes_on_for_its_user_and_no_other(ann: httpx.Client, with_users: str) -> None:
    def asked(client: httpx.Client, question: str) -> str:
        sent = client.post("api/ask", json={"question": question, "thread": "shared"})
        return " ".join(cited["quote"] for cited in sent.json()["citations"])

    asked(ann, QUESTION)
    assert "30 days" in asked(ann, "and personal data after deletion?")
    with httpx.Client(base_url=with_users, auth=BEN, timeout=60) as ben:
        assert "Intune" not in asked(ben, "and in which document was that?")


def test_a_profile_holds_for_the_question(ann: httpx.Client) -> None:
    profile = {"country": "Norway", "add_ons": ["Multi-Geo"]}
    sent = ann.post(
        "api/ask", json={"question": "Where is mailbox content kept?", "profile": profile}
    )
    assert sent.status_code == 200


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "question"),
        ({"question": "  "}, ""),
        ({"question": QUESTION, "owner": "web:ben"}, "owner"),
        ({"question": QUESTION, "thread": "x" * 1000}, "thread"),
        ({"question": QUESTION, "profile": {"country": ["a"]}}, "profile.country"),
        ({"question": "x" * 100_000}, ""),
        ([], ""),
    ],
)
def test_what_cannot_be_used_is_told(ann: httpx.Client, body: object, told: str) -> None:
    sent = ann.post("api/ask", json=body)
    assert sent.status_code == 422
    error = sent.json()["error"]
    assert error["code"] == "invalid"
    assert told in error["message"]


def test_facts_are_filtered_and_counted(ann: httpx.Client) -> None:
    found = ann.get("api/facts", params={"document": "intune", "limit": 3}).json()
    assert len(found["facts"]) == 3 < found["total"]
    assert {fact["document"] for fact in found["facts"]} == {"intune"}
    assert all(tuple(fact) == COLUMNS for fact in found["facts"])
    europe = {"place": "Europe", "limit": 1000}
    every = ann.get("api/facts", params=europe).json()["facts"]
    asked = {"kind": "stored", "status": "current", "words": "data", "relation": "within"}
    found = ann.get("api/facts", params=europe | asked).json()["facts"]
    assert 0 < len(found) < len(every)
    assert {(fact["kind"], fact["status"]) for fact in found} == {("stored", "current")}
    late = ann.get("api/facts", params={"since": "2022-07-21"}).json()["facts"]
    assert late
    assert all(fact["as_of"] >= "2022-07-21" for fact in late)


@pytest.mark.parametrize(
    "name", ["service", "place", "role", "kind", "data", "condition", "document", "words"]
)
def test_a_filter_has_a_bounded_length(ann: httpx.Client, name: str) -> None:
    sent = ann.get("api/facts", params={name: "x" * 300})
    assert sent.status_code == 422
    assert f"{name}: String should have at most 200 characters" in sent.json()["error"]["message"]


def test_the_name_of_an_answer_has_a_bounded_length(ann: httpx.Client) -> None:
    assert ann.get(f"api/receipt/{'x' * 300}").status_code == 422


@pytest.mark.parametrize("name", ["words", "thread"])
def test_what_is_looked_for_has_a_bounded_length(ann: httpx.Client, name: str) -> None:
    sent = ann.get("conversations", params={name: "x" * 600})
    assert sent.status_code == 422
    assert f"{name}: it has more than 500 characters" in sent.json()["error"]["message"]


def test_an_unknown_filter_says_what_is_known(ann: httpx.Client) -> None:
    sent = ann.get("api/facts", params={"kind": "no-such-kind"})
    assert sent.status_code == 422
    assert "Choose one of" in sent.json()["error"]["message"]


def test_a_receipt_is_for_the_one_who_asked(ann: httpx.Client, ben: httpx.Client) -> None:
    answer = ann.post("api/ask", json={"question": QUESTION, "thread": "receipts"}).json()
    receipt = ann.get(f"api/receipt/{answer['id']}").json()
    assert receipt["same"] is True
    assert receipt["documents"][0]["date"] == answer["citations"][0]["as_of"]
    assert ben.get(f"api/receipt/{answer['id']}").status_code == 404
    assert ann.get("api/receipt/..%2f..%2fetc").status_code == 404


def test_who_asks_too_much_hears_when_to_come_back(built_home: Path) -> None:
    with (
        serving(Settings(home=built_home, questions_per_minute=1)) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        assert client.post("api/ask", json={"question": QUESTION}).status_code == 200
        refused = client.post("api/ask", json={"question": QUESTION})
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        # The page's own client is the same user's: its question is refused with the same words.
        page = Client(url, headers={"Cookie": f"residency={client.cookies['residency']}"},
                      verbose=False, analytics_enabled=False)  # fmt: skip
        with pytest.raises(AppError, match="questions within a minute"):
            page.predict(QUESTION, "", api_name="/ask")


def test_gradios_client_logs_in_and_holds_a_conversation(with_users: str) -> None:
    client = Client(with_users, auth=ANN, verbose=False, analytics_enabled=False)
    answer = client.predict(QUESTION, "held", api_name="/ask")
    assert answer["citations"][0]["document"] == "intune"
    answer = client.predict("and personal data after deletion?", "held", api_name="/ask")
    assert "30 days" in answer["text"]


def test_gradios_client_is_refused_with_the_wrong_password(with_users: str) -> None:
    with pytest.raises(AuthenticationError):
        Client(with_users, auth=("ann", "a wrong pass phrase"), verbose=False)


def test_gradios_client_is_refused_without_a_login(with_users: str) -> None:
    with pytest.raises((AuthenticationError, ValueError)):
        Client(with_users, verbose=False)


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", MANUAL, re.S))
def test_the_manuals_python_examples_answer(with_users: str, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code.replace("https://residency.example/", with_users)],
        env={**os.environ, "PASSWORD": ANN[1]}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Intune" in done.stdout


@pytest.mark.parametrize("code", re.findall(r"```sh\n(.*?)```", MANUAL, re.S))
def test_the_manuals_curl_examples_answer(with_users: str, code: str) -> None:
    done = subprocess.run(
        ["sh", "-c", code.replace("https://residency.example/", with_users)],
        env={**os.environ, "PASSWORD": ANN[1]}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert '"quote"' in done.stdout
