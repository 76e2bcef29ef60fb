"""The log of a run: everything that was asked, replied and scored, one JSON object a line.

The first line says what was run on what; each further line is one reply with its scores by name of
the metric: unscored is absent. A log that a run left unfinished is continued by the next run with
the same header.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.types import Span
from evals.errors import LogError, RunError
from evals.runs.old_logs import values_of_format_1
from evals.types import Cited, Place, Reply, Response, Score

FORMAT = 2
"""What this version writes; it reads format 1 too."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a run is: two runs with equal headers are repetitions."""

    format: int
    system: str
    suite: str
    split: str
    held_out: bool
    """True when the system knew the passages of these cases from the documents alone."""
    cases: str
    """Digest of the cases that were asked."""
    documents: dict[str, str]
    """Digest of every document's text."""
    identity: str
    """What the system says of its index and configuration."""
    settings: str
    """Digest of the settings that were in force."""
    revision: str
    """Revision of the code, with `+` when it had local changes; empty outside of a checkout."""
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply and its score."""

    reply: Reply
    score: Score


@dataclass(frozen=True, slots=True)
class RunLog:
    """A log as it was read."""

    path: Path
    header: Header
    entries: dict[str, Entry]
    """By case id."""


ReadValues = Callable[[dict[str, Any]], Mapping[str, float]]


def _values(row: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in row.items()}


_READERS: dict[int, ReadValues] = {1: values_of_format_1, FORMAT: _values}
"""How the scores of each format are read."""


class LogWriter:
    """Appends replies to a log; each one is on disk before the next is asked."""

    def __init__(self, path: Path, header: Header, *, fresh: bool) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("w" if fresh else "a", encoding="utf-8")
        except OSError as error:
            raise _unwritable(path, error) from error
        if fresh:
            self._write(asdict(header))

    def add(self, entry: Entry) -> None:
        """Append a reply; raise RunError when it cannot be written."""
        self._write({"reply": asdict(entry.reply), "score": dict(entry.score.values)})

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _write(self, row: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise _unwritable(self.path, error) from error


def read_log(path: Path) -> RunLog:
    """Read a log; raise LogError naming file, line and what to do."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LogError(f"{path}: cannot be read ({error}). Check the path") from error
    if not lines:
        raise LogError(f"{path}: the log is empty. Run the evaluation again")
    header, values_of = _header(path, lines[0])
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            entry = _entry(json.loads(line), values_of)
        except (AttributeError, ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                break  # the run was killed while it wrote; the case is asked again
            raise LogError(
                f"{path}:{number}: not a reply ({error!r}). Run the evaluation again"
            ) from error
        entries[entry.reply.case] = entry
    return RunLog(path, header, entries)


def rewrite(log: RunLog, entries: Iterable[Entry]) -> None:
    """Write a log anew with other entries: the same replies, scored again or cut to be whole."""
    writer = LogWriter(log.path, log.header, fresh=True)
    for entry in entries:
        writer.add(entry)
    writer.close()


def _header(path: Path, line: str) -> tuple[Header, ReadValues]:
    """Return the header as this version writes it, and how to read the scores below it."""
    try:
        row = json.loads(line)
        version = row["format"]
        values_of = _READERS.get(version)
    except (ValueError, KeyError, TypeError) as error:
        raise LogError(f"{path}:1: no header of a run ({error!r}). Is it a log?") from error
    if values_of is None:
        raise LogError(
            f"{path}:1: the log has format {version}, this version reads "
            f"{' and '.join(map(str, _READERS))}. "
            "Run the evaluation again"
        )
    try:
        return Header(**row | {"format": FORMAT}), values_of
    except TypeError as error:
        raise LogError(f"{path}:1: damaged header ({error}). Run the evaluation again") from error


def _entry(row: dict[str, Any], values_of: ReadValues) -> Entry:
    reply = row["reply"]
    return Entry(
        Reply(
            reply["case"],
            _response(reply["response"]) if reply["response"] else None,
            reply["failure"],
            reply["latency_ms"],
        ),
        Score(values_of(row["score"])),
    )


def _response(row: dict[str, Any]) -> Response:
    return Response(
        text=row["text"],
        abstained=row["abstained"],
        citations=tuple(
            Cited(cited["marker"], _place(cited["place"]), cited["quote"], cited["title"])
            for cited in row["citations"]
        ),
        notices=tuple(row["notices"]),
        doubt=row.get("doubt"),
        ranking=None if row["ranking"] is None else tuple(map(_place, row["ranking"])),
    )


def _place(row: list[Any]) -> Place:
    document, (start, end) = row
    return Place(document, Span(start, end))


def _unwritable(path: Path, error: OSError) -> RunError:
    return RunError(
        f"{path}: the log cannot be written ({error.strerror or error}). Free space or give "
        "another --output; what was written stays, and the next run goes on from there"
    )
