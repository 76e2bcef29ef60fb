#!/bin/sh
# slackify-markdown 0.2.4 (PyPI): of a quote of several lines only the first keeps its mark. The rest of
# what a document says stands outside the quote, as the words of whoever quotes it.
# Reference: Slack's description of mrkdwn: a line is quoted that begins with the mark, and ends with it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet slackify-markdown==0.2.4
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
from slackify_markdown import slackify_markdown

quote = "> Mailboxes are kept in Norway.\n> Audit logs are kept in Ireland.\n> Backups leave the EU.\n"
said = slackify_markdown(quote)
print("slackify-markdown", version("slackify-markdown"))
print(said)
marked = [line.startswith(">") for line in said.strip().splitlines()]
assert marked == [True, False, False], f"changed: lines with a mark are now {marked}"
PY
