"""What language models are told: `prompts.toml` with its hash, and a question with its context."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.draft import Draft
from assistant.model.evidence_given import Dossier
from assistant.types import Profile, Verdict

_FILE = Path(__file__).parent / "prompts.toml"
_TOLD_ANSWER = 600
"""Code points of an earlier answer."""
_TOLD_FINDING = 1_500
"""Code points of what the documents answer without a model."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The system prompts by what they are for."""

    answer: str
    repair: str
    search: str
    questions: str
    judge: str
    sha256: str
    """Hash of the whole file."""


@cache
def read_prompts() -> Prompts:
    """Return the prompts of this version."""
    source = _FILE.read_bytes()
    texts = {name: text.strip() for name, text in tomllib.loads(source.decode()).items()}
    return Prompts(**texts, sha256=hashlib.sha256(source).hexdigest())


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of a conversation, and what was answered."""

    question: str
    answer: str = ""
    """Empty where that is not kept."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question with what it leans on."""

    question: str
    conversation: tuple[Exchange, ...] = ()
    """What was asked before, oldest first."""
    profile: Profile | None = None
    """What the asker keeps of the own tenant; what a question names is read in the question."""
    clarify: bool = False
    """Whether somebody is there to be asked back."""


def question_told(told: Told) -> str:
    """Return a question with what it leans on, as a model reads it."""
    lines = [line for one in told.conversation for line in _exchanged(one)]
    profile = told.profile or Profile()
    if profile.country:
        lines.append(f"The asker's tenant: signed up in {profile.country}")
    if profile.add_ons:
        lines.append(f"The asker's add-ons: {', '.join(profile.add_ons)}")
    if profile.agreement:
        lines.append(f"The asker's agreement: {profile.agreement}")
    if profile.services:
        lines.append(f"The asker's services: {', '.join(profile.services)}")
    lines.append(f"The asker {'can' if told.clarify else 'cannot'} be asked back.")
    return "\n".join((*lines, f"Question: {told.question}"))


def finding_told(draft: Draft, evidence: Dossier) -> str:
    """Return what the documents answer by themselves, how it follows, and from which passages."""
    lines = ["Found by rules (proven, but perhaps not what was asked):", *_found(draft, evidence)]
    return "\n".join(lines)[:_TOLD_FINDING]


def _exchanged(one: Exchange) -> Iterator[str]:
    yield f"Asked before: {one.question}"
    if one.answer:
        folded = " ".join(one.answer.split())
        more = " …" if len(folded) > _TOLD_ANSWER else ""
        yield f"Answered: {folded[:_TOLD_ANSWER]}{more}"


def _found(draft: Draft, evidence: Dossier) -> Iterator[str]:
    if draft.verdict is not Verdict.ANSWERED:
        yield f"- nothing that answers. {draft.opening}".rstrip()
    for statement in draft.statements:
        lead = f"{statement.lead}: " if statement.lead else ""
        yield f"- {lead}{statement.text}{_cited(evidence.names_of(statement.evidence))}"
    for step in draft.steps:
        yield f"  because: {step.said}{_cited(evidence.names_of(step.evidence))}"


def _cited(names: Sequence[str]) -> str:
    return f" [{', '.join(names)}]" if names else ""
