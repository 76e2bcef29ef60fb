"""Bodies of Slack as nobody should send them."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.soak.mutations import MARKS

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**400, "", "x", "\x00", "\ud800",
    "ü" * 500, "<" * 9_000, "a" * 40_000, [], {}, [[]], [None], [1], {"id": 1}, {"text": []}, "1.1",
    "T1", "U0BOT", "message", "[1,2,3]", "<@U0BOT>", "<!channel>", "../x", "1700000000.000100\n",
    *MARKS,
)  # fmt: skip


def mutated(chance: random.Random, body: Any, others: Sequence[Any]) -> Any:
    """Return a body with parts taken out, replaced by odd values or by other bodies."""
    body = copy.deepcopy(body)
    for _ in range(chance.randint(1, 4)):
        paths = list(_paths(body))
        if not paths:
            break
        *above, last = chance.choice(paths)
        part: Any = body
        for name in above:
            part = part[name]
        match chance.randrange(4):
            case 0:
                del part[last]
            case 1:
                part[last] = copy.deepcopy(chance.choice(_ODD))
            case 2:
                part[last] = copy.deepcopy(chance.choice(others))
            case _ if isinstance(part[last], str) and part[last]:
                at = chance.randrange(len(part[last]))
                odd = chance.choice(("<", "\ud800", ":", "\n", "\x00", "9"))
                part[last] = part[last][:at] + odd + part[last][at + chance.randrange(2) :]
    return body


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for name, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, name)
        if isinstance(part, dict | list):
            yield from _paths(part, (*path, name))
