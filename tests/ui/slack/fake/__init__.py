"""A local Slack for tests: Web API over HTTP, Socket Mode over WebSocket, signed pushes.

with FakeSlack() as fake:
    fake.bot_url = "http://127.0.0.1:3000/slack/events"
    fake.deliver(fake.dm("U0ANN", "Where is mailbox content kept?"))
    fake.wait(lambda: fake.answers("D0ANN"))
    assert fake.faults == []
"""

from tests.ui.slack.fake.client import FakeSlack, Message
from tests.ui.slack.fake.payloads import Kind, Payload
from tests.ui.slack.fake.wire import Delivered, Retry, Signature
from tests.ui.slack.fake.world import Call, Shown

__all__ = [
    "Call",
    "Delivered",
    "FakeSlack",
    "Kind",
    "Message",
    "Payload",
    "Retry",
    "Shown",
    "Signature",
]
