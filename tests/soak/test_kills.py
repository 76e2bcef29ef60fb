"""Builds killed at any moment: what answers is the build before or the new one, whole.

`SOAK_KILLS=300 pytest tests/soak/test_kills.py -s` is the long run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Verdict
from index.errors import DamagedIndex
from index.home.lease import LEASE
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.stores.open_vectors import NOTES
from index.upkeep.doctor import inspect
from tests.paths import ROOT
from tests.sizes import size
from tests.soak import corpus
from tests.soak.conftest import Built

KILLS = size("SOAK_KILLS", 3, 50)
_SEED = int(os.environ.get("SOAK_SEED", "1"))
_DAMAGED_EVERY, _DAMAGED_FIRST = 25, 2
_WHOLE_EVERY = 5
"""Kills between two builds that are left to finish."""
_CHANGED = 5
_BUILD_S = 600
_POLL_S = 0.0005
_AFTER_SIGHT_S = 0.03
"""How long after the new folder or pointer was seen a builder is killed at the latest."""

State = Mapping[int, int]
"""Document number to generation; what is not in it is not there."""
Strike = Callable[["subprocess.Popen[bytes]"], None]


@dataclass
class _Seen:
    """What came of all kills."""

    outcomes: Counter[str] = field(default_factory=Counter)
    moments: list[str] = field(default_factory=list)

    def add(self, when: str, outcome: str) -> None:
        self.outcomes[f"{when.split(maxsplit=1)[0]}: {outcome}"] += 1
        self.moments.append(f"{when} {outcome}")


@pytest.mark.soak
@pytest.mark.timeout(120 + KILLS * 60)
def test_a_killed_build_leaves_a_whole_index(
    corpus_home: Built, record_property: Callable[[str, object], None]
) -> None:
    rounds, seen = _Rounds(corpus_home), _Seen()
    started = time.monotonic()
    rounds.change()
    rounds.build()
    for number in range(KILLS):
        damaged = number % _DAMAGED_EVERY == _DAMAGED_FIRST
        if damaged:
            rounds.kill_after_damage(seen)
        else:
            rounds.kill(seen, watched=number % 3 == 1)
        # Else the next build starts from what the killed one left.
        if damaged or number % _WHOLE_EVERY == 0 or number == KILLS - 1:
            rounds.build()
    record_property("kills", KILLS)
    record_property("outcomes", dict(seen.outcomes))
    record_property("moments", seen.moments)
    sys.stdout.write(
        f"\n{KILLS} kills in {time.monotonic() - started:.0f} s, a build takes "
        f"{rounds.seconds:.1f} s: {dict(sorted(seen.outcomes.items()))}\n"
    )


class _Rounds:
    """A home whose documents change, and the builds of it."""

    def __init__(self, built: Built) -> None:
        self.home = Home(built.root)
        self.rng = random.Random(_SEED)
        self.generation = 1
        self.state: State = dict.fromkeys(range(corpus.DOCUMENTS), 1)
        self.indexed = self.state
        """What the current build was made of."""
        self.seconds = 0.0
        """Of the last build of a few changed documents."""
        self.anew_s = built.seconds
        """Of the last build from nothing."""

    def change(self) -> None:
        """Change some documents, take some away, bring some back."""
        self.generation += 1
        state = dict(self.state)
        gone = sorted(set(range(corpus.DOCUMENTS)) - set(state))
        back = self.rng.sample(gone, min(len(gone), self.rng.randrange(3)))
        removed = self.rng.sample(sorted(state), self.rng.randrange(3))
        changed = self.rng.sample(sorted(set(state) - set(removed)), _CHANGED)
        for number in removed:
            del state[number]
        state |= dict.fromkeys([*changed, *back], self.generation)
        self.state = state
        corpus.write(self.home.documents, state)

    def build(self) -> None:
        """Build without a kill: all is new and whole, and nothing is left over."""
        before, started = self.home.pointed(), time.monotonic()
        anew = not self._is_whole()
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "ui.command_line.main", "index"],
            cwd=ROOT, env=self._environment(),
            capture_output=True, text=True, timeout=_BUILD_S,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        if anew:
            self.anew_s = time.monotonic() - started
        elif self.home.pointed() != before:
            self.seconds = time.monotonic() - started
        self.indexed = self.state
        self._expect(self.state)
        assert [path.name for path in self.home.builds.iterdir()] == [self.home.current().name]
        assert list(self.home.root.glob("*.new")) == []
        assert [path for path in self.home.models.iterdir() if path.name.startswith(".")] == []

    def kill(self, seen: _Seen, *, watched: bool) -> None:
        """Change documents, and kill the build of them at some moment."""
        self.change()
        before = self.home.current()
        when, strike = self._on_sight() if watched else self._at(self.seconds)
        self._killed(strike)
        if self.home.current() == before:
            self._expect(self.indexed)
            seen.add(when, "before")
        else:
            self._expect(self.state)
            self.indexed = self.state
            seen.add(when, "after")

    def kill_after_damage(self, seen: _Seen) -> None:
        """Damage the current build, and kill the one that is to take its place."""
        before = self.home.current()
        self._damage(before)
        when, strike = self._at(self.anew_s)
        self._killed(strike)
        if self.home.current() == before:
            assert not self._is_whole()
            seen.add(f"damaged {when}", "before")
        else:
            self._expect(self.state)
            seen.add(f"damaged {when}", "after")

    def _damage(self, folder: Path) -> None:
        files = [
            path for path in sorted(folder.rglob("*"))
            if path.is_file() and path.stat().st_size and path.name not in (NOTES, LEASE)
        ]  # fmt: skip
        path = self.rng.choice(files)
        content = bytearray(path.read_bytes())
        # Beyond the first bytes of the manifest: a flipped number of the format is another error.
        content[self.rng.randrange(min(64, len(content) - 1), len(content))] ^= 1
        path.write_bytes(content)
        with pytest.raises(DamagedIndex, match="Run `residency index`"):
            IndexReader.open(self.home.root)

    def _is_whole(self) -> bool:
        try:
            IndexReader.open(self.home.root).close()
        except DamagedIndex:
            return False
        return True

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "RESIDENCY_HOME": str(self.home.root), "PYTHONPATH": str(ROOT)}

    def _at(self, whole_s: float) -> tuple[str, Strike]:
        """Return a moment of a build that takes so long."""
        share = self.rng.uniform(0, 1.05)

        def strike(process: subprocess.Popen[bytes]) -> None:
            try:
                process.wait(share * whole_s)
            except subprocess.TimeoutExpired:
                return

        return f"at {share:.2f} of {whole_s:.1f} s", strike

    def _on_sight(self) -> tuple[str, Strike]:
        """Return a moment close to the rename of the folder, or to the swap of the pointer."""
        delay, known = (
            self.rng.uniform(0, _AFTER_SIGHT_S),
            {path.name for path in self.home.builds.iterdir()},
        )
        pointed, swap = self.home.pointed(), self.rng.random() < 0.5

        def is_there() -> bool:
            if swap:
                return self.home.pointed() != pointed
            names = {path.name for path in self.home.builds.iterdir()} - known
            return any(not name.startswith(".") for name in names)

        def strike(process: subprocess.Popen[bytes]) -> None:
            while process.poll() is None and not is_there():
                time.sleep(_POLL_S)
            time.sleep(delay)

        return f"{'swap' if swap else 'rename'} + {delay * 1000:.0f} ms", strike

    def _killed(self, strike: Strike) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.command_line.main", "index"],
            cwd=ROOT, env=self._environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            strike(process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(_BUILD_S)

    def _expect(self, state: State) -> None:
        """What answers is whole, and made of exactly the documents of a state."""
        faults = {check.name for check in inspect(self.home.root) if not check.ok}
        # Documents that changed are told until they are built.
        assert faults <= (set() if state == self.state else {"documents"})
        rebuilt: list[str] = []
        assistant = Assistant.open(Settings(home=self.home.root), progress=rebuilt.append)
        try:
            assert rebuilt == []
            found = {one.id: one.text for one in assistant.documents}
            assert found == {corpus.document(n): corpus.text(n, g) for n, g in state.items()}
            self._ask(assistant, state)
        finally:
            assistant.close()

    def _ask(self, assistant: Assistant, state: State) -> None:
        # Of documents so alike the assistant now and then finds none to be the one that is meant.
        questions = (corpus.question(self.rng.sample(sorted(state), 3)) for _ in range(10))
        answers = (assistant.ask(question, clarify=False) for question in questions)
        answer = next(one for one in answers if one.verdict is Verdict.ANSWERED)
        assert answer.index == assistant.index.manifest.id
        told: dict[int, int] = {}
        for citation in answer.citations:
            text = assistant.document(citation.document).text
            assert citation.quote == text[citation.start : citation.end]
            told |= corpus.generations(citation.quote)
        assert told, answer
        assert told.items() <= state.items()
