"""reStructuredText to the reading form, as Sphinx and docutils show it to readers."""

from __future__ import annotations

import re

from corpus.formats.markup.stated_date import stated_date
from corpus.formats.markup.write_elements import write
from corpus.formats.text_file import decode
from corpus.formats.types import UNSAID, Extracted, Unusable, counted

_MOST_WORK = 2_000_000_000
"""Of docutils, which looks from each mark of a paragraph to its end."""
_MARK = re.compile(r"[*`|_\[]")
_CONSTANT = re.compile(r"\{\+([\w .-]{1,60})\+\}")
"""A name for which the builder of the site has a value (Snooty, of MongoDB's pages)."""
_BLANK_LINES = re.compile(r"\n[ \t\r\f\v]*\n")


def from_rst(content: bytes) -> Extracted:
    """Return what a page of reStructuredText says, with the date among its fields."""
    from corpus.formats.rst.rst_tree import read_tree
    from corpus.formats.rst.rst_walk import Walk

    text = decode(content)
    constants = _CONSTANT.findall(text)
    text = _CONSTANT.sub(UNSAID, text)
    _check_work(text)
    try:
        tree = read_tree(text)
        walk = Walk(tree)
        written = write(walk.run())
    except RecursionError as error:
        raise Unusable("nests lists or quotations too deep", "Simplify or split it") from error
    unknown = (("name without a value", one) for one in constants)
    return Extracted(
        written, True, date=stated_date(walk.properties),
        left_out=counted((*walk.left_out, *unknown)),
    )  # fmt: skip


def _check_work(text: str) -> None:
    """Refuse a text that would take docutils minutes."""
    work = sum(
        len(_MARK.findall(paragraph)) * len(paragraph) for paragraph in _BLANK_LINES.split(text)
    )
    if work > _MOST_WORK:
        raise Unusable("has paragraphs too long to be taken apart", "Put blank lines into them")
