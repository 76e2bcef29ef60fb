"""What one sheet asks: titles, columns, rows, and what is said beside each question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.questionnaires.shapes import YES_NO, sheet, tables
from ui.questionnaires.types import (
    AnswerColumns,
    Area,
    Choice,
    ContextColumns,
    RowContext,
    Selection,
    Tick,
)


def _rows(table: Selection) -> list[int]:
    return [one.row for one in table.questions]


def _contexts(table: Selection) -> list[RowContext]:
    return [one.context for one in table.questions]


def test_a_sheet_with_a_column_for_each_thing_is_read_by_its_titles() -> None:
    (table,) = tables(
        sheet(
            ("Assessment of suppliers", "", "v4"),
            ("Question ID", "Question", "CSP Answer", "SSRM Control Ownership",
             "CSP Implementation Description (Optional)", "Control ID", "Domain Title"),
            ("DSP-01.1", "Is data stored in the EU?", "", "", "", "DSP-01", "Privacy"),
            ("DSP-01.2", "Are logs deleted?", "", "", "", "", ""),
            ("LOG-01.1", "Are logs kept?", "", "", "", "LOG-01", "Logging"),
            merged=(Area(3, 5, 4, 5), Area(3, 6, 4, 6)),
            choices=(Choice(Area(3, 2, 5, 2), YES_NO), Choice(Area(3, 3, 5, 3), ("a", "b"))),
        )
    )  # fmt: skip
    assert (table.column, table.header, _rows(table)) == (1, 2, [3, 4, 5])
    assert table.answers == AnswerColumns(answer=2, comment=4)
    assert table.context == ContextColumns(id=0, category=6)
    assert _contexts(table) == [
        RowContext("DSP-01.1", category="Privacy"),
        RowContext("DSP-01.2", category="Privacy"),
        RowContext("LOG-01.1", category="Logging"),
    ]
    assert {one.allowed for one in table.questions} == {YES_NO}


def test_titles_that_come_again_before_each_section_name_the_section() -> None:
    (table,) = tables(
        sheet(
            ("Community assessment",),
            ("Documentation", "", "Vendor Answers", "Additional Information", "Guidance"),
            ("DOCU-01", "Do you have a policy?", "", "", "Be precise about it."),
            ("DOCU-02", "If yes, describe where it is kept.", "", "", "A few words."),
            (),
            ("Datacenter", "", "Vendor Answers", "Additional Information", "Guidance"),
            ("DCTR-01", "Where is data kept?", "", "", "Name all of the places."),
        )
    )
    assert (table.column, table.header, _rows(table)) == (1, 2, [3, 4, 7])
    assert table.answers == AnswerColumns(answer=2, comment=3)
    assert _contexts(table) == [
        RowContext("DOCU-01", "Documentation"),
        RowContext("DOCU-02", "Documentation", follows=3),
        RowContext("DCTR-01", "Datacenter"),
    ]


def test_titles_in_two_rows_are_read_together() -> None:
    (table,) = tables(
        sheet(
            ("Item", "Scope", "", "Request", "Supplier response", ""),
            ("", "Product", "Topic", "Question", "Answer", "Evidence"),
            ("1", "Mail", "Location", "Where is it?", "", ""),
            ("2", "", "Retention", "How long is it kept?", "", ""),
            merged=(Area(1, 0, 2, 0), Area(1, 1, 1, 2), Area(1, 4, 1, 5)),
        )
    )
    assert (table.column, table.header, _rows(table)) == (3, 2, [3, 4])
    assert table.titles[4] == "Supplier response / Answer"
    assert table.answers == AnswerColumns(answer=4, evidence=5)
    # A product is not carried down: where none stands, none is meant.
    assert _contexts(table) == [
        RowContext("1", service="Mail", category="Location"),
        RowContext("2", category="Retention"),
    ]


def test_columns_that_are_marked_are_the_values_of_an_answer() -> None:
    (table,) = tables(
        sheet(
            ("Domain", "Question ID", "Questions", "Answers", "", "", "Notes"),
            ("", "", "", "Yes", "No", "Not Applicable", ""),
            ("Privacy", "P-1", "Is it kept?", "", "", "", ""),
            merged=(Area(1, 3, 1, 5),),
        )
    )
    ticks = (Tick("Yes", 3), Tick("No", 4), Tick("Not Applicable", 5))
    assert table.answers == AnswerColumns(comment=6, ticks=ticks)
    assert table.questions[0].allowed == ("Yes", "No", "Not Applicable")


def test_titles_in_two_languages_are_one_heading() -> None:
    (table,) = tables(
        sheet(
            ("Nr.", "Frage", "Antwort (Ja/Nein/Teilweise)", "Bemerkung"),
            ("No.", "Question", "Answer", "Comment"),
            ("", "Standort der Daten", "", ""),
            ("1", "Werden Daten in der EU gespeichert?", "", ""),
            ("2", "Wenn ja, in welchen Rechenzentren?", "", ""),
            ("3", "Beschreiben Sie die Aufbewahrung.", "", ""),
        )
    )
    assert (table.header, _rows(table)) == (2, [4, 5, 6])
    assert table.answers == AnswerColumns(answer=2, comment=3)
    assert table.questions[0].allowed == ("Ja", "Nein", "Teilweise")
    assert [one.context.section for one in table.questions] == ["Standort der Daten"] * 3
    assert [one.context.follows for one in table.questions] == [None, 4, None]
    assert [one.about_residency for one in table.questions] == [True, True, True]


def test_tables_side_by_side_are_two_with_columns_of_their_own() -> None:
    left, right = tables(
        sheet(
            ("No.", "Question", "Answer", "", "Nr", "Question", "Answer"),
            ("1", "Where is mail?", "", "", "7", "Where are files?", ""),
        )
    )
    assert (left.column, left.answers.answer, left.context.id) == (1, 2, 0)
    assert (right.column, right.answers.answer, right.context.id) == (5, 6, 4)


def test_questions_in_two_columns_share_no_cell_for_answers() -> None:
    first, second = tables(
        sheet(
            ("Question", "Further question", "Answer"),
            ("Where is mail?", "Since when is it there?", ""),
        )
    )
    assert (first.column, first.answers.answer) == (0, 2)
    assert (second.column, second.answers) == (1, AnswerColumns())


def test_rows_that_others_stand_below_by_number_are_headings() -> None:
    (table,) = tables(
        sheet(
            ("Ref", "Requirement", "Response"),
            ("1", "Location of all of the data", ""),
            ("1.1", "Data stays in the region", ""),
            ("2", "Describe the retention of logs", ""),
            ("2.1", "Logs are deleted in time", ""),
        )
    )
    assert _rows(table) == [3, 4, 5]
    assert table.questions[0].context.section == "Location of all of the data"


def test_allowed_values_of_a_row_may_stand_in_a_column_beside_it() -> None:
    (table,) = tables(
        sheet(
            ("Question", "Possible answers", "Answer"),
            ("Where is it?", "EU / US / both", ""),
            ("Who sees it?", "", ""),
        )
    )
    assert [one.allowed for one in table.questions] == [("EU", "US", "both"), ()]


@pytest.mark.parametrize(
    "row",
    [
        ("IR-1", "Do you have a plan?", "Incident response", "Describe your service"),
        ("IR-2", "Yes", "No", "Comment"),
    ],
)
def test_rows_with_words_of_titles_are_no_titles(row: tuple[str, ...]) -> None:
    (table,) = tables(
        sheet(
            ("ID", "Question", "Topic", "Answer"),
            ("IR-0", "Where is it?", "Place", ""),
            row,
            ("IR-3", "Who is told?", "People", ""),
        )
    )
    assert table.header == 1
    assert _rows(table)[-1] == 4


def test_remarks_that_the_customer_has_filled_are_no_column_for_answers() -> None:
    (table,) = tables(
        sheet(
            ("Question", "Note"),
            ("Where is it?", "We need this for the audit."),
            ("Who sees it?", "See the annex."),
        )
    )
    assert table.answers == AnswerColumns()


def test_hidden_rows_and_formulas_are_told() -> None:
    one = sheet(
        ("Question", "Answer"),
        ("Where is it?", ""),
        ("Who sees it?", "0"),
        computed=frozenset({(2, 0), (3, 1)}),
    )
    (table,) = tables(replace(one, hidden_rows=frozenset({3})))
    told = " ".join(table.notes)
    assert "1 of the questions stands in a hidden row" in told
    assert "1 of the questions is made by a formula; it is read as last shown" in told
    assert "1 cell for answers holds a formula; it is left as it is" in told
    both = frozenset({(2, 0), (2, 1), (3, 0), (3, 1)})
    (table,) = tables(replace(one, hidden_rows=frozenset({2, 3}), computed=both))
    told = " ".join(table.notes)
    assert "2 of the questions stand in hidden rows" in told
    assert "2 of the questions are made by formulas; they are read as last shown" in told
    assert "2 cells for answers hold formulas; they are left as they are" in told
