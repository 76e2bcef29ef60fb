"""The assistant as tools for language models: an MCP server, made with the official SDK."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from functools import partial
from typing import Annotated, Any, TypeVar

from anyio.to_thread import run_sync
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from assistant.app import Assistant
from assistant.coverage.find_facts import find_facts, roles
from assistant.errors import AssistantError, ProfileError
from assistant.tenant.profile_files import KEYS, profile_of
from assistant.tenant.what_if import FORMS
from assistant.types import Answer, Profile
from corpus.facts.types import Status, Term
from ui.errors import UiError
from ui.shared.check_rows import CheckRow, Tally, by_service, shown_check
from ui.shared.fact_rows import FactRow, fact_rows
from ui.shared.telling.without_paths import told

_INSTRUCTIONS = (
    "Answers where cloud data lives, from the indexed documents alone. Every claim has a citation "
    "whose quote is verbatim; show the quote, its document and its date. `abstained` means that "
    "the documents do not say: do not fill the gap."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_MOST_FACTS = 200
_LONGEST = 200
"""Characters of a name, a word or a value."""
_LONGEST_PROFILE = 20_000
_MOST_NAMES = 50
_MOST_CHANGES = 20
Short = Annotated[str, Field(max_length=_LONGEST)]
Names = Annotated[list[Short], Field(max_length=_MOST_NAMES)]
Changes = Annotated[list[Short], Field(max_length=_MOST_CHANGES)]
Result = TypeVar("Result")
Turn = Callable[[str], AbstractAsyncContextManager[None]]
"""Waits until it is an owner's turn to have something looked up."""


def _no_turn(owner: str) -> AbstractAsyncContextManager[None]:  # noqa: ARG001
    return nullcontext()


class Cited(BaseModel):
    """A passage that a sentence of the answer stands on."""

    marker: int = Field(description="The number in brackets in the text")
    quote: str = Field(description="Verbatim, from start to end of the document")
    document: str
    title: str
    date: str | None = Field(description="The document's own date; null when it states none")
    source: str = Field(description="Where the document is published, possibly empty")
    start: int
    end: int


class Answered(BaseModel):
    """An answer with its citations."""

    id: str
    text: str
    verdict: str = Field(description="answered, abstained or clarify")
    caveats: list[str] = Field(description="Notices of age and scope, part of the text")
    choices: list[str] = Field(description="What to choose from when the verdict is clarify")
    citations: list[Cited]


class Found(BaseModel):
    """The statements that all filters let through."""

    total: int = Field(description="How many there are; the first of them are listed")
    facts: list[FactRow] = Field(
        description="`statement` says it in a sentence, `quote` is verbatim from start to end of "
        "the document; places say what each has to do with it"
    )


class Checked(BaseModel):
    """What the documents promise and exclude, against one tenant."""

    unknown: list[str] = Field(description="Names of the profile that nobody knows")
    left_out: int = Field(description="Statements of services that the profile does not name")
    total: int = Field(description="How many statements there are; the first of them are listed")
    by_service: list[Tally]
    statements: list[CheckRow] = Field(
        description="`outcome` is holds, does not hold or not known; `because` are the words of "
        "the document that decide, `decided_by` the facts of the profile; `quote` is verbatim"
    )


