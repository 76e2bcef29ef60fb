"""What holds for a tenant as one page to print or send: no script, nothing loaded; pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.exports.as_page import escaped
from ui.shared.check_rows import CheckRow, Tally

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
th, td { border-bottom: 1px solid; padding: .3rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
.outcome { font-weight: 600; white-space: nowrap }
.place { font-size: .85rem; opacity: .85 }
@media print { :root { color-scheme: light } body { max-width: none; font-size: 9.5pt }
  tr { break-inside: avoid } }
"""


def check_page(
    title: str, told: Sequence[str], tallies: Sequence[Tally], rows: Sequence[CheckRow]
) -> str:
    """Return a whole HTML document: what was checked, how it ends, and each statement with why."""
    said = "".join(f"<p>{escaped(line)}</p>\n" for line in told)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escaped(title)}</h1>\n{said}{_tally_table(tallies)}{_table(rows)}"
        "</main>\n</body>\n</html>\n"
    )


def _tally_table(tallies: Sequence[Tally]) -> str:
    body = "".join(
        f"<tr><td>{escaped(one.of)}</td><td>{one.holds}</td><td>{one.does_not_hold}</td>"
        f"<td>{one.not_known}</td></tr>\n"
        for one in tallies
    )
    return (
        '<table>\n<tr><th scope="col">service</th><th scope="col">holds</th>'
        '<th scope="col">does not hold</th><th scope="col">not known</th></tr>\n'
        f"{body}</table>\n"
    )


def _table(rows: Sequence[CheckRow]) -> str:
    heads = ("outcome", "statement", "because", "decided by", "where")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    return f"<table>\n<tr>{head}</tr>\n{''.join(map(_line, rows))}</table>\n"


def _line(row: CheckRow) -> str:
    before = f"<br>before: {escaped(row.before)}" if row.before else ""
    return (
        f'<tr><td class="outcome">{escaped(row.outcome)}{before}</td>'
        f"<td>{escaped(row.statement)}</td><td>{escaped('; '.join(row.because))}</td>"
        f"<td>{escaped('; '.join(row.decided_by))}</td>"
        f'<td class="place">{escaped(row.title)}, {row.start} to {row.end}</td></tr>\n'
    )
