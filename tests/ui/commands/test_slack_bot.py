"""`residency slack` as a user runs it: whole processes, one line for each trouble."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.ui.slack.methods import APP_TOKEN, BOT_TOKEN, SECRET, Methods, serving

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


def _run(*words: str, folder: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in PROXIES}
    return subprocess.run(
        [sys.executable, "-m", "ui.command_line.main", *words],
        cwd=folder or ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_without_tokens_it_says_which_and_where_they_are_had() -> None:
    done = _run("slack")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("residency: RESIDENCY_SLACK_BOT_TOKEN: not set. Set the Bot User")
    assert lines[1].startswith("residency: RESIDENCY_SLACK_APP_TOKEN: not set. Set an app-level")


def test_the_manifest_is_printed_to_be_pasted() -> None:
    done = _run("slack", "--manifest", "--url", "https://bot.example.com")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["settings"]["interactivity"]["request_url"].startswith("https://bot.example.com/")
    refused = _run("slack", "--manifest", "--url", "http://bot.example.com")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == [
        "residency: http://bot.example.com: Slack calls no such address. "
        "Give one as --url https://HOST"
    ]


def test_check_says_what_it_found_with_settings_of_a_file(tmp_path: Path) -> None:
    with serving(Methods()) as port:
        (tmp_path / ".env").write_text(
            f"RESIDENCY_SLACK_BOT_TOKEN={BOT_TOKEN}\n"
            f"RESIDENCY_SLACK_APP_TOKEN={APP_TOKEN}\n"
            f"RESIDENCY_SLACK_API_URL=http://127.0.0.1:{port}/api/\n"
        )
        done = _run("slack", "--check", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    shown = page.split("$ residency slack --check\n", 1)[1].partition("```")[0]
    assert done.stdout == textwrap.dedent(shown)
    assert BOT_TOKEN not in done.stdout + done.stderr


def test_check_over_http_wants_the_signing_secret() -> None:
    with serving(Methods()) as port:
        settings = {
            "RESIDENCY_SLACK_BOT_TOKEN": BOT_TOKEN,
            "RESIDENCY_SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        }
        without = _run("slack", "--check", "--http", **settings)
        done = _run("slack", "--check", "--http", RESIDENCY_SLACK_SIGNING_SECRET=SECRET, **settings)
    assert without.returncode == 1
    assert without.stderr.startswith("residency: RESIDENCY_SLACK_SIGNING_SECRET: not set")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"RESIDENCY_SLACK_BOT_TOKEN": APP_TOKEN}, "which belongs in RESIDENCY_SLACK_APP_TOKEN"),
        ({"RESIDENCY_SLACK_API_URL": "slack.com"}, "RESIDENCY_SLACK_API_URL: 'slack.com' is no"),
        ({"RESIDENCY_SLACK_WORKERS": "0"}, "RESIDENCY_SLACK_WORKERS: "),
        ({"RESIDENCY_SLACK_TOKEN": "x"}, "RESIDENCY_SLACK_TOKEN: unknown setting"),
    ],
)
def test_bad_settings_are_lines_and_no_traceback(env: dict[str, str], said: str) -> None:
    done = _run("slack", "--check", **env)
    assert done.returncode == 1
    assert said in done.stderr
    assert all(line.startswith("residency: ") for line in done.stderr.splitlines())
    assert APP_TOKEN not in done.stderr


def test_a_taken_port_is_told_before_slack_is_asked() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = _run("slack", "--http", "--port", port)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: cannot listen there" in done.stderr
    assert done.stderr.count("\n") == 1


def test_doctor_shows_no_secret(tmp_path: Path) -> None:
    done = _run(
        "doctor", RESIDENCY_SLACK_BOT_TOKEN=BOT_TOKEN, RESIDENCY_SLACK_SIGNING_SECRET=SECRET
    )
    lines = dict(line.partition(":")[::2] for line in done.stdout.splitlines())
    assert lines["slack_bot_token"].strip() == "**********"
    assert lines["slack_app_token"].strip() == "(not set)"
    assert BOT_TOKEN not in done.stdout
    assert SECRET not in done.stdout
