"""Trouble that is made for a bot on purpose: limits, errors, lost replies, delays."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch

from tests.ui.slack.fake.world import Call

KINDS = ("ratelimited", "500", "dropped", "refused", "delay")


@dataclass(slots=True)
class Trouble:
    """A rule for some calls: which ones, and what becomes of them."""

    kind: str
    """`ratelimited`, `500`, `dropped` (after the effect), `refused` (before it) or `delay`."""
    methods: tuple[str, ...] = ("*",)
    """Names of methods, or patterns such as `chat.*`; `respond` is the use of a response_url."""
    every: int = 0
    """Every nth matching call; 0 leaves it to the share."""
    share: float = 0.0
    """The seeded share of matching calls, where `every` is 0."""
    seed: int = 7
    times: int = 0
    """After so many it is over; 0 is never."""
    retry_after: str = "1"
    """As the header says it."""
    seconds: float = 0.0
    """How long a delay takes."""
    hit: int = 0
    seen: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no trouble; known are {', '.join(KINDS)}")
        self.chance = random.Random(self.seed)

    def strikes(self, method: str) -> bool:
        """Tell whether the next call of a method is struck, and count it."""
        if not any(fnmatch(method, one) for one in self.methods):
            return False
        if self.times and self.hit >= self.times:
            return False
        self.seen += 1
        struck = self.seen % self.every == 0 if self.every else self.chance.random() < self.share
        self.hit += struck
        return struck


class Troubles:
    """The rules in force, and until when callers were told to wait."""

    def __init__(self) -> None:
        self.rules: list[Trouble] = []
        self._until: dict[tuple[str, str, str], float] = {}

    def struck(self, method: str) -> list[Trouble]:
        """Return the rules that strike a call."""
        return [rule for rule in self.rules if rule.strikes(method)]

    def told_to_wait(self, call: Call, seconds: str) -> None:
        """Remember what a 429 asked for."""
        self._until[_limited(call)] = time.time() + float(seconds)

    def early(self, call: Call) -> bool:
        """Tell whether a call comes before its caller should have come again."""
        return call.at < self._until.get(_limited(call), 0.0)


def _limited(call: Call) -> tuple[str, str, str]:
    return call.team, call.method, str(call.arguments.get("channel") or "")
