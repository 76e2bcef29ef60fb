"""Where things of the project stand, for tests that read them or run processes there."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
