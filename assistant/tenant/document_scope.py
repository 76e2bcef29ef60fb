"""What a document says its statements hold under, beside the conditions of their own sentences.

A title "for customers in Japan", a heading that names an add-on, a list of conditions beside the
commitment, the first cell of a row, the part of the service that a record is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.tenant.requirements import Page, add_ons_in, of_list_item, of_whole_page
from assistant.tenant.tenant_names import add_on_words, is_vendor, name_words
from assistant.tenant.types import Fact, Requirement, Row
from assistant.understanding.services import service_of, services
from corpus.facts.types import PlaceRole, Statement, StatementKind
from corpus.language.word_classes import with_plurals
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk, Description, Pair, Span
from index.stores.catalog import Catalog
from index.types import StoredDocument

_ADD_ON = re.compile(r"^(?P<name>[A-Z].*?) add-?ons?$", re.I)
_CONDITIONS = re.compile(r"\b(?:condition|requirement|eligib|prerequisite)", re.I)
_SHORT_LINE = re.compile(
    r"^[^\n]{0,100}?\b(?:condition|requirement|eligib|prerequisite)[^\n]{0,60}$", re.I | re.M
)
_FOR_CUSTOMERS = re.compile(r"\b(?:customers?|tenants?|organi[sz]ations?)\b", re.I)
_COUNTRY = re.compile(r"\b(?:countr|sign-?up|billing|tenant|customer)", re.I)
_REGION = re.compile(
    r"\b(?:region|geograph|geo\b|geos\b|location|environment|hosted|instance)", re.I
)
_EDITION = re.compile(
    r"\b(?:government|sovereign|operated by|preview|beta|education|enterprise)\b", re.I
)
"""A heading that says for which customers or at what stage all below it holds."""
_LIMITS = re.compile(r"\b(?:limitations?|restrictions?|exceptions?)\b", re.I)
_KEY = re.compile(r"\b(?:region|geograph\w+|geo|countr(?:y|ies))\b", re.I)
_PART = re.compile(r"\b(?:services?|features?|products?|components?|modules?)\b", re.I)
_PLAN = re.compile(r"\b(?:plan|tier|edition|add-?on|licen[cs]e|subscription)s?\b", re.I)
_LIMITING = frozenset({StatementKind.EXCLUDED, StatementKind.NOT_SUPPORTED})
"""What says where a promise ends holds without its conditions."""
_REQUIRING = frozenset({StatementKind.REQUIRED, StatementKind.MEMBER, StatementKind.DEFINED})
_SAYING = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO, PlaceRole.COMES_FROM})
_HANDLING = with_plurals(
    frozenset(
        "availability backup deletion durability encryption hosting location processing recovery "
        "redundancy replication residency retention storage transfer".split()
    )
)
_CHOSEN = "enabl|activat|turn|switch|opt|configur|select|choos|purchas|buy|bought|add-on"
_LONGEST_NAME = 6
"""Words of a name of a part; more are a sentence."""
_SPLIT = re.compile(r",\s*(?:and |or )?| and ")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of conditions: what it asks for, and the headings that it stands under."""

    above: tuple[str, ...]
    add_ons: tuple[str, ...]
    asked: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class DocumentScope:
    """A document, read once for all of its statements."""

    document: StoredDocument
    page: Page
    chunks: Mapping[str, Chunk]
    listed: tuple[_Listed, ...]
    rows: Mapping[int, tuple[Chunk, ...]]
    """Rows of a table by its group."""
    service: frozenset[str]
    """Words of the names of the service that it is about."""
    whole: tuple[Requirement, ...] = ()
    """What all of it stands under, by what it says of itself."""

    def of(self, statement: Statement) -> Iterator[Requirement]:
        """Yield what a statement is said under, its own sentence apart."""
        chunk = self.chunks.get(statement.chunk)
        if chunk is None:
            return
        yield from self.whole
        yield from self._customers(chunk)
        add_ons = self._add_ons(statement, chunk)
        for name in add_ons:
            yield self._having(name, chunk)
        if statement.kind not in _LIMITING and not any(map(_LIMITS.search, chunk.path[1:])):
            for one in self.listed:
                if one.above == chunk.path[: len(one.above)] or set(one.add_ons) & set(add_ons):
                    yield from one.asked
        for title in chunk.path[1:]:
            if _EDITION.search(title):
                yield self._said(Fact.NONE, title)
        yield from self._row(statement, chunk)
        yield from self._part(statement, chunk, add_ons)

    def _customers(self, chunk: Chunk) -> Iterator[Requirement]:
        """Yield the country that title or headings speak of: "for Japan customers"."""
        about = self.document.about
        for title in dict.fromkeys((about.title, *chunk.path)):
            if not _FOR_CUSTOMERS.search(title) or title.rstrip().endswith("?"):
                continue
            places = [
                m.place.id
                for m in self.page.gazetteer.mentions(_plain(title), about.words)
                if _is_of_customers(title, m.start, m.end)
            ]
            if places:
                yield self._said(Fact.COUNTRY, title, places=tuple(places))

    def _add_ons(self, statement: Statement, chunk: Chunk) -> tuple[str, ...]:
        found = [
            one
            for text in (statement.about.name, *chunk.path[1:])
            for one in add_ons_in(text, self.page.add_ons)
        ]
        return tuple(dict.fromkeys(found))

    def _having(self, name: str, chunk: Chunk) -> Requirement:
        title = next((t for t in chunk.path if add_on_words(name) <= name_words(t)), name)
        return self._said(Fact.ADD_ONS, title, names=(name,))

    def _row(self, statement: Statement, chunk: Chunk) -> Iterator[Requirement]:
        if chunk.kind is not BlockKind.ROW:
            return
        for column, pair in enumerate(chunk.pairs):
            if column == 0 or (_KEY.search(pair.title) and not self._is_said(pair, statement)):
                yield from self._in_row(column, pair, chunk)
        for pair in chunk.pairs:
            if _PLAN.search(pair.title) and pair.value:
                said = f"{pair.title}: {pair.value}"
                yield self._said(Fact.ADD_ONS, said, names=(pair.value,), span=chunk.span)
            elif _CONDITIONS.search(pair.title) and pair.value:
                yield self._said(Fact.NONE, f"{pair.title}: {pair.value}", span=chunk.span)

    def _is_said(self, pair: Pair, statement: Statement) -> bool:
        """Tell whether a cell is what the statement says, and not what it holds for."""
        said = {one.place for one in statement.places if one.role in _SAYING}
        return pair.value in statement.value or bool(said & set(_places(pair.value, self.page)))

    def _in_row(self, column: int, pair: Pair, chunk: Chunk) -> Iterator[Requirement]:
        places = _places(pair.value, self.page)
        said = f"{pair.title}: {pair.value}"
        if places and _COUNTRY.search(pair.title):
            yield self._said(Fact.COUNTRY, said, places=places, span=chunk.span)
        elif places and (_REGION.search(pair.title) or not pair.title):
            others = tuple(
                place
                for row in self.rows.get(chunk.group, ())
                if row.id != chunk.id and len(row.pairs) > column
                for place in _places(row.pairs[column].value, self.page)
            )
            row = Row(places, others)
            yield self._said(Fact.REGION, said, places=places, row=row, span=chunk.span)
        elif _REGION.search(pair.title) or _COUNTRY.search(pair.title):
            yield self._said(Fact.NONE, said, span=chunk.span)

    def _part(
        self, statement: Statement, chunk: Chunk, add_ons: Sequence[str]
    ) -> Iterator[Requirement]:
        """Yield that the part of the service that a statement is about is used."""
        name = statement.about.name
        if chunk.kind is BlockKind.ROW:
            first = chunk.pairs[0] if chunk.pairs else None
            if first is None or not _PART.search(first.title) or _places(first.value, self.page):
                return
            name = first.value
        parts = tuple(one for one in _SPLIT.split(name) if one)
        if add_ons or not all(self._is_part(one) for one in parts):
            return
        short = (_own_words(one, self.service) for one in parts)
        # A single word that is left ("Premium") may be of anything.
        named = (*parts, *(" ".join(words) for words in short if len(words) > 1))
        yield self._said(Fact.FEATURES, name, names=tuple(dict.fromkeys(named)))

    def _is_part(self, name: str) -> bool:
        if self._is_handling(name):
            return False
        about = self.document.about
        whole = name_words(f"{about.service} {about.title} {about.publisher}")
        words = name_words(name)
        return (
            bool(words)
            and len(words) <= _LONGEST_NAME
            and name[:1].isupper()
            and not words <= whole | self.service
            and self.page.gazetteer.named(name) is None
            and not is_vendor(name)
        )

    def _is_handling(self, name: str) -> bool:
        """Tell whether a name is of what the vendor does with data, whoever the tenant is.

        "Cross-Region Backup" is, unless the document says that it is switched on or chosen.
        """
        last = name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""
        if last not in _HANDLING:
            return False
        chosen = re.compile(rf"\b(?:{_CHOSEN})\w*\b[^.\n]{{0,60}}{re.escape(name)}", re.I)
        return not chosen.search(self.document.text)

    def _said(
        self, fact: Fact, said: str, *, places: tuple[str, ...] = (), row: Row | None = None,
        names: tuple[str, ...] = (), span: Span | None = None,
    ) -> Requirement:  # fmt: skip
        at = self.document.text.find(said) if span is None else -1
        found = Span(at, at + len(said)) if at >= 0 else span
        return Requirement(
            fact, said, self.document.about.id, found, places=places, row=row, names=names
        )


