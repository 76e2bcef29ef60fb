"""AsciiDoc to the reading form, as Asciidoctor shows it to readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.formats.asciidoc.adoc_blocks import HEADING, UNDERLINE, Blocks
from corpus.formats.asciidoc.adoc_inline import RESERVED, Inline
from corpus.formats.asciidoc.adoc_lines import Lines, is_comment
from corpus.formats.asciidoc.adoc_meta import LINE, Meta
from corpus.formats.asciidoc.adoc_source import ENTRY, Attributes, prepared
from corpus.formats.markup.elements import Element, Heading, Item, Items, Paragraph
from corpus.formats.markup.stated_date import stated_date
from corpus.formats.markup.write_elements import write
from corpus.formats.text_file import decode
from corpus.formats.types import Extracted, Unusable, counted

_AUTHOR = re.compile(
    r"[^\W\d_][\w.'’-]*(?:[ ][\w.'’-]+){0,3}(?:[ ]<[^<>\s]+>)?"
    r"(?:;[ ]*[^\W\d_][\w.'’-]*(?:[ ][\w.'’-]+){0,3}(?:[ ]<[^<>\s]+>)?)*"
)
_REVISION = re.compile(
    r"(?:v(?P<version>[\w.-]+)|(?P<number>[\d.]+))?(?(number),|,?)[ ]*(?P<date>[^:]*?)"
    r"(?::[ ]*(?P<remark>.*))?"
)
_DETAILS = (
    ("author", "Author"), ("revnumber", "Version"), ("revdate", "Date"), ("revremark", "Remark"),
)  # fmt: skip
_FRONT_MATTER = re.compile(r"---\n(?:[\w-]+:.*\n|[ \t#-].*\n|\n){1,200}?---\n")


def from_asciidoc(content: bytes) -> Extracted:
    """Return what a page of AsciiDoc says, with the date and title of its attributes."""
    text = RESERVED.sub(" ", decode(content)).replace("\r\n", "\n").replace("\r", "\n")
    left_out: list[tuple[str, str]] = []

    def lose(what: str, example: str) -> None:
        left_out.append((what, example))

    matter = _FRONT_MATTER.match(text)
    source = prepared(text[matter.end() :] if matter else text, lose)
    attributes = Attributes()
    blocks = Blocks(attributes, Inline(attributes, _titles(source), lose), lose)
    try:
        lines = Lines(source)
        elements = [*_header(lines, blocks), *blocks.document(lines)]
        written = write(elements)
    except RecursionError as error:
        raise Unusable("nests its lists too deep", "Simplify or split it") from error
    return Extracted(
        (f"{matter[0]}\n" if matter else "") + written,
        True,
        title=attributes.get("title", ""),
        date=stated_date(attributes),
        left_out=counted(left_out),
    )


def _header(lines: Lines, blocks: Blocks) -> Iterator[Element]:
    """Read the title of the document, and the lines below it that say whose and when it is."""
    title, start = "", lines.place
    while (line := lines.line) is not None:
        below = lines.ahead() or ""
        heading = HEADING.fullmatch(line)
        if entry := ENTRY.fullmatch(line):
            blocks.enter(lines, entry)
        elif not line.strip() or is_comment(line) or LINE.fullmatch(line):
            lines.take()
        elif heading and len(heading["level"]) == 1:
            lines.take()
            title = heading["title"]
            break
        elif UNDERLINE.fullmatch(below) and below[0] == "=" and abs(len(below) - len(line)) < 2:
            lines.place += 2
            title = line
            break
        else:
            break
    if title:
        blocks.attributes["doctitle"] = title
        _details(lines, blocks)
        yield Heading(1, blocks.said(title))
    else:
        # What stands before the first block may say what this is.
        lines.place = start
    items = tuple(
        Item((Paragraph(blocks.said(blocks.attributes[name])),), label)
        for name, label in _DETAILS
        if blocks.attributes.get(name)
    )
    if items:
        yield Items(items)


def _details(lines: Lines, blocks: Blocks) -> None:
    """Read the lines of author and revision, and the attributes among them."""
    has_author = False
    while (line := lines.line) is not None and line.strip():
        if entry := ENTRY.fullmatch(line):
            blocks.enter(lines, entry)
        elif is_comment(line):
            lines.take()
        elif not has_author and _AUTHOR.fullmatch(line):
            has_author = True
            blocks.attributes["author"] = re.sub(r"\s*<[^<>]*>", "", lines.take())
        elif has_author and "revdate" not in blocks.attributes and _revised(line, blocks):
            lines.take()
        else:
            break


def _revised(line: str, blocks: Blocks) -> bool:
    match = _REVISION.fullmatch(line)
    if match is None or not re.search(r"\d", line):
        return False
    for name, value in (
        ("revnumber", match["version"] or match["number"]),
        ("revdate", match["date"]),
        ("revremark", match["remark"]),
    ):
        if value:
            blocks.attributes.setdefault(name, value.strip())
    return True


def _titles(source: list[str]) -> dict[str, str]:
    """Return the titles of sections by their ids, and by themselves."""
    found: dict[str, str] = {}
    meta = Meta()
    for line in source:
        heading = HEADING.fullmatch(line)
        if heading:
            title = heading["title"]
            own = "_" + re.sub(r"[\s.-]+", "_", re.sub(r"[^\w\s.-]", "", title.lower()))
            for name in (*meta.ids, own.rstrip("_"), title.lower()):
                found.setdefault(name, title)
            meta = Meta()
        elif LINE.fullmatch(line):
            meta.read(line)
        elif line.strip() and not is_comment(line):
            meta = Meta()
    return found
