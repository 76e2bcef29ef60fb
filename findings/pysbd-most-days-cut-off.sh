#!/bin/sh
# pysbd 0.3.4 (PyPI) ends a sentence behind "max." and "approx." where a number follows, so that a
# retention period stands in a sentence of its own without what is kept, and the sentence before it
# without how long.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pysbd==0.3.4
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from pysbd import Segmenter

print("pysbd", version("pysbd"))
split = Segmenter(language="en", clean=False).segment
expected = {
    "Logs are kept for max. 30 days.": ["Logs are kept for max. ", "30 days."],
    "Mail is kept in approx. 3 regions.": ["Mail is kept in approx. ", "3 regions."],
}
for text, parts in expected.items():
    found = split(text)
    print(text, found)
    assert found == parts, f"changed: {found}"
PY
