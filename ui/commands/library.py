"""`residency library`: answers that a person approved, kept, given again and reviewed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import wording
from assistant.history.database import utc_now
from assistant.library.types import Entry, Happened
from assistant.settings import Settings
from assistant.types import AnswerScope
from ui.errors import LibraryFileError
from ui.library.may_approve import operator
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.library.approving import Approving
    from assistant.library.library_store import Library
    from assistant.library.types import ToKeep

app = typer.Typer(
    name="library",
    help="Keep answers that a person approved, and see which of them are void.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

EntryArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Id of an approved answer, or how it begins.")
]
AsOption = Annotated[str, typer.Option("--as", help="Who approves; without it, who is logged in.")]
ServiceOption = Annotated[str, typer.Option("--service", help="Service that it is for.")]
CustomerOption = Annotated[
    str, typer.Option("--customer", help="Customer that it is for; without it, for all.")
]
ReviewOption = Annotated[
    str, typer.Option("--review-by", metavar="DATE", help="Void from then on; else in a year.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
_LINE = 100


@app.command("list")
def list_entries(
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Also those that were withdrawn.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the approved answers, the latest first."""
    _print(_library().entries(withdrawn=withdrawn), as_json=as_json)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What question, answer or scope says.")],
    as_json: JsonOption = False,
) -> None:
    """List the approved answers that say something."""
    wanted = words.casefold().split()
    found = (
        one for one in _library().entries()
        if all(word in " ".join(_searched(one)).casefold() for word in wanted)
    )  # fmt: skip
    _print(found, as_json=as_json)


@app.command()
def show(entry: EntryArgument, as_json: JsonOption = False) -> None:
    """Show an approved answer, what it stands on, and what happened to it."""
    library = _library()
    one = library.entry(entry)
    if as_json:
        print(json.dumps(_plain(one), ensure_ascii=False))
        return
    _print_lines(_told(one, library.happened(one.id)))


@app.command()
def approve(
    answer: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a recorded answer, or of an approved one.")
    ],
    correction: Annotated[
        str, typer.Option("--correction", help="What is right, in place of the answer's words.")
    ] = "",
    question: Annotated[
        str, typer.Option("--question", help="The question as it is to be known.")
    ] = "",
    service: ServiceOption = "",
    customer: CustomerOption = "",
    review_by: ReviewOption = "",
    who: AsOption = "",
) -> None:
    """Approve a recorded answer, or an approved one once more as the documents are today.

    A correction of an approved answer takes its place; the old one is kept and can be shown.
    """
    from assistant.library.approving import Approving
    from ui.shared.opened import opened

    said = Approving(
        operator(who), dt.date.today(), AnswerScope(service, customer), _day(review_by),
        correction, question,
    )  # fmt: skip
    assistant = opened()
    kept = _to_keep(assistant, answer, said)
    (outcome,) = assistant.library.keep((kept,), said.who)
    entry = assistant.library.entry(kept.approval.id)
    print(f"{entry.id}: {outcome.value}, by {inert(said.who.name)}, review by {said.due}")
    _print_lines(f"{old}: replaced, kept to be looked at" for old in kept.replaces)
    _print_lines(_warnings(entry))


def _to_keep(assistant: Assistant, answer: str, said: Approving) -> ToKeep:
    """Return the approval of a recorded answer or of an entry; raise LibraryError."""
    from assistant.errors import LibraryError
    from assistant.library.approving import again, corrected, entry_given, of_record, to_keep

    known = [one for one in assistant.library.entries(withdrawn=True) if one.id == answer]
    with assistant.reading() as index:
        if not known:
            record = assistant.record(answer)
            approval = of_record(record, said, index)
            return to_keep(approval, assistant.library, index, entry_given(record))
        if said.correction:
            approval = corrected(known[0], said, index)
            return to_keep(approval, assistant.library, index, known[0].id)
        if said.question:
            raise LibraryError(
                f"{answer}: is approved already for “{known[0].question}”. Give --correction with "
                "it, or withdraw it and approve a recorded answer for the other question"
            )
        return to_keep(again(known[0], said, index), assistant.library, index)


@app.command()
def withdraw(
    entry: EntryArgument,
    why: Annotated[str, typer.Option("--why", help="Why it holds no more.")] = "",
    who: AsOption = "",
) -> None:
    """Let an approved answer stand no more; it stays to be looked at."""
    library = _library()
    one = library.entry(entry)
    library.withdraw(one, operator(who), why)
    print(f"{one.id}: withdrawn")


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Filled questionnaire, or an export.")
    ],
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook; else all that are answered.")
    ] = None,
    service: ServiceOption = "",
    customer: CustomerOption = "",
    review_by: ReviewOption = "",
    who: AsOption = "",
) -> None:
    """Approve the answers of a filled questionnaire; what they stand on is looked for."""
    from assistant.library.approving import Approving
    from assistant.library.transfer import Result, import_rows
    from ui.library.import_text import told_rows
    from ui.library.library_files import read_library_file
    from ui.shared.opened import opened, say

    rows = read_library_file(file, sheet)
    said = Approving(
        operator(who), dt.date.today(), AnswerScope(service, customer), _day(review_by)
    )
    assistant = opened()
    with assistant.reading() as index:
        done = import_rows(rows, file.name, said, assistant.library, index)
    for line in told_rows(done):
        say(inert(line))
    counts = (f"{sum(row.result is one for row in done)} {one.value}" for one in Result)
    print(f"{inert(file.name)}: {', '.join(counts)}")


