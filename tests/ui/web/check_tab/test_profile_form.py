"""What stands in the fields of a profile, within bounds."""

from __future__ import annotations

import pytest

from assistant.errors import ProfileError
from ui.web.check_tab.profile_form import _licence, _lines


def test_licences_are_read_with_their_shares() -> None:
    assert _licence("Multi-Geo   10,5 %") == ("Multi-Geo", 10.5)
    assert _licence("Plan 2 100%") == ("Plan 2", 100.0)
    with pytest.raises(ProfileError, match="no licence with its share"):
        _licence("Multi-Geo")


def test_a_name_without_end_is_refused_and_not_read() -> None:
    with pytest.raises(ProfileError, match="has 201 characters"):
        _lines(f"Multi-Geo\n{'x' * 201}")
