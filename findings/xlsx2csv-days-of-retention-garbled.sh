#!/bin/sh
# xlsx2csv 0.8.6 (PyPI): a cell that holds a number and shows it with a word, as by the number
# format 0" days", is taken for a date, as the word begins with a "d". The number is lost: "30 days"
# comes out as 0" 29ays", "90 days" as 0" 30ays" and "365 days" as 0" 30ays" again, each a day of a
# month of 1900. Reference: ECMA-376 part 1, 18.8.31 (number formats): text between quotes is shown
# as it stands and is no code of a date; openpyxl, a second reader, finds no date in the format.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PY'
import csv
import io
from importlib.metadata import version
import openpyxl
from openpyxl.styles.numbers import is_date_format
from xlsx2csv import Xlsx2csv

book = openpyxl.Workbook()
shown = '0" days"'
assert not is_date_format(shown)
rows = [("Logs in Ireland", 30, '0" 29ays"'), ("Backups in Norway", 90, '0" 30ays"'),
        ("Invoices in India", 365, '0" 30ays"')]
for number, (what, days, _) in enumerate(rows, start=1):
    book.active.cell(number, 1, what)
    book.active.cell(number, 2, days).number_format = shown
book.save("retention.xlsx")
print("xlsx2csv", version("xlsx2csv"))
said = io.StringIO()
Xlsx2csv("retention.xlsx").convert(said)
for (what, days, expected), (_, read) in zip(rows, csv.reader(io.StringIO(said.getvalue()))):
    print(f"{what}: {days} days are read as {read}")
    assert read == expected, f"changed: {days} days are now {read}"
PY
