"""An evidence pack as one HTML page to read, send or print: no script, nothing loaded; pure."""

from __future__ import annotations

from collections.abc import Iterable

from ui.evidence.evidence_pack import CheckedTenant, CitedDocument, Detail, Entry, Exhibit, Pack
from ui.evidence.pack_words import (
    CHECK,
    DOCUMENTS,
    GONE,
    HOW_TO_CHECK,
    NO_SOURCES,
    TITLE,
    edition,
    place,
    shown_quote,
)
from ui.exports.check_page import tally_table
from ui.exports.report_page import address, details, escaped, report_page, table


def pack_page(pack: Pack) -> str:
    """Return a pack as a whole HTML document."""
    about = details((*pack.about, Detail("Made", f"{pack.made:%Y-%m-%d %H:%M} UTC")))
    parts = (
        about, *map(_entry, pack.entries), *map(_check, pack.checks), _documents(pack.documents),
    )  # fmt: skip
    return report_page(pack.title, "\n".join(parts), kind=TITLE, foot=HOW_TO_CHECK)


def _entry(entry: Entry) -> str:
    answered = entry.answered
    exhibits = "\n".join(map(_exhibit, entry.exhibits))
    sources = f"<h3>What it stands on</h3>\n{exhibits}" if exhibits else f"<p>{NO_SOURCES}</p>"
    receipt = f"<h3>Receipt</h3>\n{details(answered.receipt)}" if answered.receipt else ""
    return (
        f'<section>\n<h2><span class="number">{escaped(answered.number)}</span> '
        f'{escaped(answered.question)}</h2>\n<p class="verdict">{escaped(answered.verdict)}</p>\n'
        f'<div class="text">{escaped(answered.text)}</div>\n{sources}\n{receipt}\n</section>'
    )


def _exhibit(one: Exhibit) -> str:
    before = f'<span class="context">{escaped(shown_quote(one.before))}</span> '
    after = f' <span class="context">{escaped(shown_quote(one.after))}</span>'
    held = (
        f'<div class="hash">Code points {one.span.start:,} to {one.span.end:,} of the text, '
        f"SHA-256 {one.sha256}</div>"
        if one.sha256
        else f'<div class="gone">{GONE}</div>'
    )
    return (
        f'<div class="exhibit"><div>[{one.marker}]</div><blockquote>{before if one.before else ""}'
        f'<span class="quote">{escaped(shown_quote(one.quote))}</span>{after if one.after else ""}'
        f'</blockquote><div class="where">{escaped(place(one))}. {address(one.source)}{held}'
        "</div></div>"
    )


def _check(checked: CheckedTenant) -> str:
    """Return what holds for a tenant: how it ends, and each statement verbatim with why."""
    rows = (
        (
            f'<span class="{_mark(one.outcome)}">{escaped(one.outcome)}</span>',
            f"{escaped(shown_quote(one.quote))}"
            f'<span class="place">{escaped(one.title)}, {escaped(edition(one.edition))}, '
            f"code points {one.span.start:,} to {one.span.end:,}</span>",
            f"{escaped('; '.join(one.because))}"
            f'<span class="place">{escaped(", ".join(one.decided_by))}</span>',
        )
        for one in checked.statements
    )
    said = "".join(f"<p>{escaped(line)}</p>\n" for line in checked.told)
    titles = ("Outcome", "Statement", "Decided by")
    return (
        f'<section>\n<h2><span class="number">{CHECK}</span> {escaped(checked.name)}</h2>\n'
        f"{details(checked.said)}\n{said}{tally_table(checked.tallies)}\n"
        f"{table(titles, rows)}\n</section>"
    )


def _mark(outcome: str) -> str:
    return escaped(outcome.replace(" ", "-"))


def _documents(documents: Iterable[CitedDocument]) -> str:
    rows = [
        (
            f"{escaped(one.title)}<br>{address(one.source)}", escaped(edition(one.edition)),
            str(one.cited),
            f'<span class="hash">text {one.text_sha256}<br>file {one.file_sha256}</span>',
        )
        for one in documents
    ]  # fmt: skip
    if not rows:
        return ""
    titles = ("Document", "Edition", "Cited", "SHA-256")
    return f"<section>\n<h2>{DOCUMENTS}</h2>\n{table(titles, rows)}\n</section>"
