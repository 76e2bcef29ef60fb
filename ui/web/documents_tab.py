"""The tab of the documents: what is indexed, what failed and why; adding, describing, removing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.settings import PREFIX, build_options
from assistant.streaming import heard_in_thread
from corpus.errors import CorpusError
from corpus.intake.describe import Given, parse_date
from corpus.intake.not_read import left_out_words
from corpus.intake.reach import Reach
from index.building import documents
from index.building.build import build_index
from index.building.uploads import delete_upload, take_upload
from index.errors import IndexingError, RegistryError
from index.types import FileRecord, FileState, StoredDocument
from ui.shared.telling.without_paths import without_paths
from ui.shared.terminal_text import by_count, dated
from ui.web.ask_tab.answer_html import original_link
from ui.web.choice_list import choice_list
from ui.web.first_values import FirstValues
from ui.web.html import attribute_link, escaped, notice, trouble
from ui.web.site import Site, owner_of, passage_link
from ui.web.watch_notice import changes_notice
from ui.web.what_came import Brought, what_came

_PATIENCE_S = 600.0
"""How long a change waits for another process that builds."""
_MOST_SHOWN = 500
_KB = 1000
_NOT_FETCHED = (
    "pages are not fetched here. Save the page and add the file, or set "
    f"{PREFIX}FETCH_ON_PAGE=true on the server"
)
_FORBIDDEN = "Only those who look after the documents may change them."


def documents_table(documents: Iterable[StoredDocument]) -> str:
    """Return the indexed documents with their dates; each opens at its beginning."""
    every = list(documents)
    titles = {one.about.id: one.about.title for one in every}
    rows = "".join(_document_row(document, titles) for document in every[:_MOST_SHOWN])
    more = len(every) - _MOST_SHOWN
    rest = f'<p class="notice">and {more:,} more</p>' if more > 0 else ""
    return (
        '<div class="table-wrap as-cards" tabindex="0" role="region" '
        'aria-label="Indexed documents">'
        f"<table><caption>{_count(len(every))}</caption><thead><tr>"
        '<th scope="col">Title</th><th scope="col">Service</th><th scope="col">Date</th>'
        '<th scope="col">Supersedes</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{rest}"
    )


def _count(documents: int) -> str:
    return by_count(documents, "document is indexed", "documents are indexed")


def _document_row(document: StoredDocument, titles: Mapping[str, str]) -> str:
    about = document.about
    first = next((at for at, sign in enumerate(document.text) if not sign.isspace()), 0)
    link = attribute_link(passage_link(about.id, first, min(first + 80, len(document.text))))
    older = ", ".join(titles.get(one, one) for one in about.supersedes)
    return (
        f'<tr><th scope="row"><a class="cite" href="{link}">{escaped(about.title)}</a>'
        f"{original_link(about.source)}</th>{_cell('Service', about.service)}"
        f'<td data-title="Date"><span class="date">{escaped(dated(about.date))}</span></td>'
        f"{_cell('Supersedes', older)}</tr>"
    )


def _cell(title: str, text: str) -> str:
    return f'<td data-title="{title}">{escaped(text)}</td>' if text else "<td></td>"


def _ledger_order(record: FileRecord) -> tuple[bool, bool, bool, str]:
    failed = record.state is FileState.FAILED
    return (not failed, record.state is FileState.OK, not record.left_out, record.name)


def _size(count: int) -> str:
    """Return a size in bytes as a person reads it."""
    if count < _KB:
        return f"{count} bytes" if count else ""
    return f"{count / _KB:,.0f} KB" if count < _KB**2 else f"{count / _KB**2:,.1f} MB"


def ledger_table(records: Iterable[FileRecord], titles: Mapping[str, str] | None = None) -> str:
    """Return what became of every file: first the failed ones and those of other kinds, each with
    its reason, last those of which nothing was left out.
    """
    every, known = sorted(records, key=_ledger_order), titles or {}
    rows = "".join(
        f'<tr class="{one.state.value.replace(" ", "-")}"><td>{escaped(one.state.value)}</td>'
        f'<th scope="row">{escaped(one.name)}</th>'
        f"{_cell('Size', _size(one.size))}"
        f"{_cell('Document', without_paths(one.reason) or known.get(one.document, one.document))}"
        f"{_cell('Left out', left_out_words(one.left_out, examples=True))}</tr>"
        for one in every[:_MOST_SHOWN]
    )
    more = len(every) - _MOST_SHOWN
    rest = f'<p class="notice">and {more:,} more</p>' if more > 0 else ""
    return (
        '<div class="table-wrap as-cards" tabindex="0" role="region" aria-label="Files">'
        "<table><caption>What became of every file</caption><thead><tr>"
        '<th scope="col">State</th><th scope="col">File</th><th scope="col">Size</th>'
        '<th scope="col">Document, or why there is none</th>'
        '<th scope="col">Left out</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{rest}"
    )


def build(site: Site, at_first: FirstValues) -> None:
    """Lay the tab out."""
    changes = gr.HTML(elem_id="documents-changes")
    with gr.Group(visible=False) as managing:
        with gr.Accordion("Add documents", open=False):
            files = gr.File(
                label="Files", file_count="multiple", type="filepath", height=140,
                elem_id="documents-files",
            )  # fmt: skip
            address = gr.Textbox(
                label="or the address of one page", max_lines=1,
                visible=site.assistant.settings.fetch_on_page,
            )  # fmt: skip
            gr.Markdown("No more is needed. What you leave empty is read from the document.")
            described = _describing()
            add = gr.Button("Add", variant="primary")
        with gr.Accordion("Describe or remove a document", open=False):
            chosen = choice_list(label="Document")
            gr.Markdown("What is filled in above under “Add documents” replaces what is known.")
            with gr.Row():
                describe = gr.Button("Describe")
                remove = gr.Button("Remove from the answers", variant="stop")
    said = gr.HTML(elem_id="documents-said")
    table = gr.HTML(elem_id="documents-table")
    ledger = gr.HTML(elem_id="documents-ledger")

    shown = [table, ledger, described[-1], chosen]

    def listed() -> tuple[Any, ...]:
        return _listed(site)

    def changed(
        work: Callable[[Callable[[str], None]], Brought], request: gr.Request
    ) -> Iterator[str]:
        """Yield what a change tells while it goes on; what forbids it where it is not allowed."""
        if not site.may_manage(owner_of(request)):
            yield trouble(_FORBIDDEN)
            return
        try:
            for step in heard_in_thread(work, goes_on=True):
                yield step.html if isinstance(step, Brought) else notice(step)
        except (IndexingError, CorpusError) as error:
            yield trouble(str(error))

    def on_add(
        files: list[str] | None, address: str | None, title: str, service: str, dated_on: str,
        source: str, older: list[str] | None, request: gr.Request,
    ) -> Iterator[str]:  # fmt: skip
        def work(tell: Callable[[str], None]) -> Brought:
            given = _given(title, service, dated_on, source, older)
            # A field that is not shown has no value at all.
            named = (address or "").strip()
            return _added(site, [Path(file) for file in files or ()], named, given, tell)

        yield from changed(work, request)

    def on_describe(
        chosen: str | None, title: str, service: str, dated_on: str, source: str,
        older: list[str] | None, request: gr.Request,
    ) -> Iterator[str]:  # fmt: skip
        def work(tell: Callable[[str], None]) -> Brought:
            given = _given(title, service, dated_on, source, older)
            documents.describe(site.assistant.home(), chosen or "", given)
            return _built(site, tell)

        yield from changed(work, request)

    def on_remove(chosen: str | None, request: gr.Request) -> Iterator[str]:
        def work(tell: Callable[[str], None]) -> Brought:
            _removed(site, chosen or "")
            return _built(site, tell)

        yield from changed(work, request)

    def allowed(request: gr.Request) -> tuple[gr.Group, str]:
        owner = owner_of(request)
        return gr.Group(visible=site.may_manage(owner)), changes_notice(site, owner)

    private = {"api_visibility": "private"}
    for event in (
        add.click(on_add, [files, address, *described], said, **private),
        describe.click(on_describe, [chosen, *described], said, **private),
        remove.click(on_remove, chosen, said, **private),
    ):
        event.then(listed, None, shown, **private)
    at_first.fill(shown, lambda _: listed())
    at_first.fill([managing, changes], allowed)


def _describing() -> list[gr.Textbox | gr.Dropdown]:
    """Lay out what is said of a document: title, service, date, address, what it supersedes."""
    with gr.Row():
        said = [
            gr.Textbox(label=label, max_lines=1)
            for label in ("Title", "Service that it is about", "Date of the page (YYYY-MM-DD)")
        ]
    with gr.Row():
        source = gr.Textbox(label="Address where it is published", max_lines=1)
        older = gr.Dropdown([], multiselect=True, label="Documents that it supersedes")
    return [*said, source, older]


def _listed(site: Site) -> tuple[Any, ...]:
    """Return the two tables, and what the two fields for documents offer."""
    documents = site.assistant.documents
    titles = {one.id: one.about.title for one in documents}
    return (
        documents_table(documents), ledger_table(site.assistant.files, titles),
        *(gr.Dropdown(choices=[(title, id_) for id_, title in titles.items()])
          for _ in range(2)),
    )  # fmt: skip


def _given(title: str, service: str, dated_on: str, source: str, older: list[str] | None) -> Given:
    """Return what a form says of a document; raise RegistryError for a date that is none."""
    day = parse_date(dated_on.strip())
    if dated_on.strip() and day is None:
        raise RegistryError(f"{dated_on}: no date. Write it as YYYY-MM-DD")
    return Given(
        title=title.strip(), service=service.strip(), date=day, source=source.strip(),
        supersedes=tuple(older or ()),
    )  # fmt: skip


def _added(
    site: Site, files: list[Path], address: str, given: Given, tell: Callable[[str], None]
) -> Brought:
    home = site.assistant.home()
    if not files and not address:
        raise RegistryError("nothing to add. Choose a file, or give the address of a page")
    if len(files) > 1 and (given.title or given.supersedes):
        raise RegistryError(
            "a title and what is superseded belong to one document, these are several files. Add "
            "them one by one"
        )
    if address and not site.assistant.settings.fetch_on_page:
        raise RegistryError(f"{address}: {_NOT_FETCHED}")
    if address and not documents.is_address(address):
        raise RegistryError(f"{address}: no address of a page. Begin it with https://")
    for file in files:
        take_upload(home, file, file.name, given)
    if address:
        documents.add(home, address, (), given, reach=Reach.PUBLIC)
    return _built(site, tell)


def _removed(site: Site, document: str) -> None:
    home = site.assistant.home()
    known = next((one for one in site.assistant.files if one.document == document), None)
    if known is None or not delete_upload(home, known):
        documents.remove(home, document)


def _built(site: Site, tell: Callable[[str], None]) -> Brought:
    """Build the index; return what that brought, as HTML."""
    settings = site.assistant.settings
    with site.assistant.reading() as index:
        before = dict(index.documents)
    build_index(settings.home, options=build_options(settings, _PATIENCE_S), progress=tell)
    files = site.assistant.files
    with site.assistant.reading() as index:
        return what_came(before, index, files)
