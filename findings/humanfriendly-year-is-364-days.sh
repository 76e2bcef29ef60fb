#!/bin/sh
# humanfriendly 10.0 (PyPI) makes seconds of "1 year" by 52 weeks, so that a period of years falls
# short by a day for each: data to be kept for "7 years" would be deleted a week early. Months it does
# not know, and says so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet humanfriendly==10.0
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from humanfriendly import InvalidTimespan, parse_timespan

DAY = 24 * 60 * 60
print("humanfriendly", version("humanfriendly"))
for words, days in (("1 year", 364), ("7 years", 7 * 364), ("365 days", 365)):
    read = parse_timespan(words) / DAY
    print(f"{words}: {read:g} days")
    assert read == days, f"changed: {words} is now {read:g} days"
try:
    print("24 months:", parse_timespan("24 months"))
except InvalidTimespan as fault:
    print("24 months:", fault)
else:
    raise SystemExit("changed: months are read now")
PY
