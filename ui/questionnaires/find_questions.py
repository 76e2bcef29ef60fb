"""One table of a questionnaire, for those who ask for one."""

from __future__ import annotations

from ui.questionnaires.types import Questionnaire, Selection
from ui.questionnaires.understanding.corrections import Correction
from ui.questionnaires.understanding.understand_file import understand


def select(
    questionnaire: Questionnaire, *, sheet: str | None = None, column: str | None = None
) -> Selection:
    """Return the table that asks most: of all, or in the sheet and column that are given.

    `column` is a number from 1, a letter or a title. Raises QuestionFileError.
    """
    named = sheet is not None or column is not None
    wanted = (Correction(sheet=sheet, column=column),) if named else ()
    return max(understand(questionnaire, wanted).tables, key=lambda one: len(one.questions))
