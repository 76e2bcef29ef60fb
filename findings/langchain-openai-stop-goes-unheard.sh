#!/bin/sh
# langchain-openai 1.7.3 (PyPI) under Python 3.11: a reply that a user stops at the moment at which a
# piece of it arrives is not stopped. Each piece is awaited with `asyncio.wait_for`, which before
# Python 3.12 forgets a cancellation that comes together with a result: the task that was cancelled
# reads the reply to its end, and the provider writes (and charges for) the whole of it. Without the
# limit for each piece (`stream_chunk_timeout=0`) the same cancellation ends it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "needs Python 3.11"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet langchain-openai==1.7.3 httpx==0.28.1
cd "$folder"
OPENAI_API_KEY=none venv/bin/python - <<'PY'
import asyncio
import json
import sys
from importlib.metadata import version

import httpx
from langchain_openai import ChatOpenAI

PIECES, STOPPED_AT = 40, 5


class Reply(httpx.AsyncByteStream):
    """The piece at which the reader is stopped comes when it is told to; all others at once."""

    def __init__(self):
        self.may_come = asyncio.Event()

    async def __aiter__(self):
        for number in range(PIECES):
            if number == STOPPED_AT:
                await self.may_come.wait()
            delta = {"role": "assistant", "content": f"Region {number}. "}
            row = {"id": "r", "object": "chat.completion.chunk", "created": 0, "model": "m",
                   "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
            yield f"data: {json.dumps(row)}\n\n".encode()
            await asyncio.sleep(0)
        yield b"data: [DONE]\n\n"


async def read(turns, **options):
    """Cancel the reader some turns of the loop after a piece has come; return what it read."""
    reply = Reply()
    answered = httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=reply)
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answered))
    model = ChatOpenAI(model="m", http_async_client=client, max_retries=0, **options)
    seen = []

    async def whole():
        async for piece in model.astream("Where is it kept?"):
            if piece.content:
                seen.append(piece.content)

    reader = asyncio.ensure_future(whole())
    while len(seen) < STOPPED_AT:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.01)
    reply.may_come.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    reader.cancel()
    await asyncio.wait([reader], timeout=5)
    return len(seen), reader.cancelled()


async def main():
    ways = {"as shipped": {}, "stream_chunk_timeout=0": {"stream_chunk_timeout": 0}}
    return {name: [await read(turns, **options) for turns in range(12)] for name, options in ways.items()}


print("langchain-openai", version("langchain-openai"), "Python", sys.version.split()[0])
told = asyncio.run(main())
unheard = {}
for name, runs in told.items():
    for turns, (seen, cancelled) in enumerate(runs):
        print(f"{name}, cancelled {turns} turns of the loop after a piece came: "
              f"{'ended' if cancelled else 'NOT CANCELLED'}, {seen} of {PIECES} pieces read")
    unheard[name] = [seen for seen, cancelled in runs if not cancelled]
assert unheard["as shipped"] and set(unheard["as shipped"]) == {PIECES}, "changed: each is ended"
assert not unheard["stream_chunk_timeout=0"], "changed: not ended either"
PY
