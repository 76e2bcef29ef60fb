"""One index of the whole corpus, built once; every module works on a copy of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from tests.sharing import made_once
from tests.soak import corpus


class Built(NamedTuple):
    """A home with an index of the first generation of all documents."""

    root: Path
    seconds: float
    """What building it took from nothing."""


@pytest.fixture(scope="session")
def built_corpus(run_folder: Path) -> Built:
    root = made_once(run_folder, "soak", _built)
    return Built(root, float(_took(root).read_text(encoding="ascii")))


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        # Thousands of written questions belong to these; they would only slow every build down.
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    corpus.write(home.documents, dict.fromkeys(range(corpus.DOCUMENTS), 1))
    started = time.monotonic()
    build_index(root)
    _took(root).write_text(str(time.monotonic() - started), encoding="ascii")


def _took(root: Path) -> Path:
    return root.with_name(f"{root.name}.seconds")


@pytest.fixture(scope="module")
def corpus_home(built_corpus: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    root = tmp_path_factory.mktemp("copied") / "home"
    shutil.copytree(built_corpus.root, root)
    yield built_corpus._replace(root=root)
    shutil.rmtree(root, ignore_errors=True)
