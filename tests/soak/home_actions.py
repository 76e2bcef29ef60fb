"""What processes do to a home until they are killed, and what is looked for afterwards.

Each action tells in a file what was acknowledged to its caller: that must be there later, once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from assistant.app import Assistant
from assistant.settings import Settings
from index.building.build import build_index
from index.building.documents import add
from index.home.added_sources import Registry
from index.home.faults.left_behind import BACKUP, kept_aside, restoring
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.upkeep.backup import backup, restore
from tests.commands import residency
from tests.soak import whole_home
from tests.soak.whole_home import OWNER, QUESTION
from ui.questionnaires.jobs import Jobs

_LONGEST_S = 600.0
_THREAD = "kills"


def _tell(acks: Path, kind: str, what: str) -> None:
    """Note what was acknowledged, so that it outlives this process."""
    with acks.open("a", encoding="utf-8") as file:
        file.write(json.dumps([kind, what]) + "\n")
        file.flush()
        os.fsync(file.fileno())


def answer(root: Path, acks: Path) -> None:
    """Ask again and again in one conversation."""
    with closing(Assistant.open(Settings(home=root))) as assistant:
        until = time.monotonic() + _LONGEST_S
        while time.monotonic() < until:
            _tell(acks, "answer", assistant.ask(QUESTION, thread=_THREAD).id)


def approve(root: Path, acks: Path) -> None:
    """Approve one answer after the other."""
    with closing(Assistant.open(Settings(home=root))) as assistant:
        until = time.monotonic() + _LONGEST_S
        while time.monotonic() < until:
            known = assistant.ask(QUESTION, keep=True, use_library=False)
            _tell(acks, "entry", whole_home.approve(assistant, known.id))


def add_documents(root: Path, acks: Path) -> None:
    """Add one document after the other."""
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    until = time.monotonic() + _LONGEST_S
    while time.monotonic() < until:
        path = elsewhere / f"{uuid.uuid4().hex}.md"
        path.write_text("# Where Weir keeps keys\n\nKeys of Weir are stored in Narvik.\n")
        add(Home(root), str(path))
        _tell(acks, "source", str(path))
        # Lest the next build take longer and longer.
        if len(Registry(Home(root).registry).sources()) > 20:
            return


def index(root: Path, acks: Path) -> None:
    """Change a document and build."""
    told = f"# Where Quay keeps files\n\nFiles of Quay are stored in Bergen.\n\n{time.time_ns()}\n"
    (root / "documents" / "quay.md").write_text(told, encoding="utf-8")
    build_index(root)


def questionnaire(root: Path, acks: Path) -> None:
    """Add questionnaires, have them answered, and delete them again."""
    with closing(Assistant.open(Settings(home=root))) as assistant:
        until = time.monotonic() + _LONGEST_S
        while time.monotonic() < until:
            jobs = Jobs.of(assistant)
            job = jobs.add(OWNER, whole_home.questions_file(root.parent), "asked.csv")
            _tell(acks, "job", job.id)
            jobs.start(OWNER, job.id)
            jobs.wait(job.id, 60)
            _tell(acks, "deleted", job.id)
            jobs.delete(OWNER, job.id)


def back_up(root: Path, acks: Path) -> None:
    """Make one backup after the other."""
    place = root.parent / "backups"
    place.mkdir(exist_ok=True)
    until = time.monotonic() + _LONGEST_S
    while time.monotonic() < until:
        target = place / f"{uuid.uuid4().hex}.tar.gz"
        backup(root, target)
        _tell(acks, "backup", str(target))
        for old in sorted(place.glob("*.tar.gz"))[:-3]:
            if old != target:
                old.unlink()


def bring_back(root: Path, acks: Path) -> None:
    """Bring a home back from its backup, in its own place."""
    restore(root.parent / "kept.tar.gz", root, replace=True)


def serve(root: Path, acks: Path) -> None:
    """Serve the page; who asks is another process."""
    residency("serve", "--port", os.environ["KILLED_PORT"], home=root)


def ask_page(port: int, acks: Path, alive: Callable[[], bool]) -> None:
    """Ask a page until its process is gone, and tell what it acknowledged."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/", timeout=30) as client:
        while alive():
            try:
                sent = client.post("api/ask", json={"question": QUESTION, "thread": "page"})
            except httpx.HTTPError:
                time.sleep(0.05)
                continue
            if sent.status_code == 200:
                _tell(acks, "answer", sent.json()["id"])


