"""The tab of the standing profile: what holds for the asker's tenant in every question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import gradio as gr

from assistant.errors import AssistantError
from assistant.types import Profile
from assistant.understanding.services import services
from ui.web.ask_tab.start_html import profile_line
from ui.web.html import notice, trouble
from ui.web.site import Site, owner_of

AGREEMENTS = ("", "Enterprise", "Customer", "Partner")
_MOST_ADD_ONS = 20


def profile_from(
    country: str, add_ons: str, agreement: str, chosen: Iterable[str] | None
) -> Profile:
    """Return the profile that a form holds; add-ons are written one a line."""
    names = [line.strip() for line in (add_ons or "").splitlines() if line.strip()]
    return Profile(
        (country or "").strip(), tuple(names[:_MOST_ADD_ONS]), agreement or "", tuple(chosen or ())
    )


def build(site: Site, page: gr.Blocks) -> None:
    """Lay the tab out."""
    changed = gr.HTML(elem_id="profile-in-force")
    gr.Markdown("What is set here holds for every question that you ask, until you change it.")
    country = gr.Textbox(
        label="Sign-up country of the tenant",
        placeholder="for example Norway",
        max_lines=1,
        elem_id="profile-country",
    )
    add_ons = gr.Textbox(
        label="Add-ons that were bought, one a line",
        lines=3,
        placeholder="for example Advanced Data Residency",
    )
    agreement = gr.Dropdown(list(AGREEMENTS), value="", label="Agreement")
    chosen = gr.CheckboxGroup(
        [service.name for service in services()],
        label="Services that are meant where a question names none",
    )
    with gr.Row():
        keep = gr.Button("Keep profile", variant="primary", elem_id="profile-keep")
        forget = gr.Button("Clear", elem_id="profile-clear")
    said = gr.HTML(elem_id="profile-said")
    fields = [country, add_ons, agreement, chosen]

    def kept(profile: Profile, owner: str) -> tuple[str, str]:
        try:
            site.assistant.keep_profile(owner, profile)
        except AssistantError as error:
            return trouble(str(error)), in_force(site, owner)
        return notice("Kept; it holds from the next question on."), in_force(site, owner)

    def on_keep(
        country: str, add_ons: str, agreement: str, chosen: list[str], request: gr.Request
    ) -> tuple[str, str]:
        owner = owner_of(request)
        said = profile_from(country, add_ons, agreement, chosen)
        # What the form does not ask for stays as it is.
        known = site.assistant.profile(owner) or Profile()
        whole = replace(
            known, country=said.country, add_ons=said.add_ons, agreement=said.agreement,
            services=said.services,
        )  # fmt: skip
        return kept(whole, owner)

    def on_clear(request: gr.Request) -> tuple[str, str, str, str, str, list[str]]:
        return *kept(Profile(), owner_of(request)), "", "", "", []

    def on_load(request: gr.Request) -> tuple[str, str, str, list[str], str]:
        owner = owner_of(request)
        known = site.assistant.profile(owner) or Profile()
        lines = "\n".join(known.add_ons)
        return known.country, lines, known.agreement, list(known.services), in_force(site, owner)

    keep.click(on_keep, fields, [said, changed], api_visibility="private")
    forget.click(
        on_clear, None, [said, changed, country, add_ons, agreement, chosen],
        api_visibility="private",
    )  # fmt: skip
    page.load(on_load, None, [*fields, changed], api_visibility="private")


def in_force(site: Site, owner: str) -> str:
    """Return the profile that is applied to an owner's questions, as a notice."""
    line = profile_line(site.assistant.profile(owner))
    return notice(f"Profile in force: {line}") if line else ""
