"""The queue of approved answers that a person has to decide on, beside what is said today."""

from __future__ import annotations

import datetime as dt

import gradio as gr

from assistant.errors import AssistantError
from assistant.library.approving import body
from assistant.library.review import beside, waiting
from ui.errors import UiError
from ui.web.html import trouble
from ui.web.questionnaire_tab import review_view as view
from ui.web.questionnaire_tab.tab import approver_of
from ui.web.site import Site, owner_of


def build(site: Site) -> None:
    """Lay the queue out, folded; it is made when somebody asks for it."""
    with gr.Accordion("Approved answers to decide on", open=False):
        with gr.Row():
            show = gr.Button("Show what is void or contradicts")
            page = gr.Number(1, label="Page of the queue", precision=0, minimum=1)
        queue = gr.HTML(padding=True)

    def shown(number: float, request: gr.Request) -> str:
        try:
            approver_of(site, owner_of(request))
            return queue_page(site, int(number or 1))
        except (AssistantError, UiError) as error:
            return trouble(str(error))

    for event in (show.click, page.input):
        event(shown, [page], [queue], api_visibility="private")


def queue_page(site: Site, number: int) -> str:
    """Return a page of the queue; today's answers are made for what stands on it alone."""
    assistant = site.assistant
    with assistant.reading() as index:
        every = waiting(assistant.library, index, dt.date.today())
    start = (max(number, 1) - 1) * view.ON_PAGE
    compared = [
        beside(
            one, lambda entry: assistant.ask(entry.question, clarify=False, use_library=False), body
        )
        for one in every[start : start + view.ON_PAGE]
    ]
    return view.queue(compared, len(every), number)
