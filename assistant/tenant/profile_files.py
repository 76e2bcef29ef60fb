"""A profile in a file: TOML or JSON, whatever its name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from assistant.errors import ProfileError
from assistant.types import EVERY_ADD_ON, Licence, Profile

_LARGEST = 100_000
"""Bytes; a profile is a page at most."""
_TEXTS = ("country", "agreement", "region")
_LISTS = ("add_ons", "services", "features", "without")
KEYS = (*_TEXTS, *_LISTS, "licences", "provisioned")
"""What a file may say."""
EXAMPLE = """\
country = "Germany"
add_ons = ["Multi-Geo"]            # [] says that none was bought; leave it out to say nothing
agreement = "Enterprise Agreement"
services = ["Exchange Online"]     # statements of other services are left out
region = "West Europe"
provisioned = 2023-05-01
features = ["Multi-Factor Authentication"]
without = ["Customer Key"]         # what is not bought, or off

[licences]
Multi-Geo = 10                     # percent of the eligible users
"""


def read_profile(path: Path) -> Profile:
    """Return the profile of a file; raise ProfileError with what is wrong and where."""
    text = _text(path)
    try:
        plain = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileError(
            f"{path}: neither TOML nor JSON ({error}). Write it like:\n{EXAMPLE}"
        ) from (error)
    return profile_of(plain, str(path))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProfileError(
            f"{path}: cannot be read ({error.strerror}). Give the path of a TOML or JSON file, or "
            "the name of a kept profile"
        ) from error
    if len(content) > _LARGEST:
        raise ProfileError(
            f"{path}: {len(content):,} bytes are more than a profile has ({_LARGEST:,}). Give the "
            "path of a TOML or JSON file"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: no UTF-8 text ({error.reason}). Save it as UTF-8") from error


def profile_of(plain: Mapping[str, object], source: str) -> Profile:
    """Return the profile that plain values say; raise ProfileError, which names `source`."""
    strange = [key for key in plain if key not in KEYS]
    if strange:
        raise ProfileError(
            f"{source}: {', '.join(strange)}: no part of a profile. It may say {', '.join(KEYS)}"
        )
    texts = {key: _line(plain.get(key, ""), key, source) for key in _TEXTS}
    lists = {key: _lines(plain.get(key, []), key, source) for key in _LISTS}
    if "add_ons" in plain and not lists["add_ons"]:
        lists["without"] = tuple(dict.fromkeys((*lists["without"], EVERY_ADD_ON)))
    return Profile(
        texts["country"], lists["add_ons"], texts["agreement"], lists["services"],
        _licences(plain.get("licences", {}), source), texts["region"],
        _day(plain.get("provisioned"), source), lists["features"], lists["without"],
    )  # fmt: skip


def _line(value: object, key: str, source: str) -> str:
    if not isinstance(value, str):
        raise ProfileError(f"{source}: {key}: {value!r} is no text. Write it in quotation marks")
    return " ".join(value.split())


def _lines(value: object, key: str, source: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise ProfileError(f'{source}: {key}: {value!r} is no list. Write it like ["One", "Two"]')
    said = (_line(one, key, source) for one in value)
    return tuple(dict.fromkeys(one for one in said if one))


def _licences(value: object, source: str) -> tuple[Licence, ...]:
    if not isinstance(value, dict):
        raise ProfileError(
            f"{source}: licences: {value!r} is no table. Write the percent of users by name: "
            "Multi-Geo = 10"
        )
    return tuple(Licence(str(name), _share(name, share, source)) for name, share in value.items())


def _share(name: object, share: object, source: str) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 100:
        raise ProfileError(
            f"{source}: licences: {name}: {share!r} is no percentage. Give a number from 0 to 100"
        )
    return float(share)


def _day(value: object, source: str) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ProfileError(
            f"{source}: provisioned: {value!r} is no date. Write it like 2023-05-01"
        ) from None
