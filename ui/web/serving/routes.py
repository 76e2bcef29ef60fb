"""What the page links to: passages, receipts, exported conversations; each for its owner alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.errors import AssistantError, ProfileError
from ui.errors import EvidenceError, UnknownJob
from ui.evidence.evidence_pack import Pack, evidence_pack
from ui.evidence.pack_files import PackForm, pack_file
from ui.evidence.packed_answers import (
    from_messages,
    from_rows,
    of_conversation,
    of_questionnaire,
)
from ui.evidence.tenant_checks import check_of_tenant
from ui.exports.check_files import CheckOfTenant
from ui.exports.export_conversation import Form, exported
from ui.questionnaires.jobs import Jobs
from ui.shared.telling.without_paths import told
from ui.web.ask_tab.receipt_html import receipt_html
from ui.web.html import trouble
from ui.web.site import Site, owner_of_caller
from ui.web.source_view.open_source import NOWHERE, Asked, View
from ui.web.source_view.passage_html import passage_html, passage_page

_NOT_FOUND = 404
_TOO_LARGE = 422
_LONGEST_NUMBER = 12
_NO_OFFSET = -2


def page_routes(site: Site, style: Callable[[], str], prefix: str) -> Sequence[Route]:
    """Return the routes; they answer with a part of a page (`part=1`), or with a whole one."""

    def passage(request: Request) -> Response:
        return _shown(request, lambda: passage_html(site.assistant, _asked(request)))

    def receipt(request: Request) -> Response:
        owner = owner_of_caller(request.state.caller)

        def body() -> str:
            record = site.assistant.record(request.query_params.get("id", ""), owner)
            return receipt_html(site.assistant.compare(record))

        return _shown(request, body)

    def conversation(request: Request) -> Response:
        return _conversation(site, request)

    def evidence(request: Request) -> Response:
        return _evidence(site, request)

    def styled(request: Request) -> Response:  # noqa: ARG001
        return PlainTextResponse(style(), media_type="text/css")

    return (
        Route(f"{prefix}/passage", passage),
        Route(f"{prefix}/receipt", receipt),
        Route(f"{prefix}/conversation", conversation),
        Route(f"{prefix}/evidence", evidence),
        Route(f"{prefix}/page.css", styled),
    )


def _shown(request: Request, body: Callable[[], str]) -> Response:
    """Return what is to be read, or why there is nothing, as a part or as a page of its own."""
    status = 200
    try:
        content = body()
    except AssistantError as error:
        content, status = trouble(str(error)), _NOT_FOUND
    if request.query_params.get("part"):
        return HTMLResponse(content, status)
    return HTMLResponse(passage_page(content, "Residency Assistant", "page.css"), status)


def _conversation(site: Site, request: Request) -> Response:
    owner, thread = owner_of_caller(request.state.caller), request.query_params.get("thread", "")
    threads = site.assistant.kept.threads
    known = threads.conversation(owner, thread)
    form = request.query_params.get("format", "")
    if known is None or form not in set(Form):
        return PlainTextResponse("There is no such conversation of yours.", _NOT_FOUND)
    file = exported(known, threads.messages(owner, thread), Form(form))
    disposition = f'attachment; filename="conversation{file.suffix}"'
    return Response(
        file.content, media_type=file.media_type, headers={"Content-Disposition": disposition}
    )


def _evidence(site: Site, request: Request) -> Response:
    """Return the evidence of a conversation or of a questionnaire of the caller's."""
    owner, given = owner_of_caller(request.state.caller), request.query_params
    form = given.get("format", "")
    try:
        checks = _checks(site, owner, given.get("check", ""))
        pack = _pack(site, owner, given.get("thread", ""), given.get("job", ""), checks)
    except (UnknownJob, ProfileError) as error:
        return PlainTextResponse(told(str(error)), _NOT_FOUND)
    if pack is None or form not in set(PackForm):
        return PlainTextResponse("There is no such evidence of yours.", _NOT_FOUND)
    try:
        file = pack_file(pack, PackForm(form))
    except EvidenceError as error:
        return PlainTextResponse(told(str(error)), _TOO_LARGE)
    return Response(
        file.content,
        media_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


def _checks(site: Site, owner: str, name: str) -> list[CheckOfTenant]:
    """Return what holds for a tenant whose profile the caller keeps; nothing where none is named.

    Raises ProfileError.
    """
    if not name:
        return []
    kept = site.assistant.tenants(owner)
    if name not in kept:
        raise ProfileError(f"{name}: no profile of that name is kept. Choose another one")
    return [check_of_tenant(site.assistant, name, kept[name])]


def _pack(
    site: Site, owner: str, thread: str, job: str, checks: Sequence[CheckOfTenant]
) -> Pack | None:
    """Return what is asked for, None where the caller has no such conversation.

    Raises UnknownJob.
    """
    assistant, now = site.assistant, datetime.now(UTC)
    if job:
        jobs = Jobs.of(assistant)
        rows = jobs.rows(owner, job)
        # Rows of a questionnaire are recorded for whoever had it answered; who may see the rows
        # may see how they came about.
        answers = from_rows(rows, partial(assistant.record, owner=None))
        occasion = of_questionnaire(jobs.job(owner, job).name, rows, now)
        return evidence_pack(occasion, answers, assistant, checks)
    known = assistant.kept.threads.conversation(owner, thread)
    if known is None:
        return None
    messages = assistant.kept.threads.messages(owner, thread)
    said = from_messages(messages, partial(assistant.record, owner=owner))
    return evidence_pack(of_conversation(known, messages, now), said, assistant, checks)


def _asked(request: Request) -> Asked:
    given = request.query_params
    start, end = (_number(given[name]) if name in given else NOWHERE for name in ("start", "end"))
    view = given.get("view", "")
    return Asked(
        given.get("document", ""), start, end, _number(given.get("at", "")),
        View(view) if view in set(View) else None,
    )  # fmt: skip


def _number(text: str) -> int:
    """Return a number of an address; one that no document reaches where it is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else _NO_OFFSET
