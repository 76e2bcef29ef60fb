#!/bin/sh
# markdownify 1.2.3 (PyPI) makes Markdown of web pages and leaves out what a cell that spans several
# rows says in the rows after the first. Their cells move to the left: in a table of geographies and
# regions the second region of a geography stands in the column of the geographies.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet markdownify==1.2.3
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from markdownify import markdownify

print("markdownify", version("markdownify"))
page = (
    "<table><tr><th>Geography</th><th>Region</th></tr>"
    "<tr><td rowspan=2>Canada</td><td>Toronto</td></tr><tr><td>Quebec</td></tr></table>"
)
text = markdownify(page)
print(text)
rows = [line for line in text.splitlines() if "Quebec" in line]
assert rows == ["| Quebec |"], f"changed: {rows}"
PY
