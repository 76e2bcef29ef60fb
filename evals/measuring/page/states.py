"""What a served page can show: every part of it and every state, and how it is brought there.

The page is to be served over the bundled documents, which the questions are about. Reaching the
states leaves conversations and a questionnaire in the home behind the page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.measuring.page.browser import ask, choose, choose_file, open_part

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = (
    "Which regions does Intune store data in?",
    "How long does Intune keep audit logs?",
    "Are public folders supported in a Multi-Geo organization?",
)
_ROWS = (
    "Question\nHow long are Intune audit logs kept?\nWhere is mailbox content stored for Norway?\n"
    "Is the office kitchen cleaned every day?\nWhich Azure AD data leaves Europe?\n"
)
_PATIENCE_MS = 120_000
_NEVER_ENDING = """
() => {
  const fetched = window.fetch;
  window.fetch = async (address, options) => {
    const reply = await fetched(address, options);
    if (!String(address).endsWith("answers")) return reply;
    const first = await reply.body.getReader().read();
    const line = first.value.slice(0, first.value.indexOf(10) + 1);
    return new Response(new ReadableStream({ start: (to) => to.enqueue(line) }));
  };
}
"""
"""Has the page get the first step of an answer, and then wait for the others."""


@dataclass(frozen=True, slots=True)
class State:
    """Something that the page can show."""

    name: str
    reach: Callable[[Page], None]
    """Brings a page there that was just opened."""
    is_printed: bool = False
    """Whether it is looked at as it is printed."""

    @property
    def has_composer(self) -> bool:
        """Tell whether a question can be written there."""
        return self.name.startswith("ask") and not self.is_printed


def states() -> tuple[State, ...]:
    """Return what there is to be seen."""
    return (*_conversation(), *_facts(), *_places(), *_checks(), *_questionnaire(), *_others())


def _conversation() -> tuple[State, ...]:
    return (
        State("ask-empty", lambda page: None),
        State("ask-looking", _looking),
        State("ask-answered", _asked(QUESTIONS[0])),
        State("ask-depends", _asked("Is Exchange data of Norway stored in Switzerland?")),
        State("ask-not-stated", _asked("How many employees look after Intune?")),
        State("ask-outside", _asked("Where does Slack keep its emoji?")),
        State("ask-which", _asked("Where is my data?")),
        State("ask-talk", _asked("thanks")),
        State("ask-long", _asked(f"{QUESTIONS[0]} {'And why is that so? ' * 12}")),
        State("ask-failed", _failed),
        State("ask-three", _three),
        State("ask-quote", _quote),
        State("ask-why", _why),
        State("ask-judge", _judge),
        State("ask-sources", _sources),
        State("ask-document", _document),
        State("ask-receipt", _receipt),
        State("ask-conversations", _conversations),
        State("ask-one-of-them", _one_of_them),
        State("ask-nothing-found", _nothing_found),
        State("ask-printed", _three, is_printed=True),
    )


def _facts() -> tuple[State, ...]:
    return (
        State("facts", _part("facts")),
        State("facts-more-filters", _more_filters),
        State("facts-filtered", _filtered),
        State("facts-none", _no_facts),
        State("facts-source", _fact_source),
    )


def _places() -> tuple[State, ...]:
    return (
        State("places", _part("places")),
        State("places-country", _country),
        State("places-table", _table),
        State("places-compared", _compared),
    )


def _questionnaire() -> tuple[State, ...]:
    return (
        State("questionnaire", _part("questionnaire")),
        State("questionnaire-read", _read),
        State("questionnaire-answered", _answered),
        State("questionnaire-row", _row),
        State("questionnaire-queue", _queue),
    )


def _checks() -> tuple[State, ...]:
    return (
        State("check", _part("check")),
        State("check-profile", _check_profile),
        State("check-what-if", _check_what_if),
        State("check-beside", _check_beside),
        State("check-source", _check_source),
        State("compare", _part("compare")),
        State("compare-two", _compare_two),
        State("changes", _part("changes")),
        State("changes-two", _changes_two),
    )


def _others() -> tuple[State, ...]:
    return (
        State("documents", _part("documents")),
        State("documents-adding", _adding),
        State("menu", _menu),
    )


def _asked(question: str) -> Callable[[Page], None]:
    return lambda page: ask(page, question)


def _part(name: str) -> Callable[[Page], None]:
    return lambda page: open_part(page, name)


def _looking(page: Page) -> None:
    page.evaluate(_NEVER_ENDING)
    page.get_by_label("Your question").fill(QUESTIONS[0])
    page.keyboard.press("Enter")
    page.locator("#latest .waiting").wait_for()


def _failed(page: Page) -> None:
    page.route("**/answers", lambda route: route.abort())
    page.get_by_label("Your question").fill(QUESTIONS[0])
    page.keyboard.press("Enter")
    page.locator("#chat-said .trouble").wait_for()
    page.unroute("**/answers")


def _three(page: Page) -> None:
    for question in QUESTIONS:
        ask(page, question)


def _quote(page: Page) -> None:
    ask(page, QUESTIONS[0])
    page.locator("#latest .answer a.cite").first.hover()
    page.get_by_role("tooltip").wait_for()


def _why(page: Page) -> None:
    ask(page, QUESTIONS[0])
    page.locator("#latest .derivation summary").click()


def _judge(page: Page) -> None:
    ask(page, QUESTIONS[1])
    page.locator("#latest .judge summary").click()


def _sources(page: Page) -> None:
    ask(page, QUESTIONS[0])
    page.locator("#latest [data-sources]").click()


def _document(page: Page) -> None:
    ask(page, QUESTIONS[1])
    page.locator("#latest .answer a.cite").first.click()
    page.locator("#cited").wait_for()


def _receipt(page: Page) -> None:
    ask(page, QUESTIONS[1])
    page.locator("#latest").get_by_role("link", name="Receipt").click()
    page.locator("#source-panel .verdict").wait_for()


def _conversations(page: Page) -> None:
    for question in QUESTIONS[:2]:
        page.locator("#new").click()
        ask(page, question)
    if page.locator("#rail-toggle").get_attribute("aria-expanded") == "false":
        page.locator("#rail-toggle").click()
    page.locator("#conversations li").nth(1).wait_for()


def _one_of_them(page: Page) -> None:
    _conversations(page)
    page.locator("#conversations li summary").first.click()


def _nothing_found(page: Page) -> None:
    _conversations(page)
    page.locator("#search-field").fill("qwxz")
    page.get_by_text("No conversation has these words.").wait_for()


def _more_filters(page: Page) -> None:
    open_part(page, "facts")
    page.get_by_role("button", name="More filters").click()
    page.get_by_label("Dated from").wait_for()


def _filtered(page: Page) -> None:
    open_part(page, "facts")
    choose(page, "Place", "Japan")
    page.wait_for_function("document.querySelector('.facts-count')?.textContent.length < 9")


def _no_facts(page: Page) -> None:
    open_part(page, "facts")
    page.get_by_label("Words").fill("qwxz")
    page.get_by_text("No fact matches").wait_for(timeout=_PATIENCE_MS)


def _fact_source(page: Page) -> None:
    open_part(page, "facts")
    page.locator(".facts-row .facts-statement").first.click()
    page.locator("#source-panel #cited").wait_for()


def _country(page: Page) -> None:
    open_part(page, "places")
    choose(page, "Country", "Norway")
    page.locator("#places-detail h3", has_text="Norway").wait_for()


def _table(page: Page) -> None:
    open_part(page, "places")
    page.get_by_label("Services by place").check()
    page.locator("#places-matrix table").wait_for()


def _compared(page: Page) -> None:
    open_part(page, "places")
    page.get_by_label("Two side by side").check()
    choose(page, "First", "Exchange Online")
    choose(page, "Second", "Microsoft Intune")
    page.locator(".compare-table").wait_for(timeout=_PATIENCE_MS)
    page.locator(".compare-told").scroll_into_view_if_needed()


def _read(page: Page) -> None:
    open_part(page, "questionnaire")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.csv"
        path.write_text(_ROWS, encoding="utf-8")
        choose_file(page, "#sheets-file input[type=file]", path)
        page.get_by_role("button", name="Answer these questions").wait_for(timeout=_PATIENCE_MS)


def _answered(page: Page) -> None:
    _read(page)
    page.get_by_role("button", name="Answer these questions").click()
    page.get_by_text("4 of 4 done").first.wait_for(timeout=_PATIENCE_MS)
    page.locator(".sheets-rows a.cite").first.wait_for()


def _row(page: Page) -> None:
    _answered(page)
    page.locator(".sheets-rows button[data-position]").first.click()
    page.locator("#sheets-one h3").wait_for(timeout=_PATIENCE_MS)


def _queue(page: Page) -> None:
    open_part(page, "questionnaire")
    page.get_by_role("button", name="Approved answers to decide on").click()
    page.get_by_role("button", name="Show what is void").click()
    page.get_by_text("to decide on", exact=False).nth(1).wait_for(timeout=_PATIENCE_MS)


def _adding(page: Page) -> None:
    open_part(page, "documents")
    page.get_by_role("button", name="Add documents").click()
    page.get_by_label("Service that it is about").wait_for()


def _check_profile(page: Page) -> None:
    open_part(page, "check")
    page.get_by_role("button", name="Make or change a profile").click()
    page.get_by_label("Sign-up country of the tenant").wait_for()


def _check_what_if(page: Page) -> None:
    open_part(page, "check")
    page.get_by_label("What if").fill("move to Norway")
    page.keyboard.press("Enter")
    page.locator("#check-summary [colspan]", has_text="With: move to Norway").first.wait_for()
    page.keyboard.press("Escape")


def _check_beside(page: Page) -> None:
    open_part(page, "check")
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
    # Of many services the table is parted, and each part has the titles.
    page.locator("#check-summary [colspan]", has_text="Tenant in Norway").first.wait_for()


def _check_source(page: Page) -> None:
    open_part(page, "check")
    page.locator("#check-grid .grid-row a.cite").first.click()
    page.locator("#cited").wait_for()


def _compare_two(page: Page) -> None:
    open_part(page, "compare")
    choose(page, "First side", "Exchange Online")
    choose(page, "Second side", "Microsoft Intune")
    page.locator("#sides-grid .grid-table").wait_for()


def _changes_two(page: Page) -> None:
    open_part(page, "changes")
    choose(page, "Before: a document of the index", "Azure")
    choose(page, "Now: a document of the index", "Intune")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.locator("#changes-grid .grid-table").first.wait_for()


def _menu(page: Page) -> None:
    if page.locator("#parts-toggle").is_visible():
        page.locator("#parts-toggle").click()
