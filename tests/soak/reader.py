"""A process that asks without a pause until it is told to end, and tells what it was answered.

python -m tests.soak.reader HOME OUTPUT STOP LONGEST THREADS

It makes the file OUTPUT.ready when it begins and OUTPUT.moved when it has moved on to other builds
often enough. It ends when there is a file STOP, or after LONGEST seconds whatever happens.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Answer
from tests.soak import corpus

_MOST_FAULTS = 20
ENOUGH = 2
"""How often each thread is to move on to another build."""
_SAMPLE_S = 0.25
_WARM_UP = 12
"""Questions that are asked before anything is counted."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Seen:
    """What one reader saw."""

    answers: int = 0
    several: int = 0
    """Answers that cite more than one document of the ring."""
    faults: list[str] = field(default_factory=list)
    builds: list[list[str]] = field(default_factory=list)
    """For each thread the builds that answered it, each as often as it took over."""
    files: list[int] = field(default_factory=list)
    """Open files, from time to time."""
    memory: list[int] = field(default_factory=list)
    """Bytes in memory, at the same times."""


class _Reader:
    def __init__(self, assistant: Assistant, stop: Path, moved: Path, longest: float) -> None:
        self.assistant = assistant
        self._stop = stop
        self._moved = moved
        self._until = time.monotonic() + longest
        self.seen = Seen()
        self._counting = threading.Lock()

    def run(self, threads: int) -> None:
        self.seen.builds = [[] for _ in range(threads)]
        asking = [
            threading.Thread(target=self._ask, args=(at,), daemon=True) for at in range(threads)
        ]
        for thread in asking:
            thread.start()
        while not self._is_over():
            self._sample()
            if min(map(len, self.seen.builds)) > ENOUGH:
                self._moved.touch()
            time.sleep(_SAMPLE_S)
        for thread in asking:
            thread.join(60)
            if thread.is_alive():
                self.seen.faults.append("a thread does not come back")
        # Once more at rest, when nothing is held for a question.
        self._sample()

    def _sample(self) -> None:
        self.seen.files.append(len(list(Path("/proc/self/fd").iterdir())))
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        self.seen.memory.append(int(pages) * _PAGE)

    def _is_over(self) -> bool:
        return self._stop.exists() or time.monotonic() > self._until

    def _ask(self, at: int) -> None:
        rng, builds = random.Random(f"{os.getpid()} {at}"), self.seen.builds[at]
        while not self._is_over() and len(self.seen.faults) < _MOST_FAULTS:
            question = corpus.question(rng.sample(corpus.RING, 3))
            try:
                answer = self.assistant.ask(question, clarify=False)
                told, faults = _told(answer)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                told, faults = {}, [f"{type(error).__name__}: {error}"]
            else:
                if not builds or builds[-1] != answer.index:
                    builds.append(answer.index)
            with self._counting:
                self.seen.answers += 1
                self.seen.several += len(told) > 1
                self.seen.faults += faults


def _told(answer: Answer) -> tuple[dict[int, int], list[str]]:
    """Return the generations of the ring that an answer stands on, and what is wrong with it."""
    told: dict[int, int] = {}
    faults = []
    for citation in answer.citations:
        said = corpus.generations(citation.quote)
        told |= {number: said[number] for number in said if number in corpus.RING}
        # A quote without a marker is the same in every generation.
        number = int(citation.document.rpartition("-")[2])
        text = corpus.text(number, said.get(number, 0))
        if text[citation.start : citation.end] != citation.quote:
            faults.append(f"misquoted: {citation}")
    if len(set(told.values())) > 1:
        faults.append(f"mixed generations {told}: {answer}")
    return told, faults


def main() -> None:
    """Read until it is over."""
    home, output, stop, longest, threads = sys.argv[1:]
    # Four of these would leave no time to those who build.
    os.nice(10)
    assistant = Assistant.open(Settings(home=Path(home)))
    reader = _Reader(assistant, Path(stop), Path(output + ".moved"), float(longest))
    # What the first answers load is not what readers hold on to: the parser, caches of words.
    for at in range(_WARM_UP):
        assistant.ask(corpus.question(random.Random(at).sample(corpus.RING, 3)), clarify=False)
    Path(output + ".ready").touch()
    reader.run(int(threads))
    assistant.close()
    Path(output).write_text(json.dumps(asdict(reader.seen)), encoding="utf-8")


if __name__ == "__main__":
    main()
