"""The rules by which a table of statements is held against what people read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.facts.types import (
    Condition,
    Openness,
    PlacedAt,
    PlaceRole,
    SetMembership,
    Statement,
    StatementKind,
    Status,
    Subject,
)
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer
from corpus.types import Document, Span
from evals.errors import CaseError
from evals.facts import arguments
from evals.facts.__main__ import main
from evals.facts.gold import GoldStatement, read_gold
from evals.facts.headline import Counts, f_interval, headline
from evals.facts.matching import Comparison, compare, word_overlap
from evals.facts.statements import opened_gazetteer, read_documents

TEXT = """# Murrelet

Murrelet Oy of Turku keeps invoices in Lisbon and logs in Osaka.

If a customer signed up in Chile, invoices rest in Quito, except drafts.

Photos leave Lisbon for Dakar. Sites:

- Oslo
- Bergen
- Gdansk

Nothing else is known.
"""
STORED, MOVED, DEFINED = StatementKind.STORED, StatementKind.MOVED, StatementKind.DEFINED
RESTS, SEAT = PlaceRole.RESTS, PlaceRole.SEAT
Places = tuple[tuple[str, PlaceRole], ...]


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "murrelet.md"
    path.write_text(TEXT, encoding="utf-8")
    return read_document(SourceFile(path))


@pytest.fixture
def said(document: Document, gazetteer: Gazetteer) -> Callable[..., Statement]:
    """Makes a statement of the words that say it and of the places it names."""

    def make(words: str, kind: StatementKind = STORED, places: Places = ()) -> Statement:
        start = document.text.index(words)
        span = Span(start, start + len(words))
        placed = []
        for name, role in places:
            (mention,) = gazetteer.mentions(name)
            placed.append(PlacedAt(mention.place.id, role, span))
        return Statement(
            id=words, document=document.id, chunk="", kind=kind, about=Subject(""), value=words,
            places=tuple(placed), data=(), conditions=(), exceptions=(), negated=False,
            status=Status.CURRENT, as_of=None, span=span,
        )  # fmt: skip

    return make


@pytest.fixture
def held(document: Document, gazetteer: Gazetteer) -> Callable[..., Comparison]:
    """Compares gold rows with statements."""

    def make(gold: list[GoldStatement], statements: list[Statement]) -> Comparison:
        return compare(gold, statements, [document], gazetteer)

    return make


def row(quote: str, kind: StatementKind = STORED, places: Places | None = None) -> GoldStatement:
    named = places or ()
    roles = None if places is None else tuple(role for _, role in named)
    names = tuple(name for name, _ in named)
    return GoldStatement("murrelet", kind, quote, names, negated=False, quote=quote, roles=roles)


Said = Callable[..., Statement]
Held = Callable[..., Comparison]


def test_one_statement_may_be_right_and_a_row_still_be_missed(said: Said, held: Held) -> None:
    gold = [row("keeps invoices in Lisbon"), row("logs in Osaka"), row("Photos leave", MOVED)]
    given = [said("invoices in Lisbon and"), said("Nothing else")]
    total = headline(held(gold, given)).total
    assert total == Counts(gold=3, found=1, given=2, right=1)
    assert (total.precision, total.recall) == (0.5, 1 / 3)
    assert total.f == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("changed", "agrees"),
    [
        ({}, True),
        ({"kind": MOVED}, False),
        ({"negated": True}, False),
        ({"document": "another"}, False),
    ],
)
def test_kind_polarity_and_document_decide(
    changed: dict[str, object], agrees: bool, said: Said, held: Held
) -> None:
    statement = replace(said("logs in Osaka"), **changed)  # type: ignore[arg-type]
    assert bool(held([row("logs in Osaka")], [statement]).agreed) is agrees


@pytest.mark.parametrize(
    ("given", "agrees"),
    [
        ((("Lisbon", RESTS),), True),
        ((("Lisbon", RESTS), ("Portugal", RESTS)), True),
        ((("Lisbon", RESTS), ("Turku", SEAT)), True),
        ((("Lisbon", RESTS), ("Osaka", RESTS)), False),
        ((("Portugal", RESTS),), False),
        ((), False),
    ],
)
def test_places_agree_where_all_are_named_and_none_is_foreign(
    given: Places, agrees: bool, said: Said, held: Held
) -> None:
    compared = held(
        [row("keeps invoices in Lisbon", places=(("Lisbon", RESTS), ("Turku", SEAT)))],
        [said("keeps invoices in Lisbon", places=given)],
    )
    assert bool(compared.agreed) is agrees
    assert headline(compared).without_places.found == 1


def test_a_seat_counts_where_it_is_what_is_defined(said: Said, held: Held) -> None:
    gold = row("Murrelet Oy of Turku", DEFINED, (("Turku", SEAT),))
    right = said("Murrelet Oy of Turku", DEFINED, (("Turku", SEAT),))
    wrong = said("Murrelet Oy of Turku", DEFINED, (("Osaka", SEAT),))
    assert held([gold], [right, wrong]).wrong == (wrong,)


def test_a_quote_with_mark_up_is_found_by_its_longest_run_of_words(held: Held) -> None:
    quote = ":doc:`Mail <xx>` Murrelet Oy of Turku keeps invoices in Lisbon and logs in Osaka."
    compared = held([row(quote), row("Nothing of this is written")], [])
    assert compared.rows[0].spans[0].of(TEXT).startswith("Murrelet Oy of Turku")
    assert compared.unplaced == (row("Nothing of this is written"),)


def test_a_row_is_paired_with_the_statement_nearest_in_words(said: Said, held: Held) -> None:
    near, far = said("logs in Osaka"), said("keeps invoices in Lisbon and logs in Osaka")
    compared = held([row("logs in Osaka")], [far, near])
    assert [pair.statement for pair in compared.pairs] == [near]


def test_roles_are_held_against_the_place_they_are_said_of(said: Said, held: Held) -> None:
    quote = "Photos leave Lisbon for Dakar"
    wanted = (("Lisbon", PlaceRole.COMES_FROM), ("Dakar", PlaceRole.GOES_TO))
    given = (("Lisbon", PlaceRole.GOES_TO), ("Dakar", PlaceRole.GOES_TO))
    score = arguments.place_roles(held([row(quote, MOVED, wanted)], [said(quote, MOVED, given)]))
    assert score.confusion == {("comes from", "goes to"): 1, ("goes to", "goes to"): 1}
    assert (score.total.gold, score.total.found) == (2, 1)
    assert score.groups["goes to"] == Counts(gold=1, found=1, given=2, right=1)


def test_places_without_roles_in_gold_are_not_scored(said: Said, held: Held) -> None:
    gold = replace(row("logs in Osaka"), places=("Osaka",), roles=None)
    compared = held([gold], [said("logs in Osaka", places=(("Osaka", RESTS),))])
    assert compared.agreed
    assert arguments.place_roles(compared).total == Counts()


def test_seats_given_as_places_of_data_are_counted_in_wrong_statements_too(
    said: Said, held: Held
) -> None:
    whole = "Murrelet Oy of Turku keeps invoices in Lisbon"
    gold = [row(whole, DEFINED, (("Turku", SEAT),)), row(whole, STORED, (("Lisbon", RESTS),))]
    right = said(whole, STORED, (("Turku", SEAT), ("Lisbon", RESTS)))
    assert arguments.misfiled_seats(held(gold, [right])).misfiled == 0
    wrong = said(whole, StatementKind.PROCESSED, (("Turku", PlaceRole.PROCESSED),))
    found = arguments.misfiled_seats(held(gold, [right, wrong]))
    assert (found.named, found.misfiled) == (1, 1)
    assert found.disagreements[0].given == "Turku is processed"


def test_a_seat_where_data_rests_as_well_is_not_misfiled(said: Said, held: Held) -> None:
    gold = [
        row("Murrelet Oy of Turku", DEFINED, (("Turku", SEAT),)),
        row("Murrelet Oy of Turku keeps", STORED, (("Turku", RESTS),)),
    ]
    given = said("Murrelet Oy of Turku keeps", STORED, (("Turku", RESTS),))
    assert arguments.misfiled_seats(held(gold, [given])).named == 0


def test_countries_of_conditions_are_customers_places(said: Said, held: Held) -> None:
    quote = "If a customer signed up in Chile, invoices rest in Quito"
    gold = replace(
        row(quote, places=(("Quito", RESTS),)), conditions=("a customer signed up in Chile",)
    )
    right = said(quote, places=(("Chile", PlaceRole.CUSTOMER), ("Quito", RESTS)))
    wrong = said(quote, places=(("Chile", RESTS), ("Quito", RESTS)))
    assert arguments.misfiled_customers(held([gold], [right])).misfiled == 0
    assert arguments.misfiled_customers(held([gold], [wrong])).misfiled == 1


def test_conditions_are_the_same_where_half_of_their_words_are(said: Said, held: Held) -> None:
    quote = "If a customer signed up in Chile, invoices rest in Quito, except drafts"
    gold = replace(
        row(quote), conditions=("If a customer signed up in Chile",), exceptions=("except drafts",)
    )
    given = replace(
        said(quote),
        conditions=(Condition("a customer signed up in Chile"), Condition("Quito is open")),
        exceptions=(Condition("signed photos"),),
    )
    compared = held([gold], [given])
    assert arguments.conditions(compared).total == Counts(gold=1, found=1, given=2, right=1)
    assert arguments.exceptions(compared).total == Counts(gold=1, found=0, given=1, right=0)


def test_each_text_stands_for_one_other() -> None:
    wanted = ["audit logs", "audit logs of users"]
    assert arguments.same_texts(wanted, ["audit logs"]) == {0: 0}
    assert arguments.same_texts(wanted, ["logs of users", "the audit logs"]) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("in the European plan", "if European Plan", 1.0),
        ("audit logs", "logs", 2 / 3),
        ("invoices", "photos", 0.0),
        ("if", "if", 1.0),
    ],
)
def test_small_words_do_not_make_texts_alike(one: str, other: str, overlap: float) -> None:
    assert word_overlap(one, other) == pytest.approx(overlap)


def _member(statement: Statement, set_: str, record: str, openness: Openness) -> Statement:
    return replace(statement, member=SetMembership(set_, "Sites", 1, 3, openness, record))


def test_neighbours_belong_together_by_record_and_by_list(said: Said, held: Held) -> None:
    gold = [
        replace(row("Oslo"), record="a", openness="closed"),
        replace(row("Bergen"), record="a", openness="closed"),
        replace(row("Gdansk"), record="b", openness="closed"),
        replace(row("Nothing else"), record="", openness=""),
    ]
    closed, open_ = Openness.CLOSED, Openness.OPEN
    given = [
        _member(said("Oslo"), "s", "1", closed),
        _member(said("Bergen"), "s", "1", closed),
        _member(said("Gdansk"), "s", "1", open_),
        said("Nothing else"),
    ]
    compared = held(gold, given)
    assert arguments.records(compared).total == Counts(gold=1, found=1, given=2, right=1)
    assert arguments.set_membership(compared).total == Counts(gold=2, found=2, given=2, right=2)
    assert arguments.openness(compared).confusion == {
        ("closed", "closed"): 2,
        ("closed", "open"): 1,
    }


def test_a_row_in_no_list_parts_two_lists(said: Said, held: Held) -> None:
    gold = [
        replace(row("Oslo"), openness="closed"),
        replace(row("Bergen"), openness=""),
        replace(row("Gdansk"), openness="closed"),
    ]
    given = [said("Oslo"), said("Gdansk")]
    assert arguments.set_membership(held(gold, given)).total == Counts()
    joined = [_member(one, "s", "", Openness.CLOSED) for one in given]
    assert arguments.set_membership(held(gold, joined)).total == Counts(given=1)


def test_status_is_scored_on_pairs(said: Said, held: Held) -> None:
    gold = replace(row("Oslo"), status=Status.PLANNED)
    score = arguments.statuses(held([gold], [said("Oslo")]))
    assert score.confusion == {("planned", "current"): 1}


def test_the_mean_over_documents_and_the_worst_of_them(
    document: Document, said: Said, gazetteer: Gazetteer
) -> None:
    other = replace(document, about=replace(document.about, id="second"))
    gold = [row("Oslo"), row("Bergen"), replace(row("Oslo"), document="second")]
    total = headline(compare(gold, [said("Oslo"), said("Bergen")], [document, other], gazetteer))
    assert total.macro == (1.0, 0.5, 0.5)
    assert total.worst == "second"
    assert total.total.recall == 2 / 3


def test_the_interval_comes_from_drawing_documents_anew() -> None:
    assert f_interval([Counts(4, 2, 4, 2)]) is None
    alike = f_interval([Counts(4, 2, 4, 2)] * 3)
    assert alike is not None
    assert (alike.low, alike.high) == (0.5, 0.5)
    apart = f_interval([Counts(4, 0, 4, 0), Counts(4, 4, 4, 4)])
    assert apart is not None
    assert (apart.low, apart.high) == (0.0, 1.0)


GOLD = {"document": "Murrelet", "kind": "stored", "value": "logs", "places": ["Osaka"],
        "negated": False, "quote": "logs in Osaka"}  # fmt: skip


def _file(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def test_what_a_row_leaves_out_is_not_known(tmp_path: Path) -> None:
    more: dict[str, object] = {
        "roles": ["goes_to"],
        "record": None,
        "set": "open",
        "status": "past",
    }
    bare, full = read_gold(_file(tmp_path, GOLD, {**GOLD, **more}))
    assert (bare.roles, bare.record, bare.openness, bare.document) == (None, None, None, "murrelet")
    assert (full.roles, full.record, full.openness) == ((PlaceRole.GOES_TO,), "", "open")
    assert (bare.status, full.status) == (Status.CURRENT, Status.PAST)


@pytest.mark.parametrize(
    "defect",
    [{"kind": "kept"}, {"roles": []}, {"roles": ["home"]}, {"set": "wide"}, {"status": "late"}],
)
def test_a_defective_row_is_named_with_its_line(tmp_path: Path, defect: dict[str, object]) -> None:
    path = _file(tmp_path, GOLD, {**GOLD, **defect})
    with pytest.raises(CaseError, match=r"gold\.jsonl:2: no gold fact"):
        read_gold(path)


def test_documents_are_found_by_the_names_of_their_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Murrelet--Sites_v1.2.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "not-asked-for.md").write_text(TEXT, encoding="utf-8")
    found = read_documents([tmp_path], {"murrelet-sites_v1-2"})
    assert [one.id for one in found] == ["murrelet-sites_v1-2"]
    with pytest.raises(CaseError, match="no document for missing"):
        read_documents([tmp_path], {"missing"})


def test_the_command_prints_figures_and_keeps_the_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], gazetteer: Gazetteer
) -> None:
    (tmp_path / "murrelet.md").write_text(TEXT, encoding="utf-8")
    gold, kept = _file(tmp_path, GOLD), tmp_path / "kept"
    common = [str(gold), "--documents", str(tmp_path), "--places", str(kept)]
    main([*common, "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["total"]["gold"] == figures["documents"]["murrelet"]["gold"] == 1
    (compiled,) = kept.iterdir()
    written = compiled.stat().st_mtime_ns
    main([*common, "--by", "place", "--wrong"])
    assert "seats given as places of data, in all statements: 0 of 0" in capsys.readouterr().out
    assert compiled.stat().st_mtime_ns == written
    with opened_gazetteer(kept) as opened:
        assert opened.named("Osaka") == gazetteer.named("Osaka")
