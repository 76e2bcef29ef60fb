"""Markdown as it is written for sites, to the reading form.

The steps go from the outside in: properties, code, statements, tags, blocks, marks in lines.
A file without anything of a dialect comes out as it went in.
"""

from __future__ import annotations

import re

from corpus.formats.dialects.attribute_lists import lower_attributes
from corpus.formats.dialects.definition_lists import lower_definitions
from corpus.formats.dialects.delimiter_rows import lower_delimiters
from corpus.formats.dialects.directives import lower_directives
from corpus.formats.dialects.held_code import hold_code
from corpus.formats.dialects.indented_blocks import lower_indented
from corpus.formats.dialects.marked_lines import lower_line_marks
from corpus.formats.dialects.module_statements import take_statements
from corpus.formats.dialects.page_state import LEAD, PageState, continued
from corpus.formats.dialects.properties.page_properties import (
    split_properties,
    stated_values,
    without_templates,
)
from corpus.formats.dialects.properties.property_content import content_of
from corpus.formats.dialects.shortcode_tabs import lower_parts
from corpus.formats.dialects.tags.lower_tags import lower_tags
from corpus.formats.text_file import decode
from corpus.formats.types import UNSAID, Extracted, check_length, counted

_LISTED = re.compile(r"^[ \t>]*+(?>(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)*)")

_STEPS = (
    lower_directives, lower_indented, lower_attributes, lower_definitions, lower_delimiters,
    lower_line_marks,
)  # fmt: skip


def from_markdown(content: bytes) -> Extracted:
    """Return a Markdown file of whatever dialect in the reading form."""
    return read_dialect(decode(content), mdx=False)


def from_mdx(content: bytes) -> Extracted:
    """Return a file of MDX in the reading form: braces in it hold expressions."""
    return read_dialect(decode(content), mdx=True)


def read_dialect(text: str, *, mdx: bool = False) -> Extracted:
    """Return Markdown of whatever dialect in the reading form."""
    check_length(text)
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    properties, body = split_properties(written)
    page = PageState(written, mdx=mdx)
    page.values.update(stated_values(properties))
    said = _lowered(content_of(properties, page) + body, page)
    lowered = without_templates(properties, page) + said
    if lowered == written:
        lowered = text
    return Extracted(lowered, markdown=True, left_out=counted(page.found))


def _lowered(body: str, page: PageState) -> str:
    held = hold_code(body, page)
    # Statements of MDX make braces of the page expressions.
    said = lower_tags(lower_parts(take_statements(held, page), page), page)
    for step in _STEPS:
        said = step(said, page)
    return page.restore(_written(said, page)).replace(page.hole, UNSAID)


def _written(text: str, page: PageState) -> str:
    """Return a text in which the marks of containers are written, between blank lines."""
    if not any(mark in text for mark in (page.opening, page.closing, page.line_end)):
        return text
    out: list[str] = []
    needs_blank = False
    for line in text.split("\n"):
        lead = LEAD.match(line)[0]  # type: ignore[index]
        bare = line[len(lead) :]
        is_mark = bare.startswith((page.opening, page.closing))
        if out and (is_mark or needs_blank) and out[-1].strip(" \t>") and bare.strip():
            out.append(lead.rstrip())
        if is_mark:
            label = bare[1:].replace(page.opening, "").replace(page.closing, "").strip()
            out.append(f"{lead}::: {label}" if bare[0] == page.opening else f"{lead}:::")
        else:
            out.extend(_broken(line, lead, page))
        needs_blank = is_mark
    return "\n".join(out)


def _broken(line: str, lead: str, page: PageState) -> list[str]:
    """Return a line as the lines that its breaks ask for; a heading stays whole."""
    line = line.replace(page.opening, "").replace(page.closing, "")
    if page.line_end not in line:
        return [line]
    if line[len(lead) :].startswith("#"):
        return [line.replace(page.line_end, " ")]
    first, *others = line.split(page.line_end)
    further = continued(line[: len(line) - len(_LISTED.sub("", line))])
    lines = [first, *(further + other.strip() for other in others)]
    while len(lines) > 1 and not lines[-1].strip(" \t>"):
        lines.pop()
    # Two blanks at its end keep a line apart from the next one.
    return [f"{one.rstrip()}  " for one in lines[:-1]] + [
        lines[-1] + "  " * (not others[-1].strip())
    ]
