#!/bin/sh
# mistune 3.4.0 (PyPI) reads no table at all where one row has fewer or more cells than the heading:
# the whole table becomes a paragraph of pipes. The specification of GitHub Flavored Markdown (0.29,
# tables) lets rows vary in the number of cells, fills up short ones and drops what is too much.
# Tables of regions often leave their last cells out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mistune==3.4.0
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

import mistune

print("mistune", version("mistune"))
rows = "| Data | Region | Remark |\n| --- | --- | --- |\n| Mail | Norway | |\n| Files | Sweden |\n"
html = mistune.create_markdown(plugins=["table"])(rows)
print(html)
assert "<table" not in html, "changed: a table with a short row is read as one now"
whole = mistune.create_markdown(plugins=["table"])(rows.replace("Sweden |", "Sweden | |"))
assert "<table" in whole, "changed: a table with full rows is not read as one"
PY
