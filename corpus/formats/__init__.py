"""Bytes of a file to the text that the parsers read and citations slice, by format.

Plain text is decoded here. The other formats become the reading form (docs/decisions/0017) in a
process of their own (`converter_process` gives, `converter_worker` does), which has a time and a
memory limit: what a hostile file does to a converter, it does there.
"""

from __future__ import annotations

from pathlib import PurePath

from corpus.errors import DocumentError
from corpus.formats.converter_process import convert, draw, work_apart
from corpus.formats.registry import BY_SUFFIX, SUFFIXES, VENDORS
from corpus.formats.types import (
    LARGEST_FILE_MB,
    Extracted,
    Picture,
    PrintedAt,
    Unusable,
    check_length,
)

__all__ = [
    "LARGEST_FILE_MB", "SUFFIXES", "Extracted", "Picture", "PrintedAt", "Unusable",
    "archive_check", "converters", "extract", "picture", "registry", "work_apart",
]  # fmt: skip

_REVISION = 8
"""Counts changes of this package that give another text for the same bytes."""


def extract(name: str, content: bytes) -> Extracted:
    """Return the text of the file `name`; raise DocumentError when it cannot be used."""
    suffix = PurePath(name).suffix.lower()
    try:
        if suffix not in BY_SUFFIX:
            read = ", ".join(sorted(SUFFIXES))
            raise Unusable(f"is of no kind that is read ({read})", "Save it as one of these")
        _check_size(len(content))
        found = BY_SUFFIX[suffix]
        extracted = convert(suffix, content) if found.isolated else found.converter()(content)
        check_length(extracted.text)
    except Unusable as error:
        raise DocumentError(name, error.cause, error.next_step) from error
    return extracted


def picture(name: str, content: bytes, page: int, passage: str) -> Picture:
    """Return a page of the PDF `name`, counted from 1, with where a passage is printed on it.

    Raises DocumentError where it cannot be drawn.
    """
    try:
        _check_size(len(content))
        return draw(content, page, passage)
    except Unusable as error:
        raise DocumentError(name, error.cause, error.next_step) from error


def converters() -> str:
    """Return names and versions of what makes the text, for the key of a cache."""
    from importlib.metadata import version

    return " ".join([f"formats={_REVISION}", *(f"{name}={version(name)}" for name in VENDORS)])


def _check_size(size: int) -> None:
    if size > LARGEST_FILE_MB * 2**20:
        raise Unusable(
            f"has {size / 2**20:.1f} MB, the limit is {LARGEST_FILE_MB} MB",
            "Split it into smaller files",
        )
