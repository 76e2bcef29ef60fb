"""What is said about a document besides its text: its title, service, date, source, predecessors.

Five places may say it. The nearest to the user wins: a correction, then options given when it was
added, then the sidecar file beside it, then the manifest of its folder, then what the file says of
itself (`corpus.intake.own_words`).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path

from corpus.errors import DocumentError, ManifestError
from corpus.intake.walk import shown
from corpus.language.written_date import written_date
from corpus.types import Description

MANIFEST = "manifest.toml"
_LONGEST = 600
"""Code points of what is said of a document; every one of its chunks carries some of it."""
SIDECAR = ".about.toml"
"""Ending of the file beside a document that describes it: `policy.pdf.about.toml`."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "service": ("service", "product", "service_name", "ms.service", "ms.prod"),
    "publisher": ("publisher",),
    "date": ("date", "ms.date", "last_updated", "last-updated", "updated", "lastmod"),
    "source": ("source", "canonicalurl", "canonical_url", "canonical", "url", "uri"),
    "licence": ("licence", "license"),
    "supersedes": ("supersedes", "replaces"),
}
"""Names that front matter uses, the first that is there wins."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one place says about a document; what it leaves empty it does not say."""

    id: str = ""
    title: str = ""
    service: str = ""
    publisher: str = ""
    date: date | None = None
    source: str = ""
    licence: str = ""
    supersedes: tuple[str, ...] = ()
    """Ids of the documents that it takes the place of."""

    def over(self, other: Given) -> Given:
        """Return what this says, and where it says nothing what the other says."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in said.items() if value})

    def described(self, id_: str, title: str) -> Description:
        """Return the description of a document; `title` stands in where none was given."""
        return Description(
            id=self.id or id_,
            title=_line(self.title or title),
            service=_line(self.service or self.title or title),
            publisher=_line(self.publisher),
            date=self.date,
            source=_line(self.source),
            licence=_line(self.licence),
            supersedes=self.supersedes,
        )


UNDESCRIBED = Given()


def read_manifest(path: Path) -> dict[str, Given]:
    """Return what a manifest says, by file name; nothing where there is no manifest."""
    if not os.path.isfile(path):  # noqa: PTH113 - that of Path raises where it may not look
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))["document"]
        described = {}
        for row in rows:
            if not isinstance(row["file"], str) or not isinstance(row["id"], str):
                raise TypeError("id and file are texts")
            described[row["file"]] = given(row, str(path))
        return described
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise ManifestError(
            str(path), f"not a list of [[document]] tables with id and file ({error})",
            "Correct the manifest or remove it",
        ) from error  # fmt: skip


def read_sidecar(path: Path) -> Given:
    """Return what the file beside a document says of it; raise DocumentError when it is broken."""
    sidecar = path.with_name(path.name + SIDECAR)
    if not os.path.isfile(sidecar):  # noqa: PTH113 - that of Path raises for a name too long
        return Given()
    name = shown(sidecar.name)
    try:
        return given(tomllib.loads(sidecar.read_text(encoding="utf-8-sig")), name)
    except (OSError, ValueError, RecursionError) as error:
        raise DocumentError(
            name, f"is no TOML file ({error})", "Correct it or remove it"
        ) from error


def given(row: Mapping[str, object], name: str) -> Given:
    """Return what fields of any origin say; raise DocumentError for a date that is none."""
    try:
        return _given(row, name)
    except ValueError as error:
        # A number of thousands of digits cannot be written out.
        raise DocumentError(name, f"says what cannot be read ({error})", "Correct it") from error


def _given(row: Mapping[str, object], name: str) -> Given:
    found = {
        field: next((row[key] for key in keys if row.get(key)), None)
        for field, keys in _KEYS.items()
    }
    stated = found.pop("date")
    dated = parse_date(stated)
    if stated is not None and dated is None and name.endswith(".toml"):
        raise DocumentError(name, f"says the date {stated!r}", "Write it as YYYY-MM-DD")
    older = found.pop("supersedes")
    return Given(
        id=one_line(row.get("id")) if name.endswith(".toml") else "",
        date=dated,
        supersedes=_listed(older),
        **{field: one_line(value) for field, value in found.items()},
    )


def parse_date(value: object) -> date | None:
    """Return the date that a value is in any usual form; None for anything else, and where day and
    month could be either.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return written_date(one_line(value))


def slug(name: str) -> str:
    """Return the id that a document gets from the path of its file below its folder."""
    stem, _, suffix = name.rpartition(".")
    return re.sub(r"[^\w]+", "-", (stem if stem and "/" not in suffix else name).lower()).strip("-")


def front_matter_fields(name: str, text: str) -> dict[str, object]:
    """Return the fields of a Markdown text's front matter; raise DocumentError when broken."""
    from corpus.parse.markdown import front_matter

    block = front_matter(text)
    if not block.strip():
        return {}
    import yaml

    # What it raises for values that belie their tags is not only its own.
    belied = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
    try:
        row = yaml.safe_load(block)
    except (yaml.YAMLError, *belied) as error:
        cause = (str(error).splitlines() or [type(error).__name__])[0]
        raise DocumentError(name, f"has broken front matter ({cause})", "Correct it") from error
    if row is None:
        return {}
    if not isinstance(row, dict):
        raise DocumentError(name, "has front matter that is no list of fields", "Correct it")
    return {key: value for key, value in row.items() if isinstance(key, str)}


def one_line(value: object) -> str:
    """Return a value of a field as one line; of a list its first, of what has parts nothing."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return _line(value)


def _listed(value: object) -> tuple[str, ...]:
    every: Iterable[object] = value if isinstance(value, (list, tuple)) else _line(value).split(",")
    return tuple(filter(None, (_line(one) for one in every)))


def _line(value: object) -> str:
    # A few lines of YAML can stand for lists within lists that no memory holds once written out.
    if value is None or not isinstance(value, (str, int, float, date)):
        return ""
    # Pairs of escaped surrogates become the one character that they stand for.
    whole = str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.split())[:_LONGEST].rstrip()
