"""`residency doctor`: what is configured, what is missing, and whether the index is whole."""

from __future__ import annotations

import typer

from assistant.errors import AssistantError
from assistant.history.database import utc_now
from assistant.history.store import Kept
from assistant.library.library_store import library_of
from assistant.model.chat_model import probe
from assistant.settings import (
    Settings,
    build_store_of,
    database_of,
    reranker_of,
    server_of,
)
from index.build_store.sharing import store_stands
from index.errors import IndexingError
from index.searching.reranker import tried
from index.types import Check
from index.upkeep.doctor import inspect
from ui.shared.terminal_text import inert
from ui.web.serving.home_stores import kept_checks


def doctor() -> None:
    """Say what is configured, what is missing, and whether the index is whole."""

    settings = Settings.load()
    for name, value in settings.model_dump().items():
        print(f"{name + ':':<17} {inert(str(value)) or '(not set)'}")
    checks = inspect(settings.home, server=server_of(settings), model=settings.embedding_model)
    kept = kept_checks(settings)
    checks += kept
    # Counting would begin a file anew that is found empty.
    if all(check.ok for check in kept):
        checks += [_answers_check(settings), _library_check(settings)]
    if settings.build_store:
        checks.append(_build_store_check(settings))
    if settings.reranker:
        checks.append(_reranker_check(settings))
    if settings.model:
        checks.append(_model_check(settings))
    for check in checks:
        print(inert(f"{'ok' if check.ok else 'PROBLEM':<8} {check.name}: {check.detail}"))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _answers_check(settings: Settings) -> Check:
    """Count the recorded answers, in the file or on the server; there need be none."""
    where = database_of(settings) or "the home"
    try:
        count = Kept.of(settings).records.count()
        return Check("answers", True, f"{count:,} recorded in {where}")
    except AssistantError as error:
        return Check("answers", False, str(error))


def _library_check(settings: Settings) -> Check:
    """Read the approved answers; there need be none."""
    try:
        return Check("library", True, library_of(settings, utc_now).check())
    except AssistantError as error:
        return Check("library", False, str(error))


def _build_store_check(settings: Settings) -> Check:
    """Ask the store that indexes are shared by which is current, and whether this home has it."""
    try:
        return Check("build store", *store_stands(settings.home, build_store_of(settings)))
    except IndexingError as error:
        return Check("build store", False, str(error))


def _reranker_check(settings: Settings) -> Check:
    """Load the reranker and have it judge something."""

    try:
        reranker = reranker_of(settings)
        return Check("reranker", True, tried(reranker) if reranker else "none")
    except IndexingError as error:
        return Check("reranker", False, str(error))


def _model_check(settings: Settings) -> Check:
    """Try the configured language model."""

    try:
        return Check("model", True, probe(settings))
    except AssistantError as error:
        return Check("model", False, str(error))
