#!/bin/sh
# bm25s 0.3.16 (PyPI), set up as its own documentation shows: tokens of one character are dropped, so
# the names that cloud products are told apart by, "Plan 1" and "Plan 2", are one and the same word.
# Asked where Plan 2 keeps mailboxes, passages on Plan 1 and on Plan 2 have equal scores, and which of
# them comes first is chance.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet bm25s==0.3.16
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
import bm25s

passages = ["Exchange Online Plan 1 keeps mailboxes in Norway.",
            "Exchange Online Plan 2 keeps mailboxes in Sweden.",
            "Audit logs are kept for 90 days."]
index = bm25s.BM25(corpus=passages)
index.index(bm25s.tokenize(passages, stopwords="en", show_progress=False), show_progress=False)
asked = bm25s.tokenize("Where does Plan 2 keep mailboxes?", stopwords="en", show_progress=False)
found, scores = index.retrieve(asked, k=2, show_progress=False)
print("bm25s", version("bm25s"))
for passage, score in zip(found[0], scores[0]):
    print(f"{score:.4f}", passage)
assert scores[0][0] == scores[0][1] > 0, f"changed: the scores are now {scores[0]}"
PY
