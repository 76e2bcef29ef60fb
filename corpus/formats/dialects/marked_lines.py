"""What stands in lines: tabs and includes of Microsoft Learn, ids, lists of contents."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.formats.dialects.element_names import EMOJI, EMOJI_NAME
from corpus.formats.dialects.page_state import PageState, around

_TAB = re.compile(r"(?P<lead>[ \t>]*+)#{1,6}[ \t]*\[(?P<label>.+?)\]\(#tabs?/[^)\s]*\)[ \t#]*$")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]|$)")
_RULE = re.compile(
    r"[ \t]{0,3}(?:-[ \t]*+){3,}$|[ \t]{0,3}(?:\*[ \t]*+){3,}$|[ \t]{0,3}(?:_[ \t]*+){3,}$"
)
_ADOBE_TAB = re.compile(r"[ \t]*>[ \t]*\[!(BEGINTABS|ENDTABS|TAB)\b[ \t]*([^\]\n]*)\][ \t]*$")
_INCLUDE = re.compile(r"\[!include[ \t]*\[([^\[\]\n]*+)\][ \t]*+\(([^()\n]*+)\)[ \t]*\]", re.I)
_CODE = re.compile(
    r"\[!(?:code(?:-[\w+#]+)?|notebook)[ \t]*\[([^\[\]\n]*+)\][ \t]*+\(([^()\n]*+)\)[ \t]*\]", re.I
)
_VIDEO = re.compile(r"\[!(?:VIDEO|EMBED)[ \t(\]]+([^\s)\]]+)[)\]]*", re.I)
_DIV = re.compile(
    r"^[ \t>]*+\[!(?:div|SELECTOR|OP_SINGLE_SELECTOR)\b[^\[\]\n]*+\][ \t]*(?:\n|\Z)"
    r"|\[!div\b[^\[\]\n]*+\]",
    re.I | re.M,
)
_NAME = re.compile(r"\[!(?:UICONTROL|DNL|BADGE|ACTION|PREVIEW)[ \t]+([^\]\n]+)\](?:\{[^{}\n]*\})?")
_FOLDED = re.compile(r"^([ \t]*>[ \t>]*\[![\w-]+\])[+-][ \t]*(\S.*)?$", re.M)
_SNIPPET = re.compile(
    r"""^[ \t>]*+(?:;?-+8<-+[ \t]+["']?([^"'\n]+)["']?|\{!([^!\n]+)!\}
    |!INCLUDE[ \t]+"([^"\n]+)")[ \t]*$""",
    re.M | re.X,
)
_CONTENTS = re.compile(
    r"^[ \t>]*+(?:\[\[_?toc_?\]\]|\[toc\]|\$\{toc\}|\{:toc\}|\{\{>?toc\}\})[ \t]*$",
    re.I | re.M,
)
_HEADING_LINE = re.compile(r"^[ \t>]*+#{1,6}[ \t][^\n]*[}\]][ \t#]*$", re.M)
_HEADING_ID = re.compile(r"\{:?[ \t]*(?:[.#]|[a-z-]+=)[^{}\n]*\}|\[#[\w-]+\]")
_ABBREVIATION = re.compile(r"^[ \t]{0,3}\*\[([^\]\n]+\]:[ \t]+\S[^\n]*)$", re.M)
_EMOJI = re.compile(EMOJI_NAME)


def lower_line_marks(text: str, page: PageState) -> str:
    """Return a text without what asks for something else than text."""
    for pattern, replaced in _steps(page):
        text = pattern.sub(replaced, text)
    if "](#tab" in text or "TABS]" in text:
        text = "\n".join(_tabs(text.split("\n"), page))
    return text


def _steps(page: PageState) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    def left_out(what: str, *groups: int) -> Callable[[re.Match[str]], str]:
        def replaced(match: re.Match[str]) -> str:
            page.leave_out(what, next(filter(None, (match[group] for group in groups)), ""))
            return page.hole if _is_within_sentence(match) else ""

        return replaced

    def abbreviated(match: re.Match[str]) -> str:
        page.leave_out("abbreviation", match[1].replace("]:", ":", 1))
        return ""

    return (
        (_INCLUDE, left_out("included file", 2, 1)),
        (_CODE, left_out("included code", 2, 1)),
        (_VIDEO, left_out("video", 1)),
        (_SNIPPET, left_out("included file", 1, 2, 3)),
        (_NAME, lambda match: match[1]),
        (_DIV, lambda match: ""),
        (_FOLDED, _unfolded),
        (_CONTENTS, lambda match: ""),
        (_HEADING_LINE, _without_id),
        (_ABBREVIATION, abbreviated),
        (_EMOJI, lambda match: EMOJI[match[0]]),
    )


def _is_within_sentence(match: re.Match[str]) -> bool:
    """Tell whether words of a sentence are missing where something was taken out."""
    before, after = around(match)
    return bool(re.search(r"\w", before)) or bool(re.match(r"\s*\w", after))


def _without_id(match: re.Match[str]) -> str:
    line = match[0].rstrip(" \t#")
    start = line.rfind("{" if line.endswith("}") else "[")
    named = start > 0 and _HEADING_ID.fullmatch(line, start)
    return line[:start].rstrip() if named else match[0]


def _unfolded(match: re.Match[str]) -> str:
    if not match[2]:
        return match[1]
    lead = match[1][: match[1].index("[")]
    return f"{match[1]}\n{lead}**{match[2].strip()}**\n{lead.rstrip()}"


def _tabs(lines: list[str], page: PageState) -> list[str]:
    """Return lines in which headings that are tabs begin containers."""
    out: list[str] = []
    last_rule = max((n for n, line in enumerate(lines) if _RULE.match(line)), default=-1)
    is_open, depth, lead = False, 0, ""
    for number, line in enumerate(lines):
        tab = _TAB.match(line)
        adobe = _ADOBE_TAB.match(line)
        bare = line.strip(" \t>")
        depth += bare.startswith(page.opening) - bare.startswith(page.closing)
        ends = is_open and depth <= 0 and (
            bool(tab) or bool(adobe) or (_RULE.match(line) is not None)
            or (number > last_rule and _HEADING.match(line) is not None)
        )  # fmt: skip
        if ends or (is_open and depth < 0):
            out.append(f"{lead}{page.closing}")
            is_open = False
            if _RULE.match(line):
                continue
        if tab and not is_open:
            lead, is_open, depth = tab["lead"], True, 0
            out.append(f"{lead}{page.opening}tab {page.label(tab['label'])}")
        elif adobe:
            if adobe[1] == "TAB":
                lead, is_open, depth = "", True, 0
                out.append(f"{page.opening}tab {page.label(adobe[2])}")
        elif tab:
            out.append(f"{tab['lead']}**{page.label(tab['label'])}**")
        else:
            out.append(line)
    return [*out, f"{lead}{page.closing}"] if is_open else out