def check(root: Path, acks: Path) -> None:
    """Start anew, and look that all that was acknowledged is there once, and nothing else left."""
    wanted = [json.loads(line) for line in acks.read_text().splitlines()] if acks.exists() else []
    by_kind = {kind: [what for one, what in wanted if one == kind] for kind, _ in wanted}
    with closing(Assistant.open(Settings(home=root))) as assistant:
        assert whole_home.SAYS in assistant.ask(QUESTION).text
        assistant.kept.records.count()
        for answer_id in by_kind.get("answer", ()):
            assert assistant.record(answer_id).answer.id == answer_id
        _expect_once(root)
        entries = Counter(one.id for one in assistant.library.entries(withdrawn=True))
        assert all(entries[one] == 1 for one in by_kind.get("entry", ())), "an approval is lost"
        sources = Counter(one.location for one in Registry(Home(root).registry).sources())
        assert all(sources[one] == 1 for one in by_kind.get("source", ())), "a source is lost"
        _expect_jobs(root, acks, assistant, by_kind)
    _expect_nothing_left(root)


def _expect_once(root: Path) -> None:
    with closing(sqlite3.connect(root / "conversations.sqlite")) as database:
        counted = "SELECT answer_id, count(*) FROM turns GROUP BY answer_id"
        rows = database.execute(counted).fetchall()
        numbers = database.execute(
            "SELECT thread, count(*), max(position) FROM turns GROUP BY owner, thread"
        ).fetchall()
    assert all(count == 1 for _, count in rows), "an answer is there twice"
    assert all(count == last for _, count, last in numbers), "a turn is missing"


def _expect_jobs(
    root: Path, acks: Path, assistant: Assistant, by_kind: dict[str, list[str]]
) -> None:  # fmt: skip
    jobs = Jobs.of(assistant)
    there = {one.id for one in jobs.listed(OWNER)}
    gone = set(by_kind.get("deleted", ()))
    assert set(by_kind.get("job", ())) - gone <= there, "a questionnaire is lost"
    for job in there:
        jobs.resume(OWNER, job)
        jobs.wait(job, 60)
        positions = [row.position for row in jobs.rows(OWNER, job)]
        assert positions == sorted(set(positions))
        assert jobs.job(OWNER, job).counts.waiting == 0
    folders = {one.name for one in Home(root).questionnaires.iterdir() if one.is_dir()}
    assert folders == there, f"folders of no questionnaire: {folders - there}"
    for job in there & set(by_kind.get("job", ())):
        _tell(acks, "deleted", job)
        jobs.delete(OWNER, job)


def _expect_nothing_left(root: Path) -> None:
    home = Home(root)
    IndexReader.open(root).close()
    left = [one for one in home.builds.iterdir() if one != home.current()]
    left += [one for one in home.models.iterdir() if one.name.startswith(".")]
    left += [one for one in root.parent.iterdir() if one.name.startswith(restoring(root))]
    left += list((root.parent / "backups").glob(f"{BACKUP}*"))
    left += [home.unfinished] if home.unfinished.exists() else []
    aside = [*root.parent.glob(f"{kept_aside(root)}*")]
    left += [one for one in aside if not (one / "conversations.sqlite").exists()]
    assert left == [], f"left behind: {left}"


def check_page(root: Path, acks: Path) -> None:
    """Begin what a server begins with, and look for folders of those that were killed."""
    from ui.web.serving.closed import closed

    with closed():
        left = [*Path(tempfile.gettempdir()).glob("residency-page-*")]
        assert len(left) == 1, f"left behind: {left}"
    check(root, acks)


ACTIONS: dict[str, Callable[[Path, Path], None]] = {
    one.__name__: one
    for one in (
        answer, approve, add_documents, index, questionnaire, back_up, bring_back, serve, check,
        check_page,
    )
}  # fmt: skip
