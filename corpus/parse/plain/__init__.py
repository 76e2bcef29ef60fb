"""Plain text to sections and blocks, for pages copied without their mark-up.

Nothing marks a heading, a table or a command there; what a reader goes by does: how a line ends,
whether the next word had room in it, how far it is set in, and what stands at its start.
"""

from __future__ import annotations

from corpus.parse.plain.plain_walk import parse_plain

__all__ = ["parse_plain"]
