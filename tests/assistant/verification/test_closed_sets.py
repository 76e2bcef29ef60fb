"""What the members of a cited table or list decide: counts, "only", the rest, the exception."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.composing.evidence import piece
from assistant.draft import DraftSentence, Form
from assistant.understanding.question import understand
from assistant.verification import unsupported
from assistant.verification.reading.left_out import written_out
from assistant.verification.reading.miscounted import miscounted
from assistant.verification.written import why_not
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader

_PAGE = """# Sites of Gannet Vault

Gannet Vault runs at the following sites.

| Site | Host | Disk storage | Memory | Country |
|------|------|------|------|------|
| Auk | Tarn | 8 GB | 2 GB | Norway |
| Brant | Fell | 8 GB | 4 GB | Germany |
| Curlew | Tarn | 20 GB | 8 GB | Germany |
| Dunlin | Tarn | 40 GB | 16 GB | Japan |
| Egret | Fell | 80 GB | 32 GB | Japan |

## Parcels

Gannet Vault supports the following parcel formats:

- Heron
- Ibis
- Knot
"""


@pytest.fixture(scope="module")
def gannet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """A page with a table and a list."""
    home = Home(tmp_path_factory.mktemp("closed-sets") / "home")
    home.documents.mkdir(parents=True)
    (home.documents / "gannet.md").write_text(_PAGE, encoding="utf-8")
    build_index(home.root)
    index = IndexReader.open(home.root)
    yield index
    index.close()


def reason(index: IndexReader, text: str, *cited: str) -> str:
    """Return why a sentence that cites the passages with these words is withheld."""
    chunks = [
        one for words in cited for one in index.catalog.all_chunks()
        if words in (one.pairs[0].value if one.pairs else one.text)
    ]  # fmt: skip
    query = understand("Where does Gannet Vault run?", (), None, index.gazetteer, index.abouts)
    return why_not(DraftSentence(text, tuple(map(piece, chunks)), Form.WRITTEN), query, index)


TRUE = [
    "Two of the five sites, Brant and Egret, run on Fell, by contrast with three that run on Tarn.",
    "Of the five sites, two, namely Auk and Brant, come with 8 GB of disk storage, while the "
    "remaining three offer 20 GB or more.",
    "Two of the five sites are in Germany, one in Norway and two in Japan.",
    "Three of the five sites run on Tarn, namely Auk, Curlew and Dunlin.",
    "Four of the five sites are outside Norway, the one exception being Auk.",
    "Only Auk is in Norway.",
    "Only Brant and Egret run on Fell.",
    "Auk is the only site in Norway.",
]
FALSE = [
    ("Two of the five sites, Auk and Egret, run on Fell, by contrast with three on Tarn.", ""),
    ("Three of the five sites, Brant, Curlew and Egret, run on Fell.", ""),
    ("Of the five sites, three come with 8 GB of disk storage.", "2 of these, not 3"),
    ("Two of the five sites are in Germany, two in Norway and one in Japan.", ""),
    ("Two of the six sites run on Fell.", ""),
    ("Only Brant runs on Fell.", "Egret says so too"),
    ("Only Brant is in Germany.", "Curlew says so too"),
    ("Auk is the only site on Tarn.", "Curlew says so too"),
    ("The only German site is Brant.", "Curlew says so too"),
]


@pytest.mark.parametrize("text", TRUE)
def test_what_the_rows_of_a_table_bear_out_is_displayed(gannet: IndexReader, text: str) -> None:
    assert reason(gannet, text, "Auk", "Brant") == ""


@pytest.mark.parametrize(("text", "why"), FALSE)
def test_what_the_rows_of_a_table_gainsay_is_withheld(
    gannet: IndexReader, text: str, why: str
) -> None:
    said = reason(gannet, text, "Auk", "Brant")
    assert said
    assert why in said


def test_the_members_of_a_list_are_counted(gannet: IndexReader) -> None:
    said = "Gannet Vault supports three parcel formats, namely Heron, Ibis and Knot."
    assert reason(gannet, said, "Heron") == ""
    assert reason(gannet, said.replace("three", "four"), "Heron")
    assert reason(gannet, said.replace("Knot", "Loon"), "Heron")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It has three halls, namely Alder and Birch.", "counts 3 and names 2"),
        ("It has two halls: Alder, Birch and Cedar.", "counts 2 and names 3"),
        ("It has two halls: Alder (north, old) and Birch.", ""),
        ("It has three halls, among them Alder and Birch.", ""),
        ("Two of the seven halls, Alder and Birch, are old.", ""),
        ("It has two kinds of hall, namely closed and open and shut.", ""),
        ("Three halls close: Alder and Birch in May, and Cedar in June.", ""),
    ],
)
def test_a_sentence_names_as_many_as_it_counts(text: str, why: str) -> None:
    found = miscounted(text)
    assert why in found
    assert bool(why) is bool(found)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Auk is on the list, whereas Brant is not.", "Brant is not on the list."),
        ("Auk keeps old maps, while Brant does not.", "Brant does not keep old maps."),
        ("Auk is on the list, but Brant is not, so it waits.", "Brant is not on the list, so it"),
    ],
)
def test_a_predicate_that_is_left_out_is_taken_over(text: str, full: str) -> None:
    assert full in written_out(text)


def test_a_clause_with_a_predicate_of_its_own_is_left_as_it_is() -> None:
    text = "Auk is closed for repairs, whereas Brant is, in general, open."
    assert written_out(text) == text


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "Both old and new parcels count toward the total.",
            "Only new parcels count toward the total.",
        ),
        (
            "Gannet sorts red parcels as well as blue parcels by weight.",
            "Gannet only sorts red parcels by weight: blue parcels are always weighed by hand.",
        ),
        (
            "The Oslo hall is available only on the Gold plan.",
            "You can book the Oslo hall on all plans including free plans.",
        ),
    ],
)
def test_what_is_said_of_one_alone_is_not_said_of_others(
    gannet: IndexReader, text: str, passage: str
) -> None:
    assert "the passage says" in unsupported(text, [passage], gannet.gazetteer)


@pytest.mark.parametrize(
    "text",
    [
        "Only new and small parcels count toward the total.",
        "New and small parcels count toward the total.",
    ],
)
def test_what_is_said_of_both_alone_is_displayed(gannet: IndexReader, text: str) -> None:
    passage = "Only new and small parcels count toward the total."
    assert unsupported(text, [passage], gannet.gazetteer) == ""
