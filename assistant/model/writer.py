"""An answer in a language model's words, held to the same proof as any other.

Ask, judge each sentence when its line is whole, have those that failed mended once, quote the
passages that the others cite, withhold what is left. Whatever goes wrong with the model ends in
the answer that the documents give without it.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from assistant import wording
from assistant.draft import Draft, DraftSentence
from assistant.errors import LedgerError, QuestionError
from assistant.model.chat_model import ChatModel, Fault, ModelFault, Usage
from assistant.model.evidence_given import Dossier, best_passages, said_of, tokens, whole_corpus
from assistant.model.judged import Judged, judged, quotations_of
from assistant.model.ledger import Ledger, key_of
from assistant.model.prompts import read_prompts
from assistant.model.reply import Item, Outcome, ReplyReader, Said, Sentence, objects, storable
from assistant.query import Query
from assistant.types import Origin, Receipt, SentenceRecord, Verdict
from index.searching.reader import IndexReader
from index.types import Hit

_LOG = logging.getLogger(__name__)
_LED_BY = re.compile(r"(?P<lead>Yes|No)(?=\W*$|\s*[,.:;!–—])")
_SEARCH_SHARE = 0.3
"""Share of the time that a model may take to say what it would look up."""
_USELESS_SEARCH = (Fault.TIME, Fault.EMPTY, Fault.LONG, Fault.REFUSED, Fault.MALFORMED)
"""Faults of that, without which the question is looked up as it is."""
_WORDS = re.compile(r"\w")
_COSTLESS = (Fault.KEY, Fault.RATE, Fault.SERVER, Fault.REJECTED, Fault.CONNECTION)
"""A call that ends so before its first piece never reached the model."""
_LONE_LEAD = re.compile(
    r"(?:yes|no|not necessarily|not quite|it depends|partly|both|neither|correct|right|wrong|true|"
    r"false)\W*",
    re.I,
)
"""A sentence that claims nothing without the next one."""
_QUOTED_WORDS = 160
"""Words that are quoted in place of sentences that failed."""
_REPAIR_SHARE = 0.25
"""Share of the time that must be left for a second attempt."""
_MOST_SEARCHES = 4
_MOST_CHOICES = 8
_LONGEST_CHOICE = 60
"""Code points of a choice."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question, and the answer that the documents give without a model."""

    query: Query
    hits: Sequence[Hit]
    draft: Draft
    """Composed and verified without a model."""
    conversation: tuple[str, ...] = ()
    """Questions asked before, oldest first."""
    clarify: bool = False
    """Whether somebody is there to be asked back."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a writer works with besides the model."""

    index: IndexReader
    find: Callable[[str], list[Hit]]
    """Looks up a question."""
    guard: AbstractContextManager[object]
    """Held while the index is used, and not while the model is waited for."""
    shown: Callable[[DraftSentence], None] = lambda statement: None
    """Told each statement as soon as nothing before it can change."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take."""

    seconds: float
    evidence_tokens: int
    tokens_a_day: int = 0
    """0 means any number."""


@dataclass(slots=True)
class _Course:
    """How an answer is coming along."""

    until: float
    usage: Usage = field(default_factory=Usage)
    cached: bool = False
    outcome: Outcome | None = None
    found: list[Judged] = field(default_factory=list)
    fault: ModelFault | None = None
    unmended: ModelFault | None = None
    """Why there was no second attempt; the answer is whole without it."""
    said: tuple[str, str] = ("", "")
    """Key and text of the latest reply, when it is new and whole."""


