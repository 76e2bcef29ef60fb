"""Runs a command: its words read by Typer, its mendable errors told in one line."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

import typer

from assistant.errors import AssistantError
from corpus.errors import CorpusError
from evals.errors import EvalError
from index.errors import IndexingError
from index.home.faults.kinds import next_step
from ui.command_line.overview import ABOUT, COMMANDS, Command, print_version
from ui.errors import UiError
from ui.shared.opened import say
from ui.shared.terminal_text import inert

_INTERRUPTED = 130


def run(meant: Iterable[Command]) -> None:
    """Run the command line with the commands that may be meant."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its code, and no traceback.
            stream.reconfigure(errors="backslashreplace")
    with _mendable():
        command_line(meant)()


def command_line(meant: Iterable[Command] = COMMANDS) -> typer.Typer:
    """Return the command line with some of its commands; only their modules are loaded."""
    app = typer.Typer(
        name="residency",
        help=ABOUT,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_root)
    for one in meant:
        found = getattr(import_module(one.module), one.attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=one.name, help=one.summary)
        else:
            app.command(one.name)(found)
    return app


def _root(
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    if version:
        print_version()
        raise typer.Exit


@contextmanager
def _mendable() -> Iterator[None]:
    """Turn errors that the user can mend into one line and an exit status."""
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
    except sqlite3.Error as error:
        say(inert(f"a file of the home cannot be used ({error}). `residency doctor` names it"))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output left; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.filename is None or error.errno is None:
            raise
        say(inert(f"{error.filename}: cannot be used ({error.strerror}). {next_step(error)}"))
        sys.exit(1)
