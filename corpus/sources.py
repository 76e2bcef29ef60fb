"""Files to documents: finding them, reading bytes, and what manifest and front matter say."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError, ManifestError
from corpus.parse import parse
from corpus.types import Description, Document

BUNDLED = Path(__file__).parent / "documents"
MANIFEST = "manifest.toml"
_SUFFIXES = {".md": True, ".markdown": True, ".txt": False}
_DATE_KEYS = ("ms.date", "date", "last_updated", "last-updated", "updated", "lastmod")
_SERVICE_KEYS = ("service", "product", "ms.service")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that holds a document, and what the manifest says about it."""

    path: Path
    described: Description | None = None
    name: str = ""
    """Path below the folder that it was found in; two of one file name get ids of their own."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a document, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading a set of files gave."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


def find_files(folders: Iterable[Path]) -> tuple[SourceFile, ...]:
    """Return the documents below the folders, in order of their paths; missing ones have none."""
    found: list[SourceFile] = []
    for folder in folders:
        if not folder.is_dir():
            continue
        described = read_manifest(folder / MANIFEST)
        found.extend(
            SourceFile(path, described.get(path.name), path.relative_to(folder).as_posix())
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in _SUFFIXES and path.is_file()
        )
    return tuple(found)


def read_manifest(path: Path) -> dict[str, Description]:
    """Return what a manifest says, by file name; nothing where there is no manifest."""
    if not path.is_file():
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["document"]
        return {row["file"]: _described(row) for row in rows}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ManifestError(
            str(path), f"not a list of [[document]] tables with id and file ({error})",
            "Correct the manifest or remove it",
        ) from error  # fmt: skip


def load(files: Iterable[SourceFile]) -> Loaded:
    """Read and parse every file; one that cannot be used is reported, the others go on."""
    documents: dict[str, Document] = {}
    failures = []
    for file in files:
        try:
            document = read_document(file)
            if document.id in documents:
                raise DocumentError(
                    file.path.name, f"another document has the id {document.id!r} already",
                    "Rename the file or give it another id in the manifest",
                )  # fmt: skip
            documents[document.id] = document
        except DocumentError as error:
            failures.append(Failure(file.path, str(error)))
    return Loaded(tuple(documents.values()), tuple(failures))


def read_document(file: SourceFile) -> Document:
    """Read one file; raise DocumentError when it is not a text with something to say."""
    name = file.path.name
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise DocumentError(name, f"cannot be read ({error.strerror})", "Check it") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            name, f"is not UTF-8 text (byte {error.start})", "Save it as UTF-8"
        ) from error
    if "\x00" in text:
        raise DocumentError(name, "is a binary file", "Give a Markdown or text file")
    markdown = _SUFFIXES[file.path.suffix.lower()]
    about = file.described or _from_front_matter(file, text, markdown)
    structure = parse(text, markdown=markdown)
    if not any(block.sentences or block.cells for block in structure.blocks):
        raise DocumentError(name, "has no text", "Give a document with text or remove the file")
    if not about.title:
        about = _titled(about, structure.sections[0].title or file.path.stem)
    return Document(
        about, text, hashlib.sha256(content).hexdigest(), structure.sections, structure.blocks
    )


def parse_date(value: object) -> date | None:
    """Return a date as front matter writes it: ISO, or month/day/year; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = str(value or "").strip()
    month_first = _MONTH_FIRST.match(written)
    try:
        if month_first:
            month, day, year = map(int, month_first.groups())
            return date(year, day, month) if month > 12 else date(year, month, day)
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None


def _described(row: dict[str, Any]) -> Description:
    return Description(
        id=row["id"],
        title=row.get("title", ""),
        service=row.get("service", row["id"]),
        publisher=row.get("publisher", ""),
        date=parse_date(row.get("date")),
        source=row.get("source", ""),
        licence=row.get("licence", ""),
    )


def _from_front_matter(file: SourceFile, text: str, markdown: bool) -> Description:
    fields = _front_matter(file.path.name, text) if markdown else {}
    stated = next((fields[key] for key in _DATE_KEYS if fields.get(key)), None)
    service = next((fields[key] for key in _SERVICE_KEYS if fields.get(key)), "")
    stem = (file.name or file.path.name).removesuffix(file.path.suffix)
    slug = re.sub(r"[^\w]+", "-", stem.lower()).strip("-") or "document"
    return Description(
        id=slug,
        title=str(fields.get("title") or ""),
        service=str(service[0] if isinstance(service, list) else service),
        date=parse_date(stated),
        source=str(fields.get("source") or ""),
    )


def _front_matter(name: str, text: str) -> dict[str, Any]:
    from corpus.parse.markdown import front_matter

    block = front_matter(text)
    if not block.strip():
        return {}
    import yaml

    try:
        fields = yaml.safe_load(block)
    except yaml.YAMLError as error:
        cause = str(error).splitlines()[0]
        raise DocumentError(name, f"has broken front matter ({cause})", "Correct it") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise DocumentError(name, "has front matter that is no list of fields", "Correct it")
    return fields


def _titled(about: Description, title: str) -> Description:
    from dataclasses import replace

    return replace(about, title=title, service=about.service or title)
