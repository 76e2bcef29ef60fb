"""Parts of a document as inert HTML, with one span of the text marked; pure.

What is marked is what the span covers of what a reader sees: the characters between its two ends,
and none beside them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from corpus.types import Block, Cell, Span
from ui.shared.terminal_text import inert
from ui.web.source_view.inline_runs import Run, inline_runs
from ui.web.source_view.source_parts import Part, PartKind

CITED = "cited"
"""Id of the first marked piece."""
_DEEPEST = 6
_LIVE = re.compile(r"(?:https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_NO_SPAN = Span(-1, -1)


def plain(text: str) -> str:
    """Return text that HTML shows as written, in elements and in attributes in double quotes."""
    return html.escape(inert(text.replace("\r\n", "\n").replace("\r", "\n")), quote=True)


class DocumentHtml:
    """Writes parts of one text; a part that lies in the marked span is marked."""

    def __init__(self, text: str, marked: Span | None, target: int | None = None) -> None:
        """`target` is an offset where the reader is led instead of to what is marked."""
        self._text = text
        self._target = target
        self._marked = marked or _NO_SPAN
        self._is_first = target is None
        self._lists: list[str] = []
        """Tags of the lists that are open, the outermost first."""

    def of(self, parts: Iterable[Part]) -> str:
        """Return parts as HTML, in order."""
        written: list[str] = []
        for _, group in groupby(parts, key=_together):
            own = list(group)
            if own[0].kind is not PartKind.ITEM:
                written += self._out_of(0)
            written += [self._anchor(own[-1].span.end), *self._group(own)]
        return "".join([*written, *self._out_of(0)])

    def _anchor(self, end: int) -> str:
        """Return where the reader is led, ahead of the first parts that reach beyond it."""
        if self._target is None or end <= self._target:
            return ""
        self._target = None
        return f'<span id="{CITED}" tabindex="-1"></span>'

    def _group(self, parts: Sequence[Part]) -> Iterator[str]:
        kind = parts[0].kind
        if kind is PartKind.FIELD:
            yield self._fields(parts)
        elif kind is PartKind.ROW or (kind is PartKind.LABEL and _is_row(parts[0])):
            yield self._table(parts)
        elif kind is PartKind.NOTE:
            yield self._note(parts)
        elif kind is PartKind.ITEM:
            for part in parts:
                yield from self._item(part)
        else:
            for part in parts:
                yield self._alone(part)

    def _alone(self, part: Part) -> str:
        if part.kind is PartKind.HEADING:
            tag = f"h{min(part.level + 2, _DEEPEST)}"
            return f"<{tag}>{self._words(part.span)}</{tag}>"
        if part.kind is PartKind.CODE:
            return f'<pre tabindex="0"><code>{self._run(Run(part.span))}</code></pre>'
        if part.kind is PartKind.LABEL:
            return f'<p class="source-label">{self._words(part.span)}</p>'
        title = ' class="source-note-title"' if part.kind is PartKind.NOTE and part.level else ""
        return f"<p{title}>{_box(part.block)}{self._words(part.span)}</p>"

    def _fields(self, parts: Sequence[Part]) -> str:
        opened = " open" if any(self._touches(part.span) for part in parts) else ""
        lines = "".join(f"<p>{self._words(part.span)}</p>" for part in parts)
        return (
            f'<details class="source-fields"{opened}><summary>What the page says of itself'
            f"</summary>{lines}</details>"
        )

    def _note(self, parts: Sequence[Part]) -> str:
        block = parts[0].block
        title = (
            f'<p class="source-note-title">{plain(parts[0].title)}</p>' if parts[0].title else ""
        )
        if block and block.note_title:
            title = f'<p class="source-note-title">{self._words(block.note_title)}</p>'
        return (
            f'<div class="source-note" role="note">{title}{"".join(map(self._alone, parts))}</div>'
        )

    def _item(self, part: Part) -> Iterator[str]:
        block = part.block
        number = block.ordinal if block else None
        tag = "ul" if number is None else "ol"
        depth = part.level + 1
        if not part.begins and len(self._lists) == depth:
            yield f"<p>{self._words(part.span)}</p>"
            return
        yield from self._out_of(depth)
        if len(self._lists) == depth:
            yield "</li>" if self._lists[-1] == tag else f"</li></{self._lists.pop()}>"
        while len(self._lists) < depth:
            self._lists.append(tag)
            # A level that is left out has an item of its own.
            yield f"<{tag}>" if len(self._lists) == depth else f'<{tag}><li class="source-bare">'
        value = f' value="{number}"' if number is not None else ""
        yield f"<li{value}>{_box(block)}{self._words(part.span)}"

    def _out_of(self, depth: int) -> Iterator[str]:
        """Yield what closes the lists that lie deeper."""
        while len(self._lists) > depth:
            yield f"</li></{self._lists.pop()}>"

    def _table(self, parts: Sequence[Part]) -> str:
        first = next((one.block for one in parts if one.block), None)
        width = len(first.cells) if first else 1
        rows = "".join(
            self._row(one.block)
            if one.kind is PartKind.ROW and one.block
            else f'<tr><th scope="rowgroup" colspan="{width}">{self._words(one.span)}</th></tr>'
            for one in parts
        )
        head = self._titles(first) if first else ""
        return (
            '<div class="source-table" tabindex="0" role="region" aria-label="Table"><table>'
            f"{head}<tbody>{rows}</tbody></table></div>"
        )

    def _titles(self, block: Block) -> str:
        if not any(cell.header for cell in block.cells):
            return ""
        cells = "".join(f'<th scope="col">{one}</th>' for one in self._headers(block))
        return f"<thead><tr>{cells}</tr></thead>"

    def _headers(self, block: Block) -> list[str]:
        """Return the titles of columns: as they stand in the text, where they can be found."""
        spans = _title_spans(self._text, block.titles, block.cells)
        if spans is not None:
            return [self._words(one) for one in spans]
        marked = block.titles is not None and self._touches(block.titles)
        return [self._mark(plain(one.header)) if marked else plain(one.header)
                for one in block.cells]  # fmt: skip

    def _row(self, block: Block) -> str:
        if not block.cells:
            return f"<tr><td>{self._words(block.span)}</td></tr>"
        return f"<tr>{''.join(map(self._cell, block.cells))}</tr>"

    def _cell(self, cell: Cell) -> str:
        if cell.continued:
            # It stands in the row above; a reader of this one sees it in pale.
            return f'<td class="source-continued">{plain(cell.span.of(self._text))}</td>'
        return f"<td>{self._words(cell.span)}</td>"

    def _words(self, span: Span) -> str:
        return "".join(self._linked(self._text, span))

    def _linked(self, text: str, span: Span) -> Iterator[str]:
        """Yield runs, those of one link within it and its address after them."""
        for address, group in groupby(inline_runs(text, span), key=lambda run: run.address):
            shown = "".join(map(self._run, group))
            yield _link(shown, address) if address else shown

    def _run(self, run: Run) -> str:
        """Return a run with the marked part of it marked."""
        start, end = run.span
        first = min(max(self._marked.start, start), end)
        last = min(max(self._marked.end, first), end)
        before, within, after = (
            plain(Span(*pair).of(self._text))
            for pair in ((start, first), (first, last), (last, end))
        )
        shown = before + (self._mark(within) if within else "") + after
        for wanted, tag in ((run.code, "code"), (run.emphasis, "em"), (run.strong, "strong")):
            shown = f"<{tag}>{shown}</{tag}>" if wanted else shown
        return shown

    def _mark(self, shown: str) -> str:
        own = f' id="{CITED}" tabindex="-1"' if self._is_first else ""
        self._is_first = False
        return f"<mark{own}>{shown}</mark>"

    def _touches(self, span: Span) -> bool:
        return self._marked.start < span.end and span.start < self._marked.end


def _together(part: Part) -> tuple[object, ...]:
    """Return what is equal for neighbours that are written as one."""
    block = part.block
    if part.kind is PartKind.ROW or (part.kind is PartKind.LABEL and _is_row(part)):
        return ("rows", block.group if block else -1)
    if part.kind is PartKind.NOTE:
        return (part.kind, block.note_title if block else None, part.title)
    return (part.kind,)


def _is_row(part: Part) -> bool:
    """Tell whether a label heads rows of a table."""
    return part.block is not None and bool(part.block.cells)


def _box(block: Block | None) -> str:
    if block is None or block.checked is None:
        return ""
    return f'<span role="img" aria-label="{"ticked" if block.checked else "not ticked"}">' + (
        "☑</span> " if block.checked else "☐</span> "
    )


def _link(shown: str, address: str) -> str:
    """Return a link with its address behind it; one that leads into another folder of its
    publisher's is told and leads nowhere.
    """
    told = f'<span class="source-address"> ({plain(address)})</span>'
    if not _LIVE.fullmatch(address):
        return f"{shown}{told}"
    return f'<a href="{plain(address)}" target="_blank" rel="noopener noreferrer">{shown}</a>{told}'


def _title_spans(text: str, titles: Span | None, cells: Sequence[Cell]) -> list[Span] | None:
    """Return where the titles of columns stand in their line; None where they cannot be told."""
    if titles is None:
        return None
    found, at = [], titles.start
    for cell in cells:
        start = text.find(cell.header, at, titles.end)
        if start < 0:
            return _between_pipes(text, titles, len(cells))
        at = start + len(cell.header)
        found.append(Span(start, at))
    return found


def _between_pipes(text: str, titles: Span, count: int) -> list[Span] | None:
    line = titles.of(text)
    ends = [-1, *(match.start() for match in _PIPE.finditer(line)), len(line)]
    spans = [
        Span(titles.start + before + 1, titles.start + after) for before, after in pairwise(ends)
    ]
    if spans and not spans[0].of(text).strip():
        spans = spans[1:]
    if len(spans) > count and not spans[-1].of(text).strip():
        spans = spans[:-1]
    return spans if len(spans) == count else None
