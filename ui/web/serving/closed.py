"""Shuts the ways by which Gradio and FastAPI would reach a network or let files be found by
guessing.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.home.faults.held_folder import clear_folders, held_folder

_FOLDER = "residency-page-"


class FetchRefused(Exception):
    """A file was named by an address that the server would have had to fetch."""


@contextmanager
def closed() -> Iterator[None]:
    """Keep Gradio to this machine: to be entered before the page is made, left when it ends.

    Files that users send or are given lie in a folder for this process alone, under names that
    cannot be guessed even by who knows their content, and go with it; those of a process that was
    killed go when the next one begins.
    """
    # Gradio reads these when it is imported and when a page is made.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # FastAPI would send addresses with what is asked in them, and messages of exceptions.
    os.environ["FASTAPI_OTEL_AUTO_CONFIGURE"] = "false"
    temporary = Path(tempfile.gettempdir())
    clear_folders(temporary, _FOLDER)
    with held_folder(temporary, _FOLDER) as folder:
        before = os.environ.get("GRADIO_TEMP_DIR")
        os.environ["GRADIO_TEMP_DIR"] = str(folder)
        _shut()
        try:
            yield
        finally:
            if before is None:
                del os.environ["GRADIO_TEMP_DIR"]
            else:
                os.environ["GRADIO_TEMP_DIR"] = before


def _shut() -> None:
    from gradio import processing_utils

    # A seed of its own lies with each installation, and copies of one machine share it.
    processing_utils.hash_seed = secrets.token_bytes(32)
    processing_utils.ssrf_protected_download = _refuse
    processing_utils.async_ssrf_protected_download = _refuse_later
    processing_utils.save_url_to_cache = _refuse


def _refuse(*_: Any, **__: Any) -> str:
    raise FetchRefused("Files from other addresses are not fetched. Upload the file itself")


async def _refuse_later(*_: Any, **__: Any) -> str:
    return _refuse()
