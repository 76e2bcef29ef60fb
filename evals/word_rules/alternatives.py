"""How many regular expressions and word lists read English, and which of them ever fire.

`python -m evals.word_rules.alternatives [--least N] [--documents FOLDER...] [--record] [--json]`

Counted are the regular expressions of the whole product with their alternatives, and the words of
tables in what reads English. Words of closed classes are counted apart (`closed_words`), labels of
the parser are no words. `--least 2` lists, for the rooms where rules over words stand, what fires
in fewer than two documents of all suites; what reads questions may fire in those that the suites
ask about a document. `--record` notes, for what the documents of the suites do not hold, in how
many of FOLDER it fires (`evals/word_rules/seldom_words.py`). To count another checkout, copy the
folder `evals/word_rules` into it and run it there.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import importlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import corpus
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.types import Document
from evals.suites.suite import open_suite, suite_names
from evals.word_rules import closed_words
from evals.word_rules.pattern_words import Alternative, alternatives
from evals.word_rules.seldom_words import OUTSIDE, write_counts

ROOT = Path(corpus.__path__[0]).parent
PACKAGES = ("corpus", "index", "assistant", "ui")
ENGLISH = (
    "corpus.language", "corpus.facts",
    "assistant.understanding", "assistant.verification", "assistant.composing",
)  # fmt: skip
"""Rooms whose alternatives are tried on documents."""
RECORDED = ("corpus.language", "corpus.facts")
"""Rooms in which nothing may stay that fires in fewer than two documents."""
_READ_QUESTIONS = ("assistant.understanding", "assistant.composing")
# Rooms that read no English by words of their own: tags, signs and wording.
_NO_TABLES = ("corpus.formats", "corpus.places", "ui")
_FUNCTIONS = frozenset(
    "compile match search fullmatch sub subn split findall finditer template".split()
)
_VENDORS = ("re", "regex")
_TESTS_OF_TEXT = ("startswith", "endswith", "removeprefix", "removesuffix")
_LONGEST = 4
"""Words of an entry; what is longer is a sentence that the product says."""
_FRAGMENTS = (", ", "; ", ": ", " (", ") ", " - ", " – ", " — ", " and ", " but ", " or ")


@dataclass(frozen=True)
class Expression:
    """A regular expression of the product."""

    module: str
    line: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Table:
    """Words that stand in one table."""

    module: str
    line: int
    name: str
    words: tuple[str, ...]

    @property
    def open_words(self) -> tuple[str, ...]:
        """Those of no closed class; none where the table is what the product says."""
        if closed_words.is_apart(f"{self.module}.{self.name}"):
            return ()
        return tuple(word for word in self.words if not closed_words.is_closed(word))


@dataclass(frozen=True)
class Firing:
    """An alternative or a word, and in how many documents it fires."""

    module: str
    line: int
    words: str
    documents: int


@dataclass(frozen=True)
class Survey:
    """All regular expressions and tables of a checkout."""

    expressions: tuple[Expression, ...]
    tables: tuple[Table, ...]

    def within(self, module: str) -> Survey:
        """Return those of a module or a package."""
        return Survey(
            tuple(one for one in self.expressions if _is_in(one.module, module)),
            tuple(one for one in self.tables if _is_in(one.module, module)),
        )

    @property
    def figures(self) -> dict[str, int]:
        """How many there are of what."""
        every = [one.words for expression in self.expressions for one in expression.alternatives]
        of_words = [
            one for one in self.expressions
            if not all(closed_words.is_closed(each.words) for each in one.alternatives)
        ]  # fmt: skip
        return {
            "expressions": len(self.expressions),
            "of words": len(of_words),
            "alternatives": len(every),
            "closed": sum(map(closed_words.is_closed, every)),
            "distinct": len(set(every)),
            "tables": len(self.tables),
            "words": sum(len(one.words) for one in self.tables),
            "apart": sum(len(one.words) - len(one.open_words) for one in self.tables),
        }


def survey() -> Survey:
    """Read the product's sources."""
    expressions: list[Expression] = []
    tables: list[Table] = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = module.removesuffix(".__init__")
            tree = ast.parse(path.read_text(encoding="utf-8"))
            expressions.extend(_expressions(module, tree))
            if not any(_is_in(module, one) for one in _NO_TABLES):
                tables.extend(_tables(module, tree))
    for room in ENGLISH:
        for path in sorted((ROOT / room.replace(".", "/")).glob("*.toml")):
            words = _values(tomllib.loads(path.read_text(encoding="utf-8")))
            tables.append(Table(f"{room}.{path.stem}", 1, path.name, tuple(words)))
    return Survey(tuple(expressions), tuple(tables))


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _expressions(module: str, tree: ast.Module) -> Iterator[Expression]:
    made: set[int] = set()
    for statement in tree.body:
        # Made in a loop over a table: how many there are is known when it has run.
        loops = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
            continue
        for loop in (one for one in ast.walk(statement) if isinstance(one, loops)):
            calls = [one for one in _calls(loop) if id(one) not in made]
            if calls and (name := _assigned(statement)):
                made.update(map(id, calls))
                value = getattr(importlib.import_module(module), name)
                for one in _patterns(value):
                    yield _expression(module, statement.lineno, one.pattern, one.flags)
    for call in _calls(tree):
        if id(call) not in made:
            pattern, flags = _evaluated(module, call)
            yield _expression(module, call.lineno, pattern, flags)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in _VENDORS
            and node.func.attr in _FUNCTIONS
            and node.args
        ):
            yield node


