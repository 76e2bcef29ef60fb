"""Pages begin as Gradio would have them begin, and none has another's values."""

from __future__ import annotations

import gradio as gr
import pytest
from gradio.state_holder import SessionState, StateHolder

from ui.web.bounds.page_sessions import PageSessions, begin_from_copies


@pytest.fixture
def page() -> gr.Blocks:
    with gr.Blocks() as page:
        gr.Textbox("begun", label="Words")
        gr.State([1])
        gr.Dropdown(["a", "b"], value="a")
    StateHolder().set_blocks(page)
    begin_from_copies(page)
    return page


def test_a_page_begins_as_gradio_has_it_begin(page: gr.Blocks) -> None:
    assert isinstance(page.state_holder, PageSessions)
    own = SessionState(page)
    begun = page.state_holder["first"]
    assert begun.config_values == own.config_values
    assert vars(begun).keys() == vars(own).keys()
    assert begun.state_data == own.state_data
    assert begun.is_closed is own.is_closed


def test_what_one_page_changes_no_other_has(page: gr.Blocks) -> None:
    words, state = (
        next(key for key, one in page.blocks.items() if isinstance(one, kind))
        for kind in (gr.Textbox, gr.State)
    )
    first, second = page.state_holder["first"], page.state_holder["second"]
    first._update_value_in_config(words, "changed")
    first[state].append(2)
    first[words] = gr.Textbox("another")
    first.is_closed = True
    third = page.state_holder["third"]
    for other in (second, third):
        assert other.config_values[words]["props"]["value"] == "begun"
        assert other[state] == [1]
        assert other[words].value == "begun"
        assert not other.is_closed
    assert page.state_holder["first"] is first
