"""The queue of approved answers that a person decides on, beside what is said today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.errors import AssistantError
from assistant.library.review import Beside, waiting
from ui.errors import UiError
from ui.library.review_decision import Decision, beside_today, decide
from ui.web.html import notice, trouble
from ui.web.questionnaire_tab import review_view as view
from ui.web.questionnaire_tab.tab import approver_of
from ui.web.site import Site, owner_of

_BUTTONS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-entry]');
  if (button) {
    trigger('click', {entry: button.dataset.entry, decision: button.dataset.decision});
  }
});
"""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, as its reader sees it."""

    shown: tuple[Beside, ...]
    count: int
    """Of the whole queue."""
    number: int

    @property
    def told(self) -> str:
        """The page as HTML."""
        return view.queue(self.shown, self.count, self.number)


def build(site: Site) -> None:
    """Lay the queue out, folded; it is made when somebody asks for it."""
    with gr.Accordion("Approved answers to decide on", open=False):
        with gr.Row():
            show = gr.Button("Show what is void or contradicts")
            page = gr.Number(1, label="Page of the queue", precision=0, minimum=1)
        done = gr.HTML()
        queue = gr.HTML(padding=True, js_on_load=_BUTTONS)
    # What stands on the page: it is decided on what was seen.
    seen = gr.State(value=())

    def shown(number: float, request: gr.Request) -> dict[object, object]:
        return _mended(lambda: drawn(owner_of(request), int(number or 1), ""))

    def decided(
        number: float, known: Sequence[Beside], request: gr.Request, event: gr.EventData
    ) -> dict[object, object]:
        def action() -> dict[object, object]:
            owner = owner_of(request)
            told = decided_on(site, owner, known, str(event.entry), str(event.decision))
            return drawn(owner, int(number or 1), notice(told))

        return _mended(action)

    def drawn(owner: str, number: int, told: str) -> dict[object, object]:
        approver_of(site, owner)
        made = queue_page(site, owner, number)
        return {done: told, queue: made.told, seen: made.shown}

    def _mended(action: Callable[[], dict[object, object]]) -> dict[object, object]:
        try:
            return action()
        except (AssistantError, UiError) as error:
            return {done: trouble(str(error))}

    parts = [done, queue, seen]
    for event in (show.click, page.input):
        event(shown, [page], parts, api_visibility="private")
    queue.click(decided, [page, seen], parts, api_visibility="private")


def queue_page(site: Site, owner: str, number: int) -> QueuePage:
    """Return a page of the queue; today's answers are made for what stands on it alone.

    Behind the last page, which decisions may have emptied, it is the last one.
    """
    assistant = site.assistant
    with assistant.reading() as index:
        every = waiting(assistant.library, index, dt.date.today())
    number = min(max(number, 1), max(-(-len(every) // view.ON_PAGE), 1))
    start = (number - 1) * view.ON_PAGE
    some = every[start : start + view.ON_PAGE]
    shown = tuple(beside_today(one, assistant, owner) for one in some)
    return QueuePage(shown, len(every), number)


def decided_on(site: Site, owner: str, known: Sequence[Beside], entry: str, decision: str) -> str:
    """Decide on an entry of those that were seen; return what was done.

    Raises MayNotApprove for who has not the right, and LibraryError.
    """
    who = approver_of(site, owner)
    found = [one for one in known if one.waiting.entry.id == entry]
    if not found or decision not in set(Decision):
        return "Nothing was decided: show the queue anew."
    return decide(site.assistant, found[0], Decision(decision), who)
