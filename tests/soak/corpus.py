"""Documents about where data lives, whose text is told by number and generation.

Most passages are shared between documents, word for word and under the same headings, so that few
of them have to be embedded. What differs is a sentence that names the vault of the document and
the generation of its text:

    Vault alpha-007 of generation 0012 keeps its records in Oslo.

The numbers are padded: texts of two generations differ in these digits alone, and every offset
means the same in both.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests import sizes

LONG = sizes.LONG or any(name in os.environ for name in ("SOAK_KILLS", "SOAK_SECONDS"))
"""True for a run of its own, not one among all tests."""
DOCUMENTS = 200 if LONG else 16
RING = range(12)
"""Documents of the vaults that are asked about together; their generations change together."""
_SEED = 20_240_229
_LEAST = 20_000 if LONG else 4_000
"""Bytes of a document."""
_SUMS = 9 if LONG else 2
"""Passages of a register of sums in each section: bytes that cost little to read."""
_VARIANTS = 3
"""Ways in which a section is written."""
_SERVICES = ("Fjord Archive", "Lagoon Ledger", "Mesa Messaging")
_PLACES = {
    "Oslo": "Norway", "Lyon": "France", "Osaka": "Japan", "Madrid": "Spain", "Dublin": "Ireland",
    "Toronto": "Canada", "Zurich": "Switzerland", "Milan": "Italy", "Sydney": "Australia",
    "Helsinki": "Finland",
}  # fmt: skip
_GROUPS = ("alpha", "bravo", "delta", "gamma", "kappa", "omega")
_MARKER = re.compile(r"Vault ([a-z]+)-(\d{3}) of generation (\d{4}) keeps its records in (\w+)\.")
_SECTIONS = ("Scope", "Change control", "Suppliers", "Review")
_DEEDS = (
    "The owner of the vault agrees to a change before it is made.",
    "The reviewer compares the description with what is in use.",
    "An administrator explains every refusal in plain words.",
    "The auditor marks whatever nobody could confirm.",
    "The supplier returns what was lent for a test.",
    "Whoever opens a request closes it.",
)
_KINDS = ("Mailbox contents", "Audit records", "Directory entries", "Recorded calls", "Invoices")


def name(number: int) -> str:
    """Return the file name of a document."""
    return f"vault-{number:03d}.md"


def document(number: int) -> str:
    """Return the id that an index gives a document."""
    return f"vault-{number:03d}"


def vault(number: int) -> str:
    """Return the vault that a document is about."""
    group = _GROUPS[0] if number in RING else _GROUPS[1 + number % len(_GROUPS[1:])]
    return f"{group}-{number:03d}"


def marker(number: int, generation: int) -> str:
    """Return the sentence that tells of what generation a document is."""
    place = tuple(_PLACES)[number % len(_PLACES)]
    return f"Vault {vault(number)} of generation {generation:04d} keeps its records in {place}."


def question(numbers: Iterable[int]) -> str:
    """Return a question about the vaults of some documents, worded so that it is answered."""
    *others, last = map(vault, numbers)
    return f"In which cities do vaults {', '.join(others)} and {last} keep records?"


def generations(text: str) -> dict[int, int]:
    """Return the generation of every document whose marker is in a text."""
    return {int(found[2]): int(found[3]) for found in _MARKER.finditer(text)}


def text(number: int, generation: int) -> str:
    """Return the text of a document."""
    before, after = _around(number)
    return before + marker(number, generation) + after


def write(folder: Path, state: Mapping[int, int]) -> None:
    """Make the documents of a folder those of a state, which gives numbers their generations."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("vault-*.md"):
        if int(path.stem.removeprefix("vault-")) not in state:
            path.unlink()
    for number, generation in state.items():
        write_one(folder, number, generation)


def write_one(folder: Path, number: int, generation: int) -> None:
    """Write a document where it is not there as it should be."""
    path, content = folder / name(number), text(number, generation).encode()
    if not path.exists() or path.read_bytes() != content:
        # Never half a document, for whoever reads meanwhile.
        aside = folder / f".{path.name}"
        aside.write_bytes(content)
        aside.replace(path)


@cache
def _around(number: int) -> tuple[str, str]:
    """Return what comes before the marker of a document, and what comes after it."""
    rng = random.Random(f"{_SEED} {number}")
    service = _SERVICES[number % len(_SERVICES)]
    parts = [
        f"---\ntitle: Residency of vault {vault(number)}\nservice: {service}\n---\n\n## Vault\n\n",
        "\n" + _table(rng),
    ]
    while len("".join(parts).encode()) < _LEAST:
        parts += (_section(title, rng.randrange(_VARIANTS)) for title in _SECTIONS)
    return parts[0], "".join(parts[1:])


def _table(rng: random.Random) -> str:
    rows = (
        f"| {kind} | {place}, {_PLACES[place]} | {rng.randrange(10, 400)} days |\n"
        for kind, place in zip(rng.sample(_KINDS, 2), rng.sample(sorted(_PLACES), 2), strict=True)
    )
    return f"\n| Data | Location | Retention |\n|---|---|---|\n{''.join(rows)}"


@cache
def _section(title: str, variant: int) -> str:
    rng = random.Random(f"{_SEED} {title} {variant}")
    first, second, third = rng.sample(_DEEDS, 3)
    sums = "\n\n".join(
        "\n".join(f"{rng.getrandbits(576):0144x}" for _ in range(4)) for _ in range(_SUMS)
    )
    return f"\n## {title}\n\n{first}\n\nTo this end:\n\n- {second}\n- {third}\n\n{sums}\n"
