"""A page of a document as it is printed, with the cited passage marked on it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

from corpus.errors import DocumentError
from corpus.formats import Picture, PrintedAt, picture
from corpus.types import Span
from ui.shared.telling.without_paths import told
from ui.web.source_view.document_html import CITED, plain
from ui.web.source_view.open_source import Source

_SUFFIX = ".pdf"


def is_printed(source: Source) -> bool:
    """Tell whether a document has pages that can be drawn."""
    file = source.file
    return file is not None and file.suffix.lower() == _SUFFIX and file.is_file()


def printed_html(source: Source, cited: Span) -> str:
    """Return the page that a span begins on; why it cannot be shown, with the text, where not."""
    document, quote = source.document, cited.of(source.document.text)
    number = document.page(cited.start) or 1
    try:
        drawn = picture(document.about.title, _own_file(source), number, quote)
    except (DocumentError, OSError) as error:
        return (
            f'<p class="trouble" role="alert">{plain(told(str(error)))}.</p>'
            f'<blockquote id="{CITED}" tabindex="-1" class="source-quote">{plain(quote)}'
            "</blockquote>"
        )
    data = b64encode(drawn.png).decode("ascii")
    return (
        f"{_told(drawn, quote)}"
        f'<div class="source-sheet"><img src="data:image/png;base64,{data}" '
        f'width="{drawn.width}" height="{drawn.height}" '
        f'alt="Page {number} of {plain(document.about.title)}">'
        f"{''.join(_mark(one, n) for n, one in enumerate(drawn.marks))}</div>"
    )


def _own_file(source: Source) -> bytes:
    """Return the file that a document was read from; raise DocumentError where it changed."""
    file = source.file or Path()
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != source.document.sha256:
        raise DocumentError(file.name, "is not the file that was indexed",
                            "Build the index anew, or read the plain text")  # fmt: skip
    return content


def _told(drawn: Picture, quote: str) -> str:
    """Return the passage in words, for those who do not see the picture."""
    if not quote:
        return ""
    where = "marked below" if drawn.marks else "on this page; where, could not be told"
    own = "" if drawn.marks else f' id="{CITED}" tabindex="-1"'
    return (
        f'<details class="source-quoted"><summary{own}>The passage is {where}</summary>'
        f'<blockquote class="source-quote">{plain(quote)}</blockquote></details>'
    )


def _mark(box: PrintedAt, number: int) -> str:
    own = (
        f' id="{CITED}" tabindex="-1" role="img" aria-label="The cited passage"'
        if not number
        else ""
    )
    place = (
        f"left:{box.left:.3%};top:{box.top:.3%};width:{box.right - box.left:.3%};"
        f"height:{box.bottom - box.top:.3%}"
    )
    return f'<span class="source-hit"{own} style="{place}"></span>'
