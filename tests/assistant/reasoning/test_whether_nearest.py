"""Yes or No from the passage that comes nearest to a question, of a service that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Request, respond
from assistant.reasoning.whether.claiming import claim_of
from assistant.reasoning.whether.matches import leaves_as_it_is
from assistant.reasoning.whether.passages_that_decide import _is_narrower, _joins_verbs
from corpus.intake.sources import BUNDLED
from corpus.language.parsing import parse_one
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from index.searching.reader import IndexReader
from tests.sharing import made_once

_TEXT = """# Norrby Drive: where folders live

Norrby Drive keeps folders in Gothenburg.

## Moving

The site of a folder is set at its making and can't be altered later.

## Signing in

Norrby Drive doesn't interfere with the sign-in of a guest at another company.

## Contracts

We only enter into data processing agreements with customers on our Harbour plan.

## Recordings

Meeting recordings of Norrby Drive are kept for 12 days.

## Certificates

Norrby Drive uses FIPS compliant libraries, however the Norrby Drive platform has not performed any
FIPS certifications.

## Visitors

Norrby Drive does not control or limit the countries from which visitors may open folders.

## Backups

Backups of Norrby Drive are held in the same region as the folder.

## Support

Logs of Norrby Drive will be accessible outside your selected region, so that engineers can help.

## Suggestions

When you use suggestions, your prompts might move outside of your region.

## Paying

The choice of a paying plan of Norrby Drive is not limited by your country.

## Exports

Folders of Norrby Drive can be exported to your own archive at any time.

## Your part

You are responsible for:

- Drafting a privacy notice for your guests.
- Telling your guests who reads their folders.

Norrby Drive checks every folder for damage on your behalf.

## Drafts

As soon as a draft is sent, it is purged from Norrby Drive.

## Features

Certain features of Norrby Drive do not yet support storage of drafts in Gothenburg.
"""


@pytest.fixture(scope="module")
def index(run_folder: Path) -> Iterator[IndexReader]:
    reader = IndexReader.open(made_once(run_folder, "denials", _built))
    yield reader
    reader.close()


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    (home.documents / "norrby-drive.md").write_text(_TEXT, encoding="utf-8")
    build_index(root)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("We picked the wrong site for a Norrby Drive folder. Can we correct this later?", "No"),
        ("Does Norrby Drive get in the way of how guests of other firms sign in?", "No"),
        ("May we write that the Norrby Drive platform carries a FIPS certification?", "No"),
        ("Does Norrby Drive restrict the countries from which visitors open folders?", "No"),
        ("Can it be confirmed that every Norrby Drive feature keeps drafts in Gothenburg?", "No"),
        ("Will Norrby Drive enter into a data processing agreement with us?", "It depends"),
        ("Our Norrby Drive folders lie in Oslo. Do their backups cross the border?", "No"),
        ("Do Norrby Drive backups remain in the folder's own part of the world?", "Yes"),
        ("Is anybody outside the EU able to see our Norrby Drive logs?", "Yes"),
        ("May I promise that Norrby Drive logs never leave our region?", "No"),
        ("Will the prompts our people type into Norrby Drive leave our region?", "It depends"),
        ("Can we export Norrby Drive folders to an archive of our own?", "Yes"),
        ("Do we have to write the privacy notice for Norrby Drive guests ourselves?", "Yes"),
        ("Is it on us to tell Norrby Drive guests who reads their folders?", "Yes"),
        ("Do we have to check every Norrby Drive folder for damage?", "No"),
        ("Since Norrby Drive keeps meeting recordings for 60 days, can we wait a month?", "No"),
    ],
)
def test_what_comes_nearest_decides(question: str, first: str, index: IndexReader) -> None:
    answer, _ = respond(Request(question), index, date.today)
    assert answer.text.startswith(first)


def test_who_deletes_a_thing_tells_that_no_copy_is_kept(index: IndexReader) -> None:
    question = "Once a draft has been sent, does Norrby Drive hang on to a copy of it?"
    answer, _ = respond(Request(question), index, date.today)
    assert "it is purged from Norrby Drive" in answer.text
    assert not answer.text.startswith("Not stated")


@pytest.mark.parametrize(
    ("question", "verb", "leaves"),
    [
        ("Do the mirrors stay in Japan?", "change", True),
        ("Do the mirrors stay in Japan?", "store", False),
        ("Can we correct the site later?", "change", False),
    ],
)
def test_that_nothing_is_changed_denies_no_staying(question: str, verb: str, leaves: bool) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert leaves_as_it_is(claim, verb) is leaves


def test_that_nothing_is_limited_denies_nothing(index: IndexReader) -> None:
    question = "We are in Brazil. Are we free to choose a paying plan of Norrby Drive anyway?"
    answer, _ = respond(Request(question), index, date.today)
    assert "not limited by your country" in answer.text
    assert not answer.text.startswith("No:")


@pytest.mark.parametrize(
    ("question", "sentence", "narrower"),
    [
        ("Do you restore files?", "Old files are not restored.", True),
        ("Do you restore old files?", "Old files are not restored.", False),
        ("Do you restore files?", "Files are not restored.", False),
    ],
)
def test_a_denial_of_a_kind_is_none_of_all(question: str, sentence: str, *, narrower: bool) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert _is_narrower(claim, parse_one(sentence)) is narrower


def test_only_verbs_that_are_joined_are_denied_together() -> None:
    assert _joins_verbs(parse_one("Does it look into or save the mail?"))
    assert not _joins_verbs(parse_one("Is it kept in Oslo or Bergen?"))
