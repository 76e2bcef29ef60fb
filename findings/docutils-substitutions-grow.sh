#!/bin/sh
# docutils 0.23 (PyPI) has a setting line_length_limit, 10,000 as it comes, which was brought in to
# bound input lines and what substitutions expand to, against text that is made to exhaust a machine
# (its revision 8565). Yet substitutions that hold each other grow tenfold by each line of 58
# characters: 275 characters become 422,224 in seconds, 333 become two millions in a minute.
# Reference: the limit itself, and the length of the text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-deps docutils==0.23
"$folder/venv/bin/python" - <<'PY'
import docutils
from docutils.core import publish_doctree

print("docutils", docutils.__version__)
names = "abcde"
lines = [f".. |{x}| replace:: " + f"|{y}| " * 10 for x, y in zip(names, names[1:])]
source = "\n".join([*lines, f".. |{names[-1]}| replace:: " + "x " * 10, "", "|a|", ""])
tree = publish_doctree(source, settings_overrides={"report_level": 5, "_disable_config": True})
limit = tree.settings.line_length_limit
print(f"{len(source)} characters became {len(tree.astext()):,}, the limit is {limit:,}")
assert len(tree.astext()) > 10 * limit, "changed: the limit holds"
PY
