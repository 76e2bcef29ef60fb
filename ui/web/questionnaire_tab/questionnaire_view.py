"""Questionnaires as HTML: the sheet before, the progress, the rows after; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from assistant.types import Citation, Verdict
from ui.questionnaires.answer_columns import verdict
from ui.questionnaires.cell_names import letter
from ui.questionnaires.job_types import JobRow, RowState
from ui.questionnaires.jobs import Job, JobState
from ui.questionnaires.triage_cells import confidence_cell, triage_cell
from ui.questionnaires.types import Questionnaire, Reply, Selection, Sheet, Understood
from ui.questionnaires.understood_text import understood_lines
from ui.shared.terminal_text import by_count, dated
from ui.standing import Standing
from ui.web.ask_tab.times import ago
from ui.web.evidence_links import evidence_links
from ui.web.html import attribute_link, escaped, notice, trouble
from ui.web.site import passage_link

PREVIEWED = 12
"""Rows of a sheet that are shown before it is answered."""
ON_PAGE = 25
"""Rows that are shown at a time while it is answered."""
_COLUMNS = 8
"""Columns of a preview."""
_CELL = 120
"""Characters of a cell in a preview."""
_NAMED = 8
_VERDICTS = {
    Verdict.ANSWERED.value: "Answered",
    Verdict.ABSTAINED.value: Standing.NOT_STATED.value,
    Verdict.CLARIFY.value: "Open question",
    RowState.WAITING.value: "Waiting",
}


_TITLES = ("Row", "Question", "Verdict", "Answer", "Citations", "Given to", "Open")
_KEYS = (
    "Keys in the rows: up and down, or k and j, move; Enter opens; e edits; g gives to a person; "
    "c comments; a approves, for all customers; Escape comes back."
)


def job_label(job: Job, now: datetime) -> str:
    """Return a questionnaire as one line of a list, short enough for a phone."""
    done = job.counts.total - job.counts.waiting
    told = f"{done} of {job.counts.total}, " if job.counts.total else ""
    told = told if job.is_own else f"shared with you, {told}"
    made = datetime.fromisoformat(job.made)
    made = made if made.tzinfo else made.replace(tzinfo=UTC)
    return f"{job.name}: {told}{job.state.value}, {ago(made, now)}"


def column_label(sheet: Sheet, column: int, header: int | None) -> str:
    """Return a column as its letter with its title."""
    title = next((_cell(row.cells, column) for row in sheet.rows if row.number == header), "")
    return f"{letter(column)}: {_short(title, 60)}" if title else letter(column)


def table_label(table: Selection) -> str:
    """Return a table as one line of a list."""
    where = f"{table.sheet}, " if table.sheet else ""
    return f"{where}column {letter(table.column)} ({_questions(table)})"


def understood(questionnaire: Questionnaire, found: Understood) -> str:
    """Return what is understood of a file, in the words of the command line."""
    lines = "".join(
        f"<p{' class=sheets-of-table' * line.startswith(' ')}>{escaped(line.strip())}</p>"
        for line in understood_lines(questionnaire, found)
    )
    return f'<section class="sheets-detail" aria-label="What is understood">{lines}</section>'


def preview(sheet: Sheet, selection: Selection | None, notes: Sequence[str] = ()) -> str:
    """Return the first rows of a sheet, with which of them would be asked."""
    asked = {one.row for one in selection.questions} if selection else set()
    columns = _previewed(sheet, selection)
    titles = "".join(f'<th scope="col">{letter(column)}</th>' for column in columns)
    rows = "".join(
        f'<tr><th scope="row">{row.number}</th><td>{_role(row.number, asked, selection)}</td>'
        + "".join(_previewed_cell(row.cells, column, selection) for column in columns)
        + "</tr>"
        for row in sheet.rows[:PREVIEWED]
    )
    more = len(sheet.rows) - PREVIEWED
    caption = f"The first rows of {sheet.name or 'the file'}" + (f", {more} more" * (more > 0))
    return (
        "".join(map(notice, (*notes, taken_line(selection))))
        + '<div class="table-wrap" tabindex="0" role="region" aria-label="Preview">'
        f"<table><caption>{escaped(caption)}</caption><thead><tr>"
        f'<th scope="col">Row</th><th scope="col">Taken as</th>{titles}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def taken_line(selection: Selection | None) -> str:
    """Return which rows are taken for questions and which are left alone."""
    if selection is None:
        return "No question was found in this column."
    told = f"{_questions(selection)} in column {letter(selection.column)}."
    if not selection.left:
        return told
    named = "; ".join(f"{one.row} ({_short(one.text, 40)})" for one in selection.left[:_NAMED])
    more = len(selection.left) - _NAMED
    return f"{told} Left alone: row {named}" + (f" and {more} more." if more > 0 else ".")


def progress(job: Job, profiles: Sequence[str] = ()) -> str:
    """Return how far a questionnaire is, and what hands over the evidence of its answers.

    `profiles` are those whose check may go with it.
    """
    counts = job.counts
    done = counts.total - counts.waiting
    parts = [f"{done} of {counts.total} done"]
    parts += [f"{counts.failed} failed"] * bool(counts.failed)
    parts += [f"{counts.corrected} corrected"] * bool(counts.corrected)
    line = f"{job.name}: {', '.join(parts)}, {job.state.value}."
    stopped = trouble(job.trouble) if job.trouble else ""
    return (
        f'{notice(line)}<progress class="sheets-progress" value="{done}" '
        f'max="{max(counts.total, 1)}" aria-label="Questions done"></progress>{stopped}'
        f"{evidence_links('job', job.id, profiles) if done else ''}"
    )


def pages(count: int) -> int:
    """Return how many pages so many rows fill."""
    return max(-(-count // ON_PAGE), 1)


def row_table(rows: Sequence[JobRow], job: Job, page: int) -> str:
    """Return a page of the rows with what became of each; each can be read whole, all by keys."""
    if not rows:
        return notice("No rows of this kind.") if job.state is not JobState.NEW else ""
    head = "".join(f'<th scope="col">{title}</th>' for title in _TITLES)
    body = "".join(_row(row, is_first=row is rows[0]) for row in rows)
    return (
        f'<p id="sheets-keys" class="notice">{escaped(_KEYS)}</p>'
        '<div class="table-wrap as-cards" tabindex="0" role="region" aria-label="Answers">'
        '<table class="sheets-rows" aria-describedby="sheets-keys">'
        f"<caption>{escaped(job.name)}, page {page}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def row_detail(row: JobRow) -> str:
    """Return one row whole: question, answer, citations with their quotes."""
    reply = row.reply
    sources = "".join(
        f"<li>{_link(one)} {escaped(f'{dated(one.as_of)}, {one.section}')}"
        f"<blockquote>{escaped(one.quote)}</blockquote></li>"
        for one in reply.citations
    )
    words = f"<p>Words of a person: {escaped(row.correction)}</p>" if row.correction else ""
    became = "".join(f"<p>{escaped(line)}</p>" for line in _became(row))
    of = "Citations of the assistant's answer" if row.correction else "Citations"
    listed = f"<h4>{escaped(of)}</h4><ul>{sources}</ul>" if sources else ""
    return (
        '<article class="sheets-detail">'
        f'<h3 tabindex="-1">Row {row.row}: {escaped(row.question)}</h3>'
        f"<p><strong>{escaped(verdict_label(reply))}</strong></p>{became}"
        f"<p>{escaped(reply.text)}</p>{words}{listed}</article>"
    )


def verdict_label(reply: Reply) -> str:
    """Return how a question ended, in the words of the page."""
    told = verdict(reply)
    return _VERDICTS.get(told, told[:1].upper() + told[1:])


def _questions(table: Selection) -> str:
    return by_count(len(table.questions), "question", "questions")


def _row(row: JobRow, *, is_first: bool) -> str:
    reply = row.reply
    links = " ".join(_link(citation) for citation in reply.citations)
    told = "<br>".join(escaped(one) for one in (verdict_label(reply), *_became(row)))
    return (
        f'<tr data-position="{row.position}" tabindex="{0 if is_first else -1}" '
        f'aria-keyshortcuts="j k e g c a Enter"><th scope="row">{row.row}</th>'
        f'<td>{escaped(row.question)}</td><td data-title="Verdict">{told}</td>'
        f'<td data-title="Answer">{escaped(row.correction or reply.text)}</td>'
        f"{_cell_of('Citations', links)}{_cell_of('Given to', escaped(row.assigned))}"
        f'<td><button type="button" class="tool" data-position="{row.position}" '
        f'aria-label="Open row {row.row}">Open</button></td></tr>'
    )


def _cell_of(title: str, html: str) -> str:
    return f'<td data-title="{title}">{html}</td>' if html else "<td></td>"


def _became(row: JobRow) -> Iterator[str]:
    """Yield what is said of a row beside its verdict."""
    reply = row.reply
    if reply.triage:
        yield f"Triage: {triage_cell(reply)}, {confidence_cell(reply)}".rstrip(", ")
    if reply.approved:
        yield f"From the library: {reply.approved}"
    if row.approved:
        yield f"Approved by {row.approved}"
    if row.comment:
        yield f"Comment: {row.comment}"


def _link(citation: Citation) -> str:
    address = passage_link(citation.document, citation.start, citation.end)
    name = f"[{citation.marker}] {citation.title}"
    return f'<a class="cite" href="{attribute_link(address)}">{escaped(name)}</a>'


def _previewed(sheet: Sheet, selection: Selection | None) -> Sequence[int]:
    """Return the columns of a preview: the first ones, and always the one that asks."""
    columns = list(range(min(sheet.width, _COLUMNS)))
    if selection and selection.column not in columns:
        columns = [*columns[:-1], selection.column]
    return columns


def _previewed_cell(cells: Sequence[str], column: int, selection: Selection | None) -> str:
    chosen = ' class="sheets-asked"' if selection and column == selection.column else ""
    return f"<td{chosen}>{escaped(_short(_cell(cells, column), _CELL))}</td>"


def _role(number: int, asked: Iterable[int], selection: Selection | None) -> str:
    if number in asked:
        return "question"
    return "titles" if selection and number == selection.header else ""


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
