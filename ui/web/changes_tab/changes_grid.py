"""Changes between two editions as tables whose cells open their passages; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ui.exports.change_rows import (
    ChangeRow,
    EditionRow,
    SideRow,
    counts_words,
    differs_words,
    is_quiet,
)
from ui.web.changes_tab.changes_view import Named, ShownEditions, kind_shown, quiet
from ui.web.html import escaped
from ui.web.paged_table import bar, cell, counted, cut, table, turning
from ui.web.site import passage_link

_SEVERE = {"high": ("bad", "▲"), "medium": ("warn", "◆"), "low": ("", "○"), "none": ("", "·")}
_MOST_QUIET = 200
_AROUND = 240
"""Characters that are shown to each side of a passage of a file."""
_BEFORE, _NOW = "Before", "Now"
_SHARES = (20, 40, 40)
"""Percent of a table's width that its columns have."""


def changes_told(shown: ShownEditions) -> str:
    """Return what was compared, what is odd about it, and how many changes of each kind it has."""
    remarks = "".join(f'<p class="changes-remark">{escaped(one)}</p>' for one in shown.row.remarks)
    return (
        f'<p class="changes-editions">{_edition(_BEFORE, shown.row.old)}<br>'
        f"{_edition(_NOW, shown.row.new)}</p>{remarks}"
        f'<p class="notice" role="status">{escaped(counts_words([shown.row]))}</p>'
    )


def changes_grid(shown: ShownEditions, rows: Sequence[ChangeRow], number: int) -> str:
    """Return a page of the changes, and below it, folded, what says nothing else."""
    page = cut(len(rows), number)
    if rows:
        made = (
            f"{bar(counted(len(rows), 'change'), page, 'changes')}"
            f"{_table('What says something else', shown, rows[page.first : page.end])}"
            f"{turning(page, 'changes, below')}"
        )
    else:
        loud = any(not is_quiet(one) for one in shown.row.changes)
        told = "No change matches. Take a filter away." if loud else "Nothing says something else."
        made = bar(told, page, "changes")
    return made + _folded(shown)


def _folded(shown: ShownEditions) -> str:
    rows = quiet(shown)
    if not rows:
        return ""
    more = len(rows) - _MOST_QUIET
    rest = f'<p class="notice">and {more:,} more, which the downloads have</p>' if more > 0 else ""
    return (
        '<details class="grid-folded"><summary>What says the same, and text that states nothing '
        f"({len(rows):,})</summary>"
        f"{_table('What says the same', shown, rows[:_MOST_QUIET])}{rest}</details>"
    )


def _table(caption: str, shown: ShownEditions, rows: Iterable[ChangeRow]) -> str:
    body = "".join(_row(shown, one) for one in rows)
    heads = ("What became of it", _BEFORE, _NOW)
    return table(f"{caption}. A cell opens its source", heads, [f"<tbody>{body}</tbody>"], _SHARES)


def _row(shown: ShownEditions, change: ChangeRow) -> str:
    kind, sign = _SEVERE[change.severity]
    severity = (
        f'<span class="grid-note">severity: {change.severity}</span>'
        if change.severity != "none"
        else ""
    )
    differs = (
        f'<span class="changes-differs">{escaped(differs_words(change.differences))}</span>'
        if change.differences
        else ""
    )
    return (
        f'<tr class="grid-row"><th scope="row"><span class="mark {kind}">'
        f'<span aria-hidden="true">{sign}</span> {escaped(kind_shown(change))}</span>'
        f"{severity}{differs}</th>"
        f"{cell(_BEFORE, _sides(change.old, shown.old, shown.old_text))}"
        f"{cell(_NOW, _sides(change.new, shown.new, shown.new_text))}</tr>"
    )


def _sides(sides: Sequence[SideRow], edition: Named, text: str) -> str:
    return "".join(
        f'<div class="changes-said">{escaped(one.text)}{_where(one, edition, text)}</div>'
        for one in sides
    )


def _where(side: SideRow, edition: Named, text: str) -> str:
    """Return the way to a passage: its document opened there, or what stands around it."""
    section = side.section or "at the beginning"
    if edition.file is None:
        address = escaped(passage_link(edition.document, side.start, side.end))
        link = f'<a class="cite" href="{address}">{escaped(section)}</a>'
        return f'<span class="grid-note">{link}</span>'
    before = text[max(0, side.start - _AROUND) : side.start]
    after = text[side.end : side.end + _AROUND]
    said = text[side.start : side.end]
    return (
        f'<details class="changes-around"><summary>{escaped(section)}</summary>'
        f"<blockquote>{escaped(before)}<mark>{escaped(said)}</mark>{escaped(after)}</blockquote>"
        "</details>"
    )


def _edition(label: str, one: EditionRow) -> str:
    date = one.date or "states no date"
    name = f" ({one.name})" if one.name != one.title else ""
    told = f"{one.title}{name}, {date}, {counted(one.statements, 'statement')}"
    return f"<strong>{label}</strong> {escaped(told)}"
