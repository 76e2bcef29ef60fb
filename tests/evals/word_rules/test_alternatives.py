"""What counts as an alternative of a regular expression, and when one fires."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.word_rules import alternatives as measured
from evals.word_rules.alternatives import Expression, Survey, Table, firing, survey, texts_of
from evals.word_rules.pattern_words import alternatives
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bstored\b", ["stored"]),
        (r"stored|stores", ["stored", "stores"]),
        (r"(?:ab|ac|d)x", ["ab", "ac", "d"]),
        (r"stor(?:ed|es|ing) (?:in|at)", ["ed", "es", "ing", "in", "at"]),
        (r"a(?:b|c(?:d|e)) f|g", ["b", "d", "e", "g"]),
        (r"(?:not |never )?kept(?! (?:here|there))", ["not ", "never ", "here", "there"]),
        (r"(?P<unit>days?|h\|rs)", ["day(s)?", "h|rs"]),
        (r"[a|b]|[.!?]", []),
        (r"(?x) one | two  # three | four", ["one", "two"]),
        (r"\d+|\s", []),
    ],
)
def test_alternatives_are_told_by_the_parse_tree(pattern: str, words: list[str]) -> None:
    assert [one.words for one in alternatives(pattern)] == words


def test_what_is_no_regular_expression_is_refused() -> None:
    with pytest.raises(re.error):
        alternatives("(a|b")


@pytest.mark.parametrize(
    ("pattern", "text", "fire"),
    [
        ("is (?:kept|held) in", "It is held in Oslo", [False, True]),
        ("^(?:if|when)\\b", "Later,\nwhen asked", [False, True]),
        ("(?:not |never )?kept", "kept", [False, False]),
        ("(?:not |never )?kept", "never kept", [False, True]),
        ("kept(?! (?:here|there))", "kept there", [False, True]),
        ("(?<!never )(?:kept|held)", "never kept, held", [False, True]),
        ("(a|b)\\1", "bb", [False, True]),
    ],
)
def test_an_alternative_fires_where_it_is_the_one_that_matches(
    pattern: str, text: str, fire: list[bool]
) -> None:
    found = [one.pattern.search(text) is not None for one in alternatives(pattern)]
    assert found == fire


def test_documents_are_counted_in_which_something_fires() -> None:
    found = Survey(
        (Expression("corpus.facts.some", 3, alternatives("is (?:kept|held)", re.I)),),
        (Table("corpus.facts.some", 5, "_VERBS", ("keep", "move to")),),
    )
    texts = {"a": "Mail is kept. It Is Held.", "b": "it is HELD", "c": "We move. To keep-sake"}
    assert [(one.words, one.documents) for one in firing(found, texts)] == [
        ("kept", 1),
        ("held", 2),
        ("_VERBS: keep", 1),
        ("_VERBS: move to", 1),
    ]


SOURCE = """
import re

UNIT = "day|week"
LONG = re.compile(rf"\\b(?:{UNIT}|month)s?\\b", re.I)
EACH = {word: re.compile(f"{word}(?:red|ing)") for word in ("sto", "sha")}
JOINED = re.compile("|".join(sorted({"one", "two"})) + r"|three\\b")
VERBS = frozenset("keep move".split())
SAID = {"a": "Where is {it} kept, and since when does it rest there?"}

def told(text, name):
    if text in ("if", "when") or text.startswith(("and ", "+")):
        return re.sub(rf"(?:the|a) {re.escape(name)}", "", text, flags=re.I)
    return LONG.search(text)
"""


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Survey:
    (tmp_path / "murrelets").mkdir()
    (tmp_path / "murrelets" / "reading.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(measured, "ROOT", tmp_path)
    monkeypatch.setattr(measured, "PACKAGES", ("murrelets",))
    monkeypatch.setattr(measured, "ENGLISH", ("murrelets",))
    (tmp_path / "murrelets" / "words.toml").write_text('verbs = ["keep", "hold"]\n')
    return survey()


def test_expressions_are_counted_however_they_are_put_together(product: Survey) -> None:
    found = {(one.line, tuple(a.words for a in one.alternatives)) for one in product.expressions}
    assert found == {
        (5, ("day", "week", "month")),
        (6, ("red", "ing")),
        (7, ("one", "two", "three")),
        (13, ("the", "a")),
    }
    assert len(product.expressions) == 5


def test_tables_are_what_words_are_looked_up_in(product: Survey) -> None:
    tables = {(one.name, frozenset(one.words)) for one in product.tables}
    assert tables == {
        ("VERBS", frozenset({"keep", "move"})),
        ("EACH", frozenset({"sto", "sha"})),
        ("told", frozenset({"if", "when"})),
        ("told", frozenset({"and "})),
        ("words.toml", frozenset({"keep", "hold"})),
    }
    assert product.figures["words"] == 9


def test_every_regular_expression_of_the_product_is_read() -> None:
    found = survey()
    paths = [path for one in measured.PACKAGES for path in (ROOT / one).rglob("*.py")]
    compiled = sum(path.read_text(encoding="utf-8").count(" re.compile(") for path in paths)
    assert found.figures["expressions"] >= compiled > 0
    packages = [found.within(name).figures for name in measured.PACKAGES]
    for what, count in found.figures.items():
        assert what == "distinct" or sum(one[what] for one in packages) == count


def test_rules_see_headings_sentences_and_their_parts(tmp_path: Path) -> None:
    text = "# Sites of Murrelet\n\nIf asked, mail **rests** in Oslo. Logs too.\n"
    (tmp_path / "murrelet.md").write_text(text, encoding="utf-8")
    (lines,) = (one.split("\n") for one in texts_of([tmp_path]).values())
    assert {"Sites of Murrelet", "If asked, mail rests in Oslo.", "mail rests in Oslo."} < {*lines}
