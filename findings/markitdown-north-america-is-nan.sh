#!/bin/sh
# markitdown 0.1.9 (PyPI) makes Markdown of workbooks. A cell that says "NA", as lists of regions do
# for North America, comes out as NaN, as empty cells do; of a region that is merged over several rows
# only the first row keeps it, the others are NaN, too. The same list as CSV keeps its NA.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "markitdown[xlsx]==0.1.9" openpyxl==3.1.5
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from markitdown import MarkItDown

print("markitdown", version("markitdown"))
book = openpyxl.Workbook()
for row in (("Data", "Region"), ("Mail", "NA"), ("Files", "EU"), ("Chat", None)):
    book.active.append(row)
book.active.merge_cells("B3:B4")
with TemporaryDirectory() as folder:
    sheet, table = Path(folder, "list.xlsx"), Path(folder, "list.csv")
    book.save(sheet)
    table.write_text("Data,Region\nMail,NA\nFiles,EU\n", encoding="utf-8")
    of_sheet = MarkItDown().convert(str(sheet)).text_content
    of_table = MarkItDown().convert(str(table)).text_content
print(of_sheet)
print(of_table)
assert "| Mail | NaN |" in of_sheet, "changed: NA of a workbook is kept"
assert "| Files | EU |" in of_sheet and "| Chat | NaN |" in of_sheet, "changed: merged cells"
assert "| Mail | NA |" in of_table, "changed: NA of a CSV file is lost"
PY
