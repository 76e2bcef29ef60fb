"""The command line, `residency`: translates words in and out.

The one door to every package; each command imports what it needs and nothing else.
"""

from __future__ import annotations

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

from ui.evaluate import app as eval_app
from ui.facts import facts

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.settings import Settings
    from index.types import Check

app = typer.Typer(
    name="residency",
    help="Asks residency documents where data lives, and shows the sentence that says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(
    help="Documents of the index.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(eval_app, name="eval")
app.command()(facts)

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; errors that a user can mend print one line."""
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
    assistant = _open()
    answer = assistant.ask(text, thread=thread)
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        from ui.render import answer_text

        print(answer_text(answer))


@app.command()
def chat() -> None:
    """Hold a conversation in the terminal; `exit` or end of input leaves."""
    from assistant.errors import QuestionError
    from ui.render import answer_text

    assistant = _open()
    thread = uuid.uuid4().hex
    choices: tuple[str, ...] = ()
    _say("Ask about data residency; `exit` leaves.")
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
                _say(str(error))


@app.command()
def answer(
    questions: Annotated[Path, typer.Argument(metavar="FILE", help="JSONL file of questions.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="JSONL file of answers.")],
) -> None:
    """Answer a file of questions; resumes where it stopped."""
    from rich.console import Console
    from rich.progress import Progress

    from ui.questionnaire import answer_file, read_cases

    cases = read_cases(questions)
    assistant = _open()
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("answering", total=len(cases))
        outcome = answer_file(
            assistant, cases, output, advance=lambda done: bar.advance(task, done)
        )
    _say(
        f"{outcome.answered} answered, {outcome.resumed} were there already, "
        f"{outcome.failed} failed: {output}"
    )
    if outcome.failed:
        raise typer.Exit(1)


@app.command()
def index() -> None:
    """Build the index of the documents; does nothing when nothing changed."""
    from assistant.settings import Settings
    from index.build import build_index
    from index.layout import Home
    from index.manifest import read_manifest

    settings = Settings.load()
    started = time.perf_counter()
    build = build_index(settings.home, model=settings.embedding_model, progress=_say)
    # Not by the build's id: one that was made again lies in a folder of another name.
    manifest = read_manifest(Home(settings.home).current())
    print(
        f"index {build}: {len(manifest.documents)} documents, {manifest.chunks} chunks, "
        f"{time.perf_counter() - started:.1f} s"
    )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
) -> None:
    """Serve the web page."""
    from ui.web.server import require_free, serve_page

    require_free(host, port)
    serve_page(_open(), host=host, port=port, announce=lambda text: print(text, flush=True))


@corpus_app.command("list")
def corpus_list() -> None:
    """List the documents of the index with their dates."""
    from ui.render import document_lines

    print("\n".join(document_lines(_open().documents)))


@corpus_app.command("questions")
def corpus_questions() -> None:
    """Have the language model write questions for your documents, which finds them better."""
    assistant = _open()
    written = assistant.write_questions(_say)
    print(
        f"{written.kept} questions for {written.passages} passages kept, {written.dropped} that do "
        "not find their passage left out. Run `residency index`"
    )
    for fault in written.faults:
        _say(fault)
    if written.faults:
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say what is configured, what is missing, and whether the index is whole."""
    from assistant.settings import Settings
    from index.doctor import inspect
    from ui.render import inert

    settings = Settings.load()
    for name, value in settings.model_dump().items():
        print(f"{name + ':':<17} {inert(str(value)) if value != '' else '(not set)'}")
    checks = inspect(settings.home)
    if settings.model:
        checks.append(_model_check(settings))
    for check in checks:
        print(inert(f"{'ok' if check.ok else 'PROBLEM':<8} {check.name}: {check.detail}"))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _model_check(settings: Settings) -> Check:
    """Try the configured language model."""
    from assistant.errors import AssistantError
    from assistant.model import probe
    from index.types import Check

    try:
        return Check("model", True, probe(settings))
    except AssistantError as error:
        return Check("model", False, str(error))


def _open() -> Assistant:
    from assistant import Assistant

    return Assistant.open(progress=_say)


def _say(message: str) -> None:
    print(f"residency: {message}", file=sys.stderr, flush=True)


@contextmanager
def _mendable() -> Iterator[None]:
    """Turn errors that the user can mend into one line and an exit status."""
    from assistant.errors import AssistantError
    from corpus.errors import CorpusError
    from evals.errors import EvalError
    from index.errors import IndexingError
    from ui.errors import UiError
    from ui.render import inert

    try:
        yield
    except (AssistantError, CorpusError, EvalError, IndexingError, UiError) as error:
        _say(inert(str(error)))
        sys.exit(1)
    except SystemExit as leaving:
        # Typer turns an interrupt into this status, without a word.
        if leaving.code == _INTERRUPTED:
            _say("interrupted; what was finished stays")
        raise
    except BrokenPipeError:
        # The reader of our output left; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
