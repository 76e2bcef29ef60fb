"""Permissions that hold for the one who runs the tests too: root passes by them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence


def _obeying() -> Sequence[str] | None:
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    given_up = "--bounding-set=-dac_override,-dac_read_search"
    if setpriv is None or subprocess.run([setpriv, given_up, "true"]).returncode:
        return None
    return (setpriv, given_up)


OBEYING = _obeying()
"""What a command begins with that is to keep to permissions; None where that cannot be had."""
