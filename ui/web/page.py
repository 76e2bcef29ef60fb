"""The chat page: a conversation that remembers, with the citations under each answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.web import html
from ui.web.conversation import Messages, Streamer, conversation
from ui.web.site import owner_of

TITLE = "Residency Assistant"
EXAMPLES = (
    "Are public folders supported in a Multi-Geo organization?",
    "Which regions does Intune store data in?",
    "Where does multi-factor authentication data of Japanese customers go?",
    "How long are Intune audit logs kept?",
)
STYLE = """
.verdict { font-weight: 600; border-left: 4px solid #b45309; padding-left: .5rem }
.abstained, .clarify { border-left: 4px solid #b45309; padding-left: .5rem }
.trouble { border-left: 4px solid #b91c1c; padding-left: .5rem }
.sources { margin-top: .75rem; font-size: .9em }
.sources-title { font-weight: 600 }
.source { margin-top: .5rem; display: grid; grid-template-columns: 1.6rem 1fr }
.source .marker { font-weight: 600 }
.source .quote { margin: 0; border-left: 3px solid #94a3b8; padding-left: .5rem }
.source .place { grid-column: 2; opacity: .85 }
.receipt { margin-top: .5rem; font-size: .85em; opacity: .85 }
.indexed .date { font-variant-numeric: tabular-nums; opacity: .85 }
"""


def build_page(assistant: Streamer) -> Any:
    """Return the page as a `gradio.Blocks`."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True) as page:
        gr.Markdown(
            f"# {TITLE}\nAnswers from the indexed documents alone, with the sentence that says so."
        )
        gr.HTML(lambda: html.indexed_notice(assistant.documents))
        gr.HTML(lambda: html.files_notice(assistant.files))
        thread = gr.State(value=None)
        chat = gr.Chatbot(
            label="Conversation",
            elem_id="conversation",
            scale=1,
            min_height=320,
            latex_delimiters=[],
            sanitize_html=True,
            feedback_options=None,
            buttons=["copy"],
        )
        question = gr.Textbox(
            label="Your question",
            placeholder="Where does … keep data for …?",
            elem_id="question",
            submit_btn="Ask",
            max_lines=6,
        )
        with gr.Row(elem_id="examples"):
            examples = [gr.Button(text, size="sm") for text in EXAMPLES]

        def reply(
            text: str, shown: Messages | None, known: str | None, request: gr.Request
        ) -> Iterator[tuple[str, Messages, str]]:
            name = known or uuid.uuid4().hex
            owner = owner_of(request)
            for messages in conversation(assistant, text, shown or [], name, owner):
                yield "", messages, name

        state = [question, chat, thread]
        question.submit(reply, state, state, api_name="ask", concurrency_limit=None)
        for button in examples:
            button.click(reply, [button, chat, thread], state, api_visibility="private")
    return page
