"""The page: a conversation beside its sources, facts, places, questionnaires, documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from ui.errors import UiError
from ui.web import documents_tab, html, profile_tab
from ui.web.ask_tab import chat, history_drawer
from ui.web.ask_tab.chat import ChatParts
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
    """Return what the page's head needs: its script, and that it fits small screens."""
    script = (_HERE / "assets" / "page.js").read_text(encoding="utf-8")
    return f"<script>{script}</script>"


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
                parts = chat.build(site, in_force)
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
            history_drawer.build(site, page, parts)
        _for_programs(site, page, parts)
    return page


def _for_programs(site: Site, page: gr.Blocks, parts: ChatParts) -> None:
    """Offer what the page does to programs, and open the conversation that an address names."""

    def ask(question: str, thread: str, request: gr.Request) -> dict[str, Any]:
        """Answer a question with citations; with a thread it leans on what was asked before."""
        try:
            return chat.whole_answer(site, question, thread, owner_of(request)).to_json()
        except (AssistantError, UiError) as error:
            raise gr.Error(str(error)) from error

    def open_named(request: gr.Request) -> tuple[object, object, object]:
        named = request.query_params.get("conversation", "")
        if not named:
            # Somebody quick may have asked already: nothing is put in place of that.
            return gr.skip(), gr.skip(), gr.skip()
        view = chat.opened(site, owner_of(request), named)
        return view.thread, view.earlier, view.latest

    gr.api(ask, api_name="ask", concurrency_limit=None)
    page.load(
        open_named, None, [parts.thread, parts.earlier, parts.latest], api_visibility="private"
    )
