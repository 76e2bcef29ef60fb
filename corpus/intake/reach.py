"""How far a fetch may reach: who asks through a server must not look into the server's network."""

from __future__ import annotations

import ipaddress
import socket
from enum import StrEnum

_PORTS = frozenset((80, 443, 8080, 8443))
"""Of web servers. Another one would tell who asks which services a host has."""
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""What networks without IPv4 of their own call addresses of it (RFC 6052)."""
_EXCEPTED = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # what a cloud tells its machines, at an address like any other
            "192.0.0.0/24",  # of protocols: some clouds answer their machines there
            "192.88.99.0/24",  # relays into 2002::/16
            "2001::/23",  # of protocols, Teredo among them, which holds another address
            "2001:db8::/32",
            "2002::/16",  # 6to4, which holds another address
            "3fff::/20",
        ),
    )
)
"""Not all versions of Python have all of these among the addresses that are not global."""


class Reach(StrEnum):
    """Which hosts may be asked for a page."""

    ANY = "any"
    """Whatever the machine reaches: for those who could ask from it themselves."""
    PUBLIC = "public"
    """Hosts that the whole world reaches, on the ports of web servers."""


class OutOfReach(Exception):
    """A host that must not be asked, or cannot be: which of these is told where it is no secret."""

    def __init__(self, cause: str = "", next_step: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.next_step = next_step


def is_public(address: str) -> bool:
    """Tell whether an address, in the spelling of the system, is one that the whole world reaches.

    Those that stand for another address count as that one where it can be told, else as none.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return False
        within = found.ipv4_mapped
        if found in _TRANSLATED:
            within = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if within is not None:
            return is_public(str(within))
        if found not in _GLOBAL_6:
            return False
    if any(found in network for network in _EXCEPTED if network.version == found.version):
        return False
    return found.is_global and not found.is_multicast


def check_port(port: int) -> None:
    """Raise OutOfReach for a port on which no public host is asked."""
    if port not in _PORTS:
        ports = ", ".join(map(str, sorted(_PORTS)))
        raise OutOfReach(
            f"leads to port {port}, where no page is asked for (only {ports})",
            "Save the page yourself and add the file",
        )


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """Look a host up, once; return its addresses in the order in which to try them.

    Raises OutOfReach where there are none, or one of them is not public: a host that names both
    kinds wants something of whoever asks it.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutOfReach from error
    addresses = tuple(dict.fromkeys(str(where[0]) for *_, where in found))
    zoned = any(len(where) > 3 and where[3] for *_, where in found)
    if not addresses or zoned or not all(is_public(one) and not _is_own(one) for one in addresses):
        raise OutOfReach
    return addresses


def _is_own(address: str) -> bool:
    """Tell whether an address is this machine's, where firewalls before it keep nobody out."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        # Of datagrams none is sent: the system only tells from where it would send them.
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 80))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False  # it cannot be reached either
