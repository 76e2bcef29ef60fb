"""Among many pages about other things those speak that state something about data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from assistant.pipeline import retrieve
from assistant.reasoning.asked import asked_of
from assistant.reasoning.scope import names_of, scope_of, speaking
from assistant.understanding.question import understand
from assistant.understanding.services import documents_by_place
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.stores import catalog

_RESIDENCY = """---
title: Where Tern Files keeps data
service: Tern Files
publisher: Tern
---
# Where Tern Files keeps data

Attachments are stored in Ireland. Backups are kept for 90 days. Thumbnails are stored in Norway.
Grebe Cache is stored in Norway. Quick Print is processed in Ireland. An app shows what is stored.
"""
_SERVICE = """---
title: {service}
service: {service}
publisher: Tern
---
# {service}

Customer data of {service} is stored in Norway. Logs are kept for 30 days. Try Quick Print, too.
"""
_SERVICES = ("Tern Perch", "Perch for Macs", "Perch for Phones", "Alpine Photo Pages")
_COMMANDS = """---
title: Start from the console
service: Azure Console
publisher: Tern
---
# Start from the console

1. Create a group in Azure:

   ```azurecli
   az group create --name "mine" --location "EastUS"
   ```

2. Look at it. Then try Quick Print.
"""
_MANUAL = """---
title: {title}
service: {title}
publisher: Tern
---
# {title}

Open the menu and choose the button that is shown first. Wait until the lamp is green. Then close
the lid, and read what the display says. If the display stays dark, press the button again.
"""
_TITLES = (
    "Fresh Start", "Morning Lamp", "Paper Tray", "Quiet Hours", "Colour Wheel", "Second Screen",
    "Travel Case", "Desk Stand", "Night Light", "Voice Notes", "Power Strip", "Spare Keys",
    "Photo Frame", "Door Chime", "Rain Gauge", "Reading Lens", "Window Seat", "Garden Gate",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """Five pages about data, and manuals."""
    home = Home(tmp_path_factory.mktemp("many") / "home")
    home.documents.mkdir(parents=True)
    (home.documents / "tern-files.md").write_text(_RESIDENCY, encoding="utf-8")
    (home.documents / "console.md").write_text(_COMMANDS, encoding="utf-8")
    for service in _SERVICES:
        name = f"{service.lower().replace(' ', '-')}.md"
        (home.documents / name).write_text(_SERVICE.format(service=service), encoding="utf-8")
    for title in _TITLES:
        name = f"{title.lower().replace(' ', '-')}.md"
        (home.documents / name).write_text(_MANUAL.format(title=title), encoding="utf-8")
    build_index(home.root)
    opened = IndexReader.open(home.root)
    yield opened
    opened.close()


def test_the_title_of_a_manual_confines_no_question(index: IndexReader) -> None:
    scope = scope_of("We want a fresh start with our backups: where are they stored?", (), index)
    assert not scope.is_sure
    assert "fresh-start" not in scope.documents
    assert "tern-files" in scope.documents


def test_the_service_of_a_document_about_data_is_named(index: IndexReader) -> None:
    scope = scope_of("Where does Tern Files keep attachments?", (), index)
    assert scope.is_sure
    assert scope.documents == ("tern-files",)


def test_documents_about_data_are_told_by_what_they_state(index: IndexReader) -> None:
    told = index.catalog.about_data(0.02)
    assert "tern-files" in told
    assert not told & {title.lower().replace(" ", "-") for title in _TITLES}


def test_a_region_in_a_command_says_nothing_of_where_data_is(index: IndexReader) -> None:
    commands = index.catalog.statements(document="console")
    assert any(one.place_ids for one in commands)
    assert "console" not in index.catalog.about_data(0.02)


def test_the_whole_name_of_a_service_is_that_of_no_maker(index: IndexReader) -> None:
    makers = names_of(index).makers
    assert "tern" in makers
    assert "perch" not in makers


def test_an_ordinary_word_is_not_taken_for_initials(index: IndexReader) -> None:
    assert not scope_of("Where is stored what the app shows?", (), index).is_sure
    asked = scope_of("Where does APP keep customer data?", (), index)
    assert asked.documents == ("alpine-photo-pages",)


def test_a_part_confines_a_question_where_nothing_else_has_its_name(index: IndexReader) -> None:
    assert scope_of("Where is Grebe Cache stored?", (), index).documents == ("tern-files",)
    common = scope_of("Where is Quick Print processed?", (), index)
    assert set(common.documents) == speaking(index)


def test_behind_a_name_that_no_document_has_those_about_data_are_searched(
    index: IndexReader,
) -> None:
    question = "Where does Zorblatt keep the lamp, the lid and the display?"
    asked = asked_of(understand(question, (), None, index.gazetteer, index.abouts), index)
    assert asked.scope.unknown
    hits = retrieve(asked.query, index, asked.scope)
    assert hits
    assert {hit.chunk.document for hit in hits} <= speaking(index)


def test_passages_are_found_whatever_is_kept_in_memory(
    index: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [chunk.id for chunk in index.catalog.all_chunks()]
    monkeypatch.setattr(catalog, "_KEPT", 3)
    for start in range(0, len(ids) - 8, 4):
        wanted = ids[start : start + 8]
        assert list(index.catalog.chunks(wanted)) == wanted
        assert set(index.catalog.notes(wanted)) == set(wanted)


def test_names_are_read_of_the_documents_that_are_asked_for(index: IndexReader) -> None:
    every = frozenset(index.documents)
    for found in (index.catalog.subjects, partial(index.catalog.first_cells, 60)):
        rows = found(every)
        assert {document for document, _ in rows} <= every
        for document in every:
            assert found((document,)) == tuple(row for row in rows if row[0] == document)
    assert index.catalog.subjects(()) == ()
    assert index.catalog.subjects(every)


def test_titles_are_read_of_the_documents_that_are_asked_for(index: IndexReader) -> None:
    oslo = index.gazetteer.mentions("Oslo")[0].place
    near, other = documents_by_place((oslo,), index.abouts, index.gazetteer)
    for document in index.documents:
        only = frozenset({document})
        assert documents_by_place((oslo,), index.abouts, index.gazetteer, only) == (
            near & only, other & only,
        )  # fmt: skip
