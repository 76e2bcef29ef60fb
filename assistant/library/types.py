"""The values of the answer library: approved answers, what they stand on, and what became of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.types import AnswerScope
from corpus.language.sentences import readable

REVIEW_AFTER = dt.timedelta(days=365)
"""How long an approval holds where nobody sets a date."""
_ID = 12
"""Hexadecimal digits of an entry's id."""
_SAME = str.maketrans(
    {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'")}
    | dict.fromkeys("–—\u2010\u2011", "-")
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


class Right(StrEnum):
    """Whence somebody may approve."""

    OPERATOR = "operator"
    """Who works on the machine itself."""
    APPROVER = "approver"
    """A user of the page who has been given the right."""


@dataclass(frozen=True, slots=True)
class Approver:
    """One who may approve, correct and withdraw answers."""

    name: str
    right: Right


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage that an approved answer stands on, as it was when it was approved."""

    document: str
    """Document id."""
    title: str
    start: int
    end: int
    quote: str
    """Verbatim, the whole sentence, row or item."""
    sha256: str
    """Of the quote as it is compared: see `settled`."""
    edition: str
    """Hash of the file that the document was read from."""
    under: str = ""
    """Headings above it, outermost first, joined by ' > '."""
    read_with: str = ""
    """What it is read with: the sentence that leads its list in, the titles of its columns."""


@dataclass(frozen=True, slots=True)
class Approval:
    """An answer that somebody approves or has corrected, before it is kept."""

    question: str
    text: str
    scope: AnswerScope
    approver: str
    approved: dt.date
    review: dt.date
    """The day from which on it has to be looked at again."""
    origin: str
    """Where it is from: "answer 3f…", "import of last-year.xlsx, row 7"."""
    grounds: tuple[Ground, ...] = ()
    """Empty where no passage of the documents says it: it stands on nothing."""
    cited: str = ""
    """What an import says that it stands on, in its own words."""
    corrected: bool = False
    """True where a person wrote it in place of the assistant's answer."""

    @property
    def id(self) -> str:
        """Return what is the same for the same answer to the same question in the same scope."""
        told = [settled(self.question).casefold(), settled(self.text), *self.scope.key]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_ID]


@dataclass(frozen=True, slots=True)
class Entry:
    """An approved answer that the library keeps."""

    id: str
    approval: Approval
    against: tuple[str, ...] = ()
    """Ids of standing entries that answer the same question in the same scope otherwise."""
    withdrawn: str = ""
    """Who withdrew it, when and why; empty while it stands."""
    replaced_by: str = ""
    """Id of the entry that was written to correct it; empty where none was."""
    replaces: tuple[str, ...] = ()
    """Ids of the entries that it was written to correct, which stand no more."""

    @property
    def question(self) -> str:
        """The question that was answered."""
        return self.approval.question

    @property
    def stands_on_nothing(self) -> bool:
        """True where no passage of the documents was found for it."""
        return not self.approval.grounds


class Event(StrEnum):
    """What may happen to an entry."""

    APPROVED = "approved"
    AGAIN = "approved again"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an entry, and by whom."""

    entry: str
    event: Event
    at: dt.datetime
    """UTC."""
    who: str
    why: str = ""


class Outcome(StrEnum):
    """What became of an approval that was to be kept."""

    NEW = "new"
    AGAIN = "approved again"
    THERE = "there already"


@dataclass(frozen=True, slots=True)
class ToKeep:
    """An approval with what was found out about it."""

    approval: Approval
    against: tuple[str, ...] = ()
    """Ids of entries that answer the same question in the same scope otherwise."""
    replaces: tuple[str, ...] = ()
    """Ids of those of them that it was written to correct: they stand no more."""


class Cause(StrEnum):
    """Why an approved answer is not given any more."""

    CHANGED = "changed"
    """A passage that it stands on says something else now, or is gone."""
    ELSEWHERE = "elsewhere"
    """The passage stands under headings of another place or service."""
    SUPERSEDED = "superseded"
    """Another document takes the place of the one that it stands on."""
    AWAY = "away"
    """The document is not indexed any more."""
    DUE = "due"
    """Its review date has come."""


@dataclass(frozen=True, slots=True)
class Void:
    """One reason for which an approved answer is not given any more."""

    cause: Cause
    said: str
    """The reason in a sentence."""
    ground: Ground | None = None
    """The passage that is concerned; None for a date."""


@lru_cache(maxsize=1024)
def settled(text: str) -> str:
    """Return a text as it is compared: white space, marks of formatting, addresses behind links,
    kinds of quotes and dashes and invisible characters make no difference; letters, numbers and
    punctuation do.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)
    return readable(seen).strip()


def digest(text: str) -> str:
    """Return the hash of a text as it is compared."""
    return hashlib.sha256(settled(text).encode()).hexdigest()
