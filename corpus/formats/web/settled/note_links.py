"""Marks of notes and the notes that they point to, by the links of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from corpus.formats.web.settled.page_elements import (
    GONE,
    HEADINGS,
    brief,
    names,
    role,
    style,
    take_out,
    words,
)
from corpus.formats.web.settled.web_page import WebPage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGN = re.compile(
    r"(?P<open>[\[(]?)(?:(?:note|fn|footnote|nb)\s?)?(?P<sign>\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶#]{1,4})"
    r"[\])]?[.,]?",
    re.I,
)
_BACK = re.compile(r"[\s↩︎↵⏎↑⬆⤴^⇧]*|(?:jump|go)? ?back(?: to (?:text|content|top))?|return", re.I)
_NAMED = re.compile(r"(?:foot|end)-?notes?(?:[-_](?:item|text|list|block|body|content))?")
_LEFT_OVER = re.compile(r"\s*[\[(]?\s*[\])]?\s*[.:)]?\s*")
_LONGEST = 3000
"""Characters of a note; a longer element is a part of the page."""
_BLOCKS = ("p", "li", "dd", "dt", "td", "div", "aside", "tr", "blockquote", "figcaption")
_LEAD_TAGS = ("a", "sup", "span", "b", "strong", "small", "label")


@dataclass(slots=True)
class _Page:
    page: WebPage
    order: dict[HtmlElement, int] = field(default_factory=dict)
    targets: dict[str, HtmlElement] = field(default_factory=dict)
    links: list[tuple[HtmlElement, str]] = field(default_factory=list)
    fits: dict[HtmlElement, bool] = field(default_factory=dict)
    """Whether an element that links point to can be a note."""
    taken: set[str] = field(default_factory=set)
    """Labels that are given."""


def find_notes(root: HtmlElement, page: WebPage) -> None:
    """Tell `page` which elements are marks and which are notes; links back are taken out."""
    found = _Page(page)
    for number, element in enumerate(root.iter()):
        if not isinstance(element.tag, str) or element.tag == GONE:
            continue
        anchor = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if anchor and anchor not in found.targets:
            found.targets[anchor] = element
            found.order[element] = number
        if element.tag == "a" and element.get("name") and element.get("name") != anchor:
            found.targets.setdefault(str(element.get("name")), element)
            found.order[element] = number
        fragment = _fragment(element)
        if fragment:
            found.links.append((element, fragment))
            found.order[element] = number
    labels: dict[HtmlElement, tuple[str, str]] = {}
    for link, fragment in found.links:
        _tie(found, link, fragment, labels)
    for note, (label, sign) in labels.items():
        _without_label(note, found, sign)
        page.notes[note] = label


def _fragment(element: HtmlElement) -> str:
    address = (element.get("href") or "").strip() if element.tag == "a" else ""
    if "#" in address:
        return address.partition("#")[2]
    described = element.get("aria-describedby") or ""
    if described and element.tag in ("a", "sup", "span", "button") and " " not in described:
        return described
    return ""


def _tie(
    found: _Page, link: HtmlElement, fragment: str, labels: dict[HtmlElement, tuple[str, str]]
) -> None:
    target = found.targets.get(fragment)
    if target is None or (found.order[target] < found.order[link] and not _is_said(target)):
        return
    if not labels.keys().isdisjoint(link.iterancestors()):
        return
    sign = _SIGN.fullmatch(brief(link))
    if sign is None or not _is_mark(link, sign):
        return
    note = _note_of(target)
    if note is not None and note not in found.fits:
        found.fits[note] = _fits(note)
    if note is None or not found.fits[note] or note is link or note in link.iterancestors():
        return
    if note not in labels:
        label = re.sub(r"[^\w.-]+", "-", fragment)[:50].strip("-") or "note"
        label = label if label not in found.taken else f"{label}-{len(labels)}"
        found.taken.add(label)
        labels[note] = (label, sign["sign"])
    found.page.marks[link] = labels[note][0]
    _without_brackets(link)


def _is_said(element: HtmlElement) -> bool:
    """Tell whether an element says of itself that it is a note."""
    kinds = f"{role(element)} {element.get('epub:type') or ''} {style(element)}"
    if re.search(r"doc-(?:foot|end)note|^ ?(?:foot|end|rear)note|mso-element:", kinds):
        return True
    near = (element, *islice(element.iterancestors("div", "dl", "ol", "ul", "aside", "section"), 2))
    return any(_NAMED.fullmatch(name) for one in near for name in names(one))


def _is_mark(link: HtmlElement, sign: re.Match[str]) -> bool:
    kinds = f"{role(link)} {link.get('epub:type') or ''} {style(link)}"
    if "noteref" in kinds or "mso-footnote-id" in kinds or "mso-endnote-id" in kinds:
        return True
    if any(re.search(r"foot-?note|note-?ref|fn-?ref", name) for name in names(link)):
        return True
    raised = next(link.iterancestors("sup"), None) is not None
    raised = raised or next(link.iter("sup"), None) is not None
    around = (link.getprevious(), link.getparent())
    before = (
        around[0].tail if around[0] is not None else around[1].text if around[1] is not None else ""
    )
    bracketed = bool(sign["open"]) or (
        (before or "").endswith("[") and (link.tail or "").startswith("]")
    )
    return raised or bracketed or not sign["sign"].isalnum() or link.tag != "a"


def _note_of(target: HtmlElement) -> HtmlElement | None:
    """Return the element that would be a note, from the one that its mark points to."""
    note: HtmlElement | None = target
    if target.tag == "dt":
        note = target.getnext()
    elif target.tag == "td":
        note = target.getparent()
    elif target.tag not in (*_BLOCKS, "section", "table", "ol", "ul", "dl"):
        note = next(target.iterancestors(*_BLOCKS), None)
        if note is not None and note.tag == "td":
            note = note.getparent()
    above = note.getparent() if note is not None else None
    if note is not None and note.tag == "p" and above is not None and "mso-element" in style(above):
        return above
    return note


def _fits(note: HtmlElement) -> bool:
    """Tell whether an element can be a note: short, and no part of the page with a title."""
    if note.tag in ("section", "ol", "ul", "dl", "body") or (
        next(note.iter(*HEADINGS), None) is not None
    ):  # fmt: skip
        return False
    return bool(brief(note, _LONGEST))


def _without_brackets(link: HtmlElement) -> None:
    """Take out the brackets that stand around the mark of a note."""
    tail = link.tail or ""
    before, above = link.getprevious(), link.getparent()
    if not tail.startswith("]") or above is None:
        return
    lead = (before.tail if before is not None else above.text) or ""
    if not lead.endswith("["):
        return
    link.tail = tail[1:]
    if before is not None:
        before.tail = lead[:-1]
    else:
        above.text = lead[:-1]


def _without_label(note: HtmlElement, found: _Page, sign: str) -> None:
    """Take out what a note begins with, its own mark, and its links back."""
    before = note.getprevious()
    if note.tag == "dd" and before is not None and _SIGN.fullmatch(words(before)):
        take_out(before)
    first = _first_label(note)
    if first is not None:
        take_out(first)
    for link in list(note.iter("a")):
        said = words(link)
        address = link.get("href") or ""
        back = role(link) == "doc-backlink" or any("back" in name for name in names(link))
        if link in found.page.marks or not (address.startswith("#") or back or not address):
            continue
        if "#" in address and found.targets.get(address.partition("#")[2]) is not None and (
            back or _BACK.fullmatch(said) or _SIGN.fullmatch(said)
        ):  # fmt: skip
            _emptied(link)
        elif back or (not address and not said):
            _emptied(link)
    _strip_lead(note, sign)


def _emptied(link: HtmlElement) -> None:
    above = link.getparent()
    take_out(link)
    while above is not None and above.tag in ("sup", "span", "b", "strong") and not words(above):
        outer = above.getparent()
        take_out(above)
        above = outer


def _first_label(note: HtmlElement) -> HtmlElement | None:
    """Return the element at the beginning of a note that holds its mark alone."""
    at: HtmlElement | None = note
    while at is not None and not (at.text or "").strip():
        at = next((child for child in at if isinstance(child.tag, str) and child.tag != GONE), None)
        if at is None:
            return None
        if at.tag in (*_LEAD_TAGS, "td", "dt") and words(at) and _SIGN.fullmatch(words(at)):
            return at
    return None


@lru_cache(maxsize=1024)
def _own_lead(sign: str) -> re.Pattern[str]:
    shown = re.escape(sign)
    return re.compile(rf"\s*(?:[\[(]\s*{shown}\s*[\])][.:]?|{shown}(?:[.:)\]]|(?=\s)))\s*")


def _strip_lead(note: HtmlElement, sign: str) -> None:
    """Take out the sign of a note, or brackets and stops that stood around it."""
    own = _own_lead(sign)
    for holder, is_tail in _leading(note):
        text = (holder.tail if is_tail else holder.text) or ""
        if not text.strip():
            continue
        lead = own.match(text) or _LEFT_OVER.match(text)
        text = text[lead.end() :] if lead else text
        if is_tail:
            holder.tail = text
        else:
            holder.text = text
        return


def _leading(note: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Return the places of the texts of a note in order, whether they are the tails of others."""
    yield note, False
    waiting: list[tuple[HtmlElement, bool]] = [(child, False) for child in reversed(note)]
    while waiting:
        element, is_tail = waiting.pop()
        if is_tail or not isinstance(element.tag, str) or element.tag == GONE:
            yield element, True
            continue
        yield element, False
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
