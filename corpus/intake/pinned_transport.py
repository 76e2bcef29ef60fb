"""Requests to public hosts alone, over connections to the very addresses that were checked."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from urllib.request import getproxies, proxy_bypass

import httpx

from corpus.intake.reach import OutOfReach, check_port, public_addresses

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOST_TRIED = 4
"""Addresses of one host."""


class PinnedTransport(httpx.BaseTransport):
    """Looks a host up once for a request, checks what it is told, and connects to that.

    Whatever a name means a moment later, the address that was checked is the one that is asked;
    the certificate is held against the name. A connection serves one request: of two hosts at one
    address the second would be believed by the certificate of the first.
    """

    def __init__(self, certificates: ssl.SSLContext, left: Callable[[], float]) -> None:
        self._left = left
        self._inner = httpx.HTTPTransport(
            verify=certificates, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raise OutOfReach for a host that must not be asked, or is behind a
        proxy, which would look its name up by itself.
        """
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or _DEFAULT_PORTS[request.url.scheme]
        check_port(port)
        if _has_proxy(request.url.scheme, host):
            raise OutOfReach(
                "is asked for by a proxy of the server's environment, which looks its host up by "
                "itself, so that nobody can check where it is",
                "Save the page yourself and add the file, or add it on the server with `residency "
                "corpus add`",
            )
        failed: httpx.TransportError | None = None
        for address in public_addresses(host, port)[:_MOST_TRIED]:
            try:
                return self._inner.handle_request(self._pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise OutOfReach from failed

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()

    def _pinned(self, request: httpx.Request, host: str, address: str) -> httpx.Request:
        # The header `Host` is written already, with the name.
        return httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={
                **request.extensions,
                "sni_hostname": host.removesuffix("."),
                "timeout": httpx.Timeout(self._left()).as_dict(),
            },
        )


def _has_proxy(scheme: str, host: str) -> bool:
    """Tell whether the environment sends requests to a host by a proxy."""
    proxies = getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)
