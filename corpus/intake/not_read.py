"""What is told of that which was not read: files of other kinds, and what a file holds besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from corpus.formats.registry import SUFFIXES
from corpus.intake.describe import MANIFEST, SIDECAR
from corpus.intake.question_bank import FILE as QUESTIONS
from corpus.intake.walk import OtherFile
from corpus.left_out import LeftOut

_MOST_SUFFIXES = 6
_OURS = (MANIFEST, QUESTIONS)
_BESIDE = (SIDECAR, ".fetch.json")
"""Endings of files that only say something about the file beside them."""
_TAIL = re.compile(r" (?:without|with|of|in|on|that|by|from|for|to|behind|beside|below)\b")
"""Where the words begin that tell which of a thing is meant."""
_SUFFIX = re.compile(r"\.[\w+-]{1,12}")
_HISSING = re.compile(r"(?:s|x|z|ch|sh)$")
_Y = re.compile(r"(?<![aeiou])y$")


class Kind(NamedTuple):
    """A kind of document that people keep, and what makes one of it that is read."""

    name: str
    """With its article."""
    next_step: str


_WORD = "Save it as .docx"
_SHEET = "Save it as .html, or its tables in a .docx"
_SLIDES = "Export it as .pdf"
_PAGE = "Save it as .html"
_PLAIN = "Convert it to .md or .html, with pandoc for example"
_ARCHIVE = "Unpack it and add the folder"
_MAIL = "Save its text as .html or .txt"
_PRINTED = "Convert it to .pdf"

KINDS = {
    ".doc": Kind("an old Word document", _WORD),
    ".docm": Kind("a Word document with macros", _WORD),
    ".dot": Kind("an old Word template", _WORD),
    ".dotx": Kind("a Word template", _WORD),
    ".rtf": Kind("a Rich Text document", _WORD),
    ".odt": Kind("an OpenDocument text", _WORD),
    ".fodt": Kind("an OpenDocument text", _WORD),
    ".wps": Kind("a Works document", _WORD),
    ".wpd": Kind("a WordPerfect document", _WORD),
    ".hwp": Kind("a Hangul document", _WORD),
    ".pages": Kind("a Pages document", "Export it as .docx"),
    ".gdoc": Kind("a link to a Google document", "Download it as .docx"),
    ".one": Kind("a OneNote section", "Export it as .docx"),
    ".ppt": Kind("an old PowerPoint presentation", _SLIDES),
    ".pptx": Kind("a PowerPoint presentation", _SLIDES),
    ".pps": Kind("an old PowerPoint show", _SLIDES),
    ".ppsx": Kind("a PowerPoint show", _SLIDES),
    ".odp": Kind("an OpenDocument presentation", _SLIDES),
    ".gslides": Kind("a link to a Google presentation", "Download it as .pdf"),
    ".vsdx": Kind("a Visio drawing", _SLIDES),
    ".xls": Kind("an old Excel workbook", _SHEET),
    ".xlsx": Kind("an Excel workbook", _SHEET),
    ".xlsm": Kind("an Excel workbook with macros", _SHEET),
    ".xlsb": Kind("a binary Excel workbook", _SHEET),
    ".ods": Kind("an OpenDocument spreadsheet", _SHEET),
    ".numbers": Kind("a Numbers spreadsheet", _SHEET),
    ".gsheet": Kind("a link to a Google spreadsheet", "Download it as .html"),
    ".csv": Kind("a table of values", "Put it into a table of a .md or .docx file"),
    ".tsv": Kind("a table of values", "Put it into a table of a .md or .docx file"),
    ".epub": Kind("an e-book", "Convert it to .html or .docx, with pandoc for example"),
    ".mobi": Kind("an e-book", _PRINTED),
    ".azw3": Kind("an e-book", _PRINTED),
    ".fb2": Kind("an e-book", _PRINTED),
    ".djvu": Kind("a scanned document", _PRINTED),
    ".ps": Kind("a PostScript document", _PRINTED),
    ".xps": Kind("an XPS document", _PRINTED),
    ".oxps": Kind("an XPS document", _PRINTED),
    ".chm": Kind("a help file", "Save its pages as .html"),
    ".xhtml": Kind("a web page", _PAGE),
    ".mht": Kind("a saved web page", _PAGE),
    ".mhtml": Kind("a saved web page", _PAGE),
    ".webarchive": Kind("a saved web page", _PAGE),
    ".eml": Kind("a mail", _MAIL),
    ".msg": Kind("a mail", _MAIL),
    ".tex": Kind("a LaTeX source", "Typeset it as .pdf, or convert it to .md"),
    ".typ": Kind("a Typst source", "Typeset it as .pdf"),
    ".wiki": Kind("a wiki page", _PLAIN),
    ".mediawiki": Kind("a wiki page", _PLAIN),
    ".textile": Kind("a Textile text", _PLAIN),
    ".org": Kind("an Org text", _PLAIN),
    ".rst": Kind("a reStructuredText", _PLAIN),
    ".rest": Kind("a reStructuredText", _PLAIN),
    ".adoc": Kind("an AsciiDoc text", _PLAIN),
    ".asciidoc": Kind("an AsciiDoc text", _PLAIN),
    ".mdx": Kind("a Markdown text with components", "Save it as .md"),
    ".dita": Kind("a DITA topic", "Publish it as .html"),
    ".docbook": Kind("a DocBook text", _PLAIN),
    ".ipynb": Kind("a notebook", "Export it as .md or .html"),
    ".text": Kind("a text", "Rename it to .txt"),
    ".mdown": Kind("a Markdown text", "Rename it to .md"),
    ".mkd": Kind("a Markdown text", "Rename it to .md"),
    ".zip": Kind("an archive", _ARCHIVE),
    ".7z": Kind("an archive", _ARCHIVE),
    ".rar": Kind("an archive", _ARCHIVE),
    ".tar": Kind("an archive", _ARCHIVE),
    ".tgz": Kind("an archive", _ARCHIVE),
}
"""By suffix. One that is read by now counts no more, so that rows need not go."""


def kind_of(name: str) -> Kind | None:
    """Return what kind of document a file is that is not read; None where it looks like none."""
    suffix = _suffix(name)
    return None if suffix in SUFFIXES else KINDS.get(suffix)


def reason(name: str, kind: Kind) -> str:
    """Return why a document is not read, with the next step."""
    return f"{name}: is {kind.name}, a kind that is not read. {kind.next_step}"


def documents_among(others: Iterable[OtherFile]) -> tuple[tuple[OtherFile, Kind], ...]:
    """Return the files that look like documents, each with its kind."""
    return tuple(
        (one, kind)
        for one in others
        if not _base(one.name).startswith(".") and (kind := kind_of(one.name)) is not None
    )


def others_lines(others: Sequence[OtherFile]) -> list[str]:
    """Return how many files are of no kind that is read, then what can be done about some."""
    found = [one for one in others if not _is_ours(one.name)]
    if not found:
        return []
    count = f"{len(found):,} files are" if len(found) > 1 else "1 file is"
    documents = Counter(_suffix(one.name) for one, _ in documents_among(found))
    lines = [f"{count} of no kind that is read: {_by_suffix(found, documents)}"]
    lines += [
        f"{number:,} {suffix}: {KINDS[suffix].name}. {KINDS[suffix].next_step}"
        for suffix, number in sorted(documents.items(), key=lambda row: (-row[1], row[0]))
    ]
    return lines


def count_of(count: int, what: str) -> str:
    """Return a number and what is counted, given in the singular: "3 pages without text"."""
    if count == 1:
        return f"1 {what}"
    tail = _TAIL.search(what)
    head, rest = (what[: tail.start()], what[tail.start() :]) if tail else (what, "")
    return f"{count:,} {_plural(head)}{rest}"


def left_out_words(left_out: Iterable[LeftOut], *, examples: bool = False) -> str:
    """Return what was left out in one line: "3 images, 1 included file"."""
    return ", ".join(
        count_of(one.count, one.what)
        + (f" ({'; '.join(one.examples)})" if examples and one.examples else "")
        for one in left_out
    )


def _by_suffix(found: Sequence[OtherFile], documents: Counter[str]) -> str:
    """Return the counts of the commonest suffixes and of those of documents, then of the rest."""
    every = Counter(_suffix(one.name) for one in found if not _base(one.name).startswith("."))
    del every[""]
    ordered = sorted(every.items(), key=lambda row: (-row[1], row[0]))
    named = [suffix for suffix, _ in ordered if suffix in documents]
    room = max(0, _MOST_SUFFIXES - len(named))
    named += [suffix for suffix, _ in ordered if suffix not in documents][:room]
    told = [f"{count:,} {suffix}" for suffix, count in ordered if suffix in named]
    rest = len(found) - sum(every[suffix] for suffix in named)
    if rest:
        told.append(f"{rest:,} {'others' if rest > 1 else 'other'}")
    return ", ".join(told)


def _is_ours(name: str) -> bool:
    return _base(name) in _OURS or name.endswith(_BESIDE)


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _suffix(name: str) -> str:
    """Return the suffix of a file name, empty where what follows the dot looks like none."""
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _plural(noun: str) -> str:
    if _Y.search(noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if _HISSING.search(noun) else f"{noun}s"
