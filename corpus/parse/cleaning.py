"""Mark-up within lines: taken out of the text, with its meaning kept beside it.

No edit adds or removes a line end, so that the lines of the source are those of the clean text.
Everything here is linear in the length of the source, whatever it holds.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.parse.clean_text import Clean, Edit, Key, Mark, Prose
from corpus.parse.emphasis import unpaired
from corpus.parse.links import Target, address, stays, target
from corpus.types import Span

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = {ord(raised): plain for plain, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\\(?P<hard>(?=\r?\n))"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<comment><!--)"
    r"|(?P<break>(?:(?<![ \t])[ \t]+)?<br[ \t]*/?>[ \t]*)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|(?:(?<![ \t])[ \t]+)?(?P<back>[↩↵]\ufe0e?)"
    r"|(?P<struck>~~)"
    r"|(?:(?<![ \t])[ \t]+)?\[\^(?P<note>[^\]\s^]{1,60})\](?P<defines>:[ \t]*)?"
    r"|\^(?P<raised>[\w*†‡§.,()+-]{1,12})\^"
    r"|\[(?P<linked>[^\[\]\n]{1,300})\](?:\[(?P<label>[^\[\]\n]{0,300})\])?(?![(\[:])"
    r"|(?P<opens>!?\[)|(?P<closes>\])"
)
_DEFINES = re.compile(
    rf"\^(?P<raised>[\w*†‡§]{{1,4}})\^[ \t]*|(?P<figure>[{_RAISED}]{{1,3}})[ \t]*"
    r"|(?P<star>\\\*(?:\\?\*){0,3}|\*{1,4}(?=[ \t])|[†‡§¶]{1,3})[ \t]*(?=\S)"
)
"""The mark that a note begins with."""
_STARRED = re.compile(
    r"(?<=[\w.,;:)\]\"”’%])[ \t]?(?P<star>\\\*(?:\\?\*){0,3}|(?<!\*)\*{1,4}|[†‡§¶]{1,3})"
    r"(?=[\s|,.;:)]|$)"
)
_FIGURE = re.compile(rf"(?<=[^\s{_RAISED}])[{_RAISED}]{{1,3}}")
_NUMBERED = re.compile(r"[\s>]*(?P<figure>\d{1,3})(?:[.)]|(?=[ \t]))[ \t]+(?=\S)")
_TICKS = re.compile(r"`+")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_SPACE = " \t"
_CLOSING = ".,;:!?)|\r\n"
_LONGEST_EMPHASIS = 200


def clean(source: str, prose: Iterable[Prose], references: Mapping[str, str]) -> Clean:
    """Take the mark-up out of the given lines of `source`, which do not overlap and are in order.

    `references` are the addresses of links by their label in upper case.
    """
    return _Cleaner(source, references).run(list(prose))


@dataclass(slots=True)
class _Cleaner:
    source: str
    references: Mapping[str, str]
    edits: list[Edit] = field(default_factory=list)
    seen: list[tuple[Span, Mark]] = field(default_factory=list)
    """Marks with what they take in the source."""
    defined: list[tuple[Span, Key]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    raised: list[tuple[Span, str]] = field(default_factory=list)
    unclosed: Span = field(default_factory=lambda: Span(0, 0))
    """Lines in which no comment ends."""
    brackets: list[Span] = field(default_factory=list)
    """Those that are open where the cleaner reads."""
    around_link: int = 0
    """How many of them stand around a link, so that they begin none."""
    labels: set[Key] = field(default_factory=set)
    """Notes that are defined by their label, wherever they stand."""

    def run(self, prose: list[Prose]) -> Clean:
        for lines in prose:
            if not lines.cells:
                self._defined(lines)
        self.defined.extend(self._end_notes(prose))
        stars = {key for _, key in self.defined if key[0] == "*"}
        figures = any(key[0] == "^" for _, key in self.defined)
        for lines in prose:
            code = list(_code_spans(self.source, lines.span))
            if lines.hides:
                self.edits.append(Edit(lines.hides, ""))
            self._lines(lines, code)
            self._ticks(code)
            self.edits.extend(Edit(span, "") for span in unpaired(self.source, lines.span, code))
            if stars:
                self._stars(lines, code, stars)
            if figures:
                self._figures(lines)
        marks, notes = self._tied()
        return self._cleaned(marks, notes)

    def _end_notes(self, prose: list[Prose]) -> Iterator[tuple[Span, Key]]:
        """Return the numbered lines at the end of a text: notes, where marks have their numbers."""
        known = {key for _, key in self.defined}
        for lines in reversed(prose):
            number = None if lines.cells else _NUMBERED.match(self.source, *lines.span)
            if number is None:
                return
            key = ("^", number["figure"])
            if key not in known:
                yield Span(lines.start, max(lines.start, number.end())), key

    def _defined(self, lines: Prose) -> None:
        """Find the mark that a note begins with; notes may stand line by line."""
        begins = _DEFINES.match(self.source, lines.start, lines.span.end)
        while begins:
            self.defined.append((Span(*begins.span()), _key(begins)))
            line_end = self.source.find("\n", begins.end(), lines.span.end)
            begins = (
                _DEFINES.match(self.source, line_end + 1, lines.span.end) if line_end >= 0 else None
            )

    def _ticks(self, code: Iterable[Span]) -> None:
        """Write code between single marks; around what they could not hold they go."""
        for span in code:
            if not (opens := _TICKS.match(self.source, span.start)):
                continue
            width = opens.end() - span.start
            words = self.source[opens.end() : span.end - width]
            mark = "" if set(words) & set("`\r\n") else "`"
            pad = len(words) > 2 and words[0] == words[-1] == " " and bool(words.strip())
            if width > 1 or not mark:
                self.edits.append(Edit(Span(span.start, opens.end() + pad), mark))
                self.edits.append(Edit(Span(span.end - width - pad, span.end), mark))

    def _lines(self, lines: Prose, code: list[Span]) -> None:
        struck: Span | None = None
        self.brackets.clear()
        self.around_link = 0
        position = lines.span.start
        while match := _MARK.search(self.source, position, lines.span.end):
            if around := _around(code, match.start()):
                position = around.end
            elif match["struck"]:
                struck = self._struck(struck, match, lines)
                position = match.end()
            else:
                position = self._read(match, lines)

    def _read(self, match: re.Match[str], lines: Prose) -> int:
        """Read one mark; return where to look on."""
        kind, span = match.lastgroup, Span(*match.span())
        if kind in ("escaped", "hard"):
            self.edits.append(Edit(Span(span.start, span.start + 1), ""))
        elif kind == "entity":
            character = html.unescape(match[0]).replace("\xa0", " ")
            # A line end would be a line that the source has not.
            if character != match[0] and not set(character) & set("\r\n"):
                self.edits.append(Edit(span, character))
        elif kind == "comment":
            return self._comment(span, lines)
        elif kind == "break":
            self.edits.append(Edit(span, self._break(span, lines)))
        elif kind == "back":
            # It leads from a note to its mark.
            self.edits.append(Edit(span, ""))
        elif kind == "auto":
            self.edits.append(Edit(span, match["auto"]))
        elif match["note"] is not None:
            self._note(match, span, lines)
        elif match["raised"] is not None:
            self.raised.append((span, match["raised"]))
        elif match["linked"] is not None:
            return self._linked(match, span)
        elif kind == "opens":
            self.brackets.append(span)
        elif kind == "closes":
            return self._closed(span, lines)
        return span.end

    def _struck(self, opened: Span | None, match: re.Match[str], lines: Prose) -> Span | None:
        """Take out what stands between two marks; return the first until the second is found."""
        span = Span(*match.span())
        if opened is None:
            follows = self.source[span.end : span.end + 1]
            return span if follows.strip() and span.end < lines.span.end else None
        words = self.source[opened.end : span.start]
        if words != words.rstrip():
            return opened
        start, end = opened.start, span.end
        follows = self.source[end : end + 1]
        if follows == " " and end < lines.span.end:
            end += 1
        elif start > lines.start and self.source[start - 1] == " " and follows in _CLOSING:
            start -= 1
        self._drop_within(start)
        self.edits.append(Edit(Span(start, end), _line_ends(words)))
        self.left_out.append(("struck text", words))
        return None

    def _drop_within(self, start: int) -> None:
        while self.edits and self.edits[-1].span.start >= start:
            self.edits.pop()
        while self.seen and self.seen[-1][0].start >= start:
            self.seen.pop()
        while self.raised and self.raised[-1][0].start >= start:
            self.raised.pop()

    def _comment(self, span: Span, lines: Prose) -> int:
        end = -1
        if span.end >= self.unclosed.end or span.start < self.unclosed.start:
            end = self.source.find("-->", span.end, lines.span.end)
        if end < 0:
            # No comment that begins later in these lines ends in them.
            self.unclosed = Span(span.start, lines.span.end)
            return span.end
        words = self.source[span.start : end + 3]
        self.edits.append(Edit(Span(span.start, end + 3), _line_ends(words)))
        return end + 3

    def _break(self, span: Span, lines: Prose) -> str:
        before = self.source[max(lines.start, span.start - 1) : span.start]
        follows = self.source[span.end : min(lines.span.end, span.end + 1)]
        if not lines.cells or before in ".,;:!?|" or follows in ("", "|"):
            return " "
        return ", "

    def _note(self, match: re.Match[str], span: Span, lines: Prose) -> None:
        key = ("[", match["note"])
        first = match[0].lstrip(_SPACE)
        line = self.source.rfind("\n", lines.span.start, span.end - len(first)) + 1
        before = self.source[max(line, lines.span.start) : span.end - len(first)]
        if match["defines"] is not None and not before.strip(" \t>"):
            self.labels.add(key)
            self.edits.append(Edit(Span(span.end - len(first), span.end), ""))
        else:
            end = match.start("defines") if match["defines"] is not None else span.end
            self.seen.append((Span(span.start, end), Mark(span.start, key)))

    def _linked(self, match: re.Match[str], span: Span) -> int:
        """A link whose address stands elsewhere becomes one that has it."""
        label = " ".join((match["label"] or match["linked"]).split()).upper()
        known = self.references.get(label)
        if known is None:
            # What is between the brackets may hold marks of its own.
            self.brackets.append(Span(span.start, span.start + 1))
            return span.start + 1
        close = match.end("linked")
        self.edits.append(Edit(Span(close, span.end), f"]({address(known)})"))
        return span.end

    def _closed(self, close: Span, lines: Prose) -> int:
        """Read the end of a link or an image; return where to look on."""
        if not self.brackets:
            stray = target(
                self.source, Span(close.start, close.start), lines.span.end, {}, image=False
            )
            return stray.end if stray else close.end
        opened = self.brackets.pop()
        image = self.source[opened.start] == "!"
        if len(self.brackets) < self.around_link:
            self.around_link = len(self.brackets)
            if not image:
                return close.end
        words = Span(opened.end, close.start)
        found = target(self.source, words, lines.span.end, self.references, image=image)
        if found is None:
            return close.end
        whole = Span(opened.start, found.end)
        if lines.cells and _PIPE.search(self.source, whole.start, whole.end):
            return close.end
        if image:
            self._image(whole, words.of(self.source), lines)
        else:
            self._link(opened, close, found)
            self.around_link = len(self.brackets)
        return found.end

    def _image(self, whole: Span, words: str, lines: Prose) -> None:
        self._drop_within(whole.start)
        self.edits.append(Edit(whole, words if lines.cells else _line_ends(whole.of(self.source))))
        self.left_out.append(("image", words))

    def _link(self, opened: Span, close: Span, found: Target) -> None:
        """Leave a link as it is where all can read it, else only its words."""
        shown = self._shown(Span(opened.end, close.start))
        rest = Span(close.start, found.end)
        lost = _line_ends(rest.of(self.source))
        if not shown.strip():
            self._drop_within(opened.start)
            whole = Span(opened.start, found.end)
            self.edits.append(Edit(whole, _line_ends(whole.of(self.source))))
        elif not stays(shown, found.address):
            self.edits.extend((Edit(opened, ""), Edit(rest, lost)))
        elif rest.of(self.source) != (stated := f"]({found.address})"):
            self.edits.append(Edit(rest, stated + lost))

    def _shown(self, span: Span) -> str:
        """Return a part of the source as the edits that were made in it leave it."""
        number = len(self.edits)
        while number and self.edits[number - 1].span.start >= span.start:
            number -= 1
        position = span.start
        pieces: list[str] = []
        for edit in sorted(self.edits[number:], key=_in_order):
            if edit.span.start >= position:
                pieces.extend((self.source[position : edit.span.start], edit.text))
                position = edit.span.end
        return "".join([*pieces, self.source[position : span.end]])

    def _stars(self, lines: Prose, code: list[Span], defined: set[Key]) -> None:
        for match in _STARRED.finditer(self.source, lines.start, lines.span.end):
            shown = match["star"]
            key = ("*", shown.replace("\\", ""))
            if key not in defined or _around(code, match.start()):
                continue
            if shown.startswith("*") and self._closes(shown, match.start(), lines):
                continue
            self.seen.append((Span(*match.span()), Mark(match.start(), key)))

    def _closes(self, shown: str, at: int, lines: Prose) -> bool:
        """Tell whether stars end an emphasis that began in the same cell or line."""
        start = max(
            self.source.rfind("|", lines.start, at), self.source.rfind("\n", lines.start, at),
            lines.start - 1, at - _LONGEST_EMPHASIS,
        )  # fmt: skip
        opens = re.compile(rf"(?<![\\*\w]){re.escape(shown)}(?=[^\s*])")
        return opens.search(self.source, start + 1, at) is not None

    def _figures(self, lines: Prose) -> None:
        for match in _FIGURE.finditer(self.source, lines.start, lines.span.end):
            self.seen.append((Span(*match.span()), Mark(match.start(), _raised(match[0]))))

    def _tied(self) -> tuple[list[Mark], dict[int, Key]]:
        """Pair marks with notes; what has no partner stays text."""
        for span, shown in self.raised:
            self.seen.append((span, Mark(span.start, _raised(shown))))
        begins = {span.start for span, _ in self.defined}
        asked = {mark.key for span, mark in self.seen if span.start not in begins}
        marks: list[Mark] = []
        notes: dict[int, Key] = {}
        for span, key in self.defined:
            if key in asked:
                notes[span.start] = key
                self.edits.append(Edit(span, ""))
        known = self.labels | set(notes.values())
        for span, mark in self.seen:
            if span.start in notes:
                continue
            if mark.key in known:
                marks.append(mark)
                self.edits.append(Edit(span, ""))
            elif mark.key[0] == "^" and self.source[span.start] == "^":
                self.edits.append(Edit(span, mark.key[1].translate(_SUPERSCRIPT)))
        return marks, notes

    def _cleaned(self, marks: list[Mark], notes: dict[int, Key]) -> Clean:
        pieces: list[str] = []
        starts, ends, shifts = [], [], []
        position = shift = 0
        for edit in sorted(self.edits, key=_in_order):
            if edit.span.start < position:
                continue
            pieces.extend((self.source[position : edit.span.start], edit.text))
            position = edit.span.end
            shift += len(edit.text) - (edit.span.end - edit.span.start)
            starts.append(edit.span.start)
            ends.append(edit.span.end)
            shifts.append(shift)
        pieces.append(self.source[position:])
        return Clean(
            "".join(pieces), tuple(sorted(marks)), notes, tuple(self.left_out),
            tuple(starts), tuple(ends), tuple(shifts),
        )  # fmt: skip


def _in_order(edit: Edit) -> tuple[int, int]:
    return edit.span.start, -edit.span.end


def _key(match: re.Match[str]) -> Key:
    if match["star"]:
        return ("*", match["star"].replace("\\", ""))
    return _raised(match["raised"] or match["figure"])


def _raised(shown: str) -> Key:
    plain = shown.translate(_FIGURES)
    return ("*" if set(plain) <= set("*†‡§¶") else "^", plain)


def _code_spans(source: str, lines: Span) -> Iterator[Span]:
    """Return code within lines: runs of backticks pair with the next of the same length."""
    runs = [Span(*match.span()) for match in _TICKS.finditer(source, lines.start, lines.end)]
    by_length: dict[int, list[int]] = {}
    for run in runs:
        by_length.setdefault(run.end - run.start, []).append(run.start)
    position = lines.start
    for run in runs:
        if run.start < position or source[run.start - 1 : run.start] == "\\":
            continue
        same = by_length[run.end - run.start]
        following = bisect_left(same, run.end)
        if following < len(same):
            position = same[following] + run.end - run.start
            yield Span(run.start, position)


def _around(code: list[Span], offset: int) -> Span | None:
    """Return the code that an offset lies in."""
    number = bisect_right(code, offset, key=lambda span: span.start) - 1
    return code[number] if number >= 0 and offset < code[number].end else None


def _line_ends(words: str) -> str:
    return "".join(_LINE_ENDS.findall(words))
