"""Facts of small documents made up here, and agreement with the facts that people read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.facts.types import Statement, StatementKind, Status
from corpus.intake.sources import SourceFile, find_files, load, read_document
from corpus.parse import parse
from corpus.places import Gazetteer
from corpus.types import Description, Document
from index.encoding.chunk_encoder import ChunkEncoder
from tests.paths import ROOT

TRAINING = ROOT / "evals" / "training" / "documents"

VECTORS = ChunkEncoder().encode


class Reader:
    """Reads texts as documents and their facts."""

    def __init__(self, folder: Path, gazetteer: Gazetteer) -> None:
        self.folder = folder
        self.gazetteer = gazetteer
        self.document: Document

    def read(self, text: str, suffix: str = ".md") -> tuple[Statement, ...]:
        path = self.folder / f"made-up{suffix}"
        path.write_text(text, encoding="utf-8")
        self.document = read_document(SourceFile(path))
        facts = extract(self.document, chunk_document(self.document), self.gazetteer, VECTORS)
        for fact in facts:
            assert fact.span.of(self.document.text).strip(), fact
        return facts

    def names(self, fact: Statement) -> set[str]:
        return {self.gazetteer.place(id_).name for id_ in fact.place_ids}

    def quote(self, fact: Statement) -> str:
        return fact.span.of(self.document.text)


@pytest.fixture
def reader(tmp_path: Path, gazetteer: Gazetteer) -> Reader:
    return Reader(tmp_path, gazetteer)


def _one(facts: tuple[Statement, ...], kind: StatementKind) -> Statement:
    found = [fact for fact in facts if fact.kind is kind]
    assert len(found) == 1, [(fact.kind.value, fact.value) for fact in facts]
    return found[0]


def test_a_coordinated_sentence_says_two_things(reader: Reader) -> None:
    facts = reader.read("# Tern\n\nTern stores invoices in Portugal and processes them globally.\n")
    stored, processed = _one(facts, StatementKind.STORED), _one(facts, StatementKind.PROCESSED)
    assert reader.names(stored) == {"Portugal"}
    assert reader.names(processed) == set()
    assert reader.quote(stored) == "Tern stores invoices in Portugal"
    assert reader.quote(processed) == "processes them globally."


def test_a_changed_city_changes_the_fact(reader: Reader) -> None:
    said = "# Tern\n\nInvoices of members are stored in {}.\n"
    first = _one(reader.read(said.format("Porto")), StatementKind.STORED)
    second = _one(reader.read(said.format("Osaka")), StatementKind.STORED)
    assert first.place_ids != second.place_ids
    assert first.id != second.id
    assert reader.names(second) == {"Osaka"}


def test_a_blank_first_cell_goes_on_with_the_row_above(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\n| Area | Sites |\n|---|---|\n| Canada | East (Toronto) |\n"
        "| | West (Calgary) |\n| Japan | South (Osaka) |\n"
    )
    assert [fact.kind for fact in facts] == [StatementKind.MEMBER] * 3
    assert [fact.about.name for fact in facts] == ["Canada", "Canada", "Japan"]
    assert reader.names(facts[1]) == {"Canada", "Calgary"}
    assert any("Canada" in span.of(reader.document.text) for span in facts[1].support)


def test_columns_say_what_their_titles_announce(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\n| Data | Stored in | Retention |\n|---|---|---|\n"
        "| Photos | Lyon | 30 days |\n| Captions | not stored | n/a |\n"
    )
    assert {(fact.kind.value, fact.data, fact.value, fact.negated) for fact in facts} == {
        ("stored", ("Photos",), "Lyon", False),
        ("retained", ("Photos",), "30 days", False),
        ("stored", ("Captions",), "not stored", True),
    }
    assert {fact.about.name for fact in facts} == {"Tern"}


def test_a_short_form_that_a_document_makes_is_no_place(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nLetters are listed in the Express arrival counter (EAC).\n"
        "Letters are moved to Oslo by the board in the EAC.\n"
    )
    assert facts
    assert {name for fact in facts for name in reader.names(fact)} <= {"Oslo"}


def test_a_short_form_of_a_place_stays_one(reader: Reader) -> None:
    facts = reader.read("# Tern\n\nLetters are stored in the East African Community (EAC).\n")
    assert "East African Community" in {name for fact in facts for name in reader.names(fact)}


def test_items_say_what_the_sentence_says_that_they_end(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nLetters are stored and processed in:\n\n- Oslo\n- the town where the reader is\n"
    )
    kinds = {(fact.kind.value, reader.quote(fact).strip("- ")) for fact in facts}
    assert kinds == {
        (kind, item) for kind in ("stored", "processed")
        for item in ("Oslo", "the town where the reader is")
    }  # fmt: skip
    assert not any(fact.negated for fact in facts)


def test_items_deny_what_the_sentence_denies_that_they_end(reader: Reader) -> None:
    facts = reader.read("# Tern\n\nLetters are not stored in:\n\n- Oslo\n- Bergen\n")
    assert [fact.negated for fact in facts if fact.kind is StatementKind.STORED] == [True, True]


def test_what_introduces_a_list_is_said_of_the_first_sentence_of_an_item(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nPhotos are kept in the following places:\n\n"
        "- Oslo. You delete photos of Oslo within 30 days.\n- Bergen\n"
    )
    said = [fact.said for fact in facts if "30 days" in fact.value]
    assert said
    assert not any("following" in one for one in said)


def test_a_denial_turns_the_fact(reader: Reader) -> None:
    facts = reader.read("# Tern\n\nPasswords are never stored, but user names are kept in Oslo.\n")
    stored = [fact for fact in facts if fact.kind is StatementKind.STORED]
    assert [fact.negated for fact in stored] == [True, False]


@pytest.mark.parametrize(
    ("text", "kind", "negated"),
    [
        ("Letters are stored in Oslo no matter where the reader lives.", "stored", False),
        ("In most cases, no action is required on your part.", "required", True),
    ],
)
def test_a_small_word_tells_whether_something_is_denied(
    reader: Reader, text: str, kind: str, *, negated: bool
) -> None:
    assert _one(reader.read(f"# Tern\n\n{text}\n"), StatementKind(kind)).negated is negated


@pytest.mark.parametrize(
    "text",
    [
        "Some services route requests and do not process or store customer data.",
        "Tern never processes, transfers or stores customer data in Peru.",
    ],
)
def test_a_denial_reaches_the_last_of_several_verbs_and_is_quoted_with_it(
    reader: Reader, text: str
) -> None:
    fact = _one(reader.read(f"# Tern\n\n{text}\n"), StatementKind.STORED)
    assert fact.negated
    assert "not" in fact.said or "never" in fact.said


def test_a_denial_in_a_condition_does_not_turn_the_fact(reader: Reader) -> None:
    fact = _one(
        reader.read("# Tern\n\nIf a zone isn't chosen, mail is stored in Ireland.\n"),
        StatementKind.STORED,
    )
    assert not fact.negated


def test_conditions_and_exceptions_are_told_apart(reader: Reader) -> None:
    fact = _one(
        reader.read(
            "# Tern\n\nWhen an administrator turns on Lantern, photos are stored in Spain, "
            "except where a contract says otherwise.\n"
        ),
        StatementKind.STORED,
    )
    assert fact.conditions_said == ("an administrator turns on Lantern",)
    assert fact.exceptions_said == ("a contract says otherwise",)


def test_exceptions_of_a_promise_are_facts_of_their_own(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nWe will not move files outside the region, except when:\n\n"
        "- A court orders it.\n- Lantern, which stores thumbnails in Brazil.\n"
    )
    promise = _one(facts, StatementKind.MOVED)
    assert promise.negated
    assert not promise.places
    assert reader.names(_one(facts, StatementKind.STORED)) == {"Brazil"}


def test_steps_come_with_their_commands(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\n## Move a site\n\n"
        "1. Open the console.\n\n   ```\n   tern open --site a\n   ```\n"
        '2. Start the move.\n\n   ```\n   tern move \\\n     --to "AU"\n   tern wait\n   ```\n'
    )
    assert [fact.value for fact in facts if fact.kind is StatementKind.STEP] == [
        "Open the console.",
        "Start the move.",
    ]
    commands = [fact for fact in facts if fact.kind is StatementKind.COMMAND]
    assert [fact.value for fact in commands] == [
        "tern open --site a",
        'tern move \\ --to "AU"',
        "tern wait",
    ]
    assert reader.names(commands[1]) == {"Australia"}


def test_numbered_statements_are_not_steps(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\n## Coverage\n\n"
        "1. Photos are stored in Ghent.\n2. Logs are deleted after 30 days.\n"
    )
    assert [fact.kind for fact in facts] == [StatementKind.STORED, StatementKind.RETAINED]


def test_records_say_what_their_labels_announce(reader: Reader) -> None:
    record = (
        "* **Location at rest** - {}\n* **Processing** - The same as the location at rest.\n"
        "* **Services** - {}\n\n"
    )
    facts = reader.read(
        "# Tern\n\n## Features temporarily excluded from the boundary\n\nFirst:\n\n"
        + record.format("Seoul", "Lantern")
        + "Second:\n\n"
        + record.format("Norway", "Harbour")
    )
    stored = [fact for fact in facts if fact.kind is StatementKind.STORED]
    processed = [fact for fact in facts if fact.kind is StatementKind.PROCESSED]
    assert [reader.names(fact) for fact in stored] == [{"Seoul"}, {"Norway"}]
    assert [reader.names(fact) for fact in processed] == [{"Seoul"}, {"Norway"}]
    assert stored[0].about.name == "Lantern"
    assert {fact.status for fact in stored} == {Status.TEMPORARY}


def test_requirements_orders_and_limits(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nYou must hold the Gold plan. History cannot be exported.\n\n"
        "Contact support to reserve a slot. For more information, see the Harbour guide.\n"
    )
    assert [fact.kind for fact in facts] == [
        StatementKind.REQUIRED,
        StatementKind.NOT_SUPPORTED,
        StatementKind.CONTACT,
    ]


def test_questions_are_no_facts_and_their_answers_are(reader: Reader) -> None:
    facts = reader.read(
        "TERN\n\nQ: Where is mail stored?\n"
        "A: Mail is stored in Graz. It is deleted after 9 days.\n",
        ".txt",
    )
    assert [fact.kind for fact in facts] == [StatementKind.STORED, StatementKind.RETAINED]


def test_front_matter_dates_the_document_and_its_facts(reader: Reader) -> None:
    facts = reader.read("---\nms.date: 03/04/2024\n---\n\n# Tern\n\nMail is stored in Graz.\n")
    assert _one(facts, StatementKind.DATE).value == "03/04/2024"
    assert {str(fact.as_of) for fact in facts} == {"2024-03-04"}


_PIECES = st.sampled_from(
    ["# A\n\n", "- **B** - c\n", "| A | Stored in |\n|---|---|\n", "| x | Oslo |\n",
     "1. Run `x y`.\n", "If a, then b is stored in Rome; c is not.", ", which keeps it", " and ",
     "\n\n", "```\na {\n```\n", "Data is deleted after 3 days", "except when:\n\n", "  - d\n",
     "’(", "a  b  c\n", "?"]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=14), markdown=st.booleans())
def test_whatever_a_text_holds_its_facts_stand_in_it(
    pieces: list[str], markdown: bool, gazetteer: Gazetteer
) -> None:
    text = "".join(pieces)
    structure = parse(text, markdown=markdown)
    document = Document(
        Description("any", "Any", "Any"), structure.text, "", structure.sections, structure.blocks
    )
    chunks = {chunk.id: chunk for chunk in chunk_document(document)}
    for fact in extract(document, tuple(chunks.values()), gazetteer):
        assert chunks[fact.chunk].span.contains(fact.span)
        assert all(0 <= span.start <= span.end <= len(text) for span in fact.support)


def test_documents_of_the_training_set_yield_facts_with_exact_spans(gazetteer: Gazetteer) -> None:
    for document in load(find_files([TRAINING])).documents:
        chunks = {chunk.id: chunk for chunk in chunk_document(document)}
        facts = extract(document, tuple(chunks.values()), gazetteer)
        assert len(facts) > 10, document.id
        assert len({fact.id for fact in facts}) == len(facts)
        for fact in facts:
            chunk = chunks[fact.chunk]
            assert chunk.span.contains(fact.span)
            assert fact.value


def test_what_holds_otherwise_holds_in_the_other_case(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nIf your tenant is in Norway, mail is stored in Oslo. "
        "Otherwise, mail is stored in Dublin.\n"
    )
    first, second = (one for one in facts if one.kind is StatementKind.STORED)
    assert [one.negated for one in first.conditions] == [False]
    assert [one.negated for one in second.conditions] == [True]
    assert first.conditions[0].text == second.conditions[0].text


def test_what_is_bounded_by_the_next_sentence_is_not_left_out_of_its_own(reader: Reader) -> None:
    facts = reader.read(
        "# Tern\n\nShared folders are supported in Norway. However, the shared folders must remain "
        "in Oslo.\n\nBackups are stored in Norway. However, the logs are stored in Lima.\n"
    )
    own = next(one for one in facts if reader.quote(one).startswith("Shared folders are"))
    other = next(one for one in facts if reader.quote(one).startswith("Backups are"))
    assert own.exceptions_said == ()
    assert other.exceptions_said == ("logs",)
