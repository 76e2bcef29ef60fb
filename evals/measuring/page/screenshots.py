"""Pictures of every part and state of a served page, to be looked at.

`python -m evals.measuring.page.screenshots URL FOLDER`

Three widths, light and dark; a picture is named WIDTH-SCHEME-STATE.png and shows the window. The
page is to be served over the bundled documents, which the questions are about. `--only` takes the
states that have a word in their name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.errors import EvalError
from evals.measuring.page.browser import ask, choose, chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

WINDOWS = ((1440, 900), (1024, 768), (390, 844))
SCHEMES = ("light", "dark")
_QUESTIONS = (
    "Which regions does Intune store data in?",
    "How long does Intune keep audit logs?",
    "Are public folders supported in a Multi-Geo organization?",
)
_SETTLED_MS = 400
_PARTS = {
    "facts": ".facts-table",
    "places": ".atlas-map",
    "check": "#check-grid .grid-table",
    "compare": "text=First side",
    "changes": "#changes-compare",
    "questionnaire": "text=Questionnaire: Excel, Word, PDF",
    "documents": "#documents-table .table-wrap",
}
"""Parts beside the conversation, and what each shows once it can be used."""


@dataclass(frozen=True, slots=True)
class State:
    """Something that the page can show."""

    name: str
    reach: Callable[[Page], None]
    """Brings a page there that was just opened."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="WORD")
    given = parser.parse_args(arguments)
    wanted = [one for one in states() if given.only in one.name]
    try:
        taken = take(given.url, given.folder, wanted)
    except EvalError as error:
        sys.exit(str(error))
    sys.stdout.write(f"{taken} pictures in {given.folder}\n")


def take(url: str, folder: Path, wanted: Sequence[State]) -> int:
    """Take a picture of each state in each look; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with chromium() as browser:
        for width, height in WINDOWS:
            for scheme in SCHEMES:
                for state in wanted:
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme="dark" if scheme == "dark" else "light",
                    )
                    page = context.new_page()
                    opened(page, url)
                    state.reach(page)
                    page.wait_for_timeout(_SETTLED_MS)
                    page.screenshot(path=folder / f"{width}-{scheme}-{state.name}.png")
                    context.close()
                    taken += 1
    return taken


def states() -> tuple[State, ...]:
    """Return what there is to be seen."""
    asked = (
        State("ask-empty", lambda page: None),
        State("ask-answered", lambda page: ask(page, _QUESTIONS[0])),
        State("ask-which", lambda page: ask(page, "Where is my data?")),
        State("ask-not-stated", lambda page: ask(page, "What is the capital of France?")),
        State(
            "ask-depends",
            lambda page: ask(page, "Is Exchange data of Norway stored in Switzerland?"),
        ),
        State("ask-three", _three),
        State("ask-quote", _quote),
        State("ask-why", _why),
        State("ask-sources", _sources),
        State("ask-document", _document),
        State("ask-receipt", _receipt),
        State("ask-conversations", _conversations),
    )
    parts = (
        State("check-profile", _check_profile),
        State("check-what-if", _check_what_if),
        State("check-beside", _check_beside),
        State("check-source", _check_source),
        State("compare-two", _compare_two),
        State("changes-two", _changes_two),
        State("menu", _menu),
    )
    return (*asked, *(State(name, _part(name)) for name in _PARTS), *parts)


def _three(page: Page) -> None:
    for question in _QUESTIONS:
        ask(page, question)


def _quote(page: Page) -> None:
    ask(page, _QUESTIONS[0])
    page.locator("#latest .answer a.cite").first.hover()


def _why(page: Page) -> None:
    ask(page, _QUESTIONS[0])
    page.locator("#latest .derivation summary").click()


def _sources(page: Page) -> None:
    ask(page, _QUESTIONS[2])
    page.locator("#latest [data-sources]").click()


def _document(page: Page) -> None:
    ask(page, _QUESTIONS[1])
    page.locator("#latest .answer a.cite").first.click()
    page.locator("#cited").wait_for()


def _receipt(page: Page) -> None:
    ask(page, _QUESTIONS[1])
    page.locator("#latest").get_by_role("link", name="Receipt").click()
    page.locator("#source-panel .verdict").wait_for()


def _conversations(page: Page) -> None:
    for question in _QUESTIONS[:2]:
        page.locator("#new").click()
        ask(page, question)
    if page.locator("#rail-toggle").get_attribute("aria-expanded") == "false":
        page.locator("#rail-toggle").click()
    page.locator("#conversations li").nth(1).wait_for()


def _check_profile(page: Page) -> None:
    _part("check")(page)
    page.get_by_role("button", name="Make or change a profile").click()
    page.get_by_label("Sign-up country of the tenant").wait_for()


def _check_what_if(page: Page) -> None:
    _part("check")(page)
    page.get_by_label("What if").fill("move to Norway")
    page.keyboard.press("Enter")
    page.locator("#check-summary [colspan]", has_text="With: move to Norway").wait_for()
    page.keyboard.press("Escape")


def _check_beside(page: Page) -> None:
    _part("check")(page)
    for country in ("Norway", "Japan"):
        if not page.get_by_label("Sign-up country of the tenant").is_visible():
            page.get_by_role("button", name="Make or change a profile").click()
        page.get_by_label("Sign-up country of the tenant").fill(country)
        page.keyboard.press("Tab")
        page.get_by_label("Name; leave it empty").fill(f"Tenant in {country}")
        page.get_by_role("button", name="Keep profile").click()
        page.get_by_text(f"Tenant in {country}: kept.").wait_for()
    page.get_by_role("button", name="Make or change a profile").click()
    choose(page, "Side by side with", "Tenant in Norway")
    page.locator("#check-summary [colspan]", has_text="Tenant in Norway").wait_for()


def _check_source(page: Page) -> None:
    _part("check")(page)
    page.locator("#check-grid .grid-row a.cite").first.click()
    page.locator("#cited").wait_for()


def _compare_two(page: Page) -> None:
    _part("compare")(page)
    choose(page, "First side", "Exchange Online")
    choose(page, "Second side", "Microsoft Intune")
    page.locator("#sides-grid .grid-table").wait_for()


def _changes_two(page: Page) -> None:
    _part("changes")(page)
    choose(page, "Before: a document of the index", "Azure")
    choose(page, "Now: a document of the index", "Intune")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.locator("#changes-grid .grid-table").first.wait_for()


def _menu(page: Page) -> None:
    if page.locator("#parts-toggle").is_visible():
        page.locator("#parts-toggle").click()


def _part(name: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.evaluate(f"location.hash = '#{name}'")
        page.locator(_PARTS[name]).first.wait_for(timeout=120_000)

    return reach


if __name__ == "__main__":
    main()
