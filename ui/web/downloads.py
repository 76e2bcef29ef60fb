"""Files made for a download: each in a folder of its own, kept for minutes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

_KEPT_S = 600.0


class Downloads:
    """The files of one served page, in a folder that no other user of the machine may read, and
    that goes with what else the page keeps for a while.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="residency-", dir=os.environ.get("GRADIO_TEMP_DIR")
        )

    def file(self, name: str, data: bytes) -> Path:
        """Write a file and return where it is; its folder's name cannot be guessed."""
        self._drop_old()
        path = Path(tempfile.mkdtemp(dir=self._folder.name)) / name
        path.write_bytes(data)
        return path

    def _drop_old(self) -> None:
        limit = time.time() - _KEPT_S
        for folder in Path(self._folder.name).iterdir():
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
