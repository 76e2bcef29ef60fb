#!/bin/sh
# mammoth 1.13.0 (PyPI), convert_to_html: a row of a Word table that begins further right than the
# others (gridBefore) loses the gap. Its cells move to the left: a place of "Stored in" stands under
# "Service", one of "Never stored in" under "Stored in". The list of messages stays empty.
# Reference: ECMA-376 part 1, 17.4.15 (gridBefore): so many columns are skipped before the first
# cell; LibreOffice Writer shows the row with an empty first cell.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mammoth==1.13.0
cd "$folder"
venv/bin/python - <<'PY'
import re
import zipfile
from importlib.metadata import version
import mammoth

OFFICE = "http://schemas.openxmlformats.org"


def row(*cells, skipped=""):
    texts = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tr>{skipped}{texts}</w:tr>"


table = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    + row("Service", "Stored in", "Never stored in") + row("Tallow", "Ireland", "India")
    + row("Norway", "Brazil", skipped='<w:trPr><w:gridBefore w:val="1"/></w:trPr>') + "</w:tbl>"
)
with zipfile.ZipFile("places.docx", "w") as made:
    made.writestr("[Content_Types].xml", f"""<Types xmlns="{OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument\
.wordprocessingml.document.main+xml"/></Types>""")
    made.writestr("_rels/.rels", f"""<Relationships xmlns="{OFFICE}/package/2006/relationships">
<Relationship Id="r1" Type="{OFFICE}/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>""")
    made.writestr("word/document.xml", f"""<w:document
 xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:body>{table}<w:p/></w:body></w:document>""")

print("mammoth", version("mammoth"))
with open("places.docx", "rb") as file:
    said = mammoth.convert_to_html(file)
rows = [re.findall(r"<p>(.*?)</p>", found) for found in said.value.split("</tr>") if "<p>" in found]
for cells in rows:
    print(" | ".join(cells))
assert rows[0] == ["Service", "Stored in", "Never stored in"]
assert rows[2] == ["Norway", "Brazil"], "changed: the row is another one"
assert said.value.count("<td") == 8 and "colspan" not in said.value, "changed: the gap is kept"
assert not said.messages, "changed: a message says so"
PY
