"""Which caller each open page belongs to: the name of a page is no key to it."""

from __future__ import annotations

import threading
from collections import OrderedDict

_MOST = 50_000


class Tabs:
    """Owners of the pages that are open, by the name that a page gave itself, and of what they have
    asked Gradio for.
    """

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._events: OrderedDict[str, str] = OrderedDict()
        self._changing = threading.Lock()

    def claim(self, tab: str, name: str) -> bool:
        """Tell whether a page is the caller's; the first to speak of it has it."""
        with self._changing:
            return _owner(self._owners, tab, name) == name

    def note_event(self, event: str, name: str) -> None:
        """Note who has asked for an event, before anybody else can have heard its id."""
        with self._changing:
            _owner(self._events, event, name)

    def claim_event(self, event: str, name: str) -> bool:
        """Tell whether an event is the caller's, to be heard of or to be cancelled.

        One that is not known may be the name of a page: Gradio looks for that then.
        """
        with self._changing:
            return (
                self._events.get(event, name) == name and _owner(self._owners, event, name) == name
            )


def _owner(owners: OrderedDict[str, str], key: str, name: str) -> str:
    """Return whose something is: the caller's where it was nobody's."""
    owner = owners.setdefault(key, name)
    owners.move_to_end(key)
    if len(owners) > _MOST:
        owners.popitem(last=False)
    return owner
