"""`residency evidence`: a conversation or a questionnaire as one file, or why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.app import Assistant
from ui.command_line.running import command_line
from ui.commands.answer_review import OWNER
from ui.errors import EvidenceError
from ui.questionnaires.jobs import Jobs

QUESTION = "How long are Intune audit logs kept?"


@pytest.fixture(autouse=True)
def home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _run(*words: str) -> Result:
    return CliRunner().invoke(command_line(), ["evidence", *words])


@pytest.mark.parametrize("name", ["pack.pdf", "pack.html"])
def test_a_conversation_is_written_in_the_form_of_the_file_s_name(
    name: str, assistant: Assistant, tmp_path: Path
) -> None:
    assistant.ask(QUESTION, thread="handed-over")
    done = _run("conversation", "handed-over", "-o", str(tmp_path / name))
    assert done.exit_code == 0, done.output
    content = (tmp_path / name).read_bytes()
    assert content.startswith(b"%PDF" if name.endswith("pdf") else b"<!DOCTYPE html>")


def test_a_questionnaire_that_was_reviewed_is_written(assistant: Assistant, tmp_path: Path) -> None:
    asked = tmp_path / "asked-by-customer.csv"
    asked.write_text(f"Question\n{QUESTION}\n", encoding="utf-8")
    jobs = Jobs(assistant.settings.home, assistant)
    job = jobs.add(OWNER, asked, asked.name)
    jobs.start(OWNER, job.id)
    jobs.wait(job.id, 60)
    done = _run("questionnaire", str(asked), "-o", str(tmp_path / "pack.html"))
    assert done.exit_code == 0, done.output
    page = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert QUESTION in page
    assert "What it stands on" in page
    jobs.delete(OWNER, job.id)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("conversation", "nobody's", "-o", "pack.pdf"), "no such conversation"),
        (("conversation", "nobody's", "-o", "pack.docx"), "no form of an evidence pack"),
        (("questionnaire", "unknown.csv", "-o", "pack.pdf"), "no answers of it are kept"),
    ],
)
def test_what_can_not_be_written_is_told(words: tuple[str, ...], told: str) -> None:
    done = _run(*words)
    assert done.exit_code != 0
    assert isinstance(done.exception, EvidenceError)
    assert told in str(done.exception)
