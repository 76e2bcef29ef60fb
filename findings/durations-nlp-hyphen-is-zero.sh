#!/bin/sh
# durations-nlp 1.0.1 (PyPI) reads a duration that is written with a hyphen, as English does before a
# noun ("a 30-day period"), as no time at all, and raises nothing, while it does raise for words that
# it does not know. A retention period so written would be over at once.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet durations-nlp==1.0.1
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from durations_nlp import Duration

print("durations-nlp", version("durations-nlp"))
for words, days in (("30 days", 30.0), ("30-day", 0.0), ("18-month", 0.0)):
    read = Duration(words).to_days()
    print(f"{words}: {read} days")
    assert read == days, f"changed: {words} is now {read} days"
PY
