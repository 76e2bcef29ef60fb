"""What the conversation shows before anything is asked, and whose profile it answers for; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.types import Profile
from index.types import FileRecord, StoredDocument
from ui.standing import age
from ui.web.html import attribute, escaped, files_notice, indexed_notice


def start_html(
    documents: Sequence[StoredDocument],
    files: Iterable[FileRecord],
    examples: Iterable[str],
    today: date,
) -> str:
    """Return what is indexed, and questions to begin with."""
    buttons = "".join(
        '<li><button type="button" class="example" data-act="ask" '
        f'data-question="{attribute(one)}">{escaped(one)}</button></li>'
        for one in examples
    )
    offered = (
        f'<h3 id="examples-title">For example</h3><ul id="examples" class="examples" '
        f'aria-labelledby="examples-title">{buttons}</ul>'
        if buttons
        else ""
    )
    return (
        f"<h2>Where is data kept, and who says so?</h2><p>{escaped(_indexed(documents, today))}</p>"
        f"{offered}{indexed_notice(documents)}{files_notice(files)}"
    )


def _indexed(documents: Sequence[StoredDocument], today: date) -> str:
    """Return what answers come from, in one sentence."""
    if not documents:
        return "No document is indexed yet. Add one under Documents."
    count = f"{len(documents):,} document{'' if len(documents) == 1 else 's'}"
    days = [one.about.date for one in documents if one.about.date is not None]
    newest = f", the newest of {max(days)} ({age(max(days), today)})" if days else ""
    return f"Answers come from {count}{newest}, each with the sentence that says so."


def profile_line(profile: Profile | None) -> str:
    """Return a profile in one line; empty where nothing is set."""
    if profile is None:
        return ""
    add_ons, named = ", ".join(profile.add_ons), ", ".join(profile.services)
    parts = (
        ("tenant of", profile.country), ("with", add_ons), ("under", profile.agreement),
        ("services:", named),
    )  # fmt: skip
    return "; ".join(f"{word} {value}" for word, value in parts if value)


def profile_html(profile: Profile | None) -> str:
    """Return whom questions are answered for, as a line above the field; empty for everybody."""
    line = profile_line(profile)
    if not line:
        return ""
    return f'<p>Answers are for: {escaped(line)} <a href="#check">Change</a></p>'
