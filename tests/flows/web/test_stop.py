"""An answer that takes too long for its asker."""

from __future__ import annotations

import shutil
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.openai import FakeOpenAI, Reply, Request, Text
from tests.flows.web.conftest import go, serving, visiting

pytestmark = pytest.mark.browser


def test_a_question_is_stopped_and_the_page_goes_on(
    browser: Any, untouched_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(untouched_home, home)
    released = threading.Event()

    def hanging(request: Request) -> Reply:
        released.wait(120)
        return Text("{}")

    with (
        FakeOpenAI(hanging) as model,
        serving(
            home,
            RESIDENCY_MODEL="openai:fake",
            RESIDENCY_MODEL_TIMEOUT="60",
            RESIDENCY_MODEL_URL=model.url,
            OPENAI_API_KEY="not-a-key",
            NO_PROXY="127.0.0.1",
        ) as served,
        visiting(browser) as (page, watched),
        ExitStack() as ending,
    ):
        ending.callback(released.set)
        go(page, served)
        assert page.get_by_role("button", name="Stop", exact=True).count() == 0
        field = page.get_by_label("Your question")
        field.fill("How long does Intune keep audit logs?")
        page.get_by_role("button", name="Ask", exact=True).click()
        page.get_by_text("Looking in the documents").wait_for()
        assert field.input_value() == ""
        field.fill("What is typed meanwhile stays")
        page.get_by_role("button", name="Stop", exact=True).click()
        page.get_by_text("Stopped.").wait_for(timeout=20_000)
        assert page.get_by_text("Looking in the documents").count() == 0
        assert field.input_value() == "What is typed meanwhile stays"
        assert page.get_by_role("button", name="Stop", exact=True).count() == 0
        watched.assert_quiet()
