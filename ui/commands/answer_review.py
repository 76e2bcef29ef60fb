"""`residency answer FILE --review`: row by row in the terminal, by what the page does too."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from assistant.library.types import Approver
from assistant.types import Profile
from index.home.paths import replace_bytes
from ui.errors import QuestionFileError, UiError
from ui.questionnaires.answer_columns import citation_lines, verdict
from ui.questionnaires.files import read_content
from ui.questionnaires.job_types import JobRow
from ui.questionnaires.jobs import Job, Jobs, JobState
from ui.questionnaires.row_approval import Approves
from ui.questionnaires.triage_cells import confidence_cell, triage_cell
from ui.questionnaires.understanding.corrections import Correction
from ui.shared.opened import say
from ui.shared.terminal_text import inert

OWNER = "terminal"
"""Of the questionnaires that are reviewed in a terminal of this home."""
_LOOK_S = 0.2
KEYS = "[a]ccept [e]dit [s]kip a[p]prove [g]ive to [c]omment [b]ack [q]uit"
_QUIT, _BACK, _NEXT, _SAME = "quit", "back", "next", "same"


@dataclass(frozen=True, slots=True)
class Review:
    """A questionnaire that somebody goes through."""

    jobs: Jobs
    job: str
    assistant: Approves
    who: Approver
    read: Callable[[str], str]
    """Asks for a line; raises EOFError at the end of input."""
    tell: Callable[[str], None]

    def run(self) -> bool:
        """Go through all rows that nobody has decided on; tell whether none is left."""
        rows = self.jobs.rows(OWNER, self.job)
        left = [row.position for row in rows if not row.decided]
        self.tell(f"{len(left)} of {len(rows)} rows to decide on. {KEYS}")
        place = 0
        while place < len(left):
            done = self._row(left[place])
            if done == _QUIT:
                break
            place = max(place + {_BACK: -1, _SAME: 0, _NEXT: 1}[done], 0)
        waiting = sum(not row.decided for row in self.jobs.rows(OWNER, self.job))
        self.tell(f"{len(rows) - waiting} of {len(rows)} rows decided on")
        return not waiting

    def _row(self, position: int) -> str:
        (row,) = self.jobs.rows(OWNER, self.job, start=position, most=1)
        for line in row_lines(row):
            self.tell(inert(line))
        try:
            return self._do(self.read("> ").strip().casefold(), row)
        except EOFError:
            return _QUIT
        except (AssistantError, UiError) as error:
            self.tell(inert(str(error)))
            return _SAME

    def _do(self, key: str, row: JobRow) -> str:
        jobs, at = self.jobs, (OWNER, self.job, row.position)
        match key:
            case "a":
                jobs.accept(*at)
            case "e":
                jobs.correct(*at, self.read("your answer (empty takes it back): "))
            case "p":
                asked = self.read("the question as it is to be known: ") if row.leans else ""
                told = jobs.approve(*at, self.assistant, self.who, asked, self._for_whom())
                self.tell(f"approved by {inert(told)}")
            case "g":
                jobs.assign(*at, self.read("to whom (empty for nobody): "))
                return _SAME
            case "c":
                jobs.comment(*at, self.read("comment: "))
                return _SAME
            case "s" | "b" | "q":
                return {"s": _NEXT, "b": _BACK, "q": _QUIT}[key]
            case _:
                self.tell(KEYS)
                return _SAME
        return _NEXT

    def _for_whom(self) -> str:
        """Return the customer that an answer is approved for alone; empty for all."""
        customer = self.jobs.job(OWNER, self.job).customer
        if not customer:
            return ""
        said = self.read(f"for {inert(customer)} alone? [y/N] ").strip().casefold()
        return customer if said in ("y", "yes") else ""


def row_lines(row: JobRow) -> Iterator[str]:
    """Yield a row as it is looked at: question, what became of it, answer, sources."""
    reply = row.reply
    yield f"row {row.row}: {row.question}"
    sure = f", {confidence_cell(reply)} sure" if reply.confidence is not None else ""
    told = f" ({triage_cell(reply)}{sure})" if reply.triage else ""
    yield f"  {verdict(reply)}{told}"
    for name, text in (
        ("answer", row.correction or reply.text), ("library", reply.approved),
        ("approved", row.approved), ("given to", row.assigned), ("comment", row.comment),
    ):  # fmt: skip
        if text:
            yield f"  {name}: {text}"
    for line in citation_lines(reply.citations).splitlines():
        yield f"    {line}"


def job_of(jobs: Jobs, path: Path) -> Job:
    """Return the questionnaire of a file: the one that was begun with it, or a new one."""
    content = read_content(path)
    for one in jobs.listed(OWNER):
        kept = jobs.questionnaire(OWNER, one.id).path
        if one.name == path.name and kept.read_bytes() == content:
            return one
    return jobs.add(OWNER, path, path.name)


def answered_job(
    jobs: Jobs, path: Path, wanted: Sequence[Correction], profile: Profile | None,
    customer: str = "",
) -> Job:  # fmt: skip
    """Answer what waits in the questionnaire of a file; interrupted, it goes on the next time."""
    from rich.console import Console
    from rich.progress import Progress

    job = job_of(jobs, path)
    if job.state is JobState.NEW:
        job = jobs.start(OWNER, job.id, wanted=wanted, profile=profile, customer=customer)
    elif wanted:
        raise QuestionFileError(
            f"{path}: is under review already, as it was understood then. Leave out --sheet, "
            "--column and the others, or begin anew with --forget"
        )
    elif customer and customer != job.customer:
        known = f"for {job.customer}" if job.customer else "for no customer"
        raise QuestionFileError(
            f"{path}: is under review already, {known}. Leave out --customer, or begin anew with "
            "--forget"
        )
    else:
        job = jobs.resume(OWNER, job.id)
    with Progress(console=Console(stderr=True)) as bar:
        row = bar.add_task("answering", total=job.counts.total)
        while job.state is JobState.RUNNING:
            time.sleep(_LOOK_S)
            job = jobs.job(OWNER, job.id)
            bar.update(row, completed=job.counts.total - job.counts.waiting)
    if job.trouble:
        raise QuestionFileError(f"{path}: {job.trouble}")
    return job


def written(jobs: Jobs, job: str, output: Path) -> None:
    """Write the file of a review with its answers; raise QuestionFileError."""
    with tempfile.TemporaryDirectory(prefix="residency-") as folder:
        content = jobs.export(OWNER, job, Path(folder)).read_bytes()
    try:
        replace_bytes(output, content)
    except OSError as error:
        raise QuestionFileError(
            f"{output}: cannot be written ({error.strerror}). The review is kept; run the same "
            "command again with another --output"
        ) from error
    say(f"written: {output}")
