"""Pages that never write the name of their service in a sentence are found by it all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.pipeline import Request, respond
from assistant.query import Turn
from assistant.reasoning.scope import no_document, scope_of
from assistant.reasoning.values import points_elsewhere
from assistant.reasoning.values.value_absent import asks_copies, asks_often, says_often
from assistant.reasoning.values.value_types import told_by_noun
from assistant.types import Verdict
from corpus.types import Chunk
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader

_PAGES = {
    # Its words are common ones, and only an address has them together.
    "copper-ladder-backup": """# Backup

All data of a machine is copied at night, and copies are kept for ten days.

Copies are stored in the same region as the machine. To have them elsewhere, write to
[support](https://my.copperladder.example/help). Logs are stored in a region.
""",
    # A title of common words, and others' abbreviations.
    "winsley-data-residency": """# Data residency

Winsley stores voices in Norway. With ZDQ, Winsley keeps nothing. Error reports of Winsley are sent
to an outside service. Voices at rest are encrypted.

| Country | Environment |
| --- | --- |
| Norway | Bergen |
| Chile | Arica |
""",
    "qumbrexa-storage-tier3": """# Tier 3 AWS Storage

Keys are shown once. Files are kept in a bucket of AWS.
""",
    "pelmore-solo-model": """# Shared model

Pelmore runs the platform. In the Solo model, Pelmore owns the account. Under the Solo model,
Pelmore keeps application data in the region that the customer selects. The Solo model has one
account.

| Region | Key Warden | Night Desk |
| --- | --- | --- |
| Norway | ✅[^1] | ✘ |
| Chile | ✘ | ✘ |
| Japan | ✅ | ✅ |

[^1]: Only with the second edition.

| Matter | Ordinary handling | Lean handling |
| --- | --- | --- |
| Prompts | Kept for half a year | Never kept |
""",
    "tallbrook-sites": """# Where Tallbrook stores data

Tallbrook stores data in the location that you select.

## Addresses of locations

| Data storage location | Region | API domain |
| --- | --- | --- |
| Northern Europe (NE) | NE | ne.tallbrook.example |
| South America (SA) | SA | sa.tallbrook.example |

## Data centres

| Data storage location | Region | Data centre |
| --- | --- | --- |
| Northern Europe (NE) | NE | Bergen, Norway |
| South America (SA) | SA | Arica, Chile |
""",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    home = Home(tmp_path_factory.mktemp("pages") / "home")
    home.documents.mkdir(parents=True)
    for name, text in _PAGES.items():
        (home.documents / f"{name}.md").write_text(text, encoding="utf-8")
    build_index(home.root)
    opened = IndexReader.open(home.root)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("How long are copies kept at Copper Ladder?", "copper-ladder-backup"),
        ("how often does copper ladder copy machines", "copper-ladder-backup"),
        ("Where does Pelmore Solo keep application data?", "pelmore-solo-model"),
        ("Does Pelmore's Key Warden support Norway?", "pelmore-solo-model"),
        ("Is Key Warden there for Chile?", "pelmore-solo-model"),
    ],
)
def test_a_page_is_found_by_its_file_its_columns_and_its_words(
    index: IndexReader, question: str, page: str
) -> None:
    scope = scope_of(question, (), index)
    assert no_document(scope, index) is None
    assert scope.documents[0] == page
    assert not scope.unknown


def _said(index: IndexReader, *questions: str) -> str:
    turns: list[Turn] = []
    for question in questions:
        answer, turn = respond(Request(question, tuple(turns)), index, date.today)
        turns.append(turn)
    return answer.text


def test_yes_of_a_cell_comes_with_the_note_to_that_cell(index: IndexReader) -> None:
    noted = "Yes: Norway, Key Warden: ✅. Only with the second edition. ["
    assert _said(index, "Does Pelmore's Key Warden support Norway?").startswith(noted)
    assert "edition" not in _said(index, "Does Pelmore's Night Desk support Norway?")
    assert "edition" not in _said(index, "Does Pelmore's Key Warden support Japan?")


@pytest.mark.parametrize(
    ("question", "answer"),
    [("pelmore key warden norway?? yes/no", "Yes: "), ("pelmore night desk chile y/n", "No: ")],
)
def test_keywords_with_yes_or_no_behind_them_are_answered_so(
    index: IndexReader, question: str, answer: str
) -> None:
    assert _said(index, question).startswith(answer)


def test_one_cell_is_not_said_of_both_sides_of_a_comparison(index: IndexReader) -> None:
    question = "Pelmore prompts: what changes between the usual way and the lean handling?"
    text = _said(index, question)
    assert "usual way: " not in text
    assert text.count("Never kept") <= 1


def test_a_second_question_decides_by_itself_what_it_wants(index: IndexReader) -> None:
    first = "In which region does Copper Ladder store copies?"
    assert "ten days" in _said(index, first, "And for how long are these copies kept?")


@pytest.mark.parametrize(
    "question",
    ["Where does Pelmore Quartz keep data?", "How long does Copper Dunes keep copies?"],
)
def test_what_no_page_names_is_still_absent(index: IndexReader, question: str) -> None:
    assert no_document(scope_of(question, (), index), index) is not None


def _chunk(index: IndexReader, words: str) -> Chunk:
    return next(one for one in index.catalog.all_chunks() if words in one.text)


def test_a_place_may_be_told_by_another_or_by_who_chooses_it(index: IndexReader) -> None:
    assert told_by_noun(_chunk(index, "same region"))
    assert told_by_noun(_chunk(index, "that the customer selects"))
    assert not told_by_noun(_chunk(index, "stored in a region"))
    assert not told_by_noun(_chunk(index, "copied at night"))


def test_of_two_rows_of_a_name_the_one_with_a_city_tells_the_city(index: IndexReader) -> None:
    asked = "Tallbrook, Northern Europe (NE) API: in which city is the data at rest?"
    assert "Bergen" in _said(index, asked).split("\n")[0]


@pytest.mark.parametrize(
    ("question", "is_of_copies"),
    [
        ("Where are backups of mailboxes kept?", True),
        ("Is the data copied to a second city?", True),
        ("Does it hold a spare copy in another country?", True),
        ("We take backups each night. Where is mail kept?", False),
        ("Where is mail kept?", False),
    ],
)
def test_what_is_asked_of_copies_is_told_from_what_is_not(
    question: str, is_of_copies: bool
) -> None:
    assert asks_copies(question) is is_of_copies


def test_where_data_is_does_not_answer_where_copies_are(index: IndexReader) -> None:
    asked = "In which country does Pelmore keep backups of application data?"
    assert respond(Request(asked), index, date.today)[0].verdict is Verdict.ABSTAINED
    told = "Where does Copper Ladder keep copies?"
    assert respond(Request(told), index, date.today)[0].verdict is Verdict.ANSWERED


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Backups are run daily or hourly, depending on the level.", True),
        ("It is copied every 5 minutes.", True),
        ("A copy is made once a week.", True),
        ("Copies are kept for ten days.", False),
    ],
)
def test_how_often_is_said_by_words_and_by_units(text: str, is_said: bool) -> None:
    assert asks_often("How often are backups run?")
    assert not asks_often("How long are backups kept?")
    assert says_often(text) is is_said


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("This page describes how duties are divided between us and the customer.", True),
        ("The table below shows the location where your data will be stored.", True),
        ("This section is kept in Ireland.", False),
        ("The document store keeps data in Ireland.", False),
        ("This service stores data in Ireland.", False),
    ],
)
def test_what_a_page_says_of_itself_is_no_answer(text: str, points: bool) -> None:
    assert points_elsewhere(text) is points


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("winsley norway environment - where is it", "winsley-data-residency"),
        ("Of the places Pelmore offers for data residency, which is without the Lean handling?",
         "pelmore-solo-model"),
        ("Can I see my Qumbrexa Tier 3 key once more?", "qumbrexa-storage-tier3"),
    ],
)  # fmt: skip
def test_common_titles_and_countries_name_no_service(
    question: str, document: str, index: IndexReader
) -> None:
    scope = scope_of(question, (), index)
    assert scope.documents[:1] == (document,)
    assert not scope.unknown


@pytest.mark.parametrize(
    "question",
    [
        "What is the name of the outside company that gets the error reports of Winsley?",
        "Which cipher does Winsley use for voices at rest?",
    ],
)
def test_what_is_asked_by_its_name_is_not_stated_where_none_is_named(
    question: str, index: IndexReader
) -> None:
    answer, _ = respond(Request(question), index, date.today)
    assert answer.text.startswith("Not stated")