def may_list_conditions(document: StoredDocument) -> bool:
    """Tell whether a document may have a heading that announces conditions."""
    return _SHORT_LINE.search(document.text) is not None


def scope_of(
    document: StoredDocument,
    statements: Sequence[Statement],
    chunks: Mapping[str, Chunk],
    catalog: Catalog,
    gazetteer: Gazetteer,
) -> DocumentScope:
    """Read what a document says its statements hold under.

    `statements` are those that are asked about, and where a heading may announce conditions all.
    """
    about = document.about
    paths = {chunk.path for chunk in chunks.values()}
    add_ons = tuple(dict.fromkeys(_named_add_ons(paths)))
    page = Page(about.id, about.words, add_ons, gazetteer)
    tables = {
        one.group
        for one in chunks.values()
        if one.kind is BlockKind.ROW and any(_is_key(pair.title) for pair in one.pairs)
    }
    rows = {group: catalog.members(about.id, group) for group in tables if group >= 0}
    listed = _lists(statements, chunks, page)
    whole = tuple(of_whole_page(document.text, page))
    words = _service_words(about, statements)
    return DocumentScope(document, page, chunks, listed, rows, words, whole)


def _is_key(title: str) -> bool:
    return bool(_REGION.search(title) or _COUNTRY.search(title) or not title)


