#!/bin/sh
# slackstyler 0.0.3 (PyPI): a list under an item of a list is glued to the words of that item: what is
# held in a country, given as a list under its name, comes out in the line of the name without a space
# or a break between them, and a quote comes out as HTML, which Slack does not know.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet slackstyler==0.0.3
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
from slackstyler import SlackStyler

said = SlackStyler().convert("1. Ireland\n2. Norway\n   - audit logs\n\nbecause\n\n> Logs stay.\n")
print("slackstyler", version("slackstyler"))
print(said)
assert "Norway\u2022 audit logs" in said, "changed: the nested list has lines of its own"
assert "<blockquote>" in said, "changed: the quote is no HTML now"
PY
