"""Vectors on a real Chroma server: the same answers, and answers still while it is away."""

from __future__ import annotations

import json
import shutil
import socket
import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.timeline import Timeline, measured
from assistant.types import Answer, Verdict
from evals.suites.case_files import read_cases
from evals.suites.suite import CASES
from index.building.build import build_index
from index.building.options import Options, Sources
from index.errors import ForeignIndex, VectorsAway, VectorsLost
from index.home.manifest import collections_of
from index.home.paths import Home
from index.searching.reader import IndexReader
from index.stores import chroma as chroma_store
from index.stores import chroma_http
from index.stores.chroma import ChromaVectors
from index.stores.chroma_http import RemoteClient
from index.stores.vector_store import Server
from index.types import Check, Vectors
from index.upkeep.doctor import inspect
from tests.fakes.chroma import Behind, ChromaProcess, FakeServer, Heard, Said, free_port
from tests.sizes import size
from ui.command_line.running import command_line

_PAGE = """---
title: Where Harbour keeps files
service: Harbour
date: 2024-05-02
---

# Where Harbour keeps files

Files of Harbour customers in Norway are stored in Bergen. They are not copied to another country.

Backups of Harbour are kept for 35 days in Oslo, unless the customer has bought the Vault add-on.
"""
_QUESTION = "Where are files of Harbour customers in Norway stored?"
_UNANSWERED = "Which colour do accountants of the zoo prefer for their cafeteria umbrellas?"
_TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    """A server for the tests that leave it alone."""
    with ChromaProcess(tmp_path_factory.mktemp("chroma")) as process:
        yield process


@pytest.fixture
def own_chroma(tmp_path: Path) -> Iterator[ChromaProcess]:
    """A server that a test may kill."""
    with ChromaProcess(tmp_path / "chroma") as process:
        yield process


