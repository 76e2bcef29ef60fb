"""The values that users and front ends handle: answers, citations, profiles, verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_Kind = TypeVar("_Kind")


class Verdict(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    CLARIFY = "clarify"
    TALK = "talk"
    """Nothing was asked of the documents: a greeting, thanks, what the assistant can do."""


class AnswerKind(StrEnum):
    """What an answer is, where its verdict does not say it."""

    DEPENDS = "depends"
    """Answered, with one answer for some cases and another for others."""
    NOT_COVERED = "not covered"
    """Abstained, as no document is about what is asked of."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact passage that a sentence of an answer stands on."""

    marker: int
    """The number in brackets that the answer's text uses."""
    document: str
    """Document id."""
    title: str
    section: str
    """Heading path, outermost first, joined by ' > '."""
    quote: str
    """Verbatim: `document.text[start:end]`."""
    start: int
    end: int
    source: str
    """Where the document is published, possibly empty."""
    as_of: date | None
    """The document's own date; None when it states none."""
    page: int | None = None
    """Page of the document, for formats that have pages."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """An extracted fact that a citation of the answer states."""

    document: str
    quote: str
    start: int
    end: int
    id: str = ""
    """Of the fact in the fact table."""
    kind: str = ""
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Licence:
    """Licences that a tenant has of one thing."""

    name: str
    """The add-on, plan or unit, as the vendor names it."""
    share: float | None = None
    """Percent of the eligible users that have one; None where it is not said."""


EVERY_ADD_ON = "add-ons"
"""Stands in `Profile.without` for all add-ons: none was bought."""


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """What holds for the asker in every question of a conversation, and for a tenant that the
    documents are checked for.

    What is empty is not said. Add-ons that are named are all that there are; of services and
    features nothing follows for those that are not named, but for services: statements of other
    ones are left out of a check.
    """

    country: str = ""
    """Sign-up country of the tenant."""
    add_ons: tuple[str, ...] = ()
    agreement: str = ""
    services: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    region: str = ""
    """The region, geography or location that was chosen for the data."""
    provisioned: date | None = None
    """When the tenant was created."""
    features: tuple[str, ...] = ()
    """Features, settings and parts of services that are on."""
    without: tuple[str, ...] = ()
    """What the tenant has not, or has off: add-ons, features; `EVERY_ADD_ON` for no add-on."""

    def __repr__(self) -> str:
        # Files of progress are told apart by it, those of before too.
        shown = (f"{name}={getattr(self, name)!r}" for name in self._shown())
        return f"Profile({', '.join(shown)})"

    def to_json(self) -> dict[str, Any]:
        """Return the profile as plain JSON values, the form that records and stores keep."""
        plain = asdict(self)
        if self.provisioned is not None:
            plain["provisioned"] = self.provisioned.isoformat()
        return {name: plain[name] for name in self._shown()}

    def _shown(self) -> Iterator[str]:
        """Yield the names of what profiles always had, and of what is said beside it."""
        for one in fields(self):
            if one.name in _ALWAYS or getattr(self, one.name):
                yield one.name


_ALWAYS = frozenset({"country", "add_ons", "agreement", "services"})


@dataclass(frozen=True, slots=True)
class RowAbout:
    """What a questionnaire says beside a question, as its cells say it."""

    service: str = ""
    """What it is asked of."""
    section: str = ""
    """The heading that it stands under."""
    category: str = ""


class Origin(StrEnum):
    """Where a sentence of an answer came from."""

    MODEL = "model"
    REPAIRED = "model, second attempt"
    DOCUMENTS = "documents"
    """Quoted from the passages, or composed without the model."""
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class SentenceRecord:
    """What became of one sentence of a language model."""

    text: str
    origin: Origin
    """What is displayed in its place."""
    reason: str = ""
    """Why the sentence itself is not displayed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """How an answer came about where a language model is configured."""

    model: str
    prompts: str
    """Hash of the prompts."""
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cached: bool
    """True when the reply had been given before."""
    fault: str
    """Why the model's reply could not be used, or not all of it; empty when it could."""
    sentences: tuple[SentenceRecord, ...]


