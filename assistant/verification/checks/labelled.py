"""Whether each value is said of the label under which the ground states it: the title of its
column, or what stands before its colon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.verification.checks.alignment import Aligned
from assistant.verification.passages.grounds import Ground
from assistant.verification.reading.spoken import tokens
from assistant.verification.reading.words import is_content, stem

_LONGEST = 8
"""Words of a value; longer ones say something by themselves."""
_NAMED = 0.5
"""Share of the words of its own of a label that names it."""
_WHOLLY = 0.7
"""Share of the words of a label by which a sentence names it that no question narrows down."""
_NEARER = 0.75
"""Values are exchanged where each stands so much nearer to the label of the other."""
_MARKS = (" : ", ": ")
_ENDS = (", ", ". ", "; ")


@dataclass(frozen=True)
class _Labelled:
    """A value with its label, by the words that no other label and no other value has."""

    label: frozenset[str]
    value: frozenset[str]
    """Words of the value."""
    own: frozenset[str]
    title: str
    """The label as it is written."""
    kind: str = ""
    """What the value measures, where it is nothing but a measure."""


def mislabelled(one: Aligned, asked: str) -> str:
    """Say that a value is stated under another label than the assertion gives it.

    `asked` is the question where the assertion leans on it, and names the label.
    """
    for pairs, above in _labels(one.ground):
        if reason := _mislabelled(one, pairs, above, asked):
            return reason
    return ""


def _labels(ground: Ground) -> Iterator[tuple[Sequence[tuple[str, str]], str]]:
    """Yield labels with values, and what they are all said of."""
    pairs = [(title, value) for title, value in ground.passage.pairs]
    if len(pairs) > 2:
        yield pairs[1:], " ".join(pairs[0])
    for text in [value for _, value in pairs] or [ground.said.text]:
        if parts := _within(text):
            yield parts, ""


def _within(text: str) -> list[tuple[str, str]]:
    """Return the labels and values of a text that lists them: "Oslo: 3 days, Rome: 5 days"."""
    for mark in _MARKS:
        label, *parts = text.split(mark)
        found: list[tuple[str, str]] = []
        for part in parts[:-1]:
            cut = max(part.rfind(end) for end in _ENDS)
            if cut < 0 and mark == _MARKS[0]:
                cut = part.rfind(" ")
            if cut < 0:
                found = []
                break
            found.append((label, part[:cut]))
            label = part[cut + 1 :].strip()
        if found:
            return [*found, (label, parts[-1])]
    return []


def _mislabelled(one: Aligned, pairs: Sequence[tuple[str, str]], above: str, asked: str) -> str:
    said = [one.claim.said.parse.tokens[i].text for i in one.claim.words]
    mine = _words(" ".join(said))
    named_in = (mine | _words(asked)) - _words(above)
    held = _read(pairs, above)
    here = [one for one in held if one.own & mine]
    named = [one for one in held if _is_named(one, named_in, wholly=not asked)]
    for value in here:
        if value in named:
            continue
        for other in named:
            parts = _words(value.title) < _words(other.title)
            alike = bool(asked) or value.kind == other.kind != ""
            if not parts and alike and not other.value & mine - value.value - other.label:
                return f"the row says so of “{value.title}”, not of “{other.title}”"
    both = [one for one in here if _is_named(one, named_in, wholly=False)]
    for first, second in combinations(both, 2):
        if _crossed(said, first, second):
            return f"the row says it the other way round of “{first.title}”"
    return ""


def _is_named(one: _Labelled, words: frozenset[str], *, wholly: bool) -> bool:
    """Tell whether words name a label: those that it alone has; `wholly`, most others as well."""
    if wholly and len(_words(one.title) & words) < _WHOLLY * len(_words(one.title)):
        return False
    return len(one.label & words) >= _NAMED * len(one.label) > 0


def _read(pairs: Sequence[tuple[str, str]], above: str) -> list[_Labelled]:
    labels = [_words(label) for label, _ in pairs]
    values = [_words(value) for _, value in pairs]
    often = Counter(word for some in labels for word in some)
    seen = Counter(word for some in values for word in some)
    taken = frozenset().union(_words(above), *labels)
    return [
        _Labelled(
            frozenset(word for word in label if often[word] == 1) - _words(above), value,
            frozenset(word for word in value if seen[word] == 1 and len(value) <= _LONGEST) - taken,
            pairs[n][0],
            _kind(pairs[n][1]),
        )
        for n, (label, value) in enumerate(zip(labels, values, strict=True))
    ]  # fmt: skip


def _kind(text: str) -> str:
    """Return the unit of a value that is a number with a unit: "2 GB"."""
    number, _, unit = text.strip().partition(" ")
    return unit.lower() if number.replace(".", "").isdigit() and " " not in unit else ""


def _crossed(said: Sequence[str], first: _Labelled, second: _Labelled) -> bool:
    """Tell whether each of two values stands nearer to the label of the other."""

    def places(of: frozenset[str]) -> list[int]:
        return [n for n, word in enumerate(said) if _words(word) & of]

    def apart(ones: Sequence[int], others: Sequence[int]) -> int:
        return min(abs(a - b) for a in ones for b in others)

    labels = [places(one.label) for one in (first, second)]
    values = [places(one.own) for one in (first, second)]
    if not all((*labels, *values)):
        return False
    straight = apart(labels[0], values[0]) + apart(labels[1], values[1])
    return apart(labels[0], values[1]) + apart(labels[1], values[0]) < _NEARER * straight


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if is_content(word) or word.isdigit())
