"""Which caller each open page belongs to: the name of a page is no key to it."""

from __future__ import annotations

import threading
from collections import OrderedDict

_MOST = 50_000


class Tabs:
    """Owners of the pages that are open, by the name that a page gave itself."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._changing = threading.Lock()

    def claim(self, tab: str, name: str) -> bool:
        """Tell whether a page is the caller's; the first to speak of it has it."""
        with self._changing:
            owner = self._owners.setdefault(tab, name)
            self._owners.move_to_end(tab)
            if len(self._owners) > _MOST:
                self._owners.popitem(last=False)
        return owner == name