@dataclass(frozen=True, slots=True)
class DerivationStep:
    """One step from the documents to what an answer says."""

    said: str
    markers: tuple[int, ...] = ()
    """Citations of the answer that it stands on; none where only knowledge of places is used."""


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """What an approved answer holds for; an empty part does not restrict."""

    service: str = ""
    customer: str = ""
    """For whom it was approved."""
    language: str = ""
    """English name of the language of the asker, empty for English."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what is equal for equal scopes, however they are written."""
        service, customer, language = (
            " ".join(one.split()).casefold() for one in (self.service, self.customer, self.language)
        )
        return service, customer, language


@dataclass(frozen=True, slots=True)
class Approved:
    """The approved answer of the library that a question got, or would have got."""

    entry: str
    """Its id in the library."""
    question: str
    """The question that was approved with it."""
    text: str
    approver: str
    approved: date
    scope: AnswerScope
    grounds: int
    """Passages of the documents that it stands on today."""
    void: tuple[str, ...] = ()
    """Why it was not given, a sentence each; empty where it was."""
    today: str = ""
    """What the documents answer today, where that is not the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, abstention or question back."""

    id: str
    question: str
    text: str
    """All that the reader reads, caveats included; quotes and source list not."""
    verdict: Verdict
    citations: tuple[Citation, ...]
    facts: tuple[StatedFact, ...]
    caveats: tuple[str, ...]
    """Notices of the product itself (age, scope); they close the text."""
    choices: tuple[str, ...]
    """The options when the verdict is `clarify`."""
    mode: str
    """How the text came about: `structured` without a language model, `model` when every sentence
    is the model's, `mixed` when the documents replaced some."""
    index: str
    """Id of the index build that it was answered from."""
    latency_ms: float
    receipt: Receipt | None = None
    """Of the language model's part; None where none is configured."""
    derivation: tuple[DerivationStep, ...] = ()
    """How the answer follows, step by step; empty where passages are quoted as they stand."""
    approved: Approved | None = None
    """The library's answer to the question; None where it has none."""
    kind: AnswerKind | None = None
    """None where the verdict says all, and in answers that were kept before there were kinds."""

    @property
    def abstained(self) -> bool:
        """True when the documents do not say."""
        return self.verdict is Verdict.ABSTAINED

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain JSON values, the form that files and `--json` carry."""
        plain: dict[str, Any] = json_form(Answer).dump_python(self, mode="json")
        for name in ("approved", "kind"):
            if plain[name] is None:
                # As it was before there was a library, and kinds.
                del plain[name]
        return {**plain, "abstained": self.abstained}

    @classmethod
    def from_json(cls, plain: object) -> Answer:
        """Return the answer that `to_json` made this of; raise ValueError for what is none."""
        return json_form(Answer).validate_python(plain)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with all that an assistant is told beside it."""

    question: str
    thread: str | None = None
    """The conversation that it belongs to."""
    owner: str = ""
    profile: Profile | None = None
    clarify: bool = True
    """Whether somebody is there to be asked back."""
    keep: bool = False
    """Whether an answer outside of a conversation is recorded."""
    replacing: int | None = None
    """Position of the turn of the conversation that this one takes the place of, from 1."""
    scope: AnswerScope = field(default_factory=AnswerScope)
    """For what approved answers of the library are looked for."""
    use_library: bool = True
    """Whether an approved answer is given where there is one."""
    about: RowAbout | None = None
    """What stands beside it, where it is a row of a questionnaire."""
    must_keep: bool = False
    """Whether an answer that cannot be recorded is none, rather than one that says so."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a streamed answer; the last one carries the answer."""

    text: str
    answer: Answer | None = None


_FORMS: dict[type[Any], TypeAdapter[Any]] = {}


def json_form(kind: type[_Kind]) -> TypeAdapter[_Kind]:
    """Return what turns values of a kind into plain JSON values and back."""
    if kind not in _FORMS:
        # Imported and made at the first use: who only handles answers needs neither.
        from pydantic import TypeAdapter

        _FORMS[kind] = TypeAdapter(kind)
    return _FORMS[kind]
