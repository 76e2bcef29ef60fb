"""The side of a conversion that does the work: `python -m corpus.formats.converter_worker`.

Reads files from its standard input and replies with text, or with what a function that was named
makes of them. It gives up its rights before the
first of them: no network, no child processes, no writing of files, a limit on memory. It ends
with its parent, after a time without work, and when one file takes far too long.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from corpus.formats.converter_process import HAND_SECONDS, SECONDS, receive, send
from corpus.formats.registry import BY_SUFFIX
from corpus.formats.types import Extracted, Unusable, check_length, without_text

MEMORY_MB = 2048
_IDLE_SECONDS = 120
_DEPTH = 5000
"""Of calls: enough for any element depth that the HTML parser lets through."""
_FORBIDDEN = re.compile(r"socket\.(?:connect|getaddrinfo|bind)|subprocess|os\.(?:system|exec|fork)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def main() -> None:
    """Convert files until the parent closes the pipe."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may reach the pipe of the replies.
    os.dup2(2, 1)
    _give_up_rights()
    while True:
        # Its watch needs no Python to run, so it ends a converter that never returns as well.
        faulthandler.dump_traceback_later(_IDLE_SECONDS, exit=True)
        try:
            fields, content = receive(requests)
        except EOFError:
            return
        seconds = HAND_SECONDS if "function" in fields else SECONDS
        faulthandler.dump_traceback_later(seconds + 5, exit=True)
        send(replies, *_reply(fields, content))


def _reply(wanted: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what a file is converted to, or the picture of a page; what is wrong where not."""
    try:
        if "function" in wanted:
            return {}, _loaded(wanted["function"])(wanted["request"], content)
        if "page" in wanted:
            return _drawn(content, wanted["page"], wanted["passage"])
        return _converted(wanted["suffix"], content), b""
    except Unusable as error:
        return {"cause": error.cause, "next_step": error.next_step}, b""
    except (MemoryError, RecursionError) as error:
        kind = "memory" if isinstance(error, MemoryError) else "depth"
        cause = f"needs too much {kind} to convert"
        return {"cause": cause, "next_step": "Simplify or split it"}, b""
    except Exception as error:  # noqa: BLE001 - a border: one file of many, the failure is told
        cause = f"cannot be converted ({type(error).__name__}: {error})"[:300]
        return {"cause": cause, "next_step": "Save it anew, or save it as Markdown"}, b""


def _loaded(name: str) -> Callable[[str, bytes], bytes]:
    module, _, function = name.partition(":")
    found: Callable[[str, bytes], bytes] = getattr(import_module(module), function)
    return found


def _drawn(content: bytes, page: int, passage: str) -> tuple[dict[str, Any], bytes]:
    from corpus.formats.pdf.page_picture import page_picture

    picture = page_picture(content, page, passage)
    fields = {"width": picture.width, "height": picture.height, "marks": picture.marks}
    return fields, picture.png


def _converted(suffix: str, content: bytes) -> dict[str, Any]:
    extracted = _convert(suffix, content)
    return {
        **dataclasses.asdict(extracted),
        "date": extracted.date.isoformat() if extracted.date else None,
    }


def _convert(suffix: str, content: bytes) -> Extracted:
    extracted = BY_SUFFIX[suffix].converter()(content)
    check_length(extracted.text)
    if not extracted.text.strip():
        raise without_text()
    return dataclasses.replace(
        # One for one: offsets of pages stay right.
        extracted,
        text=_CONTROL.sub(" ", extracted.text),
        title=" ".join(_CONTROL.sub(" ", extracted.title).split()),
    )


def _give_up_rights() -> None:
    sys.setrecursionlimit(_DEPTH)
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        # Windows has no such limits; the time limit and those of each format hold there.
        return
    size = MEMORY_MB * 2**20
    for limit, value in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            # macOS refuses a limit on addresses; the other limits hold there.
            continue
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if _FORBIDDEN.match(event):
        raise PermissionError(f"a converter may not use {event} {arguments[:1]}")


if __name__ == "__main__":
    main()
