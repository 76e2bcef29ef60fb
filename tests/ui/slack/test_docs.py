"""The page of the bot says what the code does."""

from __future__ import annotations

import re

from assistant.settings import PREFIX, Settings
from tests.paths import ROOT
from ui.slack.setup.manifest import PATH

PAGE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
SOURCES = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("ui/**/*.py"))

_VARYING = re.compile(r"[A-Z_]{4,}|\(\.\.\.\)|C0\.\.\.|chat:write|[\d.]+:\d+|^holds")
"""What a message of the page stands for with other words in it."""


def _rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


def test_every_setting_stands_there_with_its_default() -> None:
    told = {row[0].strip("`"): row[2] for row in _rows("Settings and limits")}
    fields = {
        PREFIX + name.upper(): field.default
        for name, field in Settings.model_fields.items()
        if name.startswith("slack_")
    }
    assert set(told) == set(fields)
    for name, default in fields.items():
        is_set = default != () and str(default)
        assert told[name] == (f"`{default}`" if is_set else told[name]), name


def test_messages_of_the_table_of_trouble_are_said_by_the_code() -> None:
    said = re.sub(r'"\s*f?"', "", SOURCES)
    for seen, *_ in _rows("Trouble"):
        for message in re.findall("`([^`]+)`", seen):
            words = re.split(
                r"[A-Z_]{4,}|\(\.\.\.\)|C0\.\.\.|chat:write|[\d.]+:\d+|^holds", message
            )
            for part in filter(None, (word.strip(": ") for word in words)):
                assert part in said, f"{message}: {part}"


def test_the_proxy_passes_on_the_path_that_slack_is_told() -> None:
    assert f"location = {PATH} {{" in PAGE
