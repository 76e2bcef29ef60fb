"""Servers of OpenAI's protocol as they are: each is asked in a manner that it understands."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from assistant.app import Assistant
from assistant.errors import SettingsError
from assistant.model.chat_model import open_model, probe
from assistant.model.faults import Fault, ModelFault
from assistant.model.prompts import read_prompts
from assistant.model.servers import keywords, messages, other_manner, spoken
from assistant.settings import Settings
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    MOVED,
    TRUE,
    Passages,
    Talking,
    answering,
    human,
    notice,
    receipt_of,
    reply,
    sentence,
    system,
    without_notice,
)
from tests.fakes.openai import FakeOpenAI, Raw, Reply, Request, Status, Text


def said(request: Request) -> Text:
    """Say the true sentence with the passage that the request gives for it."""
    line = next((one for one in human(request).splitlines() if AUDIT in one), "[p0] ")
    return Text(reply(sentence(TRUE, line[1 : line.index("]")])))


def settings(model: str, **update: object) -> Settings:
    return Settings.load().model_copy(update={"model": model, **update})


def test_a_server_without_stream_options_is_asked_without(talking: Talking) -> None:
    def script(request: Request) -> Reply:
        if "stream_options" in request.body:
            return Status(400, "Unrecognized request argument supplied: stream_options")
        return said(request)

    with talking(script) as (asked, fake):
        assert asked.ask(KEPT).mode == "model"
        asked.ask(MOVED)
    assert ["stream_options" in one.body for one in fake.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "System role not supported"),
        (500, "Conversation roles must alternate user/assistant/user/assistant/..."),
    ],
)
def test_a_server_without_a_system_role_reads_the_rules_before_the_question(
    talking: Talking, status: int, words: str
) -> None:
    def script(request: Request) -> Reply:
        if request.messages[0].role == "system":
            return Status(status, words)
        line = next(one for one in request.messages[0].content.splitlines() if AUDIT in one)
        return Text(reply(sentence(TRUE, line[1 : line.index("]")])))

    with talking(script) as (asked, fake):
        assert asked.ask(KEPT).mode == "model"
    [message] = fake.requests[1].messages
    assert message.role == "user"
    assert message.content.startswith(read_prompts().answer)


def test_a_server_that_does_not_stream_is_asked_for_the_whole(talking: Talking) -> None:
    def script(request: Request) -> Reply:
        return Text(said(request).content, streams=False)

    with talking(script) as (asked, fake):
        first, second = asked.ask(KEPT), asked.ask(MOVED)
    assert first.mode == "model"
    assert f"{TRUE} [1]" in first.text
    assert notice(first) == notice(second) == ""
    assert [one.stream for one in fake.requests] == [True, False, False]


def test_a_stream_without_an_end_is_not_complete_and_not_kept(
    talking: Talking, passages: Passages
) -> None:
    cut = Text(reply(sentence(TRUE, passages.id(AUDIT))), ends=False)
    with talking(answering(cut)) as (asked, fake):
        first, second = asked.ask(KEPT), asked.ask(KEPT)
    assert TRUE in first.text
    assert "did not finish: its reply broke off" in notice(first)
    assert not receipt_of(second).cached
    assert len(fake.requests) == 2


@pytest.mark.parametrize("usage", ["asked", "never", "always"])
def test_tokens_are_counted_once_however_they_are_told(
    talking: Talking, passages: Passages, usage: str
) -> None:
    one = reply(sentence(TRUE, passages.id(AUDIT)))
    told = Text(one, prompt_tokens=321, completion_tokens=45, usage=usage)  # type: ignore[arg-type]
    with talking(answering(told)) as (asked, _):
        receipt = receipt_of(asked.ask(KEPT))
    if usage == "never":
        assert receipt.prompt_tokens > 2_000
        assert 0 < receipt.completion_tokens < 200
    else:
        assert (receipt.prompt_tokens, receipt.completion_tokens) == (321, 45)


THOUGHTS = 'First I look. {"sentence": "Audit logs are kept for 9 years.", "evidence": ["p1"]} No.'


@pytest.mark.parametrize("name", ["think", "thinking", "reasoning"])
def test_what_a_model_thinks_aloud_is_not_read(
    talking: Talking, passages: Passages, name: str
) -> None:
    answer = reply(sentence(TRUE, passages.id(AUDIT)))
    with talking(answering(Text(f"<{name}>{THOUGHTS}</{name}>\n{answer}"))) as (asked, _):
        found = asked.ask(KEPT)
    assert f"{TRUE} [1]" in found.text
    assert [record.text for record in receipt_of(found).sentences] == [TRUE]


def test_thoughts_in_a_field_of_their_own_are_not_read(
    talking: Talking, passages: Passages
) -> None:
    told = Text(reply(sentence(TRUE, passages.id(AUDIT))), thoughts=THOUGHTS)
    with talking(answering(told)) as (asked, _):
        assert [r.text for r in receipt_of(asked.ask(KEPT)).sentences] == [TRUE]


def test_a_model_that_only_thinks_says_nothing(assistant: Assistant, talking: Talking) -> None:
    with talking(answering(Text("", thoughts=THOUGHTS))) as (asked, _):
        answer = asked.ask(KEPT)
    assert "it said nothing" in notice(answer)
    assert without_notice(answer) == assistant.ask(KEPT).text


def test_a_loop_of_sentences_ends(talking: Talking, passages: Passages) -> None:
    lines = [sentence(TRUE, passages.id(AUDIT)), *[sentence("Audit logs.", "p1")] * 900]
    with talking(answering(Text(reply(*lines), pace_s=0.05))) as (asked, _):
        started = time.monotonic()
        answer = asked.ask(KEPT)
    assert time.monotonic() - started < 25
    assert answer.text.count(TRUE) == 1
    assert "its reply repeats itself" in notice(answer)


def test_many_sentences_end(talking: Talking, passages: Passages) -> None:
    lines = [sentence(f"Audit logs are kept in vault {n}.", "p0") for n in range(900)]
    with talking(answering(Text(reply(*lines), pace_s=0.05))) as (asked, _):
        started = time.monotonic()
        answer = asked.ask(KEPT)
    assert time.monotonic() - started < 25
    assert len(receipt_of(answer).sentences) == 40


TOO_LARGE = {
    "llama.cpp": "request (6024 tokens) exceeds the available context size (4096 tokens), "
    "try increasing it",
    "vllm": "This model's maximum context length is 4096 tokens. However, you requested 6024 "
    "tokens (3976 in the messages, 2048 in the completion). Please reduce the length of the "
    "messages or completion.",
    "tgi": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: "
    "5000 `inputs` tokens and 2048 `max_new_tokens`",
    "without numbers": "The prompt exceeds the context window",
}


@pytest.mark.parametrize("words", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_context_that_is_too_small_is_asked_with_less(talking: Talking, words: str) -> None:
    """And so is the next question, at once."""

    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text(json.dumps({"search": KEPT}))
        return Status(400, words) if len(human(request)) > 14_000 else said(request)

    with talking(script, model_context=8_000) as (asked, fake):
        first = asked.ask(KEPT)
        before = len(fake.requests)
        second = asked.ask(KEPT + " Please")
    assert first.mode == "model", notice(first)
    assert f"{TRUE} [1]" in first.text
    assert second.mode == "model"
    assert len(fake.requests) - before == 2
    assert receipt_of(first).fault == ""


@pytest.mark.parametrize("shown", [4_096, 2_048])
def test_a_prompt_that_was_cut_in_silence_is_seen_by_its_count(
    talking: Talking, shown: int
) -> None:
    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text(json.dumps({"search": KEPT}))
        if len(human(request)) > shown * 3.5:
            return Text(said(request).content, prompt_tokens=shown)
        return said(request)

    with talking(script, model_context=32_000) as (asked, _):
        answer = asked.ask(KEPT)
    assert answer.mode == "model", notice(answer)


def test_an_empty_stream_to_much_is_asked_once_more_with_less(talking: Talking) -> None:
    """A server that says nothing where its context is full."""

    def script(request: Request) -> Reply:
        if system(request) == read_prompts().search:
            return Text(json.dumps({"search": KEPT}))
        return Text("") if len(human(request)) > 14_000 else said(request)

    with talking(script, model_context=8_000) as (asked, fake):
        answer = asked.ask(KEPT)
    assert answer.mode == "model", notice(answer)
    lengths = [len(human(one)) for one in fake.requests if system(one) == read_prompts().answer]
    assert lengths[-1] < 0.7 * lengths[0]


def test_the_words_of_a_server_whose_context_never_suffices_are_shown(
    assistant: Assistant, talking: Talking
) -> None:
    words = "request (900 tokens) exceeds the available context size (256 tokens)"
    with talking(answering(Status(400, words))) as (asked, fake):
        answer = asked.ask(KEPT)
    assert words in notice(answer)
    assert "its context is too small" in notice(answer)
    assert without_notice(answer) == assistant.ask(KEPT).text
    assert len(fake.requests) <= 4


def test_the_probe_is_as_large_as_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")

    def script(request: Request) -> Reply:
        words = "request (40000 tokens) exceeds the available context size (4096 tokens)"
        return Status(400, words) if len(human(request)) > 20_000 else Text("Yes.")

    with FakeOpenAI(script) as fake:
        made = settings("openai:fake", model_url=fake.url, model_context=32_000)
        with pytest.raises(ModelFault, match="set RESIDENCY_MODEL_CONTEXT lower"):
            probe(made)
        assert "replied" in probe(made.model_copy(update={"model_context": 4_000}))
    assert len(human(fake.requests[0])) > 32_000 * 3


LIMITS: dict[str, tuple[str, dict[str, object], str, object]] = {
    "another server": ("openai:any", {"model_url": "http://there/v1"}, "max_tokens", 2_048),
    "set": (
        "openai:any",
        {"model_url": "http://there/v1", "model_options": {"max_tokens": 77}},
        "max_tokens",
        77,
    ),
    "openai": ("openai:gpt", {}, "", None),
    "openai, set": ("openai:gpt", {"model_options": {"max_tokens": 77}}, "max_tokens", 77),
}


@pytest.mark.parametrize(("model", "update", "name", "number"), LIMITS.values(), ids=LIMITS)
def test_the_longest_reply_goes_by_the_name_that_the_server_reads(
    model: str, update: dict[str, object], name: str, number: object
) -> None:
    server = spoken(settings(model, **update))
    made = keywords(server.manner, server.most, server.extra)
    own = made.get("extra_body", {}) if "model_url" in update else made
    assert own == ({name: number} if name else {})


def test_the_name_of_the_longest_reply_changes_on_request(talking: Talking) -> None:
    def script(request: Request) -> Reply:
        if "max_tokens" in request.body:
            return Status(
                400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            )
        return said(request)

    with talking(script) as (asked, fake):
        assert asked.ask(KEPT).mode == "model"
    assert fake.requests[0].body["max_tokens"] == 2_048
    assert fake.requests[1].body["max_completion_tokens"] == 2_048


def test_the_context_of_ollama_is_asked_for() -> None:
    server = spoken(settings("ollama:gemma3", model_context=6_000))
    assert server.options["num_ctx"] > 6_000 + server.options["num_predict"]
    assert "base_url" not in server.options
    own = spoken(settings("ollama:gemma3", model_options={"num_ctx": 9_000, "num_predict": 100}))
    assert (own.options["num_ctx"], own.options["num_predict"]) == (9_000, 100)


def test_azure_is_told_its_deployment_endpoint_and_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_API_VERSION", raising=False)
    made = settings("azure_openai:my-gpt", model_url="https://mine.openai.azure.com")
    server = spoken(made)
    assert server.options["azure_endpoint"] == "https://mine.openai.azure.com"
    assert server.options["azure_deployment"] == "my-gpt"
    assert server.options["api_version"]
    with pytest.raises(SettingsError, match="AZURE_OPENAI_API_KEY"):
        open_model(made)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "a-key")
    assert open_model(made).name == "azure_openai:my-gpt"


def test_azure_under_the_address_of_openai_s_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "a-key")
    url = "https://mine.openai.azure.com/openai/v1"
    server = spoken(settings("azure_openai:my-gpt", model_url=url))
    assert server.model == "openai:my-gpt"
    assert (server.options["base_url"], server.options["api_key"]) == (url, "a-key")
    assert server.manner.limit == ""


def test_azure_answers_over_http(
    assistant: Assistant, talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path of a deployment, which the fake knows nothing of, and the key's own header."""
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "a-key")
    with FakeOpenAI(said) as fake:
        root = fake.url.removesuffix("/v1")
        made = settings("azure_openai:my-gpt", model_url=root)
        with pytest.raises(ModelFault) as raised:
            list(open_model(made).reply("a", "b", time.monotonic() + 5))
    assert raised.value.fault is Fault.REJECTED
    [request] = fake.requests
    assert request.path.startswith("/openai/deployments/my-gpt/chat/completions?api-version=")


