"""What language models are told: `prompts.toml`, and its hash."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "prompts.toml"


@dataclass(frozen=True, slots=True)
class Prompts:
    """The system prompts by what they are for."""

    answer: str
    repair: str
    search: str
    questions: str
    judge: str
    sha256: str
    """Hash of the whole file."""


@cache
def read_prompts() -> Prompts:
    """Return the prompts of this version."""
    source = _FILE.read_bytes()
    texts = {name: text.strip() for name, text in tomllib.loads(source.decode()).items()}
    return Prompts(**texts, sha256=hashlib.sha256(source).hexdigest())
