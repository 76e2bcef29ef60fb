"""What hands over evidence of a conversation or a questionnaire, with a tenant's check or not."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from ui.evidence.pack_files import PackForm
from ui.web.html import attribute, escaped


def evidence_links(key: str, value: str, profiles: Sequence[str] = ()) -> str:
    """Return links for the forms that there are; a choice of kept profiles where there are any.

    `key` and `value` say whose evidence it is: `thread` or `job`, and its id.
    """
    links = " ".join(
        f'<a class="tool" download href="evidence?{_query(key, value, form)}">'
        f"{form.value.upper()}</a>"
        for form in PackForm
    )
    return f"<p>Evidence to hand over: {links}</p>{_with_check(key, value, profiles)}"


def _query(key: str, value: str, form: PackForm) -> str:
    return attribute(urlencode({key: value, "format": form.value}))


def _with_check(key: str, value: str, profiles: Sequence[str]) -> str:
    """Return the form that adds what holds for a tenant; nothing where no profile is kept."""
    if not profiles:
        return ""
    options = "".join(
        f'<option value="{attribute(name)}">{escaped(name)}</option>' for name in profiles
    )
    buttons = " ".join(
        f'<button type="submit" class="tool" name="format" value="{form.value}">'
        f"{form.value.upper()}</button>"
        for form in PackForm
    )
    return (
        f'<form class="evidence" action="evidence" method="get">'
        f'<input type="hidden" name="{key}" value="{attribute(value)}">'
        f'<label>With what holds for <select name="check">{options}</select></label> '
        f"{buttons}</form>"
    )
