"""The tab of places: services by geographies, the map of the world, and what is behind both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.web.choice_list import choice_list
from ui.web.first_values import FirstValues
from ui.web.places_tab.places_view import Choice, PlacesView, Side
from ui.web.site import Site

_ALL_SERVICES = "All services"
_ALL_DATA = "All data"
_DETAIL = "places-detail"
_CHOOSE = """
element.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-country], [data-geography], [data-group]');
  if (!chosen) return;
  const { country = '', service = '', geography = '', group = '' } = chosen.dataset;
  trigger('click', { country, service, geography, group });
});
"""
_SHOW = f"""() => {{
  const title = document.querySelector('#{_DETAIL} h3');
  if (!title) return;
  title.focus({{ preventScroll: true }});
  title.scrollIntoView({{ block: 'start' }});
}}"""
_VIEWS = {"map": "Map", "matrix": "Services by place", "compare": "Two side by side"}
_TURN = "(name) => { document.getElementById('gradio-part').dataset.places = name; }"
"""Shows one of them at a time; the sheet of the tab hides the others."""
_HINT = (
    "What the documents say happens to data in a place. Each statement opens its passage. "
    "A place that is grey is not spoken of: that says nothing about it. Where a customer or a "
    "company sits is not shown."
)


def build(site: Site, tab: gr.Tab, at_first: FirstValues) -> None:
    """Lay the tab out and wire it; call it inside the tab."""
    view = PlacesView(site.assistant)
    gr.Markdown(_HINT)
    with gr.Row():
        service = choice_list(
            [_ALL_SERVICES, *view.services()], value=_ALL_SERVICES, label="Service"
        )
        data = choice_list([_ALL_DATA, *view.data()], value=_ALL_DATA, label="Kind of data")
        country = choice_list(view.countries(), value=None, label="Country")
    looked = gr.Radio(
        [(words, name) for name, words in _VIEWS.items()], value="map", label="Shown",
        elem_id="places-shown",
    )  # fmt: skip
    world = gr.HTML(js_on_load=_CHOOSE, elem_id="places-world")
    grid = gr.HTML(js_on_load=_CHOOSE, elem_id="places-matrix")
    with gr.Column(elem_id="places-compare"):
        side = gr.Radio(
            [(one.value.capitalize(), one.value) for one in Side], value=Side.SERVICES.value,
            label="Compare",
        )  # fmt: skip
        with gr.Row():
            names = list(view.services())
            first, second = (
                choice_list(names, value=None, label=label) for label in ("First", "Second")
            )
        compared = gr.HTML(elem_id="places-compared")
    detail = gr.HTML(elem_id=_DETAIL)
    chosen, shown = [service, data, country], [grid, world, detail]

    def drawn(service: str | None, data: str | None, country: str | None) -> list[str]:
        choice = _choice(service, data)
        facts = view.country(choice, country or "")
        return [view.matrix(choice), view.world(choice, country or ""), facts]

    def looked_at(service: str | None, data: str | None, country: str | None) -> list[str]:
        return drawn(service, data, country)[1:]

    def sides(side: str) -> list[Any]:
        offered = list(view.places() if side == Side.PLACES else view.services())
        return [*(gr.Dropdown(choices=offered, value=None) for _ in range(2)), ""]

    def beside(
        side: str, first: str | None, second: str | None, data: str | None, country: str | None
    ) -> str:
        known = Side(side) if side in set(Side) else Side.SERVICES
        choice = _choice(None, data)
        return view.compared(choice, known, first or "", second or "", country or "")

    def clicked(service: str | None, data: str | None, event: gr.EventData) -> list[Any]:
        choice, pressed = _choice(service, data), _pressed(event)
        if pressed.geography:
            cell = view.cell(choice, pressed.service, pressed.geography)
            return [None, view.world(choice), cell]
        if pressed.group:
            return [None, view.world(choice), view.group(choice, pressed.group)]
        facts = view.country(choice, pressed.country)
        if not facts:
            return [gr.skip(), gr.skip(), gr.skip()]
        return [pressed.country, view.world(choice, pressed.country), facts]

    build_shown = gr.State(site.assistant.index_id)

    def renewed(before: str, side: str, *chosen: str | None) -> list[Any]:
        now = site.assistant.index_id
        if now == before:
            return [gr.skip() for _ in (*offers, *shown, build_shown)]
        sides = list(view.places() if side == Side.PLACES else view.services())
        both = (gr.Dropdown(choices=sides) for _ in range(2))
        return [*_offered(view), *both, *drawn(*chosen), now]

    offers = [service, data, first, second]
    looked.change(None, looked, None, js=_TURN, api_visibility="private")
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    at_first.fill_for_all([service, data], lambda: _offered(view))
    at_first.fill_for_all(shown, lambda: drawn(None, None, None))
    gr.on([service.input, data.input], drawn, chosen, shown, **quiet)
    # Documents may have been added, in this part of the page or elsewhere, since it was drawn.
    tab.select(renewed, [build_shown, side, *chosen], [*offers, *shown, build_shown], **quiet)
    side.input(sides, side, [first, second, compared], **quiet)
    gr.on(
        [first.input, second.input, data.input, country.input], beside,
        [side, first, second, data, country], compared, **quiet,
    )  # fmt: skip
    for pressed in (
        country.input(looked_at, chosen, [world, detail], **quiet),
        grid.click(clicked, [service, data], [country, world, detail], **quiet),
        world.click(clicked, [service, data], [country, world, detail], **quiet),
    ):
        pressed.then(None, None, None, js=_SHOW, api_visibility="private")


def _offered(view: PlacesView) -> list[Any]:
    """Return the dropdowns of services and of data, with what there is to choose."""
    return [
        gr.Dropdown(choices=[_ALL_SERVICES, *view.services()]),
        gr.Dropdown(choices=[_ALL_DATA, *view.data()]),
    ]


@dataclass(frozen=True, slots=True)
class _Pressed:
    """What was pressed on the map or in a table; any of it may be made up."""

    country: str
    service: str
    geography: str
    group: str


def _pressed(event: gr.EventData) -> _Pressed:
    said = event._data if isinstance(event._data, dict) else {}
    names = ("country", "service", "geography", "group")
    return _Pressed(*(str(said.get(name) or "") for name in names))


def _choice(service: str | None, data: str | None) -> Choice:
    return Choice(
        "" if service in (None, _ALL_SERVICES) else str(service),
        "" if data in (None, _ALL_DATA) else str(data),
    )
