"""Pictures of every part and state of a served page, to be looked at.

`python -m evals.measuring.page.screenshots URL FOLDER`

Three widths, light and dark; a picture is named WIDTH-SCHEME-STATE.png and shows the window. What a
program sees to be wrong is told beside it. The page is to be served over the bundled documents,
which the questions are about. `--only` takes the states that have a word in their name, `--whole`
shows the page and not the window, `--width` one width alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evals.errors import EvalError
from evals.measuring.page.browser import chromium, opened
from evals.measuring.page.look_faults import has_composer_in_window, look_faults
from evals.measuring.page.states import State, states

if TYPE_CHECKING:
    from playwright.sync_api import Page

WINDOWS = ((1440, 900), (1024, 768), (390, 844))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_SETTLED_MS = 400


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--width", type=int, default=0, metavar="PIXELS")
    parser.add_argument("--whole", action="store_true")
    given = parser.parse_args(arguments)
    wanted = [one for one in states() if given.only in one.name]
    windows = [one for one in WINDOWS if given.width in (0, one[0])]
    try:
        taken = take(given.url, given.folder, wanted, windows, whole=given.whole)
    except EvalError as error:
        sys.exit(str(error))
    sys.stdout.write(f"{taken} pictures in {given.folder}\n")


def take(
    url: str,
    folder: Path,
    wanted: Sequence[State],
    windows: Sequence[tuple[int, int]] = WINDOWS,
    *,
    whole: bool = False,
) -> int:
    """Take a picture of each state in each look; return how many. Tells what is wrong in them."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with chromium() as browser:
        for width, height in windows:
            # What was loaded once is there for the next state; nothing else of it is kept.
            context = browser.new_context(viewport={"width": width, "height": height})
            for state in wanted:
                page = context.new_page()
                opened(page, url)
                state.reach(page)
                for scheme in SCHEMES:
                    _look(page, state, scheme)
                    page.screenshot(
                        path=folder / f"{width}-{scheme}-{state.name}.png", full_page=whole
                    )
                    taken += 1
                _tell(page, state, width)
                page.evaluate("localStorage.clear()")
                page.close()
            context.close()
    return taken


def _look(page: Page, state: State, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, media="print" if state.is_printed else "screen")
    page.wait_for_timeout(_SETTLED_MS)


def _tell(page: Page, state: State, width: int) -> None:
    """Write what a program sees to be wrong in a state."""
    found = look_faults(page)
    if state.has_composer and not has_composer_in_window(page):
        found.append("the field for a question is not in the window")
    for one in found:
        sys.stdout.write(f"{width} {state.name}: {one}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
