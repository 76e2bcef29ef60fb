"""What a served page costs its reader: waiting, bytes, height, words, repetition.

`python -m evals.measuring.page.figures URL --beside URL --runs 5`

The second page is measured in turn with the first, each run in a browser context of its own, so
that nothing is kept from the run before; the ratios are of the medians. Times are the browser's
clock. The time to the screen runs from when the page shows that it looks in the documents until the
answer is painted, less what the server states for working it out: it holds the record of the answer
and all that brings it to the reader. Both are to be served over the bundled documents, which the
questions are about.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from evals.errors import EvalError
from evals.measuring.page.browser import ask, chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

_QUOTED = "How long does Intune keep audit logs?"
_SENTENCE = "Audit logs are retained for up to one year for security purposes."
_QUESTIONS = ("Which regions does Intune store data in?", _QUOTED,
              "Are public folders supported in a Multi-Geo organization?")  # fmt: skip
_WINDOW = (1440, 900)
_WIDTHS, _LOW = (1440, 390), 500
"""Widths at which heights are taken, in a window so low that it does not count as height."""
_SETTLED_MS = 1_500
_TO_SCREEN = """
question => new Promise(done => {
  let looking = performance.now();
  let isLooking = false;
  const shown = () => {
    const asked = document.querySelector("#latest .asked");
    if (asked?.textContent !== question) return;
    if (!isLooking) looking = performance.now();
    isLooking = true;
    if (!document.querySelector("#latest [data-copy]")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - looking)));
  };
  const watch = new MutationObserver(shown);
  watch.observe(document.body, { childList: true, subtree: true });
  const field = document.querySelector("#question textarea");
  for (const kind of ["keydown", "keypress"]) {
    const pressed = { key: "Enter", bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent(kind, pressed));
  }
})
"""
_ANSWERS = 6
"""Answers of a run whose time to the screen is taken; two questions in turn."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run."""

    bytes_loaded: float
    """As they came over the wire, until the page is at rest."""
    first_paint_ms: float
    usable_ms: float
    """Until the field for a question takes one."""
    to_screen_ms: float
    busy_ms: float
    """Work of the page's main thread for one answer, from the key to the paint."""
    height: float
    """Pixels of the page after three answers, 1440 wide."""
    height_narrow: float
    """The same, 390 wide."""
    words: float
    """In the page with one answer, as far as they are shown."""
    shown: float
    """How often a sentence that the answer quotes is shown."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url")
    parser.add_argument("--beside", metavar="URL", default="")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args(arguments)
    urls = [url for url in (given.url, given.beside) if url]
    try:
        with chromium() as browser:
            runs = [[_measured(browser, url) for url in urls] for _ in range(given.runs)]
    except EvalError as error:
        sys.exit(str(error))
    _tell([_median([run[number] for run in runs]) for number in range(len(urls))])


def _measured(browser: Browser, url: str) -> Figures:
    received, first_paint, usable = _loading(browser, url)
    to_screen, busy, words, shown = _answering(browser, url)
    wide, narrow = (_height(browser, url, width) for width in _WIDTHS)
    return Figures(received, first_paint, usable, to_screen, busy, wide, narrow, words, shown)


def _page(browser: Browser, width: int, height: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": height}).new_page()


def _loading(browser: Browser, url: str) -> tuple[float, float, float]:
    page = _page(browser, *_WINDOW)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    # A stream that stays open tells what came of it, what ended tells all with its headers.
    arrived, ended = Counter[str](), dict[str, float]()
    session.on(
        "Network.dataReceived",
        lambda one: arrived.update({one["requestId"]: one["encodedDataLength"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda one: ended.update({one["requestId"]: one["encodedDataLength"]}),
    )
    opened(page, url)
    usable = float(page.evaluate("performance.now()"))
    page.wait_for_timeout(_SETTLED_MS)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.context.close()
    return sum({**arrived, **ended}.values()), float(paint), usable


def _answering(browser: Browser, url: str) -> tuple[float, float, float, float]:
    page = _page(browser, *_WINDOW)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    opened(page, url)
    # The first question of a page warms what it uses.
    ask(page, _QUESTIONS[0])
    taken, busy = [], []
    for number in range(_ANSWERS):
        question = _QUESTIONS[1 + number % 2]
        page.get_by_label("Your question").fill(question)
        page.wait_for_timeout(_SETTLED_MS / 3)
        before = _busy_s(session)
        passed = float(page.evaluate(_TO_SCREEN, question))
        busy.append((_busy_s(session) - before) * 1000)
        taken.append(passed - _worked_ms(page, url))
    page.context.close()
    page = _page(browser, *_WINDOW)
    opened(page, url)
    ask(page, _QUOTED)
    text = str(page.evaluate("document.body.innerText"))
    page.context.close()
    spent = statistics.median(taken), statistics.median(busy)
    return *spent, len(text.split()), text.count(_SENTENCE)


def _busy_s(session: CDPSession) -> float:
    """Return how long the page's main thread has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _worked_ms(page: Page, url: str) -> float:
    """Return what the server states of the latest answer."""
    listed = page.request.get(f"{url}conversations").text()
    thread = listed.partition('data-thread="')[2].partition('"')[0].replace("&#45;", "-")
    asked = urlencode({"thread": thread, "format": "json"})
    stored: Any = page.request.get(f"{url}conversation?{asked}").json()
    return float(_latest_answer(stored)["latency_ms"])


def _latest_answer(stored: Any) -> dict[str, Any]:
    exchanges = next(value for value in stored.values() if isinstance(value, list))
    answer: dict[str, Any] = exchanges[-1]["answer"]
    return answer


def _height(browser: Browser, url: str, width: int) -> float:
    page = _page(browser, width, _LOW)
    opened(page, url)
    for question in _QUESTIONS:
        ask(page, question)
    tall = float(page.evaluate("document.documentElement.scrollHeight"))
    page.context.close()
    return tall


def _median(runs: Sequence[Figures]) -> Figures:
    names = [one.name for one in fields(Figures)]
    return Figures(*(statistics.median(getattr(run, name) for run in runs) for name in names))


def _tell(measured: Sequence[Figures]) -> None:
    for one in fields(Figures):
        values = [float(getattr(figures, one.name)) for figures in measured]
        ratio = f"  ratio {values[0] / values[1]:.2f}" if len(values) > 1 and values[1] else ""
        columns = "".join(f"{value:>12,.0f}" for value in values)
        sys.stdout.write(f"{one.name:<16}{columns}{ratio}\n")


if __name__ == "__main__":
    main()
