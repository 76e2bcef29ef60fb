"""Tags in the text of a page: of HTML, of components, of Liquid and of Hugo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from corpus.formats.dialects.element_names import HTML, VOID

Syntax = Literal["element", "shortcode", "statement", "output", "expression"]
_LONGEST_TAG = 4000
_STARTS = re.compile(r"\\[^\n]|\{\{[<%]|\{\{|\{%|<(?=[/A-Za-z>])|\{")
_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_INNER = r"""(?>(?:[^{}"'`]++|"[^"{}]*+"|'[^'{}]*+'|`[^`{}]*+`|["'`]%s)*)"""
_BRACED = r"\{" + _INNER % (
    r"|\{" + _INNER % (r"|\{" + _INNER % r"|\{[^{}]*+\}" + r"\}") + r"\}"
) + r"\}"  # fmt: skip
_ATTRIBUTE = re.compile(
    rf"""\s*+(?:{_BRACED}|([A-Za-z_:@#.*\[(][\w:@.\-\[\]()*]*+)
    (?>(?:\s*+=\s*+("[^"]*+"|'[^']*+'|{_BRACED}|[^\s"'=<>`{{}}]++))?))""",
    re.X,
)
_TAG_END = re.compile(r"(?!\s*\n[ \t]{0,3}>(?:[ \t]+\S|\[!))\s*+(/?)\s*+>")
"""The mark of a quotation at the start of the next line ends no tag: "x<y z" and then "> note"."""
_EXPRESSION = re.compile(_BRACED)
_STATEMENT = re.compile(r"\{%-?((?>(?:[^%{}]++|%(?!\})|\{(?![%{])|\}(?!\}))*))%\}")
_SHORTCODE = re.compile(
    r"\{\{([<%])((?>(?:[^<>%{}\"`]++|\"[^\"\n]*+\"|`[^`]*+`|[<>%](?!\}\})|\{(?![%{<]))*))[>%]\}\}"
)
_OUTPUT = re.compile(r"\{\{((?>(?:[^{}]++|\}(?!\}))*))\}\}")
_ARGUMENT = re.compile(
    r"""([\w@.:-]+)\s*=\s*("[^"]*+"|'[^']*+'|“[^”]*+”|`[^`]*+`|[^\s,]++)
    |("[^"]*+"|'[^']*+'|`[^`]*+`|[^\s,"'=]++)""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, where it stands, and what it says."""

    start: int
    end: int
    syntax: Syntax
    name: str
    """In lower case; empty for an expression."""
    kind: Literal["open", "close", "single"]
    written: str
    """Its name as it is written, or the whole expression."""
    attributes: dict[str, str] = field(default_factory=dict)
    """With names in lower case; values without quotation marks."""
    words: tuple[str, ...] = ()
    """Arguments without a name."""

    @property
    def key(self) -> tuple[str, str]:
        """By which an end finds its beginning."""
        return self.syntax, "if" if self.name == "ifversion" else self.name


def tags(text: str, *, mdx: bool) -> Iterator[Tag]:
    """Return the tags of a text in order; what only looks like one is passed over."""
    position = 0
    while match := _STARTS.search(text, position):
        start, mark = match.start(), match[0]
        tag = None
        if mark == "<":
            tag = _element(text, start, mdx=mdx)
        elif mark == "{%":
            tag = _statement(text, start)
        elif mark in ("{{<", "{{%"):
            tag = _shortcode(text, start) or _output(text, start)
        elif mark == "{{":
            tag = _output(text, start)
        if tag is None and mark.startswith("{") and mdx:
            tag = _expression(text, start)
        if tag is not None:
            yield tag
        # A brace may begin what follows the first of two.
        position = tag.end if tag else start + (2 if mark.startswith("\\") else 1)


