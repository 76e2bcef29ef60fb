"""What stands within a line of a page, in the reading form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from corpus.formats.markdown_writer import BREAK, escaped, tidy
from corpus.formats.web.settled.icon_words import box_of, is_ligature, sign_of
from corpus.formats.web.settled.page_elements import (
    elements,
    is_block,
    names,
    pieces,
    role,
    style,
    texts,
    within,
    words,
)
from corpus.formats.web.settled.web_page import WebPage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CODE = ("code", "kbd", "samp", "tt")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_STRUCK = re.compile(r"line-through", re.I)
_STRUCK_CLASSES = frozenset(
    ("line-through", "strikethrough", "text-decoration-line-through", "strike", "struck")
)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.I)
_MARK = re.compile(r"\[\^[^\]\s]+\]")
_RAISABLE = re.compile(r"[\w*†‡§.,()+-]{1,12}$")
_SEVERAL = re.compile(r"\w{1,2}(?:[,;]\s?\w{1,2})+$")
_ANCHORS = frozenset(("#", "¶", "§", "↑", "🔗", ""))
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>{}\\]+$")
_REDIRECT = re.compile(r"https://www\.google\.com/url\?q=([^&\s]+)")
"""Exported texts send their readers round by a counter of links."""
_RELATIVE = re.compile(r"\bago\b|yesterday|today|last (?:week|month|year)|just now", re.I)
_DECOR = re.compile(r"\b(?:logo|icon|flag|photo|image|picture|screenshot|banner|avatar)\b", re.I)
_LONGEST_ALT = 60
MEDIA = {
    "iframe": "embedded page", "frame": "embedded page", "embed": "embedded page",
    "object": "embedded page", "video": "video", "audio": "audio", "canvas": "image",
}  # fmt: skip


class LineWriter:
    """Turns elements that stand within a line into text of the reading form."""

    def __init__(self, page: WebPage) -> None:
        self.page = page
        self._cells: dict[HtmlElement, str] = {}
        """What the last cell with a picture says."""
        self._made: dict[str, Callable[[HtmlElement], str]] = {
            "br": lambda element: BREAK, "title": lambda element: "", "img": self._image,
            "svg": self._drawing, "input": self._input, "select": self._select,
            "textarea": self._filled_in, "abbr": self._term, "acronym": self._term,
            "time": self._time, "relative-time": self._time,
            **dict.fromkeys(MEDIA, self._media),
        }  # fmt: skip

    def line(self, element: HtmlElement) -> str:
        """Return an element with the mark-up that carries meaning; breaks are `BREAK`."""
        if element in self.page.marks:
            return f"[^{self.page.marks[element]}]"
        if element in self.page.notes:
            return ""
        made = self._made.get(str(element.tag))
        if made is not None:
            return made(element)
        box = box_of(element)
        inner = f"{box} {self.inside(element).lstrip()}" if box else self.inside(element)
        return self._marked(element, inner) if inner.strip() else inner

    def inside(self, element: HtmlElement) -> str:
        """Return what an element holds as text within a line."""
        return "".join(map(self.inside_piece, pieces(element)))

    def inside_piece(self, piece: HtmlElement | str) -> str:
        """Return a text or an element as text within a line."""
        if isinstance(piece, str):
            return escaped(piece)
        apart = " " if is_block(piece) else ""
        return f"{apart}{self.line(piece)}{apart}"

    def _marked(self, element: HtmlElement, inner: str) -> str:
        tag, own, stated = element.tag, set(names(element)), style(element)
        if tag in _CODE:
            inner = self._code(element, inner)
        elif tag == "a":
            inner = self._link(element, inner)
        elif tag == "q":
            inner = f"“{inner}”"
        elif tag == "i" and is_ligature(element):
            return ""
        if tag == "sup" or _RAISED.search(stated) or own & self.page.raised:
            inner = self._raised(inner)
        if tag in ("strong", "b") or _BOLD.search(stated) or own & self.page.bold:
            inner = _around(inner, "**")
        if (
            tag in ("del", "s", "strike")
            or _STRUCK.search(stated)
            or own & (self.page.struck | _STRUCK_CLASSES)
        ):
            inner = BREAK.join(_around(part, "~~") for part in inner.split(BREAK))
        return inner

    def _code(self, element: HtmlElement, inner: str) -> str:
        said = " ".join("".join(texts(element)).split())
        # A break of a cell cannot stand in code, and an escape is none there.
        plain = BREAK not in inner and not _MARK.search(inner) and not set("`|") & set(said)
        if not plain or not said:
            return inner
        lead, tail = _edges(inner)
        return f"{lead}`{said}`{tail}"

    def _link(self, element: HtmlElement, inner: str) -> str:
        address, said = (element.get("href") or "").strip(), tidy(inner)
        if said.replace("\\", "") in _ANCHORS:
            return ""
        if address.startswith("#") or not address or set("[]\n") & set(said):
            return inner
        try:
            whole = urljoin(self.page.base, address)
        except ValueError:
            return inner
        led = _REDIRECT.match(whole)
        whole = unquote(led[1]) if led else whole
        whole = whole.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
        if not _ADDRESS.match(whole):
            return inner
        lead, tail = _edges(inner)
        return f"{lead}[{said}]({whole}){tail}"

    @staticmethod
    def _raised(inner: str) -> str:
        marks = _MARK.findall(inner)
        if marks:
            # What stands between the marks of several notes is no text.
            return "".join(marks)
        said = tidy(inner).replace("\\", "").strip("[]")
        if _SEVERAL.match(said):
            return "".join(f"^{one}^" for one in re.split(r"[,;]\s?", said))
        return f"^{said}^" if _RAISABLE.match(said) else inner

    def _image(self, element: HtmlElement) -> str:
        sign = sign_of(element)
        if sign:
            return sign
        alt = " ".join((element.get("alt") or "").split())
        if _is_spacer(element, alt):
            return ""
        if within(element, "td", "th") and 0 < len(alt) <= _LONGEST_ALT and not _DECOR.search(alt):
            # In a table a picture stands for a word: a tick for yes.
            cell = next(element.iterancestors("td", "th"))
            if cell not in self._cells:
                self._cells = {cell: words(cell).lower()}
            return "" if alt.lower() in self._cells[cell] else f" {escaped(alt)} "
        source = (element.get("src") or "").partition("?")[0].rpartition("/")[2]
        self.page.leave_out("image", alt or ("" if source.startswith("data:") else source[:80]))
        return ""

    def _drawing(self, element: HtmlElement) -> str:
        texts = [words(one) for one in element.iter("text", "title") if words(one)]
        if any(one.tag == "text" for one in element.iter("text")):
            self.page.leave_out("image", " ".join(texts)[:80])
        return ""

    def _media(self, element: HtmlElement) -> str:
        self.leave_out(element)
        # The parser takes what follows an `embed` for what is in it.
        return self.inside(element) if element.tag in ("object", "embed") else ""

    def leave_out(self, element: HtmlElement) -> None:
        """Count a film, a recording or a page within the page."""
        example = element.get("title") or element.get("src") or element.get("data") or ""
        hidden = {element.get("width"), element.get("height")} & {"0", "1"}
        if not hidden:
            self.page.leave_out(MEDIA[str(element.tag)], example or str(element.get("id") or ""))

    def _input(self, element: HtmlElement) -> str:
        box = box_of(element)
        if box:
            return f"{box} "
        kind = (element.get("type") or "text").lower()
        if kind not in ("text", "number", "date", "email", "url", "tel"):
            return ""
        return f" {escaped(element.get('value') or '')} " if _is_of_text(element) else ""

    @staticmethod
    def _select(element: HtmlElement) -> str:
        chosen = [one for one in element.iter("option") if one.get("selected") is not None]
        said = ", ".join(filter(None, map(words, chosen)))
        return f" {escaped(said)} " if _is_of_text(element) else ""

    def _filled_in(self, element: HtmlElement) -> str:
        return f" {escaped(words(element))} " if _is_of_text(element) else ""

    def _term(self, element: HtmlElement) -> str:
        inner = self.inside(element)
        full = " ".join((element.get("title") or "").split())
        short = words(element)
        if not full or not short or full.lower() == short.lower():
            return inner
        return inner + self.page.term(short, escaped(full))

    def _time(self, element: HtmlElement) -> str:
        inner = self.inside(element)
        stated = (element.get("datetime") or "").strip()
        if re.match(r"\d{4}-\d\d", stated) and (not inner.strip() or _RELATIVE.search(inner)):
            # How long ago something was depends on when the page is read.
            inner = stated[:10]
        before = element.getprevious()
        close = before is not None and before.tag == "time" and not before.tail
        return f" {inner}" if close else inner


def _around(inner: str, mark: str) -> str:
    """Return text between marks, its white space outside of them."""
    said = tidy(inner)
    bare = re.sub(r"\\.", "", said)
    if not said or "\n" in said or mark in bare or (mark == "**" and "*" in bare):
        return inner
    lead, tail = _edges(inner)
    return f"{lead}{mark}{said}{mark}{tail}"


def _edges(inner: str) -> tuple[str, str]:
    return inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]


def _is_spacer(image: HtmlElement, alt: str) -> bool:
    sizes = [(image.get(name) or "").strip() for name in ("width", "height")]
    small = any(size.isdecimal() and int(size[:6]) <= 32 for size in sizes)
    decor = role(image) in ("presentation", "none") or (image.get("aria-hidden") or "") == "true"
    return not alt and (small or decor or within(image, "noscript"))


def _is_of_text(element: HtmlElement) -> bool:
    """Tell whether what is filled in belongs to a text, and not to the tools of a page."""
    if element.get("readonly") is not None:
        return True
    return within(element, "td", "dd", "li", "p", "label", "fieldset") or any(
        child.tag == "label" for child in elements(element.getparent())
    )
