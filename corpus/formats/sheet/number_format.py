"""The value of a cell as its sheet shows it: percentages, dates, decimals."""

from __future__ import annotations

import datetime
import operator
import re

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")
_FRAME = re.compile(f"{_QUOTED.pattern}|({_DIGITS.pattern})")
_TEXT = re.compile(_QUOTED.pattern + "|@")
_SEPARATORS = re.compile(r'"[^"]*"|\\.|;')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_GENERAL = re.compile("general", re.IGNORECASE)
_COMPARED = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


def shown(value: object, number_format: str) -> str:
    """Return what a reader of the sheet sees of a value; dates are of the ISO form."""
    if value is None or (isinstance(value, str) and value in _ERRORS):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime.date, datetime.time)):
        return _moment(value)
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General")
    return _text(str(value), number_format)


def _text(value: str, number_format: str) -> str:
    """Put a text where the section for texts has its `@`."""
    section = _sections(number_format)[-1]
    if "@" not in _QUOTED.sub("", section):
        return value
    return _TEXT.sub(lambda found: value if found[0] == "@" else _plain(found), section).strip()


def _moment(value: datetime.date | datetime.time) -> str:
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ", "minutes")


def _number(value: float, number_format: str) -> str:
    used, signed = _section_for(value, _sections(number_format))
    bare = _QUOTED.sub("", used)
    minus = "-" if value < 0 and signed else ""
    if _GENERAL.search(bare):
        told = minus + _general(abs(value))
        return _GENERAL.sub(lambda _: told, _QUOTED.sub(_plain, used), count=1).strip()
    digits = _DIGITS.search(bare)
    if "@" in bare or (digits and ("E" in bare or "/" in bare)):
        return _general(value)
    # What stands around the figures may hold figures itself, in quotes.
    frame = _FRAME.sub(lambda found: "\0" if found[4] else _plain(found), used)
    before, _, after = frame.partition("\0")
    if digits is None:
        return before.strip()
    figures = _figures(abs(value) * (100 if "%" in bare else 1), digits[0].rstrip(","))
    return f"{'' if '-' in before or '(' in before else minus}{before}{figures}{after}".strip()


def _figures(amount: float, pattern: str) -> str:
    """Return an amount with the decimals, thousands and leading noughts of a pattern."""
    whole, _, decimals = pattern.partition(".")
    places = sum(mark in "0?" for mark in decimals)
    grouped = "," if "," in whole else ""
    said = f"{round(amount, places + 9):{grouped}.{max(places, len(decimals))}f}"
    if len(decimals) > places:
        said = _trimmed(said, places)
    least = whole.replace(",", "").count("0")
    return said.zfill(least + (len(said) - len(said.partition(".")[0]))) if least > 1 else said


def _sections(number_format: str) -> list[str]:
    """Return the sections of a format, which semicolons part."""
    parted = _SEPARATORS.sub(lambda found: "\0" if found[0] == ";" else found[0], number_format)
    return parted.split("\0")


def _section_for(value: float, sections: list[str]) -> tuple[str, bool]:
    """Return the section that shows a number, and whether a minus is put before it.

    One section shows all numbers, a second the negative ones, a third nought; conditions in the
    first two sections take the place of these (ECMA-376 part 1, 18.8.31).
    """
    conditions = [_CONDITION.search(section) for section in sections[:2]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition and _COMPARED[condition[1]](value, float(condition[2])):
                return section, True
        free = (one for one, condition in zip(sections, conditions, strict=False) if not condition)
        return (sections[2] if len(sections) > 2 else next(free, "General")), True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _plain(found: re.Match[str]) -> str:
    """Return what is shown of a quoted text, an escaped letter or a currency."""
    return found[1] or found[2] or found[3] or ""


def _trimmed(said: str, places: int) -> str:
    """Take off noughts that the format shows only where they are figures."""
    whole, _, decimals = said.partition(".")
    kept = decimals[:places] + decimals[places:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _general(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)
