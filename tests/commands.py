"""The command line in the process of the tests, with streams and settings of its own.

What is tested of a process as such, how it is killed or what it imports, needs a whole one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from tests.paths import ROOT
from ui.command_line.main import main


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def residency(
    *words: str, home: Path, given: str = "", encoding: str = "utf-8", **environment: str
) -> Done:
    """Run `residency` over a home; an error that it lets through is one of the test.

    `given` is its input, `encoding` that of its streams; keywords are its environment.
    """
    out, err = _stream(encoding), _stream(encoding)
    settings = {"RESIDENCY_HOME": str(home), **environment}
    with (
        patch.dict(os.environ, settings),
        patch.object(sys, "argv", ["residency", *words]),
        patch.object(sys, "stdin", io.StringIO(given)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(ROOT),
    ):
        try:
            main()
            status: object = 0
        except SystemExit as end:
            status = end.code or 0
    assert isinstance(status, int)
    return Done(status, _written(out), _written(err))


def _stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(stream.encoding)