def _assigned(statement: ast.Assign | ast.AnnAssign) -> str:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    return target.id if isinstance(target, ast.Name) else ""


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _patterns([*value, *value.values()])
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _patterns(one)


def _expression(module: str, line: int, pattern: str, flags: int) -> Expression:
    try:
        return Expression(module, line, alternatives(pattern, flags & ~re.DEBUG))
    except re.error:
        # Of the library `regex`, or put together from what is known when it runs alone.
        return Expression(module, line, ())


class _Unknown(str):
    """What stands for a value that is known when the code runs alone."""

    __slots__ = ()

    def __getattr__(self, _: str) -> _Unknown:
        return self

    def __call__(self, *_: object) -> _Unknown:
        return self


class _Locals(dict[str, Any]):
    """Names of a function: whatever the module does not know."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__()
        self._known = {*vars(module), *vars(builtins)}

    def __missing__(self, name: str) -> _Unknown:
        if name in self._known:
            raise KeyError(name)
        return _Unknown("")


def _evaluated(module: str, call: ast.Call) -> tuple[str, int]:
    """Return a pattern with its flags as the module makes them."""
    flags = next((k.value for k in call.keywords if k.arg == "flags"), None)
    if flags is None and isinstance(call.func, ast.Attribute):
        at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)
        flags = call.args[at] if len(call.args) > at else None
    pattern = call.args[0]
    if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
        return pattern.value, int(_value(ModuleType(module), flags) or 0)
    imported = importlib.import_module(module)
    told = _value(imported, pattern)
    made = told if isinstance(told, str) else ""
    return made, int(_value(imported, flags) or 0)


def _value(module: ModuleType, expression: ast.expr | None) -> Any:
    if expression is None:
        return None
    code = compile(ast.Expression(expression), module.__name__, "eval")
    try:
        return eval(code, {"re": re, **vars(module)}, _Locals(module))  # noqa: S307 - our own code
    except (TypeError, ValueError, LookupError):
        return None


def _tables(module: str, tree: ast.Module) -> Iterator[Table]:
    for statement in tree.body:
        if (
            isinstance(statement, (ast.Assign, ast.AnnAssign))
            and (name := _assigned(statement))
            and name != "__all__"
            and _holds_text(statement)
        ):
            words = tuple(_words(getattr(importlib.import_module(module), name, None)))
            if len(words) > 1 and not closed_words.are_labels(words):
                yield Table(module, statement.lineno, name, words)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for line, words in _asked_within(node):
                if not closed_words.are_labels(words):
                    yield Table(module, line, node.name, words)


def _holds_text(statement: ast.stmt) -> bool:
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(statement)
    )


def _words(value: object) -> Iterator[str]:
    """Yield the words in a table, as deep as they stand."""
    if isinstance(value, str) and not isinstance(value, Enum):
        if _is_word(value) and not value.isupper():
            yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _words(key)
            yield from _words(one) if not isinstance(one, str) else ()
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            if type(one) in (str, tuple, list, set, frozenset, dict):
                yield from _words(one)


def _values(table: object) -> Iterator[str]:
    """Yield the words that a file of tables gives; its keys say what they are."""
    if isinstance(table, Mapping):
        for one in table.values():
            yield from _values(one)
    elif isinstance(table, list):
        for one in table:
            yield from _values(one)
    elif isinstance(table, str) and _is_word(table):
        yield table


def _is_word(text: str) -> bool:
    letters = text.replace(" ", "").replace("-", "").replace("'", "").replace("’", "")
    return letters.isalpha() and len(letters) > 1 and len(text.split()) <= _LONGEST


def _asked_within(function: ast.FunctionDef) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield words that a function compares something with."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            asked = node.comparators
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = node.args if node.func.attr in _TESTS_OF_TEXT else []
        else:
            continue
        for one in asked:
            if isinstance(one, (ast.Set, ast.Tuple, ast.List)):
                told = (e.value for e in one.elts if isinstance(e, ast.Constant))
                words = tuple(word for word in told if isinstance(word, str) and _is_word(word))
                if words:
                    yield one.lineno, words


def firing(found: Survey, texts: Mapping[str, str]) -> tuple[Firing, ...]:
    """Return in how many documents the alternatives and words of `found` fire, closed ones not.

    Words of a table fire where a word of the text begins with them: tables hold lemmas as well.
    """
    fired = []
    lowered = {name: text.lower() for name, text in texts.items()}
    for expression in found.expressions:
        for one in expression.alternatives:
            if closed_words.is_closed(one.words):
                continue
            part = max(one.words.lower().replace("(", "…").replace(")?", "…").split("…"), key=len)
            documents = sum(
                _may_fire(one, part, lowered[name]) and one.pattern.search(text) is not None
                for name, text in texts.items()
            )
            fired.append(Firing(expression.module, expression.line, one.words, documents))
    begun = {name: f" {' '.join(_spelt(text).split())}" for name, text in lowered.items()}
    for table in found.tables:
        for word in table.open_words:
            wanted = f" {' '.join(_spelt(word.lower()).split())}"
            documents = sum(_stands_in(wanted, text) for text in begun.values())
            told = f"{table.name}: {word.strip()}"
            fired.append(Firing(table.module, table.line, told, documents))
    return tuple(fired)


def _stands_in(wanted: str, text: str) -> bool:
    """Tell whether words follow one another in a text, each with any ending."""
    first, *rest = wanted.split()
    if wanted in text or not rest or f" {first}" not in text:
        return wanted in text
    pattern = r"\w* ".join(map(re.escape, (first, *rest)))
    return re.search(rf" {pattern}", text) is not None


def _may_fire(one: Alternative, part: str, lowered: str) -> bool:
    # Letters that stand apart, as `s?` does, may be missing from the text.
    return "(" in one.words or part in lowered


def _spelt(text: str) -> str:
    return "".join(c if c.isalnum() else " " for c in text)


def texts_of(folders: Iterable[Path]) -> dict[str, str]:
    """Return what rules see of each document, a sentence or a part of one a line.

    A document of the same name in two suites is one: the second is a variant of it.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        for document in load(find_files([folder])).documents:
            texts[document.id].extend(dict.fromkeys(_lines(document)))
    return {name: "\n".join(lines) for name, lines in texts.items()}


