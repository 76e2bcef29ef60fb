"""The values of the evaluation suite: cases, what systems reply, and how that scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from corpus.types import Span


class Kind(StrEnum):
    """What a case asks for."""

    LOOKUP = "lookup"
    LIST = "list"
    YESNO = "yesno"
    CONDITION = "condition"
    PROCEDURE = "procedure"
    NUMERIC = "numeric"
    COMPARE = "compare"
    FOLLOWUP = "followup"
    ABSTAIN = "abstain"
    FALSE_PREMISE = "false_premise"
    ALIAS = "alias"
    TYPO = "typo"
    DATE = "date"
    CAVEAT = "caveat"
    ADVERSARIAL = "adversarial"


class Split(StrEnum):
    """Which half of the cases: `dev` to tune on, `test` to look at seldom."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what makes an answer right."""

    id: str
    kind: Kind
    turns: tuple[str, ...]
    """Messages of the user in order; the last one is answered and scored."""
    answerable: bool
    docs: tuple[str, ...]
    """Ids of the documents that hold the evidence."""
    must: tuple[tuple[str, ...], ...]
    """Groups of regular expressions; a right answer matches one of every group."""
    must_not: tuple[str, ...]
    """Regular expressions that only a wrong answer matches."""
    evidence: tuple[str, ...]
    """Verbatim passages that prove the answer, white space folded."""
    note: str
    """The right answer in a line, for readers."""
    suite: str = ""
    """Name of the suite that the case belongs to."""


class Place(NamedTuple):
    """A range of code points in a document."""

    document: str
    span: Span

    def overlaps(self, other: Place) -> bool:
        """Tell whether the two share a code point."""
        return (
            self.document == other.document
            and self.span.start < other.span.end
            and other.span.start < self.span.end
        )


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a system gives it."""

    marker: int
    """The number that the text uses in brackets."""
    place: Place
    quote: str
    title: str = ""
    """Title of the document, shown with the citation."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a system replies to a case."""

    text: str
    """All that the reader reads; `[1]` marks what citation 1 supports."""
    abstained: bool
    """True when the system itself says that the documents do not say."""
    citations: tuple[Cited, ...] = ()
    notices: tuple[str, ...] = ()
    """Parts of the text in which the system speaks of itself; not claims about the documents."""
    ranking: tuple[Place, ...] | None = None
    """What retrieval found, best first; None where the system has no retrieval to show."""
    doubt: float | None = None
    """How far it is beyond abstaining: positive where it abstains; None where it does not say."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How one case went: a response, or the reason why there is none."""

    case: str
    response: Response | None
    failure: str = ""
    latency_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The deterministic scores of one reply; the metrics of `evals.scoring` define them."""

    values: Mapping[str, float] = field(default_factory=dict)
    """By name of the metric, read-only; what is unscored is absent, which is not zero. Shares and
    rates lie between 0 and 1."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def right(self) -> float:
        """1 for a right answer, else 0."""
        return self.values.get("right", 0.0)

    @property
    def failed(self) -> bool:
        """True when the system gave no response."""
        return self.values.get("failed", 0.0) > 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its interval."""

    value: float | None
    """None when nothing was scored."""
    low: float | None
    high: float | None
    scored: int
    unscored: int
