"""Text within a paragraph of AsciiDoc to the reading form.

Everything here is linear in the length of the text: an opening mark is paired with the next
closing one by their places, and no expression looks on from each mark to the end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from string import ascii_lowercase

from corpus.formats.asciidoc.adoc_source import Attributes, Lose
from corpus.formats.markdown_writer import BREAK, escaped
from corpus.formats.marked_text import code_span, link, note_mark, raised
from corpus.formats.markup import embedded_html
from corpus.formats.markup.elements import Footnote, Paragraph
from corpus.formats.types import LONGEST_TEXT, Unusable

_GAP = "…"
"""Stands where a name would, that the document does not explain."""
_HOLD, _END = "\ue000", "\ue001"
_HELD = re.compile(f"{_HOLD}(\\d+){_END}")
RESERVED = re.compile(f"[{_HOLD}{_END}{BREAK}]")
"""What no text may hold that is read here."""
_HARD_BREAK = re.compile(r"[ \t]\+[ \t]*(?:\n|$)")
_CLOSING_BRACKET = re.compile(r"(?<!\\)\]")
_PASS = re.compile(r"(?<![\w\\])pass:(?P<subs>[\w,]{0,40})\[")
_FORMULA = re.compile(r"(?<![\w\\])(?:stem|latexmath|asciimath):[\w,]{0,40}\[")
_LITERAL = re.compile(r"(?<![\w\\`])`\+(?=\S)")
_LITERAL_END = re.compile(r"\+`(?!\w)")
_PLUS = re.compile(r"(?<![\w\\+])\+(?=[^\s+])")
_PLUS_END = re.compile(r"(?<=\S)\+(?![\w+])")
_ATTRIBUTE = re.compile(
    r"(?P<escaped>\\?)\{(?P<name>\w[\w-]*|(?P<kind>counter2?|set):(?P<rest>[^{}\n]{1,200}))\}"
)
_ANCHOR = re.compile(r"(?<!\\)(?:anchor:[\w:.-]{1,200}\[[^\]\n]{0,200}\])")
_LABEL = re.compile(r"\[\[\[(?P<id>[\w:.-]{1,200})(?:,[ ]?(?P<shown>[^\]\n]{1,200}))?\]\]\]")
_ID = re.compile(r"(?<!\\)\[\[[\w:.-]{1,200}(?:,[^\]\n]{0,200})?\]\]")
_INDEX = re.compile(r"(?<!\\)\({3}[^()\n]{1,500}\){3}|(?<![\w\\])indexterm:\[[^\]\n]{0,500}\]")
_INDEXED = re.compile(r"(?<![\\(])\(\((?=[^\s(])")
_INDEXED_END = re.compile(r"\)\)(?!\))")
_INDEX_MACRO = re.compile(r"(?<![\w\\])indexterm2:\[")
_PICTURE = re.compile(r"(?<![\w\\])(?P<kind>image|icon):(?P<target>[^\s:\[\]][^\s\[\]]{0,500})\[")
_KEYS = re.compile(r"(?<![\w\\])(?:kbd|btn):\[")
_MENU = re.compile(r"(?<![\w\\])menu:(?P<menu>[^\s\[\]][^\[\]\n]{0,200})\[")
_REFERENCE = re.compile(r"(?<!\\)<<(?=[\w#./])")
_REFERENCE_END = re.compile(r">>")
_XREF = re.compile(r"(?<![\w\\])(?P<kind>xref|link|mailto):(?P<target>[^\s\[\]]{1,500})\[")
_ADDRESS = re.compile(r"(?<![\w\\/])(?P<target>(?:https?|ftp|irc)://[^\s\[\]<>\ue000]{1,2000})\[")
_BARE = re.compile(
    r"<(?P<angled>(?:https?|ftp)://[^\s<>\ue000]{1,2000})>"
    r"|(?<![\w\\/])(?:https?|ftp)://[^\s\[\]<>\ue000]{0,2000}[^\s\[\]<>\ue000.,;:!?)'\"]"
)
_FOOTNOTE = re.compile(r"(?<!\\)footnote:(?P<id>[\w-]{0,100})\[|footnoteref:\[")
_QUOTES = (("**", False), ("*", True), ("``", False), ("`", True), ("__", False), ("_", True),
           ("##", False), ("#", True), ("^", False), ("~", False))  # fmt: skip
_CURVED = ((re.compile(r"\"`(?=\S)"), re.compile(r"`\""), "“”"),
           (re.compile(r"(?<!\w)'`(?=\S)"), re.compile(r"`'(?!\w)"), "‘’"))  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_REPLACEMENTS = (
    (re.compile(r"\((C|R|TM)\)"), lambda match: {"C": "©", "R": "®", "TM": "™"}[match[1]]),
    (re.compile(r"(?<=\s)--(?=\s)|(?<=\w)--(?=\w)"), lambda match: "—"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), lambda match: "…"),
    (re.compile(r"(?<![-=])->"), lambda match: "→"),
    (re.compile(r"(?<![-=])=>"), lambda match: "⇒"),
    (re.compile(r"<-(?![-=])"), lambda match: "←"),
)  # fmt: skip
_ESCAPED = re.compile(
    r"\\(?=[*_`#^~<(]|\[\[|(?:https?|ftp)://|(?:link|xref|mailto|image|icon|pass|footnote|kbd|btn"
    r"|menu|stem|latexmath|asciimath|anchor|indexterm2?)(?:ref)?:|\])"
)
_STRUCK = frozenset(("line-through", "strike", "strikethrough", "del", "deleted"))
_WORDS = {
    "nbsp": " ", "sp": " ", "empty": "", "blank": "", "zwsp": "", "wj": "", "apos": "'",
    "quot": '"', "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+",
    "brvbar": "¦", "vbar": "|", "amp": "&", "lt": "<", "gt": ">", "startsb": "[", "endsb": "]",
    "caret": "^", "asterisk": "*", "tilde": "~", "backslash": "\\", "backtick": "`",
    "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "cxx": "C++", "pp": "++",
}  # fmt: skip
_ICONS = {"check": "✓", "times": "✗", "ban": "✗", "close": "✗", "remove": "✗"}

_Make = Callable[[re.Match[str], str], str | None]


class Inline:
    """Reads text within paragraphs; collects footnotes."""

    def __init__(self, attributes: Attributes, titles: Mapping[str, str], lose: Lose) -> None:
        self.attributes = attributes
        self.notes: list[Footnote] = []
        self.in_cell = False
        """Whether a picture stands for a word: a tick for yes."""
        self._titles = titles
        self._lose = lose
        self._numbers = 0
        self._grown = 0

    def text(self, source: str, *, hard_breaks: bool = False) -> str:
        """Return a paragraph in the reading form."""
        return _Passage(self).read(source, hard_breaks)

    def attribute(self, match: re.Match[str]) -> str | None:
        """Return what an attribute reference stands for; None where nothing says it."""
        if match["kind"]:
            return self._counter(match["kind"], match["rest"])
        name = match["name"].lower()
        if name in self.attributes:
            value = self.attributes[name]
            self._grown += len(value)
            if self._grown > LONGEST_TEXT:
                raise Unusable("has attributes that grow too much", "Write out what they stand for")
            return value
        return None

    def _counter(self, kind: str, rest: str) -> str:
        name, _, value = rest.partition(":")
        if kind == "set":
            self.attributes[name.lower()] = value
            return ""
        before = self.attributes.get(name)
        after = value or "1" if before is None else _next(before)
        self.attributes[name] = after
        return after if kind == "counter" else ""

    def unknown(self, name: str) -> str:
        """Tell of a name without a value."""
        self._lose("name without a value", name)
        return _GAP

    def picture(self, kind: str, target: str, alt: str) -> str:
        """Return what stands for a picture."""
        if kind == "icon":
            name = re.split(r"[-@]", target)[0]
            return _ICONS.get(name, "")
        if self.in_cell and alt:
            return alt
        self._lose("image", alt or target)
        return ""

    def note(self, label: str, text: str) -> str:
        """Return the mark of a footnote; one without text is defined elsewhere."""
        if not label:
            self._numbers += 1
            label = str(self._numbers)
        if text.strip():
            self.notes.append(Footnote(label, (Paragraph(text),)))
        return note_mark(label)

    def title(self, target: str) -> str:
        """Return the title of what a reference means, else its name."""
        plain = target.lstrip("#")
        return self._titles.get(plain) or self._titles.get(plain.lower()) or plain


class _Passage:
    """One paragraph, in which what is read already is held aside."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._held: list[str] = []

    def read(self, source: str, hard_breaks: bool) -> str:
        text = _HARD_BREAK.sub(BREAK, source)
        if hard_breaks:
            text = text.replace("\n", BREAK)
        text = self._passed(text)
        text = self._filled(text)
        text = self._macros(text)
        text = self._links(text)
        text = _replaced(text, _FOOTNOTE, _CLOSING_BRACKET, self._note)
        return self._finished(text)

    def _hold(self, written: str) -> str:
        self._held.append(written)
        return f"{_HOLD}{len(self._held) - 1}{_END}"

    def _passed(self, text: str) -> str:
        """Hold what no mark-up is read in."""

        def literally(_: re.Match[str], said: str) -> str:
            return self._hold(escaped(said))

        text = _replaced(text, _PASS, _CLOSING_BRACKET, self._pass)
        text = _replaced(text, _FORMULA, _CLOSING_BRACKET, lambda _, said: self._code(said))
        text = _replaced(text, re.compile(r"\+\+\+"), re.compile(r"\+\+\+"), self._pass)
        text = _replaced(text, re.compile(r"\$\$"), re.compile(r"\$\$"), literally)
        text = _replaced(text, _LITERAL, _LITERAL_END, lambda _, said: self._code(said))
        # `C++` has no second pair behind it that closes.
        text = _replaced(text, re.compile(r"(?<!\w)\+\+(?=\S)"), re.compile(r"\+\+"), literally)
        return _replaced(text, _PLUS, _PLUS_END, literally, least=1)

    def _pass(self, match: re.Match[str], said: str) -> str:
        subs = match.groupdict().get("subs") or ""
        if "q" in subs or "n" in subs:
            return said
        return self._hold(escaped(said) if subs else embedded_html.line_of_html(said))

    def _code(self, said: str) -> str:
        return self._hold(code_span(said)) if _HOLD not in said else said

    def _filled(self, text: str) -> str:
        """Put in the values of attributes."""

        def value(match: re.Match[str]) -> str:
            if match["escaped"]:
                return self._hold(escaped(match[0][1:]))
            found = self._inline.attribute(match)
            if found is not None:
                # A value is filled where it is given; what it lacks then, nobody gave.
                return _ATTRIBUTE.sub(lambda one: self._inline.unknown(one["name"]), found)
            word = _WORDS.get(match["name"].lower())
            if word is None:
                return self._inline.unknown(match["name"])
            return self._hold(escaped(word))

        return _ATTRIBUTE.sub(value, text)

    def _macros(self, text: str) -> str:
        text = _LABEL.sub(
            lambda match: self._hold(f"\\[{escaped(match['shown'] or match['id'])}\\]"), text
        )
        text = _INDEX.sub("", _ANCHOR.sub("", _ID.sub("", text)))
        text = _replaced(text, _INDEXED, _INDEXED_END, lambda _, said: said, least=1)
        text = _replaced(text, _INDEX_MACRO, _CLOSING_BRACKET, lambda _, said: said)
        text = _replaced(text, _PICTURE, _CLOSING_BRACKET, self._picture)
        text = _replaced(text, _KEYS, _CLOSING_BRACKET, lambda _, said: said)
        return _replaced(
            text, _MENU, _CLOSING_BRACKET,
            lambda match, said: " ‣ ".join(
                part.strip() for part in (match["menu"], *said.split(">")) if part.strip()
            ),
        )  # fmt: skip

    def _picture(self, match: re.Match[str], said: str) -> str:
        alt = said.partition(",")[0].rpartition("=")[2].strip().strip('"')
        return self._hold(escaped(self._inline.picture(match["kind"], match["target"], alt)))

    def _links(self, text: str) -> str:
        text = _replaced(text, _XREF, _CLOSING_BRACKET, self._link)
        text = _replaced(text, _ADDRESS, _CLOSING_BRACKET, self._link)
        text = _BARE.sub(lambda match: self._hold(escaped(match["angled"] or match[0])), text)
        return _replaced(text, _REFERENCE, _REFERENCE_END, self._reference, least=1)

    def _link(self, match: re.Match[str], said: str) -> str:
        kind, target = match.groupdict().get("kind") or "link", match["target"]
        said = _link_text(said.replace("\\]", "]"))
        if kind == "xref":
            return said or self._hold(escaped(self._inline.title(target)))
        address = f"mailto:{target}" if kind == "mailto" else target
        if not said:
            return self._hold(escaped(target))
        made = link("x", address)
        if made == "x" or "[" in said or "]" in said:
            return said
        return f"{self._hold('[')}{said}{self._hold(made[2:])}"

    def _reference(self, _: re.Match[str], said: str) -> str:
        target, _comma, shown = said.partition(",")
        return shown.strip() or self._hold(escaped(self._inline.title(target.strip())))

    def _note(self, match: re.Match[str], said: str) -> str:
        label, text = match["id"] or "", said.replace("\\]", "]")
        if match[0].startswith("footnoteref"):
            label, _, text = text.partition(",")
        return self._hold(self._inline.note(label.strip(), self._finished(text)))

    def _finished(self, text: str) -> str:
        """Read marks of letters, then write everything down."""
        for opening, closing, signs in _CURVED:
            text = _replaced(text, opening, closing, _within(signs), least=1)
        for mark, constrained in _QUOTES:
            if mark in text:
                text = self._quoted(text, mark, constrained)
        text = _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\xa0", " "), text)
        for pattern, make in _REPLACEMENTS:
            text = pattern.sub(make, text)
        text = _ESCAPED.sub("", text)
        written = escaped(text)
        while _HOLD in written:
            # What is held may hold what was held before it.
            written = _HELD.sub(lambda match: self._held[int(match[1])], written)
        return written

    def _quoted(self, text: str, mark: str, constrained: bool) -> str:
        """Read the text between two marks; a constrained mark stands at the border of words."""
        literal = re.escape(mark)
        alone = f"(?<![{literal}\\\\]){literal}" if constrained else f"(?<!\\\\){literal}"
        opening = re.compile(rf"{alone}(?=\S)")
        closing = re.compile(rf"(?<=\S){literal}(?![\w{literal}])" if constrained else literal)

        def made(match: re.Match[str], said: str) -> str | None:
            if mark in "^~" and re.search(r"\s", said):
                return None
            return self._marked(mark, match, said)

        return _replaced(
            text, opening, closing, made, least=1,
            at=lambda start, done: _opened(text, start, done, constrained),
        )  # fmt: skip

    def _marked(self, mark: str, match: re.Match[str], said: str) -> str:
        if mark[0] == "*":
            sign = self._hold("**") if "**" not in said and BREAK not in said else ""
            return f"{sign}{said}{sign}"
        if mark[0] == "`":
            return self._code(_ESCAPED.sub("", said))
        if mark == "^":
            return self._hold(raised(said)) if _HOLD not in said else said
        roles = _roles(match.string, match.start())
        if mark[0] == "#" and _STRUCK & roles:
            sign = self._hold("~~")
            return f"{sign}{said}{sign}"
        return said


