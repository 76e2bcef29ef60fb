"""One long page: read in time that grows as it does, and answered from to its last section."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer
from index.building.build import build_index
from index.home.paths import Home

_SHORT, _LONG = 150, 600
"""Sections."""


def _sections(count: int) -> Iterator[tuple[str, str]]:
    # No sentence of one page is one of another: what was parsed once is remembered.
    for number in range(count):
        yield (
            f"Device {number}",
            f"Device {number} of {count} starts when key {number} is pressed. Its lamp turns green "
            f"after {number} of {count} seconds.",
        )
    yield "Ledger of Quillhaven", "Ledger records of Quillhaven are stored in Norway."


def _markdown(count: int) -> str:
    return "# Handbook\n\n" + "".join(f"## {head}\n\n{text}\n\n" for head, text in _sections(count))


def _html(count: int) -> str:
    body = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in _sections(count))
    return (
        "<!doctype html><html><head><title>Handbook</title></head>"
        f"<body><main><h1>Handbook</h1>{body}</main></body></html>"
    )


@pytest.mark.parametrize(("suffix", "write"), [("md", _markdown), ("html", _html)])
def test_a_page_of_four_times_the_length_takes_about_four_times_as_long(
    suffix: str, write: Callable[[int], str], tmp_path: Path, gazetteer: Gazetteer
) -> None:
    def seconds(count: int) -> float:
        path = tmp_path / f"page{count}.{suffix}"
        path.write_text(write(count))
        started = time.process_time()
        document = read_document(SourceFile(path))
        extract(document, chunk_document(document), gazetteer)
        return time.process_time() - started

    def least(count: int) -> float:
        # What else runs on the processor lengthens one of them; no text is read twice.
        return min(seconds(count + more) for more in range(3))

    seconds(10)
    # What grows with the square takes sixteen times as long.
    assert least(_LONG) < 8 * max(least(_SHORT), 0.1)


@pytest.mark.parametrize(("suffix", "write"), [("md", _markdown), ("html", _html)])
def test_its_last_section_answers(
    suffix: str, write: Callable[[int], str], untouched_small_home: Path, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(untouched_small_home, tmp_path / "copy")))
    (home.documents / f"handbook.{suffix}").write_text(write(60))
    build_index(home.root)
    with closing(Assistant.open(Settings(home=home.root))) as assistant:
        answer = assistant.ask("Where are ledger records of Quillhaven stored?")
    assert "Norway" in answer.text
    assert [one.section.split(" > ")[-1] for one in answer.citations] == ["Ledger of Quillhaven"]
