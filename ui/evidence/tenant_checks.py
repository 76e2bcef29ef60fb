"""What holds for a tenant, as a pack of evidence shows it."""

from __future__ import annotations

from assistant.app import Assistant
from assistant.types import Profile
from ui.exports.check_files import CheckOfTenant
from ui.shared.check_rows import shown_check


def check_of_tenant(assistant: Assistant, name: str, profile: Profile) -> CheckOfTenant:
    """Return what holds for a tenant by the documents of today."""
    shown = shown_check(assistant, profile)
    return CheckOfTenant(name, profile, shown.rows, shown.checked.unknown, shown.checked.left_out)
