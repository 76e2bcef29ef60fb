"""Yes or No from the places that the passage which answers names, of a service that does not
exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Request, respond
from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from index.searching.reader import IndexReader
from tests.sharing import made_once

_TEXT = """# Halvard Ledger: where project data lives

Halvard Ledger stores project metadata in the place of the country that you select.

| Country | Metadata storage location |
| --- | --- |
| Norway | Bergen |
| Canada | Toronto or Montreal |
| Ireland | Cork or Dublin |

## Archives

Archives of Halvard Ledger are offered in these places:

- Geneva
- Tokyo

## Hosting

Mail of Halvard Ledger is stored and processed in:

- AWS data centres in Cork and Leeds
- locations where our sub-processors store and process data (UK and EEA)

## Crashes

Crash reports of Halvard Ledger are processed in Austin, Texas.

## Accounts

For users from the EU, their personal data is stored on servers in the EU. For users from the US,
their personal data is stored in the US.
"""


@pytest.fixture(scope="module")
def index(run_folder: Path) -> Iterator[IndexReader]:
    reader = IndexReader.open(made_once(run_folder, "places-said", _built))
    yield reader
    reader.close()


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    (home.documents / "halvard-ledger.md").write_text(_TEXT, encoding="utf-8")
    build_index(root)


def _answer(question: str, index: IndexReader) -> str:
    return respond(Request(question), index, date.today)[0].text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("A ministry in Oslo uses Halvard Ledger in its own country. Is the metadata then held in "
         "an EU member state?", "No"),
        ("An office in Cork sets Halvard Ledger up for Ireland. Does the metadata remain within "
         "the Union?", "Yes"),
        ("A bank in Zurich wants archives of Halvard Ledger kept in its own country. Is that on "
         "offer?", "Yes"),
        ("Is any of the Amazon sites that Halvard Ledger runs on located on European Union soil?",
         "Yes"),
        ("Might a subcontractor of Halvard Ledger store or process our data in Portugal?", "Yes"),
        ("With Halvard Ledger, does a German user's personal data stay in the EU?", "Yes"),
    ],
)  # fmt: skip
def test_the_places_that_are_said_decide(question: str, first: str, index: IndexReader) -> None:
    assert _answer(question, index).startswith(f"{first}:")


def test_what_is_said_of_other_data_decides_nothing(index: IndexReader) -> None:
    question = "Our Halvard Ledger is Canadian. Is a backup copy kept in Montreal?"
    assert not _answer(question, index).startswith(("Yes", "No:"))


def test_where_data_is_processed_decides_nothing_of_where_it_rests(index: IndexReader) -> None:
    question = "Are crash reports of Halvard Ledger stored in Texas?"
    assert not _answer(question, index).startswith(("Yes", "No:"))
    question = "Are crash reports of Halvard Ledger processed in Texas?"
    assert _answer(question, index).startswith("Yes:")


def test_a_place_that_some_only_lie_in_decides_nothing_of_all(index: IndexReader) -> None:
    question = "Does Halvard Ledger keep the metadata of Canada only in Toronto?"
    assert not _answer(question, index).startswith("Yes")
