"""The served page from outside: what is let in, what is answered, and how it ends."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from assistant.settings import Settings
from tests.paths import ROOT
from tests.ui.conftest import ANN, BEN, PREFIX, serving
from ui.errors import PrefixError
from ui.shared.logs import JsonLines
from ui.web.serving.health import LastLook
from ui.web.serving.server import prefix_of

QUESTION = "How long are Intune audit logs kept?"
TAB = "abcdefghij0"


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


@pytest.mark.parametrize(
    "path",
    [
        "", "config", "theme.css", "gradio_api/info", "gradio_api/queue/data?session_hash=x",
        "gradio_api/file=/etc/passwd", "gradio_api/heartbeat/x", "gradio_api/startup-events",
        "gradio_api/app_id", "assets/index.js", "api/facts", "api/openapi.json", "mcp", "nothing",
        "healthz/../config", "login/../config",
    ],
)  # fmt: skip
def test_nothing_is_read_without_a_login(with_users: str, path: str) -> None:
    assert httpx.get(f"{with_users}{path}").status_code == 401


@pytest.mark.parametrize(
    "path", ["api/ask", "mcp", "gradio_api/queue/join", "gradio_api/upload", "gradio_api/cancel"]
)
def test_nothing_is_done_without_a_login(with_users: str, path: str) -> None:
    assert httpx.post(f"{with_users}{path}", json={}).status_code == 401


def test_a_person_logs_in_and_out_by_the_page(with_users: str) -> None:
    html = {"Accept": "text/html"}
    with httpx.Client(base_url=with_users, headers=html, timeout=60) as browser:
        sent_on = browser.get("")
        assert sent_on.headers["location"] == f"{PREFIX}/login"
        page = browser.get("login")
        assert "<label" in page.text
        assert "http" not in page.text
        wrong = browser.post("login", data={"username": "ann", "password": "a wrong pass phrase"})
        assert wrong.status_code == 401
        assert 'role="alert"' in wrong.text
        right = browser.post("login", data={"username": "ann", "password": ANN[1]})
        assert right.status_code == 303
        cookie = right.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert f"Path={PREFIX}" in cookie
        assert browser.get("").status_code == 200
        browser.post("logout")
        assert browser.get("").status_code == 303


def test_a_login_cannot_be_made_by_the_page_of_another_site(with_users: str) -> None:
    form = {"username": "ann", "password": ANN[1]}
    for foreign in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        sent = httpx.post(f"{with_users}login", data=form, headers=foreign)
        assert sent.status_code == 403
        assert "set-cookie" not in sent.headers


def test_another_site_can_neither_ask_nor_read(ann: httpx.Client, with_users: str) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert ann.post("api/ask", json={"question": QUESTION}, headers=foreign).status_code == 403
    assert ann.options("api/ask", headers=foreign).status_code == 403
    assert "access-control-allow-origin" not in ann.get("config", headers=foreign).headers
    own = {"Origin": "http://" + with_users.split("/")[2]}
    assert ann.post("api/ask", json={"question": QUESTION}, headers=own).status_code == 200


@pytest.mark.parametrize("path", ["", "config", "login", "healthz", "nothing", "api/facts"])
def test_every_response_keeps_the_page_to_itself(ann: httpx.Client, path: str) -> None:
    headers = ann.get(path).headers
    policy = headers["content-security-policy"]
    assert re.search(r"default-src '(self|none)'", policy)
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_it_says_whether_it_lives_and_is_ready(with_users: str) -> None:
    assert httpx.get(f"{with_users}healthz").json() == {"status": "ok"}
    root = with_users.removesuffix(f"{PREFIX}/")
    ready = httpx.get(f"{root}/readyz")
    assert ready.status_code == 200
    index = ready.json()["checks"]["index"]
    assert index["build"]
    assert index["age_hours"] >= 0
    assert "/" not in ready.text


TRAVERSALS = (
    "gradio_api/file=/etc/passwd",
    "gradio_api/file=../../../../../../etc/passwd",
    "gradio_api/file=" + quote("../../../../etc/passwd", safe=""),
    "gradio_api/file=%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "gradio_api/file=C:/Windows/win.ini",
    "gradio_api/file=file:///etc/passwd",
    "gradio_api/file=pyproject.toml",
    "gradio_api/file/etc/passwd",
    "static/../../../../../../etc/passwd",
    "static/%2e%2e/%2e%2e/routes.py",
    "assets/%2e%2e%2f%2e%2e%2froutes.py",
    "assets//etc/passwd",
    "svelte/../../routes.py",
    "gradio_api/custom_component/x/client/component/../../../../etc/passwd",
    "gradio_api/file=/proc/self/environ",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_to_a_file_of_the_machine(ann: httpx.Client, path: str) -> None:
    sent = ann.get(path)
    assert sent.status_code in (400, 403, 404)
    assert "root:" not in sent.text


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=https://example.org/", "gradio_api/file=HTTP://example.org/",
        "gradio_api/proxy=https://example.org/", "monitoring", "monitoring/summary",
        "gradio_api/vibe-code", "gradio_api/dev/reload", "gradio_api/runs", "gradio_api/token",
    ],
)  # fmt: skip
def test_what_the_page_has_no_use_for_is_not_there(ann: httpx.Client, path: str) -> None:
    assert ann.get(path).status_code == 404


def uploaded(client: httpx.Client, content: bytes) -> httpx.Response:
    return client.post("gradio_api/upload", files={"files": ("notes.txt", content)})


def test_an_uploads_name_cannot_be_guessed_from_its_content(ann: httpx.Client) -> None:
    import hashlib

    path = uploaded(ann, b"secret plan").json()[0]
    assert hashlib.sha256(b"secret plan").hexdigest() not in path
    assert re.search(r"/[0-9a-f]{64}/notes\.txt$", path)
    folder = Path(path).parent.parent
    assert folder.stat().st_mode & 0o077 == 0
    assert ann.get(f"gradio_api/file={path}").content == b"secret plan"
    # The folder that holds them all is not shown.
    assert ann.get(f"gradio_api/file={folder}").status_code == 403


def test_a_large_upload_is_refused_in_words(ann: httpx.Client) -> None:
    sent = uploaded(ann, bytes(50_000_000))
    assert sent.status_code == 413
    assert "5 MB are taken at most" in sent.json()["error"]["message"]


def test_a_large_upload_of_unknown_length_is_refused_too(ann: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(50):
            yield bytes(1_000_000)
        yield b"\r\n--b--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    sent = ann.post("gradio_api/upload", content=chunks(), headers=kind)
    assert sent.status_code == 413


def join(client: httpx.Client, tab: str, question: str = QUESTION) -> httpx.Response:
    """Ask as the page does."""
    config = client.get("config").json()
    number = next(d["id"] for d in config["dependencies"] if d["api_name"] == "ask")
    body = {"data": [question, ""], "fn_index": number, "session_hash": tab}
    return client.post("gradio_api/queue/join", json=body)


def heard(client: httpx.Client, tab: str) -> str:
    return client.get("gradio_api/queue/data", params={"session_hash": tab}).text


def test_one_user_can_not_listen_or_speak_in_the_page_of_another(
    ann: httpx.Client, ben: httpx.Client
) -> None:
    assert join(ann, TAB).status_code == 200
    assert ben.get("gradio_api/queue/data", params={"session_hash": TAB}).status_code == 404
    assert ben.get(f"gradio_api/heartbeat/{TAB}").status_code == 404
    assert join(ben, TAB).status_code == 404
    assert "Intune" in heard(ann, TAB)


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "APPLICATION/x+Json", ""])
def test_the_owner_of_a_page_is_asked_for_whatever_its_body_is_said_to_be(
    ann: httpx.Client, ben: httpx.Client, kind: str
) -> None:
    tab = f"typed-{kind}"
    assert join(ann, tab).status_code == 200
    body = json.dumps({"data": [QUESTION, ""], "fn_index": 0, "session_hash": tab})
    headers = {"Content-Type": kind} if kind else {}
    sent = ben.post("gradio_api/queue/join", content=body, headers=headers)
    assert sent.status_code == 404
    assert "Intune" in heard(ann, tab)


def test_one_user_can_not_cancel_or_reset_what_another_asked(
    ann: httpx.Client, ben: httpx.Client
) -> None:
    event = join(ann, "of-ann").json()["event_id"]
    cancels = ("of-ann", event), ("of-ben", event), ("of-ann", "unknown")
    for tab, one in cancels:
        body = {"session_hash": tab, "fn_index": 0, "event_id": one}
        assert ben.post("gradio_api/cancel", json=body).status_code == 404
    assert ben.post("gradio_api/reset", json={"event_id": event}).status_code == 404
    assert "Intune" in heard(ann, "of-ann")
    own = {"session_hash": "of-ann", "fn_index": 0, "event_id": "done-with"}
    assert ann.post("gradio_api/cancel", json=own).status_code == 200


def test_one_user_can_not_hear_another_by_a_call(ann: httpx.Client, ben: httpx.Client) -> None:
    event = ann.post("gradio_api/call/ask", json={"data": [QUESTION, ""]}).json()["event_id"]
    assert join(ann, "called").status_code == 200
    # Gradio takes the id of work that it does not know for the name of a page.
    for named in (event, "called"):
        assert ben.get(f"gradio_api/call/ask/{named}").status_code == 404
    assert "Intune" in ann.get(f"gradio_api/call/ask/{event}").text
    assert "Intune" in heard(ann, "called")


def test_a_call_that_is_no_json_is_refused(ann: httpx.Client) -> None:
    sent = ann.post("gradio_api/cancel", content="session_hash=x")
    assert sent.status_code == 422
    assert "JSON" in sent.json()["error"]["message"]


def test_two_tabs_of_one_user_answer_each_for_itself(ann: httpx.Client) -> None:
    assert join(ann, "tab-1").status_code == 200
    assert join(ann, "tab-2", "Which regions does Intune store data in?").status_code == 200
    first, second = heard(ann, "tab-1"), heard(ann, "tab-2")
    assert "audit logs" in first
    assert "regions does Intune" in second
    assert "regions does Intune" not in first


def test_a_lost_connection_leaves_the_server_well(ann: httpx.Client) -> None:
    assert join(ann, "lost").status_code == 200
    query = {"session_hash": "lost"}
    with ann.stream("GET", "gradio_api/queue/data", params=query) as stream:
        next(stream.iter_bytes())
    assert ann.post("api/ask", json={"question": QUESTION}).status_code == 200


def test_a_forged_conversation_is_a_new_one(ann: httpx.Client, ben: httpx.Client) -> None:
    body = {"question": "and personal data after deletion?", "thread": "of-ann"}
    ann.post("api/ask", json={"question": QUESTION, "thread": "of-ann"})
    theirs = ben.post("api/ask", json=body).json()
    fresh = ben.post("api/ask", json={**body, "thread": "never-used"}).json()
    assert theirs["text"] == fresh["text"]


def test_the_page_names_its_own_addresses_below_the_prefix(
    ann: httpx.Client, with_users: str
) -> None:
    assert ann.get("config").json()["root"] == with_users.rstrip("/")
    # Nobody but the proxy says where the page is.
    poisoned = {"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "http://evil.example"}
    assert "evil" not in ann.get("config", headers=poisoned).text


def test_a_page_for_this_machine_is_not_shown_under_other_names(for_anybody: str) -> None:
    assert httpx.get(for_anybody).status_code == 200
    for foreign in ({"Host": "evil.example"}, {"X-Forwarded-For": "10.0.0.9"}):
        sent = httpx.get(for_anybody, headers=foreign)
        assert sent.status_code == 403
        assert "own machine" in sent.json()["error"]["message"]


def test_two_browsers_without_names_are_two(for_anybody: str) -> None:
    first, second = (httpx.get(for_anybody).headers["set-cookie"] for _ in range(2))
    assert "HttpOnly" in first
    assert first.split(";")[0] != second.split(";")[0]


def test_a_page_without_an_index_says_that_it_is_not_ready(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.app import Assistant
    from index.errors import DamagedIndex
    from ui.web.serving.health import readiness

    def broken(self: Assistant) -> object:
        raise DamagedIndex(f"{tmp_path}: damaged")

    opened = Assistant.open(Settings(home=built_home))
    assert readiness(opened, closing=False, stores={})["index"]["ok"]
    assert not readiness(opened, closing=True, stores={})["taking_questions"]["ok"]
    monkeypatch.setattr(Assistant, "index", property(broken))
    said = readiness(opened, closing=False, stores={})["index"]
    assert said == {"ok": False, "error": "DamagedIndex"}


def test_a_proxy_says_who_asks_and_where_the_page_is(built_home: Path) -> None:
    settings = Settings(
        home=built_home, proxy_user_header="X-Forwarded-User", proxy_addresses="127.0.0.1"
    )  # fmt: skip
    with serving(settings, PREFIX, host="0.0.0.0") as url:
        forwarded = {
            "X-Forwarded-User": "ann", "X-Forwarded-For": "10.0.0.9", "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "residency.example",
        }  # fmt: skip
        config = httpx.get(f"{url}config", headers=forwarded).json()
        assert config["username"] == "ann"
        assert config["root"] == f"https://residency.example{PREFIX}"
        assert httpx.get(f"{url}config").status_code == 401


@pytest.mark.parametrize(
    ("text", "prefix"), [("", ""), ("/", ""), ("residency", "/residency"), ("/a/b/", "/a/b")]
)
def test_a_prefix_has_one_form(text: str, prefix: str) -> None:
    assert prefix_of(text) == prefix


@pytest.mark.parametrize("text", ["/a b", "/../x", "/<script>", "http://a/"])
def test_a_text_that_is_no_prefix_is_refused(text: str) -> None:
    with pytest.raises(PrefixError):
        prefix_of(text)


def test_no_line_of_the_log_has_the_question(
    ann: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        ann.post("api/ask", json={"question": "Where does zanzibarium keep xylophones?"})
        ann.get("api/facts", params={"place": "xylophones"})
        assert join(ann, "logged", "Where are xylophones?").status_code == 200
        heard(ann, "logged")
    # The client of this test writes its own log in the same process.
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    lines = [JsonLines().format(record) for record in ours]
    assert "xylophones" not in "\n".join(lines)
    assert ANN[1] not in "\n".join(lines)
    answers = [line for line in map(json.loads, lines) if line["event"] == "answer"]
    assert answers[0]["user"] == "web:ann"
    assert {"answer", "verdict", "ms", "index", "time"} <= set(answers[0])
    routes = {line["route"] for line in map(json.loads, lines) if line["event"] == "request"}
    assert f"{PREFIX}/api/ask" in routes


def test_an_exceptions_message_is_not_logged() -> None:
    try:
        raise ValueError("Where are xylophones?")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert "xylophones" not in json.dumps(line)


def test_it_ends_in_order(built_home: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.command_line.main", "serve", "--port", "0"], cwd=ROOT, text=True,
        env={**os.environ, "RESIDENCY_HOME": str(built_home), "RESIDENCY_LOG_QUESTIONS": "true"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert server.stdout is not None
    assert server.stderr is not None
    url = server.stdout.readline().split()[-1]
    results: list[int] = []
    asking = [threading.Thread(target=lambda: results.append(ask())) for _ in range(12)]
    page = httpx.Client(base_url=url, timeout=60)

    def ask() -> int:
        return page.post("api/ask", json={"question": QUESTION}).status_code

    with page, page.stream("GET", "gradio_api/heartbeat/open"):
        for thread in asking:
            thread.start()
        while not results:
            time.sleep(0.01)
        server.send_signal(signal.SIGTERM)
        started = time.monotonic()
        for thread in asking:
            thread.join()
        assert server.wait(30) == 0
        assert time.monotonic() - started < 15
    # What was being answered is answered; what came after is told to come again.
    assert set(results) <= {200, 503}
    assert 200 in results
    lines = [json.loads(line) for line in server.stderr if line.startswith("{")]
    assert [line["unanswered"] for line in lines if line["event"] == "ended"] == [0]
    asked = [line.get("question", "") for line in lines if line["event"] == "answer"]
    assert any(QUESTION in question for question in asked)


PRIVATE = (
    "", "config", "login", "nothing", "receipt?id=x", "conversation?thread=x&format=json", "start",
    "evidence?thread=x&format=html", "passage?document=x", "exchanges?thread=x", "conversations",
    "api/facts", "api/receipt/x", "api/openapi.json", "parts", "gradio_api/info",
    "gradio_api/file=/etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", PRIVATE)
def test_no_cache_keeps_what_is_for_one_user(ann: httpx.Client, path: str) -> None:
    assert ann.get(path).headers["cache-control"] == "no-store"


def test_no_cache_keeps_an_answer_or_a_file(ann: httpx.Client) -> None:
    answer = ann.post("api/ask", json={"question": QUESTION, "thread": "cached"})
    assert answer.headers["cache-control"] == "no-store"
    for path in (
        f"receipt?id={answer.json()['id']}", "conversation?thread=cached&format=json",
        "evidence?thread=cached&format=html", f"gradio_api/file={uploaded(ann, b'x').json()[0]}",
    ):  # fmt: skip
        sent = ann.get(path)
        assert (sent.status_code, sent.headers["cache-control"]) == (200, "no-store")
    assert "cache-control" not in ann.get("page.css").headers


@pytest.mark.parametrize("path", ["passage?document=x", "receipt?id=x", "nothing", "page.css"])
def test_nothing_but_the_page_runs_scripts(ann: httpx.Client, path: str) -> None:
    assert "script-src 'none'" in ann.get(path).headers["content-security-policy"]
    assert "unsafe-eval" not in ann.get(path).headers["content-security-policy"]


def test_what_a_user_sent_runs_no_script(ann: httpx.Client) -> None:
    path = uploaded(ann, b"<script></script>").json()[0]
    headers = ann.get(f"gradio_api/file={path}").headers
    assert "script-src 'none'" in headers["content-security-policy"]


def test_of_many_who_ask_whether_it_is_ready_one_looks_at_the_stores() -> None:
    looks: list[int] = []

    def look() -> dict[str, str]:
        looks.append(len(looks))
        time.sleep(0.05)
        return {"conversations.sqlite": "damaged"}

    looked = LastLook(look)
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: looked(), range(8)))
    assert found == [{"conversations.sqlite": "damaged"}] * 8
    assert len(looks) == 1
