"""What a file says of itself: title, date, service, publisher, read off its text and properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.intake import page_date
from corpus.intake.describe import one_line
from corpus.intake.naming import (
    Speech,
    first_line,
    heading_of,
    is_generic,
    publisher_of,
    respelled,
    service_of,
    site_name,
    without_site,
)
from corpus.intake.naming import clean as clean_title
from corpus.parse.structure import Structure


@dataclass(frozen=True, slots=True)
class PageText:
    """A file as it was read, before anything is said of it from outside."""

    name: str
    """Path below its folder."""
    text: str
    structure: Structure
    fields: Mapping[str, object]
    """Its front matter."""
    title: str = ""
    """Title among the file's own properties."""
    date: date | None = None
    """Date among them."""
    source: str = ""
    """Where it is published, as far as it is known."""
    service: str = ""
    """What its front matter calls the service, which may be a short name for machines."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a file says of itself; what is empty it does not say."""

    title: str = ""
    service: str = ""
    publisher: str = ""
    date: date | None = None
    warnings: tuple[str, ...] = ()
    """What is written and could not be used, or how it was read."""


_TITLE_FIELDS = ("title", "page_title", "pagetitle", "meta_title")
_SHORT_TITLE_FIELDS = ("sidebar_label", "linktitle", "nav_title", "short_title", "name")
_SITE_FIELDS = ("site", "site_name", "sitename")
_SUFFIX_FIELDS = ("titlesuffix", "title_suffix")
_HOLDING = ("meta", "metadata", "seo", "head", "page")
"""Fields below which a page's title and description stand."""
_PUBLISHER_FIELDS = ("publisher", "vendor", "provider", "company", "organization", "organisation")


def own_words(page: PageText) -> OwnWords:
    """Return what a file says of itself."""
    titled = _Titles(page)
    speech = Speech(titled.page, page.text, titled.others)
    path = PurePath(page.name)
    service = service_of(speech, page.service, path.stem)
    title = titled.page
    if title and is_generic(title):
        title = titled.joined(service)
    dated, warnings = _date(page)
    publisher = next((said for key in _PUBLISHER_FIELDS if (said := _field(page, key))), "")
    return OwnWords(
        title, service,
        publisher or publisher_of(speech, page.source, path.parts[:-1], titled.publisher),
        dated, warnings,
    )  # fmt: skip


def _date(page: PageText) -> tuple[date | None, tuple[str, ...]]:
    """Return the date of the page: of front matter, else of the file, else of its text."""
    stated = page_date.of_fields(page.fields)
    if stated.date is None and page.date is None:
        told = page_date.of_text(page.text, page.structure)
        if told.date is not None or not stated.warnings:
            stated = told
    elif stated.date is None:
        stated = page_date.PageDate(page.date)
    return stated.date, stated.warnings


class _Titles:
    """The titles that a page has, and the one that it goes by."""

    def __init__(self, page: PageText) -> None:
        self._file = PurePath(page.name)
        heading = without_site(heading_of(page.text, page.structure)).page
        self._heading = heading
        stated = next((said for key in _TITLE_FIELDS if (said := _field(page, key))), "")
        parted = without_site(stated or page.title, heading)
        self._site = (*parted.site, *(s for key in _SITE_FIELDS if (s := _field(page, key))))
        short = next((said for key in _SHORT_TITLE_FIELDS if (said := _field(page, key))), "")
        line = "" if heading else first_line(page.text, page.structure)
        self.page = self._best(stated, parted.page, heading or line)
        self.page = respelled(self.page or clean_title(_no_path(short)), page.text)
        suffixes = (_field(page, key) for key in _SUFFIX_FIELDS)
        others = (
            heading, line, parted.page, *self._site, *suffixes, _field(page, "description"),
        )  # fmt: skip
        self.others = tuple(dict.fromkeys(one for one in others if one and one != self.page))

    @staticmethod
    def _best(stated: str, parted: str, heading: str) -> str:
        """Return the title of front matter, else the heading unless the file's title says more."""
        if stated or not heading:
            return parted
        said = re.findall(r"\w+", parted.lower())
        richer = len(said) > 1 and set(re.findall(r"\w+", heading.lower())) <= set(said)
        return parted if richer or (is_generic(heading) and parted) else heading

    @property
    def publisher(self) -> str:
        """What the site's name says of its publisher."""
        return next((name for one in self._site[::-1] if (name := site_name(one))), "")

    def joined(self, service: str) -> str:
        """Return a title that says nothing by itself with what else is known of its page."""
        other = service or next((one for one in self._site if one), "")
        if not other or other.lower() in self.page.lower():
            return self.page
        contract = re.search(r"addendum|agreement|policy|notice|terms|processor", self.page, re.I)
        return f"{other} {self.page}" if contract else f"{other}: {self.page}"


def _no_path(name: str) -> str:
    return "" if "/" in name else name


def _field(page: PageText, key: str) -> str:
    """Return a field of front matter, else the one of that name below a field of several."""
    inner = (value for name, value in page.fields.items() if name.lower() in _HOLDING)
    every = (page.fields, *(one for one in inner if isinstance(one, Mapping)))
    found = (
        value for fields in every for name, value in fields.items()
        if str(name).lower().replace("-", "_") == key
    )  # fmt: skip
    return next(filter(None, map(one_line, found)), "")