@pytest.fixture(autouse=True)
def short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that was away is asked again at once."""
    monkeypatch.setattr(chroma_store, "_REST_S", 0.0)
    monkeypatch.setattr(chroma_store, "_REST_FACTOR", 0.0)


class Harbour:
    """A home with a few pages, whose vectors are on a server."""

    def __init__(self, root: Path, url: str, models: Path, headers: Mapping[str, str] = {}) -> None:
        self.root = root / "home"
        self.server = Server(url, headers)
        self._pages = root / "pages"
        self._pages.mkdir(parents=True)
        self._noted: set[str] = set()
        self.write("Harbour")
        Home(self.root).create()
        shutil.copytree(models, self.root / "models", dirs_exist_ok=True)

    def write(self, name: str) -> None:
        """Write a page like the first, about something else."""
        text = _PAGE.replace("Harbour", name)
        (self._pages / f"{name.lower()}.md").write_text(text, encoding="utf-8")

    def build(self, server: Server | None = None) -> str:
        options = Options(server=server or self.server)
        try:
            return build_index(self.root, sources=Sources((self._pages,)), options=options)
        finally:
            self._noted |= self.notes

    @property
    def prefix(self) -> str:
        """What the collections of the current build are called."""
        return collections_of(Home(self.root).current())

    @property
    def notes(self) -> set[str]:
        """Collections that the home knows of."""
        folder = Home(self.root).remote
        return {note.name for note in folder.iterdir()} if folder.is_dir() else set()

    def kept(self, chroma: ChromaProcess) -> set[str]:
        """Return what the server has of all that this home ever put there."""
        return self._noted & {name.rpartition("-")[0] for name in chroma.collections()}

    def inspected(self) -> dict[str, Check]:
        return {check.name: check for check in inspect(self.root, server=self.server)}

    def open(self) -> Assistant:
        settings = Settings(
            home=self.root, chroma_url=self.server.url, chroma_headers=dict(self.server.headers)
        )
        return Assistant.open(settings, today=lambda: _TODAY)


@pytest.fixture
def between(chroma: ChromaProcess) -> Behind:
    """What stands between the product and the server, and can take that away."""
    return Behind(chroma.url)


@pytest.fixture
def harbour(between: Behind, tmp_path: Path, untouched_home: Path) -> Iterator[Harbour]:
    """A built home."""
    with FakeServer(between) as server:
        home = Harbour(tmp_path / "harbour", server.url, untouched_home / "models")
        home.build()
        yield home


def _away(answer: Answer) -> str:
    """Return the caveat about vectors, empty when there is none."""
    said = [caveat for caveat in answer.caveats if "vector store" in caveat]
    assert all(caveat in answer.text for caveat in said)
    return "".join(said)


@pytest.fixture(scope="module")
def served(
    chroma: ChromaProcess, untouched_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over the bundled documents, whose vectors are on a server."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(untouched_home, home)
    settings = Settings(home=home, chroma_url=chroma.url)
    opened = Assistant.open(settings)
    yield opened
    opened.close()


@pytest.mark.soak
def test_answers_are_those_of_embedded_vectors(served: Assistant, assistant: Assistant) -> None:
    """SERVER_QUESTIONS=0 asks every case of the suite."""
    cases = [located.case for located in read_cases(CASES).cases]
    wanted = size("SERVER_QUESTIONS", 20, 0) or len(cases)
    assert served.index.manifest.server == served.settings.chroma_url
    assert served.index.manifest.counts == assistant.index.manifest.counts
    different = []
    for case in cases[:: max(1, len(cases) // wanted)]:
        for turn in case.turns:
            theirs = served.ask(turn, thread=case.id, owner="server")
            ours = assistant.ask(turn, thread=case.id, owner="server")
        if (theirs.text, theirs.verdict, theirs.citations) != (
            ours.text, ours.verdict, ours.citations,
        ):  # fmt: skip
            different.append(case.id)
    assert different == []


def test_only_ids_and_vectors_reach_the_server(served: Assistant, chroma: ChromaProcess) -> None:
    prefix = served.index.manifest.collections
    for which in Vectors:
        rows = chroma.rows(f"{prefix}-{which.value}")
        assert len(rows["ids"]) == served.index.manifest.vector_counts[which]
        assert not any(rows["documents"])
        assert not any(rows["metadatas"])
        assert not any(rows["uris"] or ())
    sentences = [chunk.text.encode()[:40] for chunk in served.index.catalog.all_chunks()]
    stored = [path.read_bytes() for path in chroma.folder.rglob("*") if path.is_file()]
    assert len(stored) > 1
    assert not [text for text in sentences if len(text) == 40 and any(text in s for s in stored)]


def test_a_whole_server_passes_the_inspection(served: Assistant) -> None:
    checks = inspect(served.settings.home, server=Server(served.settings.chroma_url))
    assert [check.detail for check in checks if not check.ok] == []
    assert served.settings.chroma_url in next(c.detail for c in checks if c.name == "vectors")


def test_found_by_words_is_scored_as_found_by_vectors(served: Assistant) -> None:
    index = served.index
    vector = index.encoder.encode("How long are audit logs kept in Intune?")
    cosines = dict(index.vectors.nearest(vector, 30))
    known = dict(index.known.near(vector, list(cosines)).passages)
    assert known.keys() == cosines.keys()
    assert all(abs(known[chunk] - cosine) < 1e-4 for chunk, cosine in cosines.items())
    asked = index.vectors.nearest(vector, 30, Vectors.ASKED, every=True)
    theirs = [one.score for one in asked if one.id in cosines]
    mine = [one.score for one in index.known.near(vector, list(cosines)).asked[: len(theirs)]]
    # Vectors that are shipped beside such as this processor computes; how far apart: 0029.
    assert np.allclose(mine, theirs, atol=4e-2)
    assert np.corrcoef(mine, theirs)[0, 1] > 0.99


def test_many_vectors_go_in_parts(chroma: ChromaProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_http, "_PAGE", 70)
    monkeypatch.setattr(chroma_http, "_MOST_ADDED", 64)
    rows = np.random.default_rng(0).standard_normal((300, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = [f"{number:04}/x" for number in range(300)]
    store = ChromaVectors.create_remote(Server(chroma.url), "residency-parts")
    store.add(Vectors.CHUNKS, ids, list(rows))
    assert store.counts()[Vectors.CHUNKS] == 300
    assert store.ids(Vectors.CHUNKS) == frozenset(ids)
    store.remove(Vectors.CHUNKS, ids[:200])
    assert store.ids(Vectors.CHUNKS) == frozenset(ids[200:])
    near = store.nearest(rows[250], 500)
    assert len(near) == 100
    expected = np.sort(rows[200:] @ rows[250])[::-1]
    assert np.allclose([one.score for one in near], expected, atol=1e-5)
    assert near[0].id == "0250"
    assert store.nearest(rows[0], 5, Vectors.ASKED) == []
    store.close()
    ChromaVectors.delete_remote(Server(chroma.url), "residency-parts")
    ChromaVectors.delete_remote(Server(chroma.url), "residency-parts")
    assert not any(name.startswith("residency-parts") for name in chroma.collections())


def test_answers_go_on_without_the_server(
    own_chroma: ChromaProcess, tmp_path: Path, untouched_home: Path
) -> None:
    harbour = Harbour(tmp_path / "harbour", own_chroma.url, untouched_home / "models")
    harbour.build()
    assistant = harbour.open()
    before = assistant.ask(_QUESTION)
    assert _away(before) == ""
    own_chroma.kill()
    timeline = Timeline()
    with measured(timeline):
        answer = assistant.ask(_QUESTION)
    assert timeline.without_vectors
    assert _away(answer) == (
        f"The vector store at {own_chroma.url} does not reply; this answer was found by words and "
        "facts alone and may miss passages."
    )
    assert (answer.verdict, answer.citations) == (before.verdict, before.citations)
    refused = assistant.ask(_UNANSWERED)
    assert refused.verdict is Verdict.ABSTAINED
    assert "does not reply" in _away(refused)
    own_chroma.start()
    again = assistant.ask(_QUESTION)
    assert (again.text, again.citations) == (before.text, before.citations)
    own_chroma.kill()
    own_chroma.start(tmp_path / "empty")
    lost = assistant.ask(_QUESTION)
    assert "run `residency index`" in _away(lost)
    assert lost.citations == before.citations
    checks = harbour.inspected()
    assert [name for name, check in checks.items() if not check.ok] == ["vectors"]
    assert "Run `residency index`" in checks["vectors"].detail
    harbour.build()
    assert assistant.ask(_QUESTION).text == before.text
    assert all(check.ok for check in harbour.inspected().values())
    assistant.close()


def test_the_server_may_be_away_at_the_start(harbour: Harbour, between: Behind) -> None:
    between.away = True
    (harbour.root / "embedded.sqlite").unlink()
    assistant = harbour.open()
    answer = assistant.ask(_QUESTION)
    assert "Bergen" in answer.text
    assert "does not reply" in _away(answer)
    between.away = False
    assert _away(assistant.ask(_QUESTION)) == ""
    assistant.close()


def test_a_server_that_was_away_is_left_in_peace(
    harbour: Harbour, between: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_store, "_REST_S", 1000.0)
    assistant = harbour.open()
    between.away = True
    assert _away(assistant.ask(_QUESTION))
    between.away = False
    assert _away(assistant.ask(_QUESTION))
    assistant.close()


def test_vectors_of_which_some_are_gone_are_written_again(
    harbour: Harbour, chroma: ChromaProcess
) -> None:
    lost = f"{harbour.prefix}-{Vectors.CHUNKS.value}"
    chroma.delete(lost, chroma.rows(lost)["ids"][:1])
    assistant = harbour.open()
    assert "no longer has the vectors" in _away(assistant.ask(_QUESTION))
    harbour.build()
    assert _away(assistant.ask(_QUESTION)) == ""
    assistant.close()


def test_a_build_without_its_server_says_what_to_do(harbour: Harbour, between: Behind) -> None:
    between.away = True
    with pytest.raises(VectorsAway, match=f"{harbour.server.url}: the Chroma server does not"):
        harbour.build()
    assert "does not reply" in harbour.inspected()["vectors"].detail
    harbour.write("Quay")
    with pytest.raises(VectorsAway, match="Start it or correct RESIDENCY_CHROMA_URL"):
        harbour.build()


def test_a_server_that_dies_while_an_index_is_built(
    harbour: Harbour, between: Behind, chroma: ChromaProcess
) -> None:
    first = harbour.prefix
    harbour.write("Quay")
    between.most_adds = 0
    with pytest.raises(VectorsAway, match="does not reply"):
        harbour.build()
    between.away, between.most_adds = False, None
    assert harbour.prefix == first
    assert len(harbour.kept(chroma)) == 2
    assistant = harbour.open()
    assert _away(assistant.ask(_QUESTION)) == ""
    harbour.build()
    assert harbour.notes == harbour.kept(chroma) == {first, harbour.prefix}
    assert "Bergen" in assistant.ask(_QUESTION.replace("Harbour", "Quay")).text
    assistant.close()


def test_what_a_build_replaced_is_deleted_by_the_next(
    harbour: Harbour, chroma: ChromaProcess
) -> None:
    seen = [harbour.prefix]
    for name in ("Quay", "Pier"):
        harbour.write(name)
        harbour.build()
        seen.append(harbour.prefix)
        # Those of the build before may still be read on machines with a copy of it.
        assert harbour.notes == harbour.kept(chroma) == set(seen[-2:])


def test_collections_on_another_server_are_left_alone(harbour: Harbour) -> None:
    note = Home(harbour.root).remote / "residency-elsewhere"
    note.write_text("http://127.0.0.1:1\n")
    harbour.write("Quay")
    harbour.build()
    assert note.exists()


def test_two_homes_share_a_server(
    harbour: Harbour, chroma: ChromaProcess, tmp_path: Path, untouched_home: Path
) -> None:
    other = Harbour(tmp_path / "other", harbour.server.url, untouched_home / "models")
    assert other.build() == Home(harbour.root).current().name
    assert other.prefix != harbour.prefix
    first, second = harbour.open(), other.open()
    before = first.ask(_QUESTION)
    for name in ("Quay", "Pier"):
        other.write(name)
        other.build()
    assert harbour.kept(chroma) == {harbour.prefix}
    assert first.ask(_QUESTION).text == before.text
    assert "Bergen" in second.ask(_QUESTION.replace("Harbour", "Pier")).text
    assert all(check.ok for check in harbour.inspected().values())
    first.close()
    second.close()


def test_headers_are_sent(chroma: ChromaProcess, tmp_path: Path, untouched_home: Path) -> None:
    wanted = {"x-chroma-token": "s3cret"}
    with FakeServer(Behind(chroma.url, wanted)) as proxy:
        home = Harbour(tmp_path / "locked", proxy.url, untouched_home / "models", wanted)
        with pytest.raises(VectorsAway, match=r"HTTP 401.*RESIDENCY_CHROMA_HEADERS"):
            home.build(Server(proxy.url))
        home.build()
        assistant = home.open()
        assert _away(assistant.ask(_QUESTION)) == ""
        assistant.close()
        home.server = Server(proxy.url)
        refused = home.open()
        assert "refuses the request" in _away(refused.ask(_QUESTION))
        refused.close()


def test_headers_are_not_shown(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(harbour.root))
    monkeypatch.setenv("RESIDENCY_CHROMA_URL", harbour.server.url)
    monkeypatch.setenv("RESIDENCY_CHROMA_HEADERS", '{"x-chroma-token": "s3cret"}')
    shown = CliRunner().invoke(command_line(), ["doctor"])
    assert shown.exit_code == 0
    assert "x-chroma-token" in shown.output
    assert "s3cret" not in shown.output
    assert f"vectors on {harbour.server.url}" in shown.output


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(404, b""), "HTTP 404"),
        (Said(404, b'{"detail": "Not Found"}', "application/json"), "HTTP 404"),
        (Said(500, b"Internal Server Error"), "HTTP 500"),
        (Said(302, b""), "HTTP 302"),
        (Said(200, b"<html>Welcome</html>"), "HTTP 200: '<html>"),
        (Said(200, b'{"id": 1}', "application/json"), "HTTP 200"),
        (Said(200, b"[]", "application/json"), "HTTP 200"),
        (Said(403, b""), "HTTP 403"),
        (None, "does not reply"),
    ],
)
def test_another_service_at_the_address(said: Said | None, told: str) -> None:
    with FakeServer(lambda heard: said) as service:
        store = ChromaVectors.remote(Server(service.url), "residency-x")
        with pytest.raises(VectorsAway, match=told) as caught:
            store.nearest(np.ones(8, np.float32), 5)
        assert not isinstance(caught.value, VectorsLost)
        assert service.url in caught.value.notice
        with pytest.raises(VectorsAway, match=told):
            ChromaVectors.create_remote(Server(service.url), "residency-x")


def _few(count: int) -> tuple[list[str], list[Any]]:
    rows = np.eye(count, 384, dtype=np.float32)
    return [f"{number:016x}/{number:012x}" for number in range(count)], list(rows)


@pytest.mark.parametrize("status", [429, 503])
def test_who_writes_waits_for_a_busy_server_and_who_searches_does_not(
    chroma: ChromaProcess, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(chroma_http, "_PAUSES_S", (0.01, 0.02, 0.03))
    passed_on, busy = Behind(chroma.url), [True, True]
    is_busy_for_good = False

    def reply(heard: Heard) -> Said | None:
        if is_busy_for_good or (heard.path.endswith("/add") and busy and busy.pop()):
            return Said(status, b"slow down")
        return passed_on(heard)

    with FakeServer(reply) as server:
        at = Server(server.url)
        writing = ChromaVectors.create_remote(at, f"residency-busy-{status}")
        writing.add(Vectors.CHUNKS, *_few(5))
        assert writing.counts()[Vectors.CHUNKS] == 5
        is_busy_for_good = True
        heard = len(server.heard)
        with pytest.raises(VectorsAway, match="is busy") as caught:
            writing.add(Vectors.CHUNKS, *_few(1))
        assert len(server.heard) - heard == 4
        assert "is busy" in caught.value.notice
        searching = ChromaVectors.remote(at, f"residency-busy-{status}")
        heard = len(server.heard)
        with pytest.raises(VectorsAway, match="is busy"):
            searching.nearest(np.ones(384, np.float32), 5)
        assert len(server.heard) - heard == 1


def test_a_request_that_is_too_large_is_sent_in_parts(chroma: ChromaProcess) -> None:
    passed_on, most = Behind(chroma.url), 30

    def reply(heard: Heard) -> Said | None:
        if heard.path.endswith("/add") and len(json.loads(heard.body)["ids"]) > most:
            return Said(413, b"too large")
        return passed_on(heard)

    with FakeServer(reply) as server:
        store = ChromaVectors.create_remote(Server(server.url), "residency-large")
        ids, rows = _few(300)
        store.add(Vectors.CHUNKS, ids, rows)
        assert store.ids(Vectors.CHUNKS) == set(ids)
        sizes = [
            len(json.loads(one.body)["ids"]) for one in server.heard if one.path.endswith("/add")
        ]
        # 300, 150, 75 and 37 were too many, and nothing of that size is tried again.
        assert sizes == [300, 150, 75, 37, *[18] * 16, 12]
        most = 0
        with pytest.raises(VectorsAway, match="takes no request of this size"):
            store.add(Vectors.CHUNKS, ids[:1], rows[:1])


def test_a_server_that_never_replies_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(f"http://127.0.0.1:{silent.getsockname()[1]}")
        store = ChromaVectors.remote(server, "residency-x", patience_s=0.3)
        started = time.monotonic()
        with pytest.raises(VectorsAway, match="does not reply"):
            store.nearest(np.ones(8, np.float32), 5)
        assert 0.2 < time.monotonic() - started < 15


def test_a_server_that_hangs_rests_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_store, "_REST_FACTOR", 1000.0)
    with FakeServer(lambda heard: time.sleep(0.5)) as slow:
        store = ChromaVectors.remote(Server(slow.url), "residency-x", patience_s=0.2)
        for _ in range(3):
            with pytest.raises(VectorsAway):
                store.nearest(np.ones(8, np.float32), 5)
        assert len(slow.heard) == 1


def test_a_small_server_gets_small_batches() -> None:
    made = json.dumps({"id": str(uuid.uuid4())}).encode()

    def small(heard: Heard) -> Said:
        body = b'{"max_batch_size": 2}' if heard.path.endswith("checks") else made
        return Said(200, body, "application/json")

    with FakeServer(small) as server:
        client = RemoteClient(Server(server.url), 5)
        collection = client.create_collection("c", embedding_function=None, configuration={})
        rows = list(np.ones((5, 4), np.float32))
        collection.add(ids=list("abcde"), embeddings=rows)
        client.close()
        assert sum(heard.path.endswith("/add") for heard in server.heard) == 3


def test_an_index_stays_with_its_server(harbour: Harbour, built_home: Path) -> None:
    with pytest.raises(ForeignIndex, match=f"not on {harbour.server.url}"):
        IndexReader.open(built_home, server=harbour.server)
    with pytest.raises(ForeignIndex, match=f"on {harbour.server.url}. Set RESIDENCY_CHROMA_URL"):
        IndexReader.open(harbour.root)
    with pytest.raises(ForeignIndex):
        IndexReader.open(harbour.root, server=Server(f"http://127.0.0.1:{free_port()}"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://chroma", "http://chroma:8000"),
        ("https://chroma.example/", "https://chroma.example:443"),
        ("http://Chroma:9000/vectors/", "http://chroma:9000/vectors"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_address_has_one_spelling(url: str, shown: str) -> None:
    assert Server(url).shown == shown


@pytest.mark.parametrize(
    "url",
    ["chroma:8000", "ftp://chroma", "http://", "http://chroma:x", "http://me:pass@chroma:8000"],
)
def test_what_is_no_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_CHROMA_URL", url)
    with pytest.raises(SettingsError, match="RESIDENCY_CHROMA_URL"):
        Settings.load()
