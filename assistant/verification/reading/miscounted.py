"""Whether a sentence names as many as it counts: "three regions, namely Oslo and Cork" does not."""

from __future__ import annotations

from assistant.verification.reading.spoken import Spoken, read
from assistant.verification.reading.values import Value, values

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_SOME = frozenset("among such including includes like example least most from about".split())
_SAYING = frozenset("with for in at on by of to both each which".split())
"""What begins a remark on a name."""
_MARKS = (": ", ", namely ", " namely ")
_JOINTS = (" and ", " or ", " & ", "/", " as well as ", " plus ")
_BEFORE = 4
"""Words of what is counted."""
_LONGEST = 6
"""Words of a name."""


def miscounted(text: str) -> str:
    """Say that a sentence counts more or fewer than it goes on to name."""
    said = read(text)
    counts = [value for value in said.values if not value.unit and _is_word(said, value)]
    for number, value in enumerate(counts):
        # A number behind it may tell some of those that are named apart.
        last = number + 1 == len(counts)
        named = _named(said, value, said.text[value.end :]) if last and not value.bound else ""
        fewest, most = _how_many(named)
        if named and not fewest <= int(value.amount) <= most:
            return f"the sentence counts {value.raw} and names {most}"
    return ""


def _is_word(said: Spoken, value: Value) -> bool:
    at = said.parse.at(value.start, value.end)
    if not at or isinstance(value.amount, str) or value.amount != int(value.amount):
        return False
    # "Two of the seven, A and B": the seven are not those that it names.
    total = any(said.parse.tokens[i].text.lower() == "of" for i in range(max(0, at[0] - 2), at[0]))
    return said.parse.tokens[at[0]].text.isalpha() and not total


def _named(said: Spoken, value: Value, behind: str) -> str:
    """Return the list of names that a number leads in; nothing where it is none, or of some."""
    mark = next((one for one in _MARKS if one in behind), "")
    head, _, rest = behind.partition(mark or ", ")
    if {word.strip(",").lower() for word in behind.split()} & _SOME or not rest:
        return ""
    if len(head.split()) > _BEFORE and not mark:
        return ""
    start = value.end + len(head)
    finite = [t.start for t in said.parse.tokens if t.tag in _FINITE and t.start > start]
    if finite:
        cut = said.text.rfind(", ", start, finite[0])
        rest = said.text[start + len(mark or ", ") : cut] if cut > start else ""
    rest = _without_brackets(rest.rstrip(" .,;"))
    if not mark and not all(part.strip()[:1].isupper() for part in _parted(rest)):
        return ""
    parts = _parted(rest)
    short = all(0 < len(part.split()) <= _LONGEST for part in parts)
    short = short and not any(part.split()[0].lower() in _SAYING for part in parts)
    return rest if len(parts) > 1 and short and ";" not in rest and not values(rest) else ""


def _parted(text: str) -> list[str]:
    for joint in _JOINTS:
        text = text.replace(joint, ", ")
    return [part.removeprefix("the ") for part in text.split(", ") if part.strip(" ,")]


def _how_many(text: str) -> tuple[int, int]:
    """Return how many names a list has at least and at most: an "and" may be part of a name."""
    parts = text.split(", ")
    last = any(joint in parts[-1] for joint in _JOINTS) and not parts[-1].startswith(
        ("and ", "or ")
    )
    return (len(parts) + last if len(parts) > 1 else 1, len(_parted(text)))


def _without_brackets(text: str) -> str:
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter != ")":
            kept.append(letter)
    return "".join(kept)