def mcp_server(
    assistant: Assistant, owner_of: Callable[[Context[Any, Any]], str], turn: Turn = _no_turn
) -> MCPServer[Any]:
    """Return a server with the tools; `owner_of` says whose threads a call may go on with, `turn`
    whose turn it is to have something looked up.
    """
    server: MCPServer[Any] = MCPServer(
        "residency-assistant", title="Residency Assistant", instructions=_INSTRUCTIONS,
        log_level="WARNING",
    )  # fmt: skip

    async def in_turn(ctx: Context[Any, Any], work: Callable[[], Result]) -> Result:
        with _told():
            async with turn(owner_of(ctx)):
                return await run_sync(work)

    @server.tool(annotations=_READS)
    def ask_residency(
        ctx: Context[Any, Any],
        question: Annotated[str, Field(description="A question about where cloud data lives")],
        thread: Annotated[Short | None, Field(description="A conversation to go on with")] = None,
        country: Annotated[Short, Field(description="Sign-up country of the tenant")] = "",
        add_ons: Annotated[Names | None, Field(description="Add-ons bought")] = None,
        agreement: Annotated[Short, Field(description="Kind of agreement")] = "",
        services: Annotated[Names | None, Field(description="Services used")] = None,
    ) -> Answered:
        """Answer a question about data residency from the documents, with verbatim citations."""
        profile = Profile(country, tuple(add_ons or ()), agreement, tuple(services or ()))
        with _told():
            return _answered(
                assistant.ask(
                    question,
                    thread=thread,
                    owner=owner_of(ctx),
                    profile=profile if profile != Profile() else None,
                )
            )

    @server.tool(annotations=_READS)
    async def lookup_facts(
        ctx: Context[Any, Any],
        service: Annotated[
            Short | None, Field(description="Service, feature or part, by any of its names")
        ] = None,
        place: Annotated[Short | None, Field(description="City, country or region")] = None,
        role: Annotated[
            Short | None,
            Field(description=f"What the place has to do with it: {', '.join(roles())}"),
        ] = None,
        relation: Annotated[
            Short | None,
            Field(
                description="How its place lies to the one given: in (it, within it or around "
                "it; by default), within, outside, overlapping"
            ),
        ] = None,
        kind: Annotated[
            Short | None, Field(description="What it says, such as stored or is not stored")
        ] = None,
        data: Annotated[
            Short | None, Field(description="Category of data, such as mailbox")
        ] = None,
        condition: Annotated[
            Short | None,
            Field(
                description="Words of a condition or an exception, or what it asks for: "
                f"{', '.join(Term)}"
            ),
        ] = None,
        status: Annotated[
            Short | None, Field(description=f"How long it is meant to hold: {', '.join(Status)}")
        ] = None,
        document: Annotated[Short | None, Field(description="Id of a document")] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST_FACTS)] = 50,
    ) -> Found:
        """List what the documents state, filtered; every statement with its verbatim passage."""
        filters = partial(
            find_facts, service=service, place=place, role=role, relation=relation, kind=kind,
            data=data, condition=condition, status=status, document=document,
        )  # fmt: skip

        def found() -> Found:
            with assistant.reading() as index:
                every = filters(index)
                first = list(fact_rows(every[:limit], index))
            return Found(total=len(every), facts=first)

        return await in_turn(ctx, found)

    @server.tool(annotations=_READS)
    async def check_tenant(
        ctx: Context[Any, Any],
        name: Annotated[Short, Field(description="A profile that is kept by name")] = "",
        profile: Annotated[
            dict[str, Any] | None,
            Field(description=f"What is so for the tenant; may say {', '.join(KEYS)}"),
        ] = None,
        changes: Annotated[
            Changes | None,
            Field(description=f"List what these would decide otherwise: {FORMS}"),
        ] = None,
        service: Annotated[Short, Field(description="Only documents about this service")] = "",
        outcome: Annotated[
            Short, Field(description="holds, does not hold or not known; all where empty")
        ] = "",
        limit: Annotated[int, Field(ge=1, le=_MOST_FACTS)] = 50,
    ) -> Checked:
        """Tell which promises and exclusions of the documents hold for a tenant, and why not."""

        def checked() -> Checked:
            tenant = _tenant(assistant.tenants(owner_of(ctx)), name, profile)
            shown = shown_check(assistant, tenant, tuple(changes or ()), service)
            rows = [one for one in shown.rows if outcome in ("", one.outcome)]
            return Checked(
                unknown=list(shown.checked.unknown), left_out=shown.checked.left_out,
                total=len(rows), by_service=by_service(rows), statements=rows[:limit],
            )  # fmt: skip

        return await in_turn(ctx, checked)

    return server


def _tenant(kept: dict[str, Profile], name: str, profile: dict[str, Any] | None) -> Profile:
    """Return the profile that a call means; raise ProfileError where there is none."""
    if profile is not None:
        if len(str(profile)) > _LONGEST_PROFILE:
            raise ProfileError(
                f"profile: it has more than {_LONGEST_PROFILE:,} characters. Say what differs "
                "from a tenant that bought nothing, and no more"
            )
        return profile_of(profile, "profile")
    if name and name not in kept:
        raise ProfileError(f"{name}: no profile of that name is kept. Kept are: {', '.join(kept)}")
    return kept[name] if name else Profile()


@contextmanager
def _told() -> Iterator[None]:
    """Pass on what the caller can mend as the tool's own error."""
    try:
        yield
    except (AssistantError, UiError) as error:
        raise ToolError(told(str(error))) from error


def _answered(answer: Answer) -> Answered:
    return Answered(
        id=answer.id,
        text=answer.text,
        verdict=answer.verdict.value,
        caveats=list(answer.caveats),
        choices=list(answer.choices),
        citations=[
            Cited(
                marker=one.marker, quote=one.quote, document=one.document, title=one.title,
                date=one.as_of.isoformat() if one.as_of else None, source=one.source,
                start=one.start, end=one.end,
            )
            for one in answer.citations
        ],
    )  # fmt: skip
