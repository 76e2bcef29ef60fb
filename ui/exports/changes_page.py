"""Changes between editions as a page to print or send; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ui.exports.change_rows import (
    KIND_WORDS,
    ChangeRow,
    ComparedRow,
    EditionRow,
    SideRow,
    counts_words,
    differs_words,
    is_quiet,
)
from ui.exports.report_page import escaped, remark, report_page, table

_TITLES = ("What became of it", "Before", "Now")
_KINDS = {kind.value: words for kind, words in KIND_WORDS.items()}


def changes_page(rows: Sequence[ComparedRow]) -> str:
    """Return comparisons as a whole HTML document: what says something else first."""
    first = rows[0] if len(rows) == 1 else None
    title = (
        f"What changed: {first.new.title}" if first else f"What changed in {len(rows)} documents"
    )
    head = f"<p>{escaped(counts_words(rows))}</p>" if not first else ""
    return report_page(
        title, "\n".join((head, *map(_compared, rows))), kind="Changes", is_wide=True
    )


def _compared(row: ComparedRow) -> str:
    told = [change for change in row.changes if not is_quiet(change)]
    quiet = [change for change in row.changes if is_quiet(change)]
    parts = [
        f"<section>\n<h2>{escaped(row.new.name or row.old.name)}</h2>",
        f'<p class="about">{_edition("Before", row.old)}<br>{_edition("Now", row.new)}</p>',
        *map(remark, row.remarks),
        f"<p>{escaped(counts_words([row]))}</p>",
        *_listed("What says something else", told),
        *_listed("What says the same, and text that states nothing", quiet),
        "</section>",
    ]
    return "\n".join(parts)


def _listed(title: str, changes: Sequence[ChangeRow]) -> Iterator[str]:
    if changes:
        yield f"<h3>{escaped(title)}</h3>"
        yield table(_TITLES, (_cells(change) for change in changes))


def _cells(change: ChangeRow) -> tuple[str, str, str]:
    mark = f'<span class="{escaped(change.severity)}">{escaped(_KINDS[change.kind])}</span>'
    if change.severity != "none":
        mark += f'<span class="place">severity: {escaped(change.severity)}</span>'
    if change.differences:
        mark += f"<br>{escaped(differs_words(change.differences))}"
    return mark, _sides(change.old), _sides(change.new)


def _sides(sides: Sequence[SideRow]) -> str:
    return "<br>".join(
        f"{escaped(one.text)}"
        f'<span class="place">{escaped(one.section)} ({one.start}–{one.end})</span>'
        for one in sides
    )


def _edition(label: str, one: EditionRow) -> str:
    if not one.sha256:
        return f"{label}: {escaped(one.name)}: there was none"
    dated = one.date or "states no date"
    return escaped(f"{label}: {one.name}, {dated}, SHA-256 {one.sha256}")
