"""When a page is from, by what it says of itself: front matter, fields, its head and its foot.

A date counts only where the words before it say that it is the page's own: "Last updated: …",
"This policy is effective from …", "Version 3, valid from …". A date in a sentence about anything
else is none of the page. The last change wins over the day from which a page holds, and that over
its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from corpus.language.sentences import readable
from corpus.language.written_date import WrittenDate, date_alone, dates_in
from corpus.parse.structure import Structure
from corpus.types import Block, BlockKind

_LONGEST_STATEMENT = 400
"""Code points of a sentence that may state the page's date."""
_HEAD, _HEAD_LENGTH, _FOOT = 14, 3000, 6
"""Blocks, and code points, that are near the head of a page, and blocks near its foot."""
_BYLINE = 4
"""Blocks among which a date alone is that of the page."""


class DateKind(IntEnum):
    """What a date says of its page, the more telling the higher."""

    PUBLISHED = 1
    EFFECTIVE = 2
    AS_OF = 3
    UPDATED = 4


@dataclass(frozen=True, slots=True)
class DateStatement:
    """A line or sentence in which a page states its date."""

    kind: DateKind
    written: WrittenDate
    text: str
    """The words up to the end of the date."""


@dataclass(frozen=True, slots=True)
class PageDate:
    """The date of a page, as far as it states one."""

    date: date | None = None
    warnings: tuple[str, ...] = ()
    """Why there is none although one is written, or how it was read."""


