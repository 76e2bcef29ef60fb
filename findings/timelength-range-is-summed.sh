#!/bin/sh
# timelength 3.0.4 (PyPI) reads durations out of sentences. Of a retention period that is given as a
# range it says, without a word of doubt, the sum of both ends: data kept "between 30 and 60 days"
# would be kept for 90. Alternatives are summed as well ("one month or 30 days"), and of two plans
# told with a stroke ("30/60 days") half a day remains.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet timelength==3.0.4
"$folder/venv/bin/python" - <<'PY'
from datetime import timedelta
from importlib.metadata import version

from timelength import TimeLength

print("timelength", version("timelength"))
expected = {
    "between 30 and 60 days": timedelta(days=90),
    "one month or 30 days": timedelta(days=60, hours=12),
    "30/60 days": timedelta(hours=12),
}
for words, delta in expected.items():
    read = TimeLength(words).result
    print(f"{words}: {read.delta}, success {read.success}")
    assert read.success and read.delta == delta, f"changed: {words} is now {read}"
PY
