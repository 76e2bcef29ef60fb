"""Comparisons of the page are those of `residency compare`, and nothing of them is mark-up."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.app import Assistant
from assistant.comparing.compare_sides import compare_sides
from ui.comparisons.sides_named import side_named
from ui.errors import EditionError
from ui.exports.comparison_rows import sides_table
from ui.web.compare_tab.sides_grid import sides_grid, sides_told
from ui.web.compare_tab.sides_view import SideKind, SidesFilters, SidesView, left_by, matching

HOSTILE = '</td><script>alert(1)</script>" onmouseover=x'


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (SideKind.SERVICE, "Exchange Online", "Microsoft Intune"),
        (SideKind.PLACE, "Norway", "Japan"),
        (SideKind.DOCUMENT, "intune", "exchange-online"),
    ],
)
def test_two_of_a_kind_are_compared_as_the_command_does(
    assistant: Assistant, kind: SideKind, first: str, second: str
) -> None:
    view = SidesView(assistant)
    assert {first, second} <= {id_ for _, id_ in view.offered(kind)}
    sides = view.compared(kind, first, second)
    with assistant.reading() as index:
        both = [side_named(f"{kind.value}:{name}", index) for name in (first, second)]
        assert sides == sides_table(
            compare_sides(both[0], both[1], index.gazetteer, index.encoder.encode), index
        )
    for name, counts in left_by(sides, SidesFilters()).items():
        assert counts.total() == len(sides.rows)
        for value, count in counts.items():
            assert len(matching(sides, replace(SidesFilters(), **{name: value}))) == count


def test_all_that_is_offered_can_be_compared(assistant: Assistant) -> None:
    view = SidesView(assistant)
    for kind in SideKind:
        names = [id_ for _, id_ in view.offered(kind)]
        assert len(names) > 1
        for one, other in pairwise(names[:6]):
            view.compared(kind, one, other)


def test_what_is_no_side_is_named(assistant: Assistant) -> None:
    view = SidesView(assistant)
    with pytest.raises(EditionError, match="is both sides"):
        view.compared(SideKind.SERVICE, "Exchange Online", "Exchange Online")
    with pytest.raises(EditionError, match="no document, place or service of that name"):
        view.compared(SideKind.SERVICE, "Exchange Online", "Qwxzburg")


def test_nothing_of_a_comparison_is_markup(assistant: Assistant) -> None:
    sides = SidesView(assistant).compared(SideKind.SERVICE, "Exchange Online", "Microsoft Intune")
    fact = next(row.first for row in sides.rows if row.first)
    bad_fact = replace(fact, statement=HOSTILE, title=HOSTILE, section=HOSTILE, document=HOSTILE)
    values = sides.values[0]
    named = replace(values.values[0], name=HOSTILE, first=(bad_fact,), second=(bad_fact,))
    bad = replace(
        sides, first=HOSTILE, second=HOSTILE,
        rows=(replace(sides.rows[0], first=bad_fact, second=bad_fact, says=HOSTILE),),
        values=(replace(values, says=HOSTILE, values=(named,)),),
    )  # fmt: skip
    page = sides_told(bad) + sides_grid(bad, bad.rows, 1)
    assert "<script" not in page
    assert '" onmouseover' not in page
    assert "alert" in page
