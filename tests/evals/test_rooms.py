"""The rooms of the suite import one way, lazily or not, and no two modules share a name."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORDER = ("errors", "types", "suites", "scoring", "systems", "runs", "training", "fitting",
         "measuring")  # fmt: skip
"""Each may import those before it."""
SHARED_NAMES = {"__init__.py", "__main__.py", "types.py", "errors.py"}


def _imports() -> Iterator[tuple[str, str]]:
    """Yield importing and imported module, wherever the import stands."""
    for path in (ROOT / "evals").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evals."):
                whole = str(node.module).replace(".", "/")
                for alias in node.names:
                    inner = (ROOT / whole / f"{alias.name}.py").exists()
                    yield name, f"{node.module}.{alias.name}" if inner else str(node.module)


def test_rooms_import_those_before_them() -> None:
    rank = {room: number for number, room in enumerate(ORDER)}
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in _imports()
        if rank[importer.split(".")[1]] < rank[imported.split(".")[1]]
    ]
    assert wrong == []


def test_no_module_imports_itself_through_others() -> None:
    graph: dict[str, set[str]] = {}
    for importer, imported in _imports():
        graph.setdefault(importer, set()).add(imported)
    for start, first in graph.items():
        seen: set[str] = set()
        waiting = list(first)
        while waiting:
            name = waiting.pop()
            assert name != start, f"{start} imports itself"
            if name not in seen:
                seen.add(name)
                waiting.extend(graph.get(name, ()))


def test_no_two_modules_share_a_name() -> None:
    names = Counter(path.name for path in (ROOT / "evals").rglob("*.py"))
    assert {name for name, count in names.items() if count > 1} <= SHARED_NAMES
