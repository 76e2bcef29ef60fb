"""What the tab of tenants shows is what `residency check` finds, and nothing of it is mark-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.app import Assistant
from assistant.errors import ProfileError
from assistant.types import EVERY_ADD_ON, Licence, Profile
from ui.shared.check_rows import by_data, by_service, shown_check
from ui.web.check_tab.check_grid import Shown, check_table, summary
from ui.web.check_tab.check_view import (
    STANDING,
    CheckFilters,
    CheckView,
    Found,
    Together,
    Wanted,
    filtered,
    leaves,
    missing_facts,
    tallies,
)
from ui.web.check_tab.profile_form import form_values, read_form

OWNER = "web:check-view"
NORTH = Profile(country="Germany", add_ons=("Multi-Geo",), services=("Exchange Online",))
SOUTH = Profile(country="Japan")
HOSTILE = '</td><script>alert(1)</script>" onmouseover=x'


@pytest.fixture
def view(assistant: Assistant) -> Iterator[CheckView]:
    view = CheckView(assistant)
    view.keep(OWNER, "north", NORTH)
    view.keep(OWNER, "south", SOUTH)
    yield view
    view.forget(OWNER, "north")
    view.forget(OWNER, "south")


def test_a_check_is_the_commands_and_each_choice_leaves_what_it_says(
    view: CheckView, assistant: Assistant
) -> None:
    found = view.found(Wanted(OWNER, "south"))
    rows = [one.second for one in found.rows]
    assert rows == shown_check(assistant, SOUTH).rows
    for name, counts in leaves(found, CheckFilters()).items():
        assert counts
        for value, count in counts.items():
            asked = replace(CheckFilters(), **{name: value})
            assert len(filtered(found, asked)) == count, (name, value)
    for together, of in ((Together.SERVICE, by_service), (Together.DATA, by_data)):
        told = {name: columns[0] for name, columns in tallies(found, found.rows, together)}
        assert told == {one.of: one for one in of([row for row in rows if row])}
    for fact, count in missing_facts(found):
        asked = CheckFilters(outcome="not known", fact=fact)
        assert len(filtered(found, asked)) == count


def test_a_change_leaves_what_it_changes_and_files_say_both(
    view: CheckView, assistant: Assistant
) -> None:
    wanted = Wanted(OWNER, "south", changes=("move to Norway",))
    expected = shown_check(assistant, SOUTH, ("move to Norway",)).rows
    assert expected
    found = view.found(wanted)
    assert found.rows
    assert all(one.differs for one in found.rows)
    (file,) = view.files(wanted, CheckFilters())
    assert file.changes == ("move to Norway",)
    assert {(row.quote, row.before, row.outcome) for row in file.rows} == {
        (row.quote, row.before, row.outcome) for row in expected
    }


def test_side_by_side_shows_what_differs_and_the_rest_when_asked(view: CheckView) -> None:
    wanted = Wanted(OWNER, "north", beside="south")
    found = view.found(wanted)
    differing, every = (filtered(found, CheckFilters(every=wide)) for wide in (False, True))
    assert 0 < len(differing) < len(every) == len(found.rows)
    first, second = view.files(wanted, CheckFilters(every=True))
    assert (first.name, second.name) == ("north", "south")
    assert {row.service for row in first.rows} == {"Exchange Online"}
    assert len(second.rows) > len(first.rows) > 0
    assert first.left_out > 0


def test_what_changes_offer_is_understood(view: CheckView) -> None:
    offered = view.offered()
    assert "Multi-Geo" in offered.add_ons
    assert "Norway" in offered.countries
    for change in offered.changes:
        view.found(Wanted(OWNER, "north", changes=(change,)))


def test_a_profile_that_is_not_kept_is_named(view: CheckView) -> None:
    for wanted in (Wanted(OWNER, "nobody"), Wanted(OWNER, beside="nobody"),
                   Wanted("web:another", "north")):  # fmt: skip
        with pytest.raises(ProfileError, match="no profile of that name is kept"):
            view.found(wanted)
    assert view.found(Wanted(OWNER)).columns[0].title == STANDING


def test_nothing_that_is_shown_is_markup(view: CheckView) -> None:
    found = view.found(Wanted(OWNER, "south", beside="north"))
    one = next(each for each in found.rows if each.first)
    assert one.first is not None
    row = replace(
        one.first, statement=HOSTILE, because=(HOSTILE,), decided_by=(HOSTILE,), limits=(HOSTILE,),
        service=HOSTILE, data=(HOSTILE,), title=HOSTILE, document=HOSTILE, says=HOSTILE,
    )  # fmt: skip
    columns = tuple(column._replace(title=HOSTILE) for column in found.columns)
    bad = Found(columns, (replace(one, first=row, second=row),), (HOSTILE,))
    for together in Together:
        page = check_table(bad, Shown(bad.rows, together, 1)) + summary(
            bad, together, Profile(country=HOSTILE)
        )
        assert "<script" not in page
        assert '" onmouseover' not in page
        assert "alert" in page


def test_the_form_gives_back_what_it_shows() -> None:
    whole = Profile(
        "Germany", ("Multi-Geo",), "Enterprise", ("Exchange Online",),
        licences=(Licence("Multi-Geo", 12.5),), region="West Europe", features=("Audit",),
        without=("Customer Key",),
    )  # fmt: skip
    for profile in (whole, Profile(), Profile(without=(EVERY_ADD_ON,))):
        assert read_form(form_values(profile)) == profile


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"licences": "Multi-Geo"}, "no licence with its share"),
        ({"licences": "Multi-Geo 140%"}, "no percentage"),
        ({"provisioned": "yesterday"}, "is no date"),
        ({"add_ons": ["Multi-Geo"], "none_bought": True}, "Take one of the two away"),
    ],
)
def test_what_the_form_cannot_read_is_told(changed: dict[str, object], told: str) -> None:
    with pytest.raises(ProfileError, match=told):
        read_form(form_values(Profile())._replace(**changed))