_THING = (
    r"(?:page|document|documentation|article|statement|polic(?:y|ies)|list|notice|agreement|"
    r"addendum|guide|information|content|text|version|file|faqs?|terms|overview|description|"
    r"appendix|annex|schedule|topic|datasheet|sheet|paper|white ?paper|summary|register|entry|"
    r"declaration|disclosure|reference|handbook|manual|contract|section|note|answers?)s?"
)
_BE = r"(?:was|were|is|are|has been|have been|becomes?|shall be|will be|takes?|comes?|enters?)"
_OF_PAGE = (
    rf"(?:(?:this|these|our|the present) (?:[\w’'-]+ ){{0,3}}?{_THING}"
    rf"(?: (?:of|on|for|about|in) [\w’' -]{{1,60}})? {_BE} )"
)
_LAST = (
    r"(?:last|latest|most recent(?:ly)?|date of (?:the )?(?:last|latest|most recent)|date last) "
)
_DONE = (
    r"(?:updated?|reviewed|modified|changed?|revised|edited|amended|refreshed|verified|checked|"
    r"confirmed|corrected|aktualisiert)"
)
_DONE = rf"(?:{_DONE}(?: ?/ ?| and | or |, ){_DONE}|{_DONE})"
_DOING = (
    r"(?:update|updating|review|modification|change|revision|edit|amendment|verification|check)"
)
_GAP = (
    r"(?: ?\([^()]{0,20}\))?[\s:;,=|*_(–—-]*"
    r"(?:(?:on|in|at|as of|of|was|is|the|date|by [^.,;:]{1,40}? on)[\s:]+)*"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_VERSION = (
    r"(?:(?:document )?(?:version|edition|issue|release|revision|rev\.?|v\.?) ?(?:no\.? ?)?"
    r"\d[\w.]{0,8}[\s:;,.(|–—-]*)"
)
_FORCE = (
    r"(?:effective(?: date)?|(?:in|into) (?:force|effect)|effect|valid|applicable|applies|gültig)"
)
_SINCE = r"(?: (?:as of|as from|from|since|on|starting(?: from| on)?|beginning|ab))?"
_LEADS = tuple(
    (kind, needs_end, re.compile(f"(?:{lead}){_GAP}{_WEEKDAY}", re.I))
    for kind, needs_end, lead in (
        (DateKind.UPDATED, False, rf"{_OF_PAGE}(?:last |most recently )?{_DONE}"),
        (DateKind.UPDATED, False, rf"(?:{_THING} )?{_LAST}(?:{_DONE}|{_DOING})(?: date)?"),
        (DateKind.UPDATED, False, rf"(?:{_THING} |date ){_DONE}"),
        (DateKind.UPDATED, False, rf"(?:date of )?(?:{_DOING}) date|date of {_DOING}"),
        (DateKind.UPDATED, True, rf"{_VERSION}?{_DONE}"),
        (DateKind.AS_OF, True, r"stand|status|état au|estado"),
        (
            DateKind.AS_OF, True,
            rf"(?:(?:status|state|{_THING}) )?(?:is |are )?(?:current |correct |accurate |valid |"
            r"up[ -]to[ -]date |applicable )?as (?:of|at)",
        ),
        (DateKind.EFFECTIVE, False, rf"{_OF_PAGE}{_FORCE}{_SINCE}"),
        (DateKind.EFFECTIVE, True, rf"(?:{_VERSION}|{_THING} )?(?:is )?{_FORCE}{_SINCE}"),
        (DateKind.EFFECTIVE, True, rf"{_VERSION}(?:of|from|dated)?"),
        (
            DateKind.PUBLISHED, True,
            rf"{_OF_PAGE}?(?:first |originally )?(?:published|posted|issued|released|created|"
            r"written|dated|veröffentlicht|publié)",
        ),
        (
            DateKind.PUBLISHED, True,
            r"(?:publication|publishing|issue|release|creation|document)? ?date(?: of "
            r"(?:publication|issue|release|creation))?|datum",
        ),
    )
)  # fmt: skip
"""Words that stand before the page's own date, and whether nothing may follow it."""
_END = re.compile(r"[\s)\]*_]*(?:$|[.;|·•]|,? ?(?:and )?(?:until|to|through|till|valid until)\b)")
_OPENING = re.compile(r"[\s*_#>(\[|•·–—-]+")
_PARTS = re.compile(r"\s+[|·•]\s+|\s{3,}|\t")
_TAIL = re.compile(r"[(\[–—|,:-]\s*([^()\[\]–—|,:]*(?:,[^()\[\]–—|,:]*)?)[)\]]?\s*$")

_KEYS: Mapping[DateKind, frozenset[str]] = {
    DateKind.UPDATED: frozenset(
        "msdate lastupdated lastupdate lastupdatedate updated updatedate updateddate dateupdated "
        "lastmod lastmodified lastmodifieddate modified modifieddate datemodified lastreviewed "
        "lastreview lastrevieweddate reviewed lastchanged changed lastrevised revised revdate "
        "revisiondate lastedited edited lastverified gitrevisiondate validation validated".split()
    ),
    DateKind.AS_OF: frozenset("asof stand statusdate".split()),
    DateKind.EFFECTIVE: frozenset(
        "effective effectivedate effectivefrom dateeffective validfrom inforcefrom".split()
    ),
    DateKind.PUBLISHED: frozenset(
        "date published publishdate publisheddate publicationdate datepublished pubdate posted "
        "issued dateissued issuedate created createddate creationdate datecreated released "
        "releasedate".split()
    ),
}
"""Names of fields that hold the page's date, without case, marks and a last "on" or "at"."""
_HOLDING = ("dates", "date", "meta", "metadata", "copyright")
"""Fields below which a page's dates stand."""
_MONTH_FIRST = "msdate"
"""The one field whose documented form has the month first."""


def date_statement(text: str) -> DateStatement | None:
    """Return where a line or sentence states the date of its page; None where it does not."""
    text = " ".join(text[:_LONGEST_STATEMENT].split()).rstrip("*_")
    start = opening.end() if (opening := _OPENING.match(text)) else 0
    for written in dates_in(text):
        for kind, needs_end, lead in _LEADS:
            if lead.fullmatch(text, start, written.span.start) and (
                not needs_end or _END.match(text, written.span.end)
            ):
                return DateStatement(kind, written, text[start : written.span.end])
    return None


def field_date(key: str, value: object) -> DateStatement | None:
    """Return the date that a field of front matter states; None for other fields and values."""
    if isinstance(value, Mapping):
        value = value.get("date")
    name = re.sub(r"[^a-z]", "", key.lower())
    name = re.sub(r"(?<=[a-z]{3}[dw])(?:on|at|by)$", "", name)
    kind = next((kind for kind, names in _KEYS.items() if name in names), None)
    if kind is None or isinstance(value, (bool, float)):
        return None
    if isinstance(value, datetime):
        value = value.date()
    written = date_alone(str(value)) if isinstance(value, (str, int, date)) else None
    if written is None:
        return None
    if name == _MONTH_FIRST:
        written = WrittenDate(written.span, written.readings[-1:], written.whole_month)
    return DateStatement(kind, written, f"{key}: {value}")


def stated_date(said: str) -> date | None:
    """Return the date of its page that a passage states: a field, a line or a sentence."""
    key, _, value = said.partition(":")
    field = field_date(key, value.strip(" \"'")) if len(key) < _LONGEST_STATEMENT else None
    found = field or next(_stated((readable(said), *map(readable, _PARTS.split(said)))), None)
    return found.written.date if found else None


def of_fields(row: Mapping[str, object]) -> PageDate:
    """Return the date that the front matter of a page states."""
    below = (value for key, value in row.items() if key.lower() in _HOLDING)
    every = (row, *(one for one in below if isinstance(one, Mapping)))
    found = (field_date(str(key), value) for fields in every for key, value in fields.items())
    return _chosen([one for one in found if one is not None])


def of_text(text: str, structure: Structure) -> PageDate:
    """Return the date that a page states near its head or its foot, or in a field of its own."""
    blocks = structure.blocks
    head = [
        block for at, block in enumerate(blocks[:_HEAD]) if at < _BYLINE
        or block.span.start - blocks[0].span.start < _HEAD_LENGTH
    ]  # fmt: skip
    foot = blocks[max(len(head), len(blocks) - _FOOT) :]
    found = list(_stated(line for block in (*head, *foot) for line in lines_of(text, block)))
    found.extend(_stated(one.title for one in structure.sections[: _BYLINE * 2]))
    found.extend(_stated(one.title for one in structure.sections[-1:]))
    if not found:
        found.extend(_alone(text, structure, head[:_BYLINE]))
    if not found:
        labelled = (block for block in blocks if block.label is not None)
        found.extend(_stated(line for block in labelled for line in lines_of(text, block)))
        if len({one.written.readings for one in found}) > 1:
            return PageDate()
    return _chosen(found)


def lines_of(text: str, block: Block) -> Iterator[str]:
    """Yield what may state something of the page in a block: lines, sentences, rows."""
    if block.kind is BlockKind.CODE or (block.cells and len(block.cells) != 2):
        return
    if block.cells and not block.sentences:
        label, value = (readable(cell.span.of(text)) for cell in block.cells)
        yield f"{label}: {value}"
        return
    for sentence in block.sentences:
        yield readable(sentence.of(text)[: 2 * _LONGEST_STATEMENT])
    whole = block.span.of(text)
    if len(whole) <= 2 * _LONGEST_STATEMENT:
        for line in whole.splitlines():
            for part in _PARTS.split(line.strip()):
                yield readable(part)


def _stated(lines: Iterable[str]) -> Iterator[DateStatement]:
    return (one for line in lines if (one := date_statement(line)) is not None)


def _alone(text: str, structure: Structure, head: Iterable[Block]) -> Iterator[DateStatement]:
    """Yield a day that stands alone in a byline, or at the end of the title."""
    lines = [line for block in head if not block.cells for line in lines_of(text, block)]
    titles = [one.title for one in structure.sections[:1]]
    for part in [*lines, *(match[1] for title in titles if (match := _TAIL.search(title)))]:
        stated = date_statement(part)
        if stated is not None:
            yield stated
        elif (written := date_alone(part)) is not None and not written.whole_month:
            yield DateStatement(DateKind.PUBLISHED, written, part.strip())


def _chosen(found: list[DateStatement]) -> PageDate:
    """Return the date of the most telling kind, the latest of several; none where it is unclear."""
    if not found:
        return PageDate()
    kind = max(one.kind for one in found)
    best = [one for one in found if one.kind is kind]
    clear = [one for one in best if one.written.date is not None]
    if clear:
        latest = max(clear, key=lambda one: (one.written.readings, -one.written.span.start))
        return PageDate(latest.written.date, _month_warning(latest))
    return PageDate(None, (_unclear_warning(best[0]),))


def _unclear_warning(one: DateStatement) -> str:
    first, second = (f"{day.day} {day:%B %Y}" for day in one.written.readings)
    return (
        f"“{one.text}” may mean {first} or {second}, so the document has no date. "
        "Say which with `residency corpus describe`"
    )


def _month_warning(one: DateStatement) -> tuple[str, ...]:
    if not one.written.whole_month:
        return ()
    day = one.written.readings[0]
    return (f"“{one.text}” names no day: {day.day} {day:%B %Y} is taken",)
