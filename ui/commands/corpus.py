"""The commands that look after the documents: `residency corpus`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import CorpusError
from corpus.intake.addresses import read_addresses
from corpus.intake.describe import Given, parse_date
from corpus.intake.sources import lone_file, read_document
from corpus.places.unclear import unclear
from corpus.types import Document
from index.errors import RegistryError
from index.home.paths import Home
from index.types import FileRecord, FileState
from ui.errors import ListError
from ui.shared.opened import opened, say
from ui.shared.shown_document import document_outline, document_row
from ui.shared.terminal_text import document_lines, file_lines, inert

if TYPE_CHECKING:
    from assistant.settings import Settings

app = typer.Typer(
    help="Look after the documents of the index.", no_args_is_help=True, rich_markup_mode=None
)

_PATIENCE_S = 600.0
"""How long a change waits for another process that builds."""


class RefreshForm(StrEnum):
    """How rounds over pages are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class Form(StrEnum):
    """How a document is shown."""

    TEXT = "text"
    JSON = "json"


Title = Annotated[str, typer.Option(help="Title of the document.")]
Service = Annotated[str, typer.Option(help="Service that it is about.")]
Dated = Annotated[str, typer.Option("--date", help="Date of the page, YYYY-MM-DD.")]
Origin = Annotated[str, typer.Option("--source", help="Address where it is published.")]
Publisher = Annotated[str, typer.Option(help="Who published it.")]
Older = Annotated[
    list[str] | None, typer.Option("--supersedes", help="Id of a document that it replaces.")
]


@app.command("add")
def add(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|FOLDER|URL...", help="What to take in.", show_default=False),
    ] = None,
    urls: Annotated[Path | None, typer.Option(help="A file with one address a line.")] = None,
    include: Annotated[
        list[str] | None, typer.Option(help="Pattern of files in a folder: '*.md'.")
    ] = None,
    title: Title = "",
    service: Service = "",
    dated: Dated = "",
    source: Origin = "",
    publisher: Publisher = "",
    supersedes: Older = None,
    index: Annotated[bool, typer.Option(help="Build the index at once.")] = True,
) -> None:
    """Take files, folders, checkouts or pages in, and build the index.

    Nothing is copied but pages, which are fetched now and again by `refresh` alone: what changes
    or vanishes in a folder does so in the answers with the next build.
    """
    from index.building import documents

    settings = _settings()
    given = _given(title, service, dated, source, publisher, supersedes)

    def take_in(location: str) -> None:
        told: list[str] = []
        documents.add(Home(settings.home), location, include or (), given, told.append)
        say(inert(f"{location}: taken in"))
        for line in told:
            say(inert(line))

    wrong: list[str] = []
    addresses = _addresses(urls, lambda error: wrong.append(str(error)))
    for line in wrong:
        say(inert(line))
    failed = len(wrong) + _each([*(what or ()), *addresses], take_in)
    if index:
        failed += _build(settings)
    if failed:
        raise typer.Exit(1)


@app.command("refresh")
def refresh(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ADDRESS...", help="Pages to ask for; all without any.", show_default=False
        ),
    ] = None,
    every: Annotated[
        str, typer.Option(help="Go on, and ask for each page after so long: 12h, 7d.")
    ] = "",
    take: Annotated[
        bool, typer.Option("--take", help="Take what comes even if it looks like another page.")
    ] = False,
    form: Annotated[
        RefreshForm, typer.Option("--format", help="How to print.")
    ] = RefreshForm.TABLE,
) -> None:
    """Fetch again what was added by address, keep every edition, and say what changed.

    One round, or with --every until it is ended. Pages that have not changed are not sent again;
    one that fails is named and tried again with growing pauses; one that looks like a page to sign
    in is kept apart. Exit status 1 where a page failed or is kept apart.
    """
    from ui.commands.editions.refresh import refresh_pages

    as_lines = form is RefreshForm.JSONL
    if not refresh_pages(addresses or (), every, take=take, as_lines=as_lines):
        raise typer.Exit(1)


