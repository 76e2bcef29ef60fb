"""Questions to begin with, of what is indexed: each is asked of something that a fact says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus.facts.types import Statement, StatementKind

if TYPE_CHECKING:
    from assistant.app import Assistant

_MOST = 4
_DOCUMENTS = 12
"""Documents that are looked at, spread over all of them."""
_WORDING = {
    StatementKind.STORED: "Where does {subject} store {data}?",
    StatementKind.RETAINED: "How long does {subject} keep {data}?",
    StatementKind.PROCESSED: "Where does {subject} process {data}?",
    StatementKind.MOVED: "Can {data} of {subject} be moved?",
    StatementKind.REPLICATED: "Where does {subject} keep copies of {data}?",
}
_MASS = frozenset({"content", "data", "information", "metadata"})
"""What is neither one nor several."""
_WORDS_OF_SUBJECT, _WORDS_OF_DATA = range(1, 7), range(2, 5)
"""How many words make a name; more are a clause."""


class _Example(NamedTuple):
    document: str
    kind: StatementKind
    question: str


class Examples:
    """Examples of an assistant's index, worked out once for each build."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: tuple[str, tuple[str, ...]] = ("", ())

    def questions(self) -> tuple[str, ...]:
        """Return up to four questions, of as many documents as there are."""
        build = self._assistant.index_id
        if self._known[0] != build:
            ids = spread([one.id for one in self._assistant.documents], _DOCUMENTS)
            of_documents = [self._assistant.facts(document=one) for one in ids]
            self._known = (build, example_questions(of_documents))
        return self._known[1]


def spread(every: Sequence[str], most: int) -> list[str]:
    """Return at most so many of a sequence, evenly spread over it."""
    step = max(1, len(every) / most)
    return [every[int(number * step)] for number in range(min(most, len(every)))]


def example_questions(of_documents: Iterable[Sequence[Statement]]) -> tuple[str, ...]:
    """Return questions that facts answer: of another document and of another kind where there is
    one, then of another document, then any.
    """
    offered = [one for facts in of_documents for one in _questions(facts)]
    chosen: list[_Example] = []
    for differs in (_in_both, _in_document, _in_words):
        for one in offered:
            if len(chosen) < _MOST and all(differs(one, other) for other in chosen):
                chosen.append(one)
    return tuple(one.question for one in chosen)


def _in_words(one: _Example, other: _Example) -> bool:
    return one.question != other.question


def _in_document(one: _Example, other: _Example) -> bool:
    return one.document != other.document and _in_words(one, other)


def _in_both(one: _Example, other: _Example) -> bool:
    return one.kind != other.kind and _in_document(one, other)


def _questions(facts: Sequence[Statement]) -> Iterator[_Example]:
    """Yield the shortest question of each kind that facts answer."""
    for kind, wording in _WORDING.items():
        questions = [
            _Example(fact.document, kind, wording.format(subject=fact.about.name, data=_data(fact)))
            for fact in facts
            if fact.kind is kind and not fact.negated and _is_named(fact)
        ]
        if questions:
            yield min(questions, key=lambda one: len(one.question))


def _data(fact: Statement) -> str:
    """Return what a fact is about as it stands within a sentence."""
    first, *rest = fact.data[0].split()
    is_name = any(word != word.lower() for word in rest) or not first.istitle()
    return " ".join([first if is_name else first.lower(), *rest])


def _is_named(fact: Statement) -> bool:
    name = fact.about.name
    return (
        bool(fact.data)
        and len(fact.data[0].split()) in _WORDS_OF_DATA
        and len(name.split()) in _WORDS_OF_SUBJECT
        and name[:1].isupper()
        and fact.data[0].casefold() not in name.casefold()
        and _stands_alone(fact.data[0])
    )


def _stands_alone(data: str) -> bool:
    """Tell whether a name of data needs no article: "audit logs", "customer data"."""
    last = data.rsplit(maxsplit=1)[-1].casefold()
    return last in _MASS or (last.endswith("s") and not last.endswith("ss"))
