"""The value of a cell as its sheet shows it: percentages, dates, decimals."""

from __future__ import annotations

import datetime
import re

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")
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
    return str(value)


def _moment(value: datetime.date | datetime.time) -> str:
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ", "minutes")


def _number(value: float, number_format: str) -> str:
    positive, *others = number_format.split(";")
    used = others[0] if value < 0 and others and others[0] else positive
    plain = _QUOTED.sub(lambda found: found[1] or found[2] or found[3] or "", used)
    digits = _DIGITS.search(_QUOTED.sub("", used))
    if digits is None or "general" in plain.lower() or "E" in plain or "/" in plain:
        return _general(value)
    percent = "%" in plain
    pattern = digits[0].rstrip(",")
    whole, _, decimals = pattern.partition(".")
    places = sum(mark in "0?" for mark in decimals)
    amount = round(abs(value) * (100 if percent else 1), places + 9)
    said = f"{amount:{',' if ',' in whole else ''}.{max(places, len(decimals))}f}"
    if len(decimals) > places:
        said = _trimmed(said, places)
    least = whole.replace(",", "").count("0")
    said = said.zfill(least + (len(said) - len(said.partition(".")[0]))) if least > 1 else said
    at = plain.find(digits[0])
    before, after = (plain[:at], plain[at + len(digits[0]) :]) if at >= 0 else ("", "")
    minus = "-" if value < 0 and not ("(" in before or "-" in before) else ""
    return f"{minus}{before}{said}{after}".strip()


def _trimmed(said: str, places: int) -> str:
    """Take off noughts that the format shows only where they are figures."""
    whole, _, decimals = said.partition(".")
    kept = decimals[:places] + decimals[places:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _general(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)
