"""A home that has something in every store that there is, made by the product's own parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from assistant.app import Assistant
from assistant.history.feedback import Rating
from assistant.library.approving import Approving, of_record, to_keep
from assistant.library.types import Approver, Right
from assistant.model.chat_model import Usage
from assistant.model.ledger import Ledger
from assistant.model.session import LEDGER
from assistant.settings import Settings
from assistant.types import Profile
from corpus.intake.describe import Given
from corpus.intake.fetch import put
from corpus.intake.shelf import Page, Record
from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.building.fetched_pages import note_file
from index.building.uploads import take_upload
from index.home.added_sources import Registry, Source
from index.home.paths import Home
from tests.ui.slack.told import asked
from ui.questionnaires.jobs import Jobs
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE as INBOX
from ui.web.access.known_places import FILE as LOGINS
from ui.web.access.known_places import KnownPlaces
from ui.web.access.users_file import Users

QUESTION = "Where are files of Quay stored?"
SAYS = "Bergen"
QUESTIONS = (QUESTION, "Where are logs of Mole stored?")
USERS = "users.json"
ADDRESS = "https://vendor.example/mole"
OWNER = "web:ann"
_QUAY = "# Where Quay keeps files\n\nFiles of Quay are stored in Bergen.\n"
_MOLE = "# Where Mole keeps logs\n\nLogs of Mole are stored in Oslo.\n"
_PIER = "# Where Pier keeps mail\n\nMail of Pier is stored in Tromsø.\n"


def make(root: Path) -> None:
    """Make the home."""
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    (home.documents / "quay.md").write_text(_QUAY, encoding="utf-8")
    upload = root.with_name("upload.md")
    upload.write_text(_PIER, encoding="utf-8")
    take_upload(home, upload, "pier.md", Given(title="Where Pier keeps mail", service="Pier"))
    _fetch(home)
    build_index(root)
    _ask(root)
    Ledger(root / LEDGER).spend(Usage(10, 5))
    Ledger(root / LEDGER).keep("key", "a reply")
    Users(root / USERS).add("ann", "a long pass phrase", manager=True)
    KnownPlaces(root / LOGINS).note("ann", "10.0.0.1")
    with closing(Inbox(root / INBOX)) as inbox:
        inbox.put(asked(1, text=QUESTION))


def _fetch(home: Home) -> None:
    """Put a page there as if it had been fetched."""
    content = _MOLE.encode()
    fetched = datetime.now(UTC).isoformat(timespec="seconds")
    sha256 = hashlib.sha256(content).hexdigest()
    record = Record(ADDRESS, ADDRESS, '"e"', "", "text/markdown", sha256, fetched)
    page = put(ADDRESS, home.fetched, Page(record, ".md"), content)
    note_file(home, ADDRESS, is_new=True)
    Registry(home.registry).add(Source(ADDRESS, page.path, (), Given(source=ADDRESS)))


def _ask(root: Path) -> None:
    """Keep a conversation, a judgement, a profile, an approved answer and a questionnaire."""
    with closing(Assistant.open(Settings(home=root))) as assistant:
        answer = assistant.ask(QUESTION, thread="t", owner="")
        assistant.give_feedback(answer.id, Rating.UP)
        assistant.keep_profile("", Profile(country="Norway"))
        approve(assistant, answer.id)
        jobs = Jobs.of(assistant)
        job = jobs.add(OWNER, questions_file(root.parent), "asked.csv")
        jobs.start(OWNER, job.id)
        jobs.wait(job.id, 60)


def approve(assistant: Assistant, answer: str) -> str:
    """Approve a recorded answer; return the id of its entry."""
    who = Approver("ann", Right.OPERATOR)
    said = Approving(who, date.today())
    with assistant.reading() as index:
        approval = of_record(assistant.record(answer), said, index)
        kept = to_keep(approval, assistant.library, index)
    assistant.library.keep((kept,), who)
    return approval.id


def questions_file(folder: Path, questions: Sequence[str] = QUESTIONS) -> Path:
    """Write a file of questions."""
    path = folder / "asked.csv"
    path.write_text("question\n" + "".join(f'"{one}"\n' for one in questions), encoding="utf-8")
    return path


class Kept(NamedTuple):
    """A file of a home."""

    name: str
    """POSIX path in the home."""
    size: int


def files(root: Path) -> Iterator[Kept]:
    """Yield every file of a home."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield Kept(path.relative_to(root).as_posix(), path.stat().st_size)
