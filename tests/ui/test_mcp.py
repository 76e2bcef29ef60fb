"""The MCP endpoint, by the official client."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from assistant.app import Assistant
from tests.paths import ROOT
from tests.ui.conftest import ANN, BEN
from ui.shared.fact_files import COLUMNS

QUESTION = "How long are Intune audit logs kept?"


def called(url: str, user: tuple[str, str] | None, act: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what a client does as a user."""

    async def run() -> Any:
        auth = httpx2.BasicAuth(*user) if user else None
        async with (
            httpx2.AsyncClient(auth=auth, timeout=60) as http,
            Client(streamable_http_client(f"{url}mcp", http_client=http)) as client,
        ):
            return await act(client)

    return asyncio.run(run())


def ask(client: Client, question: str, **more: object) -> Awaitable[Any]:
    return client.call_tool("ask_residency", {"question": question, **more})


def test_an_answer_has_exact_citations(with_users: str, assistant: Assistant) -> None:
    result = called(with_users, ANN, lambda client: ask(client, QUESTION))
    answer = result.structured_content
    assert answer["verdict"] == "answered"
    cited = answer["citations"][0]
    text = assistant.document(cited["document"]).text
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert cited["date"] == "2025-06-25"


def test_the_tools_are_described(with_users: str) -> None:
    listed = called(with_users, ANN, lambda client: client.list_tools())
    tools = {tool.name: tool for tool in listed.tools}
    assert set(tools) == {"ask_residency", "lookup_facts", "check_tenant"}
    assert "question" in tools["ask_residency"].input_schema["required"]
    assert "ctx" not in tools["ask_residency"].input_schema["properties"]


def test_a_tenant_is_checked_against_the_documents(with_users: str, assistant: Assistant) -> None:
    told = {"country": "Germany", "add_ons": []}
    result = called(
        with_users,
        ANN,
        lambda client: client.call_tool(
            "check_tenant", {"profile": told, "service": "Exchange Online"}
        ),
    )
    found = result.structured_content
    assert {row["outcome"] for row in found["statements"]} == {
        "holds", "does not hold", "not known",
    }  # fmt: skip
    for row in found["statements"]:
        text = assistant.document(row["document"]).text
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"profile": {"contry": "Norway"}}, "contry"),
        ({"name": "nobody"}, "no profile of that name"),
        ({"profile": {}, "changes": ["hope"]}, "not understood as a change"),
    ],
)
def test_a_check_that_cannot_be_made_says_why(
    with_users: str, arguments: dict[str, Any], told: str
) -> None:
    result = called(with_users, ANN, lambda client: client.call_tool("check_tenant", arguments))
    assert result.is_error
    assert told in result.content[0].text


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("lookup_facts", {"service": "x" * 300}),
        ("lookup_facts", {"condition": "x" * 300}),
        ("check_tenant", {"service": "x" * 300}),
        ("check_tenant", {"profile": {"features": ["x" * 30_000]}}),
        ("check_tenant", {"changes": ["add Multi-Geo"] * 30}),
        ("ask_residency", {"question": QUESTION, "country": "x" * 300}),
        ("ask_residency", {"question": QUESTION, "add_ons": ["x"] * 60}),
        ("ask_residency", {"question": QUESTION, "services": ["x" * 300]}),
        ("ask_residency", {"question": QUESTION, "thread": "x" * 300}),
    ],
)
def test_every_argument_has_a_bounded_length(
    with_users: str, tool: str, arguments: dict[str, Any]
) -> None:
    result = called(with_users, ANN, lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    text = result.content[0].text
    assert "at most" in text or "more than" in text
    assert "Traceback" not in text
    assert len(text) < 1_000


def test_a_thread_belongs_to_its_user(with_users: str) -> None:
    def quoted(user: tuple[str, str], question: str) -> str:
        result = called(with_users, user, lambda client: ask(client, question, thread="mcp"))
        return " ".join(cited["quote"] for cited in result.structured_content["citations"])

    quoted(ANN, QUESTION)
    assert "30 days" in quoted(ANN, "and personal data after deletion?")
    assert "Intune" not in quoted(BEN, "and in which document was that?")


@pytest.mark.parametrize("user", [None, ("ann", "a wrong pass phrase"), ("nobody", ANN[1])])
@pytest.mark.parametrize("act", [lambda client: client.list_tools(), lambda c: ask(c, QUESTION)])
def test_nothing_is_told_without_the_right_login(
    with_users: str, user: tuple[str, str] | None, act: Callable[[Client], Awaitable[Any]]
) -> None:
    with pytest.raises(Exception) as refused:  # noqa: PT011 - the client wraps it in groups
        called(with_users, user, act)
    assert "Intune" not in str(refused.value)


@pytest.mark.parametrize("method", ["initialize", "tools/list", "tools/call"])
def test_each_method_asks_for_the_login(with_users: str, method: str) -> None:
    sent = httpx2.post(
        f"{with_users}mcp", json={"jsonrpc": "2.0", "id": 1, "method": method, "params": {}},
        headers={"Accept": "application/json, text/event-stream"},
    )  # fmt: skip
    assert sent.status_code == 401
    assert sent.headers["WWW-Authenticate"].startswith("Basic ")


def test_errors_are_the_tools_own_with_our_words(with_users: str) -> None:
    result = called(with_users, ANN, lambda client: ask(client, "   "))
    assert result.is_error
    assert "Traceback" not in result.content[0].text
    facts = called(
        with_users, ANN, lambda client: client.call_tool("lookup_facts", {"kind": "no-such"})
    )
    assert facts.is_error
    assert "Choose one of" in facts.content[0].text


def test_facts_are_filtered(with_users: str) -> None:
    found = called(
        with_users, ANN,
        lambda client: client.call_tool("lookup_facts", {"document": "intune", "limit": 2}),
    ).structured_content  # fmt: skip
    assert len(found["facts"]) == 2 < found["total"]
    for fact in found["facts"]:
        assert tuple(fact) == COLUMNS


def test_facts_are_filtered_by_relation_and_a_wrong_role_is_told(with_users: str) -> None:
    def looked_up(**filters: str) -> Any:
        return called(
            with_users, ANN, lambda client: client.call_tool("lookup_facts", dict(filters))
        )

    around = looked_up(place="Japan").structured_content["total"]
    within = looked_up(place="Japan", relation="within").structured_content["total"]
    assert 0 < within < around
    refused = looked_up(place="Japan", role="sleeps")
    assert refused.is_error
    assert "any, rests, processed" in refused.content[0].text


def test_without_users_it_answers_this_machine(for_anybody: str) -> None:
    result = called(for_anybody, None, lambda client: ask(client, QUESTION))
    assert result.structured_content["citations"]


def test_the_command_speaks_on_standard_input(built_home: Path) -> None:
    async def run() -> Any:
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "ui.command_line.main", "mcp"], cwd=str(ROOT),
            env={"RESIDENCY_HOME": str(built_home), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        async with Client(command) as client:
            return await ask(client, QUESTION)

    assert asyncio.run(run()).structured_content["citations"]
