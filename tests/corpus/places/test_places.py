"""Places by a table of forms that people wrote without having seen the gazetteer, and sets of them.

A row of `forms.jsonl` says for words of a text which countries and unions they stand for or lie in
(either of two: `GE|US`; none: no place), and what nothing in the text may stand for. `sets.jsonl`
asks which members of a list lie in, outside of or only in others.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.places import Gazetteer, Mention, Place, Relation
from corpus.places.sets import (
    Bound,
    Constraint,
    Member,
    Verdict,
    countries_of,
    nowhere_in,
    only_in,
    select,
)

HERE = Path(__file__).parent
LEAST_RIGHT = 0.995
UNIONS = {
    "EU": "European Union",
    "EEA": "European Economic Area",
    "EFTA": "European Free Trade Association",
    "EUDB": "EU Data Boundary",
    "Nordics": "Nordic countries",
    "Baltics": "Baltic states",
    "GCC": "Gulf Cooperation Council",
    "APAC": "Asia Pacific",
    "Adequacy": "EU adequacy",
}


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _stands_for(mentions: list[Mention], gazetteer: Gazetteer) -> set[str]:
    places = [place for one in mentions for place in (one.place, *one.others)]
    ids = {id_ for place in places for id_ in (place.id, *place.within)}
    names = {gazetteer.place(id_).name for id_ in ids}
    return {id_.partition(":")[2] for id_ in ids if id_.startswith("country:")} | names


def _is_right(row: dict[str, Any], gazetteer: Gazetteer) -> bool:
    text, mentions = row["text"], gazetteer.mentions(row["text"])
    for words, expected in row["names"].items():
        start = text.index(words)
        inside = [m for m in mentions if m.start < start + len(words) and m.end > start]
        stands = _stands_for(inside, gazetteer)
        if not expected and inside:
            return False
        named = {name for one in expected for name in one.split("|")}
        if any(not _named(one, stands) for one in expected):
            return False
        codes = {name for name in named if len(name) == 2 and name != "EU"}
        own = {one.place.country for one in inside} - {""}
        sovereign = {gazetteer.sovereign(code) for code in own}
        if codes and own - codes - sovereign:
            return False
    return not any(_named(one, _stands_for(list(mentions), gazetteer)) for one in row["not"])


def _named(expected: str, stands: set[str]) -> bool:
    return any(UNIONS.get(one, one) in stands for one in expected.split("|"))


def test_forms_are_understood(gazetteer: Gazetteer) -> None:
    rows = _rows("forms.jsonl")
    wrong = [f"{row['id']} {row['text']!r}" for row in rows if not _is_right(row, gazetteer)]
    assert len(rows) >= 600
    assert 1 - len(wrong) / len(rows) >= LEAST_RIGHT, "\n".join(wrong)


def _member(name: str, gazetteer: Gazetteer) -> Member:
    mentions = gazetteer.mentions(name)
    found = mentions[0] if mentions else gazetteer.named(name)
    assert found is not None, name
    return found


def _place(member: Member) -> Place:
    return member.place if isinstance(member, Mention) else member


@pytest.mark.parametrize("row", _rows("sets.jsonl"), ids=lambda row: row["id"])
def test_sets(row: dict[str, Any], gazetteer: Gazetteer) -> None:
    day = date.fromisoformat(row["as_of"]) if row.get("as_of") else None
    members = {name: _member(name, gazetteer) for name in row["members"]}
    first, *others = [_place(_member(name, gazetteer)) for name in row["of"]]
    relation = row["relation"]
    if relation == "only_in":
        verdict = only_in(list(members.values()), first, gazetteer, closed=row["closed"], as_of=day)
        assert {"yes": "true", "no": "false"}.get(verdict.value, "unknown") == row["expected"][0]
        return
    if relation == "union_minus":
        found = [one.id for one in countries_of(first, gazetteer, others, day)]
        expected = [_place(_member(name, gazetteer)).id for name in row["expected"]]
        assert sorted(found) == sorted(expected)
        return
    bounds = {
        "in": [Constraint(Bound.IN, one) for one in (first, *others)],
        "count_in": [Constraint(Bound.IN, first)],
        "outside": [Constraint(Bound.OUTSIDE, one) for one in (first, *others)],
        "overlaps": [Constraint(Bound.OVERLAPS, first)],
        "in_not": [
            Constraint(Bound.IN, first),
            *(Constraint(Bound.OUTSIDE, one) for one in others),
        ],
    }[relation]
    selected = select(members.values(), bounds, gazetteer, day)
    names = {_place(member).id: name for name, member in members.items()}
    fitting = [names[_place(one).id] for one in selected.fitting]
    if relation == "count_in":
        assert [str(len(fitting))] == row["expected"]
        return
    assert sorted(fitting) == sorted(row["expected"])
    assert sorted(names[_place(one).id] for one in selected.unknown) == sorted(row["unknown"])


@pytest.mark.parametrize(
    ("text", "about", "id_"),
    [
        ("Data is stored in West Europe.", "Azure Monitor\nMicrosoft", "region:azure/westeurope"),
        ("Data is stored in West Europe.", "", "group:Western Europe"),
        ("Logs are in me-central-1.", "", "region:aws/me-central-1"),
        ("Logs are in me-central-1.", "Alibaba Cloud", "region:alibaba/me-central-1"),
        ("The cluster is eu-central-9.", "", ""),
    ],
)
def test_a_vendors_region_is_read_where_the_vendor_is_in_view(
    gazetteer: Gazetteer, text: str, about: str, id_: str
) -> None:
    assert [mention.place.id for mention in gazetteer.mentions(text, about)] == [id_][: len(id_)]


def test_a_region_lies_in_the_city_that_its_provider_names(gazetteer: Gazetteer) -> None:
    (region,) = gazetteer.mentions("Data is stored in eu-central-1.")
    assert "Frankfurt am Main" in {gazetteer.place(id_).name for id_ in region.place.within}


def test_what_a_text_says_in_brackets_holds_against_the_vendors_list(gazetteer: Gazetteer) -> None:
    found = {one.place.id for one in gazetteer.mentions("West US (Dublin, Ireland)", "Azure")}
    assert "country:IE" in found
    assert "region:azure/westus" not in found


def test_what_may_mean_several_is_not_sure(gazetteer: Gazetteer) -> None:
    (georgia,) = gazetteer.mentions("Data is stored in Georgia.")
    assert not georgia.is_sure
    assert {georgia.place.country, *(one.country for one in georgia.others)} == {"GE", "US"}
    atlanta, state = gazetteer.mentions("Data is stored in Atlanta, Georgia.")
    assert (atlanta.is_sure, state.place.id) == (True, "province:US-GA")


def test_every_place_lies_in_places_that_are_there(gazetteer: Gazetteer) -> None:
    texts = "Oslo, Willemstad, Réunion, Longyearbyen, Hong Kong, eu-west-1 and europe-west6"
    for mention in gazetteer.mentions(texts):
        assert all(gazetteer.place(id_).name for id_ in mention.place.within)


def test_a_misspelt_name_is_proposed_and_not_taken(gazetteer: Gazetteer) -> None:
    assert gazetteer.mentions("Data is stored in Switzerlnd.") == ()
    assert gazetteer.named("Switzerlnd") is None
    assert gazetteer.similar("Switzerlnd")[0].id == "country:CH"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Norway", "EEA", Relation.INSIDE),
        ("Norway", "European Union", Relation.DISJOINT),
        ("European Union", "EEA", Relation.INSIDE),
        ("EEA", "European Union", Relation.CONTAINS),
        ("EEA", "EFTA", Relation.OVERLAPS),
        ("Pune", "India", Relation.INSIDE),
        ("Japan", "Europe", Relation.DISJOINT),
        ("Réunion", "European Union", Relation.INSIDE),
        ("Réunion", "Europe", Relation.DISJOINT),
        ("Svalbard", "EEA", Relation.DISJOINT),
        ("Oslo", "Oslo", Relation.EQUAL),
    ],
)
def test_relations(gazetteer: Gazetteer, one: str, other: str, relation: Relation) -> None:
    found = [gazetteer.named(name) for name in (one, other)]
    assert found[0] is not None
    assert found[1] is not None
    assert gazetteer.relation(found[0], found[1]) is relation


def test_membership_has_its_days(gazetteer: Gazetteer) -> None:
    kingdom, union = gazetteer.place("country:GB"), gazetteer.place("group:European Union")
    assert gazetteer.relation(kingdom, union, date(2019, 6, 30)) is Relation.INSIDE
    assert gazetteer.relation(kingdom, union, date(2021, 1, 1)) is Relation.DISJOINT
    assert gazetteer.relation(kingdom, union) is Relation.DISJOINT


def test_an_open_list_says_only_what_it_names(gazetteer: Gazetteer) -> None:
    union = gazetteer.place("group:European Union")
    members = [gazetteer.place("country:DE"), gazetteer.place("country:IE")]
    assert only_in(members, union, gazetteer, closed=True) is Verdict.YES
    assert only_in(members, union, gazetteer, closed=False) is Verdict.UNKNOWN
    abroad = [*members, gazetteer.place("country:US")]
    assert only_in(abroad, union, gazetteer, closed=False) is Verdict.NO
    asia = gazetteer.place("group:Asia")
    assert nowhere_in(members, asia, gazetteer, closed=True) is Verdict.YES
    assert nowhere_in([], asia, gazetteer, closed=True) is Verdict.UNKNOWN


def test_ten_thousand_names_in_one_table_are_read_in_seconds(gazetteer: Gazetteer) -> None:
    row = "| Norway | Oslo | Dublin, Ohio | eu-west-2 | Nowhereland |\n"
    mentions = gazetteer.mentions(row * 2000)
    assert len(mentions) == 2000 * 5
    assert {one.place.country for one in mentions} == {"NO", "US", "GB"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Microsoft 365 GCC customers sign in elsewhere.", []),
        ("CIS benchmarks are followed in Norway.", ["Norway"]),
        ("Data of the GCC countries is kept in Qatar.", ["Gulf Cooperation Council", "Qatar"]),
        ("Backups are kept in the GCC.", ["Gulf Cooperation Council"]),
        ("First name: Elizabeth", []),
        ("**Display name:** Paris", []),
        ("Region name: Paris", ["Paris"]),
    ],
)
def test_initials_and_names_of_people_are_no_places_unless_told(
    gazetteer: Gazetteer, text: str, named: list[str]
) -> None:
    assert [one.place.name for one in gazetteer.mentions(text)] == named
