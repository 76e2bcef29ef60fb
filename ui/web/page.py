"""The page: a conversation beside its sources, facts, places, questionnaires, documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from ui.errors import UiError
from ui.web import documents_tab, html, profile_tab
from ui.web.ask_tab import answering, chat, history_drawer
from ui.web.facts_tab import facts_components
from ui.web.places_tab import places_components
from ui.web.questionnaire_tab import questionnaire_events
from ui.web.site import Site, owner_of

TITLE = "Residency Assistant"
_LOG_OUT = ' <a class="log-out" href="logout">Log out</a>'
_DOWNLOADS_S = 3600
"""After how long a file that was downloaded is deleted here, and how often that is looked at."""
_HERE = Path(__file__).parent


def style() -> str:
    """Return the style sheets of all parts of the page."""
    sheets = sorted((_HERE / "style").glob("*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def head() -> str:
    """Return what the page's head needs: its scripts."""
    scripts = sorted((_HERE / "assets").glob("*.js"))
    return "".join(f"<script>{one.read_text(encoding='utf-8')}</script>" for one in scripts)


def build_page(site: Site) -> Any:
    """Return the page as a `gradio.Blocks`."""
    with gr.Blocks(
        title=TITLE,
        analytics_enabled=False,
        fill_height=True,
        delete_cache=(_DOWNLOADS_S, _DOWNLOADS_S),
    ) as page:
        gr.HTML(
            f"<h1>{TITLE}</h1><p>Answers from the indexed documents alone, with the sentence "
            f"that says so.{_LOG_OUT if site.has_login else ''}</p>"
        )
        in_force = gr.HTML(elem_id="profile-in-force", render=False)
        with gr.Tabs():
            with gr.Tab("Ask"):
                chat.build(page, in_force)
                gr.HTML(lambda: html.indexed_notice(site.assistant.documents))
                gr.HTML(lambda: html.files_notice(site.assistant.files))
            with gr.Tab("Facts"):
                facts_components.build(site)
            with gr.Tab("Places"):
                places_components.build(site)
            with gr.Tab("Questionnaire"):
                questionnaire_events.build(site, page, site.assistant.profile)
            with gr.Tab("Profile"):
                profile_tab.build(site, page, in_force)
            with gr.Tab("Documents"):
                documents_tab.build(site, page)
        with gr.Sidebar(open=False, label="Conversations"):
            gr.HTML("<h2>Conversations</h2>")
            history_drawer.build()
        _for_programs(site)
    return page


def _for_programs(site: Site) -> None:
    """Offer what the page does to programs that speak to Gradio."""

    def ask(question: str, thread: str, request: gr.Request) -> dict[str, Any]:
        """Answer a question with citations; with a thread it leans on what was asked before."""
        try:
            return answering.whole_answer(site, question, thread, owner_of(request)).to_json()
        except (AssistantError, UiError) as error:
            raise gr.Error(str(error)) from error

    gr.api(ask, api_name="ask", concurrency_limit=None)
