"""A document is shown as a reader knows it: nothing is lost, and the quote alone is marked."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from assistant.app import Assistant
from corpus.language.sentences import readable
from corpus.parse import parse
from corpus.types import Block, BlockKind, Span
from ui.web.source_view.document_html import DocumentHtml
from ui.web.source_view.inline_runs import inline_runs
from ui.web.source_view.open_source import open_source
from ui.web.source_view.source_parts import source_parts

_BREAKS = {"p", "li", "td", "th", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "div"}


class Shown(HTMLParser):
    """What a reader sees of HTML, and what of it is marked."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.all: list[str] = []
        self.marked: list[str] = []
        self.outlines: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs).get("class") or ""))
        self.outlines.append(tag)
        if tag in _BREAKS:
            self.all.append(" ")
            self.marked.append(" ")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag
        if tag in _BREAKS:
            self.all.append(" ")

    def handle_data(self, data: str) -> None:
        named = {name for _, name in self._open}
        if "source-address" in named or any(tag == "summary" for tag, _ in self._open):
            return
        self.all.append(data)
        if any(tag == "mark" for tag, _ in self._open):
            self.marked.append(data)


def _folded(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


def shown(text: str, cited: str = "", *, markdown: bool = True) -> Shown:
    """Return what is seen of a text with some words of it cited."""
    found = parse(text, markdown=markdown)
    start = found.text.index(cited)
    marked = Span(start, start + len(cited)) if cited else None
    parts = source_parts(found.text, found.sections, found.blocks)
    return Shown(DocumentHtml(found.text, marked).of(parts))


def _quote(text: str, block: Block) -> str:
    """Return a quote as a reader sees it; the pipes of a row are the borders of its cells."""
    if block.kind is BlockKind.CODE:
        return " ".join(text.split())
    return " ".join(readable(text.replace("|", " ") if block.cells else text).split())


def _spans(block: Block) -> set[Span]:
    """Return what of a block may be cited."""
    cells = {one.span for one in block.cells if one.span.start < one.span.end}
    continued = {one.span for one in block.cells if one.continued}
    return {block.span, *block.sentences, *(cells - continued)}


def test_of_every_passage_what_is_marked_is_the_quote(assistant: Assistant) -> None:
    passages = 0
    for document in assistant.documents:
        source = open_source(assistant, document.id)
        parts = source_parts(document.text, source.sections, source.blocks)
        for block in source.blocks:
            for span in sorted(_spans(block)):
                passages += 1
                seen = Shown(DocumentHtml(document.text, span).of(parts))
                assert _folded(seen.marked) == _quote(span.of(document.text), block), span
    assert passages > 500


def test_every_part_of_a_quote_is_marked_wherever_it_is_cut(assistant: Assistant) -> None:
    source = open_source(assistant, "azure-ad-europe")
    text = source.document.text
    parts = source_parts(text, source.sections, source.blocks)
    sentence = next(block.span for block in source.blocks if "**" in block.span.of(text))
    letters = re.sub(r"\W", "", readable(sentence.of(text)))
    for cut in range(sentence.start, sentence.end):
        two = [
            Shown(DocumentHtml(text, span).of(parts))
            for span in (Span(sentence.start, cut), Span(cut, sentence.end))
        ]
        assert "".join(re.sub(r"\W", "", _folded(one.marked)) for one in two) == letters


def test_no_word_of_a_document_is_lost_and_none_is_twice(assistant: Assistant) -> None:
    for document in assistant.documents:
        source = open_source(assistant, document.id)
        parts = source_parts(document.text, source.sections, source.blocks)
        seen = Counter(
            re.findall(
                r"[^\W\d]\w*", _folded(Shown(DocumentHtml(document.text, None).of(parts)).all)
            )
        )
        said = Counter(re.findall(r"[^\W\d]\w*", readable(document.text)))
        assert said - seen == Counter(), document.id
        repeated = seen - said
        # What a blank cell takes over stands in its row too.
        continued = Counter(
            word
            for block in source.blocks
            for cell in block.cells
            if cell.continued
            for word in re.findall(r"[^\W\d]\w*", cell.span.of(document.text))
        )
        announced = Counter(re.findall(r"\[!([A-Z]+)\]", document.text))
        continued += Counter({name.capitalize(): n for name, n in announced.items()})
        assert repeated - continued == Counter(), document.id


def test_headings_lists_tables_and_code_are_what_they_are() -> None:
    seen = shown(
        "# One\n\nText.\n\n## Two\n\n- a\n  - b\n- c\n\n1. x\n2. y\n\n| T | U |\n| - | - |\n"
        "| v | w |\n\n```\n*code*\n```\n\n> [!WARNING]\n> Mind.\n"
    )
    assert _folded(seen.all) == "One Text. Two a b c x y T U v w *code* Warning Mind."
    for tag, count in {
        "h3": 1,
        "h4": 1,
        "ul": 2,
        "ol": 1,
        "li": 5,
        "th": 2,
        "td": 2,
        "pre": 1,
    }.items():
        assert seen.outlines.count(tag) == count, tag


def test_what_is_cited_in_a_title_of_a_column_is_marked() -> None:
    seen = shown("| Where *kept* | For |\n| - | - |\n| Oslo | us |\n", "For")
    assert _folded(seen.marked) == "For"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[go](javascript:alert(1))",
        '[go](https://e.example/"onmouseover="alert(1))',
        "<img src=x onerror=alert(1)>",
        "[a](data:text/html,<script>)",
    ],
)
def test_nothing_that_a_document_holds_is_markup(hostile: str) -> None:
    text = f"Kept in Oslo. {hostile} Then.\n\n| A |\n| - |\n| {hostile} |\n\n- {hostile}\n"
    found = parse(text, markdown=True)
    parts = source_parts(found.text, found.sections, found.blocks)
    markup = DocumentHtml(found.text, None).of(parts)
    tags = set(re.findall(r"<(\w+)", markup))
    assert tags <= {
        "p",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "a",
    }
    assert not re.search(r"<[^>]*\s(?:on\w+|src)=", markup)
    assert all(one.startswith("https://") for one in re.findall(r'href="([^"]*)"', markup))


def test_marks_of_emphasis_are_hidden_together() -> None:
    text = "A ***b*** and **c** and `f * g`."
    runs = inline_runs(text, Span(0, len(text)))
    assert "".join(run.span.of(text) for run in runs) == "A b and c and f * g."
    assert [run.span.of(text) for run in runs if run.strong and run.emphasis] == ["b"]


def test_a_link_shows_its_address_and_gives_nothing_away() -> None:
    found = parse("See [the map](https://e.example/map) and [more](../more.md).\n", markdown=True)
    markup = DocumentHtml(found.text, None).of(
        source_parts(found.text, found.sections, found.blocks)
    )
    assert (
        '<a href="https://e.example/map" target="_blank" rel="noopener noreferrer">the map</a>'
        '<span class="source-address"> (https://e.example/map)</span>'
    ) in markup
    assert markup.count("<a ") == 1
    assert "more<span" in markup
