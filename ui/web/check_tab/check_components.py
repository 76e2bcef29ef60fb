"""The tab of tenants: whom to check, what would change, filters, a table, and downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from assistant.errors import AssistantError
from assistant.tenant.types import Fact, Outcome
from assistant.types import Profile
from ui.exports.check_files import CheckForm, check_file
from ui.shared.telling.without_paths import told
from ui.web.ask_tab.start_html import profile_line
from ui.web.check_tab.check_grid import Shown, check_table, summary
from ui.web.check_tab.check_view import (
    JUDGE,
    STANDING,
    CheckFilters,
    CheckView,
    Found,
    Together,
    Wanted,
    filtered,
    leaves,
)
from ui.web.check_tab.profile_form import (
    ProfileForm,
    form_choices,
    form_updates,
    form_values,
    profile_form,
    read_form,
)
from ui.web.choice_list import choice_list
from ui.web.downloads import Downloads
from ui.web.html import escaped, notice, trouble
from ui.web.paged_table import OPENED, PRESS, fetching, pressed, with_counts
from ui.web.site import Site, owner_of

_NOBODY = "Nobody"
"""Stands for no second profile."""
_FILE = "check-file"
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_TOGETHER = {Together.SERVICE: "Service", Together.DATA: "Kind of data"}
_FACTS = (*(one.value for one in Fact if one is not Fact.NONE), JUDGE)


class _Asking(NamedTuple):
    """What is checked, and which of it is shown: values of the components, in their order."""

    profile: Any
    beside: Any
    changes: Any
    together: Any
    outcome: Any
    service: Any
    data: Any
    fact: Any
    words: Any
    every: Any

    def wanted(self, owner: str) -> Wanted:
        """Return what is checked."""
        beside = str(self.beside or _NOBODY)
        return Wanted(
            owner,
            _name(self.profile),
            None if beside == _NOBODY else _name(beside),
            tuple(str(one) for one in self.changes or ()),
        )

    def filters(self) -> CheckFilters:
        """Return which statements are shown."""
        return CheckFilters(
            str(self.outcome or ""), str(self.service or ""), str(self.data or ""),
            str(self.fact or ""), str(self.words or ""), bool(self.every),
        )  # fmt: skip

    def grouping(self) -> Together:
        """Return what statements are shown together by."""
        return Together(self.together) if self.together in set(Together) else Together.SERVICE


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab that events read and write."""

    asking: _Asking
    form: ProfileForm
    in_force: gr.HTML
    said: gr.HTML
    summary: gr.HTML
    grid: gr.HTML
    page: gr.State

    @property
    def shown(self) -> list[Any]:
        """Return what a check fills, in the order of `_drawn`."""
        asking = self.asking
        filters = (asking.outcome, asking.service, asking.data, asking.fact)
        return [self.summary, self.grid, self.page, *filters]


def build(site: Site) -> None:
    """Lay the tab out and wire it; call it inside a tab."""
    parts = _laid_out()
    view, downloads = CheckView(site.assistant), Downloads()
    with gr.Row(elem_id="check-downloads"):
        buttons = {
            form: gr.Button(f"Download {form.value.upper()}", size="sm", min_width=120)
            for form in CheckForm
        }
    file = gr.DownloadButton("File", visible="hidden", elem_id=_FILE)
    _wire_checks(view, parts)
    _wire_profiles(view, parts)

    def write(form: CheckForm, owner: str, values: tuple[Any, ...]) -> str:
        asking = _Asking(*values)
        try:
            checks = view.files(asking.wanted(owner), asking.filters())
        except AssistantError as error:
            raise gr.Error(escaped(told(str(error))), print_exception=False) from error
        return str(downloads.file(f"check.{form.value}", check_file(checks, form)))

    for form, button in buttons.items():

        def written(request: gr.Request, *values: Any, form: CheckForm = form) -> str:
            return write(form, owner_of(request), values)

        button.click(written, [*parts.asking], file, **_QUIET).success(
            None, None, None, js=fetching(_FILE), api_visibility="private"
        )


