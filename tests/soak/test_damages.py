"""Every file of a home damaged in every way: told by `doctor`, and answers go on.

`SOAK=1 DAMAGES=300 pytest tests/soak/test_damages.py -s` is the long run.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.rights import OBEYING
from tests.sharing import made_once
from tests.sizes import LONG, size
from tests.soak import whole_home
from tests.soak.command_worker import Worker, working
from tests.soak.whole_home import QUESTION, SAYS, USERS, Kept

DAMAGES = size("DAMAGES", 24, 300)
_SEED = int(os.environ.get("SOAK_SEED", "1"))
_ALIKE_MB = 1
_LOCKS = re.compile(r".*\.(lock|pid)|.*/lease|.*-shm")
"""Files without content of their own; a `-shm` is computed anew by whoever opens its store."""
_STORE = re.compile(r".*\.sqlite3?")
_PERMISSION = re.compile("permission", re.IGNORECASE)
_AWAY = re.compile(r"[Mm]ove (it|the file) away|[Dd]elete the file")
_SPACE = re.compile("Free space")


def _truncate(path: Path, rng: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(1, len(content)) if len(content) > 1 else 0])


def _flip(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def _empty(path: Path, rng: random.Random) -> None:
    path.write_bytes(b"")


def _replace(path: Path, rng: random.Random) -> None:
    path.write_bytes(b"A text of somebody else's.\n" * rng.randrange(1, 400))


def _shut(path: Path, rng: random.Random) -> None:
    path.chmod(0)


_DAMAGE: dict[str, Callable[[Path, random.Random], None]] = {
    "truncated": _truncate,
    "flipped": _flip,
    "emptied": _empty,
    "foreign": _replace,
    "unreadable": _shut,
}


@dataclass
class _Seen:
    """What came of all damages."""

    named: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def whole(run_folder: Path) -> Path:
    """A home with something in every store."""
    return made_once(run_folder, "whole", whole_home.make)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Commands of one who keeps to permissions."""
    if OBEYING is None:
        pytest.skip("root passes by permissions here")
    with working(OBEYING) as process:
        yield process


def _copied(whole: Path, to: Path) -> Path:
    """Copy a home; what is large and never written to in place is the same file."""

    def copy(source: str, target: str) -> None:
        if Path(source).stat().st_size > _ALIKE_MB * 2**20:
            os.link(source, target)
        else:
            shutil.copy2(source, target)

    shutil.copytree(whole, to, copy_function=copy)
    return to


def _cases(files: Sequence[Kept], many: int, rng: random.Random) -> list[tuple[Kept, str]]:
    """Return damages: every file in every way that it can be damaged, as often as there is room."""
    every = [
        (one, kind)
        for one in files
        for kind in _DAMAGE
        if kind == "unreadable" or (one.size and not _LOCKS.fullmatch(one.name))
    ]
    rng.shuffle(every)
    cases = every[:many]
    while len(cases) < many:
        cases.append(rng.choice(every))
    return cases


@pytest.mark.soak
@pytest.mark.timeout(120 + DAMAGES * 20)
def test_every_damage_is_named_and_answers_go_on(
    whole: Path, worker: Worker, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rng, seen = random.Random(_SEED), _Seen()
    sound = _copied(whole, tmp_path / "sound")
    first = worker.run("doctor", home=sound, RESIDENCY_USERS_FILE=str(sound / USERS))
    assert first.returncode == 0, first.stdout + first.stderr
    assert SAYS in worker.run("ask", QUESTION, "--thread", "t", home=sound).stdout
    for number, (file, kind) in enumerate(_cases([*whole_home.files(whole)], DAMAGES, rng)):
        home = _copied(whole, tmp_path / f"home{number}")
        path = home / file.name
        # Where it is one file with the untouched one, that one stays as it is.
        content, mode = path.read_bytes(), path.stat().st_mode
        path.unlink()
        path.write_bytes(content)
        path.chmod(mode)
        _DAMAGE[kind](path, rng)
        _look(worker, home, file, kind, seen)
        path.chmod(mode) if path.exists() else None
        shutil.rmtree(home)
        if LONG:
            sys.stdout.write(f"{number + 1}: {file.name} {kind}\n")
            sys.stdout.flush()
    _tell(seen, record_property)
    assert seen.silent == []
    assert seen.wrong == []


def _look(worker: Worker, home: Path, file: Kept, kind: str, seen: _Seen) -> None:
    what = f"{file.name} {kind}"
    said = worker.run("doctor", home=home, RESIDENCY_USERS_FILE=str(home / USERS))
    told = said.stdout + said.stderr
    assert "Traceback" not in told, f"{what}: {told}"
    problems = "\n".join(line for line in told.splitlines() if line.startswith("PROBLEM"))
    if said.returncode:
        seen.named[kind] += 1
        seen.wrong.extend(f"{what}: {one}" for one in _wrong(kind, problems))
    elif kind == "flipped" and not _must_be_seen(file):
        seen.unseen.append(file.name)
    else:
        seen.silent.append(what)
    answer = worker.run("ask", QUESTION, "--thread", "t", home=home)
    told = answer.stdout + answer.stderr
    assert "Traceback" not in told, f"{what}: {told}"
    if answer.returncode == 0 and SAYS in answer.stdout:
        seen.answered["answered"] += 1
    else:
        seen.answered[f"not answered: {what}: {told.strip()[-300:]}"] += 1
    seen.wrong.extend(f"{what} (ask): {one}" for one in _wrong(kind, told))


def _must_be_seen(file: Kept) -> bool:
    """Tell whether a flipped bit is seen wherever it is: there is a hash of the file."""
    return not (_STORE.fullmatch(file.name) and not file.name.startswith("builds/")) and not (
        file.name.endswith((".fetch.json", ".about.toml", USERS, "chroma.sqlite3"))
    )


def _wrong(kind: str, told: str) -> Iterator[str]:
    """Yield advice that does not mend what is wrong."""
    for line in told.splitlines():
        if kind == "unreadable" and (_AWAY.search(line) or _SPACE.search(line)):
            yield line
        if kind != "unreadable" and (_PERMISSION.search(line) or _SPACE.search(line)):
            yield line


def _tell(seen: _Seen, record_property: Callable[[str, object], None]) -> None:
    record_property("named", dict(seen.named))
    record_property("unseen", seen.unseen)
    lines = [
        f"{DAMAGES} damages: named {sum(seen.named.values())} {dict(seen.named)}",
        f"flips in values that have no hash, not seen: {dict(Counter(seen.unseen))}",
        *(f"{count} x {outcome}" for outcome, count in sorted(seen.answered.items())),
        *(f"silent: {one}" for one in seen.silent),
        *(f"wrong: {one}" for one in seen.wrong),
    ]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