def _replaced(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], make: _Make,
    *, least: int = 0, at: Callable[[int, int], int | None] | None = None,
) -> str:  # fmt: skip
    """Replace what stands from each opening to the next closing.

    `least` is how long it has to be, and `at` says where what is replaced begins, if at all, given
    the place of the opening and how far the text is done.
    """
    ends = [match.span() for match in closing.finditer(text)]
    found: list[str] = []
    done = number = 0
    for match in opening.finditer(text) if ends else ():
        if match.start() < done:
            continue
        start = at(match.start(), done) if at else match.start()
        if start is None:
            continue
        while number < len(ends) and ends[number][0] < match.end() + least:
            number += 1
        if number == len(ends):
            break
        made = make(match, text[match.end() : ends[number][0]])
        if made is not None:
            found.extend((text[done:start], made))
            done = ends[number][1]
    found.append(text[done:])
    return "".join(found)


def _within(signs: str) -> _Make:
    return lambda _, said: f"{signs[0]}{said}{signs[1]}"


def _opened(text: str, start: int, done: int, constrained: bool) -> int | None:
    """Return where marked text begins, with the role before its mark; None if it does not."""
    begins = start
    if start > done and text[start - 1] == "]":
        bracket = text.rfind("[", max(done, start - 100), start)
        begins = bracket if bracket >= 0 and "\n" not in text[bracket:start] else start
    for place in (begins, start):
        before = text[place - 1] if place else " "
        if not constrained or not (before.isalnum() or before in "_;:}\\"):
            return place
    return None


def _roles(text: str, start: int) -> set[str]:
    """Return the roles in brackets before a mark."""
    if text[start - 1 : start] != "]":
        return set()
    bracket = text.rfind("[", max(0, start - 100), start)
    return set(re.split(r"[.\s,]+", text[bracket + 1 : start - 1])) if bracket >= 0 else set()


def _link_text(said: str) -> str:
    """Return the text of a link without what tells how to open it."""
    text = said.strip()
    if text.startswith('"') and (end := text.find('"', 1)) > 0:
        return text[1:end]
    if "=" in text:
        text = re.sub(r"(?:^|,)\s*(?:window|role|id|opts|title|rel)=\S*", "", text)
    return text.removesuffix("^").strip()


def _next(value: str) -> str:
    if value.isdecimal() and len(value) < 10:
        return str(int(value) + 1)
    if value.lower() in tuple(ascii_lowercase[:-1]):
        return chr(ord(value) + 1)
    return value