class Writer:
    """Writes answers with a model; safe to share between threads."""

    def __init__(self, model: ChatModel, ledger: Ledger, limits: Limits) -> None:
        self._model = model
        self._ledger = ledger
        self._limits = limits
        self._whole: tuple[str, Dossier | None] = ("", None)

    def write(self, task: Task, tools: Tools) -> tuple[Draft, Receipt]:
        """Return the answer and how it came about; the caller verifies it like any other."""
        started = time.monotonic()
        course = _Course(started + self._limits.seconds)
        try:
            evidence = self._evidence(task, tools, course)
            self._ask(task, evidence, tools, course)
        except (ModelFault, LedgerError) as error:
            course.fault = _fault(error)
            _LOG.warning("%s", error)
            evidence = None
        records = [
            SentenceRecord(each.sentence.text, Origin.MODEL, each.reason) for each in course.found
        ]
        if evidence is not None and any(each.reason for each in course.found):
            records = self._mend(task, evidence, tools, course)
        draft, records = _drafted(task, course, records, tools)
        return draft, self._receipt(course, records, time.monotonic() - started)

    def _receipt(
        self, course: _Course, records: Sequence[SentenceRecord], seconds: float
    ) -> Receipt:
        return Receipt(
            self._model.name, read_prompts().sha256, course.usage.prompt, course.usage.completion,
            round(seconds, 3), course.cached, str(course.fault or course.unmended or ""),
            tuple(records),
        )  # fmt: skip

    def _evidence(self, task: Task, tools: Tools, course: _Course) -> Dossier:
        budget = self._limits.evidence_tokens
        with tools.guard:
            id_ = tools.index.manifest.id
            if self._whole[0] != id_:
                self._whole = (id_, whole_corpus(tools.index, budget))
            whole = self._whole[1]
        if whole is not None:
            return whole
        found = [_looked_up(question, tools) for question in self._searches(task, course)]
        by_rank = [hit for row in zip_longest(task.hits, *found) for hit in row if hit is not None]
        with tools.guard:
            return best_passages(tools.index, by_rank, budget)

    def _searches(self, task: Task, course: _Course) -> list[str]:
        """Return what the model would look up, where the corpus is too large to be given whole."""
        part = replace(course, until=_share(course.until, _SEARCH_SHARE))
        try:
            said = "".join(self._said(read_prompts().search, _question(task), part))
        except ModelFault as fault:
            if fault.fault not in _USELESS_SEARCH:
                raise
            _LOG.warning("%s", fault)
            return []
        finally:
            course.usage, course.cached = part.usage, part.cached
        rows = (row.get("search") for row in objects(said))
        found = [storable(text) for text in rows if isinstance(text, str) and _WORDS.search(text)]
        self._keep(part, bool(found))
        return found[:_MOST_SEARCHES]

    def _ask(self, task: Task, evidence: Dossier, tools: Tools, course: _Course) -> None:
        """Read the reply, and judge each sentence when it is there."""
        likeliest = evidence.likeliest(task.hits)
        human = f"{evidence.text}\n\nLikeliest passages: {likeliest}\n{_question(task)}"
        for item in _items(self._said(read_prompts().answer, human, course)):
            if isinstance(item, Outcome):
                # After sentences it comes too late: they are read as an answer already.
                course.outcome = course.outcome or (None if course.found else item)
                continue
            with tools.guard:
                one = _against(judged(item, evidence.passages, task.query, tools.index), task)
            course.found.append(one)
            if one.reason:
                _LOG.warning("sentence withheld: %s: %s", one.reason, item.text)
            elif not any(other.reason for other in course.found) and not _is_silent(course):
                tools.shown(one.statement)
        if course.outcome is None and not course.found:
            raise ModelFault(Fault.MALFORMED)
        self._keep(course, True)

    def _mend(
        self, task: Task, evidence: Dossier, tools: Tools, course: _Course
    ) -> list[SentenceRecord]:
        """Have the sentences that failed written once more; return what became of each."""
        failed = [n for n, each in enumerate(course.found) if each.reason]
        mended: dict[int, Judged] = {}
        if course.until - time.monotonic() > _REPAIR_SHARE * self._limits.seconds:
            try:
                mended = self._second(task, evidence, tools, course, failed)
            except (ModelFault, LedgerError) as error:
                fault = _fault(error)
                course.unmended = None if fault.fault is Fault.EMPTY else fault
                _LOG.warning("%s", error)
        records = []
        for number, each in enumerate(course.found):
            other = mended.get(number)
            origin = Origin.REPAIRED if other else Origin.MODEL
            records.append(SentenceRecord(each.sentence.text, origin, each.reason))
            if other:
                course.found[number] = other
        return records

    def _second(
        self, task: Task, evidence: Dossier, tools: Tools, course: _Course, failed: Sequence[int]
    ) -> dict[int, Judged]:
        lines = [_complaint(n + 1, course.found[n], evidence) for n in failed]
        human = f"{_question(task)}\n\n" + "\n\n".join(lines)
        mended: dict[int, Judged] = {}
        for item in _items(self._said(read_prompts().repair, human, course)):
            if isinstance(item, Sentence) and item.number - 1 in failed:
                with tools.guard:
                    one = _against(judged(item, evidence.passages, task.query, tools.index), task)
                if not one.reason:
                    mended[item.number - 1] = one
        self._keep(course, True)
        return mended

    def _said(self, system: str, human: str, course: _Course) -> Iterator[str]:
        """Yield a reply, kept or new; whole new ones are kept."""
        key = key_of(self._model.name, read_prompts().sha256, system, human)
        kept = self._ledger.reply(key)
        if kept is not None:
            course.cached = True
            yield kept
            return
        self._require_budget(system, human)
        texts, usage, fault = list[str](), Usage(), None
        try:
            for delta in self._model.reply(system, human, course.until):
                usage += delta.usage
                texts.append(delta.text)
                yield delta.text
        except ModelFault as error:
            fault = error
            raise
        finally:
            if texts or fault is None or fault.fault not in _COSTLESS:
                least = _estimated(system, human, texts)
                spent = Usage(
                    usage.prompt or least.prompt,
                    max(usage.completion, 0 if _is_counted(fault, usage) else least.completion),
                )
                course.usage += spent
                self._ledger.spend(spent)
        course.said = (key, "".join(texts))

    def _keep(self, course: _Course, usable: bool) -> None:
        """Keep the latest reply, where it was new and of use."""
        key, text = course.said
        course.said = ("", "")
        if key and usable:
            self._ledger.keep(key, text)

    def _require_budget(self, system: str, human: str) -> None:
        most = self._limits.tokens_a_day
        if most and self._ledger.spent_today() + tokens(system + human) > most:
            raise ModelFault(Fault.BUDGET, f"{most:,} a day")


