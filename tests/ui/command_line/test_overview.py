"""The overview names every command, says of it what the command says itself, and loads nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from tests.paths import ROOT
from ui.command_line.overview import COMMANDS, Command, overview

_PROGRAM = "ui.command_line.main"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_says_of_itself_what_the_overview_says(command: Command) -> None:
    found = getattr(import_module(command.module), command.attribute)
    told = found.info.help if isinstance(found, typer.Typer) else found.__doc__.split("\n\n")[0]
    assert " ".join(told.split()) == command.summary


def test_the_overview_fits_its_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = overview().split("\n")
    assert max(map(len, lines)) <= 60
    named = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert {command.name for command in COMMANDS} < set(named)


def _said(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", _PROGRAM, *words], cwd=ROOT, capture_output=True, text=True
    )


def test_without_a_word_it_tells_what_there_is_and_fails() -> None:
    assert (_said().returncode, _said("--help").returncode) == (2, 0)
    assert _said().stdout == _said("--help").stdout


def test_an_unknown_command_is_named() -> None:
    done = _said("indx")
    assert done.returncode == 2
    assert "indx" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_overview_loads_neither_typer_nor_a_command() -> None:
    code = (
        "import sys\nfrom ui.command_line.overview import overview\noverview()\n"
        "own = ('assistant', 'corpus', 'index', 'evals', 'ui')\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('typer', *own)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['ui', 'ui.command_line', 'ui.command_line.overview']"


def test_a_command_loads_no_other() -> None:
    code = (
        "import sys\nfrom ui.command_line.overview import COMMANDS\n"
        "from ui.command_line.running import command_line\n"
        "command_line(one for one in COMMANDS if one.name == 'backup')\n"
        "print(sorted(m for m in sys.modules if m.startswith('ui.')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    others = {one.module for one in COMMANDS} - {"ui.commands.upkeep.backup"}
    assert not [module for module in others if f"'{module}'" in done.stdout]
