"""`residency conversations`: what was asked and answered, shown, exported and deleted."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.history.conversations import Conversation
from assistant.history.store import Kept
from assistant.settings import Settings
from ui.errors import ConversationError
from ui.exports.export_conversation import Form, exported
from ui.shared.terminal_text import answer_text, inert

if TYPE_CHECKING:
    from assistant.history.thread_store import Threads

app = typer.Typer(
    help="Look through the conversations, take them away, delete them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ThreadArgument = Annotated[str, typer.Argument(metavar="THREAD", help="Id of a conversation.")]
OwnerOption = Annotated[
    str, typer.Option("--owner", help="Whose; without it, those of the command line.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@app.command("list")
def list_conversations(owner: OwnerOption = "", as_json: JsonOption = False) -> None:
    """List the conversations, the latest first."""
    _print(_threads().conversations(owner), as_json=as_json)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What title, question or answer says.")],
    owner: OwnerOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the conversations that say something."""
    _print(_threads().conversations(owner, words), as_json=as_json)


@app.command()
def show(thread: ThreadArgument, owner: OwnerOption = "") -> None:
    """Show a conversation with its citations and the ids of its answers."""
    threads = _threads()
    print(_row(_known(threads, owner, thread)))
    for message in threads.messages(owner, thread):
        print(f"\n> {inert(message.question)}\n")
        if message.answer is None:
            print("(the answer cannot be read by this version)")
        else:
            print(f"{answer_text(message.answer)}\n\nanswer {inert(message.answer.id)}")


@app.command()
def rename(
    thread: ThreadArgument,
    title: Annotated[str, typer.Argument(help="The new title.")],
    owner: OwnerOption = "",
) -> None:
    """Give a conversation a title."""
    threads = _threads()
    _known(threads, owner, thread)
    threads.rename(owner, thread, title)
    print(_row(_known(threads, owner, thread)))


@app.command()
def export(
    thread: ThreadArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
    form: Annotated[Form, typer.Option("--format", help="Form of the file.")] = Form.MARKDOWN,
    owner: OwnerOption = "",
) -> None:
    """Write a conversation with its citations to a file."""
    threads = _threads()
    known = _known(threads, owner, thread)
    file = exported(known, threads.messages(owner, thread), form)
    try:
        output.write_bytes(file.content)
    except OSError as error:
        raise ConversationError(
            f"{output}: cannot be written ({error.strerror}). Give another --output"
        ) from error
    print(output)


@app.command()
def forget(
    thread: Annotated[
        str | None, typer.Argument(metavar="THREAD", help="Id of a conversation.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", help="Whose; without THREAD, all that is theirs.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="DATE", help="All that is older, of every owner.")
    ] = None,
) -> None:
    """Delete conversations for good, with the records of their answers and the feedback."""
    threads = _threads()
    if thread is not None and before is None:
        _known(threads, owner or "", thread)
        _forget_in_inbox(owner or "", thread)
        threads.delete(owner or "", thread)
        print(f"{inert(thread)}: deleted")
    elif owner is not None and thread is None and before is None:
        _forget_in_inbox(owner)
        deleted = threads.forget(owner)
        print(f"{deleted} answers deleted")
    elif before is not None and thread is None and owner is None:
        print(f"{threads.expire(day(before))} answers deleted")
    else:
        raise ConversationError(
            "forget: give one of THREAD, --owner OWNER and --before DATE; "
            "THREAD may come with its --owner"
        )


def _forget_in_inbox(owner: str, thread: str | None = None) -> None:
    """Delete what the Slack bot still has of an owner's questions.

    Done first: what the bot answers meanwhile it knows to be forgotten, or it is deleted after.
    """
    from ui.slack.inbox.event_store import Inbox

    with closing(Inbox.of(Settings.load())) as inbox:
        inbox.forget(owner, thread)


def day(text: str) -> datetime:
    """Return the beginning of a day, UTC; raise ConversationError for what is no date."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ConversationError(f"{text}: no date. Write it as 2025-01-31") from error


def _threads() -> Threads:
    """Return the conversations of the settings' home; no index is opened."""
    return Kept.of(Settings.load()).threads


def _known(threads: Threads, owner: str, thread: str) -> Conversation:
    found = threads.conversation(owner, thread)
    if found is None:
        raise ConversationError(
            f"{thread}: no such conversation. `residency conversations list` names those there are"
        )
    return found


def _print(conversations: tuple[Conversation, ...], *, as_json: bool) -> None:
    for one in conversations:
        print(json.dumps(_plain(one), ensure_ascii=False) if as_json else _row(one))


def _row(one: Conversation) -> str:
    changed = f"{one.changed:%Y-%m-%d %H:%M}" if one.changed else "unknown"
    row = f"{one.thread}  {changed:<16}  {one.turns:>3}  {one.title}"
    return inert(row).replace("\n", " ").replace("\t", " ")


def _plain(one: Conversation) -> dict[str, object]:
    return {
        "thread": one.thread,
        "title": one.title,
        "started": one.started.isoformat() if one.started else None,
        "changed": one.changed.isoformat() if one.changed else None,
        "turns": one.turns,
    }
