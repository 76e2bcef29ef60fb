"""What the parts of the tab share: its components, the questionnaires, and how errors are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError
from assistant.library.types import Approver
from ui.errors import UiError
from ui.library.may_approve import approver, operator
from ui.questionnaires.jobs import Jobs
from ui.web.html import trouble
from ui.web.questionnaire_tab.questionnaire_components import Parts
from ui.web.site import Site

Updates = dict[Any, Any]
_OWNER = "web:"


@dataclass(frozen=True, slots=True)
class Tab:
    """The tab of one page."""

    site: Site
    parts: Parts
    jobs: Jobs

    def mended(self, action: Callable[[], Updates]) -> Updates:
        """Return what an action changes; what the user can mend is told."""
        try:
            return {self.parts.message: "", **action()}
        except (AssistantError, UiError) as error:
            return {self.parts.message: trouble(str(error))}

    def approver(self, owner: str) -> Approver:
        """Return an owner as one who approves; raise MayNotApprove."""
        return approver_of(self.site, owner)


def approver_of(site: Site, owner: str) -> Approver:
    """Return an owner as one who approves; raise MayNotApprove.

    Whoever sits at a machine that serves nobody else is its operator.
    """
    may = site.may_approve(owner)
    if may and not site.has_names:
        return operator()
    return approver(owner.removeprefix(_OWNER), has_right=may)
