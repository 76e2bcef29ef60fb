"""An answer in a language model's words, held to the same proof as any other, and to the answer
that the documents give by themselves.

Ask, judge each sentence when it is whole, have those that fail written once more at once, quote
passages in place of the others where they have to do with the question, withhold what is left; then
show what says more. Whatever goes wrong with the model ends in the answer without it.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from assistant import wording
from assistant.draft import Draft, DraftSentence
from assistant.errors import LedgerError, QuestionError
from assistant.model.calls import Calls, Limits, Prompt, Spent
from assistant.model.chat_model import ChatModel, never
from assistant.model.evidence_given import Dossier, best_passages, whole_corpus
from assistant.model.faults import Fault, ModelFault
from assistant.model.json_objects import objects
from assistant.model.judging.bearing import Bearing, bearing_of, names_said
from assistant.model.judging.judged import Judged, judged, led, quotations_of
from assistant.model.judging.second_attempt import Mend, SecondAttempts, complaint
from assistant.model.judging.two_answers import (
    are_silent,
    first_word,
    is_conclusion,
    is_contrary,
    is_repeated,
    says_as_much,
    together,
)
from assistant.model.ledger import Ledger
from assistant.model.prompts import Told, finding_told, question_told, read_prompts
from assistant.model.reply import (
    MOST_SENTENCES,
    Item,
    Outcome,
    ReplyReader,
    Said,
    Sentence,
    storable,
)
from assistant.query import Query
from assistant.reasoning.known import Scope
from assistant.timeline import current_timeline
from assistant.types import Origin, Receipt, SentenceRecord, Verdict
from index.searching.reader import IndexReader
from index.types import Hit

_LOG = logging.getLogger(__name__)
_SEARCH_SHARE = 0.3
"""Share of the time that a model may take to say what it would look up."""
_USELESS_SEARCH = (
    Fault.TIME, Fault.EMPTY, Fault.LONG, Fault.REPEATS, Fault.CUT, Fault.REFUSED, Fault.MALFORMED
)  # fmt: skip
"""Faults of that, without which the question is looked up as it is."""
_WORDS = re.compile(r"\w")
_LONE_LEAD = re.compile(
    r"(?:yes|no|not necessarily|not quite|it depends|partly|both|neither|correct|right|wrong|true|"
    r"false)\W*",
    re.I,
)
"""A sentence that claims nothing without the next one."""
_QUOTED_WORDS = 160
"""Words that are quoted in place of sentences that failed."""
_TRIES = 4
"""Prompts of one answer, each smaller than the one before."""
_MOST_REPEATS = 3
"""Sentences that were said before, after which a reply is taken for a loop."""
_RIGHT, _WRONG = "right", "wrong"
"""What a model says of the documents' own answer: it is one, or it answers something else."""
_MOST_SEARCHES = 4
_MOST_CHOICES = 8
_LONGEST_CHOICE = 60
"""Code points of a choice."""
ELSEWHERE = "it has nothing to do with the question"
_SAID_BY_DOCUMENTS = "the documents' own answer says as much"


@dataclass(frozen=True, slots=True)
class Task:
    """A question, and the answer that the documents give without a model."""

    query: Query
    hits: Sequence[Hit]
    draft: Draft
    """Composed and verified without a model."""
    told: Told
    """The question as the model is told it."""
    scope: Scope | None = None
    """Which documents may speak; None where all may."""


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
    left: Callable[[], bool] = never
    """Tells whether nobody waits for the answer any more."""
    started: float = field(default_factory=time.monotonic)
    """Since when somebody waits for it, by the monotonic clock."""


@dataclass(slots=True)
class _Course:
    """How an answer is coming along."""

    until: float
    bearing: Bearing
    attempts: SecondAttempts
    spent: Spent = field(default_factory=Spent)
    outcome: Outcome | None = None
    found: list[Judged] = field(default_factory=list)
    repeats: int = 0
    fault: ModelFault | None = None
    evidence: Dossier | None = None
    """What the model was given."""
    streamed: int = 0
    """Statements that were told to whoever reads along."""