def _lines(document: Document) -> Iterator[str]:
    from_ = document.text
    for section in document.sections:
        yield section.title
    for block in document.blocks:
        spans = [*(block.sentences or (block.span,)), *(cell.span for cell in block.cells)]
        spans.extend(span for span in (block.label, block.lead_in, block.titles) if span)
        for span in spans:
            said = " ".join(span.of(from_).replace("*", "").replace("`", "").split())
            yield said
            for mark in _FRAGMENTS:
                said = said.replace(mark, f"{mark}\n")
            yield from (part.strip() for part in said.split("\n"))


def seldom(found: Survey, texts: Mapping[str, str], least: int = 2) -> dict[tuple[str, str], int]:
    """Return what reads documents and fires in fewer than `least` of them, by module and words."""
    fired = (one for room in RECORDED for one in firing(found.within(room), texts))
    return {(one.module, one.words): one.documents for one in fired if one.documents < least}


def record(found: Survey, folders: Iterable[Path]) -> None:
    """Write down in how many documents of other folders fires what the suites do not hold."""
    few = seldom(found, texts_of(suites()))
    others = texts_of(folders)
    elsewhere = {
        (one.module, one.words): one.documents
        for room in RECORDED
        for one in firing(found.within(room), others)
        if (one.module, one.words) in few
    }
    write_counts(OUTSIDE, len(others), {at: few[at] + elsewhere[at] for at in few})


