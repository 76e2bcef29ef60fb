"""A list of names of which one is chosen, by the pointer or by typing the name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

_ALL = 100_000
"""More names than any list has. That there is no limit (None) does not reach the browser."""


def choice_list(
    choices: Sequence[str | tuple[str, str]] = (), *, label: str, **more: Any
) -> gr.Dropdown:
    """Return a list that offers all of its names at once, however many.

    Gradio 6.31 offers a hundred first. Who then types the name that is already chosen, and it is
    not among those, is given the first of the list instead.
    """
    return gr.Dropdown(list(choices), label=label, num_choices_shown=_ALL, **more)
