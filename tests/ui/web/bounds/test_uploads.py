"""How much each caller may have uploaded, and when it is deleted."""

from __future__ import annotations

import os
import time
from pathlib import Path

import httpx

from assistant.settings import Settings
from tests.ui.conftest import ANN, BEN, serving
from ui.web.bounds.uploads import KEPT_S, Quota, delete_left

MB = 1_000_000


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_room_is_taken_first_and_comes_back_after_an_hour() -> None:
    clock = Clock()
    quota = Quota(10 * MB, clock)
    assert quota.take("ann", 1, 6 * MB) == 0
    clock.now += 600
    assert quota.take("ann", 1, 6 * MB) == KEPT_S - 600
    assert quota.take("ann", 1, 4 * MB) == 0
    assert quota.take("ben", 1, 6 * MB) == 0
    clock.now += KEPT_S - 599
    assert quota.take("ann", 1, 6 * MB) == 0


def test_what_came_counts_in_place_of_what_was_announced() -> None:
    quota = Quota(10 * MB, Clock())
    assert quota.take("ann", 1, 10 * MB) == 0
    assert quota.take("ann", 1, 1 * MB) > 0
    quota.settle("ann", 10 * MB, 2 * MB)
    assert quota.take("ann", 1, 8 * MB) == 0
    assert quota.take("ann", 1, 1 * MB) > 0


def test_small_files_have_an_end_too() -> None:
    quota = Quota(10 * MB, Clock())
    found = [quota.take("ann", 1, 1) for _ in range(101)]
    assert found[:100] == [0] * 100
    assert found[100] > 0


def test_those_who_share_an_address_have_more_and_all_together_have_an_end() -> None:
    quota = Quota(MB, Clock())
    assert [quota.take("at 10.0.0.9", 4, MB) > 0 for _ in range(5)] == [False] * 4 + [True]
    assert [quota.take(f"user {n}", 1, MB) > 0 for n in range(5)] == [False] * 4 + [True]


def test_what_was_cut_off_is_deleted_after_its_time(tmp_path: Path) -> None:
    old, new = tmp_path / "sub" / "old", tmp_path / "new"
    old.parent.mkdir()
    old.write_text("half")
    new.write_text("half")
    before = time.time() - KEPT_S - 5
    os.utime(old, (before, before))
    assert delete_left(tmp_path) == 1
    assert not old.exists()
    assert new.exists()


def test_one_user_uploads_so_much_and_another_still_may(built_home: Path, users_file: Path) -> None:
    settings = Settings(
        home=built_home, users_file=users_file, max_upload_mb=1, uploads_mb_per_hour=2
    )

    def upload(client: httpx.Client) -> httpx.Response:
        return client.post("gradio_api/upload", files={"files": ("a.md", b"x" * 700_000)})

    with (
        serving(settings) as url,
        httpx.Client(base_url=url, auth=httpx.BasicAuth(*ANN), timeout=60) as ann,
        httpx.Client(base_url=url, auth=httpx.BasicAuth(*BEN), timeout=60) as ben,
    ):
        assert [upload(ann).status_code for _ in range(3)] == [200, 200, 429]
        refused = upload(ann)
        assert "2 MB are taken of one user in an hour" in refused.json()["error"]["message"]
        assert int(refused.headers["retry-after"]) > 3000
        assert upload(ben).status_code == 200
