"""What changed in watched pages, handed over to the bot, which posts it once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

from assistant.settings import Settings
from assistant.watching.types import ChangeReport
from ui.exports.watch_rows import change_words, kinds_words, standing_words
from ui.slack.types import Arrival, Place, Watched

_SHOWN = 8
"""Changes of a page that a message tells."""
_CLOCKS = timedelta(days=1)
"""By how much this machine's clock may be ahead of Slack's."""


def hand_over(settings: Settings, channel: str, reports: Sequence[ChangeReport]) -> int:
    """Put what is to be posted into the bot's inbox; return how much is new. Raises InboxError.

    A report that was put there before is known again. Those without a changed statement say
    nothing to a channel.
    """
    loud = [one for one in reports if one.loud]
    if not loud:
        return 0
    from ui.slack.inbox.event_store import Inbox

    with closing(Inbox.of(settings)) as inbox:
        return sum(inbox.put(arrival_of(one, channel)) for one in loud)


def arrival_of(report: ChangeReport, channel: str) -> Arrival:
    """Return a report as what the bot has to post; its key tells since when that may be there."""
    assert report.made is not None
    shown = report.loud[:_SHOWN]
    more = len(report.loud) - len(shown)
    told = Watched(
        Place("", channel, "", ""),
        report.title,
        report.address,
        kinds_words(report),
        (*map(change_words, shown), *((f"and {more} more",) if more else ())),
        standing_words(report.standing),
    )
    since = (report.made - _CLOCKS).timestamp()
    return Arrival(f"watch:{report.number}:{since:.6f}", "watch", told)
