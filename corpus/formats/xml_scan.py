"""The XML parts of an archive, looked through before anything is made of them.

A parser that builds nothing decodes them, so that a declaration is seen in any encoding. Which
parts there are is told by the archive's relations too: what it calls them is its own choice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from xml.parsers import expat

from corpus.formats.types import Unusable

_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""What may stand before the first sign: marks of encodings, the halves of wider signs, space."""
_SIGNS = (b"<", b"\x4c\x6f\xa7\x94")
"""What XML begins with behind that, the second in EBCDIC."""
_READ = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|(us-)?ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE
)
"""Encodings in which all parsers see the same; in others a declaration may look like words."""
_XML = (".xml", ".rels", ".vml")
_NOT_XML = (
    "/image", "/aFChunk", "/oleObject", "/package", "/printerSettings", "/font", "/vbaProject",
    "/audio", "/video", "/media", "/hyperlink",
)  # fmt: skip
"""What relations of these kinds lead to is read by nobody here, and may begin as XML does."""
_RELATIONS = ".rels"
_TYPES = "[Content_Types].xml"
_COUNTED = {
    "worksheet": ("c", "row", "mergeCell", "dataValidation"),
    "sst": ("si", "r"),
    "styleSheet": ("xf", "font", "fill", "border", "numFmt", "dxf"),
    "comments": ("comment",),
    "Relationships": ("Relationship",),
    "Types": ("Override",),
}
"""By the root of a part, the elements that are counted in it."""
_LEADING = ("Relationship", "Override")
_MOST = {
    "c": (2_000_000, "cells"),
    "row": (2_000_000, "rows"),
    "si": (500_000, "shared texts"),
    "r": (1_000_000, "parts of shared texts"),
    "mergeCell": (100_000, "joined cells"),
    "dataValidation": (65_534, "lists of values"),
    "comment": (100_000, "comments"),
    "Relationship": (100_000, "relations"),
    "Override": (100_000, "kinds of parts"),
}
_MOST_STYLES = (65_490, "styles")
"""More no spreadsheet has: it is the limit of the programs."""


class XmlScan:
    """Looks through the parts of one archive; raises Unusable for what must not be read."""

    def __init__(self, called: str) -> None:
        self._called = called
        self._counts: Counter[str] = Counter()
        self._named: set[str] = set()

    def is_read(self, name: str) -> bool:
        """Tell whether a part is XML that may be read, by its name or by what leads to it.

        The parts of `is_first` have to be looked through before.
        """
        return name.endswith(_XML) or _last(name) in self._named

    def part(self) -> PartScan:
        """Return what looks through one more part."""
        return PartScan(self._called, self._count, self._lead)

    def _count(self, found: Mapping[str, int]) -> None:
        """Count elements of a part by their names."""
        for name, count in found.items():
            self._counts[name] += count
            most, called = _MOST.get(name, _MOST_STYLES)
            if self._counts[name] > most:
                raise Unusable(
                    f"has more than {most:,} {called}",
                    "Divide it, or give what is asked for alone",
                )

    def _lead(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep what an element leads to."""
        if name == "Relationship" and not attributes.get("Type", "").endswith(_NOT_XML):
            self._named.add(_last(attributes.get("Target", "")))
        elif name == "Override" and attributes.get("ContentType", "").endswith(("+xml", "/xml")):
            self._named.add(_last(attributes.get("PartName", "")))


def is_first(name: str) -> bool:
    """Tell whether a part says which others there are."""
    return name.endswith(_RELATIONS) or name == _TYPES


def _last(path: str) -> str:
    """Return the last name of a path: it may mean more parts, and misses none that is read."""
    return re.split(r"[/\\]", path)[-1].casefold()


class PartScan:
    """Looks through one part, piece by piece."""

    def __init__(
        self,
        called: str,
        count: Callable[[Mapping[str, int]], None],
        lead: Callable[[str, Mapping[str, str]], None],
    ) -> None:
        self._called = called
        self._count = count
        self._lead = lead
        self._tally: dict[str, int] = {}
        """By its name as it is written, how often an element came since it was counted."""
        self._first = b""
        self._is_over = False
        self._has_root = False
        self._counted: frozenset[str] = frozenset()
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._root

    def feed(self, piece: bytes) -> None:
        """Look at the next bytes."""
        if not self._is_over:
            self._first = self._first or piece.lstrip(_BEFORE)[:4]
            self._parse(piece)

    def close(self) -> None:
        """Look at what is left when the part is at its end."""
        if not self._is_over:
            self._parse(b"", is_last=True)

    def _parse(self, piece: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(piece, is_last)
            self._count_tally()
        except (expat.ExpatError, ValueError, LookupError) as error:
            if not self._has_root and self._first.startswith(_SIGNS):
                raise Unusable(
                    f"is no {self._called}, or is damaged ({error})", "Save it anew"
                ) from error
            # It is no XML, or has its root, behind which nothing is declared: whoever reads it
            # finds the fault too.
            self._is_over = True

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG002
        if encoding is not None and not _READ.fullmatch(encoding):
            raise self._written_otherwise(encoding)

    def _written_otherwise(self, encoding: str) -> Unusable:
        return Unusable(f"is written in {encoding[:40]!r}, as no {self._called} is", "Save it anew")

    def _refuse(self, *_: object) -> None:
        raise Unusable(f"declares entities, as no {self._called} does", "Save it anew")

    def _root(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._has_root = True
        self._counted = frozenset(_COUNTED.get(name.rpartition(":")[2], ()))
        self._parser.StartElementHandler = self._element() if self._counted else None

    def _element(self) -> Callable[[str, dict[str, str]], None]:
        """Return what is called for each element: all that a large part costs is this."""
        tally, lead = self._tally, self._lead
        if not self._counted.isdisjoint(_LEADING):

            def leading(name: str, attributes: dict[str, str]) -> None:
                tally[name] = tally.get(name, 0) + 1
                lead(name.rpartition(":")[2], attributes)

            return leading

        def counting(name: str, _attributes: dict[str, str]) -> None:
            tally[name] = tally.get(name, 0) + 1

        return counting

    def _count_tally(self) -> None:
        found: Counter[str] = Counter()
        for name, count in self._tally.items():
            found[name.rpartition(":")[2]] += count
        self._tally.clear()
        self._count({name: count for name, count in found.items() if name in self._counted})
