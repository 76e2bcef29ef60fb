"""Serves the page on one address, and nothing but that."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from ui.errors import PortBusy
from ui.web.conversation import Streamer

_SYSTEM_FONTS = ("system-ui", "sans-serif")
_SYSTEM_MONO = ("ui-monospace", "monospace")


def require_free(host: str, port: int) -> None:
    """Raise PortBusy when nothing can listen on the address."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortBusy(
            f"{host}:{port}: cannot listen there ({error.strerror or error}). "
            "Stop the other program or give another --port"
        ) from error


def serve_page(
    assistant: Streamer, *, host: str, port: int, announce: Callable[[str], None]
) -> None:
    """Serve until interrupted; announce the URL once the page answers."""
    # Gradio reads it when it is imported; nothing of ours may reach a network.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.web.page import STYLE, build_page

    page = build_page(assistant)

    theme = gr.themes.Base(
        font=[gr.themes.Font(name) for name in _SYSTEM_FONTS],
        font_mono=[gr.themes.Font(name) for name in _SYSTEM_MONO],
    )
    page.queue(default_concurrency_limit=8)
    _, url, _ = page.launch(
        server_name=host, server_port=port, theme=theme, css=STYLE, share=False, quiet=True,
        prevent_thread_lock=True, ssr_mode=False, footer_links=[], enable_monitoring=False,
    )  # fmt: skip
    announce(f"Residency Assistant is at {url}")
    try:
        page.block_thread()
    finally:
        page.close()