def _is_counted(fault: ModelFault | None, usage: Usage) -> bool:
    """Tell whether a call came to its end, so that its provider has said what it took."""
    return fault is None and usage.total > 0


def _looked_up(question: str, tools: Tools) -> list[Hit]:
    """Return what is found for a question that a model wrote; nothing for one without words."""
    try:
        return tools.find(question)
    except QuestionError as error:
        _LOG.warning("%s: %s", error, question)
        return []


def _share(until: float, share: float) -> float:
    """Return the time at which a share of what is left has passed."""
    now = time.monotonic()
    return now + share * max(0.0, until - now)


def _fault(error: ModelFault | LedgerError) -> ModelFault:
    return error if isinstance(error, ModelFault) else ModelFault(Fault.RECORD, str(error))


def _estimated(system: str, human: str, texts: Sequence[str]) -> Usage:
    """Return about what a call took, for servers that do not say."""
    return Usage(tokens(system + human), tokens("".join(texts)))


def _items(pieces: Iterator[str]) -> Iterator[Item]:
    """Yield what a reply holds; a Yes or No alone goes with the sentence that bears it out."""
    reader = ReplyReader()
    lead: Sentence | None = None
    for item in (one for part in _parts(reader, pieces) for one in part):
        if not isinstance(item, Sentence):
            yield item
        elif lead is None and _LONE_LEAD.fullmatch(item.text):
            lead = item
        else:
            yield _led(lead, item) if lead else item
            lead = None


def _led(lead: Sentence, sentence: Sentence) -> Sentence:
    return replace(
        sentence,
        text=f"{lead.text.rstrip('.!:;, ')}: {sentence.text}",
        evidence=(*lead.evidence, *sentence.evidence),
    )


def _parts(reader: ReplyReader, pieces: Iterator[str]) -> Iterator[Iterator[Item]]:
    for piece in pieces:
        yield reader.feed(piece)
    yield reader.finish()


def _is_silent(course: _Course) -> bool:
    return course.outcome is not None and course.outcome.said is not Said.ANSWERED


def _against(one: Judged, task: Task) -> Judged:
    """Withhold a Yes or No that the documents' own sentence decides otherwise."""
    decided = next((s.lead for s in task.draft.statements[:1] if s.decided_by), "")
    match = _LED_BY.match(one.statement.text)
    said = match["lead"] if match else ""
    if one.reason or {decided, said} != {"Yes", "No"}:
        return one
    return replace(one, reason=f"it says {said}, the documents decide {decided}")


def _question(task: Task) -> str:
    """Return the question with what it leans on, as the model reads it."""
    query, case = task.query, task.query.case
    lines = [f"Asked before: {earlier}" for earlier in task.conversation]
    if case.country is not None:
        lines.append(f"The asker's tenant: signed up in {case.country.name}")
    if case.add_ons or case.nothing_else:
        lines.append(f"The asker's add-ons: {', '.join(case.add_ons) or 'none'}")
    if case.agreement:
        lines.append(f"The asker's agreement: {case.agreement}")
    lines.append(f"The asker {'can' if task.clarify else 'cannot'} be asked back.")
    return "\n".join((*lines, f"Question: {query.question}"))


