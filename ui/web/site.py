"""What all parts of the page share: the assistant, who asks, what the asker may do, and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from ui.web.bounds.traffic import FairWork

if TYPE_CHECKING:
    from assistant.app import Assistant
    from ui.web.access.callers import Caller


class PageRequest(Protocol):
    """What the page needs of a request."""

    @property
    def username(self) -> str | None:
        """The name that the server's access control gave to the asker."""
        ...

    @property
    def session_hash(self) -> str | None:
        """The page that asks; each tab of a browser has its own."""
        ...


def owner_of(request: PageRequest) -> str:
    """Return whose conversations, jobs and feedback a request may see."""
    return f"web:{request.username or request.session_hash}"


def owner_of_caller(caller: Caller) -> str:
    """Return the same for a request that did not come through the page."""
    return f"web:{caller.name}"


@dataclass(frozen=True, slots=True)
class Site:
    """One served page."""

    assistant: Assistant
    may_manage: Callable[[str], bool] = lambda owner: True
    """Tells whether an owner may add, describe and remove documents."""
    may_approve: Callable[[str], bool] = lambda owner: True
    """Tells whether an owner may approve answers."""
    people: Callable[[], tuple[str, ...]] = tuple
    """Returns the names that work can be given to, none where they are not known."""
    has_names: bool = False
    """True where users have names, of a login or of a proxy; else browsers are told apart."""
    has_login: bool = False
    """True where users log in, and so may log out."""
    work: FairWork = field(default_factory=FairWork)
    """Whose turn it is to have something done."""


def passage_link(document: str, start: int, end: int) -> str:
    """Return the address, relative to the page, of a document opened at a passage.

    Links of the class `cite` open it beside what is being read.
    """
    return "passage?" + urlencode({"document": document, "start": start, "end": end})