def unquoted(value: str) -> str:
    """Return a value without the marks around it."""
    pairs = (('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"))
    if len(value) > 1 and (value[0], value[-1]) in pairs:
        return value[1:-1]
    return value


def _element(text: str, start: int, *, mdx: bool) -> Tag | None:
    if mdx and text.startswith(("<>", "</>"), start):
        end = text.index(">", start) + 1
        return Tag(start, end, "element", "span", "close" if text[start + 1] == "/" else "open", "")
    match = _NAME.match(text, start)
    if match is None or match[2].endswith(":"):
        return None
    limit = min(len(text), start + _LONGEST_TAG)
    position, attributes = match.end(), dict[str, str]()
    ending = _TAG_END.match(text, position, limit)
    while ending is None:
        attribute = _ATTRIBUTE.match(text, position, limit)
        if attribute is None or not (text[position].isspace() or attributes):
            return None
        if attribute[1]:
            attributes.setdefault(attribute[1].lower(), unquoted(attribute[2] or ""))
        position = attribute.end()
        ending = _TAG_END.match(text, position, limit)
    name = match[2].lower()
    if ":" in name or "\n\n" in text[start : ending.end()]:
        return None
    kind: Literal["open", "close", "single"] = "open"
    if match[1]:
        kind = "single" if name == "br" else "close"
    elif ending[1] or (name in VOID and name in HTML):
        kind = "single"
    return Tag(start, ending.end(), "element", name, kind, match[2], attributes)


def _statement(text: str, start: int) -> Tag | None:
    match = _STATEMENT.match(text, start, min(len(text), start + _LONGEST_TAG))
    if match is None:
        return None
    body = match[1].removesuffix("-").strip()
    name, kind = _named(body)
    if name.startswith("end") and len(name) > 3:
        name, kind = name[3:], "close"
    return _with_arguments(Tag(start, match.end(), "statement", name, kind, body), body)


def _shortcode(text: str, start: int) -> Tag | None:
    match = _SHORTCODE.match(text, start, min(len(text), start + _LONGEST_TAG))
    if match is None:
        return None
    body = match[2].strip().removeprefix("/*").removesuffix("*/").strip()
    name, kind = _named(body)
    return _with_arguments(Tag(start, match.end(), "shortcode", name, kind, body), body)


def _named(body: str) -> tuple[str, Literal["open", "close", "single"]]:
    kind: Literal["open", "close", "single"] = "open"
    if body.startswith("/"):
        kind, body = "close", body[1:].lstrip()
    elif body.endswith("/"):
        kind = "single"
    words = body.split(None, 1)
    return (words[0].lower().strip("/") if words else ""), kind


def _with_arguments(tag: Tag, body: str) -> Tag:
    parts = body.rstrip("/").split(None, 1)
    attributes, words = dict[str, str](), []
    for named, value, word in _ARGUMENT.findall(parts[1] if len(parts) > 1 else ""):
        if named:
            attributes.setdefault(named.lower(), unquoted(value))
        else:
            words.append(unquoted(word))
    return Tag(
        tag.start, tag.end, tag.syntax, tag.name, tag.kind, body, attributes, tuple(words)
    )  # fmt: skip


def _output(text: str, start: int) -> Tag | None:
    match = _OUTPUT.match(text, start, min(len(text), start + _LONGEST_TAG))
    if match is None or "\n\n" in match[0]:
        return None
    body = match[1].strip().strip("-~").strip()
    return Tag(start, match.end(), "output", "", "single", body)


def _expression(text: str, start: int) -> Tag | None:
    """Return an expression of MDX; of one that holds elements only the code at its ends."""
    match = _EXPRESSION.match(text, start, min(len(text), start + _LONGEST_TAG))
    if match is None:
        return None
    element = re.search(r"<(?=[A-Za-z>])", match[0])
    if element is None:
        return Tag(start, match.end(), "expression", "", "single", match[0][1:-1].strip())
    return Tag(start, start + element.start(), "expression", "", "single", match[0])
