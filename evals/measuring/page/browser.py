"""A Chromium at a served page, and what a person does in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evals.errors import EvalError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PATIENCE_MS = 120_000


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


def ask(page: Page, question: str) -> None:
    """Ask as a person does, and wait for the whole answer."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    exchange = page.locator("#latest .exchange").filter(
        has=page.locator(".asked", has_text=question)
    )
    exchange.locator("[data-copy]").wait_for(timeout=_PATIENCE_MS)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a drop-down of Gradio's what begins with words, by keyboard."""
    page.get_by_label(label, exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    # What there is to choose comes a moment after the part is opened.
    page.get_by_role("option", name=words).first.wait_for(timeout=_PATIENCE_MS)
    page.keyboard.press("Enter")
