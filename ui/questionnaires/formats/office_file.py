"""Workbooks and documents of questions: read and written in a process of their own.

This module is on both sides: the functions without an underscore give the work away, the others do
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ui.questionnaires.formats.apart import apart
from ui.questionnaires.formats.office_check import BOOK, DOCUMENT, check_office
from ui.questionnaires.formats.types import Sources, Writing
from ui.questionnaires.formats.word_file import InPlace, read_document, with_answers_in_place
from ui.questionnaires.formats.xlsx_file import Book, read_book, with_answers


@dataclass(frozen=True, slots=True)
class _Written:
    """What is to be written into a file."""

    sources: Sources
    writings: tuple[Writing, ...] = ()
    """Of a workbook."""
    in_place: tuple[InPlace, ...] = ()
    """Of a document."""


def read_workbook(path: Path, content: bytes) -> Book:
    """Return the sheets of a workbook; raise QuestionFileError for one that cannot be read."""
    return _read(_book_of, path, content)


def read_word(path: Path, content: bytes) -> Book:
    """Return tables and text of a document; raise QuestionFileError for one that is none."""
    return _read(_document_of, path, content)


def answer_workbook(
    path: Path, content: bytes, writings: Sequence[Writing], sources: Sources
) -> bytes:
    """Return a workbook with what is written into it; raise QuestionFileError."""
    return _write(_answered_book, path, content, _Written(sources, writings=tuple(writings)))


def answer_word(path: Path, content: bytes, writings: Sequence[InPlace], sources: Sources) -> bytes:
    """Return a document with what is written into it; raise QuestionFileError."""
    return _write(_answered_document, path, content, _Written(sources, in_place=tuple(writings)))


def _read(work: Callable[[str, bytes], bytes], path: Path, content: bytes) -> Book:
    found: Book = _plain(Book).validate_json(apart(work, path, "", content))
    return found


def _write(
    work: Callable[[str, bytes], bytes], path: Path, content: bytes, written: _Written
) -> bytes:
    return apart(work, path, _plain(_Written).dump_json(written).decode(), content)


def _book_of(_request: str, content: bytes) -> bytes:
    notes = check_office(content, BOOK)
    book = read_book(content)
    return _plain(Book).dump_json(Book(book.sheets, (*notes, *book.notes)))


def _document_of(_request: str, content: bytes) -> bytes:
    notes = check_office(content, DOCUMENT)
    return _plain(Book).dump_json(Book(read_document(content), notes))


def _answered_book(request: str, content: bytes) -> bytes:
    check_office(content, BOOK)
    written: _Written = _plain(_Written).validate_json(request)
    return with_answers(content, written.writings, written.sources)


def _answered_document(request: str, content: bytes) -> bytes:
    check_office(content, DOCUMENT)
    written: _Written = _plain(_Written).validate_json(request)
    return with_answers_in_place(content, written.in_place, written.sources)


@cache
def _plain(kind: type) -> TypeAdapter[Any]:
    """Return what makes JSON of values and values of JSON; nothing that is run is in it."""
    return TypeAdapter(kind)
