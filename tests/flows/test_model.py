"""A configured language model on the command line, over real HTTP to a local server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evals.runs.report import why
from evals.runs.run_log import read_log
from evals.suites.suite import suite_of
from tests.fakes.openai import FakeOpenAI, Reply, Request, Status, Text

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = """---
title: Where Harbour keeps files
date: 2024-05-02
---

# Where Harbour keeps files

Files of customers in Norway are stored in Bergen, and they are not copied to any other country.

Backups are kept for 35 days in Oslo, unless the customer has bought the Vault add-on.
"""
CASES = (
    {
        "id": "h-1", "kind": "lookup", "turns": ["We sit in Tromsø. Where do our files end up?"],
        "answerable": True, "docs": ["harbour"], "must": [["Bergen"]], "must_not": [],
        "evidence": ["Files of customers in Norway are stored in Bergen"], "note": "Bergen",
    },
    {
        "id": "h-2", "kind": "abstain", "turns": ["What does Harbour cost a month?"],
        "answerable": False, "docs": [], "must": [["do(es)? not say", "not stated"]],
        "must_not": [], "evidence": [], "note": "not in the document",
    },
)  # fmt: skip


def _run(
    *words: str, home: Path, url: str, documents: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.command_line.main", *words],
        cwd=ROOT,
        env={
            **os.environ, "RESIDENCY_HOME": str(home), "RESIDENCY_MODEL": "openai:fake",
            "RESIDENCY_MODEL_URL": url, "OPENAI_API_KEY": "not-a-key", "NO_PROXY": "127.0.0.1",
        },
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "own"
    shutil.copytree(built_home, copied)
    return copied


def _answering(request: Request) -> Reply:
    """Cite the first passage that speaks of Bergen, or say that nothing does."""
    told = request.messages[-1].content
    passage = re.search(r"\[(p\d+)\] (Files of customers[^\n]*)", told)
    if "grade" in request.messages[0].content:
        return Text('{"right": true, "reason": "as noted"}')
    if passage and "cost" not in told.rsplit("Question:", 1)[-1]:
        sentence = {"sentence": passage[2], "evidence": [passage[1]]}
        return Text(f'{{"verdict": "answered"}}\n{json.dumps(sentence)}\n')
    return Text('{"verdict": "not_in_documents"}\n')


def test_doctor_tries_the_model(home: Path) -> None:
    with FakeOpenAI(lambda request: Text("Yes.")) as fake:
        done = _run("doctor", home=home, url=fake.url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "model: openai:fake replied" in done.stdout
    assert "not-a-key" not in done.stdout


def test_doctor_names_what_is_wrong_with_the_model(home: Path) -> None:
    with FakeOpenAI(lambda request: Status(401, "bad key")) as fake:
        done = _run("doctor", home=home, url=fake.url)
    assert done.returncode == 1
    assert "did not accept the key" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_evaluation_runs_with_a_model_and_a_judge(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "harbour.md").write_text(DOCUMENT, encoding="utf-8")
    lines = (json.dumps(case) for case in CASES)
    (folder / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with FakeOpenAI(_answering) as fake:
        done = _run(
            "eval", "run", "--cases", str(folder), "--system", "ours+model", "--split", "all",
            "-o", str(tmp_path / "logs"), home=home, url=fake.url,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        log = next((tmp_path / "logs").glob("*.jsonl"))
        read, suite = read_log(log), suite_of(folder)
        for case in suite.cases:
            entry = read.entries[case.id]
            assert entry.score.right == 1.0, why(case, entry, suite)
        assert not read.header.repeatable
        assert "prompts" in read.header.identity
        graded = _run("eval", "judge", str(log), "--cases", str(folder), home=home, url=fake.url)
    assert graded.returncode == 0, graded.stderr
    assert "2 of 2 answers graded, right 100.0%, agreement with the scores 100.0%" in graded.stdout


def test_questions_are_kept_when_they_find_their_passage(home: Path) -> None:
    documents = home / "documents"
    documents.mkdir(exist_ok=True)
    (documents / "harbour.md").write_text(DOCUMENT, encoding="utf-8")

    def writing(request: Request) -> Reply:
        told = request.messages[-1].content
        name = re.search(r"\[(p\d+)\][^\n]*Backups are kept", told)
        if name is None:  # it has its questions
            return Text("{}")
        asked = ["How long do Harbour's safety copies in Oslo live?", "Who won the 1998 final?"]
        return Text(json.dumps({"passage": name[1], "questions": asked}))

    with FakeOpenAI(writing) as fake:
        built = _run("index", home=home, url=fake.url)
        assert built.returncode == 0, built.stderr
        done = _run("corpus", "questions", home=home, url=fake.url)
        again = _run("corpus", "questions", home=home, url=fake.url)
    assert done.returncode == 0, done.stderr
    assert "1 questions for 1 passages kept, 1 that do not find" in done.stdout
    assert again.returncode == 0, again.stderr
    rows = [json.loads(line) for line in (documents / "questions.jsonl").read_text().splitlines()]
    assert [row["questions"] for row in rows] == [
        ["How long do Harbour's safety copies in Oslo live?"]
    ]
    assert rows[0]["written_by"] == "openai:fake"


def test_questions_need_a_model(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.command_line.main", "corpus", "questions"],
        cwd=ROOT, env={**os.environ, "RESIDENCY_HOME": str(home)},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Set it as PROVIDER:MODEL")
