"""What a document's structure tells about each of its chunks: labels, lists, exclusions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from corpus.facts.kinds import kind_of_label
from corpus.facts.plain_tables import plain_tables
from corpus.facts.types import StatementKind
from corpus.language.clauses import parse_clause
from corpus.language.quantities import SEVERAL
from corpus.language.sentences import readable
from corpus.types import Block, BlockKind, Chunk, Document, Span, trim

_EXCEPT_LEAD = re.compile(
    r"\bexcept\b[^.]*:\s*$|\b(?:excluded|not covered|out of scope)\b[^.]*:\s*$",
    re.I,
)
_EXCLUDED = re.compile(
    r"\bexclu(?:ded|sions?)\b|\bexceptions?\b|\bnot (?:covered|included|in scope)\b|"
    r"\bdoes not cover\b|\bout of scope\b|\bwhat (?:is )?(?:not|leaves)\b",
    re.I,
)
_NEEDED = re.compile(
    r"\b(?:requirements?|prerequisites?|conditions?|eligibility|before you (?:start|begin)|"
    r"(?:what|things) you need)\b",
    re.I,
)
_CONDITIONS = re.compile(
    r"(?:required |pre)?(?:conditions?|requirements?|requisites?|prerequisites?):?", re.I
)
_AFFECTED = re.compile(r"\bservices?|\bfeatures?|\bapplies\b", re.I)
_STEPS = re.compile(r"\b(?:steps?|procedure|as follows|do (?:either|one|this))\b", re.I)
_PROCEDURE = re.compile(
    r"(?:\d[\d.]*\s+)?(?:how to|(?:mov|creat|find|chang|delet|leav|connect|instal|request|"
    r"export|migrat|transfer|relocat|check|view|see)(?:e|es|ing)?\b)",
    re.I,
)
_COUNTED = re.compile(
    rf"\b(?:{SEVERAL}|several|following) (?:\w+ )?(?:scenarios?|types?|kinds?|"
    r"cases|terms|categories|properties|definitions?)\b|\bproperties\b|\bdefinitions?\b",
    re.I,
)


class Role(Enum):
    """What the members of a list are, by the sentence that introduces it."""

    NONE = auto()
    EXCEPTION = auto()
    REQUIREMENT = auto()
    STEP = auto()
    DEFINITION = auto()
    MEMBER = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands in the structure of its document."""

    block: Block
    heading: str
    """The nearest heading."""
    lead_in: str
    label: str
    """Label of a label-value bullet on the sentence that begins with it, else empty."""
    first: bool
    """True for the first sentence of its block."""
    role: Role
    excluded: bool
    """True below a heading that announces what is not covered."""


