"""A local Slack for tests: Web API over HTTP, Socket Mode over WebSocket, signed pushes.

with FakeSlack() as fake:
    fake.bot_url = "http://127.0.0.1:3000/slack/events"
    fake.deliver(fake.dm("U0ANN", "Where is mailbox content kept?"))
    fake.wait(lambda: fake.answers("D0ANN"))
    assert fake.faults == []
"""
