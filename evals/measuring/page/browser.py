"""A Chromium at a served page, and what a person does in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evals.errors import EvalError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PATIENCE_MS = 120_000
_LISTENS_MS = 5_000
_CHOICES = 6
"""How often a file is chosen until the page's script has seen it."""
PARTS = {
    "facts": ".facts-table",
    "places": ".atlas-map",
    "questionnaire": "text=Questionnaire: Excel, Word, PDF",
    "check": "#check-grid .grid-table",
    "compare": "text=First side",
    "changes": "#changes-compare",
    "documents": "#documents-table .table-wrap",
}
"""Parts beside the conversation, and what each shows once it can be used."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a running browser. Raises EvalError where the machine has none."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise EvalError("chromium: not on this machine. Install it, by apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


def opened(page: Page, url: str) -> None:
    """Open the page, and wait until a question can be written."""
    page.goto(url)
    page.get_by_label("Your question").wait_for(timeout=_PATIENCE_MS)


def open_part(page: Page, name: str) -> None:
    """Open a part beside the conversation, and wait until it can be used."""
    page.evaluate(f"location.hash = '#{name}'")
    page.locator(PARTS[name]).first.wait_for(timeout=_PATIENCE_MS)


def ask(page: Page, question: str) -> None:
    """Ask as a person does, and wait for the whole answer."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator("#latest .exchange").filter(
        has=page.locator(".asked", has_text=question)
    )
    exchange.locator("[data-copy]").wait_for(timeout=_PATIENCE_MS)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a drop-down of Gradio's the first that holds words."""
    page.get_by_label(label, exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    # What there is to choose comes a moment after the part is opened; Enter would choose nothing
    # until one of them is lit.
    page.get_by_role("option", name=words).first.click(timeout=_PATIENCE_MS)


def choose_file(page: Page, field: str, path: Path) -> None:
    """Choose a file as a visitor does, once its field takes one.

    The field stands in the page before its script listens, and what is chosen by then is lost; a
    visitor who sees nothing happen chooses again.
    """
    from playwright.sync_api import TimeoutError as NotSeen

    # The name of a file that was taken is cut in two; it is whole in the label of its cell.
    named = page.get_by_label(path.name, exact=True).or_(page.get_by_text(path.name))
    for left in reversed(range(_CHOICES)):
        # A file that is taken stands in its field's place, at last.
        if page.locator(field).count():
            page.locator(field).set_input_files(str(path))
        try:
            named.locator("visible=true").first.wait_for(timeout=_LISTENS_MS if left else None)
        except NotSeen:
            if not left:
                raise
        else:
            return
