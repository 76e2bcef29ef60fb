"""Old conversations go by themselves while the page is served."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.app import Assistant
from assistant.settings import Settings
from ui.shared.retention import retained


def test_what_is_older_than_the_period_goes_while_the_page_is_served(
    untouched_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(untouched_home, home)
    long_ago = datetime.now(UTC) - timedelta(days=40)
    before = Assistant.open(Settings(home=home), now=lambda: long_ago)
    before.ask("How long are Intune audit logs kept?", thread="old", owner="web:ann")
    before.close()
    assistant = Assistant.open(Settings(home=home, retention_days=30))
    assistant.ask("How long are Intune audit logs kept?", thread="new", owner="web:ann")
    with retained(lambda: {"deleted": assistant.expire()}, every_s=0.05):
        ends = time.monotonic() + 10
        while assistant.kept.threads.messages("web:ann", "old") and time.monotonic() < ends:
            time.sleep(0.02)
    assert assistant.kept.threads.messages("web:ann", "old") == ()
    assert len(assistant.kept.threads.messages("web:ann", "new")) == 1
    assistant.close()
