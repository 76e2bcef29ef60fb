"""LangChain users get a Runnable and a retriever, and no trace leaves the machine."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.app import Assistant


class _Listener(BaseHTTPRequestHandler):
    received: list[str] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.received.append(self.path)
        self.send_response(202)
        self.end_headers()

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_runnable_and_retriever_compose_and_send_nothing(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    for name in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("LANGSMITH_API_KEY", "key")

    from assistant.langchain import ResidencyRetriever

    chain = assistant.runnable | (lambda answer: answer.text)
    assert "India" in chain.invoke("Where does Intune keep data for a customer in India?")
    found = ResidencyRetriever(assistant, k=3).invoke("Where does Intune keep data?")
    assert len(found) == 3
    for document in found:
        text = assistant.document(document.metadata["document"]).text
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content

    from langchain_core.tracers.langchain import wait_for_all_tracers

    wait_for_all_tracers()
    server.shutdown()
    assert _Listener.received == []