def test_what_stays_the_same_is_marked_for_anthropic_alone() -> None:
    anthropic = spoken(settings("anthropic:any"))
    told = messages(anthropic.manner, "rules", "evidence, then the question", len("evidence"))
    [first, second] = told[1][1]
    assert first["text"] == "evidence"
    assert first["cache_control"] == {"type": "ephemeral"}
    assert second["text"] == ", then the question"
    assert anthropic.options["max_tokens"] == 2_048
    plain = messages(spoken(settings("openai:any")).manner, "rules", "all of it", 3)
    assert plain == [("system", "rules"), ("human", "all of it")]


REFUSALS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "words about something else": ("temperature must be at most 2", lambda made: made is None),
    "stream": ("stream is not supported by this model", lambda made: made is not None),
}


@pytest.mark.parametrize(("words", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_only_what_a_refusal_names_is_changed(
    words: str, expected: Callable[[object], bool]
) -> None:
    manner = spoken(settings("openai:any", model_url="http://there/v1")).manner
    assert expected(other_manner(manner, words))


def test_an_error_within_a_stream_about_the_context_is_one(
    assistant: Assistant, talking: Talking
) -> None:
    error = {"error": {"message": "Context size has been exceeded.", "type": "server_error"}}
    body = f"data: {json.dumps(error)}\n\n".encode()
    with talking(answering(Raw(body, "text/event-stream"))) as (asked, _):
        answer = asked.ask(KEPT)
    assert "its context is too small" in notice(answer)
    assert "Context size has been exceeded" in notice(answer)
    assert without_notice(answer) == assistant.ask(KEPT).text