def with_questions(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts with what the suites ask about each, a message a line."""
    asked: dict[str, list[str]] = {name: [text] for name, text in texts.items()}
    for name in suite_names():
        for case in open_suite(name).cases:
            for document in case.docs:
                asked.setdefault(document, []).extend(case.turns)
    return {name: "\n".join(lines) for name, lines in asked.items()}


def suites() -> tuple[Path, ...]:
    """Return the folders of all documents that the project measures itself on."""
    cases = sorted((ROOT / "evals" / "cases").glob("*/documents"))
    return (BUNDLED, *cases, ROOT / "evals" / "training" / "documents")


def _report(found: Survey) -> Iterator[str]:
    titles = list(found.figures)
    yield f"{'':<44}" + "".join(f"{title:>13}" for title in titles)
    packages = [(name, found.within(name)) for name in (*PACKAGES, *ENGLISH)]
    packages.insert(len(PACKAGES), ("reading English, the next five together", english(found)))
    modules = sorted(
        {one.module for one in found.expressions} | {one.module for one in found.tables}
    )
    for name, part in [
        ("all", found),
        *packages,
        *((module, _own(found, module)) for module in modules),
    ]:
        yield f"{name:<44}" + "".join(f"{count:>13}" for count in part.figures.values())


def english(found: Survey) -> Survey:
    """Return what stands in the rooms where rules over words do."""
    rooms = [found.within(room) for room in ENGLISH]
    return Survey(
        tuple(one for room in rooms for one in room.expressions),
        tuple(one for room in rooms for one in room.tables),
    )


def _own(found: Survey, module: str) -> Survey:
    return Survey(
        tuple(one for one in found.expressions if one.module == module),
        tuple(one for one in found.tables if one.module == module),
    )


def main() -> None:
    """Print how many there are, by module, and which seldom fire."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.word_rules.alternatives", description=__doc__
    )
    parser.add_argument("--documents", nargs="+", type=Path, default=[], help="more folders")
    parser.add_argument("--least", type=int, help="list what fires in fewer documents")
    parser.add_argument(
        "--record", action="store_true", help="note where FOLDER has what the suites have not"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = parser.parse_args()
    found = survey()
    if chosen.json:
        parts = {name: found.within(name).figures for name in (*PACKAGES, *ENGLISH)}
        total = {"all": found.figures, "english": english(found).figures}
        print(json.dumps({**total, **parts}, indent=1))
        return
    if chosen.record:
        record(found, chosen.documents)
        return
    print("\n".join(_report(found)))
    if chosen.least is None:
        return
    texts = texts_of((*suites(), *chosen.documents))
    asked = with_questions(texts)
    fired = [
        one
        for room in ENGLISH
        for one in firing(found.within(room), asked if room in _READ_QUESTIONS else texts)
    ]
    seldom = [one for one in fired if one.documents < chosen.least]
    print(f"\n{len(seldom)} of {len(fired)} fire in fewer than {chosen.least} of {len(texts)}")
    for module, count in sorted(Counter(one.module for one in seldom).items()):
        print(f"{module:<44} {count:>6}")
    for one in seldom:
        print(f"{one.documents} {one.module}:{one.line} {one.words}")


if __name__ == "__main__":
    main()
