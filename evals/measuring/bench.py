"""Benchmarks: how long answers and builds take, as ratios to references of the same run.

Absolute times depend on the machine; a ratio to something well known that ran beside it says
more. Every measurement that starts from nothing has a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from assistant.app import Assistant
from assistant.settings import Settings
from corpus.chunk import chunk_document
from corpus.intake.sources import BUNDLED, find_files, load
from evals.errors import RunError
from evals.runs.run import Plan, run
from evals.suites.evidence_places import FoldedText
from evals.suites.suite import BUNDLED_SUITE, Suite, open_suite
from evals.systems.ours import Ours
from evals.types import Split
from index.building.build import build_index
from index.building.options import Sources
from index.encoding.chunk_encoder import PACKAGED, ChunkEncoder
from index.encoding.query_encoder import QueryEncoder
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader

_COLD_RUNS = 5
_WARM_QUESTIONS = 100
_AT_ONCE = (1, 8, 32)
_THROUGHPUT_QUESTIONS = 192
_SAMPLE = 2_000
"""Chunks that the bare encoder embeds at most; its time on more is scaled up."""
_QUESTION = "Where is the data of a customer in Norway kept?"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the benchmark."""

    corpus: str
    what: str
    value: float
    unit: str
    reference: str = ""
    """What the ratio compares with, timed in the same run."""
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one run, and the machine that they hold for."""

    machine: str
    measures: tuple[Measure, ...]
    skipped: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the figures as JSON."""
        return json.dumps(asdict(self), indent=1) + "\n"

    def to_markdown(self) -> str:
        """Return the figures as a Markdown table."""
        lines = ["| corpus | measure | figure | ratio |", "| --- | --- | ---: | --- |"]
        for m in self.measures:
            ratio = "" if m.ratio is None else f"{m.ratio:.2f} × {m.reference}"
            lines.append(f"| {m.corpus} | {m.what} | {_shown(m.value)} {m.unit} | {ratio} |")
        lines.extend(f"| | skipped: {name} | | |" for name in self.skipped)
        return "\n".join((*lines, "", f"Measured on {self.machine}."))


def bench(
    haystack: Path | None = None,
    *,
    progress: Callable[[str], None] = lambda message: None,
) -> Bench:
    """Measure the five documents, and with `haystack` (folder or tar archive) both together.

    Everything is built new below a temporary folder. Raises RunError when the haystack cannot
    be read.
    """
    skipped = () if haystack else ("five documents and a haystack: no path was given",)
    with tempfile.TemporaryDirectory(prefix="residency-bench-") as name:
        work = Path(name)
        measures = _corpus("five documents", open_suite(BUNDLED_SUITE), work / "five", progress)
        if haystack:
            pages = _unpacked(haystack, work / "haystack")
            suite = _beside(open_suite(BUNDLED_SUITE), pages)
            label = f"five and {len(find_files((pages,)))} pages"
            measures += _corpus(label, suite, work / "both", progress)
    return Bench(_machine(), tuple(measures), skipped)


def _corpus(label: str, suite: Suite, work: Path, progress: Callable[[str], None]) -> list[Measure]:
    work.mkdir(parents=True)
    measures: list[Measure] = []
    for part in (_building, _asking, _scoring):
        progress(f"{label}: {(part.__doc__ or '').splitlines()[0].rstrip('.').lower()}")
        measures.extend(replace(m, corpus=label) for m in part(suite, work))
    return measures


def _building(suite: Suite, work: Path) -> Iterator[Measure]:
    """Build, build again unchanged, build with one document changed."""
    documents = tuple(work / f"documents-{n}" for n, _ in enumerate(suite.folders))
    for source, copy in zip(suite.folders, documents, strict=True):
        shutil.copytree(source, copy)
    home = work / "home"
    bare, count = _apart(_embed_bare, documents)
    full, peak = _apart(_build, home, documents)
    unchanged, _ = _apart(_build, home, documents)
    _change_one(documents[0])
    changed, _ = _apart(_build, home, documents)
    yield Measure("", f"chunks of {len(suite.texts)} documents", count, "")
    yield _ratio("full build", full, bare, "the bare encoder on the chunks")
    yield _ratio("build again, nothing changed", unchanged, full, "the full build")
    yield _ratio("build again, one document changed", changed, full, "the full build")
    yield Measure("", "peak memory of the full build", peak, "MiB")


