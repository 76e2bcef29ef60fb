#!/bin/sh
# gradio 6.31.0 (PyPI): the first call that a browser makes of a page has every component of that page
# asked for its whole configuration once more, on the event loop, whatever is called. Of a page with 400
# text boxes that is 36 ms in place of 4 (measured here) in which the server answers nobody else, for each
# browser that opens it; a second call of the same browser takes a small part of that.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet gradio==6.31.0
cd "$folder"
export GRADIO_ANALYTICS_ENABLED=False HF_HUB_OFFLINE=1
venv/bin/python - <<'PY'
import statistics
import time
from importlib.metadata import version

import gradio as gr
from fastapi import FastAPI
from starlette.testclient import TestClient


def took(components):
    """Return milliseconds of the first and of the second call of a browser, medians of five."""
    with gr.Blocks() as page:
        for number in range(components):
            gr.Textbox(label=f"Region {number}")
        answer = gr.Textbox()
        gr.Button("Ask").click(lambda: "Oslo", None, answer)
    app = gr.mount_gradio_app(FastAPI(), page, path="/", ssr_mode=False, mcp_server=False)
    firsts, seconds = [], []
    with TestClient(app) as client:
        for browser in range(6):
            for times in (firsts, seconds):
                body = {"data": [], "fn_index": 0, "session_hash": f"browser{browser}"}
                start = time.perf_counter()
                assert client.post("/gradio_api/queue/join", json=body).status_code == 200
                times.append(1000 * (time.perf_counter() - start))
    return statistics.median(firsts[1:]), statistics.median(seconds[1:])


print("gradio", version("gradio"))
few, many = took(4), took(400)
print(f"    4 text boxes: first call {few[0]:.1f} ms, second {few[1]:.1f} ms")
print(f"  400 text boxes: first call {many[0]:.1f} ms, second {many[1]:.1f} ms")
assert many[0] > 5 * many[1], f"changed: the first call takes {many[0] / many[1]:.1f} times the second"
assert many[0] > 5 * few[0], f"changed: it takes {many[0] / few[0]:.1f} times that of a small page"
PY
