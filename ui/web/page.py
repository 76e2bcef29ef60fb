"""What Gradio lays out of the page: facts, places, checks, comparisons, questionnaires, documents.

The conversation is not its: `ui/web/opening.py` says why.
"""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from ui.errors import UiError
from ui.shared.telling.without_paths import told
from ui.web import documents_tab
from ui.web.ask_tab import answering
from ui.web.changes_tab import changes_components
from ui.web.check_tab import check_components
from ui.web.compare_tab import sides_components
from ui.web.facts_tab import facts_components
from ui.web.first_values import FirstValues
from ui.web.opening import TABS, TITLE
from ui.web.places_tab import places_components
from ui.web.questionnaire_tab import questionnaire_events
from ui.web.site import Site, owner_of

_DOWNLOADS_S = 3600
"""After how long a file that was downloaded is deleted here, and how often that is looked at."""


def build_page(site: Site) -> Any:
    """Return the page as a `gradio.Blocks`."""
    with gr.Blocks(
        title=TITLE,
        analytics_enabled=False,
        delete_cache=(_DOWNLOADS_S, _DOWNLOADS_S),
    ) as page:
        at_first = FirstValues(lambda: site.assistant.index_id)
        with gr.Tabs(elem_id=TABS):
            with gr.Tab("Facts", id="facts") as facts:
                facts_components.build(site, facts, at_first)
            with gr.Tab("Places", id="places") as places:
                places_components.build(site, places, at_first)
            with gr.Tab("Check", id="check"):
                check_components.build(site)
            with gr.Tab("Compare", id="compare") as compare:
                sides_components.build(site, compare, at_first)
            with gr.Tab("Changes", id="changes"):
                changes_components.build(site, at_first)
            with gr.Tab("Questionnaire", id="questionnaire"):
                questionnaire_events.build(site, at_first, site.assistant.profile)
            with gr.Tab("Documents", id="documents"):
                documents_tab.build(site, at_first)
        at_first.load(page)
        _for_programs(site)
    return page


def _for_programs(site: Site) -> None:
    """Offer what the page does to programs that speak to Gradio."""

    def ask(question: str, thread: str, request: gr.Request) -> dict[str, Any]:
        """Answer a question with citations; with a thread it leans on what was asked before."""
        try:
            return answering.whole_answer(site, question, thread, owner_of(request)).to_json()
        except (AssistantError, UiError) as error:
            raise gr.Error(told(str(error))) from error

    gr.api(ask, api_name="ask", concurrency_limit=None)
