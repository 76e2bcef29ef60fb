"""Blocks of AsciiDoc to elements of a document."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.formats.asciidoc.adoc_inline import Inline
from corpus.formats.asciidoc.adoc_lines import DELIMITERS, Lines, find_marker, is_comment
from corpus.formats.asciidoc.adoc_lists import ListReader
from corpus.formats.asciidoc.adoc_meta import LINE, TITLE, Meta
from corpus.formats.asciidoc.adoc_source import CLOSES, ENTRY, OPENS, Attributes, Lose
from corpus.formats.asciidoc.adoc_table import DELIMITER, read_table
from corpus.formats.markdown_writer import BREAK
from corpus.formats.markup import embedded_html
from corpus.formats.markup.elements import (
    Code,
    Container,
    Element,
    Heading,
    Items,
    Paragraph,
    Quote,
    Written,
)
from corpus.formats.markup.marked_text import bold
from corpus.formats.types import Unusable

HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<title>\S.*?)(?:[ \t]+(?P=level))?")
UNDERLINE = re.compile(r"={2,}|-{2,}|~{2,}|\^{2,}|\+{2,}")
_LEVELS = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
_RULE = re.compile(r"'{3,}|<{3,}|-{3}|\*{3}|-[ ]-[ ]-|\*[ ]\*[ ]\*")
_MACRO = re.compile(r"(?P<name>[A-Za-z][\w-]*)::(?P<target>\S*?)\[(?P<text>.*)\]")
_ADMONITION = re.compile(r"(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?P<text>\S.*)")
_KINDS = frozenset(("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"))
_CALLOUT = re.compile(r"(?:[ \t]*(?://|#|--|;;|%)?[ \t]*<(?:!--)?(?:\d{1,3}|\.)(?:--)?>)+$")
_CALLOUT_NUMBER = re.compile(r"<(?:!--)?(\d{1,3}|\.)(?:--)?>")
_FENCE = re.compile(r"`{3,}(?P<language>[\w+#. -]{0,40})")
_DIAGRAMS = frozenset(
    ("mermaid", "plantuml", "graphviz", "ditaa", "blockdiag", "seqdiag", "vega", "vegalite",
     "bytefield", "nomnoml", "svgbob", "wavedrom", "d2", "structurizr", "erd", "dot", "pikchr")
)  # fmt: skip
_FORMULAS = frozenset(("stem", "latexmath", "asciimath"))
_UNSEEN_MACROS = frozenset(("toc", "toclevels", "ifeval", "endif"))
_PICTURES = frozenset(("image", "video", "audio", "icon"))
_SENTENCE_END = (".", "!", "?", ":")
_DEEPEST = 60
"""Of blocks within blocks."""


class Blocks:
    """Reads the blocks of one document."""

    def __init__(self, attributes: Attributes, inline: Inline, lose: Lose) -> None:
        self.attributes = attributes
        self._inline = inline
        self._lose = lose
        self._depth = 0
        self._in_list = False
        """Whether a paragraph ends where the next member of a list begins."""

    def document(self, lines: Lines) -> list[Element]:
        """Return all elements; footnotes stand behind the block that has their marks."""
        found: list[Element] = []
        while lines.line is not None:
            found.extend(self.block(lines))
            found.extend(self._inline.notes)
            self._inline.notes.clear()
        return found

    def attached(self, lines: Lines) -> list[Element]:
        """Return the next block, which is attached to a member of a list."""
        outside, self._in_list = self._in_list, True
        found = self.block(lines)
        self._in_list = outside
        return found

    def blocks(self, lines: list[str]) -> tuple[Element, ...]:
        """Return the elements of a part of the document."""
        self._depth += 1
        outside, self._in_list = self._in_list, False
        if self._depth > _DEEPEST:
            raise Unusable("nests its blocks too deep", "Simplify or split it")
        rest, found = Lines(lines), []
        while rest.line is not None:
            found.extend(self.block(rest))
        self._depth -= 1
        self._in_list = outside
        return tuple(found)

    def said(self, text: str, meta: Meta | None = None) -> str:
        """Return the text of a paragraph in the reading form."""
        hard = "hardbreaks-option" in self.attributes or "hardbreaks" in self.attributes
        hard = hard or (meta is not None and "hardbreaks" in meta.options)
        return self._inline.text(text, hard_breaks=hard)

    def block(self, lines: Lines) -> list[Element]:
        """Return the elements of the next block, none where there is only what nobody sees."""
        meta = Meta()
        while (line := lines.line) is not None:
            if not line.strip() or is_comment(line) or line.startswith(CLOSES):
                lines.take()
            elif re.fullmatch(r"/{4,}", line):
                lines.take()
                lines.until(line)
            elif entry := ENTRY.fullmatch(line):
                self.enter(lines, entry)
            elif LINE.fullmatch(line):
                meta.read(self.attributes.filled(lines.take()))
            elif title := TITLE.fullmatch(line):
                lines.take()
                meta.title = title[1]
            else:
                return self._content(line, lines, meta)
        return []

    def enter(self, lines: Lines, entry: re.Match[str]) -> None:
        """Take an attribute entry, whose value may go on over lines."""
        text = lines.take()
        while text.endswith(" \\") and lines.line is not None:
            text = (
                f"{text.removesuffix(chr(92)).rstrip().removesuffix(' +')} {lines.take().strip()}"
            )
        self.attributes.enter(ENTRY.fullmatch(text) or entry)

    def _content(self, line: str, lines: Lines, meta: Meta) -> list[Element]:
        found: list[Element] = []
        if line.startswith(OPENS):
            found = self._region(lines, meta)
        elif meta.style == "comment":
            self._unseen(line, lines)
        elif heading := HEADING.fullmatch(line):
            lines.take()
            found = [Heading(len(heading["level"]), self.said(heading["title"]))]
        elif DELIMITERS.fullmatch(line):
            found = self._delimited(lines, meta)
        elif _RULE.fullmatch(line):
            lines.take()
        elif macro := _MACRO.fullmatch(line):
            lines.take()
            found = self._macro(macro, meta)
        elif under := _underlined(line, lines.ahead()):
            lines.place += 2
            found = [Heading(under, self.said(line.strip()))]
        else:
            found = [*self._titled(meta), *self._words(line, lines, meta)]
        return found

    def _words(self, line: str, lines: Lines, meta: Meta) -> list[Element]:
        if marker := find_marker(line):
            return [ListReader(self, lines).read(marker, start=meta.named.get("start", ""))]
        if line[0] in " \t":
            return [Code(_dedented(self._lines_as_they_are(lines)))]
        return self._paragraph(lines, meta)

    def _titled(self, meta: Meta) -> list[Element]:
        return [Paragraph(bold(self.said(meta.title)))] if meta.title else []

    def _unseen(self, line: str, lines: Lines) -> None:
        lines.take()
        if DELIMITERS.fullmatch(line):
            lines.until(line)
        else:
            self._lines_as_they_are(lines)

    def _lines_as_they_are(self, lines: Lines) -> list[str]:
        found = []
        while (line := lines.line) is not None and line.strip() and line != "+":
            if not line.startswith((OPENS, CLOSES)):
                found.append(line)
            lines.take()
        return found

    def _region(self, lines: Lines, meta: Meta) -> list[Element]:
        """Read text under a condition: blocks, or a paragraph that differs by it."""
        start = lines.place
        label = (lines.line or "")[len(OPENS) :]
        inside = lines.region()
        plain = lines.line is not None and self._goes_on(lines.line)
        if plain and inside and not any(map(self._is_structure, inside)):
            lines.place = start
            return self._paragraph(lines, meta)
        found = self.blocks(inside)
        return [*self._titled(meta), Container("zone", label, found)] if found else []

    def _is_structure(self, line: str) -> bool:
        """Tell whether a line is none of a paragraph."""
        if line.startswith((OPENS, CLOSES)):
            return False
        return not line.strip() or not self._goes_on(line) or find_marker(line) is not None

    def _goes_on(self, line: str) -> bool:
        """Tell whether a line belongs to the paragraph before it."""
        return bool(line.strip()) and not (
            line == "+"
            or line.startswith(CLOSES)
            or DELIMITERS.fullmatch(line)
            or LINE.fullmatch(line)
            or _MACRO.fullmatch(line)
            or HEADING.fullmatch(line)
        )

    def _paragraph(self, lines: Lines, meta: Meta) -> list[Element]:
        parts = self._paragraph_lines(lines)
        said = [text for _, text in parts]
        first = said[0] if said else ""
        if meta.style in ("source", "listing", "literal") or meta.style in _FORMULAS:
            return [Code("\n".join(said))]
        if meta.style == "pass":
            return [Written(embedded_html.blocks_of_html("\n".join(said)))]
        if meta.style == "verse":
            found: list[Element] = [Paragraph(BREAK.join(map(self.said, said)))]
            return [Quote((*found, *self._attribution(meta)))]
        if first.startswith("> ") or meta.style == "quote":
            found = [*self._variants(parts, meta)]
            if first.startswith("> "):
                found = [*self.blocks([text.removeprefix(">").lstrip() for text in said])]
            return [Quote((*found, *self._attribution(meta)))]
        admonition = _ADMONITION.match(first)
        if admonition and not parts[0][0]:
            parts[0] = ((), first[admonition.start("text") :])
        found = self._variants(parts, meta)
        if admonition or meta.style in _KINDS:
            return [Container("note", "", tuple(found))]
        return found

    def _paragraph_lines(self, lines: Lines) -> list[tuple[tuple[str, ...], str]]:
        """Return the lines of a paragraph, each with the conditions that it stands under."""
        found: list[tuple[tuple[str, ...], str]] = []
        inside: list[str] = []
        while (line := lines.line) is not None and line.strip():
            if line.startswith(OPENS):
                if not inside and not self._closes_within(lines):
                    break
                inside.append(line[len(OPENS) :])
            elif line.startswith(CLOSES):
                if not inside:
                    break
                inside.pop()
            elif is_comment(line):
                pass
            elif found and (not self._goes_on(line) or (self._in_list and find_marker(line))):
                break
            else:
                found.append((tuple(inside), line.strip() if found else line.rstrip()))
            lines.take()
        return found

    def _closes_within(self, lines: Lines) -> bool:
        """Tell whether the region that opens here is part of one paragraph."""
        start = lines.place
        inside = lines.region()
        lines.place = start
        return not any(map(self._is_structure, inside))

    def _variants(self, parts: list[tuple[tuple[str, ...], str]], meta: Meta) -> list[Element]:
        """Return a paragraph; one that differs by conditions is told whole for each of them."""
        cases = list(dict.fromkeys(inside for inside, _ in parts if inside))
        if not cases:
            return [Paragraph(self.said("\n".join(text for _, text in parts), meta))]
        always = [text for inside, text in parts if not inside]
        if not always or _is_apart(parts):
            return self._sentences(parts, meta)
        found: list[Element] = []
        for case in cases:
            said = "\n".join(text for inside, text in parts if set(inside) <= set(case))
            found.append(Container("zone", ", ".join(case), (Paragraph(self.said(said, meta)),)))
        return found

    def _sentences(self, parts: list[tuple[tuple[str, ...], str]], meta: Meta) -> list[Element]:
        found: list[Element] = []
        for number, (inside, text) in enumerate(parts):
            if number and parts[number - 1][0] == inside:
                continue
            said = [text]
            for other, more in parts[number + 1 :]:
                if other != inside:
                    break
                said.append(more)
            one = Paragraph(self.said("\n".join(said), meta))
            found.append(Container("zone", ", ".join(inside), (one,)) if inside else one)
        return found

    def _attribution(self, meta: Meta) -> list[Element]:
        said = ", ".join(map(self.said, meta.positional[:2]))
        return [Paragraph(f"— {said}")] if said else []

    def _macro(self, macro: re.Match[str], meta: Meta) -> list[Element]:
        name, target = macro["name"], macro["target"]
        if name in _PICTURES:
            said = Meta()
            said.read(f"[{macro['text']}]")
            alt = said.named.get("alt", "") or said.style
            if self._inline.in_cell and alt:
                return [Paragraph(self.said(alt))]
            self._lose("image", alt or target)
            return self._titled(meta)
        if name not in _UNSEEN_MACROS:
            self._lose("macro", f"{name} {target}".strip())
        return self._titled(meta)

    def _delimited(self, lines: Lines, meta: Meta) -> list[Element]:
        opening = lines.take()
        fence = _FENCE.fullmatch(opening)
        closing = "`" * (len(opening) - len(fence["language"])) if fence else opening
        inside = lines.until(closing)
        if DELIMITER.fullmatch(opening):
            return self._table(inside, opening, meta)
        if meta.style in _DIAGRAMS:
            self._lose("image", meta.title or meta.style)
            return self._titled(meta)
        if fence or opening[:4] in ("----", "...."):
            return self._code(inside, meta)
        if opening.startswith("+"):
            return self._passed(inside, meta)
        return self._compound(opening, inside, meta)

    def _code(self, inside: list[str], meta: Meta) -> list[Element]:
        shown = [line for line in inside if not line.startswith((OPENS, CLOSES))]
        if "attributes" in meta.named.get("subs", "") or "normal" in meta.named.get("subs", ""):
            shown = list(map(self.attributes.filled, shown))
        if meta.style == "verse":
            return [*self._titled(meta), Paragraph(BREAK.join(map(self.said, shown)))]
        return [*self._titled(meta), Code("\n".join(map(_with_callouts, shown)))]

    def _passed(self, inside: list[str], meta: Meta) -> list[Element]:
        text = "\n".join(line for line in inside if not line.startswith((OPENS, CLOSES)))
        if meta.style in _FORMULAS:
            return [*self._titled(meta), Code(text)]
        return [*self._titled(meta), Written(embedded_html.blocks_of_html(text))]

    def _compound(self, opening: str, inside: list[str], meta: Meta) -> list[Element]:
        if meta.style in ("source", "listing", "literal"):
            return self._code(inside, meta)
        if meta.style == "verse":
            said = BREAK.join(map(self.said, filter(str.strip, inside)))
            return [*self._titled(meta), Quote((Paragraph(said), *self._attribution(meta)))]
        within = self.blocks(inside)
        if meta.style == "tabs":
            return [*self._titled(meta), *_tabs(within)]
        if meta.style in _KINDS or opening.startswith("*"):
            return [Container("note", self.said(meta.title), within)]
        if opening.startswith("_") or meta.style == "quote":
            return [*self._titled(meta), Quote((*within, *self._attribution(meta)))]
        return [*self._titled(meta), *within]

    def _table(self, inside: list[str], opening: str, meta: Meta) -> list[Element]:
        outside, self._inline.in_cell = self._inline.in_cell, True
        table, conditions = read_table(inside, meta, opening, self._cell)
        self._inline.in_cell = outside
        for condition in conditions:
            self._lose("condition on rows of a table", condition)
        return [*([Paragraph(self.said(meta.title))] if meta.title else []), table]

    def _cell(self, text: str, style: str) -> tuple[Element, ...]:
        """Return what a cell holds."""
        if style == "a":
            return self.blocks(text.split("\n"))
        if style == "l":
            return (Code(text),)
        chunks = (chunk.strip() for chunk in re.split(r"\n[ \t]*\n", text))
        said = (self.said("\n".join(map(str.strip, one.split("\n")))) for one in chunks if one)
        return tuple(map(Paragraph, said))


def _underlined(line: str, below: str | None) -> int:
    """Return the level of a title with strokes below it, 0 for another line."""
    if below is None or not UNDERLINE.fullmatch(below) or not re.search(r"\w", line):
        return 0
    if line[0] in " \t" or abs(len(line) - len(below)) > 1:
        return 0
    return _LEVELS[below[0]]


def _is_apart(parts: list[tuple[tuple[str, ...], str]]) -> bool:
    """Tell whether what stands under conditions is whole sentences."""
    borders = [
        before for (inside, before), (other, _) in pairwise(parts)
        if inside != other
    ]  # fmt: skip
    return all(before.endswith(_SENTENCE_END) for before in (*borders, parts[-1][1]))


def _tabs(within: tuple[Element, ...]) -> list[Element]:
    found: list[Element] = []
    for element in within:
        if isinstance(element, Items) and any(item.label for item in element.items):
            found.extend(Container("tab", item.label, item.elements) for item in element.items)
        else:
            found.append(element)
    return found


def _with_callouts(line: str) -> str:
    """Return a line of code whose callouts are numbers in brackets, as a reader sees them."""
    match = _CALLOUT.search(line) if line.endswith(">") else None
    if match is None:
        return line
    numbers = " ".join(f"({number})" for number in _CALLOUT_NUMBER.findall(match[0]))
    return f"{line[: match.start()]} {numbers}"


def _dedented(lines: list[str]) -> str:
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[indent:] for line in lines)
