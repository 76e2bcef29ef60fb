"""Texts into the XML of a document of Word; what stands there stays."""

from __future__ import annotations

import copy
from typing import Any

from ui.questionnaires.formats.office_xml import local_name, space_of
from ui.questionnaires.formats.types import Sources
from ui.questionnaires.formats.word_tree import body_of, is_placeholder, text_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill_cell(cell: Any, text: str) -> None:
    """Put a text into an empty cell: into its content control if it has one."""
    for control in cell.iter(f"{space_of(cell)}sdt"):
        if is_placeholder(control):
            _fill_control(control, text)
            return
    paragraph = next(cell.iter(f"{space_of(cell)}p"), None)
    if paragraph is None:
        paragraph = _child(cell, "p")
    _add_run(paragraph, text)


def add_to_cell(cell: Any, text: str) -> None:
    """Put a text below what stands in a cell."""
    last = [one for one in cell if local_name(one) == "p"][-1:]
    added = _paragraph_like(last[0] if last else cell, text)
    if last:
        last[0].addnext(added)
    else:
        cell.append(added)


def add_after(paragraph: Any, text: str) -> None:
    """Put a text after a paragraph: into the empty one that follows, else into one of its own."""
    following = paragraph.getnext()
    if following is not None and local_name(following) == "p" and _is_empty(following):
        _add_run(following, text)
        return
    paragraph.addnext(_paragraph_like(paragraph, text))


def add_to_end(root: Any, sources: Sources) -> None:
    """Put the list of sources behind all that a document has."""
    if not sources.rows:
        return
    body = body_of(root)
    lines = ["Sources", *(_line(sources, one.cells) for one in sources.rows)]
    last = [one for one in body if local_name(one) == "sectPr"][-1:]
    for line in lines:
        paragraph = body.makeelement(f"{space_of(body)}p", {})
        _add_run(paragraph, line)
        if last:
            last[0].addprevious(paragraph)
        else:
            body.append(paragraph)


def _line(sources: Sources, cells: tuple[str, ...]) -> str:
    told = zip(sources.titles, cells, strict=True)
    return "; ".join(f"{title}: {' '.join(text.split())}" for title, text in told if text)


def _is_empty(paragraph: Any) -> bool:
    holds = any(
        local_name(one) in ("drawing", "pict", "object", "sectPr") for one in paragraph.iter()
    )
    return not holds and not text_of(paragraph)


def _fill_control(control: Any, text: str) -> None:
    properties = control.find("{*}sdtPr")
    properties.remove(properties.find("{*}showingPlcHdr"))
    content = control.find("{*}sdtContent")
    runs = list(content.iter(f"{space_of(control)}r"))
    for run in runs[1:]:
        run.getparent().remove(run)
    if not runs:
        _add_run(content, text)
        return
    run = runs[0]
    for child in list(run):
        # What a placeholder looks like is no look of an answer.
        run.remove(child)
    _set_lines(run, text)


def _paragraph_like(other: Any, text: str) -> Any:
    """Return a paragraph as far in as another one, without its number and style."""
    paragraph = other.makeelement(f"{space_of(other)}p", {})
    indent = other.find("{*}pPr/{*}ind")
    if indent is not None:
        _child(paragraph, "pPr").append(copy.deepcopy(indent))
    _add_run(paragraph, text)
    return paragraph


def _add_run(paragraph: Any, text: str) -> None:
    run = _child(paragraph, "r")
    looks = paragraph.find("{*}pPr/{*}rPr")
    if looks is not None:
        run.append(copy.deepcopy(looks))
    _set_lines(run, text)


def _set_lines(run: Any, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            _child(run, "br")
        holder = _child(run, "t")
        holder.set(_SPACE, "preserve")
        holder.text = line


def _child(parent: Any, name: str) -> Any:
    child = parent.makeelement(f"{space_of(parent)}{name}", {})
    parent.append(child)
    return child
