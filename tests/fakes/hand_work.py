"""Work for the process that reads files: harmless, and what it may not do."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path


def own_number(_request: str, _content: bytes) -> bytes:
    """Return the number of the process that works."""
    return str(os.getpid()).encode()


def reversed_bytes(request: str, content: bytes) -> bytes:
    """Return what was sent, so that nothing is lost on the way."""
    return request.encode() + content[::-1]


def keys(_request: str, _content: bytes) -> bytes:
    """Return the names of what the process knows of the environment."""
    return "\n".join(sorted(os.environ)).encode()


def connect(request: str, _content: bytes) -> bytes:
    """Connect to a port of this machine."""
    socket.create_connection(("127.0.0.1", int(request))).close()
    return b"connected"


def write(request: str, _content: bytes) -> bytes:
    """Write a file."""
    Path(request).write_bytes(b"x" * 100)
    return b"written"


def fill(_request: str, _content: bytes) -> bytes:
    """Take more memory than there is for it."""
    return bytes(3 * 2**30)[:1]


def wait(_request: str, _content: bytes) -> bytes:
    """Take longer than there is time."""
    time.sleep(30)
    return b"late"
