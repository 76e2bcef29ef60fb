"""An approved answer in front of what the documents say today; pure but for the look at these."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import wording
from assistant.composing.answer_kind import kind_of_words
from assistant.library.approving import body
from assistant.library.lookup import Matched
from assistant.library.types import Entry, Ground, settled
from assistant.library.validity import standing_today, why_void
from assistant.pipeline import source_notices
from assistant.types import Answer, Approved, Citation, Verdict
from index.searching.reader import IndexReader

APPROVED_MODE = "approved"
_MARKER = re.compile(r"\[(\d{1,3})\]")


def with_approved(
    own: Answer, found: Matched, index: IndexReader, today: dt.date, *, beside: bool
) -> Answer:
    """Return the answer to give where the library has one for the question.

    It is the approved one, named as such, citing what it stands on as the documents have it today;
    with `beside`, today's own answer follows where it is not the same. An approved answer that is
    void, or that another one contradicts, is not given: the own one says so.
    """
    entry = found.entry
    voids = tuple(one.said for one in why_void(entry, index, today))
    if found.others:
        ids = ", ".join(one.id for one in (entry, *found.others))
        told = wording.APPROVED_TWICE.format(count=len(found.others) + 1, ids=ids)
        return _noticed(own, told, _approved(entry, 0, (told,)))
    if voids:
        told = wording.APPROVED_VOID.format(
            approver=entry.approval.approver, date=entry.approval.approved, why="; ".join(voids)
        )
        return _noticed(own, told, _approved(entry, 0, voids))
    return _in_front(own, entry, index, today, beside=beside)


def differs(own: Answer, entry: Entry, citations: Iterable[Citation]) -> bool:
    """Tell whether the documents of today answer otherwise than an approved answer.

    They do not where they have its words, or say Yes and No alike and cite all that it stands on.
    """
    if settled(body(own)) == settled(entry.approval.text):
        return False
    grounds = [one for one in citations if own.verdict is Verdict.ANSWERED]
    cited = all(any(_overlap(one, other) for other in own.citations) for one in grounds)
    alike = _lead(own.text) == _lead(entry.approval.text)
    return not (grounds and cited and alike)


def _in_front(
    own: Answer, entry: Entry, index: IndexReader, today: dt.date, *, beside: bool
) -> Answer:
    standing = [standing_today(one, index) for one in entry.approval.grounds]
    citations = tuple(
        _citation(number, one, index)
        for number, one in enumerate((one for one in standing if one is not None), 1)
    )
    other = differs(own, entry, citations)
    caveats = [_named(entry)]
    caveats += source_notices(citations, index, today) or (wording.APPROVED_ON_NOTHING,)
    said = [entry.approval.text + "".join(f" [{one.marker}]" for one in citations)]
    more: tuple[Citation, ...] = ()
    if other and beside:
        more = _renumbered(own.citations, len(citations))
        moved = _moved(_without_caveats(own), len(citations))
        said.append(wording.TODAY_OTHERWISE.format(said=moved))
        caveats += [one for one in own.caveats if one not in caveats]
    cites = citations or more
    return replace(
        own,
        text="\n\n".join((*said, *caveats)),
        # Nothing is said to be answered from the documents that cites none of them.
        verdict=Verdict.ANSWERED if cites else own.verdict,
        citations=(*citations, *more),
        facts=own.facts if more else (),
        caveats=tuple(caveats),
        choices=own.choices if not cites else (),
        mode=APPROVED_MODE,
        derivation=(),
        approved=_approved(entry, len(citations), (), body(own) if other else ""),
        kind=kind_of_words(entry.approval.text) if cites else own.kind,
    )


def _noticed(own: Answer, told: str, approved: Approved) -> Answer:
    return replace(
        own, text=f"{own.text}\n\n{told}", caveats=(*own.caveats, told), approved=approved
    )


def _approved(entry: Entry, grounds: int, void: tuple[str, ...], today: str = "") -> Approved:
    known = entry.approval
    return Approved(
        entry.id, known.question, known.text, known.approver, known.approved, known.scope,
        grounds, void, today,
    )  # fmt: skip


def _named(entry: Entry) -> str:
    known = entry.approval
    scope = ", ".join(filter(None, (known.scope.service, known.scope.customer)))
    said = wording.APPROVED_FOR if scope else wording.APPROVED
    return said.format(approver=known.approver, date=known.approved, scope=scope)


def _citation(marker: int, ground: Ground, index: IndexReader) -> Citation:
    document = index.documents[ground.document]
    return Citation(
        marker=marker,
        document=document.id,
        title=document.about.title,
        section=ground.under,
        quote=document.text[ground.start : ground.end],
        start=ground.start,
        end=ground.end,
        source=document.about.source,
        as_of=document.about.date,
        page=document.page(ground.start),
    )


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _lead(text: str) -> str:
    first = text.split(maxsplit=1)[:1]
    word = first[0].strip(".,:;").casefold() if first else ""
    return word if word in ("yes", "no") else ""


def _without_caveats(answer: Answer) -> str:
    text = answer.text
    for notice in reversed(answer.caveats):
        text = text.removesuffix(notice).rstrip()
    return text


def _renumbered(citations: Sequence[Citation], by: int) -> tuple[Citation, ...]:
    return tuple(replace(one, marker=one.marker + by) for one in citations)


def _moved(text: str, by: int) -> str:
    return _MARKER.sub(lambda found: f"[{int(found[1]) + by}]", text)
