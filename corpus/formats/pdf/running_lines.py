"""Lines that pages repeat at their top or bottom: titles, dates, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from corpus.formats.pdf.printed_page import Line, Page

_PAGE_NUMBER = re.compile(r"\W*(?P<named>page\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*$", re.I)
_MARGIN = 0.12
"""Share of a page's height, at its top and at its bottom, in which running lines stand."""
_NEAR = 4.0
"""Points; the same line stands in the same place on every page."""
_PAGES = 3
"""That have to repeat a line; of a document of two pages both."""


class _Running(NamedTuple):
    """What makes a line the same on every page: its words and its place."""

    text: str
    place: int


def without_running_lines(pages: list[Page]) -> list[Page]:
    """Return the pages without the lines that several repeat at top or bottom."""
    seen: Counter[_Running] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if (key := _key(page, line))})
    least = max(2, min(_PAGES, len(pages)))
    return [_stripped(page, seen, least, numbered=len(pages) > 1) for page in pages]


def _stripped(page: Page, seen: Counter[_Running], least: int, *, numbered: bool) -> Page:
    drop = set()
    for position, line in enumerate(page.lines):
        key = _key(page, line)
        counts = _PAGE_NUMBER.match(line.text)
        if key and (
            seen[key] >= least or (counts and (numbered or counts["named"] or line.text == "1"))
        ):
            drop.add(position)
    lines = [line for position, line in enumerate(page.lines) if position not in drop]
    tables = [
        table._replace(before=table.before - sum(position < table.before for position in drop))
        for table in page.tables
    ]
    return page._replace(lines=lines, tables=tables)


def _key(page: Page, line: Line) -> _Running | None:
    share = (line.base - page.bottom) / max(1.0, page.top - page.bottom)
    if _MARGIN < share < 1 - _MARGIN:
        return None
    return _Running(re.sub(r"\d+", "0", line.text).lower(), round(line.base / _NEAR))
