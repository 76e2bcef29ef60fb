#!/bin/sh
# striprtf 0.0.35 (PyPI), rtf_to_text: footnotes are left out, their text and their mark, and
# nothing says so. "Tickets stay in Ireland" with a note that excepts support staff in India is read
# without the exception, and nobody can tell that there was one. Reference: the RTF specification
# 1.9.1, "Footnotes": a footnote is text of the document, shown at the foot of the page; the
# package's own page says that it makes plain text and names nothing that is left out. LibreOffice
# Writer shows the mark and the note.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-deps striprtf==0.0.35
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
from striprtf.striprtf import rtf_to_text

document = r"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}
\pard\plain Tickets of Tallow stay in Ireland{\super\chftn}{\footnote\pard\plain{\super\chftn}
 Not those that support staff in India read.}.\par
\pard\plain Backups stay in Norway.\par}"""
print("striprtf", version("striprtf"))
said = rtf_to_text(document).split("\n")
print(*said, sep="\n")
assert said == ["Tickets of Tallow stay in Ireland.", "Backups stay in Norway.", ""], (
    "changed: the note is told"
)
PY
