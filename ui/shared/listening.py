"""Whether something can listen at an address, told before anything is made ready."""

from __future__ import annotations

import socket

from ui.errors import PortBusy


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
