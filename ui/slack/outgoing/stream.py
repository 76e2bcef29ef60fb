"""A message that grows while its text comes."""

from __future__ import annotations

import time

from ui.slack.blocks.inert_text import LONGEST_MARKDOWN, MarkdownStream
from ui.slack.outgoing.posting import Slack, Target

_EVERY_S = 0.4
"""Time between two parts of a streamed answer."""
_LONGEST_STREAM = LONGEST_MARKDOWN // 2
"""Characters of a text that is streamed; escaped it may be twice as long."""


class Stream:
    """A message that grows while its text comes."""

    def __init__(self, slack: Slack, target: Target, team: str, user: str) -> None:
        self._slack = slack
        self._target = target
        self._reader = (team, user)
        self._escaping = MarkdownStream()
        self._told = ""
        self._at = 0.0
        self._whole = False
        self.ts = ""

    def is_due(self, text: str, *, last: bool = False) -> bool:
        """Tell whether the text so far is to be shown now."""
        if not text.startswith(self._told) or len(text) > _LONGEST_STREAM:
            return False
        return last or (text != self._told and time.monotonic() - self._at >= _EVERY_S)

    def hear(self, text: str, *, last: bool = False) -> bool:
        """Take the text so far; return True when that made the message begin."""
        if not self.is_due(text, last=last):
            return False
        new = text.removeprefix(self._told)
        self._told, self._at = text, time.monotonic()
        piece = self._escaping.take(new) + (self._escaping.rest() if last else "")
        begins = not self.ts
        if piece and begins:
            self.ts = self._slack.start_stream(self._target, piece, *self._reader)
        elif piece:
            self._slack.append(self._target, self.ts, piece)
        self._whole = last and bool(self.ts)
        return begins and bool(self.ts)

    def has(self, text: str) -> bool:
        """Tell whether all of a text stands there."""
        return self._whole and self._told == text
