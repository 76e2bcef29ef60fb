"""Language models that follow a script: one that knows the right answers, and weak ones.

A script is told what a model is told, the rules and the question with its passages, and returns
what it replies. None draws lots: what seems random is taken from the hash of the question.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.model.prompts import read_prompts
from corpus.language.sentences import readable, split_sentences
from corpus.types import Span

_PASSAGE = re.compile(
    r"^\[(?P<id>p\d+)\] (?P<text>.+(?:\n(?!\[p\d+\] |#|  - |\nLikeliest).*)*)", re.MULTILINE
)
_FOUND = re.compile(
    r"^Found by rules[^\n]*\n(?P<text>(?:(?!Asked before|The asker).*\n)*)", re.MULTILINE
)
_QUESTION = re.compile(r"^Question: (?P<text>.+)\Z", re.MULTILINE | re.DOTALL)
_LIKELIEST = re.compile(r"^Likeliest passages: (?P<ids>.*)$", re.MULTILINE)
_IDS = re.compile(r"\[(p\d+(?:, p\d+)*)\]")
_CELL = re.compile(r": (?P<value>[^;:]+)(?:;|$)")
_WORD = re.compile(r"[^\W_]+")
_SENTENCES = 3
_FEWEST = 3
"""Words of some evidence that is looked for word by word."""
_NONSENSE = "The flarn of each quib is wendled by its morrow under the seventh brill."


@dataclass(frozen=True, slots=True)
class Gold:
    """What a model that knows the answer says to a question."""

    text: str
    evidence: tuple[str, ...]
    answerable: bool
    accepts: Callable[[str], bool] = lambda text: False
    """Tells whether a text is a right answer."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is given."""

    system: str
    human: str

    @property
    def question(self) -> str:
        """The question that is asked."""
        match = _QUESTION.search(self.human)
        return match["text"].strip() if match else ""

    @property
    def passages(self) -> dict[str, str]:
        """The passages by their ids."""
        return {match["id"]: match["text"] for match in _PASSAGE.finditer(self.human)}

    @property
    def likeliest(self) -> tuple[str, ...]:
        """The ids of the passages that are said to be the likeliest."""
        match = _LIKELIEST.search(self.human)
        return tuple(match["ids"].split(", ")) if match and match["ids"] else ()

    @property
    def found(self) -> str:
        """What the documents answer by themselves."""
        match = _FOUND.search(self.human)
        return match["text"] if match else ""

    @property
    def found_ids(self) -> list[str]:
        """The ids of the passages that these stand on."""
        return [id_ for ids in _IDS.findall(self.found) for id_ in ids.split(", ")]

    @property
    def is_asked(self) -> bool:
        """Whether an answer is asked for, not a sentence to mend or what to look up."""
        return self.system.startswith(read_prompts().answer)


Script = Callable[[Given], str]


def scripts(gold: Mapping[str, Gold]) -> dict[str, Script]:
    """Return the scripted models by name; `gold` has the right answers by question."""
    return {
        "good": lambda given: _good(given, gold),
        "random": _random,
        "silent": _silent,
        "dismissive": _dismissive,
        "gibberish": _gibberish,
        "elsewhere": _elsewhere,
        "parrot": _parrot,
    }


def _good(given: Given, gold: Mapping[str, Gold]) -> str:
    """Say the right answer in words of its own, and cite all of its passages with each sentence."""
    known = gold.get(given.question)
    if known is None or not given.is_asked:
        return "{}"
    ids = cited(known.evidence, given.passages)
    shown = set(given.found_ids) & set(ids)
    finding = "wrong"
    if known.accepts(given.found) and (shown or not known.answerable):
        finding = "right" if len(shown) == len(ids) else "short"
    if not known.answerable:
        return _verdict("not_in_documents", finding)
    said = [span.of(known.text) for span in split_sentences(known.text, _whole(known.text))]
    return "\n".join((_verdict("answered", finding), *(_sentence(text, ids) for text in said)))


