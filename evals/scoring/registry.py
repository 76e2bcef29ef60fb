"""What a metric is: one decorated function that says what a response is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, TypeVar, cast

from evals.suites.evidence_places import Texts
from evals.types import Case, Response

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answered:
    """A case with the response to it: all that a metric may look at."""

    case: Case
    response: Response
    texts: Texts
    """The documents that the case is about."""
    _known: dict[Callable[[Answered], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, compute: Callable[[Answered], T]) -> T:
        """Return what a function makes of this, computed for the first metric that asks."""
        if compute not in self._known:
            self._known[compute] = compute(self)
        return cast(T, self._known[compute])


Worth = Callable[[Answered], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that is the mean or median of a value over the cases where it is scored."""

    name: str
    """What logs and the baseline call it."""
    title: str
    """What tables and reports call it."""
    of: Worth
    """The value of one response; None leaves the case unscored, which is not zero."""
    share: bool = True
    """True for values between 0 and 1, shown in percent."""
    without_response: float | None = None
    """The value of a case whose system gave no response; None leaves it unscored."""
    column: int | None = None
    """Place among the columns of the short table; None is shown in reports alone."""
    gated: bool = False
    """True where falling below the baseline's interval is a regression."""
    median: bool = False
    """True where the figure is the median of the values and not their mean."""
    by_kind: bool = False
    """True where reports show it by kind of question too."""

    def __call__(self, answered: Answered) -> float | None:
        """Return the value of one response."""
        return self.of(answered)


def metric(
    *,
    title: str,
    share: bool = True,
    without_response: float | None = None,
    column: int | None = None,
    gated: bool = False,
    median: bool = False,
    by_kind: bool = False,
) -> Callable[[Worth], Metric]:
    """Make a function a metric of its name; the fields of `Metric` say what the options mean."""

    def made(of: Worth) -> Metric:
        return Metric(
            of.__name__, title, of, share, without_response, column, gated, median, by_kind
        )

    return made


def metrics_of(module: ModuleType) -> Iterator[Metric]:
    """Yield the metrics that a module defines, in the order of its lines."""
    for value in vars(module).values():
        if isinstance(value, Metric) and value.of.__module__ == module.__name__:
            yield value
