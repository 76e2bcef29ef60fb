"""`residency serve`, the web page, and `residency mcp`, its tools for a program of this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.settings import Settings
from ui.mcp import mcp_server
from ui.shared.listening import require_free
from ui.shared.opened import opened, say
from ui.telemetry.observed import require_packages
from ui.web.access.limits import Guarded
from ui.web.serving.server import Address, prefix_of, serve_page


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    prefix: Annotated[str, typer.Option(help="Path to serve below, behind a proxy.")] = "",
) -> None:
    """Serve the web page, its API and its MCP endpoint."""

    address = Address(host, port, prefix_of(prefix))
    require_free(host, port)
    settings = Settings.load()
    require_packages(settings)
    assistant = Guarded.open(settings, progress=say)
    serve_page(assistant, address, announce=lambda text: print(text, flush=True))


def mcp() -> None:
    """Serve the MCP tools on standard input and output, for a program of this machine."""

    assistant = opened()
    with assistant.following(say):
        mcp_server(assistant, lambda call: "").run("stdio")
