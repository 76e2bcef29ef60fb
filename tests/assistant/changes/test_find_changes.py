"""Two editions of a page: each change is named for what it is, with both spans, and no other is."""

from __future__ import annotations

import random

import pytest

from assistant.changes.types import Aspect, ChangeKind, Severity
from corpus.places import Gazetteer
from tests.assistant.changes.editions_made import PAGE, changed, edition, kinds


def test_an_edition_is_no_change_of_itself(gazetteer: Gazetteer) -> None:
    found = changed(PAGE, PAGE, gazetteer)
    assert found.changes == ()
    assert found.remarks == ("“old” and “new” are the same file, byte by byte.",)


@pytest.mark.parametrize(
    ("said", "now", "aspect", "severity"),
    [
        ("stored in Germany", "stored in Norway", Aspect.PLACE, Severity.HIGH),
        ("stored in Germany", "stored outside Germany", Aspect.PLACE, Severity.HIGH),
        ("for 30 days", "for 90 days", Aspect.DURATION, Severity.HIGH),
        ("is stored in", "is not stored in", Aspect.NEGATION, Severity.HIGH),
        ("Customer data is", "Most customer data is", Aspect.EXTENT, Severity.HIGH),
        ("are replicated to", "may be replicated to", Aspect.MODALITY, Severity.MEDIUM),
        ("Premium plan", "Basic plan", Aspect.CONDITION, Severity.MEDIUM),
        (" if the customer has the Premium plan", "", Aspect.CONDITION, Severity.MEDIUM),
        ("center in France.", "center in France (preview).", Aspect.STATUS, Severity.MEDIUM),
        ("| Alder Ltd | Hosting |", "| Alder Ltd | Analytics |", Aspect.ACT, Severity.HIGH),
    ],
)
def test_one_thing_that_changed_is_named(
    said: str, now: str, aspect: Aspect, severity: Severity, gazetteer: Gazetteer
) -> None:
    found = changed(PAGE, PAGE.replace(said, now), gazetteer)
    (change,) = found.changes
    assert change.kind is ChangeKind.CHANGED
    assert aspect in change.aspects
    assert change.severity is severity
    (old,), (new,) = change.old, change.new
    assert old.span.of(found.old.text) in found.old.text
    assert found.new.text[new.span.start : new.span.end] == new.span.of(found.new.text)
    assert old.text != new.text


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("Customer data is stored", "Customer data is kept"),
        ("Backups are retained for 30 days.", "We keep backups for thirty days."),
        (
            "Support tickets are processed in Ireland if the customer has the Premium plan.",
            "If the customer has the Premium plan, support tickets are processed in Ireland.",
        ),
        ("stored in Germany.", "stored in [Germany](https://example.com/de)."),
        ("a second data center in France", "a second datacenter in France"),
        ("Log files are replicated", "Log files are  **replicated**"),
        ("| Alder Ltd | Hosting | Ireland |", "|Alder Ltd|Hosting|Ireland|"),
        ("Germany. Backups", "Germany.  Backups"),
    ],
)
def test_other_words_for_the_same_are_no_change(said: str, now: str, gazetteer: Gazetteer) -> None:
    assert said in PAGE
    found = changed(PAGE, PAGE.replace(said, now), gazetteer)
    assert set(kinds(found)) <= {ChangeKind.WORDING}
    assert all(one.severity is Severity.NONE for one in found.changes)


def test_what_is_gone_weighs_most_and_what_is_new_is_told(gazetteer: Gazetteer) -> None:
    gone = changed(
        PAGE, PAGE.replace("| Birch Inc | Email delivery | United States |\n", ""), gazetteer
    )
    assert kinds(gone) == [ChangeKind.REMOVED]
    assert gone.changes[0].severity is Severity.HIGH
    assert gone.changes[0].new == ()
    new = changed(
        PAGE, PAGE.replace("## Support", "Metrics are stored in Japan.\n\n## Support"), gazetteer
    )
    assert kinds(new) == [ChangeKind.ADDED]
    assert new.changes[0].old == ()


def test_a_statement_that_moved_is_moved(gazetteer: Gazetteer) -> None:
    sentence = "Log files are replicated to a second data center in France.\n"
    moved = PAGE.replace(sentence, "").replace("## Support", f"{sentence}\n## Support")
    assert kinds(changed(PAGE, moved, gazetteer)) == [ChangeKind.MOVED]


def test_below_the_name_of_another_place_the_same_words_say_something_else(
    gazetteer: Gazetteer,
) -> None:
    logs = "Logs are kept here for 30 days.\n\n"
    old = f"# Where\n\n## Germany\n\n{logs}Mail is kept.\n\n## Japan\n\nNothing is kept.\n"
    new = f"# Where\n\n## Germany\n\nMail is kept.\n\n## Japan\n\nNothing is kept.\n\n{logs}"
    (change,) = changed(old, new, gazetteer).changes
    assert (change.kind, change.aspects) == (ChangeKind.CHANGED, (Aspect.PLACE,))


def test_rows_in_another_order_say_the_same(gazetteer: Gazetteer) -> None:
    first, second = (
        "| Alder Ltd | Hosting | Ireland |\n",
        "| Birch Inc | Email delivery | United States |\n",
    )
    found = changed(PAGE, PAGE.replace(first + second, second + first), gazetteer)
    assert kinds(found) == [ChangeKind.REORDERED]


