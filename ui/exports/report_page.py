"""A report as one page to print or send: no script, nothing loaded, nothing of it obeyed; pure."""

from __future__ import annotations

import html
from collections.abc import Iterable

from ui.shared.terminal_text import inert

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere }
h2 { font-size: 1.2rem; margin-top: 2.5rem; border-top: 1px solid; padding-top: 1rem }
h3 { font-size: 1rem }
.about { font-size: .85rem; opacity: .85 }
.remark { border-left: 3px solid; padding-left: .75rem; font-weight: 600 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem;
  border-bottom: 1px solid #8886; overflow-wrap: anywhere }
th.mark, td.mark { width: 9rem }
tr { break-inside: avoid }
.high { font-weight: 700 }
.place { font-size: .8rem; opacity: .8; display: block }
@media print {
  :root { color-scheme: light }
  body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt }
  h2, h3 { break-after: avoid }
  thead { display: table-header-group }
}
@page { margin: 1.5cm; size: A4 landscape }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_page(title: str, body: str) -> str:
    """Return a whole HTML document; `body` is HTML already, the title is not."""
    shown = escaped(title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{shown}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def escaped(text: str) -> str:
    """Return text that HTML shows as written, in elements and in attributes."""
    return html.escape(inert(text), quote=True)


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; titles are text, cells are HTML already; the first column is narrow."""
    head = "".join(f"<th{_mark(at)}>{escaped(title)}</th>" for at, title in enumerate(titles))
    body = "\n".join(
        "<tr>" + "".join(f"<td{_mark(at)}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def remark(text: str) -> str:
    """Return a sentence that a reader should not miss."""
    return f'<p class="remark">{escaped(text)}</p>'


def _mark(at: int) -> str:
    return "" if at else ' class="mark"'
