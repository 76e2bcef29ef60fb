"""What a tag says of itself: titles, labels, and words that stand elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.page_state import PageState
from corpus.formats.dialects.tags.tag_tokens import Tag, unquoted

_ROW_RULE = re.compile(
    r"^[ \t>]*+\|?[ \t]*+:?-+:?[ \t]*+(?:(?:\|[ \t]*+:?-+:?[ \t]*+)+\|?|(?<=[-: \t])\|)[ \t]*$",
    re.M,
)
_ROWS_END = re.compile(r"\n[ \t>]*+(?=\n|\Z)")
TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NAME = re.compile(r"[\w$]+(?:\.[\w$]+)*$")
_PAGE_NAME = re.compile(
    r"(?:page|frontmatter|props|meta|params|\$frontmatter|site|vars|env)\.", re.I
)
_EXPRESSION_END = re.compile(r"[ \t]*\)*[ \t]*(?<!\\)\}")


class TagWords:
    """Words for tags of one page."""

    def __init__(self, text: str, page: PageState) -> None:
        self.text = text
        self.page = page
        self.open_expressions = 0
        self.flat = 0
        """How many list items begin with what is read: no container has room there."""
        self.cells = 0
        """How many cells of HTML what is read is in."""
        self.rows = _row_spans(text)

    def read_text(self, text: str) -> str:
        """Return text without the ends of expressions that elements in it began."""
        while self.open_expressions and (match := _EXPRESSION_END.search(text)):
            text = text[: match.start()] + text[match.end() :]
            self.open_expressions -= 1
        return text

    def title(self, tag: Tag) -> str:
        """Return the title that a tag gives to a note, empty for none."""
        stated = tag.attributes
        for name in ("title", "heading", "header", "label", "summary"):
            if stated.get(name):
                return self.literal(stated[name])
        words = " ".join(tag.words)
        # One small word is the kind of the note: `{{% alert warning %}}`.
        return words if " " in words or words[:1].isupper() else ""

    def tab_label(self, tag: Tag) -> str:
        """Return what a tag calls the choice of a tab."""
        stated = tag.attributes
        for name in ("label", "title", "name", "heading", "header", "tab", "value"):
            if stated.get(name):
                return self.literal(stated[name])
        if tag.words:
            return " ".join(tag.words)
        return tag.name if tag.name in names.PLATFORMS else ""

    def zone(self, tag: Tag) -> str:
        """Return for whom or what a part of the page holds."""
        stated = tag.attributes
        for name in ("pivot", "target", "range", "when", "label", "title", "platform", "product"):
            if stated.get(name):
                return stated[name]
        return " ".join(tag.written.split()[1:]) if tag.syntax != "element" else ""

    def said(self, tag: Tag) -> list[str]:
        """Return the attributes that a component shows as text."""
        said = [self.literal(tag.attributes.get(name, "")) for name in names.SAID]
        if tag.syntax != "element" and not any(said):
            said = [word for word in tag.words if " " in word]
        return list(dict.fromkeys(one.strip() for one in said if one.strip()))

    def literal(self, value: str) -> str:
        """Return the text of an attribute, which may be an expression."""
        if not (value.startswith("{") and value.endswith("}") and self.page.mdx):
            return TEMPLATE.sub("", value)
        inner = value[1:-1].strip()
        held = self.page.held.fullmatch(inner)
        if _QUOTED.fullmatch(inner):
            said = unquoted(inner)
        elif held:
            said = self.page.source(held[1]).strip("`")
        elif "<" in inner:
            said = re.sub(r"<[^<>]*>", "", inner).strip("() ")
        else:
            said = self.page.values.get(inner, "")
        if not said:
            self.page.leave_out("expression", inner)
        return said

    def value(self, tag: Tag, before: str) -> str:
        """Return what an expression stands for, where the page says so."""
        written = tag.written
        if tag.syntax == "expression" and written.startswith("{"):
            # Its end comes after the elements that it holds.
            self.open_expressions += 1
            self.page.leave_out("expression", self.text[tag.start + 1 : tag.end])
            return ""
        if not written:
            return ""
        if held := self.page.held.fullmatch(written):
            return f"{self.page.held_mark}{held[1]}{self.page.held_mark}"
        if _QUOTED.fullmatch(written):
            return unquoted(written)
        what = "expression" if tag.syntax == "expression" else "variable"
        return self.variable(written.split("|")[0].strip(), what, before)

    def variable(self, name: str, what: str, before: str) -> str:
        """Return what the page says that a name stands for, else count it."""
        bare = _PAGE_NAME.sub("", name)
        for known in (name, bare):
            if _NAME.match(known) and known in self.page.values:
                return self.page.values[known]
        self.page.leave_out(what, name)
        return self.filled(before)

    def filled(self, before: str) -> str:
        """Return what stands for words that are not known, nothing in an address."""
        in_address = re.search(r"\]\([^()\s]*$|\]:[ \t]*\S*$", before)
        alone = not before.strip(" \t>")
        return "" if in_address or alone else self.page.hole

    def is_in_row(self, tag: Tag) -> bool:
        """Tell whether a tag stands in a row of a table of Markdown."""
        at = bisect_right(self.rows, (tag.start, len(self.text))) - 1
        return at >= 0 and self.rows[at][0] <= tag.start < self.rows[at][1]


def _row_spans(text: str) -> list[tuple[int, int]]:
    """Return where tables begin and end."""
    spans: list[tuple[int, int]] = []
    for match in _ROW_RULE.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        above = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        below = _ROWS_END.search(text, match.end())
        spans.append((above, below.start() if below else len(text)))
    return spans
