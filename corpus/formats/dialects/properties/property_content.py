"""What stands among the properties of a page and is shown as its text: records, blocks of prose.

Sites that are made of templates keep whole tables in front matter: retention periods by product,
subprocessors with what they do. The records come out as a table where each is of short values,
else each under a heading of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.formats.dialects.page_state import PageState

_NESTED = re.compile(
    r"^[ \t]*-[ \t]+[\w\"'][^:\n]*:|^[\w$@.-]+:[ \t]*(?:[|>][-+\d]*[ \t]*)?$", re.MULTILINE
)
"""A list of mappings, a block of text, or a mapping below a key."""
_LONGEST = 200_000
"""Code points that are written at most; a few lines of YAML can stand for any number."""
_DEEPEST = 6
_SHORT = 80
"""Code points of a cell."""
_PROSE = 8
"""Words from which a block is prose."""
_SHOWN_ELSEWHERE = frozenset(
    "meta seo head layout cascade menu build sitemap og twitter social links resources aliases "
    "tags keywords categories redirects redirect_from breadcrumbs navigation nav sidebar hero "
    "banner cta buttons cards images image authors author contributors scripts styles algolia "
    "outputs params jsonld schema related further_reading see_also next prev previous".split()
)
"""Keys of what goes around a page and is not its text."""
_POINTING = frozenset(
    "link links url href to path src slug title text label name tag type icon image img alt target "
    "id key weight order description".split()
)
_ADDRESSES = frozenset("link url href to path src slug".split())
"""Keys of a record that only leads elsewhere, of which one is an address."""
_TITLES = ("title", "heading", "h1", "name", "question")


def content_of(properties: str, page: PageState) -> str:
    """Return what is text among the properties of a page, as Markdown; empty where nothing is.

    `properties` are YAML between dashes. What they stand for beyond a bound is counted as left out.
    """
    if not _NESTED.search(properties):
        return ""
    import yaml

    belied = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
    try:
        stated = yaml.safe_load(properties.strip().strip("-."))
    except (yaml.YAMLError, *belied):
        return ""  # Whoever reads the fields tells of it.
    if not isinstance(stated, Mapping):
        return ""
    return _bounded(_of_mapping(stated, 2, top=True), page)


def _bounded(parts: Iterator[str], page: PageState) -> str:
    written: list[str] = []
    size = 0
    for part in parts:
        size += len(part)
        if size > _LONGEST:
            page.leave_out("properties beyond what is read", part[:_SHORT])
            break
        written.append(part)
    return "".join(f"\n{part}\n" for part in written)


def _of_mapping(stated: Mapping[object, object], level: int, *, top: bool) -> Iterator[str]:
    if level > _DEEPEST:
        return
    for key, value in stated.items():
        name = str(key).lower().replace("-", "_")
        if name in _SHOWN_ELSEWHERE or name.startswith(("_", "x_")):
            continue
        if isinstance(value, str) and _is_prose(value, top=top):
            yield value.strip()
        elif isinstance(value, Mapping):
            yield from _titled(value, level)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _of_list(value, level)


def _titled(value: Mapping[object, object], level: int) -> Iterator[str]:
    """Yield what a mapping holds below its title."""
    inner = [*_of_mapping(value, level + 1, top=False)]
    title = next((one for key in _TITLES if (one := _line(value.get(key)))), "")
    if inner and title and title not in inner:
        yield f"{'#' * level} {title}"
    yield from inner


def _is_prose(value: str, *, top: bool) -> bool:
    """Tell whether a text is shown; a line at the top says something of the page instead."""
    return ("\n" in value.strip() or not top) and len(value.split()) >= _PROSE


def _of_list(rows: Sequence[object], level: int) -> Iterator[str]:
    records = [row for row in rows if isinstance(row, Mapping)]
    if not records or len(records) < len(rows) or all(map(_only_leads, records)):
        return
    if _are_rows(records):
        yield _table(records)
        return
    for record in records:
        yield from _record(record, level)


def _only_leads(record: Mapping[object, object]) -> bool:
    keys = {str(key).lower() for key in record}
    return keys <= _POINTING and not keys.isdisjoint(_ADDRESSES)


def _are_rows(records: Sequence[Mapping[object, object]]) -> bool:
    """Tell whether records make a table: of several short values each, and of the same ones."""
    keys = {str(key) for record in records for key in record}
    short = all(
        not isinstance(value, (Mapping, list)) and len(str(value)) <= _SHORT
        and "\n" not in str(value).strip()
        for record in records for value in record.values()
    )  # fmt: skip
    return short and 2 <= len(keys) <= 2 * min(map(len, records)) and len(records) > 1


def _table(records: Sequence[Mapping[object, object]]) -> str:
    keys = list(dict.fromkeys(str(key) for record in records for key in record))
    lines = [_row(_named(key) for key in keys), _row("---" for _ in keys)]
    for record in records:
        cells = {str(key): _line(value) for key, value in record.items()}
        lines.append(_row(cells.get(key, "") for key in keys))
    return "\n".join(lines)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _record(record: Mapping[object, object], level: int) -> Iterator[str]:
    """Yield a record under its first short value."""
    said = list(record.items())
    head = next((_line(value) for _, value in said if _is_short(value)), "")
    rest = [(key, value) for key, value in said if _line(value) != head]
    inner = [part for key, value in rest for part in _value(str(key), value, level)]
    if head and inner:
        yield f"{'#' * level} {head}"
    yield from inner


def _value(key: str, value: object, level: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _of_mapping(value, level + 1, top=False)
    elif isinstance(value, list):
        if any(isinstance(one, Mapping) for one in value):
            yield from _of_list(value, level + 1)
        elif any(len(_line(one).split()) > 1 for one in value):
            yield "\n".join(f"- {_line(one)}" for one in value if _line(one))
        elif value and key.lower() not in _POINTING:
            yield f"{_named(key)}: {', '.join(_line(one) for one in value)}"
    elif isinstance(value, str) and _is_block(value):
        yield value.strip()
    elif _line(value) and key.lower() not in _POINTING:
        yield f"{_named(key)}: {_line(value)}"


def _is_block(value: str) -> bool:
    """Tell whether a text makes a block of its own: lines, an item of a list, prose."""
    said = value.strip()
    return "\n" in said or said.startswith(("- ", "* ")) or len(said.split()) >= _PROSE


def _is_short(value: object) -> bool:
    return isinstance(value, (str, int, float)) and 0 < len(_line(value)) <= _SHORT


def _named(key: str) -> str:
    """Return the name of a field as a reader would write it."""
    words = re.sub(r"[_-]+", " ", key).strip()
    return words[:1].upper() + words[1:]


def _line(value: object) -> str:
    if value is None or isinstance(value, (Mapping, list)):
        return ""
    return " ".join(str(value).split())
