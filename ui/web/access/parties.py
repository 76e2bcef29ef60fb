"""Who shares what one may do: each user alone, browsers without a name by the address they are at.

A browser that drops its cookie has a new name each time, and the address that it had before.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict

SHARED = 4
"""How many times as much as one user may those have together who share an address."""
_OWNER = "web:"
_MOST = 50_000
_NETWORK = 64
"""Bits of an IPv6 address that tell one place from another; the rest one host makes up at will."""


def place_of(address: str) -> str:
    """Return what is counted of an address: all that one host may call itself is one place."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, _NETWORK), strict=False))


class Parties:
    """By which name each caller is counted; those not heard of for longest are forgotten."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()
        self._changing = threading.Lock()

    def note(self, name: str, party: str) -> None:
        """Note with whom a caller is counted; one without a party is counted alone."""
        if not party:
            return
        with self._changing:
            self._known[name] = party
            self._known.move_to_end(name)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)

    def of(self, owner: str) -> str:
        """Return what a caller, or an owner of the page, is counted as."""
        name = owner.removeprefix(_OWNER)
        with self._changing:
            return self._known.get(name, name)

    def share(self, owner: str) -> int:
        """Return how many times as much as one user an owner's party may have."""
        return SHARED if self.of(owner) != owner.removeprefix(_OWNER) else 1
