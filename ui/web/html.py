"""What the page shows beside answers, as inert HTML; pure, but that the log has what is left out.

Everything that a user or a document wrote is escaped down to its punctuation, because components
read HTML, Markdown and templates: nothing of it is ever mark-up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.intake.not_read import left_out_words
from index.types import FileRecord, FileState, StoredDocument
from ui.shared.telling.without_paths import told, without_paths
from ui.shared.terminal_text import dated, inert

_PUNCTUATION = re.compile(r"[^\w\s]|_", re.ASCII)
_MOST_NAMED = 50
"""Documents, and failed files, that are named one by one."""


def escaped(text: str) -> str:
    """Return text that shows as written, whatever reads it: HTML, Markdown or both."""
    visible = inert(text)
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", visible).replace("\n", "<br>")


def attribute(text: str) -> str:
    """Return text as the value of an attribute in double quotes, lines kept."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", inert(text)).replace(
        "\n", "&#10;"
    )


def notice(text: str) -> str:
    """Return something the page tells."""
    return f'<p class="notice" role="status">{escaped(without_paths(text))}</p>'


def trouble(text: str) -> str:
    """Return why something could not be done."""
    return f'<p class="trouble" role="alert">{escaped(told(text))}</p>'


def indexed_notice(documents: Iterable[StoredDocument]) -> str:
    """Return what is indexed and how old it is, folded away."""
    every = list(documents)
    items = "".join(
        f"<li>{escaped(document.about.title)} <span class='date'>"
        f"{escaped(dated(document.about.date))}</span></li>"
        for document in every[:_MOST_NAMED]
    )
    more = len(every) - _MOST_NAMED
    items += (
        f'<li>and {more:,} more, under <a href="#documents">Documents</a></li>' if more > 0 else ""
    )
    return (
        f'<details class="indexed"><summary>Indexed documents</summary><ul>{items}</ul></details>'
    )


_STATES = {
    FileState.OK: "read", FileState.FAILED: "failed", FileState.NOT_READ: "not read",
    FileState.DUPLICATE: "the same as another", FileState.REMOVED: "removed",
}  # fmt: skip
"""What became of files, behind their number."""


def files_notice(records: Iterable[FileRecord]) -> str:
    """Return what became of the user's files: those that failed or are not read are named with the
    reason, others with what of them was left out.
    """
    every = list(records)
    failed = [one for one in every if one.state is FileState.FAILED]
    counts = Counter(one.state for one in every)
    many = ", ".join(f"{counts[state]:,} {_STATES[state]}" for state in FileState if counts[state])
    named = [one.reason for one in failed]
    named += [one.reason for one in every if one.state is FileState.NOT_READ]
    named += [
        f"{one.name}: {left_out_words(one.left_out)} left out" for one in every if one.left_out
    ]
    items = "".join(f"<li>{escaped(without_paths(line))}</li>" for line in named[:_MOST_NAMED])
    more = len(named) - _MOST_NAMED
    items += f"<li>and {more} more</li>" if more > 0 else ""
    opened = " open" if failed else ""
    return (
        f'<details class="files"{opened}><summary>Files: {escaped(many)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def attribute_link(url: str) -> str:
    """Return an address as it may stand in an attribute; what no address holds is left out."""
    return re.sub(r"[^\w:/.?=&%#+~-]", "", url, flags=re.ASCII).replace("&", "&amp;")
