"""What a reranker brings is measured beside what a search finds by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from evals.measuring.question_file import Question, read_questions
from evals.measuring.reranking import __main__ as command
from evals.measuring.reranking.judged import Judged, judge_all, recall, shares
from evals.suites.evidence_places import FoldedText
from index.searching.reader import IndexReader
from index.searching.reranker import mixed
from index.types import Scored

QUESTION = {
    "id": "q-1", "kind": "lookup", "turns": ["Which backups does Intune keep, and where?"],
    "answerable": True, "must": [["x"]], "document": "intune",
}  # fmt: skip


class Knowing:
    """Judges by whether a passage is the right one."""

    name = "knowing"

    def __init__(self, said: str) -> None:
        self._said = said

    def judged(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return 1 for the passage, 0 for others."""
        return [float(one == self._said) for one in passages]


def _row(cluster: str, judged: Sequence[float]) -> Judged:
    """Return a question whose evidence is the second of three passages."""
    scored = tuple(Scored(name, score) for name, score in (("a", 3.0), ("b", 2.5), ("c", 0.0)))
    return Judged(cluster, scored, tuple(judged), frozenset("b"), frozenset("ab"))


def test_a_share_is_chosen_by_questions_about_other_documents() -> None:
    good, bad = [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]
    rows = [_row("one", bad), _row("two", good), _row("three", good)]
    found = shares(rows, 8)
    # The judge that misleads about one document is trusted by the others.
    assert found[0] > 0
    assert found[1] > 0
    assert shares([_row("one", bad), _row("two", bad)], 8) == [0.0, 0.0]


def test_recall_is_of_evidence_and_of_documents() -> None:
    rows = [_row("one", [0.0, 1.0, 0.0]), _row("two", [0.0, 0.0, 1.0])]
    without = recall(rows, [one.scored for one in rows])
    alone = recall(rows, [mixed(one.scored, one.judged, 1.0) for one in rows])
    assert (without.evidence_first, without.document_first) == (0.0, 100.0)
    assert (alone.evidence_first, alone.document_first) == (50.0, 50.0)
    assert alone.evidence_among_five == 100.0


def test_a_judge_that_knows_the_evidence_brings_it_to_the_top(
    built_home: Path, tmp_path: Path
) -> None:
    with closing(IndexReader.open(built_home)) as index:
        texts = {name: FoldedText.of(one.text, one.about) for name, one in index.documents.items()}
        file = tmp_path / "questions.jsonl"
        (plain,) = judge_all(_questions(file, texts, "Intune"), index, texts, Knowing("no such"))
        id_ = plain.scored[7].id
        last = index.catalog.chunks([id_])[id_]
        questions, judge = _questions(file, texts, last.text), Knowing(last.context)
        (row,) = judge_all(questions, index, texts, judge)
        assert recall([row], [row.scored]).evidence_first == 0.0
        assert recall([row], [mixed(row.scored, row.judged, 1.0)]).evidence_first == 100.0
        assert command.table([row]).splitlines()[1].startswith("without     0.0   0.0")
        assert "top 20: mixed" in command.table([row])
        assert command.cost(questions, index, judge).startswith("cost in query embeddings of ")


def _questions(file: Path, texts: dict[str, FoldedText], evidence: str) -> list[Question]:
    file.write_text(json.dumps(QUESTION | {"evidence": [evidence]}) + "\n", encoding="utf-8")
    return list(read_questions(file, texts))


def test_without_a_reranker_there_is_nothing_to_measure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["reranking", "questions.jsonl", "--home", "nowhere"])
    monkeypatch.delenv("RESIDENCY_RERANKER", raising=False)
    with pytest.raises(SystemExit):
        command.main()
    assert "RESIDENCY_RERANKER is not set" in capsys.readouterr().err
