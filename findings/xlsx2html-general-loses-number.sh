#!/bin/sh
# xlsx2html 0.6.4 (PyPI): a cell whose number format is General with a word behind it, as
# General" months" for a retention of 6 months, is shown by its format and without its number: the page
# says General" months" for 6, 12 and 18 alike. Reference: ECMA-376 part 1, 18.8.31 (number formats):
# General stands for the number, text between quotes is shown as it stands, so the sheet shows
# "6 months".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet xlsx2html==0.6.4 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PY'
import html
import io
import re
from importlib.metadata import version
import openpyxl
from xlsx2html import xlsx2html

book = openpyxl.Workbook()
for row, months in enumerate((6, 12, 18), start=1):
    book.active.cell(row, 1, months).number_format = 'General" months"'
book.save("retention.xlsx")
page = io.StringIO()
xlsx2html("retention.xlsx", page)
cells = [html.unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page.getvalue(), re.S)]
print("xlsx2html", version("xlsx2html"))
print("6, 12 and 18 months are shown as", cells)
assert cells == ['General" months"'] * 3, f"changed: the cells are now {cells}"
PY
