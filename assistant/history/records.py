"""Records of answers: what was asked, under which circumstances, and what was answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from assistant import wording
from assistant.errors import ThreadError
from assistant.query import Turn
from assistant.types import Answer, Profile, RowAbout, json_form
from index.types import StoredDocument


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document that an answer cites, as it was then."""

    id: str
    title: str
    date: dt.date | None
    sha256: str
    """Hash of its file."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an answer depends on beside the question and the documents."""

    version: str
    """Of the product."""
    index: str
    """Id of the index build, a hash of all that it was made of."""
    embedding_model: str
    model: str
    """Language model, empty without one."""
    prompts: str
    """Hash of the language model's prompts, empty without one."""
    reranker: str = ""
    """What judged passages anew, empty without one."""

    @property
    def digest(self) -> str:
        """Return a hash that is the same for equal configurations."""
        plain = asdict(self)
        if not self.reranker:
            # As it was before there could be one.
            del plain["reranker"]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and how a question was asked; nothing is known of answers of before records."""

    asked: dt.datetime | None = None
    """UTC."""
    today: dt.date | None = None
    """The day that the age of documents was told by."""
    profile: Profile | None = None
    clarify: bool = True
    """Whether somebody was there to be asked back."""
    documents: tuple[RecordedDocument, ...] = ()
    """Those that the answer cites."""
    configuration: Configuration | None = None
    about: RowAbout | None = None
    """What stood beside the question, where it was a row of a questionnaire."""

    def to_json(self) -> dict[str, Any]:
        """Return the circumstances as plain JSON values."""
        plain: dict[str, Any] = json_form(Circumstances).dump_python(self, mode="json")
        if self.about is None:
            # Of other questions than rows nothing is written that was not before there were rows.
            del plain["about"]
        if self.profile is not None:
            plain["profile"] = self.profile.to_json()
        # With the offset and all digits, as the column beside it has it.
        return {**plain, "asked": stamp(self.asked) if self.asked else None}

    @classmethod
    def from_json(cls, plain: object) -> Circumstances:
        """Return the circumstances that `to_json` made this of; of nothing, unknown ones.

        Raises ValueError for what are none.
        """
        return json_form(Circumstances).validate_python(plain)


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer with all that is needed to ask for it again: its receipt."""

    owner: str
    thread: str
    """The conversation that it belongs to, empty outside of one."""
    turns: tuple[Turn, ...]
    """The earlier questions that it could lean on."""
    circumstances: Circumstances
    answer: Answer

    @property
    def id(self) -> str:
        """Return the id of the answer."""
        return self.answer.id

    @property
    def question(self) -> str:
        """Return the question as it was understood: without what steers a screen."""
        return self.answer.question

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain JSON values."""
        return {
            "id": self.id,
            "owner": self.owner,
            "thread": self.thread,
            "question": self.question,
            "turns": [asdict(turn) for turn in self.turns],
            **self.circumstances.to_json(),
            "answer": self.answer.to_json(),
        }


class Quoted(NamedTuple):
    """A passage that an answer quotes of some document."""

    answer: str
    """Id of the answer."""
    quote: str
    start: int
    """Where it stood."""


def cited_documents(
    answer: Answer, documents: Mapping[str, StoredDocument]
) -> tuple[RecordedDocument, ...]:
    """Return the documents that an answer cites, each once, as the index has them."""
    names: Iterable[str] = dict.fromkeys(citation.document for citation in answer.citations)
    return tuple(
        RecordedDocument(one.id, one.about.title, one.about.date, one.sha256)
        for one in (documents[name] for name in names)
    )


def unrecorded(answer: Answer, error: ThreadError, *, is_later: bool = False) -> Answer:
    """Return an answer that says that it could not be recorded: better than none at all.

    `is_later` tells that it will be once its store answers again.
    """
    told = "" if str(error) in answer.text else str(error)
    notice = wording.NOT_RECORDED_YET if is_later else wording.NOT_RECORDED
    return noticed(answer, notice.format(error=told).strip())


def noticed(answer: Answer, notice: str) -> Answer:
    """Return an answer that closes with one more notice."""
    return replace(answer, text=f"{answer.text}\n\n{notice}", caveats=(*answer.caveats, notice))


@cache
def product_version() -> str:
    """Return the version of the product, empty where it runs without being installed."""
    try:
        return version("residency-assistant")
    except PackageNotFoundError:
        return ""


def stamp(time: dt.datetime) -> str:
    """Return a time as it is stored, so that text order is the order of time."""
    return time.isoformat(timespec="microseconds")


def moment(stored: str | None) -> dt.datetime | None:
    """Return a stored time; None where it is not known."""
    return dt.datetime.fromisoformat(stored) if stored else None
