#!/bin/sh
# docx2txt 0.9 (PyPI), process: the hyphen at which a line must not break (Ctrl+Shift+Hyphen in
# Word) is left out and what stands around it is joined. "30-60 days" of retention become 3060 days,
# sites 1-4 become site 14, the region eu-west-1 becomes euwest1. Reference: ECMA-376 part 1,
# 17.3.3.18 (noBreakHyphen): it is shown as a hyphen; LibreOffice Writer keeps each of them as
# U+2011.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-deps docx2txt==0.9
cd "$folder"
venv/bin/python - <<'PY'
import zipfile
from importlib.metadata import version
import docx2txt

OFFICE = "http://schemas.openxmlformats.org"
sentences = {
    "Logs are kept for 30‑60 days.": "Logs are kept for 3060 days.",
    "Backups of Tallow lie in sites 1‑4.": "Backups of Tallow lie in sites 14.",
    "Tickets lie in eu‑west‑1.": "Tickets lie in euwest1.",
}
body = ""
for sentence in sentences:
    parts = [f'<w:t xml:space="preserve">{part}</w:t>' for part in sentence.split("\u2011")]
    body += f"<w:p><w:r>{'<w:noBreakHyphen/>'.join(parts)}</w:r></w:p>"
with zipfile.ZipFile("retention.docx", "w") as made:
    made.writestr("[Content_Types].xml", f"""<Types xmlns="{OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument\
.wordprocessingml.document.main+xml"/></Types>""")
    made.writestr("_rels/.rels", f"""<Relationships xmlns="{OFFICE}/package/2006/relationships">
<Relationship Id="r1" Type="{OFFICE}/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>""")
    made.writestr("word/document.xml", f"""<w:document
 xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>""")

print("docx2txt", version("docx2txt"))
said = [line for line in docx2txt.process("retention.docx").splitlines() if line]
for shown, read in zip(sentences, said):
    print(f"{shown} is read as: {read}")
assert said == list(sentences.values()), "changed: hyphens are kept"
PY
