"""Profiles in files, by name in a home, and changed in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ProfileError
from assistant.history import profile_store
from assistant.history.profile_store import Profiles
from assistant.tenant.checking import Promises, check
from assistant.tenant.profile_files import EXAMPLE, read_profile
from assistant.tenant.types import Outcome
from assistant.tenant.what_if import changed_profile, differences
from assistant.types import EVERY_ADD_ON, Licence, Profile, json_form
from corpus.places import Gazetteer
from index.searching.reader import IndexReader
from tests.assistant.tenant.conftest import TODAY

WHOLE = Profile(
    "Germany", ("Multi-Geo",), "Enterprise Agreement", ("Exchange Online",),
    (Licence("Multi-Geo", 10.0),), "West Europe", date(2023, 5, 1),
    ("Multi-Factor Authentication",), ("Customer Key",),
)  # fmt: skip


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "tenant"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_example_is_read(tmp_path: Path) -> None:
    assert read_profile(written(tmp_path, EXAMPLE)) == WHOLE


def test_json_says_the_same(tmp_path: Path) -> None:
    text = '{"country": "Germany", "licences": {"Multi-Geo": 10}, "provisioned": "2023-05-01"}'
    assert read_profile(written(tmp_path, text)) == Profile(
        "Germany", licences=(Licence("Multi-Geo", 10.0),), provisioned=date(2023, 5, 1)
    )


def test_an_empty_list_of_add_ons_says_that_there_are_none(tmp_path: Path) -> None:
    assert read_profile(written(tmp_path, "add_ons = []")) == Profile(without=(EVERY_ADD_ON,))
    assert read_profile(written(tmp_path, "")) == Profile()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contry = 'Norway'", "contry"),
        ("country = 7", "no text"),
        ("add_ons = 7", "no list"),
        ("licences = 7", "no table"),
        ("licences = {A = 101}", "no percentage"),
        ("licences = {A = true}", "no percentage"),
        ("provisioned = 'soon'", "no date"),
        ("country = ", "neither TOML nor JSON"),
        ("{", "neither TOML nor JSON"),
        ('{"licences": {"A": ' + "1" * 5_000, "neither TOML nor JSON"),
        ("a = " + "1" * 5_000, "neither TOML nor JSON"),
        ('{"add_ons": ' + "[" * 90_000, "neither TOML nor JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"#" * 200_000, "more than a profile has"),
    ],
)
def test_a_bad_profile_is_named(tmp_path: Path, text: str | bytes, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ProfileError, match=told) as refused:
        read_profile(path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path / "nowhere")
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path)


def test_profiles_are_kept_by_name_and_owner(tmp_path: Path) -> None:
    kept = Profiles(tmp_path / "conversations.sqlite")
    kept.keep_named("ann", "north", WHOLE)
    kept.keep_named("ann", "east", Profile("Japan"))
    kept.keep_named("ben", "north", Profile("Chile"))
    assert kept.named("ann") == {"east": Profile("Japan"), "north": WHOLE}
    kept.keep_named("ann", "east", Profile("Norway"))
    assert kept.named("ann")["east"] == Profile("Norway")
    assert kept.remove_named("ann", "east")
    assert not kept.remove_named("ann", "east")
    assert list(kept.named("ann")) == ["north"]
    assert kept.named("ben") == {"north": Profile("Chile")}


@pytest.mark.parametrize("name", ["", " north", "x" * 81])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProfileError, match="no name"):
        Profiles(tmp_path / "conversations.sqlite").keep_named("ann", name, Profile("Japan"))


def test_profiles_of_before_are_read_and_written_as_before() -> None:
    old = '{"country": "Norway", "add_ons": ["ADR"], "agreement": "", "services": []}'
    profile = json_form(Profile).validate_json(old)
    assert profile == Profile("Norway", ("ADR",))
    assert list(profile.to_json()) == ["country", "add_ons", "agreement", "services"]
    assert repr(profile) == "Profile(country='Norway', add_ons=('ADR',), agreement='', services=())"
    assert json_form(Profile).validate_python(WHOLE.to_json()) == WHOLE


@pytest.mark.parametrize(
    ("said", "profile"),
    [
        ("buy Multi-Geo", Profile(add_ons=("Multi-Geo",))),
        ("buy the Multi-Geo for 10%", Profile(add_ons=("Multi-Geo",),
                                              licences=(Licence("Multi-Geo", 10.0),))),
        ("move to Japan", Profile("Japan")),
        ("move to Europe", Profile(region="Europe")),
        ("choose West Europe", Profile(region="West Europe")),
        ("sign Enterprise Agreement", Profile(agreement="Enterprise Agreement")),
        ("enable Tide Search", Profile(features=("Tide Search",))),
        ("disable Tide Search", Profile(without=("Tide Search",))),
        ("provisioned on 2024-05-01", Profile(provisioned=date(2024, 5, 1))),
    ],
)  # fmt: skip
def test_changes_in_words_make_another_profile(
    gazetteer: Gazetteer, said: str, profile: Profile
) -> None:
    assert changed_profile(Profile(), [said], gazetteer) == profile


def test_what_is_bought_is_no_longer_missing(gazetteer: Gazetteer) -> None:
    none = Profile(without=(EVERY_ADD_ON, "Tide"))
    bought = changed_profile(none, ["buy Multi-Geo", "drop Multi-Geo"], gazetteer)
    assert bought == Profile(without=("Tide", "Multi-Geo"))


@pytest.mark.parametrize(
    "said", ["", "hope for Multi-Geo", "move to Nowhereland", "provisioned on Monday", "buy "]
)
def test_a_change_that_is_none_is_refused(gazetteer: Gazetteer, said: str) -> None:
    with pytest.raises(ProfileError):
        changed_profile(Profile(), [said], gazetteer)


def test_the_difference_is_what_is_decided_otherwise(
    promises: Promises, index: IndexReader
) -> None:
    before = Profile("France", agreement="Enterprise Agreement", without=(EVERY_ADD_ON,))
    after = changed_profile(before, ["buy Anchor Vault for 100%"], index.gazetteer)
    first, second = (check(promises, one, index.gazetteer, TODAY) for one in (before, after))
    changed = [
        one for one in differences(first, second) if one.after.statement.document == "ledger"
    ]
    assert {(one.before.outcome, one.after.outcome) for one in changed if one.before} == {
        (Outcome.DOES_NOT, Outcome.HOLDS)
    }
    assert any("backups" in one.after.statement.value for one in changed)


def test_no_more_profiles_are_kept_than_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile_store, "_MOST_NAMED", 2)
    kept = Profiles(tmp_path / "conversations.sqlite")
    kept.keep_named("ann", "north", WHOLE)
    kept.keep_named("ann", "east", WHOLE)
    with pytest.raises(ProfileError, match=r"west: 2 profiles are kept.*Remove one"):
        kept.keep_named("ann", "west", WHOLE)
    kept.keep_named("ann", "east", Profile("Norway"))
    kept.keep_named("ben", "west", WHOLE)
    assert list(kept.named("ann")) == ["east", "north"]
    assert list(kept.named("ben")) == ["west"]