def _laid_out() -> _Parts:
    in_force = gr.HTML(elem_id="profile-in-force")
    with gr.Row(elem_id="check-asking"):
        profile = gr.Dropdown([STANDING], value=STANDING, label="Profile", min_width=140)
        beside = gr.Dropdown(
            [_NOBODY, STANDING], value=_NOBODY, label="Side by side with", min_width=140
        )
        changes = gr.Dropdown(
            [], value=[], label="What if: shows only what changes", multiselect=True,
            allow_custom_value=True, min_width=260, elem_id="check-changes",
        )  # fmt: skip
        together = gr.Radio(
            [(words, one.value) for one, words in _TOGETHER.items()],
            value=Together.SERVICE.value, label="Together by", min_width=240,
        )  # fmt: skip
    with gr.Accordion("Make or change a profile", open=False, elem_id="check-profile"):
        form = profile_form()
        said = gr.HTML(elem_id="profile-said")
    told = gr.HTML(elem_id="check-summary", js_on_load=PRESS)
    with gr.Row(elem_id="check-filters"):
        outcome, service, data, fact = (
            choice_list(value=None, label=label, min_width=150)
            for label in ("Outcome", "Service", "Kind of data", "Decided by")
        )
        words = gr.Textbox(label="Words", placeholder="in the statement", min_width=150)
    every = gr.Checkbox(
        label="Also what ends alike for both", value=False, elem_id="check-every", visible=False
    )
    grid = gr.HTML(elem_id="check-grid", js_on_load=PRESS)
    asking = _Asking(profile, beside, changes, together, outcome, service, data, fact, words, every)
    return _Parts(asking, form, in_force, said, told, grid, gr.State(1))


def _wire_checks(view: CheckView, parts: _Parts) -> None:
    asking = parts.asking

    def checked(request: gr.Request, *values: Any) -> list[Any]:
        return _drawn(view, _Asking(*values), owner_of(request))

    def turned(event: gr.EventData, request: gr.Request, *values: Any) -> list[Any]:
        number = pressed(event._data).page
        if not number:
            return [gr.skip(), gr.skip()]
        asking = _Asking(*values)
        try:
            found = view.found(asking.wanted(owner_of(request)))
        except AssistantError as error:
            return [trouble(str(error)), 1]
        return [_table(found, asking, number), number]

    def chosen(event: gr.EventData) -> list[Any]:
        return _chosen(pressed(event._data).choose)

    def is_pair(beside: Any) -> Any:
        return gr.Checkbox(visible=beside not in (None, _NOBODY))

    asking.beside.input(is_pair, asking.beside, asking.every, **_QUIET)
    changes = [
        one.input if isinstance(one, gr.Checkbox | gr.Radio) else one.change for one in asking
    ]
    gr.on(changes, checked, [*asking], parts.shown, trigger_mode="always_last", **_QUIET)
    parts.grid.click(turned, [*asking], [parts.grid, parts.page], **_QUIET)
    parts.summary.click(
        chosen, None, [asking.outcome, asking.service, asking.data, asking.fact], **_QUIET
    )


def _wire_profiles(view: CheckView, parts: _Parts) -> None:
    asking, form = parts.asking, parts.form
    filled = [*form.fields, form.name]

    def opened(event: gr.EventData, request: gr.Request, *values: Any) -> list[Any]:
        if pressed(event._data).choose != OPENED:
            return [gr.skip() for _ in range(len(everything))]
        owner = owner_of(request)
        return [
            *_listed(view, owner, _Asking(*values)), *_first_filled(view, owner, _Asking(*values)),
            _in_force(view, owner), *_drawn(view, _Asking(*values), owner),
        ]  # fmt: skip

    def shown(profile: Any, request: gr.Request) -> list[Any]:
        return _filled(view, owner_of(request), _Asking(profile, *[None] * 9))

    def changed(said: str, name: str, request: gr.Request, values: _Asking) -> list[Any]:
        owner = owner_of(request)
        now = values._replace(profile=name or STANDING)
        return [said, *_listed(view, owner, now), *_filled(view, owner, now),
                _in_force(view, owner), *_drawn(view, now, owner)]  # fmt: skip

    def on_keep(request: gr.Request, *values: Any) -> list[Any]:
        asked, name = _Asking(*values[:10]), str(values[10] or "").strip()
        try:
            view.keep(owner_of(request), name, read_form(values[11:]))
        except AssistantError as error:
            return [trouble(str(error)), *(gr.skip() for _ in everything)]
        told = f"{name}: kept." if name else "Kept; it holds from the next question on."
        return changed(notice(told), name, request, asked)

    def on_forget(request: gr.Request, *values: Any) -> list[Any]:
        asked = _Asking(*values)
        name = _name(asked.profile)
        try:
            view.forget(owner_of(request), name)
        except AssistantError as error:
            return [trouble(str(error)), *(gr.skip() for _ in everything)]
        return changed(notice(f"{name or STANDING}: cleared."), "", request, asked)

    everything = [
        asking.profile, asking.beside, asking.changes, *filled, form.forget, parts.in_force,
        *parts.shown,
    ]  # fmt: skip
    parts.grid.click(opened, [*asking], everything, **_QUIET)
    asking.profile.input(shown, asking.profile, [*filled, form.forget], **_QUIET)
    form.keep.click(
        on_keep, [*asking, form.name, *form.fields], [parts.said, *everything], **_QUIET
    )
    form.forget.click(on_forget, [*asking], [parts.said, *everything], **_QUIET)


