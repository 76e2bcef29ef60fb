"""`residency evidence`: a conversation or a questionnaire as one document to hand over."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assistant.app import Assistant
from ui.commands.answer_review import OWNER
from ui.commands.tenant.tenants_named import tenants_named
from ui.errors import EvidenceError
from ui.evidence.evidence_pack import evidence_pack
from ui.evidence.pack_files import form_of, write_pack
from ui.evidence.packed_answers import (
    from_messages,
    from_rows,
    of_conversation,
    of_questionnaire,
)
from ui.evidence.tenant_checks import check_of_tenant
from ui.exports.check_files import CheckOfTenant
from ui.questionnaires.jobs import Jobs
from ui.shared.opened import opened

app = typer.Typer(
    help="Hand over the evidence: each answer, its quotations in context, and the receipts.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Output = Annotated[Path, typer.Option("-o", "--output", help="File to write: .pdf or .html.")]

Checks = Annotated[
    list[str] | None,
    typer.Option(
        "--check", metavar="PROFILE",
        help="Add what holds for a tenant: a kept profile, or a file; may be given several times.",
    ),
]  # fmt: skip


@app.command()
def conversation(
    thread: Annotated[str, typer.Argument(metavar="THREAD", help="Id of a conversation.")],
    output: Output,
    check: Checks = None,
    owner: Annotated[
        str, typer.Option("--owner", help="Whose; without it, those of the command line.")
    ] = "",
) -> None:
    """Write the evidence of a conversation."""
    form_of(output)
    assistant = opened()
    threads = assistant.kept.threads
    known = threads.conversation(owner, thread)
    if known is None:
        whose = f" of {owner}" if owner else ""
        raise EvidenceError(
            f"{thread}: no such conversation{whose}. `residency conversations list` shows them"
        )
    messages = threads.messages(owner, thread)
    records = partial(assistant.record, owner=owner)
    occasion = of_conversation(known, messages, datetime.now(UTC))
    checks = _checks(assistant, check)
    answers = from_messages(messages, records)
    write_pack(evidence_pack(occasion, answers, assistant, checks), output)
    print(output)


@app.command()
def questionnaire(
    questions: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="File that `residency answer --review` answered."),
    ],
    output: Output,
    check: Checks = None,
) -> None:
    """Write the evidence of a questionnaire that was answered with --review."""
    form_of(output)
    assistant = opened()
    jobs = Jobs.of(assistant)
    job = next((one for one in jobs.listed(OWNER) if one.name == questions.name), None)
    if job is None:
        raise EvidenceError(
            f"{questions}: no answers of it are kept. Answer it with `residency answer --review`"
        )
    rows = jobs.rows(OWNER, job.id)
    occasion = of_questionnaire(job.name, rows, datetime.now(UTC))
    checks = _checks(assistant, check)
    answers = from_rows(rows, partial(assistant.record, owner=None))
    write_pack(evidence_pack(occasion, answers, assistant, checks), output)
    print(output)


def _checks(assistant: Assistant, names: list[str] | None) -> list[CheckOfTenant]:
    """Return what holds for each tenant that is named."""
    return [
        check_of_tenant(assistant, name, profile)
        for name, profile in tenants_named(assistant, names or ())
    ]
