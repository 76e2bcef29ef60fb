#!/bin/sh
# email-reply-parser 0.5.12 (PyPI) keeps what somebody wrote in a mail and hides signatures. A list
# whose items begin with a dash right at the word ("-Backups") is a signature to it: an answer that
# ends in such a list loses its places, and even a whole sentence below the items. What is left
# reads as if the data never left Ireland. Reference: RFC 3676, section 4.3: a signature begins with
# a line that is "-- " alone (dash, dash, blank); no line of this mail is one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-deps email-reply-parser==0.5.12
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version
from email_reply_parser import EmailReplyParser

mail = """Hello,

Tickets of Tallow are stored in Ireland.

-Backups are stored in Norway.
-Support recordings are processed in India.
Customers of the free plan cannot opt out of this.
"""
assert "-- " not in mail.splitlines()
print("email-reply-parser", version("email-reply-parser"))
kept = EmailReplyParser.parse_reply(mail)
print("kept:", repr(kept))
for part in EmailReplyParser.read(mail).fragments:
    print("hidden:" if part.hidden else "shown:", repr(part.content))
assert kept == "Hello,\n\nTickets of Tallow are stored in Ireland.", "changed: more is kept"
hidden = [part for part in EmailReplyParser.read(mail).fragments if part.hidden]
assert len(hidden) == 1 and hidden[0].signature, "changed: what is hidden is no signature"
assert "India" in hidden[0].content and "opt out" in hidden[0].content, "changed: what is hidden"
PY