def _name(profile: Any) -> str:
    return "" if profile in (None, STANDING) else str(profile)


def _listed(view: CheckView, owner: str, asking: _Asking) -> list[Any]:
    """Return the profiles to choose from, and what can be changed."""
    names = [STANDING, *view.names(owner)]
    chosen = asking.profile if asking.profile in names else STANDING
    beside = asking.beside if asking.beside in names else _NOBODY
    kept = [str(one) for one in asking.changes or ()]
    offered = list(dict.fromkeys((*view.offered().changes, *kept)))
    return [
        gr.Dropdown(choices=names, value=chosen),
        gr.Dropdown(choices=[_NOBODY, *names], value=beside),
        gr.Dropdown(choices=offered, value=kept),
    ]


def _shown_profile(view: CheckView, owner: str, asking: _Asking) -> tuple[Profile, str]:
    """Return the profile that is chosen, and its name."""
    name = _name(asking.profile)
    try:
        return view.profile(owner, name), name
    except AssistantError:
        # The check itself says that there is no such profile.
        return Profile(), ""


def _filled(view: CheckView, owner: str, asking: _Asking) -> list[Any]:
    """Return the form with the profile that is chosen."""
    profile, name = _shown_profile(view, owner, asking)
    forget = gr.Button(f"Remove {name}" if name else "Clear")
    return [*form_updates(profile, view.offered()), name, forget]


def _first_filled(view: CheckView, owner: str, asking: _Asking) -> list[Any]:
    """Return the form as it opens.

    An empty one is left as it stands: Gradio empties it as late as it is unfolded, when a visitor
    may have begun to write.
    """
    profile, name = _shown_profile(view, owner, asking)
    if name or any(form_values(profile)):
        return _filled(view, owner, asking)
    return [*form_choices(view.offered()), gr.skip(), gr.Button("Clear")]


def _in_force(view: CheckView, owner: str) -> str:
    line = profile_line(view.profile(owner, ""))
    return notice(f"Profile in force: {line}") if line else ""


def _drawn(view: CheckView, asking: _Asking, owner: str) -> list[Any]:
    """Return overview, table, its page, and the filters with what each choice leaves."""
    wanted = asking.wanted(owner)
    try:
        found = view.found(wanted)
        profile = view.profile(owner, wanted.profile)
    except AssistantError as error:
        return [trouble(str(error)), "", 1, *(gr.skip() for _ in range(4))]
    counts = leaves(found, asking.filters())
    choices = {
        "outcome": tuple(one.value for one in Outcome), "service": (), "data": (), "fact": _FACTS,
    }  # fmt: skip
    dropdowns = [
        gr.Dropdown(choices=with_counts(named or sorted(counts[name]), counts[name]))
        for name, named in choices.items()
    ]
    told = summary(found, asking.grouping(), profile)
    return [told, _table(found, asking, 1), 1, *dropdowns]


def _table(found: Found, asking: _Asking, number: int) -> str:
    return check_table(found, Shown(filtered(found, asking.filters()), asking.grouping(), number))


def _chosen(choose: str) -> list[Any]:
    """Return the filters that a number of the overview stands for; what is none changes nothing."""
    first, _, rest = choose.partition("|")
    if first == "fact" and rest in _FACTS:
        return [Outcome.NOT_KNOWN.value, None, None, rest]
    way, _, name = rest.partition("|")
    if first not in set(Outcome) or way not in set(Together):
        return [gr.skip() for _ in range(4)]
    is_service = way == Together.SERVICE
    return [first, name if is_service else None, None if is_service else name, None]