class Writer:
    """Writes answers with a model; safe to share between threads."""

    def __init__(self, model: ChatModel, ledger: Ledger, limits: Limits) -> None:
        self._model = model
        self._limits = limits
        self._calls = Calls(model, ledger, limits)
        self._whole: tuple[tuple[str, int], Dossier | None] = (("", 0), None)

    def write(self, task: Task, tools: Tools) -> tuple[Draft, Receipt]:
        """Return the answer and how it came about; the caller verifies it like any other."""
        started = time.monotonic()
        until = tools.started + self._limits.seconds
        with SecondAttempts(until) as attempts:
            with tools.guard:
                bearing = bearing_of(task.query, task.hits, task.scope, task.draft, tools.index)
            course = _Course(until, bearing, attempts)
            try:
                self._answer(task, tools, course)
            except (ModelFault, LedgerError) as error:
                course.fault = _fault(error)
                _LOG.warning("%s", error)
            sentences = _sentences(task, course, tools)
        with tools.guard:
            draft = _drafted(task, course, sentences, tools.index)
        records = tuple(one.record(draft) for one in sentences)
        fault = course.fault or attempts.fault
        _note(fault)
        usage = course.spent.usage
        return draft, Receipt(
            self._model.name, read_prompts().sha256, usage.prompt, usage.completion,
            round(time.monotonic() - started, 3), course.spent.cached, str(fault or ""), records,
        )  # fmt: skip

    def _answer(self, task: Task, tools: Tools, course: _Course) -> None:
        """Read a reply, to less evidence where a server does not take all of it."""
        given = self._calls.evidence_tokens
        was_silent = False
        for left in reversed(range(_TRIES)):
            evidence = self._evidence(task, tools, course)
            course.evidence = evidence
            prompt = _prompt(task, evidence, course.until, tools.left)
            try:
                self._read(prompt, task, evidence, tools, course)
            except ModelFault as fault:
                is_silent = fault.fault is Fault.EMPTY
                smaller = not course.found and not (was_silent and is_silent)
                if not smaller or not left or not self._calls.narrow(fault, prompt, evidence.text):
                    if is_silent:
                        # Less was no help; for the next question all is given again.
                        self._calls.evidence_tokens = given
                    raise
                was_silent = was_silent or is_silent
                _LOG.warning("%s; asking with less evidence", fault)
            else:
                return

    def _evidence(self, task: Task, tools: Tools, course: _Course) -> Dossier:
        budget = self._calls.evidence_tokens
        with tools.guard:
            key = (tools.index.manifest.id, budget)
            if self._whole[0] != key:
                self._whole = (key, whole_corpus(tools.index, budget))
            whole = self._whole[1]
        if whole is not None:
            return whole
        found = [_looked_up(one, tools) for one in self._searches(task, course, tools.left)]
        by_rank = [hit for row in zip_longest(task.hits, *found) for hit in row if hit is not None]
        with tools.guard:
            return best_passages(tools.index, by_rank, budget)

    def _searches(self, task: Task, course: _Course, left: Callable[[], bool]) -> list[str]:
        """Return what the model would look up, where the corpus is too large to be given whole."""
        until = _share(course.until, _SEARCH_SHARE)
        prompt = Prompt(read_prompts().search, question_told(task.told), until, left=left)
        try:
            said = "".join(self._calls.said(prompt, course.spent))
        except ModelFault as fault:
            if fault.fault not in _USELESS_SEARCH:
                raise
            _LOG.warning("%s", fault)
            return []
        rows = (row.get("search") for row in objects(said))
        found = [storable(text) for text in rows if isinstance(text, str) and _WORDS.search(text)]
        if found:
            self._calls.keep(prompt)
        return found[:_MOST_SEARCHES]

    def _read(
        self, prompt: Prompt, task: Task, evidence: Dossier, tools: Tools, course: _Course
    ) -> None:
        """Read the reply, and judge each sentence when it is there."""

        def mend(told: str) -> Judged | None:
            return self._mended(told, task, evidence, tools, course)

        # Closed at once where nothing more of it is read.
        with closing(self._calls.said(prompt, course.spent)) as pieces:
            for item in _items(pieces):
                if isinstance(item, Outcome):
                    # After sentences it comes too late: they are read as an answer already.
                    course.outcome = course.outcome or (None if course.found else item)
                elif not _is_said_before(item, course):
                    self._take(item, task, evidence, tools, course, mend)
        if course.outcome is None and not course.found:
            raise ModelFault(Fault.MALFORMED)
        self._calls.keep(prompt)

    def _take(
        self,
        item: Sentence,
        task: Task,
        evidence: Dossier,
        tools: Tools,
        course: _Course,
        mend: Mend,
    ) -> None:
        """Judge a sentence; have it written once more where it fails."""
        with tools.guard:
            one = _judged(item, task, evidence, tools.index, course)
        course.found.append(one)
        if one.reason:
            _LOG.warning("sentence withheld: %s: %s", one.reason, item.text)
            if one.reason != ELSEWHERE:
                number = len(course.found)
                course.attempts.begin(number, complaint(number, one, evidence), mend)
        _stream(task, course, tools)
        if len(course.found) >= MOST_SENTENCES:
            raise ModelFault(Fault.LONG, f"over {MOST_SENTENCES} sentences")

    def _mended(
        self, told: str, task: Task, evidence: Dossier, tools: Tools, course: _Course
    ) -> Judged | None:
        """Have a sentence written once more; None where what comes fails too."""
        human = f"{question_told(task.told)}\n\n{told}"

        def left() -> bool:
            return tools.left() or course.attempts.is_over()

        prompt = Prompt(read_prompts().repair, human, course.until, left=left)
        mended = None
        with closing(self._calls.said(prompt, course.spent)) as pieces:
            for item in _items(pieces):
                if isinstance(item, Sentence) and mended is None:
                    with tools.guard:
                        one = _judged(item, task, evidence, tools.index, course)
                    mended = None if one.reason else one
        self._calls.keep(prompt)
        return mended


