"""The properties that stand before the text of a page: YAML as it is, TOML and JSON as YAML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from corpus.formats.dialects.page_state import PageState, around
from corpus.formats.types import UNSAID

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML_LINE = re.compile(r"[ \t]|#|-(?:[ \t]|$)|[\]})]|[\"']?[\w$@][^:\n]{0,80}:(?:[ \t]|$)|$")
_KEY = re.compile(r"[\"']?[\w$@][^:\n]{0,80}:(?:[ \t]|$)")
_RULED = re.compile(r"---[ \t]*(?=\n)")
_SCALAR = re.compile(r"^([A-Za-z_][\w.-]{0,60}):[ \t]+(\S[^\n]*)$", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][\w ,./()&+–-]*(?<! )|\d{4}-\d\d-\d\d\S*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
_KEY_ALONE = re.compile(r"[ \t]*(?:-[ \t]+)?[\"']?[\w$@.-]+[\"']?:[ \t]*[\"']?")
_LONGEST = 100_000
_DEEPEST = 8


def split_properties(text: str) -> tuple[str, str]:
    """Return the properties as YAML between dashes, empty for none, and the text after them."""
    if text.startswith("+++"):
        return _from_toml(text)
    if text.startswith("{"):
        return _from_json(text)
    if not text.startswith("---"):
        return "", text
    match = _YAML.match(text)
    if match and _is_yaml(match[1]):
        return match[0], text[match.end() :]
    # The parser would take what stands between two rules for properties.
    return "", _RULED.sub("***", text, count=1) if match else text


def stated_values(properties: str) -> dict[str, str]:
    """Return the single values among the properties, by their names."""
    return {name: value.strip().strip("\"'") for name, value in _SCALAR.findall(properties)}


def without_templates(properties: str, page: PageState) -> str:
    """Return properties without what stands for words that the file does not hold."""
    return _TEMPLATE.sub(lambda match: _unsaid(match, page), properties)


def _unsaid(match: re.Match[str], page: PageState) -> str:
    name = match[0].strip("{}<>% -")
    known = page.values.get(name.rpartition(".")[2], "")
    if known and not _TEMPLATE.search(known) and not set("\"'#:") & set(known):
        return known
    page.leave_out("directive" if match[0].startswith("{%") else "variable", name)
    before, after = around(match)
    alone = _KEY_ALONE.fullmatch(before) and not after.strip("\"' \t")
    return "" if alone else UNSAID


def _is_yaml(properties: str) -> bool:
    lines = properties.split("\n")
    if not all(_YAML_LINE.match(line) for line in lines):
        return False
    return not properties.strip() or any(_KEY.match(line) for line in lines)


def _from_toml(text: str) -> tuple[str, str]:
    match = _TOML.match(text)
    if match is None or len(match[1]) > _LONGEST:
        return "", text
    try:
        stated = tomllib.loads(match[1], parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError):
        return "", text
    return _as_yaml(stated), text[match.end() :]


def _from_json(text: str) -> tuple[str, str]:
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    try:
        stated, end = decoder.raw_decode(text[:_LONGEST])
    except (json.JSONDecodeError, RecursionError):
        return "", text
    rest = text[end:]
    if not isinstance(stated, dict) or not re.match(r"[ \t]*(?:\n|\Z)", rest):
        return "", text
    return _as_yaml(stated), rest.lstrip(" \t").removeprefix("\n")


def _as_yaml(stated: dict[str, Any]) -> str:
    lines = [line for line in _lines(stated, "", _DEEPEST) if line]
    return "\n".join(("---", *lines, "---", ""))


def _lines(stated: dict[str, Any], indent: str, depth: int) -> Iterator[str]:
    for name, value in stated.items():
        key = f"{indent}{_scalar(name)}:"
        if isinstance(value, dict) and depth:
            yield key
            yield from _lines(value, f"{indent}  ", depth - 1)
        elif isinstance(value, list):
            yield key
            yield from (f"{indent}- {_scalar(one)}" for one in value)
        else:
            yield f"{key} {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        value = "true" if value else "false"
        return str(value)
    if value is None:
        return '""'
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    said = str(value)
    # Quoted, `1.10` and `no` stay what was written.
    if _PLAIN.fullmatch(said) and said.lower() not in _WORDS:
        return said
    return json.dumps(said, ensure_ascii=False)
