"""Terms with their definitions below them, as Markdown Extra, kramdown and Pandoc write them."""

from __future__ import annotations

import re

from corpus.formats.dialects.page_state import PageState, indent_of

_DEFINITION = re.compile(r"(?P<lead>[ \t]{0,3}):[ \t]+(?P<said>\S.*)$")
_NO_TERM = re.compile(r"[ \t]*(?:[#>|:]|[-+*][ \t]|\d{1,9}[.)][ \t]|$)|[ \t]{4}")


def lower_definitions(text: str, page: PageState) -> str:
    """Return a text in which a definition is an item that its term labels."""
    if not re.search(r"^[ \t]{0,3}:[ \t]", text, re.M):
        return text
    out: list[str] = []
    term, within, after_blank = "", False, True
    for line in text.split("\n"):
        match = _DEFINITION.match(line)
        if match and (within or _may_begin(out, page)):
            if not within:
                term = _taken(out, page)
            out.append(f"- **{term}**: {match['said']}")
            within = True
        elif within and line.strip() and (indent_of(line) >= 2 or not after_blank):
            out.append(
                f"  {line.strip()}" if indent_of(line) < 4 else f"  {line.expandtabs(4)[4:]}"
            )
        else:
            out.append(line)
            within = within and not line.strip()
        after_blank = not line.strip()
    return "\n".join(out)


def _may_begin(out: list[str], page: PageState) -> bool:
    """Tell whether the line before, or that before a blank one, may be a term."""
    at = _term_at(out)
    if at < 0 or _NO_TERM.match(out[at]) or page.opening in out[at] or page.closing in out[at]:
        return False
    return at == 0 or not out[at - 1].strip() or out[at - 1].startswith(("- **", "  "))


def _term_at(out: list[str]) -> int:
    if out and out[-1].strip():
        return len(out) - 1
    return len(out) - 2 if len(out) > 1 and out[-2].strip() else -1


def _taken(out: list[str], page: PageState) -> str:
    at = _term_at(out)
    term = page.label(out[at])
    del out[at:]
    return term
