"""A process that goes rounds over the pages of a home until it is killed: `HOME PLACES`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from assistant.watching.asking_again import Round
from corpus.intake.refetching.politeness import Politeness, RealClock
from corpus.places import Gazetteer
from index.home.paths import Home
from tests.assistant.watching.watch_made import watch_over


def main() -> None:
    """Go rounds."""
    home = Home(Path(sys.argv[1]))
    with closing(Gazetteer(Path(sys.argv[2]))) as gazetteer:
        watch = watch_over(home, gazetteer, Politeness(RealClock(), pause_s=0.0))
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        while True:
            for _ in watch.refresh(Round()):
                pass


if __name__ == "__main__":
    main()
