#!/bin/sh
# docx2everything 1.1.0 (PyPI), Markdown of a Word questionnaire whose answer is a drop-down around the
# cell of a table, as Word makes it where the content control holds the whole cell: the cell is left
# out and the cells right of it move one column to the left. The comment "With the add-on only" stands
# under "Answer", and the answer "Yes" is nowhere; the plain text that the same package gives has it.
# Reference: ECMA-376 part 1, 17.5.2.32: a content control around a cell has the cell as its content.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet docx2everything==1.1.0 python-docx==1.2.0
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
import docx2everything

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

print("docx2everything", version("docx2everything"))
text = docx2everything.process("questionnaire.docx")
assert "Yes" in text.split(), "changed: the plain text has lost the answer, too"
marked = docx2everything.process_to_markdown("questionnaire.docx")
print(marked)
shifted = "| Are mailboxes kept in Norway? | With the add-on only |"
assert shifted in marked and "Yes" not in marked, "changed: the answer stands in its column"
PY
