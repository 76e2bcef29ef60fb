"""When a page is from: forms of dates, lines that state the page's own, and those that do not."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from corpus.intake.page_date import DateKind, date_statement, field_date
from corpus.intake.sources import find_files, load
from corpus.language.written_date import date_alone, dates_in, written_date

DAY = date(2025, 10, 9)
UPDATED, AS_OF = DateKind.UPDATED, DateKind.AS_OF
EFFECTIVE, PUBLISHED = DateKind.EFFECTIVE, DateKind.PUBLISHED


@pytest.mark.parametrize(
    "written",
    [
        "2025-10-09",
        "2025-10-09T10:00:00Z",
        "2025-10-09T10:00:00.123+02:00",
        "2025-10-09 12:00:00 +0000",
        "2025/10/09",
        "2025.10.09",
        "20251009",
        "9 October 2025",
        "09 October 2025",
        "9th October 2025",
        "9th of October, 2025",
        "9^th^ October 2025",
        "Thursday, 9 October 2025",
        "the 9th of October 2025",
        "October 9, 2025",
        "October 9,2025",
        "October 9th, 2025",
        "Oct 9th, 2025",
        "Oct. 9 2025",
        "OCT 9 2025",
        "9 Oct. 2025",
        "9-Oct-2025",
        "09-OCT-2025",
        "9\u00a0October\u00a02025",
        "09.10.2025",
        "9. 10. 2025",
        "9. Oktober 2025",
        "9 octobre 2025",
        "9 de octubre de 2025",
        "9 ottobre 2025",
        "2025年10月9日",
        "Thu, 09 Oct 2025 10:00:00 GMT",
        "Oct 9, 2025 at 10:32 AM",
    ],
)
def test_a_date_alone_is_read_in_every_usual_form(written: str) -> None:
    assert written_date(written) == DAY


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24/4/2019", date(2019, 4, 24)),
        ("4/24/2019", date(2019, 4, 24)),
        ("24-04-2019", date(2019, 4, 24)),
        ("08/08/2022", date(2022, 8, 8)),
        ("1er mars 2025", date(2025, 3, 1)),
        ("29 February 2024", date(2024, 2, 29)),
        ("March 2025", date(2025, 3, 1)),
        ("Sept 2025", date(2025, 9, 1)),
        ("2025-03", date(2025, 3, 1)),
        ("03/2025", date(2025, 3, 1)),
    ],
)
def test_other_days_and_a_month_for_its_first_day(written: str, expected: date) -> None:
    assert written_date(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "10/09/2025", "03-04-2025", "9/10/25", "9 Oct 25", "2025", "1700000000", "1759968000000",
        "5.2", "v2025.1", "10.0.2025.1", "31 June 2025", "29 February 2025", "2025-13-01",
        "99/99/2020", "soon", "", "may 30 days", "Q3 2025", "9 October 2025 to 12 October 2025",
    ],
)  # fmt: skip
def test_what_is_no_date_or_might_be_two_is_none(written: str) -> None:
    assert written_date(written) is None


def test_both_readings_of_a_date_are_returned_and_the_month_first_where_it_is_known() -> None:
    found = date_alone("03/04/2025")
    assert found is not None
    assert found.readings == (date(2025, 4, 3), date(2025, 3, 4))
    assert found.date is None
    assert written_date("03/04/2025", month_first=True) == date(2025, 3, 4)


def test_dates_in_a_text_have_their_places() -> None:
    text = "From 1 May 2024 (or 2024-06-02) until March 2025, not 5.2 or 30 days."
    assert [(one.span.of(text), one.date) for one in dates_in(text)] == [
        ("1 May 2024", date(2024, 5, 1)),
        ("2024-06-02", date(2024, 6, 2)),
        ("March 2025", date(2025, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Last updated: 9 October 2025", UPDATED),
        ("**Last updated**: 9 October 2025", UPDATED),
        ("_Last updated on October 9, 2025_", UPDATED),
        ("Last updated/reviewed: 9 October 2025", UPDATED),
        ("Last updated and reviewed on 9 October 2025.", UPDATED),
        ("Last reviewed on 9 October 2025, valid until 8 October 2026.", UPDATED),
        ("Last modified: Thursday, 9 October 2025", UPDATED),
        ("Last changed on 9 October 2025.", UPDATED),
        ("Last revised 09.10.2025", UPDATED),
        ("Last update: 2025-10-09 10:00", UPDATED),
        ("Last updated (UTC): 2025-10-09", UPDATED),
        ("Last updated by Ines Moor on 9 October 2025", UPDATED),
        ("Date of last revision: 9 October 2025", UPDATED),
        ("Revision date: 9 Oct 2025", UPDATED),
        ("Page last updated: Oct 9th, 2025", UPDATED),
        ("This page was last updated on 9 October 2025.", UPDATED),
        ("This list of sub-processors was last updated on 9 October 2025", UPDATED),
        ("This statement has been reviewed on 9 October 2025 by our counsel.", UPDATED),
        ("Updated 9 October 2025", UPDATED),
        ("Reviewed: 9 October 2025", UPDATED),
        ("Version 4, updated 9 October 2025", UPDATED),
        ("Stand: 09.10.2025", AS_OF),
        ("As of 9 October 2025", AS_OF),
        ("(as of 9 October 2025)", AS_OF),
        ("Information as of 9 October 2025.", AS_OF),
        ("Effective date: October 9, 2025", EFFECTIVE),
        ("Effective as of 9 October 2025.", EFFECTIVE),
        ("Effective from: 9 October 2025", EFFECTIVE),
        ("In force since 9 October 2025", EFFECTIVE),
        ("Valid from 9 October 2025 until 8 October 2026", EFFECTIVE),
        ("Version 3, valid from 9 October 2025. It takes the place of version 2.", EFFECTIVE),
        ("Version 2.1 (9 October 2025)", EFFECTIVE),
        ("v1.4 – 9 October 2025", EFFECTIVE),
        ("This addendum is applicable starting October 9th, 2025, and binds both.", EFFECTIVE),
        ("This policy takes effect on 9 October 2025 and replaces all others.", EFFECTIVE),
        ("Published on 9 October 2025", PUBLISHED),
        ("First published: 9 October 2025", PUBLISHED),
        ("Publication date: 9 October 2025", PUBLISHED),
        ("Date: 9 October 2025", PUBLISHED),
    ],
)
def test_a_line_states_the_date_of_its_page(line: str, kind: DateKind) -> None:
    found = date_statement(line)
    assert found is not None
    assert (found.kind, found.written.date) == (kind, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "Since 3 March 2025, form answers are stored in the region of their owner.",
        "Index cards were moved from Nancy to Metz on 1 July 2024.",
        "Valid until 13 February 2027",
        "Expires: 13 February 2027",
        "Next review date: 13 February 2027",
        "Next update on 13 February 2027",
        "Effective February 21, 2024, for new tenants, messages are stored in Chile.",
        "As of 3 March 2025, Kestrel Mail stores mailboxes in Chile.",
        "The search index was last updated on 3 May 2024.",
        "Backups created on 3 May 2024 are kept.",
        "Created on 3 May 2024, accounts keep their site.",
        "Accounts opened before 3 May 2022 keep their files in Lima.",
        "Access lists will be stored in Dijon from 1 October 2027.",
        "The contract of 3 May 2022 was changed on 4 May 2023.",
        "Updated hourly since 3 May 2022",
        "Regulation of 27 April 2016 on the protection of natural persons",
        "Last updated: soon",
        "Last updated: 31 June 2025",
    ],
)
def test_a_date_of_something_else_is_none_of_the_page(line: str) -> None:
    assert date_statement(line) is None


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("ms.date", "03/04/2025", date(2025, 3, 4)),
        ("date", date(2025, 10, 9), DAY),
        ("Last Updated", "9 October 2025", DAY),
        ("lastUpdatedOn", "Oct 9, 2025", DAY),
        ("last_modified_at", "2025-10-09T08:00:00+02:00", DAY),
        ("last_update", {"date": "2025-10-09", "author": "moor"}, DAY),
        ("lastmod", "2025-10-09", DAY),
        ("last_reviewed_on", "2025-10-09", DAY),
        ("revdate", "9 October 2025", DAY),
        ("updated_at", "2025-10", date(2025, 10, 1)),
        ("effective_date", "October 9, 2025", DAY),
    ],
)
def test_fields_of_front_matter(key: str, value: object, expected: date) -> None:
    found = field_date(key, value)
    assert found is not None
    assert found.written.date == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", 1700000000), ("date", "1700000000"), ("review_in", "3 months"),
        ("next_review", "2027-01-01"), ("expires", "2027-01-01"), ("date", True),
        ("date", ["2025-10-09"]), ("description", "2025-10-09"), ("update_frequency", "2025-10"),
    ],
)  # fmt: skip
def test_fields_that_hold_no_date_of_the_page(key: str, value: object) -> None:
    assert field_date(key, value) is None


_FILLING = "".join(f"Part {number} of the archive is kept in Lima.\n\n" for number in range(40))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ndate: 2020-01-02\nlastmod: 2025-10-09\n---\n# Quay\n\nIn Lima.\n", DAY),
        ("# Quay\n\nPublished: 2 May 2020 | Last updated: 9 October 2025\n\nIn Lima.\n", DAY),
        ("# Quay\n\nIn Lima.\n\nEffective date: 2 May 2020\n\nLast reviewed: 2025-10-09\n", DAY),
        (f"# Quay\n\n{_FILLING}Last changed on 9 October 2025.\n", DAY),
        (f"# Quay\n\n{_FILLING}## Note\n\nUpdated: 9 October 2025\n\n{_FILLING}", None),
        (f"# Quay\n\n{_FILLING}- **Last updated**: 9 October 2025\n\n{_FILLING}", DAY),
        ("# Quay\n\n- **Owner**: Moor\n- **Last updated**: 9 October 2025\n\nIn Lima.\n", DAY),
        ("# Quay\n\n| Field | Value |\n| --- | --- |\n| Last updated | 9 Oct 2025 |\n", DAY),
        ("# Quay\n\n9 October 2025\n\nQuay keeps files in Lima.\n", DAY),
        ("# Quay: data sites (9 October 2025)\n\nQuay keeps files in Lima.\n", DAY),
        ("# Quay\n\nFiles were moved to Lima on 9 October 2025.\n", None),
        ("# Quay\n\n```\nLast updated: 9 October 2025\n```\n\nIn Lima.\n", None),
        ("# Quay\n\nThis page was last\nupdated on 9 October\n2025.\n\nIn Lima.\n", DAY),
    ],
)
def test_the_date_of_a_whole_page(tmp_path: Path, text: str, expected: date | None) -> None:
    (tmp_path / "quay.md").write_text(text)
    (document,) = load(find_files((tmp_path,))).documents
    assert (document.about.date, document.warnings) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "# Quay\n\nLast updated: 03/04/2025\n\nIn Lima.\n",
        "---\ndate: 03/04/2025\n---\n\nIn Lima.\n",
    ],
)
def test_an_ambiguous_date_is_refused_with_both_readings(tmp_path: Path, text: str) -> None:
    page = tmp_path / "quay.md"
    page.write_text(text)
    (document,) = load(find_files((tmp_path,))).documents
    assert document.about.date is None
    (warning,) = document.warnings
    assert "03/04/2025” may mean 3 April 2025 or 4 March 2025" in warning
    page.with_name("quay.md.about.toml").write_text("date = 2025-03-04\n")
    (document,) = load(find_files((tmp_path,))).documents
    assert (document.about.date, document.warnings) == (date(2025, 3, 4), ())


def test_a_month_is_taken_for_its_first_day_and_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text("Quay sites\n\nUpdated March 2025\n\nFiles rest in Lima.\n")
    (document,) = load(find_files((tmp_path,))).documents
    assert document.about.date == date(2025, 3, 1)
    assert document.warnings == ("“Updated March 2025” names no day: 1 March 2025 is taken",)


def test_long_lines_cost_no_time() -> None:
    start = time.perf_counter()
    for piece in ("this page ", "last updated by x ", "on ", "1 2 3 ", "version 1.", "(", " "):
        date_statement(piece * 20_000 + "9 October 2025")
        list(dates_in(piece * 20_000))
    assert time.perf_counter() - start < 20
