"""Questions and facts as plain JSON, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from assistant.app import Assistant
from assistant.coverage.find_facts import find_facts
from assistant.errors import (
    AssistantError,
    LimitError,
    QuestionError,
    QueueFull,
    RateExceeded,
    UnknownAnswer,
    UnknownFactFilter,
)
from assistant.types import Profile
from ui.shared.fact_rows import FactRow, fact_rows
from ui.shared.receipt_rows import comparison_row
from ui.web.access.refusal import refusal
from ui.web.serving.conversation_routes import Malformed
from ui.web.site import owner_of_caller

_STATUS: tuple[tuple[type[AssistantError], int], ...] = (
    (RateExceeded, 429),
    (QueueFull, 503),
    (QuestionError, 422),
    (UnknownAnswer, 404),
    (UnknownFactFilter, 422),
)
Short = Annotated[str, Field(max_length=200)]


class Tenant(BaseModel):
    """What holds for the asker's tenant."""

    model_config = ConfigDict(extra="forbid")

    country: Short = ""
    add_ons: Annotated[tuple[Short, ...], Field(max_length=20)] = ()
    agreement: Short = ""
    services: Annotated[tuple[Short, ...], Field(max_length=50)] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements that all filters let through."""

    total: int
    facts: tuple[FactRow, ...]
    """The first of them, as many as were asked for."""


class Asked(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: str
    thread: Annotated[str, Field(max_length=200)] | None = None
    profile: Tenant | None = None


def profile_of(tenant: Tenant | None) -> Profile | None:
    """Return a tenant's facts as the assistant takes them, None where nothing is said."""
    return Profile(**tenant.model_dump()) if tenant and tenant != Tenant() else None


def api_router(assistant: Assistant, prefix: str) -> APIRouter:
    """Return the routes below `/api`."""
    router = APIRouter(prefix=f"{prefix}/api")

    @router.post("/ask")
    def ask(asked: Asked, request: Request) -> dict[str, Any]:
        """Answer a question; with a thread it may lean on the questions before it."""
        answer = assistant.ask(
            asked.question,
            thread=asked.thread,
            owner=owner_of_caller(request.state.caller),
            profile=profile_of(asked.profile),
        )
        return answer.to_json()

    @router.get("/receipt/{answer}")
    def receipt(answer: Short, request: Request) -> dict[str, Any]:
        """Return how an answer of the caller's came about, and what differs today."""
        record = assistant.record(answer, owner_of_caller(request.state.caller))
        return comparison_row(assistant.compare(record))

    @router.get("/facts")
    def facts(
        service: Short | None = None,
        place: Short | None = None,
        role: Short | None = None,
        relation: Short | None = None,
        kind: Short | None = None,
        data: Short | None = None,
        condition: Short | None = None,
        status: Short | None = None,
        document: Short | None = None,
        since: date | None = None,
        until: date | None = None,
        words: Short | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Facts:
        """Return the statements that all filters let through, the first of them in full."""
        with assistant.reading() as index:
            found = find_facts(
                index, service=service, place=place, role=role, relation=relation, kind=kind,
                data=data, condition=condition, status=status, document=document, since=since,
                until=until, words=words,
            )  # fmt: skip
            return Facts(len(found), fact_rows(found[:limit], index))

    return router


def tell_errors(app: FastAPI) -> None:
    """Have errors that the asker can mend told as JSON, with what to do."""

    @app.exception_handler(AssistantError)
    async def assistants(request: Request, error: AssistantError) -> JSONResponse:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
        return refusal(
            status, str(error), wait_s=error.wait_s if isinstance(error, LimitError) else 0
        )

    @app.exception_handler(Malformed)
    async def of_the_page(request: Request, error: Malformed) -> JSONResponse:
        return refusal(422, str(error))

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        return refusal(422, f"{place}: {first['msg']}. See docs/api.md for what is taken")
