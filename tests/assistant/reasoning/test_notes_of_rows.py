"""Notes that marks in the cells of a row point to: said behind the cell that they restrict."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Request, respond
from index.searching.reader import IndexReader


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "Where does Skelde Archive store records for Chile?",
            "Chile: Arica. Records of public bodies are stored in Antofagasta. [",
        ),
        (
            "Where does Skelde Archive store previews for Estonia?",
            "Estonia: Previews: Tartu. Until May 2027 previews of Estonia are stored in Riga. [",
        ),
        ("Where does Skelde Archive store records for Estonia?", "Estonia: Records: Tartu ["),
        ("Where does Skelde Archive store records for Japan?", "Japan: Nara ["),
    ],
)
def test_a_note_is_said_of_its_own_cell(fictional: IndexReader, question: str, start: str) -> None:
    answer, _ = respond(Request(question), fictional, date.today)
    assert answer.text.startswith(start)
