#!/bin/sh
# langchain-text-splitters 1.1.3 (PyPI), HTMLHeaderTextSplitter: words in bold, in italics or in a
# link are taken out of their sentence and put on lines below it. A "not" in bold, as such pages
# like to set it, leaves a sentence that says the opposite, and places in links leave their sentence
# too. Reference: the HTML standard, "b" and "a" are phrasing content, a part of the text of the
# paragraph in its order; Beautiful Soup, which the splitter itself reads with, gives the sentence
# whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
  langchain-text-splitters==1.1.3 beautifulsoup4==4.14.3 lxml==6.0.2
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
from bs4 import BeautifulSoup
from langchain_text_splitters import HTMLHeaderTextSplitter

page = """<h1>Where Tallow keeps data</h1>
<p>Backups of European customers are <b>not</b> copied to India.</p>
<p>Logs are stored in <a href="/no">Norway</a>, never in <a href="/cl">Chile</a>.</p>"""
print("langchain-text-splitters", version("langchain-text-splitters"))
seen = [found.get_text() for found in BeautifulSoup(page, "lxml").find_all("p")]
print("a reader sees:", *seen, sep="\n  ")
assert seen[0] == "Backups of European customers are not copied to India."
said = HTMLHeaderTextSplitter([("h1", "title")]).split_text(page)[-1].page_content
lines = [line.strip() for line in said.splitlines()]
print("the splitter says:", *lines, sep="\n  ")
assert lines == [
    "Backups of European customers are copied to India.", "not",
    "Logs are stored in , never in .", "Norway", "Chile",
], "changed: words stay in their sentence"
PY
