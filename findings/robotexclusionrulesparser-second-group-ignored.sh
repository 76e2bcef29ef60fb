#!/bin/sh
# robotexclusionrulesparser 1.7.1 (PyPI): where a robots.txt has two groups for one crawler, as sites
# have that append rules by machine, the second is not read: what it disallows is said to be allowed.
# Reference: RFC 9309, 2.2.1: the rules of all groups that match a crawler are combined into one group.
# Protego reads both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet robotexclusionrulesparser==1.7.1 protego==0.7.0
cd "$folder"
venv/bin/python - <<'PY'
from importlib.metadata import version
from protego import Protego
from robotexclusionrulesparser import RobotExclusionRulesParser

rules = """User-agent: residency
Disallow: /private

User-agent: *
Disallow: /search

User-agent: residency
Disallow: /drafts
"""
print("robotexclusionrulesparser", version("robotexclusionrulesparser"),
      "protego", version("protego"))
ours, other = RobotExclusionRulesParser(), Protego.parse(rules)
ours.parse(rules)
said = {}
for path in ("/private", "/drafts"):
    address = f"https://docs.example{path}"
    said[path] = ours.is_allowed("residency", address)
    print(path, "allowed:", said[path], "by the other reader:", other.can_fetch(address, "residency"))
    assert not other.can_fetch(address, "residency")
assert said == {"/private": False, "/drafts": True}, f"changed: {said}"
PY
