"""An evidence pack as one HTML page to read, send or print: no script, nothing loaded; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from ui.evidence.evidence_pack import CitedDocument, Detail, Entry, Exhibit, Pack
from ui.evidence.pack_words import (
    DOCUMENTS,
    GONE,
    HOW_TO_CHECK,
    NO_SOURCES,
    TITLE,
    edition,
    place,
    shown_quote,
)
from ui.shared.terminal_text import inert

_STYLE = """
:root { color-scheme: light }
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #1c1917; background: #fff;
  max-width: 46rem;
  margin: 2.5rem auto; padding: 0 1.25rem }
h1, h2, h3, th, dt, .kind, .verdict { font-family: system-ui, sans-serif }
.kind { text-transform: uppercase; letter-spacing: .08em; font-size: .8rem; margin: 0;
  color: #57534e }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .2rem 0 1rem; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; line-height: 1.35; margin: 2.5rem 0 .5rem;
  border-top: 2px solid #1c1917; padding-top: .8rem;
  overflow-wrap: anywhere }
h2 .number { color: #57534e; font-weight: 400 }
h3 { font-size: .85rem; text-transform: uppercase; letter-spacing: .06em; margin: 1.2rem 0 .3rem;
  color: #57534e }
.verdict { font-weight: 600; font-size: .9rem; margin: 0 0 .3rem }
.said { white-space: pre-wrap; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0;
  font-size: .85rem }
dt { color: #57534e } dd { margin: 0; overflow-wrap: anywhere }
.exhibit { break-inside: avoid; margin: 1rem 0; display: grid; grid-template-columns: 2.2rem 1fr }
.exhibit blockquote { margin: 0; padding-left: .9rem; border-left: 3px solid #1c1917;
  overflow-wrap: anywhere }
.context { color: #57534e } .quote { background: #fef3c7 }
.exhibit .where { grid-column: 2; font-size: .85rem; margin: .3rem 0 0; overflow-wrap: anywhere }
.hash { font-family: ui-monospace, monospace; font-size: .75rem; overflow-wrap: anywhere }
.gone { font-weight: 600 }
table { border-collapse: collapse; width: 100%; font-size: .85rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem;
  border-bottom: 1px solid #a8a29e; overflow-wrap: anywhere }
footer { margin-top: 2.5rem; border-top: 2px solid #1c1917; padding-top: .8rem; font-size: .85rem }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt }
  h2, h3 { break-after: avoid } a { color: inherit; text-decoration: none }
  .quote { background: none; font-weight: 600 } thead { display: table-header-group }
  tr { break-inside: avoid }
}
@page { margin: 2cm; @bottom-right { content: counter(page) " / " counter(pages) } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ADDRESS = re.compile(r"https://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)


def pack_page(pack: Pack) -> str:
    """Return a pack as a whole HTML document."""
    title = _escaped(pack.title)
    body = "\n".join(map(_entry, pack.entries))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="kind">{TITLE}</p>\n<h1>{title}</h1>\n'
        f"{_details((*pack.about, Detail('Made', f'{pack.made:%Y-%m-%d %H:%M} UTC')))}\n"
        f"{body}\n{_documents(pack.documents)}\n</main>\n"
        f"<footer>{_escaped(HOW_TO_CHECK)}</footer>\n</body>\n</html>\n"
    )


def _entry(entry: Entry) -> str:
    answered = entry.answered
    exhibits = "\n".join(map(_exhibit, entry.exhibits))
    sources = f"<h3>What it stands on</h3>\n{exhibits}" if exhibits else f"<p>{NO_SOURCES}</p>"
    receipt = f"<h3>Receipt</h3>\n{_details(answered.receipt)}" if answered.receipt else ""
    return (
        f'<section>\n<h2><span class="number">{_escaped(answered.number)}</span> '
        f'{_escaped(answered.question)}</h2>\n<p class="verdict">{_escaped(answered.verdict)}</p>\n'
        f'<div class="said">{_escaped(answered.text)}</div>\n{sources}\n{receipt}\n</section>'
    )


def _exhibit(one: Exhibit) -> str:
    before = f'<span class="context">{_escaped(shown_quote(one.before))}</span> '
    after = f' <span class="context">{_escaped(shown_quote(one.after))}</span>'
    held = (
        f'<div class="hash">Code points {one.span.start:,} to {one.span.end:,} of the text, '
        f"SHA-256 {one.sha256}</div>"
        if one.sha256
        else f'<div class="gone">{GONE}</div>'
    )
    return (
        f'<div class="exhibit"><div>[{one.marker}]</div><blockquote>{before if one.before else ""}'
        f'<span class="quote">{_escaped(shown_quote(one.quote))}</span>{after if one.after else ""}'
        f'</blockquote><div class="where">{_escaped(place(one))}. {_address(one.source)}{held}'
        "</div></div>"
    )


def _documents(documents: Iterable[CitedDocument]) -> str:
    rows = "".join(
        f"<tr><td>{_escaped(one.title)}<br>{_address(one.source)}</td>"
        f"<td>{_escaped(edition(one.edition))}</td><td>{one.cited}</td>"
        f'<td class="hash">text {one.text_sha256}<br>file {one.file_sha256}</td></tr>'
        for one in documents
    )
    if not rows:
        return ""
    return (
        f"<section>\n<h2>{DOCUMENTS}</h2>\n<table><thead><tr><th>Document</th><th>Edition</th>"
        f"<th>Cited</th><th>SHA-256</th></tr></thead><tbody>{rows}</tbody></table>\n</section>"
    )


def _details(lines: Iterable[Detail]) -> str:
    told = "".join(f"<dt>{_escaped(one.name)}</dt><dd>{_escaped(one.value)}</dd>" for one in lines)
    return f"<dl>{told}</dl>"


def _address(source: str) -> str:
    shown = _escaped(source)
    if not _ADDRESS.fullmatch(source):
        return shown
    return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'


def _escaped(text: str) -> str:
    return html.escape(inert(text), quote=True)
