"""The command line as a user runs it, over a real index: whole processes where it matters."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.commands import residency
from tests.paths import ROOT
from tests.sharing import WITHOUT_NETWORK

without_network = pytest.mark.skipif(
    not WITHOUT_NETWORK, reason="network namespaces are not permitted here: unshare -n"
)
QUESTION = "Where does Intune keep data for a customer in India?"


def _run(
    *words: str, home: Path, prefix: Sequence[str] = (), **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-m", "ui.command_line.main", *words],
        cwd=ROOT,
        env={**os.environ, "RESIDENCY_HOME": str(home), **env},
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_from_question_to_cited_answer(built_home: Path) -> None:
    done = _run("ask", QUESTION, "--json", home=built_home)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert answer["verdict"] == "answered"
    texts = {"intune": (ROOT / "corpus" / "documents" / "intune.md").read_text(encoding="utf-8")}
    citation = answer["citations"][0]
    assert citation["document"] == "intune"
    assert texts["intune"][citation["start"] : citation["end"]] == citation["quote"]
    assert citation["as_of"] == "2025-06-25"


@without_network
def test_without_a_network_it_answers(built_home: Path) -> None:
    done = _run("ask", QUESTION, home=built_home, prefix=WITHOUT_NETWORK)
    assert done.returncode == 0, done.stderr
    assert "India" in done.stdout
    assert "Sources" in done.stdout


@without_network
def test_without_a_network_it_builds(untouched_home: Path, built_home: Path) -> None:
    said = untouched_home.with_name("built.said").read_text(encoding="utf-8")
    assert "5 documents" in said
    assert residency("doctor", home=built_home).returncode == 0


def test_a_conversation_goes_on_between_processes(built_home: Path) -> None:
    _run("ask", "Where does Intune keep data at rest?", "--thread", "cli", home=built_home)
    done = _run("ask", "and audit logs, how long?", "--thread", "cli", home=built_home)
    assert "one year" in done.stdout


def test_chat_reads_until_the_end_of_input(built_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.command_line.main", "chat"],
        cwd=ROOT, text=True, capture_output=True,
        env={**os.environ, "RESIDENCY_HOME": str(built_home)}, timeout=120,
        input="How long are audit logs kept?\n\n?!\nexit\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "one year" in done.stdout
    assert "no words" in done.stderr


def test_a_file_of_questions(built_home: Path, tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(json.dumps({"id": 1, "question": QUESTION}) + "\n")
    done = residency("answer", str(questions), "-o", str(answers), home=built_home)
    assert done.returncode == 0, done.stderr
    assert json.loads(answers.read_text())["citations"]
    again = residency("answer", str(questions), "-o", str(answers), home=built_home)
    assert "1 was there already" in again.stderr


def test_doctor_tells_whole_from_damaged(built_home: Path, tmp_path: Path) -> None:
    assert residency("doctor", home=built_home).returncode == 0
    missing = residency("doctor", home=tmp_path / "empty")
    assert missing.returncode == 1
    assert "no index yet" in missing.stdout


def test_corpus_list_names_documents_and_dates(built_home: Path) -> None:
    lines = residency("corpus", "list", home=built_home).stdout.splitlines()
    assert len(lines) == 5
    assert any("exchange-online" in line and "undated" in line for line in lines)
    assert any("2019-04-24" in line for line in lines)


def test_a_home_goes_into_a_file_and_comes_back(built_home: Path, tmp_path: Path) -> None:
    packed = residency("backup", str(tmp_path), home=built_home)
    assert packed.returncode == 0, packed.stderr
    archive = next(tmp_path.glob("residency-backup-*.tar.gz"))
    build = (built_home / "current").read_text().strip()
    assert packed.stdout.startswith(f"{archive}: index {build}, ")
    assert packed.stdout.count("\n") == 1
    home = tmp_path / "home"
    (home / "documents").mkdir(parents=True)
    (home / "documents" / "mine.md").write_text("# Mine\n")
    refused = residency("restore", str(archive), home=home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "`--replace`" in refused.stderr
    assert refused.stderr.count("\n") == 1
    restored = residency("restore", str(archive), "--replace", home=home)
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith(f"{home}: index {build}, ")
    assert (tmp_path / "home.before-restore-1" / "documents" / "mine.md").is_file()
    assert residency("doctor", home=home).returncode == 0


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        (("ask", ""), {}, "no words"),
        (("ask", "\x07 \x1b"), {}, "no words"),
        (("ask", "x"), {"RESIDENCY_MODLE": "x"}, "RESIDENCY_MODLE: unknown setting"),
        (("ask", "x"), {"RESIDENCY_HOME": "/dev/null/home"}, "RESIDENCY_HOME"),
        (("answer", "none.jsonl", "-o", "o.jsonl"), {}, "none.jsonl"),
        (("backup", "pyproject.toml"), {}, "pyproject.toml: already there"),
        (("restore", "pyproject.toml", "--replace"), {}, "pyproject.toml: not a backup"),
        (("index",), {"RESIDENCY_EMBEDDING_MODEL": "nope"}, "RESIDENCY_EMBEDDING_MODEL=nope"),
        (("ask", "x"), {"RESIDENCY_RERANKER": "nope"}, "RESIDENCY_RERANKER=nope"),
    ],
)
def test_bad_input_is_one_line_and_no_traceback(
    built_home: Path, words: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    done = residency(*words, home=Path(env.pop("RESIDENCY_HOME", built_home)), **env)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("residency: ")


def test_a_busy_port_is_named(built_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run("serve", "--port", str(port), home=built_home)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_index_is_made_again(untouched_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    (home / "builds" / (home / "current").read_text().strip() / "manifest.json").write_bytes(b"no")
    done = residency("index", home=home)
    assert done.returncode == 0, done.stderr
    assert "documents" in done.stdout


def test_an_interrupted_build_leaves_the_last_index(untouched_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "big.md").write_text("# Big\n\n" + "A sentence of it is here. " * 4000)
    before = (home / "current").read_text()
    build = subprocess.Popen(
        [sys.executable, "-m", "ui.command_line.main", "index"], cwd=ROOT, text=True,
        env={**os.environ, "RESIDENCY_HOME": str(home)}, stderr=subprocess.PIPE,
        # A test run in the background may have been told to ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    assert build.stderr is not None
    for line in build.stderr:
        if "embedding" in line:
            break
    build.send_signal(signal.SIGINT)
    rest = build.stderr.read()
    assert build.wait(60) == 130
    assert "interrupted" in rest
    assert "Traceback" not in rest
    assert (home / "current").read_text() == before
    assert residency("doctor", home=home).returncode == 0
