"""What a language model changes: questions without one, and with models that follow a script.

`python -m evals.measuring.with_model --home HOME` asks the dev questions of the bundled suite, for
which HOME has to hold the bundled documents; with FILES of questions, in the form that
`evals.measuring.questions` reads, those. One model knows the right answers and says them in words
of its own, the others are weak: nothing may be worse with them than without. `--model URL` asks a
real server of OpenAI's protocol instead. `--held 3` leaves out ids whose number is divisible by 3,
`--only-held` takes them alone. `--all-hold` lets every sentence pass that cites something, which
shows, for a model that says only what is true, what is lost beside the checks.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

from assistant.draft import DraftSentence
from assistant.settings import Settings
from evals.measuring.question_file import Question, read_questions
from evals.measuring.questions import Judged, ask_all
from evals.measuring.scripted_models import Gold, scripts
from evals.measuring.scripted_server import served
from evals.scoring.answer_metrics import right
from evals.scoring.reader_metrics import complete, focus, strict
from evals.scoring.registry import Metric
from evals.suites.case_files import accepts, case_files, read_samples
from evals.suites.evidence_places import FoldedText, Texts
from evals.suites.suite import BUNDLED_SUITE, open_suite, suite_folder
from evals.types import Case, Split
from index.searching.reader import IndexReader

_ANY_KEY = "none"


@dataclass(frozen=True, slots=True)
class Compared:
    """The answers with one model beside those without."""

    name: str
    judged: tuple[Judged, ...]
    seconds: float
    """Of the slowest answer."""


def main(words: Sequence[str] | None = None) -> None:
    """Ask with each model and print how right the answers are."""
    options = _options().parse_args(words)
    os.environ.setdefault("OPENAI_API_KEY", _ANY_KEY)
    index = IndexReader.open(options.home, shared=options.home)
    texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
    questions, gold = _asked(options.files, texts)
    questions = [one for one in questions if _is_wanted(one, options)][: options.first_n]
    without = Settings.load().model_copy(update={"model": ""})
    plain = _compared("none", questions, index, texts, without)
    _say(_line(plain, plain))
    _say(_gold_line(questions, gold))
    for name, url in _models(options, gold):
        with url as address, _lenient() if options.all_hold else nullcontext():
            made = _with(address, options.timeout, options.context)
            one = _compared(name, questions, index, texts, made)
        _say(_line(one, plain))
        if options.show:
            _say("\n".join(_differing(one, plain)))
    index.close()


def _models(
    options: argparse.Namespace, gold: dict[str, Gold]
) -> Iterator[tuple[str, AbstractContextManager[str]]]:
    if options.model:
        yield "real", _at(options.model)
        return
    for name, script in scripts(gold).items():
        if not options.script or name in options.script:
            yield name, served(script)


@contextmanager
def _at(url: str) -> Iterator[str]:
    yield url


@contextmanager
def _lenient() -> Iterator[None]:
    """Let every sentence pass that cites something."""

    def why_not(statement: DraftSentence, *_: object) -> str:
        return "" if statement.evidence else "it cites nothing"

    with (
        patch("assistant.model.judging.judged.why_not", why_not),
        patch("assistant.verification.verify.why_not", why_not),
    ):
        yield


def _with(url: str, timeout: float, context: int) -> Settings:
    update = {
        "model": "openai:scripted", "model_url": url, "model_timeout": timeout,
        "model_context": context,
    }  # fmt: skip
    return Settings.load().model_copy(update=update)


def _compared(
    name: str, questions: Sequence[Question], index: IndexReader, texts: Texts, settings: Settings
) -> Compared:
    judged = tuple(ask_all(questions, index, texts, settings=settings))
    slowest = max((one.latency_ms or 0.0 for one in judged), default=0.0)
    return Compared(name, judged, slowest / 1_000)


def _asked(files: Sequence[Path], texts: Texts) -> tuple[list[Question], dict[str, Gold]]:
    """Return the questions, and the right answers by question."""
    if files:
        questions = [one for file in files for one in read_questions(file, texts)]
        notes = {one.case.id: one.case.note for one in questions}
    else:
        suite = open_suite(BUNDLED_SUITE)
        dev = suite.of_split(Split.DEV)
        questions = [Question(case, case.kind.value, case.id) for case in dev]
        found = (read_samples(file)[0] for file in case_files(suite_folder(BUNDLED_SUITE)))
        notes = {id_: one.right for samples in found for id_, one in samples.items()}
    return questions, {
        one.case.turns[-1]: _gold(one.case, notes.get(one.case.id, "")) for one in questions
    }


def _gold(case: Case, note: str) -> Gold:
    return Gold(note or case.note, case.evidence, case.answerable, partial(accepts, case))


def _is_wanted(one: Question, options: argparse.Namespace) -> bool:
    if not options.held:
        return True
    return bool(one.number % options.held) is not options.only_held


def _line(one: Compared, plain: Compared) -> str:
    worse = sum(_lost(mine, before) for mine, before in zip(one.judged, plain.judged, strict=True))
    better = sum(_lost(before, mine) for mine, before in zip(one.judged, plain.judged, strict=True))
    asked = [(mine, before) for mine, before in zip(one.judged, plain.judged, strict=True)
             if before.begins_right and mine.begins_right is not True]  # fmt: skip
    return (
        f"{one.name:10} {len(one.judged):4} questions  right {_percent(one, right):5.1f}  "
        f"strict {_percent(one, strict):5.1f}  right no more {worse:3}  right now {better:3}  "
        f"first words lost {len(asked):2}  slowest {one.seconds:5.1f} s"
    )


def _measured(one: Judged) -> str:
    """Return what a strict answer is measured by."""
    values = [f"{found.name} {one.score.values.get(found.name)}" for found in (complete, focus)]
    return f"{', '.join(values)}, {one.words} words"


def _became(mine: Judged, before: Judged) -> str:
    """Say what became of an answer with a model; in alphabetical order, the worst first."""
    if not mine.score.right:
        return "LOST" if before.score.right else "wrong"
    return "STRICT LOST" if before.score.values[strict.name] else "not strict"


def _gold_line(questions: Sequence[Question], gold: dict[str, Gold]) -> str:
    """Say how many of the noted answers are right by their own words, cited or not."""
    own = [one.case for one in questions]
    holds = [not case.answerable or accepts(case, gold[case.turns[-1]].text) for case in own]
    return f"{'gold':10} {len(own):4} questions  right {100 * sum(holds) / (len(own) or 1):5.1f}"


def _lost(mine: Judged, before: Judged) -> bool:
    return bool(before.score.right) and not mine.score.right


def _percent(one: Compared, found: Metric) -> float:
    values = [
        value for each in one.judged if (value := each.score.values.get(found.name)) is not None
    ]
    return 100 * sum(values) / len(values) if values else 0.0


def _differing(one: Compared, plain: Compared) -> Iterator[str]:
    """Yield the answers that are not right or not strict, those first that were without a model."""
    pairs = [(mine, before) for mine, before in zip(one.judged, plain.judged, strict=True)
             if not mine.score.values[strict.name]]  # fmt: skip
    for mine, before in sorted(pairs, key=lambda pair: _became(*pair)):
        case = mine.question.case
        yield (
            f"--- {case.id} {_became(mine, before)}\n  Q {case.turns[-1]}\n"
            f"  {_measured(mine)}\n  without: {before.response.text}\n"
            f"  with: {mine.response.text}\n  wanted: {case.note}\n"
        )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.measuring.with_model")
    parser.add_argument("files", nargs="*", type=Path, help="Files of questions.")
    parser.add_argument("--home", required=True, type=Path, help="Home with a built index.")
    parser.add_argument("--script", action="append", help="A scripted model, all by default.")
    parser.add_argument("--model", help="Address of a real server in place of scripts.")
    parser.add_argument("--timeout", type=float, default=30.0, help="Seconds of an answer.")
    parser.add_argument("--context", type=int, default=32_000, help="Tokens of evidence.")
    parser.add_argument("--held", type=int, default=0, help="Leave every Nth id out.")
    parser.add_argument("--only-held", action="store_true", help="Ask those alone.")
    parser.add_argument("--all-hold", action="store_true", help="Let every sentence pass.")
    parser.add_argument("--show", action="store_true", help="Print what is not right.")
    parser.add_argument("--first-n", type=int, help="Ask so many questions alone.")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
