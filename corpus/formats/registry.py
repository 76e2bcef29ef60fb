"""The formats of files that are read: the one place to add another.

Suffixes, media types and the libraries whose versions matter are derived from these rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from corpus.formats.types import Extracted


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and what makes text of it."""

    suffixes: tuple[str, ...]
    """Endings of its files, in lower case; a page that is fetched is stored with the first."""
    media_types: tuple[str, ...]
    """By which servers name it."""
    function: str
    """`module:function` from bytes to Extracted; loaded when a file needs it."""
    isolated: bool
    """Whether it is converted in a process of its own, with limits and without rights."""
    vendor: str = ""
    """Distribution that reads it; another version of it may read another text."""

    def converter(self) -> Callable[[bytes], Extracted]:
        """Load what makes text of a file of this format."""
        module, _, name = self.function.partition(":")
        found: Callable[[bytes], Extracted] = getattr(import_module(module), name)
        return found


FORMATS = (
    Format(
        suffixes=(".md", ".markdown"),
        media_types=("text/markdown", "text/x-markdown"),
        function="corpus.formats.dialects.from_dialect:from_markdown",
        isolated=True,
    ),
    Format(
        suffixes=(".mdx",),
        media_types=("text/mdx",),
        function="corpus.formats.dialects.from_dialect:from_mdx",
        isolated=True,
    ),
    Format(
        suffixes=(".txt",),
        media_types=("text/plain",),
        function="corpus.formats.text_file:from_text",
        isolated=False,
    ),
    Format(
        suffixes=(".html", ".htm", ".xhtml"),
        media_types=("text/html", "application/xhtml+xml"),
        function="corpus.formats.web.from_html:from_html",
        isolated=True,
        vendor="lxml",
    ),
    Format(
        suffixes=(".mhtml", ".mht"),
        media_types=("multipart/related", "application/x-mimearchive"),
        function="corpus.formats.web.from_mhtml:from_mhtml",
        isolated=True,
        vendor="lxml",
    ),
    Format(
        suffixes=(".docx", ".docm", ".dotx"),
        media_types=(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
        ),
        function="corpus.formats.office.from_word:from_docx",
        isolated=True,
        vendor="lxml",
    ),
    Format(
        suffixes=(".odt", ".ott"),
        media_types=(
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.text-template",
        ),
        function="corpus.formats.office.from_odt:from_odt",
        isolated=True,
        vendor="lxml",
    ),
    Format(
        suffixes=(".fodt",),
        media_types=("application/vnd.oasis.opendocument.text-flat-xml",),
        function="corpus.formats.office.from_odt:from_fodt",
        isolated=True,
        vendor="lxml",
    ),
    Format(
        suffixes=(".pdf",),
        media_types=("application/pdf",),
        function="corpus.formats.pdf.from_pdf:from_pdf",
        isolated=True,
        vendor="pypdfium2",
    ),
    Format(
        suffixes=(".xlsx", ".xlsm"),
        media_types=(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel.sheet.macroenabled.12",
        ),
        function="corpus.formats.sheet.workbook:from_xlsx",
        isolated=True,
        vendor="openpyxl",
    ),
    Format(
        suffixes=(".csv",),
        media_types=("text/csv", "application/csv"),
        function="corpus.formats.sheet.delimited:from_csv",
        isolated=True,
    ),
    Format(
        suffixes=(".tsv", ".tab"),
        media_types=("text/tab-separated-values",),
        function="corpus.formats.sheet.delimited:from_tsv",
        isolated=True,
    ),
    Format(
        suffixes=(".eml",),
        media_types=("message/rfc822",),
        function="corpus.formats.mail:from_eml",
        isolated=True,
    ),
    Format(
        suffixes=(".rst", ".rest"),
        media_types=("text/x-rst", "text/prs.fallenstein.rst"),
        function="corpus.formats.rst.from_rst:from_rst",
        isolated=True,
        vendor="docutils",
    ),
    Format(
        suffixes=(".adoc", ".asciidoc", ".asc"),
        media_types=("text/asciidoc", "text/x-asciidoc"),
        function="corpus.formats.asciidoc.from_asciidoc:from_asciidoc",
        isolated=True,
    ),
)  # fmt: skip

BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
BY_MEDIA_TYPE = {media_type: one for one in FORMATS for media_type in one.media_types}
SUFFIXES = frozenset(BY_SUFFIX)
"""Endings of the files that are read."""
VENDORS = tuple(sorted({one.vendor for one in FORMATS if one.vendor}))


def stored_as(found: Format | None) -> str:
    """Return the ending of the files of a format, empty for none."""
    return found.suffixes[0] if found else ""
