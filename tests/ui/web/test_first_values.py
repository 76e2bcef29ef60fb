"""What the parts of the page show first: one call, and what is the same for all is made once."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.web.first_values import FirstValues


class Counted:
    """Counts how often something is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[str]:
        self.times += 1
        return [f"made {self.times}"]


def _opened(page: gr.Blocks) -> list[Any]:
    (call,) = (one for one in page.fns.values() if one.targets[0][1] == "load")
    assert call.fn is not None
    return list(call.fn(gr.Request(username="ann")))


def test_all_parts_are_filled_by_one_call_in_their_order() -> None:
    first = FirstValues(lambda: "build")
    with gr.Blocks() as page:
        one, two, three = gr.HTML(), gr.HTML(), gr.HTML()
        first.fill([one, two], lambda request: [f"of {request.username}", "second"])
        first.fill_for_all([three], lambda: ["third"])
        first.load(page)
    assert _opened(page) == ["of ann", "second", "third"]
    (call,) = page.fns.values()
    assert call.outputs == [one, two, three]


def test_what_is_the_same_for_all_is_made_once_for_a_build() -> None:
    builds, made = ["first"], Counted()
    first = FirstValues(lambda: builds[-1])
    with gr.Blocks() as page:
        first.fill_for_all([gr.HTML()], made)
        first.load(page)
    assert _opened(page) == _opened(page) == ["made 1"]
    builds.append("second")
    assert _opened(page) == _opened(page) == ["made 2"]
