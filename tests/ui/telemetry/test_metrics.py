"""Metrics over HTTP: what is counted, by which door, and what is never in them."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open

from assistant.settings import MetricsAddress, Settings
from tests.fakes.openai import FakeOpenAI, Status, Text
from tests.flows.slack.conftest import local_slack, running
from tests.postgresql_server import running_server
from tests.ui.conftest import ANN, serving
from tests.ui.telemetry.conftest import Watched
from tests.ui.telemetry.scraping import free_port, scraped
from tests.ui.test_mcp import ask, called
from ui.errors import PortBusy
from ui.telemetry.incoming import Door
from ui.telemetry.metrics import Metrics
from ui.telemetry.metrics_server import MetricsServer
from ui.telemetry.observed import observed
from ui.web.access.limits import Guarded

QUESTION = "How long are Intune audit logs kept?"
STAGES = {"waiting", "understanding", "retrieval", "composing", "verification", "library"}


def test_an_answer_counts_by_its_door_and_verdict(watched: Watched) -> None:
    def counts() -> list[float]:
        now = watched.scraped()
        return [
            now.value("residency_answers_total", door="api", verdict="answered"),
            now.value("residency_answers_total", door="mcp", verdict="answered"),
            now.value("residency_answers_total", door="page", verdict="clarify"),
            now.value("residency_answer_seconds_count", door="api"),
            now.value("residency_answers_total"),
        ]

    before = counts()
    assert watched.asked(QUESTION).status_code == 200
    assert called(watched.url, ANN, lambda client: ask(client, QUESTION)).structured_content
    page = httpx.post(
        f"{watched.url}answers", json={"question": "Where is my data?"}, auth=ANN, timeout=180
    )
    assert page.status_code == 200
    assert [now - old for now, old in zip(counts(), before, strict=True)] == [1, 1, 1, 1, 3]


def test_each_stage_is_timed_once_an_answer(watched: Watched) -> None:
    before = watched.scraped()
    started = time.perf_counter()
    # Two questions in one come to the same stages again.
    watched.asked(f"{QUESTION} And which regions does Intune store data in?", thread="stages")
    took = time.perf_counter() - started
    now = watched.scraped()

    def added(sample: str, stage: str) -> float:
        name = f"residency_stage_seconds_{sample}"
        return now.value(name, stage=stage) - before.value(name, stage=stage)

    assert now.labels("residency_stage_seconds_count", "stage") == STAGES | {"history"}
    assert {one: added("count", one) for one in STAGES} == dict.fromkeys(STAGES, 1)
    total = sum(added("sum", one) for one in (*STAGES, "history"))
    assert 0 < total <= took


def test_a_question_that_fails_is_no_answer(watched: Watched) -> None:
    before = watched.scraped()
    assert watched.asked("   ").status_code == 422
    assert watched.asked("where " * 6_666).status_code == 422
    now = watched.scraped()
    failed = {"door": "api", "error": "QuestionError"}
    name = "residency_failures_total"
    assert now.value(name, **failed) - before.value(name, **failed) >= 1
    assert now.value("residency_answers_total") == before.value("residency_answers_total")
    statuses = {"door": "api", "status": "422"}
    name = "residency_http_responses_total"
    assert now.value(name, **statuses) - before.value(name, **statuses) == 2


def test_probes_and_strangers(watched: Watched) -> None:
    before = watched.scraped().value("residency_http_responses_total")
    httpx.get(f"{watched.url}readyz")
    assert watched.scraped().value("residency_http_responses_total") == before
    assert httpx.get(f"{watched.url}api/facts").status_code == 401
    assert watched.scraped().value("residency_http_responses_total") == before + 1


def test_the_index_and_its_age_are_told(watched: Watched) -> None:
    now = watched.scraped()
    answer = watched.asked(QUESTION).json()
    assert now.value("residency_index_info", build=answer["index"]) == 1
    assert now.labels("residency_index_info", "build") == {answer["index"]}
    assert now.value("residency_index_age_seconds") > 0
    assert now.value("residency_index_documents") == 5
    assert now.value("residency_without_vectors_total") == 0


def test_no_word_of_a_question_and_no_name_is_told(watched: Watched) -> None:
    said = "Are zebrafinch records of Quillfeather kept in Norway?"
    watched.asked(said, thread="thread-of-ann-7", profile={"country": "Norway"})
    for accept in ("text/plain", "application/openmetrics-text; version=1.0.0"):
        told = httpx.get(
            f"http://127.0.0.1:{watched.port}/metrics", headers={"Accept": accept}
        ).text.casefold()
        assert "residency_answers_total" in told
        for word in ("zebrafinch", "quillfeather", "norway", "intune", "thread-of", "127.0.0.1"):
            assert word not in told
        assert not re.search(r"\bann\b", told)


def test_labels_have_few_values(watched: Watched) -> None:
    for number in range(20):
        watched.asked(f"Where is thing number {number} of service {number} kept?")
        httpx.get(f"{watched.url}nothing/{number}", auth=ANN)
    before = _series(watched)
    for number in range(20, 60):
        httpx.get(f"{watched.url}nothing/{number}", auth=ANN)
        watched.asked(f"Where is thing number {number} of service {number} kept?")
    assert _series(watched) == before


def _series(watched: Watched) -> int:
    return sum(
        len(family.samples)
        for family in watched.scraped().families
        if family.name.startswith("residency_")
    )


def test_openmetrics_is_told_to_who_asks_for_it(watched: Watched) -> None:
    fetched = httpx.get(
        f"http://127.0.0.1:{watched.port}/metrics",
        headers={"Accept": "application/openmetrics-text; version=1.0.0"},
    )
    assert fetched.headers["content-type"].startswith("application/openmetrics-text")
    assert {one.name for one in read_open(fetched.text)} > {"residency_answers", "residency_info"}


def test_nothing_else_is_on_the_port(watched: Watched) -> None:
    at = f"http://127.0.0.1:{watched.port}"
    assert httpx.get(f"{at}/").status_code == 404
    assert httpx.get(f"{at}/metrics/../api/facts").status_code == 404
    assert httpx.post(f"{at}/metrics").status_code == 501
    # The page itself has no metrics, whoever asks.
    assert httpx.get(f"{watched.url}metrics", auth=ANN).status_code == 404


@pytest.mark.parametrize("host", ["residency.example", "[::", "", "10.0.0.7:9464"])
def test_another_site_cannot_read_them_through_a_browser(watched: Watched, host: str) -> None:
    at = f"http://127.0.0.1:{watched.port}/metrics"
    refused = httpx.get(at, headers={"Host": host})
    assert refused.status_code in (400, 403)
    assert "residency_answers" not in refused.text
    assert httpx.get(at, headers={"Host": "localhost:1"}).status_code == 200


def test_a_port_that_is_taken_is_named() -> None:
    metrics = Metrics((Door.PAGE,))
    first = MetricsServer(MetricsAddress("127.0.0.1", 0), metrics.registry)
    port = int(first.url.split(":")[2].partition("/")[0])
    with pytest.raises(PortBusy, match=rf"127\.0\.0\.1:{port}: .*correct RESIDENCY_METRICS"):
        MetricsServer(MetricsAddress("127.0.0.1", port), metrics.registry)
    first.close()
    MetricsServer(MetricsAddress("127.0.0.1", port), metrics.registry).close()


def test_limits_are_counted(built_home: Path) -> None:
    port = free_port()
    settings = Settings(home=built_home, questions_per_minute=2, queue=1, metrics=str(port))
    with serving(settings) as url:
        at = f"{url}api/ask"

        def status(client: httpx.Client) -> int:
            return client.post(at, json={"question": QUESTION}).status_code

        with httpx.Client(timeout=180) as client:
            assert [status(client) for _ in range(4)] == [200, 200, 429, 429]
        now = scraped(port)
        assert now.value("residency_refusals_total", door="api", limit="rate") == 2
        assert now.value("residency_refusals_total", limit="queue") == 0
        with ThreadPoolExecutor(8) as many:
            found = list(many.map(lambda _: _once(at), range(24)))
        full = found.count(503) + found.count(429)
        assert full
        now = scraped(port)
        # New browsers of one address are counted together, too.
        refused = {
            limit: now.value("residency_refusals_total", limit=limit) for limit in ("queue", "rate")
        }
        assert refused["queue"]
        assert sum(refused.values()) - 2 == full


def _once(url: str) -> int:
    """Ask as somebody who was never there before."""
    return httpx.post(url, json={"question": QUESTION}, timeout=180).status_code


def test_what_waits_is_told(built_home: Path) -> None:
    port = free_port()
    settings = Settings(home=built_home, questions_per_minute=0, metrics=str(port))
    assistant = Guarded.open(settings)
    queues = (
        ("questions", lambda: assistant.inside),
        ("turns", lambda: assistant.waiting),
    )
    with observed(assistant, Door.PAGE, queues), ThreadPoolExecutor(3) as asking:
        assert scraped(port).value("residency_queue_length") == 0
        with assistant._turns.of("somebody"):
            answers = [asking.submit(assistant.ask, QUESTION, owner=one) for one in "abc"]
            end = time.monotonic() + 30
            while (now := scraped(port)).value("residency_queue_length", queue="turns") < 3:
                assert time.monotonic() < end
            assert now.value("residency_queue_length", queue="questions") == 3
        assert all(one.result(60).text for one in answers)
        now = scraped(port)
        assert now.value("residency_stage_seconds_sum", stage="waiting") > 0.01
    assistant.close()


def test_processes_that_answer_send_back_what_they_took(built_home: Path) -> None:
    port = free_port()
    settings = Settings(home=built_home, questions_per_minute=0, workers=2, metrics=str(port))
    assistant = Guarded.open(settings)
    with observed(assistant, Door.PAGE, ()):
        assistant.ask(QUESTION)
        now = scraped(port)
    assistant.close()
    for stage in STAGES:
        assert now.value("residency_stage_seconds_count", stage=stage) == 1, stage
    assert now.value("residency_stage_seconds_sum", stage="retrieval") > 0
    assert now.value("residency_answers_total", door="page", verdict="answered") == 1


def test_rows_of_a_file_count_by_themselves(built_home: Path) -> None:
    port = free_port()
    assistant = Guarded.open(Settings(home=built_home, metrics=str(port)))
    with observed(assistant, Door.PAGE, ()):
        assistant.ask(QUESTION, clarify=False)
        now = scraped(port)
    assistant.close()
    assert now.labels("residency_answers_total", "door") == {"questionnaire"}


def test_the_language_models_calls_tokens_and_faults_are_counted(
    built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-a-key")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def script(request: Any) -> Any:
        if request.number == 1:
            return Status(401, "bad key")
        return Text('{"verdict": "not_in_documents"}\n', prompt_tokens=900, completion_tokens=7)

    port = free_port()
    with FakeOpenAI(script) as fake:
        assistant = Guarded.open(
            Settings(
                home=built_home, metrics=str(port), model="openai:fake", model_url=fake.url,
                questions_per_minute=0,
            )
        )  # fmt: skip
        with observed(assistant, Door.PAGE, ()):
            for _ in range(3):
                assistant.ask("What does Intune cost a month on the moon?")
            now = scraped(port)
        assistant.close()
        assert [request.traceparent for request in fake.requests] == ["", ""]
    ended = "residency_model_calls_total"
    assert {one: now.value(ended, ended=one) for one in now.labels(ended, "ended")} == {
        "key": 1, "replied": 1, "kept": 1,
    }  # fmt: skip
    assert now.value("residency_model_faults_total", fault="key") == 1
    assert now.value("residency_model_faults_total") == 1
    assert now.value("residency_model_tokens_total", kind="prompt") == 900
    assert now.value("residency_model_tokens_total", kind="completion") == 7
    assert now.value("residency_model_call_seconds_count") == 2
    assert now.value("residency_stage_seconds_count", stage="model") == 3


def test_a_database_that_is_away_is_told(built_home: Path) -> None:
    port = free_port()
    with running_server() as database:
        settings = Settings(
            home=built_home, metrics=str(port), database_url=database.url(), questions_per_minute=0
        )
        with serving(settings) as url:
            asked = {"question": QUESTION, "thread": "kept"}
            assert httpx.post(f"{url}api/ask", json=asked, timeout=180).status_code == 200
            before = scraped(port)
            open_ = {"engine": "postgresql", "state": "free"}
            assert before.value("residency_database_connections", **open_) >= 1
            database.stop()
            failed = httpx.post(f"{url}api/ask", json=asked, timeout=180)
            assert failed.status_code >= 500
            now = scraped(port)
    faults = "residency_store_faults_total"
    assert now.value(faults, engine="postgresql") > before.value(faults, engine="postgresql")
    assert now.value("residency_failures_total", door="api") == 1


def test_the_slack_bot_tells_its_own(untouched_home: Path, tmp_path: Path) -> None:
    port = free_port()
    fake = local_slack()
    with running(untouched_home, tmp_path, fake, RESIDENCY_METRICS=str(port)) as bot:
        fake.deliver(fake.dm("U0ANN", QUESTION))
        fake.wait(lambda: fake.answers("D0ANN"))
        fake.wait(lambda: not bot.waiting())
        now = scraped(port)
    fake.stop()
    assert now.labels("residency_answers_total", "door") == {"slack"}
    assert now.value("residency_answers_total", door="slack", verdict="answered") == 1
    assert now.labels("residency_answer_seconds_count", "door") == {"slack"}
    assert now.value("residency_queue_length", queue="slack") == 0
    assert f"metrics are at http://127.0.0.1:{port}/metrics" in bot.said()
