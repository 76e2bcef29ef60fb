"""The archive that an office document is: checked before anything of it is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.types import Unusable

if TYPE_CHECKING:
    from lxml.etree import Element

MOST_MEMBERS = 5_000
LARGEST_CONTENT_MB = 512
_LARGEST_RATIO = 200
_SMALL_MB = 16
"""Of content; below it any ratio is harmless."""
_CHUNK = 2**16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""What the strict variant of Office Open XML calls the usual vocabularies."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an archive is expected to hold."""

    name: str
    """As a reader calls it: "Word document"."""
    suffix: str
    """As which to save it anew."""
    main: str
    """Member without which it is none, for the message."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The members of an archive that passed the checks."""

    kind: Kind
    members: dict[str, bytes]
    """The XML of the document, by name."""

    def tree(self, name: str) -> Element | None:
        """Return the root of a member, None where there is none."""
        content = self.members.get(name)
        return None if content is None else parse_xml(content, self.kind)


def read_parts(content: bytes, kind: Kind) -> Parts:
    """Return the XML of an office document; refuse what is none or would grow too much."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unusable("is protected with a password", "Save it without one")
        raise Unusable("is of the old format of Word (.doc)", f"Save it as {kind.suffix}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_declared(archive.infolist(), kind)
            return Parts(kind, _members(archive, kind))
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError,
    ) as error:  # fmt: skip
        raise damaged(kind, str(error)) from error


def parse_xml(content: bytes, kind: Kind) -> Element:
    """Return the root of a piece of XML that declares nothing and reads nothing outside."""
    from lxml import etree

    if _STRICT in content:
        for strict, usual in _USUAL.items():
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(kind, str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise _declares(kind)
    return root


def damaged(kind: Kind, why: str) -> Unusable:
    """Return the refusal of a file that is not what its name says."""
    return Unusable(f"is no {kind.name}, or is damaged ({why})", f"Save it as {kind.suffix} anew")


def _declares(kind: Kind) -> Unusable:
    return Unusable(f"declares entities, as no {kind.name} does", "Save it anew")


def _check_declared(members: list[zipfile.ZipInfo], kind: Kind) -> None:
    anew = f"Save it as {kind.suffix} anew"
    if len(members) > MOST_MEMBERS:
        raise Unusable(f"holds {len(members):,} files, the limit is {MOST_MEMBERS:,}", anew)
    if any(member.flag_bits & 1 for member in members):
        raise Unusable("is protected with a password", "Save it without one")
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise Unusable(f"is packed as no {kind.name} is", anew)
    _check_growth(sum(m.file_size for m in members), sum(m.compress_size for m in members), kind)


def _check_growth(size: int, packed: int, kind: Kind) -> None:
    if size > LARGEST_CONTENT_MB * 2**20 or (
        size > _SMALL_MB * 2**20 and size > packed * _LARGEST_RATIO
    ):
        raise Unusable(
            f"grows from {packed / 2**20:.1f} to {size / 2**20:.1f} MB when it is opened, the "
            f"limits are {LARGEST_CONTENT_MB} MB and {_LARGEST_RATIO} times",
            f"Save it as {kind.suffix} anew, without pictures",
        )


def _members(archive: zipfile.ZipFile, kind: Kind) -> dict[str, bytes]:
    """Unpack everything once, in pieces: what is declared need not be true."""
    size = packed = 0
    found: dict[str, bytes] = {}
    for member in archive.infolist():
        packed += member.compress_size
        is_xml = member.filename.endswith((".xml", ".rels"))
        kept = bytearray()
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                _check_growth(size, max(packed, 1), kind)
                if is_xml:
                    if b"<!DOCTYPE" in kept[-16:] + piece:
                        raise _declares(kind)
                    kept += piece
        if is_xml:
            found[member.filename.lstrip("/")] = bytes(kept)
    return found
