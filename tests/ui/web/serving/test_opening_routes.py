"""The page as it opens: asked at once, and what Gradio lays out on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.ui.conftest import ANN
from ui.web.opening import PARTS


@pytest.fixture
def ann(with_users: str) -> Iterator[httpx.Client]:
    """A client that sends the manager's password."""
    with httpx.Client(base_url=with_users, auth=ANN, timeout=60) as client:
        yield client


@pytest.mark.parametrize("path", ["", "start", "parts"])
def test_nothing_is_opened_without_a_login(with_users: str, path: str) -> None:
    assert httpx.get(f"{with_users}{path}").status_code == 401


def test_the_page_comes_whole_in_one_response_and_leaves_gradio_out(ann: httpx.Client) -> None:
    page = ann.get("")
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store"
    assert "window.gradio_config =" not in page.text
    assert re.search(r"<!-- [\w-]+ -->", page.text) is None
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!127)""", page.text)
    assert page.text.count('data-act="ask"') == 4
    assert 'href="logout"' in page.text
    unpacked = ann.get("", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in unpacked.headers


def test_every_part_of_the_navigation_is_a_tab_of_gradio(ann: httpx.Client) -> None:
    config = ann.get("config").json()
    tabs = [one["props"]["label"] for one in config["components"] if one["type"] == "tabitem"]
    assert tuple(tabs) == PARTS
    assert "window.gradio_config =" in ann.get("parts").text


def test_what_is_indexed_and_the_profile_are_told_anew(ann: httpx.Client) -> None:
    told = ann.get("start").json()
    assert "5 documents" in told["start"]
    assert told["profile"] == ""
