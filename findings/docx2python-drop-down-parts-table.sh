#!/bin/sh
# docx2python 3.7.1 (PyPI): a drop-down around the cell of a table, as Word makes it where the content
# control holds the whole cell, ends the table. One table of three rows and three columns comes out as
# three tables: the heading and the question; the answer alone; the comment and the rows below. No
# table is left in which the question and its answer stand in one row.
# Reference: ECMA-376 part 1, 17.5.2.32: a content control around a cell has the cell as its content.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet docx2python==3.7.1 python-docx==1.2.0
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

rows = [("Question", "Answer", "Comment"),
        ("Are mailboxes kept in Norway?", "Yes", "With the add-on only"),
        ("Are logs kept in Norway?", "No", "They go to Ireland")]
book = docx.Document()
table = book.add_table(len(rows), 3)
for row, texts in zip(table.rows, rows):
    for cell, text in zip(row.cells, texts):
        cell.text = text
row = table.rows[1]._tr
cell = row.tc_lst[1]
control = parse_xml(
    f'<w:sdt {nsdecls("w")}><w:sdtPr><w:dropDownList><w:listItem w:displayText="Yes" w:value="Yes"/>'
    '<w:listItem w:displayText="No" w:value="No"/></w:dropDownList></w:sdtPr><w:sdtContent/></w:sdt>'
)
row.replace(cell, control)
control[-1].append(cell)
book.save("questionnaire.docx")

print("docx2python", version("docx2python"))
with docx2python("questionnaire.docx") as read:
    tables = [table for table in read.body if any(any(cell) for row in table for cell in row)]
shapes = []
for table in tables:
    rows_of_table = [[" ".join(cell) for cell in row] for row in table]
    shapes.append([len(row) for row in rows_of_table])
    print(rows_of_table)
assert shapes == [[3, 1], [1], [1, 3]], f"changed: rows and cells are now {shapes}"
PY