@app.command("editions")
def editions(
    what: Annotated[
        str, typer.Argument(metavar="ID|ADDRESS", help="A document that was added by address.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the editions that are kept of a page: when it was fetched, which date it states.

    `residency changes ID@1 ID@2` says what changed between two of them.
    """
    from ui.commands.editions.kept_list import print_editions

    print_editions(what, as_json=as_json)


@app.command("remove")
def remove(
    what: Annotated[
        list[str], typer.Argument(metavar="FILE|FOLDER|URL|ID...", help="What to take out.")
    ],
    index: Annotated[bool, typer.Option(help="Build the index at once.")] = True,
) -> None:
    """Take sources or single documents out of the index; your files stay where they are."""
    from index.building import documents

    settings = _settings()

    def take_out(name: str) -> None:
        say(inert(f"{documents.remove(Home(settings.home), name)}: taken out"))

    failed = _each(what, take_out)
    if index:
        _build(settings)
    if failed:
        raise typer.Exit(1)


@app.command("describe")
def describe(
    document: Annotated[str, typer.Argument(help="Id of the document.")],
    title: Title = "",
    service: Service = "",
    dated: Dated = "",
    source: Origin = "",
    publisher: Publisher = "",
    supersedes: Older = None,
    index: Annotated[bool, typer.Option(help="Build the index at once.")] = True,
) -> None:
    """Correct what is said of a document: its title, service, date, source, predecessors."""
    from index.building import documents

    settings = _settings()
    given = _given(title, service, dated, source, publisher, supersedes)
    documents.describe(Home(settings.home), document, given)
    if index:
        _build(settings)


@app.command("status")
def status(
    failed: Annotated[bool, typer.Option("--failed", help="Only files that failed.")] = False,
    places: Annotated[
        bool, typer.Option("--places", help="Names of places that could not be told, by document.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what became of every file: ok, failed or not read and why, or removed; what of it was
    left out.
    """
    from index.building import documents

    if places:
        _print_unclear(as_json=as_json)
        return
    home = Home(_settings().home)
    records = documents.files(home)
    if failed:
        records = tuple(one for one in records if one.state is FileState.FAILED)
    if as_json:
        print("\n".join(_as_json(record) for record in records))
    else:
        print("\n".join(file_lines(records)))


def _print_unclear(*, as_json: bool) -> None:
    """Print the names of places that no fact was taken from."""
    assistant = opened()
    found = False
    with assistant.reading() as index:
        for document in index.documents.values():
            for one in unclear(document.text, document.about.words, index.gazetteer):
                found = True
                if as_json:
                    print(json.dumps({"document": document.id, **asdict(one)}, ensure_ascii=False))
                    continue
                may = "; ".join(one.may_mean) or "no place of that name is known"
                print(inert(f"{document.id}: {one.words} ({one.count}): {may}"))
    if not found and not as_json:
        print("every name of a place is clear")


@app.command("show")
def show(
    what: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="A document of the index, or any file.")
    ],
    form: Annotated[Form, typer.Option("--format", help="How to print.")] = Form.TEXT,
) -> None:
    """Show a document as it was understood, and what was left out of it.

    A file is read as it is now, whether it is indexed or not. In the outline, [words] are labels
    that the lines below stand under, <words> the label of an item, "| title: value" a row of a
    table.
    """
    document = _document(what)
    if form is Form.JSON:
        print(json.dumps(document_row(document), indent=1))
    else:
        print(document_outline(document))


def _document(what: str) -> Document:
    path = os.path.expanduser(what)  # noqa: PTH111 - that of Path raises for an unknown user
    if os.path.isdir(path):  # noqa: PTH112 - that of Path raises for a name too long
        raise ListError(f"{what}: is a folder. Give one file, or the id of a document")
    if os.path.lexists(path):
        return read_document(lone_file(Path(path)))
    home = Home(_settings().home)
    if not home.pointer.exists():
        raise ListError(
            f"{what}: no such file, and no index to look for a document of that id. Give a file "
            "that is there, or run `residency index`"
        )
    from index.building import documents

    return documents.stored(home, what)


@app.command("list")
def list_documents() -> None:
    """List the documents of the index with their dates."""
    print("\n".join(document_lines(opened().documents)))


@app.command("questions")
def questions() -> None:
    """Have the language model write questions for your documents, which finds them better."""
    written = opened().write_questions(say)
    print(
        f"{written.kept} questions for {written.passages} passages kept, {written.dropped} that do "
        "not find their passage left out. Run `residency index`"
    )
    for fault in written.faults:
        say(fault)
    if written.faults:
        raise typer.Exit(1)


def _settings() -> Settings:
    from assistant.settings import Settings

    return Settings.load()


def _each(names: Iterable[str], act: Callable[[str], None]) -> int:
    """Act on every name; tell what one cannot be used for, and return how many those were."""
    failed = 0
    for name in names:
        try:
            act(name)
        except (CorpusError, RegistryError) as error:
            failed += 1
            say(inert(str(error)))
    return failed


def _addresses(urls: Path | None, tell: Callable[[CorpusError], None]) -> tuple[str, ...]:
    if urls is None:
        return ()
    try:
        return read_addresses(urls.read_text(encoding="utf-8"), tell)
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(
            f"{urls}: cannot be read ({error}). Give a text file with one address a line"
        ) from error


def _given(
    title: str, service: str, dated: str, source: str, publisher: str, older: list[str] | None
) -> Given:
    date = parse_date(dated)
    if dated and date is None:
        raise ListError(f"--date {dated}: no date. Write it as YYYY-MM-DD")
    return Given("", title, service, publisher, date, source, "", tuple(older or ()))


def _build(settings: Settings) -> int:
    """Build the index; return how many files failed."""
    from assistant.settings import build_options
    from index.building import documents
    from index.building.build import build_index

    options = build_options(settings, _PATIENCE_S)
    build_index(settings.home, options=options, progress=lambda text: say(inert(text)))
    records = documents.files(Home(settings.home))
    taken = sum(record.state is FileState.OK for record in records)
    failed = sum(record.state is FileState.FAILED for record in records)
    not_read = sum(record.state is FileState.NOT_READ for record in records)
    rest = (
        f", {not_read} of kinds that are not read (`residency corpus status`)" if not_read else ""
    )
    print(f"{taken} files indexed, {failed} failed{rest}")
    return failed


def _as_json(record: FileRecord) -> str:
    row = asdict(record) | {"state": record.state.value}
    return json.dumps({k: v for k, v in row.items() if k not in ("stamp", "checked_ns")})
