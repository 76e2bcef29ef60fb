"""What a Slack bot made of what a crowd asked: whether each question was answered once, and by its
own answer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.history.feedback import Rating
from assistant.history.thread_store import Threads
from tests.soak.slack_crowd import Asked
from tests.ui.slack.fake import FakeSlack, Message
from ui.slack.buttons.feedback import FEEDBACK, feedback_value
from ui.slack.buttons.passage import PASSAGE


@dataclass
class Figures:
    """What came of it, by the keys of the questions."""

    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    crossed: set[str] = field(default_factory=set)


def figures_of(fake: FakeSlack, threads: Threads, every: list[Asked]) -> Figures:
    """Hold what the channels and the conversations have against what was asked."""
    figures = Figures()
    said: dict[str, list[Message]] = defaultdict(list)
    for message in fake.messages():
        if message.own:
            said[message.key].append(message)
    # A message that was begun and not finished, or that answers nothing that was asked.
    figures.twice |= {key or f"none: {said[key]}" for key in said.keys() - {a.key for a in every}}
    for asked in every:
        parts = sorted(_payload(one)["part"] for one in said[asked.key])
        many = max((_payload(one)["parts"] for one in said[asked.key]), default=1)
        if set(parts) != set(range(1, many + 1)):
            figures.lost.add(asked.key)
        elif len(parts) > many:
            figures.twice.add(asked.key)
    figures.crossed |= set(_crossed(threads, every, said))
    return figures


def _crossed(threads: Threads, every: list[Asked], said: dict[str, list[Message]]) -> Iterator[str]:
    """Yield the keys of questions whose answer is another's, in the channel or on record."""
    conversations: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for asked in every:
        conversations[asked.owner, asked.channel, asked.thread].append(asked)
    for (owner, channel, thread), asked_there in conversations.items():
        place = f"{owner.rpartition(':')[0]}:{channel}:{thread}"
        kept = threads.messages(owner, place)
        if [one.question for one in kept] != [one.text for one in asked_there]:
            yield f"{place}: {len(kept)} of {len(asked_there)} are on record"
            continue
        for asked, record in zip(asked_there, kept, strict=True):
            answer = record.answer
            cited = {one.document for one in answer.citations} if answer else set()
            answers = said[asked.key]
            shown = {json.loads(value)[0] for value in _values(answers, PASSAGE)}
            # What is asked later leans on what was said: it may find nothing, but nothing else.
            fits = cited == shown and (asked.document in cited or not cited)
            own = {feedback_value(Rating.UP, answer.id) if answer else ""}
            places = {(one.channel, one.thread) for one in answers}
            rated = {value for value in _values(answers, FEEDBACK) if value.startswith("up")}
            if not (fits and own == rated and places == {(channel, thread)}):
                yield asked.key


def _payload(message: Message) -> Any:
    return (message.metadata or {})["event_payload"]


def _values(messages: list[Message], action: str) -> Iterator[str]:
    """Yield what the buttons of messages would tell the bot."""

    def look(value: Any, inside: bool) -> Iterator[str]:
        if isinstance(value, dict):
            inside = inside or str(value.get("action_id", "")).startswith(action)
            if inside and "value" in value:
                yield str(value["value"])
            for part in value.values():
                yield from look(part, inside)
        elif isinstance(value, list):
            for part in value:
                yield from look(part, inside)

    for message in messages:
        yield from look(message.blocks, False)
