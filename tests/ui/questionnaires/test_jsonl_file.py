"""A file of questions: answered in order, resumed, never mixed, never lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.triage import Assessed, Triage, Triaged
from assistant.types import Answer, Asking, Profile, Verdict
from ui.errors import QuestionFileError
from ui.questionnaires.files import read_questionnaire
from ui.questionnaires.jsonl_file import answer_file, read_cases
from ui.questionnaires.understanding.understand_file import understand


class Echo:
    """Answers with the question; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None, str | None]] = []

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
        keep: bool = False,
    ) -> Answer:
        if not question.strip():
            raise QuestionError("the question has no words")
        assert not clarify
        self.asked.append((question, thread, owner))
        return Answer(
            f"answer-{len(self.asked)}", question, question, Verdict.ANSWERED, (), (), (), (),
            "structured", "build", 1.0,
        )  # fmt: skip

    def assess(self, asking: Asking, allowed: Sequence[str] = ()) -> Assessed:
        answer = self.ask(
            asking.question, thread=asking.thread, owner=asking.owner, profile=asking.profile,
            clarify=asking.clarify, keep=asking.keep,
        )  # fmt: skip
        return Assessed(answer, Triaged(Triage.ANSWERED, 0.9, allowed[0] if allowed else ""))


def _write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_answers_come_in_input_order_with_their_ids(tmp_path: Path) -> None:
    questions = _write(
        tmp_path / "q.jsonl",
        {"id": "b", "question": "Wo? é"},
        {"id": "a", "turns": ["First?", "and then?"], "kind": "followup"},
    )
    echo = Echo()
    outcome = answer_file(echo, read_cases(questions), tmp_path / "o.jsonl")
    assert (outcome.answered, outcome.failed) == (2, 0)
    assert [(row["id"], row["text"]) for row in _lines(tmp_path / "o.jsonl")] == [
        ("b", "Wo? é"),
        ("a", "and then?"),
    ]
    assert echo.asked[0][1:] == (None, "")
    assert echo.asked[1][1:] == echo.asked[2][1:]
    assert echo.asked[1][1] == "a"


def test_it_resumes_where_it_stopped_and_drops_a_torn_line(tmp_path: Path) -> None:
    rows = [{"id": str(n), "question": f"Q{n}?"} for n in range(5)]
    cases = read_cases(_write(tmp_path / "q.jsonl", *rows))
    output = tmp_path / "o.jsonl"
    answer_file(Echo(), cases[:2], output)
    with output.open("a") as handle:
        handle.write('{"id": "2", "te')
    echo = Echo()
    outcome = answer_file(echo, cases, output)
    assert (outcome.resumed, outcome.answered) == (2, 3)
    assert [row["id"] for row in _lines(output)] == ["0", "1", "2", "3", "4"]
    assert [asked[0] for asked in echo.asked] == ["Q2?", "Q3?", "Q4?"]


def test_another_files_answers_are_not_touched(tmp_path: Path) -> None:
    output = _write(tmp_path / "o.jsonl", {"id": "other"})
    before = output.read_bytes()
    cases = read_cases(_write(tmp_path / "q.jsonl", {"id": "1", "question": "Q?"}))
    with pytest.raises(QuestionFileError, match=r"o\.jsonl:1"):
        answer_file(Echo(), cases, output)
    assert output.read_bytes() == before


def test_more_answers_than_questions_are_refused(tmp_path: Path) -> None:
    output = _write(tmp_path / "o.jsonl", {"id": "1"}, {"id": "2"}, {"id": "3"})
    cases = read_cases(_write(tmp_path / "q.jsonl", {"id": "1", "question": "Q?"}))
    with pytest.raises(QuestionFileError):
        answer_file(Echo(), cases, output)


def test_a_question_that_fails_is_recorded_and_the_rest_goes_on(tmp_path: Path) -> None:
    cases = read_cases(
        _write(
            tmp_path / "q.jsonl", {"id": "1", "question": " "}, {"id": "2", "question": "Where?"}
        )
    )
    outcome = answer_file(Echo(), cases, tmp_path / "o.jsonl")
    assert (outcome.answered, outcome.failed) == (1, 1)
    assert _lines(tmp_path / "o.jsonl")[0] == {"id": "1", "error": "the question has no words"}


@pytest.mark.parametrize(
    "line",
    ["{not json", '"text"', '{"question": "no id"}', '{"id": "x"}', '{"id": "x", "turns": []}',
     '{"id": "x", "turns": [1]}', '{"id": ' + "[" * 100_000],
)  # fmt: skip
def test_a_malformed_line_is_named_before_anything_is_answered(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "1", "question": "Q?"}\n' + line + "\n")
    with pytest.raises(QuestionFileError, match=r"q\.jsonl:2"):
        read_cases(path)


def test_a_repeated_id_and_a_foreign_format_are_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "q.jsonl", {"id": "1", "question": "a"}, {"id": 1, "question": "b"})
    with pytest.raises(QuestionFileError, match="occurs twice"):
        read_cases(path)
    with pytest.raises(QuestionFileError, match=r"not a \.jsonl"):
        read_cases(tmp_path / "q.docx")
    with pytest.raises(QuestionFileError, match="cannot be read"):
        read_cases(tmp_path / "none.jsonl")


def test_a_question_alone_is_plain_and_one_with_columns_is_a_row(tmp_path: Path) -> None:
    questions = _write(
        tmp_path / "q.jsonl",
        {"id": "alone", "question": "Is there a price list?"},
        {"id": "service", "question": "Is there a price list?", "service": "Intune"},
        {"id": "allowed", "question": "Is there a price list?", "allowed": ["Yes", "No"]},
    )
    assert [case.is_plain for case in read_cases(questions)] == [True, False, False]


def test_questions_that_follow_on_each_other_are_so_many_at_most(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"id": 1, "turns": ["Where?"] * 51}), encoding="utf-8")
    with pytest.raises(QuestionFileError, match="has 51 turns"):
        read_cases(path)


def test_a_questionnaire_of_lines_has_the_limit_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    rows = (json.dumps({"id": number, "question": "Where?"}) for number in range(5_001))
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(QuestionFileError, match="5,001 questions, the limit is 5,000"):
        understand(read_questionnaire(path))