def _note(fault: ModelFault | None) -> None:
    """Note why the model's part is not whole, where somebody wants to know."""
    timeline = current_timeline()
    if timeline is not None and fault is not None:
        timeline.model_fault = fault.kind


def _prompt(task: Task, evidence: Dossier, until: float, left: Callable[[], bool]) -> Prompt:
    likeliest = evidence.likeliest(task.hits)
    human = (
        f"{evidence.text}\n\nLikeliest passages: {likeliest}\n"
        f"{finding_told(task.draft, evidence)}\n{question_told(task.told)}"
    )
    return Prompt(read_prompts().answer, human, until, fixed=len(evidence.text), left=left)


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


def _is_said_before(item: Sentence, course: _Course) -> bool:
    """Tell whether the same was said before; raise ModelFault where that goes on."""
    if all(one.sentence.text != item.text for one in course.found):
        return False
    course.repeats += 1
    if course.repeats >= _MOST_REPEATS:
        raise ModelFault(Fault.REPEATS)
    return True


def _judged(
    item: Sentence, task: Task, evidence: Dossier, index: IndexReader, course: _Course
) -> Judged:
    """Return a sentence with its verdict: what the passages, the documents' own answer and the
    question say of it.
    """
    one = judged(item, evidence.passages, task.query, index)
    if one.reason:
        return one
    if decided := is_contrary(one.statement, task.draft):
        said = wording.NO if decided == wording.YES else wording.YES
        return replace(one, reason=f"it says {said}, the documents decide {decided}")
    return one if course.bearing.of_chunks(one.chunks) else replace(one, reason=ELSEWHERE)


def _stream(task: Task, course: _Course, tools: Tools) -> None:
    """Tell whoever reads along what is sure to be shown: once the written answer says as much as
    the documents' own, and its first sentence is there.
    """
    if course.found[0].reason or not _is_answer(course):
        return
    ready = _distinct([one.statement for one in course.found if not one.reason])
    if _stays(task, course) or not says_as_much(ready, task.draft):
        return
    for statement in ready[course.streamed :]:
        tools.shown(statement)
    course.streamed = len(ready)


