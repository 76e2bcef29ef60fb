"""Questionnaires in CSV: what is there stays byte for byte, answers are appended to its records."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from ui.errors import QuestionFileError
from ui.questionnaires.formats.apart import apart
from ui.questionnaires.formats.types import Filled
from ui.questionnaires.types import MOST_ROWS, Row, Sheet

_DELIMITERS = ",;\t|"
_SAMPLE = 200
"""Records that the delimiter is judged by."""
_AGREEING = 0.8
"""Share of records of the commonest width that makes a delimiter one."""
_AGREEING_WITH_FIRST = 0.4
"""The same where the first record has that width too."""
_FALLBACK = "cp1252"
_MOST_CELLS = 4_000_000
_AT_HAND = 2**20
"""Bytes that are taken apart in some tenths of a second."""
_MOST_COLUMNS = 2_000
"""Each record that is answered is filled up to the widest one."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file, as it is written and as it is read."""

    text: str
    """With its quotes, without the end of line."""
    end: str
    """The end of line, empty at the end of a file without one."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file, taken apart so that it can be put together again unchanged."""

    encoding: str
    has_mark: bool
    """Whether its first bytes say the encoding."""
    delimiter: str
    preamble: str
    """The line `sep=;` that some spreadsheets write first, with its end; mostly empty."""
    records: tuple[Record, ...]
    notes: tuple[str, ...]

    @property
    def bom(self) -> bytes:
        """The mark of its encoding that it begins with, as many bytes as it has."""
        marks = (mark for mark, encoding in _BOMS if encoding == self.encoding)
        return next(marks, b"") if self.has_mark else b""

    @property
    def sheet(self) -> Sheet:
        """What is seen in it; a row is a record, whatever the lines it takes."""
        rows = tuple(Row(number, one.cells) for number, one in enumerate(self.records, 1))
        return Sheet("", tuple(row for row in rows if any(cell.strip() for cell in row.cells)))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of a file in the process of its own."""

    file: CsvFile | None
    trouble: str = ""


def parse_csv(path: Path, content: bytes) -> CsvFile:
    """Take a CSV file apart; raise QuestionFileError naming file and line."""
    bom, encoding = _encoding(content)
    try:
        text = content[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise QuestionFileError(
            f"{path}: is neither UTF-8 nor Windows-1252 nor UTF-16 with a mark ({error}). "
            "Save it as CSV UTF-8"
        ) from error
    if "\0" in text:
        raise QuestionFileError(f"{path}: is no text (it has NUL characters). Save it as CSV UTF-8")
    if max(text.count(one) for one in _DELIMITERS) > _MOST_CELLS:
        raise QuestionFileError(f"{path}: more than {_MOST_CELLS:,} cells. Divide the file")
    preamble, stated = _stated_delimiter(text)
    text = text[len(preamble) :]
    delimiter = stated or _delimiter(text)
    records = tuple(_records(path, text, delimiter))
    if len(records) > MOST_ROWS:
        raise QuestionFileError(
            f"{path}: {len(records):,} records, the limit is {MOST_ROWS:,}. Divide the file"
        )
    width = max((len(one.cells) for one in records), default=0)
    if width > _MOST_COLUMNS:
        raise QuestionFileError(
            f"{path}: {width:,} columns, the limit is {_MOST_COLUMNS:,}. Take out those that ask "
            "nothing"
        )
    notes = (f"{path.name} was read as Windows-1252; the answers are UTF-8",)
    return CsvFile(
        encoding, bool(bom), delimiter, preamble, records, notes if encoding == _FALLBACK else (),
    )  # fmt: skip


def parse_large_csv(path: Path, content: bytes) -> CsvFile:
    """Take a file apart as `parse_csv` does, one that takes long in a process of its own."""
    if len(content) <= _AT_HAND:
        return parse_csv(path, content)
    taken: _Taken = _as_json().validate_json(apart(_taken_apart, path, str(path), content))
    if taken.file is None:
        raise QuestionFileError(taken.trouble)
    return taken.file


def _taken_apart(path: str, content: bytes) -> bytes:
    """Do the work of `parse_large_csv`, in the process of its own."""
    try:
        taken = _Taken(parse_csv(Path(path), content))
    except QuestionFileError as error:
        taken = _Taken(None, str(error))
    return _as_json().dump_json(taken)


@cache
def _as_json() -> TypeAdapter[_Taken]:
    return TypeAdapter(_Taken)


def with_cells(
    file: CsvFile, filled: Sequence[Filled], added: Mapping[int, tuple[str, ...]]
) -> bytes:
    """Return the file with texts in empty cells of its records, and with cells appended to them."""
    width = max((len(record.cells) for record in file.records), default=0)
    own: dict[int, list[Filled]] = {}
    for one in filled:
        own.setdefault(one.row, []).append(one)
    parts = [file.preamble]
    for number, record in enumerate(file.records, 1):
        written = _filled(record, own.get(number, ()), file.delimiter)
        parts.append(written.text)
        if cells := added.get(number):
            missing = ("",) * (width - len(written.cells))
            parts.append(file.delimiter + _joined((*missing, *cells), file.delimiter))
        parts.append(record.end)
    text = "".join(parts)
    if file.encoding == _FALLBACK:
        # Answers have characters that Windows-1252 has not; with the mark spreadsheets see it.
        return codecs.BOM_UTF8 + text.encode("utf-8")
    return file.bom + text.encode(file.encoding)


def _filled(record: Record, filled: Sequence[Filled], delimiter: str) -> Record:
    """Return a record with texts in its empty cells; the others stay as they are written."""
    for one in filled:
        cells = record.cells
        if one.column >= len(cells):
            missing = ("",) * (one.column - len(cells))
            record = Record(
                record.text + delimiter + _joined((*missing, one.text), delimiter),
                record.end,
                (*cells, *missing, one.text),
            )
        elif not cells[one.column].strip():
            start, end = _place(record.text, one.column, delimiter)
            text = record.text[:start] + _joined((one.text,), delimiter) + record.text[end:]
            told = (*cells[: one.column], one.text, *cells[one.column + 1 :])
            record = Record(text, record.end, told)
    return record


def _place(text: str, column: int, delimiter: str) -> tuple[int, int]:
    """Return from where to where a cell is written in a record."""
    start = cell = at = 0
    quoted = False
    while at < len(text):
        character = text[at]
        if character == '"' and (quoted or at == start):
            # A doubled quote within quotes closes and opens them again, which is the same.
            quoted = not quoted
        elif character == '"' and text[at - 1] == '"':
            quoted = True
        elif character == delimiter and not quoted:
            if cell == column:
                return start, at
            cell += 1
            start = at + 1
        at += 1
    return start, at


def _encoding(content: bytes) -> tuple[bytes, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return bom, encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return b"", _FALLBACK
    return b"", "utf-8"


def _stated_delimiter(text: str) -> tuple[str, str]:
    line = text[: text.find("\n") + 1]
    stated = line.rstrip("\r\n")[len("sep=") :]
    if line[:4].casefold() == "sep=" and stated in tuple(_DELIMITERS):
        return line, stated
    return "", ""


def _delimiter(text: str) -> str:
    """Return the delimiter that most records agree on; one that splits nothing for one column."""
    best, agreed = "", 0.0
    for delimiter in _DELIMITERS:
        widths = _widths(text, delimiter)
        width, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
        share = count / max(len(widths), 1)
        # Commas of prose split some records alike too, but not the title above them.
        enough = _AGREEING_WITH_FIRST if [width] == widths[:1] else _AGREEING
        if width > 1 and share >= enough and share > agreed:
            best, agreed = delimiter, share
    if best:
        return best
    return next((one for one in _DELIMITERS if set(_widths(text, one)) <= {1}), ",")


def _widths(text: str, delimiter: str) -> list[int]:
    """Return how many cells the first records have; none where it is no CSV."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return []
    return widths


def _records(path: Path, text: str, delimiter: str) -> Iterator[Record]:
    lines = list(io.StringIO(text, newline=""))
    done = 0
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            written = "".join(lines[done : reader.line_num])
            body = _without_end(written)
            if reader.line_num == len(lines) and _is_open(body, len(cells), delimiter):
                raise csv.Error("its quotes are never closed")
            done = reader.line_num
            yield Record(body, written[len(body) :], tuple(cells))
    except csv.Error as error:
        raise QuestionFileError(
            f"{path}:{done + 1}: no CSV ({error}). Correct the record that begins there, or save "
            "the file anew"
        ) from error


def _is_open(body: str, width: int, delimiter: str) -> bool:
    """Tell whether what is appended to a record would be swallowed by quotes of its own."""
    probe = csv.reader(io.StringIO(f"{body}{delimiter}x", newline=""), delimiter=delimiter)
    return bool(width) and len(next(probe)) != width + 1


def _without_end(written: str) -> str:
    for end in ("\r\n", "\n", "\r"):
        if written.endswith(end):
            return written[: -len(end)]
    return written


def _joined(cells: tuple[str, ...], delimiter: str) -> str:
    line = io.StringIO()
    # Only the characters of the end of line are quoted within a cell.
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n")