def test_a_section_that_is_called_otherwise_moves_nothing(gazetteer: Gazetteer) -> None:
    found = changed(PAGE, PAGE.replace("## Support", "## Help and support"), gazetteer)
    assert not found.of(ChangeKind.MOVED, ChangeKind.CHANGED, ChangeKind.REMOVED, ChangeKind.ADDED)
    assert len(found.changes) == 1


def test_places_that_were_exchanged_are_a_change_and_a_list_in_another_order_is_none(
    gazetteer: Gazetteer,
) -> None:
    old = "# Places\n\nMail data is stored in Germany and log data is stored in Japan.\n"
    (change,) = changed(
        old,
        old.replace("Germany", "X").replace("Japan", "Germany").replace("X", "Japan"),
        gazetteer,
    ).changes
    assert (change.kind, change.aspects) == (ChangeKind.CHANGED, (Aspect.PLACE,))
    listed = "# Places\n\nCustomer data is stored in Germany, France and Japan.\n"
    found = changed(
        listed, listed.replace("Germany, France and Japan", "Japan, Germany and France"), gazetteer
    )
    assert kinds(found) == [ChangeKind.WORDING]


def test_from_and_to_are_not_exchanged_unnoticed(gazetteer: Gazetteer) -> None:
    old = "# Moves\n\nCustomer data is moved from Ireland to Norway.\n"
    new = "# Moves\n\nCustomer data is moved from Norway to Ireland.\n"
    (change,) = changed(old, new, gazetteer).changes
    assert (change.kind, change.aspects) == (ChangeKind.CHANGED, (Aspect.PLACE,))


def test_a_sentence_that_was_split_is_one_change_of_wording(gazetteer: Gazetteer) -> None:
    old = "# Where\n\nCustomer data is stored in Germany, and backups are replicated to Ireland.\n"
    new = "# Where\n\nCustomer data is stored in Germany. Backups are replicated to Ireland.\n"
    (change,) = changed(old, new, gazetteer).changes
    assert (change.kind, len(change.old), len(change.new)) == (ChangeKind.WORDING, 1, 2)


def test_text_that_states_nothing_is_not_silent(gazetteer: Gazetteer) -> None:
    found = changed(PAGE, PAGE.replace("Thanks for reading our pages.", "Enjoy!"), gazetteer)
    assert set(kinds(found)) == {ChangeKind.TEXT}


def test_nothing_of_two_editions_is_lost(gazetteer: Gazetteer) -> None:
    """Every passage is unchanged or in exactly one change, whatever was done to a page."""
    chance = random.Random(5)
    lines = PAGE.splitlines(keepends=True)
    for _ in range(6):
        new = "".join(chance.sample(lines, len(lines) - 4))
        found = changed(PAGE, new, gazetteer)
        for side in ("old", "new"):
            of = getattr(found, side)
            told = [one.span for change in found.changes for one in getattr(change, side)]
            assert len(told) == len(set(told))
            other = {one.text for one in getattr(found, "new" if side == "old" else "old").passages}
            assert all(one.span in told or one.text in other for one in of.passages)


def test_the_date_that_a_page_states_is_told_last(gazetteer: Gazetteer) -> None:
    old, new = f"---\ndate: 2024-01-01\n---\n{PAGE}", f"---\ndate: 2024-05-01\n---\n{PAGE}"
    duration, stated = changed(old, new.replace("30 days", "60 days"), gazetteer).changes
    assert (duration.aspects, stated.aspects) == ((Aspect.DURATION,), (Aspect.DATE,))
    assert stated.severity is Severity.LOW


def test_a_page_to_sign_in_looks_like_another_page(gazetteer: Gazetteer) -> None:
    found = changed(PAGE, "# Sign in\n\nEnter your e-mail address.\n", gazetteer)
    assert any("looks like another page" in one for one in found.remarks)
    assert any("look like two pages" in one for one in found.remarks)


def test_dates_that_are_missing_equal_or_backwards_are_told(gazetteer: Gazetteer) -> None:
    def dated(day: str) -> str:
        return f"---\ndate: {day}\n---\n{PAGE}" if day else PAGE

    def remarks(old: str, new: str) -> str:
        return " ".join(changed(dated(old), dated(new) + "\nNew.\n", gazetteer).remarks)

    assert "states no date" in remarks("2024-01-01", "")
    assert "the same date, 2024-01-01" in remarks("2024-01-01", "2024-01-01")
    assert "states a later date" in remarks("2024-02-01", "2024-01-01")
    assert remarks("2024-01-01", "2024-02-01") == remarks("", "") == ""


def test_the_work_grows_with_the_number_of_passages(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many passages share their words, each is compared with a few."""
    from assistant.changes import pairing

    counted = 0
    shared = pairing._Weights.shared

    def counting(self: pairing._Weights, one: str, other: str) -> float:
        nonlocal counted
        counted += 1
        return shared(self, one, other)

    monkeypatch.setattr(pairing._Weights, "shared", counting)
    passages = edition(
        "# A\n\n"
        + "".join(f"- Data of team {n} is stored in Germany for {n} days\n" for n in range(400)),
        gazetteer,
    ).passages
    others = edition(
        "# A\n\n"
        + "".join(f"- Data of team {n} is kept in Norway for {n} weeks\n" for n in range(400)),
        gazetteer,
    ).passages
    assert len(pairing.paired(passages, others).pairs) > 390
    assert counted < 15 * len(passages)