@app.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write, .csv or .xlsx.")],
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Also those that were withdrawn.")
    ] = False,
) -> None:
    """Write the approved answers to a file that `import` reads."""
    from assistant.library.transfer import export_rows
    from index.home.paths import replace_bytes
    from ui.library.library_files import written_library

    library = _library()
    entries = library.entries(withdrawn=withdrawn)
    content = written_library(output, export_rows(entries, library.entries(withdrawn=True)))
    try:
        replace_bytes(output, content)
    except OSError as error:
        raise LibraryFileError(
            f"{output}: cannot be written ({error.strerror}). Give another --output"
        ) from error
    print(f"{output}: {len(entries)} approved answers")


@app.command()
def review(
    without_today: Annotated[
        bool, typer.Option("--without-today", help="Do not ask what the documents say today.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what a person has to decide on, and why; exit status 1 where there is something."""
    from assistant.library.approving import body
    from assistant.library.review import beside, waiting
    from ui.library.review_text import plain_review, review_lines
    from ui.shared.opened import opened

    assistant = opened()
    with assistant.reading() as index:
        queue = waiting(assistant.library, index, dt.date.today())
    for one in queue:
        compared = None
        if not without_today:
            compared = beside(
                one, lambda entry: assistant.ask(entry.question, clarify=False, use_library=False),
                body,
            )  # fmt: skip
        if as_json:
            print(json.dumps(plain_review(one, compared), ensure_ascii=False))
        else:
            _print_lines(review_lines(one, compared))
    if not queue:
        print("nothing to decide on")
        return
    raise typer.Exit(1)


def _library() -> Library:
    """Return the library of the settings' home; no index is opened."""
    from assistant.library.library_store import library_of

    return library_of(Settings.load(), utc_now)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise LibraryFileError(f"{text}: no date. Write it as 2026-01-31") from error


def _print(entries: Iterable[Entry], *, as_json: bool) -> None:
    for one in entries:
        if as_json:
            print(json.dumps(_plain(one), ensure_ascii=False))
        else:
            print(_row(one))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(inert(line))


def _row(one: Entry) -> str:
    known = one.approval
    state = "withdrawn" if one.withdrawn else "contradicted" if one.against else ""
    state = f"replaced by {one.replaced_by}" if one.replaced_by else state
    line = f"{one.id}  {known.approved}  {known.approver:<12}  {known.question[:_LINE]}"
    return inert(f"{line}  {state}".rstrip()).replace("\n", " ")


def _searched(one: Entry) -> tuple[str, ...]:
    known = one.approval
    scope = known.scope
    return known.question, known.text, scope.service, scope.customer, known.approver


def _plain(one: Entry) -> dict[str, Any]:
    from assistant.types import json_form

    plain: dict[str, Any] = json_form(Entry).dump_python(one, mode="json")
    return plain


def _told(one: Entry, happened: Iterable[Happened]) -> Iterator[str]:
    known, scope = one.approval, one.approval.scope
    yield f"approved answer {one.id}"
    yield f"question:   {known.question}"
    yield f"answer:     {known.text}"
    for name, said in (
        ("service", scope.service), ("customer", scope.customer), ("language", scope.language)
    ):  # fmt: skip
        if said:
            yield f"{name + ':':<11} {said}"
    yield f"approved:   by {known.approver} on {known.approved}, review by {known.review}"
    yield f"from:       {known.origin}"
    yield from _warnings(one)
    if one.replaces:
        yield f"replaces:   {', '.join(one.replaces)}"
    for ground in known.grounds:
        yield f"stands on:  {ground.title} ({ground.document}), {ground.under}: “{ground.quote}”"
    for event in happened:
        why = f": {event.why}" if event.why else ""
        yield f"{event.at:%Y-%m-%d %H:%M}  {event.event.value} by {event.who}{why}"


def _warnings(one: Entry) -> Iterator[str]:
    if one.withdrawn:
        yield f"withdrawn:  {one.withdrawn}"
    if one.stands_on_nothing:
        cited = f"; it names “{one.approval.cited}”" if one.approval.cited else ""
        yield wording.STANDS_ON_NOTHING.format(entry=one.id) + cited
    if one.against:
        others = ", ".join(one.against)
        yield wording.CONTRADICTS.format(others=others, ids=f"{one.id}, {others}")
