"""What the parts of the page show when they are laid out: asked for all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

Values = Callable[[gr.Request], Sequence[Any]]
"""Returns one value for each component that it fills."""


class FirstValues:
    """Gathers what fills the components of a page, part by part, into one call of its opening.

    Gradio needs some 20 ms for any call of a browser, which is more than most parts take; a page
    that asked part by part had everybody else wait eight times.
    """

    def __init__(self, build: Callable[[], str]) -> None:
        """`build` says which build of the index is answered from."""
        self._build = build
        self._parts: list[tuple[Values, Sequence[Any]]] = []

    def fill(self, outputs: Sequence[Any], values: Values) -> None:
        """Have components filled when the page opens."""
        self._parts.append((values, outputs))

    def fill_for_all(self, outputs: Sequence[Any], values: Callable[[], Sequence[Any]]) -> None:
        """Have components filled with what is the same for everybody until another build."""
        kept: dict[str, Sequence[Any]] = {}

        def of_build(_: gr.Request) -> Sequence[Any]:
            build = self._build()
            found = kept.get(build)
            if found is None:
                found = values()
                kept.clear()
                kept[build] = found
            return found

        self.fill(outputs, of_build)

    def load(self, page: gr.Blocks) -> None:
        """Wire the one call, once all parts are built; to be called within the page."""
        parts = tuple(self._parts)

        def opened(request: gr.Request) -> list[Any]:
            return [value for values, _ in parts for value in values(request)]

        page.load(
            opened, None, [one for _, outputs in parts for one in outputs],
            show_progress="hidden", api_visibility="private",
        )  # fmt: skip
