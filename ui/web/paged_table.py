"""Tables that turn pages and whose rows open their sources, alike in all parts; pure.

What is pressed in one comes as the data of a click: a page, or what a button chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ui.web.html import escaped

PAGE = 50
"""Rows of a page."""
_MOST_CHOSEN = 200
"""Characters of what a button chooses."""

OPENED = "opened"
"""Is pressed by a table itself, once it is laid out: nothing is computed before it is seen."""
PRESS = """
const turned = () => {
  const watch = new MutationObserver(() => {
    watch.disconnect();
    element.querySelector('.grid-scroll')?.focus({ preventScroll: true });
  });
  watch.observe(element, { childList: true, subtree: true });
};
element.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-page], [data-choose]');
  if (!pressed) {
    // A cell is as large a button as its link; who selects words of it wants to copy them.
    const row = event.target.closest('.grid-row');
    if (row && !event.target.closest('a, summary') && getSelection().isCollapsed) {
      const cell = event.target.closest('td, th');
      (cell?.querySelector('a.cite') ?? row.querySelector('a.cite'))?.click();
    }
    return;
  }
  if (pressed.disabled) return;
  if (pressed.dataset.page) turned();
  trigger('click', { page: pressed.dataset.page || '', choose: pressed.dataset.choose || '' });
});
trigger('click', { page: '', choose: 'opened' });
"""
"""Script of a component that holds a table."""


def fetching(file: str) -> str:
    """Return a script that fetches what a download button holds, by the button's name."""
    return f"""async () => {{
  const find = () => document.querySelector('#{file}');
  await new Promise((done) => setTimeout(done, 100));
  const link = find().closest('a') || find().querySelector('a') || find();
  link.click();
}}"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed in a table; any of it may be made up."""

    page: int
    """0 where no page was."""
    choose: str


def pressed(data: object) -> Pressed:
    """Return what the data of a click says."""
    said = data if isinstance(data, dict) else {}
    page, choose = str(said.get("page") or ""), str(said.get("choose") or "")
    is_number = page.isascii() and page.isdecimal() and len(page) < 9
    return Pressed(int(page) if is_number else 0, choose[:_MOST_CHOSEN])


@dataclass(frozen=True, slots=True)
class Cut:
    """Which rows of how many a page shows."""

    number: int
    """From 1."""
    pages: int
    first: int
    end: int


def cut(count: int, number: int) -> Cut:
    """Return the page of that number, or the nearest that there is."""
    pages = max(1, -(-count // PAGE))
    number = min(max(number, 1), pages)
    return Cut(number, pages, (number - 1) * PAGE, min(count, number * PAGE))


def bar(told: str, shown: Cut, above: str) -> str:
    """Return what stands above a table: how many rows there are, and buttons for its pages.

    `above` names the table.
    """
    page = f", page {shown.number} of {shown.pages}" if shown.pages > 1 else ""
    return (
        f'<div class="grid-bar"><p class="grid-count" role="status">{escaped(told + page)}</p>'
        f"{turning(shown, above)}</div>"
    )


def turning(shown: Cut, of: str) -> str:
    """Return the buttons that turn pages; nothing where there is one."""
    if shown.pages == 1:
        return ""
    return (
        f'<nav class="grid-pages" aria-label="Pages: {escaped(of)}">'
        f"{_turn('Previous page', shown.number - 1, shown)}"
        f"<span>{shown.number} of {shown.pages}</span>"
        f"{_turn('Next page', shown.number + 1, shown)}</nav>"
    )


def table(
    caption: str, heads: Sequence[str], bodies: Iterable[str], shares: Sequence[int] = ()
) -> str:
    """Return a table that is no higher than the window; titles are text, bodies HTML already.

    `shares` are how the columns share its width, in percent.
    """
    head = "".join(f'<th scope="col">{escaped(one)}</th>' for one in heads)
    columns = "".join(f'<col style="width: {share}%">' for share in shares)
    return (
        f'<div class="grid-scroll" tabindex="0" role="region" aria-label="{escaped(caption)}">'
        f'<table class="grid-table"><caption class="unseen">{escaped(caption)}</caption>{columns}'
        f"<thead><tr>{head}</tr></thead>{''.join(bodies)}</table></div>"
    )


def group(title: str, told: str, columns: int, rows: str) -> str:
    """Return rows below the title of their group; `rows` is HTML already."""
    return (
        f'<tbody><tr class="grid-group"><th scope="rowgroup" colspan="{columns}">'
        f"{escaped(title)} <span>{escaped(told)}</span></th></tr>{rows}</tbody>"
    )


def cell(title: str, content: str) -> str:
    """Return a cell, HTML already; its title stands in it where there is no room for columns."""
    if not content:
        return '<td class="grid-nothing"></td>'
    return f'<td data-title="{escaped(title)}">{content}</td>'


def with_counts(choices: Iterable[str], counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return what a filter offers as it is shown and meant, with how many rows it would leave.

    The first takes the filter away; what would leave nothing stands last.
    """
    told = [(f"{one} ({counts.get(one, 0):,})", one) for one in choices]
    return [("", ""), *sorted(told, key=lambda pair: not counts.get(pair[1], 0))]


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: "1 statement", "2 statements"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _turn(words: str, number: int, shown: Cut) -> str:
    off = "" if 1 <= number <= shown.pages else " disabled"
    return f'<button type="button" data-page="{number}"{off}>{words}</button>'