class Page:
    """A document while its facts are read."""

    def __init__(self, document: Document, chunks: tuple[Chunk, ...]) -> None:
        self.document = document
        self.chunks = chunks
        self._siblings: dict[int, list[Chunk]] = {}
        self._first: dict[int, str] = {}
        self._procedures: dict[int, bool] = {}
        self._tables = plain_tables(document)
        self._by_end = {chunk.span.end: chunk for chunk in chunks}
        self._led: dict[int, list[Chunk]] = {}
        """Members of a list by where the sentence that introduces it ends."""
        for chunk in chunks:
            lead_in = document.blocks[chunk.block].lead_in
            if lead_in is not None and chunk.group >= 0:
                self._led.setdefault(lead_in.end, []).append(chunk)
            self._first.setdefault(chunk.block, chunk.id)
            if chunk.group >= 0:
                self._siblings.setdefault(chunk.group, []).append(chunk)
        self._roles: dict[str, Role] = {}
        # In reading order: what leads to a list is known before its members, however deep.
        for chunk in chunks:
            self._roles[chunk.id] = self._role(chunk)

    def place(self, chunk: Chunk) -> Place:
        """Return where a chunk stands."""
        block = self.document.blocks[chunk.block]
        first = self._first[chunk.block] == chunk.id
        label = readable(block.label.of(self.document.text)) if block.label and first else ""
        heading = chunk.path[-1] if chunk.path else ""
        return Place(
            block, heading, chunk.lead_in, label, first,
            self._roles[chunk.id], any(_EXCLUDED.search(title) for title in chunk.path),
        )  # fmt: skip

    def _role(self, chunk: Chunk) -> Role:
        block, heading = self.document.blocks[chunk.block], chunk.path[-1] if chunk.path else ""
        role = _role(block, chunk, heading)
        if role is Role.MEMBER and block.level and self._leads_from_exception(block):
            return Role.EXCEPTION
        if role is Role.STEP and block.kind is BlockKind.STEP and not _STEPS.search(chunk.lead_in):
            ordered = _PROCEDURE.match(heading) or self._is_procedure(block.group)
            return Role.STEP if ordered else Role.NONE
        return role

    def _leads_from_exception(self, block: Block) -> bool:
        """Tell whether a nested list belongs to an item that is an exception."""
        parent = self._by_end.get(block.lead_in.end) if block.lead_in else None
        return parent is not None and self._roles.get(parent.id) is Role.EXCEPTION

    def _is_procedure(self, group: int) -> bool:
        """Tell whether the numbered members of a list are orders, at least every other one."""
        if group not in self._procedures:
            steps = [c for c in self._siblings.get(group, ()) if c.kind is BlockKind.STEP
                     and self._first[c.block] == c.id]  # fmt: skip
            orders = sum(parse_clause(readable(step.text)).imperative for step in steps)
            self._procedures[group] = orders * 2 >= len(steps)
        return self._procedures[group]

    def rows(self, chunk: Chunk) -> tuple[Block, ...] | None:
        """Return the rows that a chunk of plain text holds, None where it is no table."""
        rows = self._tables.get(chunk.block)
        if rows is None:
            return None
        return tuple(row for row in rows if chunk.span.start <= row.span.start < chunk.span.end)

    def siblings(self, chunk: Chunk) -> tuple[Chunk, ...]:
        """Return the chunks of the same list or table."""
        return tuple(self._siblings.get(chunk.group, ()))

    def introduced(self, chunk: Chunk) -> tuple[Chunk, ...]:
        """Return the members of the list that a sentence introduces."""
        return tuple(self._led.get(chunk.span.end, ()))

    def label(self, chunk: Chunk) -> str:
        """Return the label of a chunk's bullet, empty where it has none."""
        label = self.document.blocks[chunk.block].label
        return readable(label.of(self.document.text)) if label else ""

    def heading_span(self, chunk: Chunk) -> Span | None:
        """Return the line of the nearest heading."""
        section = self.document.sections[self.document.blocks[chunk.block].section]
        start, stop = section.span
        end = self.document.text.find("\n", start, stop)
        line = trim(self.document.text, Span(start, stop if end < 0 else end))
        return line if line.start == start < line.end else None


def _role(block: Block, chunk: Chunk, heading: str) -> Role:
    if block.kind not in (BlockKind.ITEM, BlockKind.STEP):
        return Role.REQUIREMENT if _CONDITIONS.fullmatch(heading) else Role.NONE
    if chunk.lead_in:
        return _role_by_lead_in(block, chunk.lead_in)
    if _EXCLUDED.search(heading):
        return Role.EXCEPTION
    if _NEEDED.search(heading):
        return Role.REQUIREMENT
    return Role.STEP if block.kind is BlockKind.STEP else Role.NONE


def _role_by_lead_in(block: Block, lead_in: str) -> Role:
    if _EXCEPT_LEAD.search(lead_in):
        return Role.EXCEPTION
    if block.label is not None and _COUNTED.search(lead_in):
        return Role.DEFINITION
    if _STEPS.search(lead_in):
        return Role.STEP
    return Role.REQUIREMENT if _NEEDED.search(lead_in) else Role.MEMBER


def label_kind(label: str, excluded: bool) -> StatementKind | None:
    """Return what the value of a record's label says; services below an exclusion are excluded."""
    kind = kind_of_label(label)
    if kind is None and excluded and _AFFECTED.search(label):
        return StatementKind.EXCLUDED
    return kind
