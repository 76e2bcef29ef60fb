"""The page as it opens: the conversation, ready to be asked before Gradio is loaded; pure but for
the files of the page itself.

Gradio lays out every other part. It is loaded by the page's script when one of them is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ui.web.html import escaped

TITLE = "Residency Assistant"
ASK = "Ask"
PARTS = ("Facts", "Places", "Check", "Compare", "Changes", "Questionnaire", "Documents")
"""What Gradio lays out, a tab each, in the order of the page's navigation."""
TABS = "parts-tabs"
"""Name of what holds these tabs; the script has the one that is wanted laid out first."""
_AROUND = ("ask", "page", "tokens")
"""Style sheets of what stands around Gradio's components."""
_WITHIN = ("changes", "check", "facts", "grid", "places", "questionnaire")
"""Those of what stands within them alone: who only asks need not load them."""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Opening:
    """What differs from one opening of the page to the next, as HTML."""

    start: str
    """What is shown until something is asked."""
    profile: str
    """Whom questions are answered for; empty where nothing is set."""


@cache
def style() -> str:
    """Return the style sheets of the page around Gradio, and of documents that are opened."""
    return _together(one for one in _files("style", "css") if one.stem not in _WITHIN)


@cache
def gradio_style() -> str:
    """Return those that Gradio's components need; it is to know nothing of the page around them."""
    return _together(one for one in _files("style", "css") if one.stem not in _AROUND)


@cache
def scripts() -> str:
    """Return the page's own scripts."""
    return _together(_files("assets", "js"))


def opening_page(opening: Opening, *, has_login: bool) -> str:
    """Return the whole page, with all that it needs to be asked a question in one response."""
    template = (_HERE / "assets" / "page.html").read_text(encoding="utf-8")
    for name, value in (
        ("title", TITLE),
        ("navigation", navigation((ASK, *PARTS))),
        ("log-out", '<a class="log-out" href="logout">Log out</a>' if has_login else ""),
        ("profile", opening.profile),
        ("start", opening.start),
        ("style", style()),
        ("scripts", scripts()),
    ):
        template = template.replace(f"<!-- {name} -->", value, 1)
    return template


def navigation(names: tuple[str, ...]) -> str:
    """Return links to the parts of the page."""
    return "".join(f'<li><a href="#{name.lower()}">{escaped(name)}</a></li>' for name in names)


def _files(folder: str, kind: str) -> list[Path]:
    return sorted((_HERE / folder).glob(f"*.{kind}"))


def _together(files: Iterable[Path]) -> str:
    return "\n".join(one.read_text(encoding="utf-8") for one in files)
