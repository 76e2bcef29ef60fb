#!/bin/sh
# parsedatetime 2.6 (PyPI): a length of time with a comma between thousands, as retention tables of
# vendors have it ("1,095 days", three years), is read without what stands before the comma: 95 days.
# "2,555 days" (seven years) gives 555. The parser says of both that it has understood a date.
# The same length without the comma is read right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet parsedatetime==2.6
cd "$folder"
venv/bin/python - <<'PY'
from datetime import datetime
from importlib.metadata import version
import parsedatetime

calendar = parsedatetime.Calendar()
start = datetime(2026, 1, 1)
print("parsedatetime", version("parsedatetime"))
for text, right, expected in (("1,095 days", 1095, 95), ("2,555 days", 2555, 555)):
    read = [calendar.parseDT(form, sourceTime=start) for form in (text, text.replace(",", ""))]
    days, plain = ((moment - start).days for moment, _ in read)
    print(f"{text}: {days} days; without the comma {plain}; said to be understood: {read[0][1]}")
    assert plain == right and read[0][1] == 1
    assert days == expected, f"changed: {text} are now {days} days"
PY
