"""What the fake language model says in the tests of answers that a model writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from assistant.app import Assistant
from assistant.model.evidence_given import said_of, whole_corpus
from assistant.model.prompts import read_prompts
from assistant.settings import Settings
from assistant.types import Answer, Origin, Receipt
from corpus.types import Chunk
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader
from tests.fakes.openai import FakeOpenAI, Reply, Request, Script, Text

SHORT = 4.0
"""Seconds for an answer where the model keeps it waiting."""
KEPT = "How long are audit logs kept?"
MOVED = "How long can data moves take?"
BOTH = "How long are audit logs kept, and how long can data moves take?"
TRUE = "Audit logs are retained for up to one year."
AUDIT = "Audit logs are retained"
MOVES = "Data moves can take up to 24 months"
CHUNK = 200
"""About how many characters of a body one chunk of a stream takes."""
_ANY_BUDGET = 1_000_000
_NOTICE = re.compile(r"The language model (?:was not used|did not finish): .+")


class Talk(NamedTuple):
    """An assistant, and the server that it asks."""

    assistant: Assistant
    fake: FakeOpenAI


Talking = Callable[..., AbstractContextManager[Talk]]
"""Opens a talk for a script; keywords are settings."""


@contextmanager
def talk(index: IndexReader, home: Path, script: Script, **settings: object) -> Iterator[Talk]:
    """Serve a script and yield an assistant that asks it; its files are in `home`."""
    home.mkdir(parents=True, exist_ok=True)
    with FakeOpenAI(script) as fake:
        update = {
            "home": home,
            "model": "openai:fake",
            "model_url": fake.url,
            "model_timeout": 30.0,
        }
        made = Settings.load().model_copy(update={**update, **settings})
        asked = Assistant(made, PinnedIndex(index))
        asked.make_ready()
        yield Talk(asked, fake)


class Passages:
    """The passages of a corpus as a model is given them, found by their words."""

    def __init__(self, index: IndexReader) -> None:
        whole = whole_corpus(index, _ANY_BUDGET)
        assert whole is not None
        self.text = whole.text
        self._chunks = whole.passages

    def id(self, words: str) -> str:
        """Return the id of the one passage that has the words."""
        found = [name for name, chunk in self._chunks.items() if words in said_of(chunk)]
        assert len(found) == 1, f"{words!r} is in {found}"
        return found[0]

    def chunk(self, words: str) -> Chunk:
        """Return the one passage that has the words."""
        return self._chunks[self.id(words)]

    def of(self, document: str) -> tuple[str, ...]:
        """Return the ids of a document's passages."""
        return tuple(n for n, chunk in self._chunks.items() if chunk.document == document)


def sentence(text: str, *ids: str) -> str:
    """Return a line of a reply."""
    return json.dumps({"sentence": text, "evidence": ids})


def mended(number: int, text: str, *ids: str) -> str:
    """Return a line of a reply that mends a sentence."""
    return json.dumps({"number": number, "sentence": text, "evidence": ids})


def reply(*lines: str, verdict: str = "answered") -> str:
    """Return a whole reply: the verdict, then its lines."""
    return "\n".join((json.dumps({"verdict": verdict}), *lines))


def system(request: Request) -> str:
    """Return what the model is told to be."""
    return request.messages[0].content


def human(request: Request) -> str:
    """Return what the model is asked."""
    return request.messages[1].content


def answering(answer: Reply | str, repair: Reply | str = "{}") -> Script:
    """Return a script that says one thing to questions, another when asked to mend."""

    def script(request: Request) -> Reply:
        said = repair if system(request) == read_prompts().repair else answer
        return Text(said) if isinstance(said, str) else said

    return script


def notice(answer: Answer) -> str:
    """Return what an answer says of its model, empty when nothing."""
    match = _NOTICE.search(answer.text)
    return match.group() if match else ""


def without_notice(answer: Answer) -> str:
    """Return the text of an answer without what it says of its model."""
    parts = [_NOTICE.sub("", part).strip() for part in answer.text.split("\n\n")]
    return "\n\n".join(filter(None, parts))


class Lie(NamedTuple):
    """A false sentence, the passage that it cites, and what only one of them says."""

    text: str
    cited: str
    false: str
    true: str


LIES = {
    "country": Lie(
        "Asia Pacific includes data centers in Australia, India, Japan, and Canada.",
        "Asia Pacific - Includes data centers",
        "Canada",
        "Hong Kong Special Administrative Region",
    ),
    "number": Lie("Data moves can take up to 12 months.", MOVES, "12 months", "24 months"),
    "negation": Lie(
        "Microsoft Intune uses personal data collected as part of providing the service for "
        "profiling or marketing purposes.",
        "doesn't use any personal data",
        "Intune uses personal data",
        "doesn't use any personal data",
    ),
    "condition": Lie(
        "Eligible customers with data residency requirements can request migration of their "
        "organization's Customer Data at rest.",
        "With this option, eligible customers",
        "Customer Data at rest.",
        "if minimal data loss and reconfiguration is acceptable",
    ),
}


def receipt_of(answer: Answer) -> Receipt:
    assert answer.receipt is not None
    return answer.receipt


def origins(answer: Answer) -> list[Origin]:
    return [record.origin for record in receipt_of(answer).sentences]


def assert_verbatim(answer: Answer, assistant: Assistant) -> None:
    for citation in answer.citations:
        text = assistant.document(citation.document).text
        assert text[citation.start : citation.end] == citation.quote
        assert f"[{citation.marker}]" in answer.text
