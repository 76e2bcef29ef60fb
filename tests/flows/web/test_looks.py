"""Every state of the page in three windows: nothing cut, nothing beside it, nothing axe-core minds.

`ALL_LOOKS=1` looks at all states in all windows; else each part is looked at on a phone.
"""

from __future__ import annotations

from typing import Any

import pytest

from evals.measuring.page.browser import opened
from evals.measuring.page.look_faults import has_composer_in_window, look_faults
from evals.measuring.page.screenshots import WINDOWS
from evals.measuring.page.states import State, states
from tests.flows.web.conftest import Served, visiting
from tests.flows.web.test_accessibility import grave_findings
from tests.sizes import size

pytestmark = pytest.mark.browser

_ALL = size("ALL_LOOKS", 0, 1)
_SOON = (
    "ask-answered", "ask-judge", "ask-one-of-them", "facts-filtered", "places-compared",
    "questionnaire-answered", "check-profile", "check-beside", "compare-two", "changes-two",
    "documents-adding",
)  # fmt: skip
"""States that every run looks at, one of each part at least."""
_SETTLED_MS = 300


def _looked_at() -> list[Any]:
    phone = WINDOWS[-1]
    return [
        pytest.param(
            state, window, id=f"{state.name}-{window[0]}",
            marks=[] if window == phone and state.name in _SOON else [pytest.mark.soak],
        )
        for state in states()
        for window in (WINDOWS if _ALL else WINDOWS[-1:])
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "window"), _looked_at())
def test_nothing_is_cut_or_beside_the_window_and_the_field_is_in_it(
    browser: Any, served: Served, state: State, window: tuple[int, int]
) -> None:
    scheme = "dark" if window == WINDOWS[-1] else "light"
    with visiting(browser, window, scheme) as (page, watched):
        opened(page, served.url)
        state.reach(page)
        if state.is_printed:
            page.emulate_media(media="print")
        page.wait_for_timeout(_SETTLED_MS)
        assert look_faults(page) == []
        assert not state.has_composer or has_composer_in_window(page)
        assert grave_findings(page) == []
        watched.assert_quiet()


def test_what_is_cut_or_too_wide_is_seen(browser: Any, served: Served) -> None:
    with visiting(browser, WINDOWS[-1]) as (page, _):
        opened(page, served.url)
        assert look_faults(page) == []
        cut = "<p style='width:5rem;overflow:hidden;white-space:nowrap'>Kept in the region</p>"
        page.evaluate("html => document.querySelector('#start').innerHTML = html", cut)
        assert [one for one in look_faults(page) if "cut at the side" in one and "Kept in" in one]
        wide = "<p style='width:60rem'>Kept in the region of the customer, and nowhere else.</p>"
        page.evaluate("html => document.querySelector('#start').innerHTML = html", wide)
        assert any("too wide" in one for one in look_faults(page))
        scrolls = "<div style='height:2rem;overflow:auto'>Kept<br>in<br>a<br>region</div>"
        page.evaluate("html => document.querySelector('#start').innerHTML = html", scrolls)
        assert {one.partition(":")[0] for one in look_faults(page)} == {
            "scrolls, and no key reaches it", "scrolls, and nothing tells",
        }  # fmt: skip
