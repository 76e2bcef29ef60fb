"""`residency evidence`: a conversation or a questionnaire as one file, or why there is none."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.tenant.profile_files import read_profile
from ui.command_line.running import command_line
from ui.commands.answer_review import OWNER
from ui.errors import EvidenceError
from ui.evidence.pack_words import shown_quote
from ui.exports.check_files import ends
from ui.questionnaires.jobs import Jobs
from ui.shared.check_rows import by_service, shown_check

QUESTION = "How long are Intune audit logs kept?"


@pytest.fixture(autouse=True)
def home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


_FOOT = re.compile(r"Evidence pack: [^\n]*\s+\d+ / \d+\s*$")


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


@pytest.mark.parametrize("name", ["pack.pdf", "pack.html"])
def test_what_holds_for_a_tenant_is_a_section_of_the_pack(
    name: str, assistant: Assistant, tmp_path: Path
) -> None:
    assistant.ask(QUESTION, thread="with-a-check")
    tenant = tmp_path / "north.toml"
    tenant.write_text('country = "Germany"\nservices = ["Exchange Online"]\n', encoding="utf-8")
    output = tmp_path / name
    done = _run("conversation", "with-a-check", "-o", str(output), "--check", str(tenant))
    assert done.exit_code == 0, done.output
    told = _text(output)
    checked = shown_check(assistant, read_profile(tenant))
    assert checked.rows
    for part in (
        f"What holds for {tenant}", "Sign-up country", "Germany", "left out",
        ends(by_service(checked.rows)[0]) if name.endswith("pdf") else "Does not hold",
        *(shown_quote(row.quote) for row in checked.rows),
        *(words for row in checked.rows for words in row.because),
        hashlib.sha256(assistant.document("exchange-online").text.encode()).hexdigest(),
    ):  # fmt: skip
        assert _bare(part) in _bare(told)


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
        # What stands at the foot of a page parts a sentence that goes on behind it.
        return "\n".join(_FOOT.sub("", page) for page in pages)
    page = path.read_text(encoding="utf-8")
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def _bare(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


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
