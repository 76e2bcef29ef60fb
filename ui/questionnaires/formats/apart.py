"""Files of questions that are read and written in a process of their own.

What a hostile file does to a parser it does there, where time and memory have an end
(`corpus.formats.converter_worker`), and nobody who asks here waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.formats import Unusable, work_apart
from ui.errors import QuestionFileError
from ui.shared.bounds.turns import turn_lent


def apart(work: Callable[[str, bytes], bytes], path: Path, request: str, content: bytes) -> bytes:
    """Have a function of a module work on the bytes of a file; raise QuestionFileError.

    The function is found by its name there. Others have their turns meanwhile.
    """
    try:
        with turn_lent():
            return work_apart(f"{work.__module__}:{work.__name__}", request, content)
    except Unusable as error:
        raise QuestionFileError(f"{path}: {error.cause}. {error.next_step}") from error
