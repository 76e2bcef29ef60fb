"""The values that an answer may have, where words say them: "Yes/No/NA", "(Ja, Nein)"; pure."""

from __future__ import annotations

import re

_APART = re.compile(r"[/,;|•\n]|\b(?:or|oder|ou|o|of)\b", re.I)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_VALUES = frozenset(
    "yes no na n a partial partially true false y n ja nein teilweise entfällt k.a. oui non "
    "partiel partiellement sí si no parcial parcialmente sì in parte sim não nee deels nej nei "
    "はい いいえ 該当なし да нет 是 否".split()
) | {
    "not applicable", "n/a", "n.a.", "nicht zutreffend", "nicht anwendbar", "sans objet",
    "no aplica", "non applicabile", "não aplicável", "niet van toepassing", "don't know", "unknown",
    "in progress", "planned", "geplant", "in part", "partly", "partially met", "met", "not met",
    "compliant", "non-compliant", "not compliant", "partially compliant", "comply", "comply partly",
}  # fmt: skip
_MOST = 12
_NA = re.compile(r"\bn/a\b", re.I)


def is_value(text: str) -> bool:
    """Tell whether a text is an answer that forms let one choose: "Yes", "N/A", "Partial"."""
    return text.strip(" .:*").casefold() in _VALUES


def values_in(text: str) -> tuple[str, ...]:
    """Return the values that words name, in order: all of them are such, or there are none."""
    if not _APART.search(text):
        return ()
    for inner in (*_BRACKETS.findall(text), _BRACKETS.sub(" ", text)):
        values = _listed(inner)
        if values:
            return values
    return ()


def options_in(text: str) -> tuple[str, ...]:
    """Return the values of a cell that lists them, whatever they are."""
    parts = [one for one in _parts(text) if one]
    return tuple(dict.fromkeys(parts)) if 2 <= len(parts) <= _MOST else ()


def _listed(text: str) -> tuple[str, ...]:
    _, colon, rest = text.rpartition(":")
    parts = [one for one in _parts(rest if colon else text) if one]
    if 2 <= len(parts) <= _MOST and all(map(is_value, parts)):
        return tuple(dict.fromkeys(parts))
    return ()


def _parts(text: str) -> list[str]:
    # The stroke of "N/A" divides nothing.
    held = _NA.sub(lambda found: found[0].replace("/", "\0"), text)
    return [one.replace("\0", "/").strip(" .\"'“”") for one in _APART.split(held)]
