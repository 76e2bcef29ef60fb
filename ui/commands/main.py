"""The command line, `residency`: translates words in and out.

The one door to every package; each command imports what it needs and nothing else.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.answer import answer
from ui.commands.backup import backup, restore
from ui.commands.conversations import app as conversations_app
from ui.commands.corpus import app as corpus_app
from ui.commands.evaluate import app as eval_app
from ui.commands.facts import facts
from ui.commands.receipt import receipt
from ui.commands.slack_bot import slack
from ui.commands.users import app as users_app
from ui.shared.opened import opened, say
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.building.options import Options
    from index.types import Check

app = typer.Typer(
    name="residency",
    help="Asks residency documents where data lives, and shows the sentence that says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(eval_app, name="eval")
app.add_typer(conversations_app, name="conversations")
app.add_typer(users_app, name="users")
app.command()(answer)
app.command()(facts)
app.command()(backup)
app.command()(restore)
app.command()(receipt)
app.command()(slack)

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; errors that a user can mend print one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its code, and no traceback.
            stream.reconfigure(errors="backslashreplace")
    with _mendable():
        app()


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Asks residency documents where data lives, and shows the sentence that says so."""
    if version:
        from importlib.metadata import version as installed

        print(installed("residency-assistant"))
        raise typer.Exit


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, or - to read it from input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    thread: Annotated[str | None, typer.Option(help="Conversation to go on with.")] = None,
) -> None:
    """Answer one question with citations."""
    text = sys.stdin.read() if question == "-" else question
    assistant = opened()
    answer = assistant.ask(text, thread=thread, keep=True)
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        from ui.shared.terminal_text import answer_text

        print(answer_text(answer))
        say(f"`residency receipt {answer.id}` tells how this answer came about")


@app.command()
def chat() -> None:
    """Hold a conversation in the terminal; `exit` or end of input leaves."""
    from assistant.errors import QuestionError
    from ui.shared.terminal_text import answer_text

    assistant = opened()
    thread = uuid.uuid4().hex
    choices: tuple[str, ...] = ()
    say("Ask about data residency; `exit` leaves.")
    while True:
        try:
            question = input("> ")
        except EOFError:
            return
        if question.strip().lower() in ("exit", "quit"):
            return
        if question.strip():
            number = question.strip()
            if number.isdecimal() and 0 < int(number) <= len(choices):
                question = choices[int(number) - 1]
            try:
                answer = assistant.ask(question, thread=thread)
                choices = answer.choices
                print(answer_text(answer), end="\n\n")
            except QuestionError as error:
                say(str(error))


@app.command()
def index(
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: build again whenever documents change.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try files again that failed and did not change.")
    ] = False,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another process that builds.")
    ] = 1.0,
) -> None:
    """Build the index of the documents; does nothing when nothing changed."""
    from assistant.settings import Settings, build_options
    from index.building.build import build_index

    settings = Settings.load()
    options = build_options(settings, wait, retry=retry)
    if watch:
        _watch(settings, options)
        return
    started = time.perf_counter()
    build = build_index(settings.home, options=options, progress=lambda text: say(inert(text)))
    if _told(settings.home, build, time.perf_counter() - started):
        raise typer.Exit(1)


def _watch(settings: Settings, options: Options) -> None:
    import threading

    from index.building.watch import watch

    say("watching the documents; interrupt to stop")
    watch(
        settings.home,
        options,
        stop=threading.Event(),
        progress=lambda text: say(inert(text)),
        built=lambda build: None,
    )


def _told(home: Path, build: str, seconds: float) -> int:
    """Tell what an index holds; return how many files failed."""
    from index.home.manifest import read_manifest
    from index.home.paths import Home

    manifest = read_manifest(Home(home).current())
    line = f"index {build}: {len(manifest.documents)} documents, {manifest.chunks} chunks"
    failed = manifest.counts["failed files"]
    if failed:
        line += f", {failed} files failed (`residency corpus status --failed`)"
    print(f"{line}, {seconds:.1f} s")
    return failed


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 7860,
    prefix: Annotated[str, typer.Option(help="Path to serve below, behind a proxy.")] = "",
) -> None:
    """Serve the web page, its API and its MCP endpoint."""
    from ui.web.access.limits import Guarded
    from ui.web.serving.server import Address, prefix_of, require_free, serve_page

    address = Address(host, port, prefix_of(prefix))
    require_free(host, port)
    serve_page(Guarded.open(progress=say), address, announce=lambda text: print(text, flush=True))


@app.command()
def mcp() -> None:
    """Serve the MCP tools on standard input and output, for a program of this machine."""
    from ui.mcp import mcp_server

    mcp_server(opened(), lambda call: "").run("stdio")


@app.command()
def doctor() -> None:
    """Say what is configured, what is missing, and whether the index is whole."""
    from assistant.settings import Settings, server_of
    from index.upkeep.doctor import inspect

    settings = Settings.load()
    for name, value in settings.model_dump().items():
        print(f"{name + ':':<17} {inert(str(value)) or '(not set)'}")
    checks = inspect(settings.home, server=server_of(settings))
    if settings.model:
        checks.append(_model_check(settings))
    for check in checks:
        print(inert(f"{'ok' if check.ok else 'PROBLEM':<8} {check.name}: {check.detail}"))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _model_check(settings: Settings) -> Check:
    """Try the configured language model."""
    from assistant.errors import AssistantError
    from assistant.model.chat_model import probe
    from index.types import Check

    try:
        return Check("model", True, probe(settings))
    except AssistantError as error:
        return Check("model", False, str(error))


@contextmanager
def _mendable() -> Iterator[None]:
    """Turn errors that the user can mend into one line and an exit status."""
    from assistant.errors import AssistantError
    from corpus.errors import CorpusError
    from evals.errors import EvalError
    from index.errors import IndexingError
    from ui.errors import UiError

    try:
        yield
    except (AssistantError, CorpusError, EvalError, IndexingError, UiError) as error:
        say(inert(str(error)))
        sys.exit(1)
    except SystemExit as leaving:
        # Typer turns an interrupt into this status, without a word.
        if leaving.code == _INTERRUPTED:
            say("interrupted; what was finished stays")
        raise
    except BrokenPipeError:
        # The reader of our output left; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