def _random(given: Given) -> str:
    """Say sentences of the documents at random, each with passages at random."""
    passages = given.passages
    names = list(passages)
    if not names or not given.is_asked:
        return "{}"
    picked = [names[_drawn(given.question, n) % len(names)] for n in range(3 * _SENTENCES)]
    said = [
        _sentence(passages[picked[3 * n]], picked[3 * n + 1 : 3 * n + 3]) for n in range(_SENTENCES)
    ]
    return "\n".join((_verdict("answered", "wrong"), *said))


def _silent(given: Given) -> str:
    """Find nothing in the documents, whatever is asked."""
    return _verdict("not_in_documents") if given.is_asked else "{}"


def _dismissive(given: Given) -> str:
    """Find nothing in the documents, and say that what they answer is wrong, whatever it is."""
    return _verdict("not_in_documents", "wrong") if given.is_asked else "{}"


def _gibberish(given: Given) -> str:
    """Say nothing that means anything, in the form that is asked for."""
    names = list(given.passages)[:2]
    return "\n".join((_verdict("answered", "wrong"), *(_sentence(_NONSENSE, names),) * _SENTENCES))


def _elsewhere(given: Given) -> str:
    """Say what is true and rightly cited, of a topic that was not asked about."""
    likely = set(given.likeliest)
    others = [(name, text) for name, text in given.passages.items() if name not in likely]
    if not others or not given.is_asked:
        return "{}"
    start = _drawn(given.question, 0) % len(others)
    said = [_sentence(text, [name]) for name, text in others[start : start + _SENTENCES]]
    return "\n".join((_verdict("answered", "wrong"), *said))


def _parrot(given: Given) -> str:
    """Call what the documents answer right, whatever it is, and say again the first of its
    passages.
    """
    names = [name for name in given.found_ids if name in given.passages][:1]
    if not names or not given.is_asked:
        return "{}"
    return "\n".join((_verdict("answered", "right"), _sentence(given.passages[names[0]], names)))


def cited(evidence: Sequence[str], passages: Mapping[str, str]) -> list[str]:
    """Return the ids of the passages that say some evidence, which may begin in one and end in
    another; of rows, which are told with the titles of their columns, the cells are compared.
    """
    told = [(name, word) for name, text in passages.items() for word in _words(text)]
    cells = {name: _words(" ".join(_CELL.findall(text))) for name, text in passages.items()}
    found = set[str]()
    for words in (_words(readable(one)) for one in evidence):
        own = _in_a_row(words, told) or [
            name
            for name, said in cells.items()
            if _stands_in(said, words) or _stands_in(words, said)
        ]
        found |= set(
            own or (name for name, text in passages.items() if _nearly(words, _words(text)))
        )
    return [name for name in passages if name in found]


def _in_a_row(words: Sequence[str], told: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ids of the passages in which some words stand one after the other."""
    if not words:
        return []
    for start, (_, word) in enumerate(told):
        run = told[start : start + len(words)]
        if word == words[0] and [one for _, one in run] == list(words):
            return [name for name, _ in run]
    return []


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(whole)} "


def _nearly(words: Sequence[str], said: Sequence[str]) -> bool:
    """Tell whether most of some words are in a passage."""
    return len(words) >= _FEWEST and sum(word in set(said) for word in words) >= 0.9 * len(words)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _drawn(question: str, number: int) -> int:
    digest = hashlib.sha256(f"{number}\0{question}".encode()).digest()
    return int.from_bytes(digest[:6])


def _whole(text: str) -> Span:
    return Span(0, len(text))


def _verdict(said: str, finding: str = "") -> str:
    return json.dumps({"verdict": said} | ({"finding": finding} if finding else {}))


def _sentence(text: str, ids: Sequence[str]) -> str:
    return json.dumps({"sentence": text, "evidence": list(ids)}, ensure_ascii=False)
