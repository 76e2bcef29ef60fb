"""A server of S3's protocol in a process of its own (moto), on this machine alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx

from tests.fakes.chroma import free_port

_STARTS_S = 60.0
BUCKET = "shared"
CREDENTIALS: Mapping[str, str] = {"AWS_ACCESS_KEY_ID": "ann", "AWS_SECRET_ACCESS_KEY": "secret"}


class S3Server:
    """A server with one bucket; with `asks` it wants credentials that it knows, and knows none."""

    def __init__(self, *, asks: bool = False) -> None:
        self.port = free_port()
        self._asks = asks
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a process is to be started with that uses it."""
        return {**CREDENTIALS, "AWS_ENDPOINT_URL": self.url, "AWS_EC2_METADATA_DISABLED": "true"}

    def stop(self) -> None:
        """End it, with all that it has."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def __enter__(self) -> Self:
        environment = dict(os.environ)
        if self._asks:
            # Making the bucket is free.
            environment["INITIAL_NO_AUTH_ACTION_COUNT"] = "1"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends = time.monotonic() + _STARTS_S
        while True:
            try:
                made = httpx.put(
                    f"{self.url}/{BUCKET}",
                    headers={"Authorization": _SIGNED, "x-amz-date": "20261129T000000Z"},
                )
            except httpx.TransportError:
                assert self._process.poll() is None, "the server ended"
                assert time.monotonic() < ends, "the server does not start"
                time.sleep(0.1)
            else:
                assert made.is_success, made.text
                return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


_SIGNED = (
    "AWS4-HMAC-SHA256 Credential=ann/20261129/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=0"
)
