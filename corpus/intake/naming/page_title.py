"""What a page is called, without what its site adds to every title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.sentences import readable
from corpus.language.signals import DATE
from corpus.parse.structure import Structure
from corpus.types import BlockKind

_LONGEST_LINE, _MOST_WORDS = 110, 14
"""Of a line that may be a title though nothing marks it as one."""
_MOST_LINES = 3
_SITE_WORDS = frozenset(
    "docs doc documentation documents help support learn blog wiki site website home developer "
    "developers portal guide guides handbook knowledge base knowledgebase center centre trust "
    "manual reference portal community legal resources hub library".split()
)
"""Words of what a site calls itself, in its title beside the name of its publisher."""
_LINKING = frozenset("the of for and & to".split())
_PIPES = re.compile(r"\s+[|•·»›]\s+|\s*[|»]\s+|\s+::\s+")
_DASHES = re.compile(r"\s+[-–—]\s+")
_TAG = re.compile(r"<[^<>]{0,200}>")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ANCHOR = re.compile(r"\s*\{#[\w-]{1,80}\}\s*$")
_ENDS = re.compile(r"[.!?;,:]['\"”’)\]*_]*$")
_GENERIC = re.compile(
    r"(?:(?:\d[\d.]*\s+)?(?:an? )?(?:general )?(?:overview|introduction|intro|faqs?|about(?: us)?|"
    r"home|readme|index|welcome|summary|contents|table of contents|documentation|docs|start|"
    r"getting started|frequently asked questions|general|details|notes|untitled|page|document|"
    r"more information|about this (?:page|document)|data processing (?:agreement|addendum)|dpa|"
    r"privacy (?:policy|notice|statement)|terms(?: of service| and conditions)?|sub-?processors?))"
    r"(?:\s*\((?:faqs?|dpa|[a-z]{2,6})\))?",
    re.I,
)
"""Titles that say what kind of page it is and not of what."""
_NUMBERED = re.compile(r"(?:§|article|section|clause|part)?\s*\d+(?:\.\d+)*[.):]?\s", re.I)
_THIS = re.compile(
    r"This (?P<name>(?:[A-Z][\w&’'-]*|of|for|and|on)(?: (?:[A-Z][\w&’'-]*|of|for|and|on)){1,6}) "
    r"(?:\((?:[^()]{0,60}[\"“][A-Z][\w ]{0,40}[\"”][^()]{0,40})\)|forms part|is entered into|"
    r"is made|applies|governs|supplements|amends)"
)
"""The first sentence of a contract, which names it."""


@dataclass(frozen=True, slots=True)
class SiteTitle:
    """A title in two parts."""

    page: str
    site: tuple[str, ...] = ()
    """What the site added: its own name, the name of a product."""


def clean(title: str) -> str:
    """Return a title without mark-up, in one line."""
    plain = readable(_ESCAPE.sub("", _TAG.sub("", _ANCHOR.sub("", title))))
    return " ".join(plain.strip(" *_#`").split())


def without_site(title: str, heading: str = "") -> SiteTitle:
    """Part a title from what the site adds; `heading` is what the page itself has above its text.

    A bar parts the two always, a dash where what follows is a site's name or the heading stands
    before it.
    """
    title = clean(title)
    parts = [part for part in _PIPES.split(title) if part]
    if len(parts) > 1 and _is_site(parts[0]) and not _is_site(parts[-1]):
        parts.reverse()
    page, site = (parts[0], parts[1:]) if parts else ("", [])
    pieces = _DASHES.split(page)
    while len(pieces) > 1 and (
        _is_site(pieces[-1])
        or _same(pieces[0], heading)
        or (site and _is_name(pieces[-1]))
        or _same(" - ".join(pieces[:-1]), heading)
    ):
        site.insert(0, pieces.pop())
    if len(pieces) > 1 and _is_site(pieces[0]):
        site.append(pieces.pop(0))
    if len(pieces) == len(_DASHES.split(page)):
        return SiteTitle(page, tuple(site))
    return SiteTitle(" - ".join(pieces), tuple(site))


def site_name(site: str) -> str:
    """Return what a site's name says of its publisher: "Vendor Docs" is Vendor's."""
    words = site.split()
    while words and words[-1].lower() in _SITE_WORDS | _LINKING:
        words.pop()
    return " ".join(words)


def is_generic(title: str) -> bool:
    """Tell whether a title says what kind of page it is and not of what."""
    return _GENERIC.fullmatch(title.strip()) is not None


def heading_of(text: str, structure: Structure) -> str:
    """Return the heading that stands above a whole page, empty where it has none.

    A heading of a part, after some text and below the first level or numbered, is no title.
    """
    for at, section in enumerate(structure.sections[:6]):
        title = clean(section.title)
        if not title:
            continue
        above = any(
            block.section < at and block.kind is not BlockKind.FIELD
            for block in structure.blocks[:24]
        )
        top = text[section.span.start : section.span.start + 2] in ("# ", "#\t")
        if not above or (top and not _NUMBERED.match(title)):
            return title
    return ""


def first_line(text: str, structure: Structure) -> str:
    """Return the lone line that a page without headings begins with, empty where it has none."""
    blocks = [block for block in structure.blocks[:8] if block.kind is not BlockKind.FIELD]
    if not blocks or blocks[0].kind is not BlockKind.PARAGRAPH:
        return ""
    lines = [clean(line) for line in blocks[0].span.of(text)[:1000].splitlines()]
    # The day of a page stands above many and is no title.
    lines = [line for line in lines if line.strip("=-~*_ ") and not DATE.fullmatch(line)]
    if len(lines) > 1 and lines[1][:1].islower():
        # A line that goes on in the next is the beginning of a sentence.
        lines = []
    if len(lines) > 1 and (len(lines) > _MOST_LINES or _is_site(lines[1]) or ": " in lines[1]):
        del lines[1:]
    prose = any(_ENDS.search(block.span.of(text).strip()) for block in blocks[1:])
    if lines and prose and all(map(_is_title_line, lines)):
        return ": ".join(lines)
    named = _THIS.match(" ".join(readable(blocks[0].span.of(text)[:600]).split()))
    return named["name"] if named else ""


def respelled(title: str, text: str) -> str:
    """Return a title without capitals that the text writes otherwise."""
    for part in title.split(": "):
        if part.isupper() and len(part) > 3:
            found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text.replace(part, ""), re.I)
            title = title.replace(part, found[0] if found else part)
    return title


def _is_title_line(line: str) -> bool:
    return (
        len(line) <= _LONGEST_LINE
        and len(line.split()) <= _MOST_WORDS
        and not _ENDS.search(line)
        and not line[:1].islower()
        and any(map(str.isalpha, line))
    )


def _is_site(part: str) -> bool:
    """Tell whether a part of a title is what a site calls itself: "Vendor Docs"."""
    words = part.split()
    return (
        1 < len(words) <= 5
        and words[-1].lower() in _SITE_WORDS
        and all(word[:1].isupper() or word.lower() in _LINKING for word in words)
    ) or part.lower() in ("docs", "documentation", "help", "support", "home", "wiki", "blog")


def _is_name(part: str) -> bool:
    words = part.split()
    return len(words) <= 4 and all(word[:1].isupper() for word in words)


def _same(one: str, other: str) -> bool:
    return bool(other) and re.sub(r"\W", "", one.lower()) == re.sub(r"\W", "", other.lower())