def _complaint(number: int, one: Judged, evidence: Dossier) -> str:
    """Return a sentence that failed, with the reason and the passages that it cites."""
    cited = [name for name in one.sentence.evidence if name in evidence.passages]
    shown = [f"[{name}] {said_of(evidence.passages[name])}" for name in cited]
    return "\n".join(
        (f"Sentence {number}: {one.sentence.text}", f"The checker: {one.reason}", *shown)
    )


def _drafted(
    task: Task, course: _Course, records: Sequence[SentenceRecord], tools: Tools
) -> tuple[Draft, list[SentenceRecord]]:
    """Return the answer of what was said, or the one without it, and what became of it."""
    statements, told = _statements(task, course, records, tools)
    outcome = course.outcome or Outcome(Said.ANSWERED)
    if course.fault is None and outcome.said is Said.NOT_IN_DOCUMENTS:
        nearby = tuple(s for s in statements if s.evidence)
        return Draft(Verdict.ABSTAINED, nearby, opening=wording.NOT_STATED), told
    choices = _known(outcome.choices, tools.index) if task.clarify else ()
    if course.fault is None and outcome.said is Said.ASK_BACK and choices:
        return Draft(Verdict.CLARIFY, (), opening=wording.WHICH_MEANT, choices=choices), told
    if not statements and course.fault is None:
        course.fault = ModelFault(Fault.UNSUPPORTED)
    if not statements or (course.fault is not None and not _written(told)):
        return replace(task.draft, notice=_why(task.draft, wording.MODEL_NOT_USED, course)), told
    if course.fault is None:
        notice = "" if _written(told) else wording.MODEL_ONLY_QUOTED
        return Draft(Verdict.ANSWERED, tuple(statements), notice), told
    return _completed(task.draft, statements, course), told


def _known(choices: Sequence[str], index: IndexReader) -> tuple[str, ...]:
    """Return the choices that are words of the documents, and so claim nothing of their own."""
    abouts = index.abouts
    said = "\n".join(
        (
            *(f"{about.title}\n{about.service}" for about in abouts),
            *(document.text for document in index.documents.values()),
        )
    ).lower()
    short = (choice.strip() for choice in choices if len(choice) <= _LONGEST_CHOICE)
    return tuple(dict.fromkeys(c for c in short if c and c.lower() in said))[:_MOST_CHOICES]


def _written(records: Sequence[SentenceRecord]) -> bool:
    return any(record.origin in (Origin.MODEL, Origin.REPAIRED) for record in records)


def _completed(draft: Draft, statements: Sequence[DraftSentence], course: _Course) -> Draft:
    """Return what came before a fault, and what the documents add to it."""
    known = {part for statement in statements for part in statement.evidence}
    further = [s for s in draft.statements if not known.issuperset(s.evidence)]
    made = Draft(Verdict.ANSWERED, (*statements, *further))
    return replace(made, notice=_why(made, wording.MODEL_NOT_FINISHED, course))


def _why(draft: Draft, notice: str, course: _Course) -> str:
    reason = course.fault.fault.value if course.fault else Fault.UNSUPPORTED.value
    return f"{draft.notice} {notice.format(why=reason)}".strip()


def _statements(
    task: Task, course: _Course, records: Sequence[SentenceRecord], tools: Tools
) -> tuple[list[DraftSentence], list[SentenceRecord]]:
    """Return what is shown of each sentence: itself, or its passages, or nothing."""
    shown: list[DraftSentence] = []
    told: list[SentenceRecord] = []
    quoted_already: set[str] = set()
    words = 0
    for each, record in zip(course.found, records, strict=True):
        if not each.reason:
            shown.append(each.statement)
            told.append(record)
            continue
        with tools.guard:
            quotations = quotations_of(each, task.query, tools.index, quoted_already)
        kept = list[DraftSentence]()
        for quotation in quotations:
            words += len(quotation.text.split())
            if words <= _QUOTED_WORDS or not shown:
                kept.append(quotation)
                shown.append(quotation)
        told.append(replace(record, origin=Origin.DOCUMENTS if kept else Origin.WITHHELD))
    return shown, told
