"""Shapes of forms that people send: which column asks, and which ones take the answers."""

from __future__ import annotations

import pytest

from tests.ui.questionnaires.shapes import sheet, tables
from ui.questionnaires.types import Area, Choice

_ASKED = ("Where is data stored?", "Describe the retention.", "Backups are encrypted at all times")
_YES_NO = Choice(Area(2, 1, 4, 2), ("Yes", "No"))


def _below(*columns: str | tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(one if isinstance(one, str) else one[row] for one in columns) for row in range(3)]


@pytest.mark.parametrize(
    ("titles", "filled", "told"),
    [
        (("Question", "Customer Comments", "Vendor Response", "Vendor Comments"),
         (_ASKED, "", "", ""), (0, 2, 3, None)),
        (("Control", "Yes/No", "Explanation"), (_ASKED, "", ""), (0, 1, 2, None)),
        (("Ref #", "Requirement", "Mandatory (Y/N)", "Compliant? (Y/N)", "Supplier comments"),
         (("1", "2", "3"), _ASKED, "Y", "", ""), (1, 3, 4, 0)),
        (("Topic", "Question", "Response", "Owner", "Due date"),
         ("T", _ASKED, "", "Bob", "soon"), (1, 2, None, None)),
        (("N°", "Question", "Réponse (Oui/Non)", "Commentaires"),
         (("1", "2", "3"), _ASKED, "", ""), (1, 2, 3, 0)),
        (("Nº", "Pregunta", "Respuesta", "Observaciones"),
         (("1", "2", "3"), _ASKED, "", ""), (1, 2, 3, 0)),
        (("番号", "質問", "回答", "備考"), (("1", "2", "3"), _ASKED, "", ""), (1, 2, 3, 0)),
        (("Question", "Answer", "Answer details"), (_ASKED, "", ""), (0, 1, 2, None)),
        (("S.No", "Control Question", "Vendor Response", "Reviewer Comments", "Status"),
         (("1", "2", "3"), _ASKED, "", "", ""), (1, 2, None, 0)),
    ],
)  # fmt: skip
def test_columns_are_told_by_their_titles_and_what_waits(
    titles: tuple[str, ...],
    filled: tuple[str | tuple[str, ...], ...],
    told: tuple[int, int | None, int | None, int | None],
) -> None:
    (table,) = tables(sheet(titles, *_below(*filled)))
    answers, context = table.answers, table.context
    assert (table.column, answers.answer, answers.comment, context.id) == told
    assert [one.row for one in table.questions] == [2, 3, 4]


def test_a_column_with_lists_takes_the_answers_whatever_its_title() -> None:
    (table,) = tables(sheet(("Question", "Contoso"), *_below(_ASKED, ""), choices=(_YES_NO,)))
    assert table.answers.answer == 1
    assert table.questions[0].allowed == ("Yes", "No")


def test_fields_and_letters_above_the_titles_are_no_section() -> None:
    (table,) = tables(
        sheet(
            ("ACME", ""),
            ("Dear vendor, please fill in all cells", ""),
            ("Contact person", ""),
            (),
            ("Question", "Response"),
            *_below(_ASKED, ""),
        )
    )
    assert (table.header, {one.context.section for one in table.questions}) == (5, {""})


def test_numbers_within_the_text_are_its_ids() -> None:
    (table,) = tables(
        sheet(("Question", "Answer"), ("1.1 Where is it?", ""), ("2) Who is it?", ""))
    )
    assert [(one.context.id, one.text) for one in table.questions] == [
        ("1.1", "Where is it?"), ("2", "Who is it?"),
    ]  # fmt: skip


def test_sections_in_the_column_of_numbers_are_carried_down() -> None:
    (table,) = tables(
        sheet(
            ("No", "Question", "Answer"),
            ("1. Hosting", "", ""),
            ("1.1", "Where is it?", ""),
            ("2. People", "", ""),
            ("2.1", "Who sees it?", ""),
        )
    )
    assert [one.context.section for one in table.questions] == ["1. Hosting", "2. People"]


def test_words_are_counted_where_none_stand_apart() -> None:
    (table,) = tables(sheet(("番号", "質問", "回答"), ("1", "保持期間を教えてください。", "")))
    assert [one.row for one in table.questions] == [2]


def test_cells_that_are_merged_across_are_one_column() -> None:
    (table,) = tables(
        sheet(
            ("ID", "Question", "", "Answer", "", "Comment"),
            *_below(("1", "2", "3"), _ASKED, "", "", "", ""),
            merged=tuple(Area(row, left, row, left + 1) for row in range(1, 5) for left in (1, 3)),
        )
    )
    assert (table.column, table.answers.answer, table.answers.comment) == (1, 3, 5)
