"""What a host lets programs ask for: its robots.txt, as RFC 9309 has it; pure.

The parser of the standard library takes the first rule that fits in place of the longest and knows
neither `*` nor `$` (Python 3.11), so it would ask for pages that a host keeps to itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

PRODUCT = "residency-assistant"
"""The name by which a robots.txt means this program."""
LIMIT = 512_000
"""Bytes of a robots.txt that are read."""
_EVERYBODY = "*"
_SAFE = "/?&=;:@+$,!~*'()%-._"


class Rule(NamedTuple):
    """One line about paths."""

    allowed: bool
    path: str


@dataclass(frozen=True, slots=True)
class Robots:
    """The part of a robots.txt that this program has to keep to."""

    rules: tuple[Rule, ...] = ()
    delay_s: float = 0.0
    """Seconds that the host wants between two requests."""

    def allows(self, address: str) -> bool:
        """Tell whether an address may be asked for: the longest rule that fits it decides."""
        split = urlsplit(address)
        path = _settled(split.path or "/") + (f"?{_settled(split.query)}" if split.query else "")
        fitting = [rule for rule in self.rules if _fits(rule.path, path)]
        return max(
            ((len(rule.path), rule.allowed) for rule in fitting), default=(0, True)
        )[1]  # fmt: skip


def read_robots(text: str, product: str = PRODUCT) -> Robots:
    """Return what a robots.txt says to a program; what is no line of one is passed over."""
    groups = list(_groups(text.removeprefix("\ufeff").splitlines()))
    mine = [one for one in groups if product in one.agents]
    chosen = mine or [one for one in groups if _EVERYBODY in one.agents]
    rules = [
        Rule(name == "allow", _settled(value))
        for one in chosen
        for name, value in one.lines
        if name in ("allow", "disallow") and value
    ]
    delays = [_seconds(value) for one in chosen for name, value in one.lines if name == _DELAY]
    return Robots(tuple(rules), max(delays, default=0.0))


_DELAY = "crawl-delay"


class _Group(NamedTuple):
    agents: list[str]
    lines: list[tuple[str, str]]


def _groups(lines: Iterable[str]) -> Iterator[_Group]:
    """Yield what is said to whom; lines of agents that follow each other begin one group."""
    group = _Group([], [])
    for line in lines:
        name, mark, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not mark:
            continue
        if name == "user-agent":
            if group.lines:
                yield group
                group = _Group([], [])
            agent = re.match(r"[a-z_-]+|\*", value.lower())
            group.agents.append(agent.group() if agent else "")
        elif name in ("allow", "disallow", _DELAY) and group.agents:
            group.lines.append((name, value))
    yield group


def _fits(rule: str, path: str) -> bool:
    """Tell whether a rule fits a path, in a time that grows with neither's wildcards."""
    first, *parts = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    *parts, last = parts or [""]
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not rule.endswith("$"):
        return path.find(last, at) >= 0
    if "*" not in rule:
        return at == len(path)
    return path.endswith(last) and len(path) - len(last) >= at


def _settled(path: str) -> str:
    """Return a path with what must be escaped escaped, and nothing else."""
    bare = re.sub("%[0-9A-Fa-f]{2}", lambda found: _unescaped(found.group()), path)
    return quote(bare, safe=_SAFE)


def _unescaped(escape: str) -> str:
    sign = unquote_to_bytes(escape)
    plain = (sign.isalnum() and sign.isascii()) or sign in b"-._~"
    return sign.decode() if plain else escape.upper()


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) else 0.0
