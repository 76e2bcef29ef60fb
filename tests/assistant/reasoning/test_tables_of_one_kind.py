"""Tables that are one in two parts, lists behind their paragraph, places that narrow each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.reasoning.ask import Wanted
from assistant.reasoning.asking import read_ask
from assistant.settings import Settings
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader

_PAGE = """# Subprocessors of Quillfeather

Quillfeather APIs are hosted in Ireland. All data centers of Quillfeather are at least 40 miles
apart.

## Subsidiaries

| Name of subprocessor | Location of processing |
| --- | --- |
| Quillfeather GmbH | Germany |
| Quillfeather BV | Netherlands |

## Third parties

| Name of subprocessor | Location of processing |
| --- | --- |
| Marlowe Mail | United States, Iceland |
| Tindall Search | Norway, Sweden |
| Ostrava Backup | Czechia |

## Sharing

Quillfeather shares data among the following products of the same customer. What a partner sees
depends on its contract.

- Quillfeather Draft
- Quillfeather Ledger
- Quillfeather Post

Quillfeather collects some data to give support. Such data may be transferred to the US. This data
includes:

- support tickets
- chat with its staff
- comments on its blog

## Capacities abroad

These items remain in the home region of the customer:

- Names of tiles and their queries
- Billing plans

## Exports

Supported destinations for audit logs:

- [Tindall Object Storage](https://tindall.example/objects)
- [Marlowe Buckets](https://marlowe.example/buckets)
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = Home(tmp_path_factory.mktemp("one-kind") / "home")
    home.documents.mkdir(parents=True)
    (home.documents / "quillfeather.md").write_text(_PAGE, encoding="utf-8")
    build_index(home.root)
    opened = Assistant.open(Settings(home=home.root))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Does any Quillfeather subprocessor process data in Iceland?", ["Yes", "Marlowe Mail"]),
        ("Does any Quillfeather subprocessor process data in Germany?", ["Yes", "GmbH"]),
        (
            "Does any subprocessor of Quillfeather have its location of processing in Africa?",
            ["No", "none of them is in Africa"],
        ),
        (
            "Which Quillfeather subprocessors process data in the EEA but not in the EU?",
            ["Two of the 5", "Marlowe Mail (Iceland)", "Tindall Search (Norway)"],
        ),
        (
            "With which other products does Quillfeather share data?",
            ["Quillfeather Draft", "Quillfeather Ledger", "Quillfeather Post"],
        ),
        (
            "What sorts of data may Quillfeather transfer to the United States?",
            ["support tickets", "chat with its staff", "comments on its blog"],
        ),
        ("What is the minimum distance between data centers of Quillfeather?", ["40 miles apart"]),
        ("Where are Quillfeather APIs hosted?", ["Ireland"]),
        (
            "Do the tile names of a Quillfeather workspace abroad leave the home region?",
            ["No: These items remain in the home region", "Names of tiles"],
        ),
        (
            "To which storage services can Quillfeather send its audit logs?",
            ["Tindall Object Storage", "Marlowe Buckets"],
        ),
    ],
)
def test_all_parts_are_looked_at(assistant: Assistant, question: str, says: list[str]) -> None:
    text = assistant.ask(question, clarify=False).text
    assert not text.startswith("Not stated")
    for one in says:
        assert one in text


@pytest.fixture(scope="module")
def index(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    root: Path = assistant.settings.home
    reader = IndexReader.open(root, shared=root)
    yield reader
    reader.close()


@pytest.mark.parametrize(
    ("question", "names", "others"),
    [
        ("Is it in a Nordic member state of the EU?", {"Sweden", "Finland"}, {"Norway", "Iceland"}),
        ("Is it in the EEA but not in the EU?", {"Norway", "Iceland"}, {"Sweden"}),
        ("Is it in an Asian country outside the EU?", {"Japan"}, {"Cyprus"}),
        ("Is it in a country of the EU?", {"European Union"}, {"Sweden"}),
    ],
)
def test_places_narrow_each_other(
    index: IndexReader, question: str, names: set[str], others: set[str]
) -> None:
    found = {place.name for place in read_ask(question, index.gazetteer).places}
    assert names <= found
    assert not others & found


def test_a_distance_between_things_is_no_list_of_them(index: IndexReader) -> None:
    ask = read_ask("What is the minimum distance between the data centers?", index.gazetteer)
    assert ask.wanted is Wanted.UNKNOWN
