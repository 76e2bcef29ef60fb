"""`residency corpus editions`: the editions that are kept of a page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.settings import Settings
from assistant.types import json_form
from index.building.documents import is_address, pages
from index.building.fetched_pages import WatchedPage, note_file
from index.home.edition_store import EditionState, EditionStore, KeptEdition
from index.home.paths import Home
from ui.errors import EditionError
from ui.shared.terminal_text import dated, inert


def print_editions(what: str, *, as_json: bool) -> None:
    """Print the editions that are kept of a page, a line each."""
    home = Home(Settings.load().home)
    found = kept_of(home, page_named(home, what))
    if as_json:
        form = json_form(KeptEdition)
        print("\n".join(json.dumps(form.dump_python(one, mode="json")) for one in found))
    else:
        print(inert("\n".join(edition_lines(found))))


def kept_of(home: Home, page: WatchedPage) -> tuple[KeptEdition, ...]:
    """Return the editions of a page, the first first, with what lies there of it now."""
    note_file(home, page.source.location)
    return EditionStore(home.editions).of(page.source.location)


def page_named(home: Home, what: str) -> WatchedPage:
    """Return the page that an id or address means; raise EditionError where none does."""
    for page in pages(home):
        if what and what in (page.document, page.source.location):
            return page
    cause = (
        "no page was added by this address"
        if is_address(what)
        else ("no document of this id was fetched from an address")
    )
    raise EditionError(
        f"{what}: {cause}. `residency corpus status` lists what there is; `residency corpus add` "
        "takes an address in"
    )


def edition_lines(found: Sequence[KeptEdition]) -> list[str]:
    """Return a line for each edition; what it lost of its date is said."""
    lines, known = [], None
    for one in found:
        stated = dated(one.stated)
        if one.stated is None and known is not None and one.state is EditionState.TAKEN:
            stated += f" (before: {known})"
        known = one.stated or known
        size = f"{one.size:,} B"
        held = f"  held: {one.why}" if one.state is EditionState.HELD else ""
        lines.append(
            f"{one.ordinal:>4}  fetched {one.fetched:%Y-%m-%d %H:%M}  {stated:<10}{size:>14}{held}"
        )
    return lines
