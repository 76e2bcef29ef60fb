"""The form of a profile: what is so for a tenant, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from assistant.errors import ProfileError
from assistant.tenant.profile_files import profile_of
from assistant.types import EVERY_ADD_ON, Profile
from ui.web.check_tab.check_view import Offered

AGREEMENTS = ("", "Enterprise", "Customer", "Partner")
_SHARE = re.compile(r"^(?P<name>.+) (?P<share>\d{1,9}(?:[.,]\d{1,9})?) ?%?$")
_MOST = 50
"""Names of one field."""
_LONGEST = 200
"""Characters of a name: a longer one is refused, not cut."""


class Fields(NamedTuple):
    """The values of the form, in the order of its components."""

    country: Any
    region: Any
    add_ons: Any
    none_bought: Any
    licences: Any
    agreement: Any
    services: Any
    features: Any
    without: Any
    provisioned: Any


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """The components of the form."""

    fields: Fields
    name: gr.Textbox
    keep: gr.Button
    forget: gr.Button


def profile_form() -> ProfileForm:
    """Lay the form out."""
    gr.Markdown(
        "What is left empty is not said. The standing profile also holds for every question that "
        "you ask; a named one is for checks alone."
    )
    with gr.Row():
        country = _line("Sign-up country of the tenant", "Norway", "profile-country")
        region = _line("Region chosen for the data", "West Europe")
        agreement = gr.Dropdown([""], value="", label="Agreement", min_width=140)
        provisioned = _line("Provisioned on", "2023-05-01")
    with gr.Row():
        add_ons = _several("Add-ons that were bought")
        services = _several("Services used; others are left out")
    none_bought = gr.Checkbox(label="No add-on was bought", value=False)
    with gr.Accordion("Licences, features and what is not there", open=False):
        licences = gr.Textbox(
            label="Licences with their share of the users, one a line", lines=2,
            placeholder="Multi-Geo 10%",
        )  # fmt: skip
        with gr.Row():
            features = _several("Features that are on")
            without = _several("Not bought, or off")
    with gr.Row(elem_id="check-keeping"):
        name = gr.Textbox(
            label="Name; leave it empty for the standing profile", max_lines=1, min_width=200,
            placeholder="Tenant North",
        )  # fmt: skip
        keep = gr.Button("Keep profile", variant="primary", min_width=120, elem_id="profile-keep")
        forget = gr.Button("Clear", min_width=120, elem_id="profile-clear")
    fields = Fields(
        country, region, add_ons, none_bought, licences, agreement, services, features, without,
        provisioned,
    )  # fmt: skip
    return ProfileForm(fields, name, keep, forget)


def read_form(values: Iterable[Any]) -> Profile:
    """Return the profile that the form says; raise ProfileError for what cannot be read."""
    said = Fields(*values)
    without = _names(said.without) + ([EVERY_ADD_ON] if said.none_bought else [])
    add_ons = _names(said.add_ons)
    if add_ons and said.none_bought:
        raise ProfileError(
            f"{add_ons[0]}: is named as bought, and no add-on was bought. Take one of the two away"
        )
    plain: dict[str, object] = {
        "country": said.country or "",
        "region": said.region or "",
        "agreement": said.agreement or "",
        "services": _names(said.services),
        "features": _names(said.features),
        "without": without,
        "licences": dict(_licence(line) for line in _lines(said.licences)),
        "provisioned": (said.provisioned or "").strip(),
    }
    if add_ons:
        plain["add_ons"] = add_ons
    return profile_of(plain, "Profile")


def form_values(profile: Profile) -> Fields:
    """Return what the form shows of a profile."""
    licences = (
        one.name if one.share is None else f"{one.name} {one.share:g}%" for one in profile.licences
    )
    without = [one for one in profile.without if one != EVERY_ADD_ON]
    return Fields(
        profile.country, profile.region, list(profile.add_ons),
        EVERY_ADD_ON in profile.without, "\n".join(licences), profile.agreement,
        list(profile.services), list(profile.features), without,
        profile.provisioned.isoformat() if profile.provisioned else "",
    )  # fmt: skip


def form_updates(profile: Profile, offered: Offered) -> list[Any]:
    """Return what a profile and the documents make of the form's components, in their order."""
    values = form_values(profile)
    return [
        value if choice is None else gr.Dropdown(choices=_with(choice, value), value=value)
        for value, choice in zip(values, _choices(offered), strict=True)
    ]


def form_choices(offered: Offered) -> list[Any]:
    """Return what the documents offer to choose in the form; what stands in it stays."""
    return [
        gr.skip() if choice is None else gr.Dropdown(choices=_with(choice, None))
        for choice in _choices(offered)
    ]


def _choices(offered: Offered) -> Fields:
    agreements = (*AGREEMENTS, *offered.agreements)
    return Fields(
        None, None, offered.add_ons, None, None, agreements,
        offered.services, offered.features, (*offered.add_ons, *offered.features), None,
    )  # fmt: skip


def _with(choices: Iterable[str], value: str | list[str] | None) -> list[str]:
    named = value if isinstance(value, list) else [value] if value else []
    return list(dict.fromkeys((*choices, *named)))


def _line(label: str, example: str, elem_id: str | None = None) -> gr.Textbox:
    # A drop-down that takes words of one's own too stays open when it is left by Tab.
    return gr.Textbox(label=label, placeholder=example, max_lines=1, min_width=140, elem_id=elem_id)


def _several(label: str) -> gr.Dropdown:
    return gr.Dropdown(
        [], value=[], label=label, multiselect=True, allow_custom_value=True, min_width=240
    )


def _names(value: Any) -> list[str]:
    return [_bounded(str(one)) for one in value or ()][:_MOST]


def _lines(text: str | None) -> list[str]:
    return [_bounded(line.strip()) for line in (text or "").splitlines() if line.strip()][:_MOST]


def _bounded(name: str) -> str:
    if len(name) > _LONGEST:
        raise ProfileError(
            f"{name[:40]} …: has {len(name):,} characters. Give a name of {_LONGEST} at most"
        )
    return name


def _licence(line: str) -> tuple[str, float]:
    match = _SHARE.match(" ".join(line.split()))
    if match is None:
        raise ProfileError(
            f"{line}: no licence with its share of the users. Write it like: Multi-Geo 10%"
        )
    return match["name"], float(match["share"].replace(",", "."))
