"""The tab of the conversation, laid out: what is pressed in it is told by the page's own script to
the routes of `ui/web/serving/conversation_routes.py`, past Gradio's queue.
"""

from __future__ import annotations

import json

import gradio as gr

from ui.web.ask_tab.conversation_html import NOTHING_SHOWN

EXAMPLES = (
    "Are public folders supported in a Multi-Geo organization?",
    "Which regions does Intune store data in?",
    "Where does multi-factor authentication data of Japanese customers go?",
    "How long are Intune audit logs kept?",
)
_ASK = "(text) => window.residency.ask(text)"
"""Returns an empty text as soon as the question is on its way: what is typed next stays."""


def build(page: gr.Blocks, in_force: gr.HTML) -> None:
    """Lay the tab out."""
    gr.HTML(NOTHING_SHOWN, elem_id="conversation")
    gr.HTML(NOTHING_SHOWN, elem_id="latest")
    gr.HTML(NOTHING_SHOWN, elem_id="chat-said")
    with gr.Column(elem_id="asking"):
        in_force.render()
        question = gr.Textbox(
            label="Your question",
            placeholder="Where does … keep data for …?",
            elem_id="question",
            max_lines=6,
            max_length=20_000,
        )
        with gr.Row():
            ask = gr.Button("Ask", variant="primary", elem_id="ask")
            stop = gr.Button("Stop", elem_id="stop")
            new = gr.Button("New conversation", elem_id="new")
    with gr.Row(elem_id="examples"):
        examples = [gr.Button(text, size="sm") for text in EXAMPLES]

    # Without a function nothing is sent to Gradio.
    for event in (ask.click, question.submit):
        event(None, question, question, js=_ASK)
    for button, text in zip(examples, EXAMPLES, strict=True):
        button.click(None, js=f"() => {{ window.residency.ask({json.dumps(text)}) }}")
    stop.click(None, js="() => { window.residency.stop() }")
    new.click(None, js="() => { window.residency.begin() }")
    page.load(None, js="() => { window.residency.openNamed(location.search) }")