@lru_cache(maxsize=16_384)
def service_names(about: Description) -> tuple[str, ...]:
    """Return the names of the service that a document is about, the canonical one first."""
    return tuple(dict.fromkeys(one for one in (service_of(about), about.service) if one))


def _service_words(about: Description, statements: Sequence[Statement]) -> frozenset[str]:
    """Return the words of the names that a document gives the service that it is about."""
    known = set(service_names(about))
    aliases = {a for one in statements if one.about.name in known for a in one.about.aliases}
    said = {other for names in services() if names.name in known for other in names.aliases}
    return frozenset(word for name in known | aliases for word in name_words(name)) | frozenset(
        word for name in said for word in name_words(name)
    )


def _own_words(name: str, service: frozenset[str]) -> list[str]:
    """Return the words of a part's name without those of its service."""
    return [word for word in name.split() if not name_words(word) <= service] or [name]


def _named_add_ons(paths: set[tuple[str, ...]]) -> Iterator[str]:
    for path in sorted(paths):
        for title in path:
            if match := _ADD_ON.match(title):
                yield match["name"]


def _lists(
    statements: Sequence[Statement], chunks: Mapping[str, Chunk], page: Page
) -> tuple[_Listed, ...]:
    """Return the lists of conditions of a document, by the headings that they stand under.

    What is required right under the title of the page belongs to a procedure, not to a promise.
    """
    groups: dict[tuple[str, ...], dict[str, Chunk]] = {}
    for one in statements:
        chunk = chunks.get(one.chunk)
        if chunk is None or one.kind not in _REQUIRING or one.negated:
            continue
        if len(chunk.path) > 2 and _CONDITIONS.search(chunk.path[-1]):
            groups.setdefault(chunk.path, {})[chunk.id] = chunk
    return tuple(
        _Listed(
            path[:-1],
            tuple(one for title in path[1:] for one in add_ons_in(title, page.add_ons)),
            tuple(
                asked
                for chunk in found.values()
                for asked in of_list_item(chunk.text, chunk.span, page)
            ),
        )
        for path, found in groups.items()
    )


def _places(text: str, page: Page) -> tuple[str, ...]:
    mentions = page.gazetteer.mentions(text, page.about)
    return tuple(dict.fromkeys(one.place.id for one in mentions))


def _plain(title: str) -> str:
    return re.sub(r"\bEuropean (?=customers|tenants|organi)", "Europe    ", title)


def _is_of_customers(title: str, start: int, end: int) -> bool:
    """Tell whether a place stands right before or behind the word for customers."""
    before, after = title[:start], title[end:]
    return bool(
        re.match(
            r"\W*(?:\w{1,3}\s+)?(?:customers?|tenants?|organi[sz]ations?)\b(?! data\b)", after, re.I
        )
        or re.search(r"(?:customers?|tenants?|organi[sz]ations?)\s+(?:in|from|of)\s+(?:the )?$",
                     before, re.I)
    )  # fmt: skip
