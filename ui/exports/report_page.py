"""The one form of pages to print or send: no script, nothing loaded, nothing of it obeyed; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from ui.shared.terminal_text import inert

_STYLE = """
:root { color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171c); --ink: light-dark(#1b2230, #e8ebf0);
  --pale: light-dark(#505a69, #aab3c0); --line: light-dark(#c9ced6, #3d4552);
  --mark: light-dark(#fde68a, #6b5208); --ok: light-dark(#1c6b45, #7fd6a5);
  --warn: light-dark(#8a4b08, #f0bd6a); --bad: light-dark(#a82020, #ff9d94) }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 11pt/1.5 system-ui, sans-serif }
main, footer { max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem }
main.wide, main.wide + footer { max-width: 72rem }
h1, h2, h3 { line-height: 1.3; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; margin: .2rem 0 1rem }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; border-top: 2px solid; padding-top: .8rem }
h3 { font-size: .95rem; margin: 1.3rem 0 .3rem }
a { color: inherit }
.kind { margin: 0; text-transform: uppercase; letter-spacing: .08em; font-size: .8rem }
.kind, .about, .place, .number, .context, dt { color: var(--pale) }
.about, .place, dl, footer { font-size: .85rem; overflow-wrap: anywhere }
.number { font-weight: 400 }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.verdict { font-weight: 600; margin: 0 0 .3rem }
.remark { border-left: 3px solid; padding-left: .75rem; font-weight: 600 }
.place { display: block }
.holds { color: var(--ok) } .not-known, .medium { color: var(--warn) }
.does-not-hold, .high { color: var(--bad) }
.holds, .not-known, .does-not-hold, .high { font-weight: 600 }
blockquote { margin: 0; padding-left: .9rem; border-left: 3px solid; overflow-wrap: anywhere }
.quote { background: var(--mark) }
.gone { font-weight: 600 }
.hash { font-family: ui-monospace, monospace; font-size: .75rem; overflow-wrap: anywhere }
ol.sources { padding: 0; list-style: none }
.sources li { margin-bottom: .75rem; break-inside: avoid }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0 }
dd { margin: 0; overflow-wrap: anywhere }
.exhibit { display: grid; grid-template-columns: 2.2rem 1fr; margin: 1rem 0 }
.exhibit .where { grid-column: 2; font-size: .85rem; margin: .3rem 0 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .9rem }
.wide table { table-layout: fixed }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; overflow-wrap: anywhere;
  border-bottom: 1px solid var(--line) }
.first { min-width: 6rem; overflow-wrap: break-word }
.wide .first { width: 9rem }
footer { border-top: 2px solid; padding-top: .8rem }
@media (max-width: 40rem) { .wide table { table-layout: auto; display: block; overflow-x: auto }
  .wide td { min-width: 7rem } }
@media print {
  :root { color-scheme: light }
  main, main.wide, footer { max-width: none; margin: 0; padding: 0 }
  body { font-size: 10pt }
  main.wide { page: wide; font-size: 9.5pt }
  h2, h3 { break-after: avoid }
  a { text-decoration: none }
  .quote { background: none; font-weight: 600 }
  tr, .exhibit { break-inside: avoid }
  thead { display: table-header-group }
}
@page { margin: 2cm; size: A4; @bottom-right { content: counter(page) " / " counter(pages) } }
@page wide { margin: 1.5cm; size: A4 landscape }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ADDRESS = re.compile(r"https://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)


def report_page(
    title: str, body: str, *, kind: str = "", foot: str = "", is_wide: bool = False
) -> str:
    """Return a whole HTML document; `body` is HTML already, the others are text.

    `kind` says what sort of document it is, above its title; a wide one is of tables and prints
    across.
    """
    shown = escaped(title)
    above = f'<p class="kind">{escaped(kind)}</p>\n' if kind else ""
    named = f"{escaped(kind)}: {shown}" if kind else shown
    across = ' class="wide"' if is_wide else ""
    below = f"<footer>{escaped(foot)}</footer>\n" if foot else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{named}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main{across}>\n"
        f"{above}<h1>{shown}</h1>\n{body}\n</main>\n{below}</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """Return text that HTML shows as written, in elements and in attributes."""
    return html.escape(inert(text), quote=True)


def address(source: str) -> str:
    """Return where something is published, as a link where that is an address of the web."""
    shown = escaped(source)
    if not _ADDRESS.fullmatch(source):
        return shown
    return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; titles are text, cells are HTML already; the first column is narrow."""
    head = "".join(
        f'<th scope="col"{_first(at)}>{escaped(title)}</th>' for at, title in enumerate(titles)
    )
    body = "\n".join(
        "<tr>" + "".join(f"<td{_first(at)}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def details(lines: Iterable[tuple[str, str]]) -> str:
    """Return names and values, a line each."""
    told = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>" for name, value in lines)
    return f"<dl>{told}</dl>"


def remark(text: str) -> str:
    """Return a sentence that a reader should not miss."""
    return f'<p class="remark">{escaped(text)}</p>'


def _first(at: int) -> str:
    return "" if at else ' class="first"'
