#!/bin/sh
# inscriptis 2.7.6 (PyPI) makes text of web pages. Definition lists, in which many pages tell what data
# is kept where, lose every gap between term and description: "Mail", "Norway", "Files", "Sweden"
# become one word, in which no place can be found.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet inscriptis==2.7.6
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from inscriptis import get_text

print("inscriptis", version("inscriptis"))
page = "<dl><dt>Mail</dt><dd>Norway</dd><dt>Files</dt><dd>Sweden</dd></dl>"
text = get_text(page)
print(repr(text))
assert text.strip() == "MailNorwayFilesSweden", f"changed: {text!r}"
PY
