"""Names that a sentence gives one after another: "30, 60, 90 or 730 days"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FEWEST = 3
_LONGEST_NAME = 9
"""Words of a name."""
_JOINING = ("and ", "or ")
_CLAUSE = frozenset(
    "which who whom whose that including but while as if when where then so however you we they it "
    "he she this these there potentially".split()
)
"""Words that begin a clause, and no name."""
_REST = frozenset({"other", "others", "more", "the like", "so on", "so forth", "etc"})
"""What stands for all that is not named: such a row names no set."""
_LEADING = (
    " in ", " to ", " from ", " of ", " at ", " for ", " with ", " by ", ": ", " - ", " such as ",
    " including ", " includes ", " include ", " are ", " is ", " as ", " covers ", " following ",
)  # fmt: skip
"""Words that may stand before the first name; the last of them in the text does."""


@dataclass(frozen=True, slots=True)
class Enumerated:
    """An enumeration and the sentence around it."""

    names: tuple[str, ...]
    before: str
    after: str


def enumerated(text: str) -> Iterator[Enumerated]:
    """Yield the enumerations of a text: three names or more, the last one behind "and" or "or"."""
    for sentence in text.split(". "):
        parts = _parted(sentence)
        start = 0
        for last, part in enumerate(parts):
            names = _ended(parts[start : last + 1], parts[last + 1 :])
            if names:
                yield from _made(parts[:start], names, parts[last + 1 :])
                start = last + 1
            elif last > start and len(part.split()) > _LONGEST_NAME:
                start = last


def in_cell(text: str) -> Iterator[Enumerated]:
    """Yield what a cell lists by commas alone: "Target regions: US Gov Arizona, US Gov Texas"."""
    parts = _parted(text.rstrip("."))
    if len(parts) < _FEWEST - 1 or _ended(parts, ()):
        return
    lead, parts[0] = _lead(parts[0])
    if all(part[:1].isupper() and len(part.split()) <= _LONGEST_NAME // 2 for part in parts):
        yield Enumerated(tuple(parts), lead, "")


def _parted(sentence: str) -> list[str]:
    """Return the parts between commas outside of brackets."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(sentence):
        depth += {"(": 1, ")": -1, "{": 1, "}": -1}.get(letter, 0)
        if letter == "," and depth <= 0 and sentence[at + 1 : at + 2] == " ":
            found.append(sentence[start:at].strip())
            start = at + 1
    return [*found, sentence[start:].strip()]


def _ended(parts: Sequence[str], behind: Sequence[str]) -> list[str]:
    """Return the names of parts of which the last one is joined by "and" or "or"; else none."""
    last = parts[-1]
    joint = next((word for word in _JOINING if last.startswith(word)), "")
    if joint:
        names = [*parts[:-1], last.removeprefix(joint)]
        return names if len(names) >= _FEWEST else []
    if any(part.startswith(_JOINING) for part in behind) or _names_follow(behind):
        return []
    for word in _JOINING:
        one, found, other = last.partition(f" {word}")
        if found and len(parts) >= _FEWEST - 1 and len(one.split()) <= _LONGEST_NAME:
            return [*parts[:-1], one, other]
    return []


def _names_follow(behind: Sequence[str]) -> bool:
    """Tell whether more names follow: "Reporting and Audit" is one of "MyApps, Reporting and Audit,
    Sign-Ins".
    """
    following = behind[0].rstrip(".;:") if behind else ""
    is_title = following[:1].isupper() or following[:1].isdigit()
    is_last = any(f" {word}" in following for word in _JOINING)
    return (
        is_title and not is_last and len(following.split()) <= _LONGEST_NAME and _is_name(following)
    )


def _made(before: Sequence[str], names: list[str], behind: Sequence[str]) -> Iterator[Enumerated]:
    lead, names[0] = _lead(names[0])
    names[-1], after = _tail(names)
    if all(map(_is_name, names)):
        yield Enumerated(
            tuple(names), ", ".join((*before, lead)).strip(" ,"), ", ".join((after, *behind))
        )


def _is_name(words: str) -> bool:
    several = words.split()
    is_rest = " ".join(several).lower() in _REST
    return 0 < len(several) <= _LONGEST_NAME and several[0].lower() not in _CLAUSE and not is_rest


def _lead(first: str) -> tuple[str, str]:
    """Part the first name from the words before it."""
    low = first.lower()
    at, mark = max(((low.rfind(mark), mark) for mark in _LEADING), key=lambda one: one[0])
    cut = at + len(mark) if at >= 0 else 0
    return first[:cut].strip(), first[cut:].strip()


def _tail(names: Sequence[str]) -> tuple[str, str]:
    """Part the last name from the words behind it: "United States to be kept"."""
    last = names[-1].rstrip(" .;:")
    words = last.split()
    longest = max(len(name.split()) for name in names[:-1])
    if len(words) <= longest + 1:
        return last, ""
    for at, word in enumerate(words):
        if at and word.islower() and word not in ("of", "the", "and", "for"):
            return " ".join(words[:at]), " ".join(words[at:])
    return last, ""
