#!/bin/sh
# hdx-python-country 4.2.5 (PyPI) finds countries in names. Of places in the United States that are
# named like a country it answers with that country: "New Jersey" is Jersey, "Georgia, USA" is
# Georgia. A region of a cloud that is called by its state would lie on another continent. The answer
# is marked as inexact, as those that are right are ("Norway East").
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet hdx-python-country==4.2.5
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
import logging

from hdx.location.country import Country

logging.disable(logging.CRITICAL)
print("hdx-python-country", version("hdx-python-country"))
expected = {
    "New Jersey": ("JEY", False),
    "Georgia, USA": ("GEO", False),
    "Norway East": ("NOR", False),
}
for name, code in expected.items():
    found = Country.get_iso3_country_code_fuzzy(name)
    print(f"{name}: {found}")
    assert found == code, f"changed: {name} is now {found}"
PY
