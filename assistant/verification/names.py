"""Names: places by the gazetteer, capitalised names, and what is written character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.verification.spoken import tokens
from assistant.verification.words import is_content, stem
from corpus.language.quantities import MONTH
from corpus.places import Gazetteer, Place, fold_name

_LITERAL = re.compile(
    r"`[^`\n]+`|https?://[^\s)\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w-])--?[A-Za-z][\w-]+|"
    r"\$\w+|<[A-Za-z][\w ]*>|(?<!\w)/[\w./-]{3,}|\b[A-Z][a-z]+-[A-Z]\w+\b|"
    r"\b[A-Za-z]+(?:[_.=][A-Za-z0-9]+)+\b|\b[A-Z]*[a-z]+[A-Z]\w+\b|\b[A-Za-z]+\d\w*\b|"
    r"\b[a-z]{2,3}-[a-z]{1,3}\b"
)
_CAPITAL = re.compile(r"[A-Z][\w&'’.-]*")
_MONTHS = re.compile(rf"^(?:{MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|I|Q[1-4])$")
_REACH = 3
"""Words that a name of several words is looked at together."""


def unknown_literal(sentence: str, passages: str) -> str:
    """Return what is written character by character and does not stand in the passages."""
    said = " ".join(passages.replace("`", "").split())
    for match in _LITERAL.finditer(sentence):
        written = " ".join(match.group().strip("`").split()).rstrip(".,;:")
        if written and written not in said and written.lower() not in said.lower():
            return written
    return ""


def unknown_place(
    sentence: str, passages: str, gazetteer: Gazetteer, *, upward: bool, downward: bool
) -> str:
    """Return a place that the passages do not name.

    `upward`: a place that contains one of theirs counts as named, too; `downward`: one that lies
    in one of theirs.
    """
    known = {mention.place.id: mention.place for mention in gazetteer.mentions(passages)}
    folded = f" {fold_name(passages)} "
    for mention in gazetteer.mentions(sentence):
        place = mention.place
        if place.id in known or f" {fold_name(mention.words)} " in folded:
            continue
        if upward and any(place.id in other.within for other in known.values()):
            continue
        if downward and any(inner in known for inner in place.within):
            continue
        return mention.words
    return ""


def places(text: str, gazetteer: Gazetteer) -> dict[str, Place]:
    """Return the places that a text names, by id."""
    return {mention.place.id: mention.place for mention in gazetteer.mentions(text)}


def unknown_name(sentence: str, passages: str, placed: Iterable[str]) -> str:
    """Return a capitalised name that the passages do not say."""
    said = {stem(word) for word in tokens(passages)}
    skipped = {stem(word) for words in placed for word in tokens(words)}
    for name in _names(sentence):
        parts = [part for part in tokens(name) if is_content(part)]
        if all(stem(part) in said | skipped for part in parts) or is_initials(name, passages):
            continue
        if _spelled_out(name, sentence, passages):
            continue
        return name
    return ""


def _names(sentence: str) -> Iterable[str]:
    words = sentence.split()
    for at, word in enumerate(words):
        bare = word.strip("\"'“”‘’()[],.;:!?*")
        if not _CAPITAL.fullmatch(bare) or _MONTHS.match(bare):
            continue
        starts = at == 0 or words[at - 1][-1:] in ".!?:"
        following = words[at + 1].strip("\"'(") if at + 1 < len(words) else ""
        inner = any(letter.isupper() or letter.isdigit() for letter in bare[1:])
        if starts and not inner and not following[:1].isupper():
            continue
        if is_content(bare):
            yield bare


def is_initials(word: str, text: str) -> bool:
    """Tell whether a word stands for the first letters of words of a text, like EU."""
    letters = word.removesuffix("s")
    if not letters.isupper() or not 2 <= len(letters) <= 5:
        return False
    return letters.lower() in "".join(w[0].lower() for w in re.findall(r"[^\W_]+", text))


def _spelled_out(name: str, sentence: str, passages: str) -> bool:
    """Tell whether a name is part of words whose initials the passages say."""
    words = re.findall(r"[^\W_]+", sentence)
    known = set(re.findall(r"\b[A-Z]{2,5}\b", passages))
    parts = re.findall(r"[^\W_]+", name)
    for at, word in enumerate(words):
        if word not in parts:
            continue
        for first in range(max(0, at - _REACH), at + 1):
            for last in range(at + 1, min(len(words), first + _REACH + 2) + 1):
                if "".join(w[0] for w in words[first:last]).upper() in known and last - first > 1:
                    return True
    return False