def _is_answer(course: _Course) -> bool:
    return course.outcome is None or course.outcome.said is Said.ANSWERED


def _stays(task: Task, course: _Course) -> bool:
    """Tell whether no document is about what is asked, and what the model cites does not name it:
    nothing else may speak for it.
    """
    names = task.scope.unknown if task.scope is not None else ()
    nothing = task.draft.verdict is Verdict.ABSTAINED and not task.draft.statements
    cited = [chunk for one in course.found for chunk in one.chunks]
    return bool(names) and nothing and not names_said(names, cited)


def _distinct(statements: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Return statements without those that say again what another said."""
    kept: list[DraftSentence] = []
    for statement in statements:
        if not is_repeated(statement, kept):
            kept.append(statement)
    return kept


@dataclass(frozen=True, slots=True)
class _Shown:
    """What may be shown of one sentence of the model."""

    sentence: Sentence
    statements: tuple[DraftSentence, ...]
    origin: Origin
    reason: str = ""
    """Why the sentence itself is not shown."""

    def record(self, draft: Draft) -> SentenceRecord:
        """Return what became of it in an answer."""
        texts = [statement.text for statement in draft.statements]
        if any(text.endswith(one.text[-40:]) for one in self.statements for text in texts):
            return SentenceRecord(self.sentence.text, self.origin, self.reason)
        reason = self.reason or _SAID_BY_DOCUMENTS
        return SentenceRecord(self.sentence.text, Origin.WITHHELD, reason)


def _sentences(task: Task, course: _Course, tools: Tools) -> list[_Shown]:
    """Return what may be shown of each sentence: itself, what was written in its place, passages
    that it cites, or nothing.
    """
    shown: list[_Shown] = []
    words = 0
    for number, one in enumerate(course.found, 1):
        mended = course.attempts.done(number) if one.reason and course.fault is None else None
        if not one.reason:
            shown.append(_Shown(one.sentence, (one.statement,), Origin.MODEL))
        elif mended is not None:
            shown.append(_Shown(one.sentence, (mended.statement,), Origin.REPAIRED, one.reason))
        else:
            with tools.guard:
                quoted = _quoted(one, task, course, tools.index)
            words += sum(len(each.text.split()) for each in quoted)
            kept = tuple(quoted) if words <= _QUOTED_WORDS else ()
            shown.append(_Shown(one.sentence, kept, Origin.DOCUMENTS, one.reason))
    return shown


def _quoted(one: Judged, task: Task, course: _Course, index: IndexReader) -> list[DraftSentence]:
    """Return the passages that stand in for a sentence, behind its first word where that holds."""
    if one.reason == ELSEWHERE:
        return []
    doubted = course.outcome is not None and course.outcome.finding == _WRONG
    bearing = course.bearing
    if task.draft.verdict is not Verdict.ANSWERED and not bearing.agrees(
        one.chunks, one.sentence.text
    ):
        return []
    found = quotations_of(one, task.query, index, bearing, doubted=doubted)
    quotations = [each for each, _ in found]
    lead = first_word(one.statement)
    if quotations and lead and not lead.isdigit() and not is_contrary(one.statement, task.draft):
        word = one.statement.text[: len(lead)]
        quotations[0] = led(word, quotations[0], task.query, index)
    return quotations


def _in_order(sentences: Sequence[_Shown]) -> list[DraftSentence]:
    """Return what may be shown: the first sentence or what stands for it, then those that held at
    once, as a reader has seen them come, then what took the place of others.
    """
    first, rest = sentences[:1], sentences[1:]
    ordered = (
        *first,
        *(one for one in rest if one.origin is Origin.MODEL),
        *(one for one in rest if one.origin is not Origin.MODEL),
    )
    return _distinct([statement for one in ordered for statement in one.statements])


def _drafted(task: Task, course: _Course, sentences: Sequence[_Shown], index: IndexReader) -> Draft:
    """Return the answer: the written one, the documents' own, or both."""
    own, written = task.draft, _in_order(sentences)
    outcome = course.outcome or Outcome(Said.ANSWERED)
    if course.fault is None and _is_silence(task, course, outcome, index):
        return _silent(own, written)
    if course.fault is None and (choices := _choices(task, outcome, index)):
        return Draft(Verdict.CLARIFY, (), opening=wording.WHICH_MEANT, choices=choices)
    if outcome.said is not Said.ANSWERED or _stays(task, course):
        return replace(own, notice=_why(own, wording.MODEL_NOT_USED, course))
    if not written and course.fault is None and not _held(sentences):
        course.fault = ModelFault(Fault.UNSUPPORTED)
    in_own_words = any(one.statements and one.origin in (Origin.MODEL, Origin.REPAIRED)
                       for one in sentences)  # fmt: skip
    if not written or (course.fault is not None and not in_own_words):
        return replace(own, notice=_why(own, wording.MODEL_NOT_USED, course))
    made = _better(task, outcome, sentences, written, in_own_words=in_own_words)
    if course.fault is not None:
        return replace(made, notice=_why(made, wording.MODEL_NOT_FINISHED, course))
    return made


def _better(
    task: Task,
    outcome: Outcome,
    sentences: Sequence[_Shown],
    written: list[DraftSentence],
    *,
    in_own_words: bool,
) -> Draft:
    own = task.draft
    if own.verdict is not Verdict.ANSWERED:
        if in_own_words or outcome.finding == _WRONG:
            notice = "" if in_own_words else wording.MODEL_ONLY_QUOTED
            return Draft(Verdict.ANSWERED, tuple(written), notice)
        # Passages that a model only points to do not make an answer of what is none.
        return own if own.statements else replace(own, statements=tuple(written[:1]))
    if in_own_words and says_as_much(written, own):
        return Draft(Verdict.ANSWERED, tuple(written))
    if outcome.finding == _RIGHT:
        # By its own word, what it says besides says the same.
        return own
    # Each of its sentences held, or passages that bear on the question say much of it.
    is_whole = all(one.statements for one in sentences)
    if outcome.finding == _WRONG and is_whole and not is_conclusion(own):
        return Draft(Verdict.ANSWERED, tuple(written))
    return replace(own, statements=together(own, written))


def _held(sentences: Sequence[_Shown]) -> bool:
    return any(not one.reason for one in sentences)


def _is_silence(task: Task, course: _Course, outcome: Outcome, index: IndexReader) -> bool:
    own = task.draft
    if own.verdict is not Verdict.ANSWERED:
        return outcome.said is Said.NOT_IN_DOCUMENTS
    # Of what it was not given, such as front matter, a model knows nothing.
    read = course.evidence.names_of(own.statements[0].evidence) if course.evidence else ()
    if not read:
        return False
    return are_silent(task.query, task.hits, task.draft, outcome, index)


def _silent(own: Draft, written: Sequence[DraftSentence]) -> Draft:
    """Return an abstention with what is said nearby."""
    nearby = tuple(one for one in written if one.evidence)[:2]
    if own.verdict is Verdict.ABSTAINED:
        return replace(own, statements=own.statements or nearby)
    return Draft(Verdict.ABSTAINED, nearby or own.statements[:1], opening=wording.NOT_STATED)


def _choices(task: Task, outcome: Outcome, index: IndexReader) -> tuple[str, ...]:
    """Return what the model would ask back, where somebody is there and nothing answers surely."""
    if outcome.said is not Said.ASK_BACK or not task.told.clarify or is_conclusion(task.draft):
        return ()
    return _known(outcome.choices, index)


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


def _why(draft: Draft, notice: str, course: _Course) -> str:
    """Return the notice of a draft with why the model had no part in it, or not to the end; that
    its sentences did not hold is for the receipt to say, and no fault that can be mended.
    """
    if course.fault is None or course.fault.fault is Fault.UNSUPPORTED:
        return draft.notice
    return f"{draft.notice} {notice.format(why=course.fault.why)}".strip()
