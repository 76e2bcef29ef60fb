"""What changed lately in pages that are fetched again, as a quiet notice of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.errors import UnknownAnswer
from assistant.watching.reporting import kept_reports
from assistant.watching.standing_on import check_ref
from assistant.watching.types import ChangeReport, Standing, StandingKind
from ui.exports.watch_rows import (
    change_words,
    kinds_words,
    lately,
    lately_words,
    standing_words,
)
from ui.questionnaires.jobs import Jobs
from ui.web.ask_tab.answer_html import original_link
from ui.web.html import escaped
from ui.web.site import Site

_SHOWN = 8
"""Changes of a page that are told one by one."""
_LOOKED_AT = 500
"""Reports that are looked through for those of the last days."""
_MOST = 50
"""Reports that are told."""


def changes_notice(site: Site, owner: str) -> str:
    """Return what changed in the last seven days, with what of the owner's stands on it; empty
    where nothing did.
    """
    reports = lately(kept_reports(site.assistant.home(), _LOOKED_AT), site.assistant.kept.now())
    return changes_html(reports, _mine(site, owner))


def changes_html(reports: Iterable[ChangeReport], mine: Callable[[Standing], bool]) -> str:
    """Return reports folded below a line; `mine` tells what a reader may know of."""
    every = list(reports)
    if not every:
        return ""
    items = "".join(_item(one, mine) for one in every[:_MOST])
    more = len(every) - _MOST
    rest = f"<li>and {more:,} earlier ones</li>" if more > 0 else ""
    return (
        f'<details class="notice changes"><summary>{escaped(lately_words(every))}</summary>'
        f"<ul>{items}{rest}</ul></details>"
    )


def _item(report: ChangeReport, mine: Callable[[Standing], bool]) -> str:
    shown = "".join(f"<li>{escaped(change_words(one))}</li>" for one in report.loud[:_SHOWN])
    more = len(report.loud) - _SHOWN
    shown += f"<li>and {more} more</li>" if more > 0 else ""
    standing = standing_words(one for one in report.standing if mine(one))
    on_it = f" On what changed stand {standing}." if standing else ""
    day = f"{report.made:%Y-%m-%d}: " if report.made else ""
    return (
        f"<li>{escaped(day)}<strong>{escaped(report.title)}</strong>"
        f"{original_link(report.address)}: {escaped(kinds_words(report))}.{escaped(on_it)}"
        f"<ul>{shown}</ul></li>"
    )


def _mine(site: Site, owner: str) -> Callable[[Standing], bool]:
    """Return what tells whether something is the owner's or for all, and still there."""
    library = {one.id for one in site.assistant.library.entries()}
    checks = {check_ref(owner, name) for name in ("", *site.assistant.tenants(owner))}
    jobs = {one.id for one in Jobs.of(site.assistant).listed(owner)}

    def tell(one: Standing) -> bool:
        if one.kind is StandingKind.ANSWER:
            return _is_owners(site, one.ref, owner)
        if one.kind is StandingKind.APPROVED:
            return one.ref in library
        if one.kind is StandingKind.ROW:
            return one.ref.partition(":")[0] in jobs
        return one.kind is StandingKind.CHECK and one.ref in checks

    return tell


def _is_owners(site: Site, answer: str, owner: str) -> bool:
    try:
        site.assistant.record(answer, owner)
    except UnknownAnswer:
        return False
    return True
