"""A crowd that asks a Slack bot all at once: in direct messages, and in threads of channels."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.ui.slack.fake import Delivered, FakeSlack, Payload, Retry
from ui.slack.incoming.events import message_key

SPEAKERS = 50
CHANNELS = tuple(f"C0SOAK{number}" for number in range(5))
AGAIN, RETRIED = 0.2, 0.1
"""Shares of events that are told a second time: as they were, or as a retry."""
_IN_A_THREAD = 8
"""Questions that one speaker asks in one thread of a channel."""
_HELD_UP_S = 3.0
"""How long Slack waits for an acknowledgement."""
_REST_S = 1.0
_GIVE_UP_S = 120.0
QUESTIONS = (
    ("How long are Intune audit logs kept?", "intune"),
    ("Are public folders supported in Multi-Geo?", "exchange-online"),
    ("Where is Azure AD data stored for customers in Europe?", "azure-ad-europe"),
    ("Where is Azure AD data stored for customers in Japan?", "azure-ad-japan"),
    ("Where does Customer Service Insights store data?", "customer-service-insights"),
    ("Where does Exchange Online store mailbox data at rest?", "exchange-online"),
)
"""Each with the document that its answer quotes, whatever was asked before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where it was asked, and what its answer must quote."""

    key: str
    owner: str
    channel: str
    thread: str
    text: str
    document: str


@dataclass(slots=True)
class Heard:
    """What the bot made of everything that it was told."""

    deliveries: list[Delivered] = field(default_factory=list)
    again: int = 0
    retried: int = 0

    def acknowledged_s(self) -> list[float]:
        """Return how long acknowledgements took, the quickest first."""
        return sorted(one.seconds for one in self.deliveries if one.status == 200)


class Crowd:
    """Speakers who each ask one question after the other, all at the same time."""

    def __init__(
        self, fake: FakeSlack, questions: int, seed: int, pause_s: float, bots: Sequence[str] = ()
    ) -> None:
        """Prepare; on average a speaker pauses for so long between two questions. Where there are
        several bots, each thing is told to any of their addresses.
        """
        self._bots = bots
        self._choosing = random.Random(seed)
        self.asked: list[Asked] = []
        self.heard = Heard()
        self._fake = fake
        self._questions = questions
        self._seed = seed
        self._pause_s = pause_s
        self._roots: dict[tuple[int, int], str] = {}
        self._using = threading.Lock()

    def speak(self) -> None:
        """Ask everything; return when all of it was acknowledged."""
        for channel in CHANNELS:
            self._fake.channel(channel, name=channel.lower())
        with ThreadPoolExecutor(SPEAKERS) as speakers:
            for done in [speakers.submit(self._speak, number) for number in range(SPEAKERS)]:
                done.result()

    def _speak(self, speaker: int) -> None:
        chance = random.Random(self._seed * 1_000 + speaker)
        with ThreadPoolExecutor(4) as repeating:
            repeats = []
            for told in self._said(speaker, chance):
                for payload in told:
                    repeats += [
                        repeating.submit(self._repeat, payload, retry, chance.uniform(0, 2))
                        for retry in self._repeats(chance)
                    ]
                    self._tell(payload)
                time.sleep(chance.uniform(0, 2 * self._pause_s))
            for done in repeats:
                done.result()

    def _said(self, speaker: int, chance: random.Random) -> Iterator[tuple[Payload, ...]]:
        """Yield what one speaker says, each as the events in which it is told."""
        user, thread = f"U0SOAK{speaker:02}", ""
        for number in range(len(range(speaker, self._questions, SPEAKERS))):
            text, document = chance.choice(QUESTIONS)
            if speaker % 2:
                channel = CHANNELS[speaker // 4 % len(CHANNELS)]
                thread = self._root(channel, speaker // 4, number // _IN_A_THREAD)
                told = self._in_channel(user, channel, text, thread, number)
            else:
                channel = f"D{user[1:]}"
                thread = thread if number % 4 == 3 else ""
                told = (self._fake.dm(user, text, thread),)
            event = told[0].body["event"]
            thread = thread or event["ts"]
            key = message_key(self._fake.team, channel, event["ts"])
            owner = f"slack:{self._fake.team}:{user}"
            with self._using:
                self.asked.append(Asked(key, owner, channel, thread, text, document))
            yield told

    def _in_channel(
        self, user: str, channel: str, text: str, thread: str, number: int
    ) -> tuple[Payload, ...]:
        """Name the bot at first; who asked it in a thread may go on without."""
        if number % 3 == 0 or number % _IN_A_THREAD == 0:
            return self._fake.mention(user, channel, text, thread)
        return (self._fake.post(channel, user, text, thread),)

    def _root(self, channel: str, group: int, number: int) -> str:
        """Return a thread that the speakers of a group share; who began it asked nothing."""
        with self._using:
            if (group, number) not in self._roots:
                told = self._fake.post(channel, "U0HOST", "Questions about our data go here.")
                self._roots[group, number] = told.body["event"]["ts"]
            return self._roots[group, number]

    def _repeats(self, chance: random.Random) -> Iterator[Retry | None]:
        if chance.random() < AGAIN:
            self.heard.again += 1
            yield None
        if chance.random() < RETRIED:
            self.heard.retried += 1
            yield Retry(1)

    def _tell(self, payload: Payload) -> None:
        """Tell something as Slack does: again, until it is acknowledged in time."""
        end, tries = time.monotonic() + _GIVE_UP_S, 0
        while time.monotonic() < end:
            delivered = self._push(payload, Retry(tries) if tries else None)
            if delivered.status == 200 and delivered.seconds < _HELD_UP_S:
                return
            tries += 1
            time.sleep(_REST_S)
        raise AssertionError(f"{payload.event_id} was not acknowledged in {_GIVE_UP_S} s")

    def _repeat(self, payload: Payload, retry: Retry | None, after_s: float) -> None:
        """Tell something a second time, at whatever moment; nobody minds if it is not heard."""
        time.sleep(after_s)
        self._push(payload, retry)

    def _push(self, payload: Payload, retry: Retry | None) -> Delivered:
        url = self._choosing.choice(self._bots) if self._bots else ""
        delivered = self._fake.push(payload, retry, url=url)
        with self._using:
            self.heard.deliveries.append(delivered)
        return delivered
