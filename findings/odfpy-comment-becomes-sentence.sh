#!/bin/sh
# odfpy 1.4.1 (PyPI), teletype.extractText: what a reviewer wrote beside an OpenDocument text
# becomes part of the sentence it is about, the reviewer's name too: "stored in Norway" is read as
# "stored in Legalnot yet: India, Norway". A footnote is put in likewise, its number and its words
# between "30" and "days". Reference: OpenDocument 1.2 part 1: office:annotation is a comment on the
# text, text:note a note apart from it; the function's own documentation speaks of the text content
# with its blanks, tabs and lines. LibreOffice Writer gives "stored in Norway." as plain text,
# without the comment, and shows the note at the end.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet odfpy==1.4.1
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
from odf import dc, office, opendocument, teletype, text

made = opendocument.OpenDocumentText()
stored = text.P(text="Backups of Tallow are stored in ")
comment = office.Annotation()
comment.addElement(dc.Creator(text="Legal"))
comment.addElement(text.P(text="not yet: India, "))
stored.addElement(comment)
stored.addText("Norway.")
made.text.addElement(stored)
kept = text.P(text="Logs are erased after 30")
note = text.Note(noteclass="footnote", id="n1")
note.addElement(text.NoteCitation(text="1"))
body = text.NoteBody()
body.addElement(text.P(text="365 in Brazil"))
note.addElement(body)
kept.addElement(note)
kept.addText(" days.")
made.text.addElement(kept)
made.save("places.odt")

print("odfpy", version("odfpy"))
sentences = opendocument.load("places.odt").text.childNodes
said = [teletype.extractText(node) for node in sentences if node.qname[1] == "p"]
print(*said, sep="\n")
assert said == [
    "Backups of Tallow are stored in Legalnot yet: India, Norway.",
    "Logs are erased after 301365 in Brazil days.",
], "changed: comments and notes are kept apart"
PY
