"""What Gradio keeps of each open page, begun from a copy in place of being made anew.

Gradio 6.31 asks every component of the page for its whole configuration when a browser first calls
something, on the event loop: some 60 ms for a page of this size, in which nobody is answered.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import gradio as gr
from gradio.state_holder import SessionState, StateHolder


class PageSessions(StateHolder):  # type: ignore[misc]
    """The values of open pages by the ids that they made up."""

    _first: SessionState | None = None
    """As it is before anything is called."""

    def __getitem__(self, session_id: str) -> SessionState:
        """Return the values of a page, as it begins where it is not known."""
        if session_id not in self.session_data:
            if self._first is None:
                self._first = SessionState(self.blocks)
            self.session_data[session_id] = _begun(self._first, self.blocks)
        return super().__getitem__(session_id)


def begin_from_copies(page: gr.Blocks) -> None:
    """Have the values of a page that is mounted be kept so."""
    # The application and the page hold the same object.
    page.state_holder.__class__ = PageSessions


def _begun(first: SessionState, blocks: gr.Blocks) -> SessionState:
    """Return what a page begins with; what Gradio changes of it is its own."""
    fresh = copy(first)
    fresh.blocks_config = copy(blocks.default_config)
    fresh.config_values = _Configs(first.config_values)
    fresh.state_data = {}
    fresh._state_ttl = {}
    return fresh


class _Configs(dict[int, Any]):
    """The configurations of a page's components, by their ids: those of all pages until they are
    asked for by id, as Gradio does before it changes one. A page takes a tenth of the memory so.
    """

    def __getitem__(self, key: int) -> Any:
        """Return a configuration that is this page's own."""
        config = super().__getitem__(key)
        if "props" in config and not isinstance(config, _Own):
            config = _Own(config, props=dict(config["props"]))
            self[key] = config
        return config


class _Own(dict[str, Any]):
    """A configuration that no other page has."""