def _asking(suite: Suite, work: Path) -> Iterator[Measure]:
    """Ask cold, warm and many at once."""
    home = work / "home"
    imported = _median_run([sys.executable, "-c", "import sentence_transformers"])
    command = [sys.executable, "-m", "ui.command_line.main", "ask", _QUESTION]
    cold = _median_run(command, RESIDENCY_HOME=str(home))
    yield _ratio("cold `ask`, whole process", cold, imported, "`import sentence_transformers`")
    questions = [case.turns[-1] for case in suite.cases if len(case.turns) == 1]
    embedding, warm, peak = _apart(_warm, home, tuple(questions[:_WARM_QUESTIONS]))
    yield _ratio("warm answer, median", warm, embedding, "one query embedding", "ms", 1000)
    yield Measure("", "peak memory while answering", peak, "MiB")
    for at_once in _AT_ONCE:
        rate = _apart(_throughput, home, tuple(questions[:_THROUGHPUT_QUESTIONS]), at_once)
        yield Measure("", f"answers a second, {at_once} at once", rate, "")


def _scoring(suite: Suite, work: Path) -> Iterator[Measure]:
    """Score the questions of the dev split."""
    log = run(Ours(), Plan(suite, Split.DEV), work / "home", work / "scores.jsonl")
    scores = [entry.score for entry in log.entries.values()]
    for what, name in (
        ("right, dev split", "right"),
        ("evidence recall@5, dev split", "recall_5"),
        ("evidence recall@20, dev split", "recall_20"),
    ):
        values = [score.values[name] for score in scores if name in score.values]
        yield Measure("", what, 100 * sum(values) / len(values), "%")


def _apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function gives in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(work, arguments)


def _build(home: Path, folders: tuple[Path, ...]) -> tuple[float, float]:
    started = time.perf_counter()
    build_index(home, model=Settings.load().embedding_model, sources=Sources(folders))
    return time.perf_counter() - started, _peak_mib()


def _embed_bare(folders: tuple[Path, ...]) -> tuple[float, int]:
    """Return the seconds that the encoder alone needs for the chunks, and their number."""
    loaded = load(find_files(folders))
    texts = [chunk.context for document in loaded.documents for chunk in chunk_document(document)]
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    started = time.perf_counter()
    encoder = ChunkEncoder(PACKAGED)
    encoder.encode(sample[:1])
    loading = time.perf_counter() - started
    started = time.perf_counter()
    encoder.encode(sample)
    return loading + (time.perf_counter() - started) * len(texts) / len(sample), len(texts)


def _warm(home: Path, questions: tuple[str, ...]) -> tuple[float, float, float]:
    """Return the median seconds of a query embedding and of an answer, and the peak memory.

    The embedding is that of the packaged model as an fp32 graph with two threads.
    """
    assistant = _assistant(home)
    info = ChunkEncoder(PACKAGED).export(home / "models")
    encoder = QueryEncoder(home / "models" / info.sha256[:16], threads=2)
    for question in questions[:5]:
        encoder.encode(question)
        assistant.ask(question)
    embedding = [_seconds(encoder.encode, question) for question in questions]
    answering = [_seconds(assistant.ask, question) for question in questions]
    return median(embedding), median(answering), _peak_mib()


def _throughput(home: Path, questions: tuple[str, ...], at_once: int) -> float:
    assistant = _assistant(home)
    assistant.ask(questions[0])
    with ThreadPoolExecutor(at_once) as pool:
        started = time.perf_counter()
        list(pool.map(assistant.ask, questions))
        return len(questions) / (time.perf_counter() - started)


def _assistant(home: Path) -> Assistant:
    return Assistant(Settings(home=home), PinnedIndex(IndexReader.open(home)))


def _seconds(work: Callable[[str], object], question: str) -> float:
    started = time.perf_counter()
    work(question)
    return time.perf_counter() - started


def _median_run(command: Sequence[str], **environment: str) -> float:
    """Return the median seconds of a whole process over several starts, the first left out."""
    seconds = []
    for _ in range(_COLD_RUNS + 1):
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            command, check=True, capture_output=True, env={**os.environ, **environment}
        )
        seconds.append(time.perf_counter() - started)
    return median(seconds[1:])


def _change_one(folder: Path) -> None:
    """Add a sentence to the first document of a folder."""
    first = next(file.path for file in find_files((folder,)))
    with first.open("a", encoding="utf-8") as handle:
        handle.write("\n\nBackups are kept for ninety days.\n")


def _peak_mib() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _unpacked(source: Path, target: Path) -> Path:
    if source.is_dir():
        return source
    try:
        with tarfile.open(source) as archive:
            archive.extractall(target, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise RunError(
            f"{source}: no folder and no tar archive of documents ({error}). Check the path"
        ) from error
    return target


def _beside(suite: Suite, pages: Path) -> Suite:
    """Return the suite with further documents that its questions are not about."""
    found = load(find_files((pages,))).documents
    texts = dict(suite.texts) | {d.id: FoldedText.of(d.text) for d in found}
    return replace(suite, folders=(BUNDLED, pages), texts=texts)


def _ratio(
    what: str, value: float, base: float, reference: str, unit: str = "s", factor: float = 1
) -> Measure:
    return Measure("", what, value * factor, unit, reference, value / base)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
