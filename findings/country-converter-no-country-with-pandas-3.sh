#!/bin/sh
# country_converter 1.3.2 (PyPI) asks for pandas of any version. With pandas 3.1.1 it finds no country
# at all: its first look at a name ends in a TypeError, for "Norway" as for any other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet country_converter==1.3.2 pandas==3.1.1
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

import country_converter

print("country_converter", version("country_converter"), "pandas", version("pandas"))
try:
    found = country_converter.convert("Norway", to="ISO2")
except TypeError as fault:
    print("Norway: TypeError:", fault)
else:
    raise SystemExit(f"changed: Norway is {found}")
PY
