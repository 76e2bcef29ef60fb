#!/bin/sh
# trafilatura 2.3.1 (PyPI), extract: a date within a sentence that is marked up as a date (<time>)
# is cut out of the sentence, in plain text and in Markdown, also where it is told to favour recall.
# "Until 1 March 2027" becomes "until", and "before 1 May 2026" says nothing of when. Reference: the
# HTML standard, the "time" element represents its contents and is part of the paragraph; html2text
# keeps it, and LibreOffice Writer shows it when it opens such a page.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
  trafilatura==2.3.1 html2text==2025.4.15 lxml_html_clean==0.4.3
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
import html2text
import trafilatura

first = 'Backups stay in India until <time datetime="2027-03-01">1 March 2027</time> at the latest.'
second = 'Accounts opened before <time>1 May 2026</time> are kept in Brazil.'
page = f"""<html><head><title>Where Tallow keeps data</title></head><body><main><article>
<h1>Where Tallow keeps data</h1>
<p>Tallow stores the data of its customers in the region that they choose when they sign up.</p>
<p>{first}</p><p>{second}</p>
<p>All other data of the service stays in the region of the account for as long as it exists.</p>
</article></main></body></html>"""
print("trafilatura", version("trafilatura"))
seen = " ".join(html2text.html2text(page).split())
assert "until 1 March 2027 at the latest" in seen and "before 1 May 2026 are" in seen
for options in ({}, {"output_format": "markdown"}, {"favor_recall": True}):
    said = trafilatura.extract(page, **options)
    lines = [line for line in said.splitlines() if "India" in line or "Brazil" in line]
    print(options, *lines, sep="\n  ")
    assert [" ".join(line.split()) for line in lines] == [
        "Backups stay in India until at the latest.", "Accounts opened before are kept in Brazil.",
    ], "changed: dates are kept"
PY
