"""`residency changes`: what changed between two editions of a document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from assistant.changes.find_changes import find_changes
from assistant.changes.types import Changes, Edition
from corpus.errors import DocumentError
from corpus.intake.sources import SourceFile, document_of
from ui.commands.editions.editions_named import Desk, desk
from ui.commands.editions.git_revisions import ChangedFile, GitFolder
from ui.commands.editions.report_files import ReportFormat, print_table, write_report
from ui.errors import EditionError
from ui.exports.change_rows import (
    ChangeRow,
    ComparedRow,
    SideRow,
    compared_row,
    counts_words,
    differs_words,
    is_quiet,
    plain,
)
from ui.exports.changes_page import changes_page
from ui.shared.opened import say
from ui.shared.terminal_text import inert


def changes(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="OLD [NEW] | REV1 REV2 [PATH...]",
            help="Files, ids of documents, or ID@YYYY-MM-DD; with one alone the edition before "
            "it. With --git two revisions and the files or folders that are meant.",
        ),
    ],
    git: Annotated[
        Path | None, typer.Option("--git", metavar="FOLDER", help="A folder that git keeps.")
    ] = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How to print.")
    ] = ReportFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write instead of printing.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also what says the same and text without statements.")
    ] = False,
) -> None:
    """Say what changed between two editions: statements, not lines.

    Statements are added, removed, changed, or moved to another section.
    A sentence that says the same in other words is told apart, and so is text that states nothing.
    """
    with desk() as tools:
        found = _of_git(git, what, tools) if git else _of_two(what, tools)
        rows = [compared_row(one) for one in found]
    if not rows:
        say("no document differs")
    if form is ReportFormat.TABLE and output is None:
        _print_tables(rows, every=every)
    else:
        write_report(_text(rows, form), form, output, counts_words(rows))


def _of_two(what: Sequence[str], tools: Desk) -> list[Changes]:
    if len(what) > 2:
        raise EditionError(
            f"{what[2]}: a third edition. Give two, or a git folder with --git FOLDER REV1 REV2"
        )
    old, new = (
        (tools.edition(what[0]), tools.edition(what[1])) if len(what) == 2
        else tools.beside(what[0])
    )  # fmt: skip
    return [find_changes(old, new, tools.gazetteer)]


def _of_git(folder: Path, what: Sequence[str], tools: Desk) -> list[Changes]:
    if len(what) < 2:
        raise EditionError(f"{folder}: one revision. Give two: --git {folder} REV1 REV2 [PATH...]")
    kept = GitFolder.between(folder, what[0], what[1])
    return list(_of_files(kept, kept.changed(what[2:]), tools))


def _of_files(kept: GitFolder, files: Iterable[ChangedFile], tools: Desk) -> Iterator[Changes]:
    """Yield the changes of each file; one that cannot be read is told, the others go on."""
    for file in files:
        try:
            old = _edition(file.old, kept.old, kept.before(file.old) if file.old else b"", tools)
            new = _edition(file.new, kept.new, kept.after(file.new) if file.new else b"", tools)
        except (DocumentError, EditionError) as error:
            say(inert(f"left out: {error}"))
            continue
        yield find_changes(old, new, tools.gazetteer)


def _edition(path: str, revision: str, content: bytes, tools: Desk) -> Edition:
    """Return a file of a revision; an edition without a word where the revision has none."""
    if not path:
        return Edition(f"nothing at {revision[:12]}", "", None, "", "", ())
    name = f"{path}@{revision[:12]}"
    source = SourceFile(Path(PurePosixPath(path).name), path)
    return tools.reader().edition(document_of(source, content), name)


def _text(rows: Sequence[ComparedRow], form: ReportFormat) -> str:
    if form is ReportFormat.HTML:
        return changes_page(rows)
    return json.dumps(plain(rows), ensure_ascii=False, indent=1) + "\n"


def _print_tables(rows: Sequence[ComparedRow], *, every: bool) -> None:
    for row in rows:
        print(inert(f"{row.old.name} → {row.new.name}"))
        for told in row.remarks:
            print(inert(told))
        shown = [one for one in row.changes if every or not is_quiet(one)]
        if shown:
            _print_changes(shown)
        print(counts_words([row]))
    if len(rows) > 1:
        print(f"{len(rows)} documents: {counts_words(rows)}")


def _print_changes(changes: Sequence[ChangeRow]) -> None:
    rows = [
        (
            one.severity, one.kind, differs_words(one.differences), _told(one.old), _told(one.new),
            next((side.section for side in (*one.new, *one.old)), ""),
        )
        for one in changes
    ]  # fmt: skip
    print_table(("severity", "what", "differs", "before", "now", "section"), rows)


def _told(sides: Sequence[SideRow]) -> str:
    return "\n".join(one.text for one in sides)
