"""The reading form (docs/decisions/0017) to sections and blocks.

markdown-it-py finds the blocks and reports their lines; `cleaning` takes the mark-up out of these
lines; offsets inside a line (after a list marker, of a table cell) are found here, in the source,
and told in the clean text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.language.boxes import first_box
from corpus.language.sentences import readable, split_sentences
from corpus.left_out import counted
from corpus.parse.callouts import announced, is_note
from corpus.parse.clean_text import Clean, Key, Mark, Prose
from corpus.parse.cleaning import clean
from corpus.parse.notes import tied, with_marks
from corpus.parse.pipe_rows import PipeRows
from corpus.parse.structure import Outline, Structure, introducing, line_spans
from corpus.types import BlockKind, Span, trim

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKER = re.compile(r"(?:\s|>|(?:[-+*]|\d{1,9}[.)])(?=\s|$))*")
_ALERT = re.compile(r"\s*\[!\w+\]\s*")
_TIGHT_BULLET = re.compile(r"\s*[-+*](?=\S)(?!\*[^*])")
_FIELD = re.compile(r"^[A-Za-z][\w.-]*:[ \t]+\S")
"""A line of front matter with a name and its value."""
_CONTAINER = re.compile(
    r"[\s>]*:{3,}[ \t]*(?:(?P<kind>note|tab|zone)(?:[ \t]+(?P<label>\S.*?))?)?\s*"
)
_DEFINITION = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_HASHES = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*#{1,6}(?=\s|$)\s*")
_CLOSING_HASHES = re.compile(r"(?:^|\s+)#+\s*$")


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote.index import footnote_def
    from mdit_py_plugins.front_matter import front_matter_plugin

    # What stands within a line is read elsewhere, with offsets. HTML is none of the form: what
    # looks like it is text.
    reader = MarkdownIt("commonmark").enable("table").disable(["inline", "html_block"])
    reader.use(front_matter_plugin)
    reader.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    return reader


def front_matter(text: str) -> str:
    """Return the YAML between the dashes at the top of `text`, empty when there is none."""
    if not text.startswith("---"):
        return ""
    first = next(iter(_reader().parse(text)), None)
    return first.content if first is not None and first.type == "front_matter" else ""


def parse_markdown(text: str, pages: Sequence[int] = ()) -> Structure:
    """Return sections and blocks of a text of the reading form, on what it says without mark-up.

    `pages` are offsets in `text` where pages begin.
    """
    environment: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _reader().parse(text, environment)
    references = {
        label: found["href"] for label, found in environment.get("references", {}).items()
    }
    lines = line_spans(text)
    cleaned = clean(text, _prose(text, lines, tokens), references)
    structure = _Walk(text, lines, cleaned).run(tokens)
    return replace(
        structure,
        pages=tuple(cleaned.at(page) for page in pages),
        left_out=counted(cleaned.left_out),
    )


def _prose(text: str, lines: list[Span], tokens: Sequence[Token]) -> Iterator[Prose]:
    """Return the lines whose mark-up is to be read, each once, in order."""
    line = 0
    for before, token in pairwise(tokens):
        if token.type != "inline" or token.map is None or token.map[0] < line:
            continue
        first, line = token.map
        line = min(line, len(lines))
        span = Span(lines[first].start, lines[line - 1].end)
        container = _CONTAINER.fullmatch(text, span.start, span.end)
        if container:
            yield Prose(span, span.start, hides=_hidden(container))
            continue
        match = _MARKER.match(text, span.start, span.end)
        yield Prose(
            span, match.end() if match else span.start, cells=before.type in ("th_open", "td_open")
        )


def _hidden(container: re.Match[str]) -> Span:
    """Return what of the line of a container is no text: all but its label."""
    end = container.start("label") if container["label"] else container.end()
    return Span(container.start(), end)


@dataclass(frozen=True, slots=True)
class _Container:
    """An open container."""

    note: bool
    labels: int
    """How many labels it brought."""
    around: Span | None
    """Title of the note that it stands in."""
    blocks: int
    """How many blocks stood before it."""


class _Walk:
    """One pass over the tokens of one text."""

    def __init__(self, source: str, lines: list[Span], cleaned: Clean) -> None:
        self.source = source
        self.clean = cleaned
        self.text = cleaned.text
        self.lines = lines
        self.outline = Outline(cleaned.text)
        self.open: list[_Container] = []
        self.notes: list[tuple[Key, Span]] = []
        self.note_starts = sorted(cleaned.notes)
        self.in_note = 0
        self.announced: Span | None = None
        """The word of a paragraph that only announces the next one, in the clean text."""

    def run(self, tokens: Sequence[Token]) -> Structure:
        rest = iter(tokens)
        for token in rest:
            self._block(token, rest)
        self._unannounced()
        while self.open:
            self._close()
        structure = self.outline.finish()
        notes: dict[Key, list[Span]] = {}
        for key, span in sorted(self.notes, key=lambda note: note[1]):
            notes.setdefault(key, []).append(span)
        marks = tied((Mark(self.clean.at(at), key) for at, key in self.clean.marks), notes)
        return replace(structure, blocks=with_marks(structure.blocks, structure.sections, marks))

    def _block(self, token: Token, rest: Iterator[Token]) -> None:
        if token.type not in ("paragraph_open", "inline", "paragraph_close"):
            self._unannounced()
        if token.type == "front_matter":
            self._front_matter(token)
        elif token.type == "heading_open":
            self._heading(token)
        elif token.type == "paragraph_open":
            if not self._container(token):
                self._paragraph(self._prose(token), BlockKind.PARAGRAPH)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._list(token, rest, level=0, lead_in=self.outline.lead_in())
        elif token.type == "table_open":
            self._table(rest)
        elif token.type == "blockquote_open":
            self._quote(rest)
        elif token.type in ("fence", "code_block"):
            self._code(token)
        elif token.type == "footnote_reference_open":
            self._footnote(token, rest)

    def _span(self, token: Token) -> Span:
        """Return the lines of a token in the source."""
        first, last = token.map or (0, 0)
        last = min(last, len(self.lines))
        if first >= last:
            return Span(self.lines[first].start, self.lines[first].start)
        return trim(self.source, Span(self.lines[first].start, self.lines[last - 1].end))

    def _prose(self, token: Token) -> Span:
        """Return the words of a token in the source, without marks of lists, quotes and notes."""
        span = self._span(token)
        match = _MARKER.match(self.source, span.start, span.end)
        start = match.end() if match else span.start
        if self.in_note and (definition := _DEFINITION.match(self.source, start, span.end)):
            start = definition.end()
        return Span(start, span.end)

    def _front_matter(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        for line in map(self.clean.span, self.lines[first:last]):
            if _FIELD.match(line.of(self.text)):
                self.outline.add(BlockKind.FIELD, line, sentences=(trim(self.text, line),))

    def _heading(self, opening: Token) -> None:
        title = readable(self.clean.span(self._heading_words(opening)).of(self.text))
        level, start = int(opening.tag[1]), self._span(opening).start
        self.outline.open_section(title, level, self.clean.at(start))

    def _heading_words(self, opening: Token) -> Span:
        """Return what a heading says, in the source."""
        span = self._span(opening)
        start, end = span
        if opening.markup.startswith("#"):
            opens = _HASHES.match(self.source, span.start, span.end)
            start = opens.end() if opens else start
            closes = _CLOSING_HASHES.search(self.source, start, span.end)
            end = closes.start() if closes else end
        else:
            # The last line is the rule below it.
            end = self.lines[min(opening.map[1] if opening.map else 1, len(self.lines)) - 1].start
        return Span(start, max(start, end))

    def _inner_heading(self, opening: Token) -> None:
        """A heading within a list or a quotation opens no section, but says something."""
        span = self.clean.span(self._heading_words(opening))
        self.outline.add(BlockKind.PARAGRAPH, span, sentences=split_sentences(self.text, span))

    def _container(self, token: Token) -> bool:
        """Take the line that opens or closes a container; tell whether it was one."""
        span = self._span(token)
        match = _CONTAINER.fullmatch(self.source, span.start, span.end)
        if match is None:
            return False
        self._unannounced()
        if match["kind"]:
            label = trim(self.text, self.clean.span(Span(*match.span("label"))))
            labels = [label] if match["label"] and label.start < label.end else []
            note = match["kind"] == "note"
            self.open.append(
                _Container(
                    note, 0 if note else len(labels), self.outline.note_title,
                    len(self.outline.blocks),
                )
            )  # fmt: skip
            if note:
                self.outline.note_title = labels[0] if labels else None
            else:
                self.outline.under.extend(labels)
        elif self.open:
            self._close()
        return True

    def _close(self) -> None:
        """End the innermost container; where it holds nothing its label is all that it says."""
        closed = self.open.pop()
        under = self.outline.under
        labels = under[len(under) - closed.labels :]
        del under[len(under) - closed.labels :]
        if closed.note and self.outline.note_title:
            labels = [self.outline.note_title]
        self.outline.note_title = closed.around
        if len(self.outline.blocks) == closed.blocks:
            for label in labels:
                self.outline.add(BlockKind.PARAGRAPH, label, sentences=(label,))

    def _unannounced(self) -> None:
        """Where no paragraph follows the word that announces one, it is text itself."""
        if self.announced is not None:
            word, self.announced = self.announced, None
            self.outline.add(BlockKind.PARAGRAPH, word, sentences=(word,))

    def _footnote(self, opening: Token, rest: Iterator[Token]) -> None:
        number = len(self.outline.blocks)
        self.in_note += 1
        for token in rest:
            if token.type == "footnote_reference_close":
                break
            self._block(token, rest)
        self.in_note -= 1
        blocks = self.outline.blocks[number:]
        if blocks:
            span = Span(blocks[0].span.start, blocks[-1].span.end)
            self.notes.append((("[", opening.meta["label"]), span))

    def _paragraph(self, source: Span, kind: BlockKind) -> None:
        lines = [line for line in self._lines_of(source) if line.of(self.source).strip()]
        if lines and all(_TIGHT_BULLET.match(line.of(self.source)) for line in lines):
            self._tight_bullets(lines)
            return
        for part in self._notes_of(source):
            self._said(part, kind)

    def _said(self, source: Span, kind: BlockKind) -> None:
        """Add what a paragraph says, or one of the notes that it consists of."""
        word, source = self._announced(source)
        if source.start >= source.end:
            return
        span, checked = self._boxed(source)
        key = self.clean.notes.get(source.start)
        if word or key or self.in_note or any(container.note for container in self.open):
            kind = BlockKind.NOTE
        if kind is BlockKind.PARAGRAPH and is_note(self.source, span):
            kind = BlockKind.NOTE
        span = self.clean.span(span)
        number = len(self.outline.blocks)
        sentences = split_sentences(self.text, span)
        around = self.outline.note_title
        self.outline.note_title = word[0] if word else around
        self.outline.add(kind, span, sentences=sentences, checked=checked)
        self.outline.note_title = around
        if key and len(self.outline.blocks) > number:
            self.notes.append((key, self.outline.blocks[-1].span))

    def _notes_of(self, source: Span) -> list[Span]:
        """Return a paragraph as the notes that begin in its lines, else whole."""
        if source.start not in self.clean.notes:
            return [source]
        first = bisect_left(self.note_starts, source.start)
        last = bisect_left(self.note_starts, source.end)
        return [Span(*pair) for pair in pairwise([*self.note_starts[first:last], source.end])]

    def _announced(self, source: Span) -> tuple[list[Span], Span]:
        """Return the word that announces a paragraph, if one does, and what it announces."""
        found = announced(self.source, source)
        if found is None:
            word, self.announced = self.announced, None
            return [word] if word else [], source
        self._unannounced()
        word = self.clean.span(found[0])
        lead = _MARKER.match(self.source, found[1], source.end)
        start = lead.end() if lead else found[1]
        if start < source.end:
            return [word], Span(start, source.end)
        self.announced = word
        return [], Span(source.end, source.end)

    def _lines_of(self, span: Span) -> list[Span]:
        first = bisect_right(self.lines, span.start, key=lambda line: line.end)
        last = bisect_left(self.lines, span.end, key=lambda line: line.start)
        return self.lines[first:last]

    def _boxed(self, source: Span) -> tuple[Span, bool | None]:
        """Return words without the box that they begin with, and whether it is ticked."""
        box = first_box(self.source, source.start, source.end)
        return (Span(box.end, source.end), box.ticked) if box else (source, None)

    def _tight_bullets(self, lines: list[Span]) -> None:
        """Lines that a writer meant as bullets but for the space after the mark."""
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        for line in lines:
            match = _TIGHT_BULLET.match(line.of(self.source))
            span = Span(line.start + (match.end() if match else 0), line.end)
            self.outline.add_item(self.clean.span(span), BlockKind.ITEM, lead_in, 0, None, group)

    def _list(
        self, opening: Token, tokens: Iterator[Token], *, level: int, lead_in: Span | None
    ) -> None:
        kind = BlockKind.ITEM if opening.type == "bullet_list_open" else BlockKind.STEP
        ordinal = int(opening.attrGet("start") or 1) - 1
        group = self.outline.new_group()
        begun, around = len(self.outline.blocks), len(self.open)
        for token in tokens:
            if token.type == opening.type.replace("open", "close"):
                return
            if token.type == "list_item_open":
                ordinal += 1
                begun, around = len(self.outline.blocks), len(self.open)
            elif token.type == "paragraph_open":
                if self._container(token):
                    continue
                further = len(self.outline.blocks) > begun
                if further and self._is_note(self._prose(token), around):
                    self._paragraph(self._prose(token), BlockKind.PARAGRAPH)
                else:
                    number = ordinal if kind is BlockKind.STEP else None
                    self._item(token, kind, lead_in, level, number, group)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                inner = self.outline.blocks[-1].sentences if self.outline.blocks else ()
                above = introducing(inner[-1]) if inner else lead_in
                self._list(token, tokens, level=level + 1, lead_in=above)
            elif token.type == "heading_open":
                self._inner_heading(token)
            else:
                self._block(token, tokens)

    def _is_note(self, source: Span, around: int) -> bool:
        """Tell whether a further paragraph of an item is a note to it."""
        if self.announced or any(container.note for container in self.open[around:]):
            return True
        return bool(announced(self.source, source)) or is_note(self.source, source)

    def _item(
        self, token: Token, kind: BlockKind, lead_in: Span | None, level: int,
        number: int | None, group: int,
    ) -> None:  # fmt: skip
        source = self._prose(token)
        self._unannounced()
        span, checked = self._boxed(source)
        before = len(self.outline.blocks)
        self.outline.add_item(self.clean.span(span), kind, lead_in, level, number, group, checked)
        key = self.clean.notes.get(source.start)
        if key and len(self.outline.blocks) > before:
            self.notes.append((key, self.outline.blocks[-1].span))

    def _quote(self, tokens: Iterator[Token]) -> None:
        for token in tokens:
            if token.type == "blockquote_close":
                return
            if token.type == "paragraph_open":
                if not self._container(token):
                    self._quoted(self._prose(token))
            elif token.type == "heading_open":
                self._inner_heading(token)
            else:
                self._block(token, tokens)

    def _quoted(self, span: Span) -> None:
        alert = _ALERT.match(self.source, span.start, span.end)
        start = alert.end() if alert else span.start
        inner = _MARKER.match(self.source, start, span.end)
        self._paragraph(Span(inner.end() if inner else start, span.end), BlockKind.NOTE)

    def _code(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        if token.type == "fence":
            first += 1
            closed = last - 1 < len(self.lines) and re.match(
                r"[\s>]*(`{3,}|~{3,})\s*$", self.lines[last - 1].of(self.source)
            )
            last -= 1 if closed and last - 1 >= first else 0
        last = min(last, len(self.lines))
        if first < last:
            span = Span(self.lines[first].start, self.lines[last - 1].end)
            self.outline.add(BlockKind.CODE, self.clean.span(span), lead_in=self.outline.lead_in())

    def _table(self, tokens: Iterator[Token]) -> None:
        rows = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open" and token.map is not None:
                rows.append(self.lines[token.map[0]])
        if rows:
            PipeRows(self.source, self.clean, self.outline).add(rows)
