"""Names that a text says: services of the documents, and other proper names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.understanding.conversation.question_tree import question_tree
from assistant.understanding.services import service_spans, services
from corpus.language.parsing import Token
from corpus.language.terms import WORD
from corpus.places import Gazetteer
from corpus.types import Span
from index.types import Abouts

_SHORTEST = 3
"""Letters of a word that names a service by itself."""
_OF_ANY = frozenset(
    ("mailbox", "mailboxes", "e-mail", "e-mails", "email", "emails", "public folders",
     "device management", "active directory", "multi-geo", "multigeo")
)  # fmt: skip
"""Words that may name a service where nothing else does, and in a conversation are no change of
it."""
_PLAIN = frozenset(
    "account additional application applications audit cloud customer customers data management "
    "microsoft network online privacy region regions retention security service services storage "
    "support system systems terms user users azure google amazon aws ibm oracle the sales "
    "agent team office".split()
)
"""Words of services' names that do not stand for them alone."""


@lru_cache(maxsize=1024)
def subject_spans(text: str, abouts: Abouts) -> tuple[Span, ...]:
    """Return where a text names what a document is about, or a service of the vocabulary."""
    described = [
        span for name, span in service_spans(text)
        if (not abouts or name in _described(abouts)) and span.of(text).lower() not in _OF_ANY
    ]  # fmt: skip
    return _bare((*described, *_of_documents(text, abouts)), text)


def subjects(text: str, abouts: Abouts) -> tuple[str, ...]:
    """Return the subjects that a text names, each once, as it says them."""
    return tuple(dict.fromkeys(span.of(text) for span in subject_spans(text, abouts)))


@lru_cache(maxsize=1024)
def name_spans(text: str, abouts: Abouts, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return where a text says proper names of anything but places, subjects among them."""
    placed = [(mention.start, mention.end) for mention in gazetteer.mentions(text)]
    proper = (
        run for run in _runs(question_tree(text).tokens)
        if not any(start <= run.start and run.end <= end for start, end in placed)
    )  # fmt: skip
    vocabulary = (span for _, span in service_spans(text))
    return _bare((*subject_spans(text, abouts), *vocabulary, *proper), text)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _bare(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return spans in order without the ending of a genitive."""
    return tuple(
        Span(s.start, s.end - 2) if s.of(text).endswith(("'s", "’s")) else s for s in merged(spans)
    )


@lru_cache(maxsize=8)
def _described(abouts: Abouts) -> frozenset[str]:
    """Return the services of the vocabulary that a document is about."""
    return frozenset(
        service.name for service in services() if any(map(service.described_by, abouts))
    )


def _runs(tokens: Sequence[Token]) -> Iterator[Span]:
    run: list[Token] = []
    for token, before in zip(tokens, (None, *tokens), strict=False):
        if _is_proper(token, is_first=before is None or before.text in ".?!:"):
            run.append(token)
        elif run:
            yield Span(run[0].start, run[-1].end)
            run = []
    if run:
        yield Span(run[0].start, run[-1].end)


def _is_proper(token: Token, *, is_first: bool) -> bool:
    """Tell whether a word is one of a name: in capitals, or tagged so behind the first word."""
    if token.text == "I" or not token.text[0].isalpha():
        return False
    if any(letter.isupper() for letter in token.text[1:]):
        return True
    return token.text[0].isupper() and (
        token.tag in ("NNP", "NNPS") or (not is_first and token.tag.startswith("NN"))
    )


@lru_cache(maxsize=8)
def _known(abouts: Abouts) -> tuple[Mapping[str, Sequence[tuple[str, ...]]], frozenset[str]]:
    """Return the services of the documents as words, by the first of these, and the words that
    stand for one alone.
    """
    whole = {tuple(word.lower() for word in WORD.findall(about.service)) for about in abouts}
    first = (
        next((w for w in words if len(w) >= _SHORTEST and w not in _PLAIN), "") for words in whole
    )
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(filter(None, whole)):
        by_first.setdefault(words[0], []).append(words)
    return by_first, frozenset(filter(None, first))


def _of_documents(text: str, abouts: Abouts) -> Iterator[Span]:
    whole, alone = _known(abouts)
    words = [(match.group(), Span(match.start(), match.end())) for match in WORD.finditer(text)]
    lower = [word.lower().removesuffix("'s").removesuffix("’s") for word, _ in words]
    for at, first in enumerate(lower):
        for name in whole.get(first, ()):
            if tuple(lower[at : at + len(name)]) == name:
                yield Span(words[at][1].start, words[at + len(name) - 1][1].end)
    starts = {0} | {n + 1 for n, (a, b) in enumerate(pairwise(words)) if _ends(text, a[1], b[1])}
    for number, (word, span) in enumerate(words):
        begins = number in starts and not any(letter.isupper() for letter in word[1:])
        if lower[number] in alone and word != word.lower() and not begins:
            yield span
        elif lower[number] in alone and len(words) == 1:
            yield span


def _ends(text: str, one: Span, other: Span) -> bool:
    return any(mark in text[one.end : other.start] for mark in ".?!:")
