"""Finds the questions of a sheet: the column by what its cells look like, then the rows; pure.

A row asks when its cell has a question mark. A row without one is taken too when it says at
least some words and is no lone title: other cells of it are filled wherever those of the rows
that ask are. Rows above the header are never taken, nor are numbers and empty cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from ui.errors import QuestionFileError
from ui.questionnaires.types import Format, Question, Questionnaire, Row, Selection, Sheet

MOST_QUESTIONS = 5_000
_MARKS = "?？؟"
_TITLES = frozenset(
    "question questions frage fragen pregunta preguntas domanda domande vraag vragen pergunta "
    "perguntas requirement requirements anforderung query 質問 问题 вопрос".split()
)
_FEWEST_WORDS = 4
_LONGEST_TITLE = 60
_MOST_TITLE_WORDS = 6
_NAMED = 50
"""Rows at the top in which a title that the user names is looked for."""
_LETTERS = 26


def select(
    questionnaire: Questionnaire, *, sheet: str | None = None, column: str | None = None
) -> Selection:
    """Return where the questions stand: guessed, or in the sheet and column that are given.

    `column` is a number from 1, a letter or a title. Raises QuestionFileError.
    """
    if questionnaire.format is Format.JSONL:
        rows = questionnaire.sheets[0].rows
        asked = tuple(Question(row.number, row.cells[1]) for row in rows)
        return Selection("", 1, None, asked, ())
    chosen = _sheet(questionnaire, sheet)
    where = f"{questionnaire.path}{f', sheet {chosen.name}' if chosen.name else ''}"
    place = guess_column(chosen) if column is None else find_column(chosen, column, where)
    selection = _rows(chosen, place)
    if not selection.questions:
        raise QuestionFileError(
            f"{where}: no question found in column {letter(place)}. Name the right one with "
            "--column (its title, letter or number), or the sheet with --sheet"
        )
    if len(selection.questions) > MOST_QUESTIONS:
        raise QuestionFileError(
            f"{where}: {len(selection.questions):,} questions, the limit is {MOST_QUESTIONS:,}. "
            "Divide the file"
        )
    return selection


def guess_column(sheet: Sheet) -> int:
    """Return the column that asks most, else the one with such a title or the longest texts."""
    return max(range(max(sheet.width, 1)), key=lambda column: _score(sheet, column))


def find_column(sheet: Sheet, name: str, where: str) -> int:
    """Return the column of a number from 1, a letter or a title; raise QuestionFileError.

    What names a column as a letter is one, where the sheet is that wide, and a title else.
    """
    wanted = name.strip().casefold()
    column = int(wanted) - 1 if _is_number(wanted) else _of_letter(wanted)
    if 0 <= column < sheet.width:
        return column
    for row in sheet.rows[:_NAMED]:
        for place, cell in enumerate(row.cells):
            if wanted and cell.strip().casefold() == wanted:
                return place
    titles = ", ".join(repr(cell) for cell in sheet.rows[0].cells[:20] if cell)
    raise QuestionFileError(
        f"{where}: no column {name!r}. Its first row has {titles or 'no titles'}; give one of "
        f"its titles, a letter up to {letter(max(sheet.width - 1, 0))} or a number"
    )


def letter(column: int) -> str:
    """Return the name of a column, counted from 0, as spreadsheets write it."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def asks(text: str) -> bool:
    """Tell whether a text has a question mark."""
    return any(mark in text for mark in _MARKS)


def _sheet(questionnaire: Questionnaire, name: str | None) -> Sheet:
    filled = [sheet for sheet in questionnaire.sheets if sheet.rows]
    if not filled:
        raise QuestionFileError(f"{questionnaire.path}: holds no text. Give a file with questions")
    if name is None:
        return max(filled, key=_interest)
    for sheet in filled:
        if sheet.name.casefold() == name.strip().casefold():
            return sheet
    known = ", ".join(repr(sheet.name) for sheet in filled)
    raise QuestionFileError(
        f"{questionnaire.path}: no sheet {name!r} with content. Known are {known}"
    )


def _interest(sheet: Sheet) -> tuple[bool, int]:
    """Return how likely a sheet is meant: one that is shown and asks before one that is not."""
    asked = max(_asked(sheet, column) for column in range(sheet.width))
    return asked > 0 and not sheet.hidden, asked


def _score(sheet: Sheet, column: int) -> tuple[float, float]:
    texts = [text for _, text in _texts(sheet.rows, column)]
    titled = any(_is_title(text) for text in texts[:_NAMED])
    asked = sum(map(asks, texts))
    # A title outweighs questions that stand in a column of remarks, and wins where none ask.
    weight = asked + (0.5 * len(texts) if titled else 0)
    return weight, fmean(map(len, texts)) if texts else 0.0


def _asked(sheet: Sheet, column: int) -> int:
    return sum(asks(text) for _, text in _texts(sheet.rows, column))


def _texts(rows: Sequence[Row], column: int) -> Iterator[tuple[Row, str]]:
    for row in rows:
        text = row.cells[column].strip() if column < len(row.cells) else ""
        if any(character.isalpha() for character in text):
            yield row, text


def _rows(sheet: Sheet, column: int) -> Selection:
    header = _header(sheet, column)
    below = [(row, text) for row, text in _texts(sheet.rows, column) if row.number > (header or 0)]
    paired = any(asks(text) and _has_others(row, column) for row, text in below)
    taken: list[Question] = []
    left: list[Question] = []
    for row, text in below:
        told = len(text.split()) >= _FEWEST_WORDS and (_has_others(row, column) or not paired)
        (taken if asks(text) or told else left).append(Question(row.number, text))
    titles = next((row.cells for row in sheet.rows if row.number == header), ())
    return Selection(sheet.name, column, header, tuple(taken), tuple(left), titles)


def _header(sheet: Sheet, column: int) -> int | None:
    """Return the row of titles: one with a known title, else the fullest above the first asking."""
    above = []
    for row, text in _texts(sheet.rows, column):
        if _is_title(text):
            return row.number
        if asks(text):
            break
        if len(text) <= _LONGEST_TITLE:
            above.append(row)
    if not any(asks(text) for _, text in _texts(sheet.rows, column)):
        # Nothing but its brevity tells a title from a demand then.
        above = [row for row in above[:1] if len(row.cells[column].split()) < _FEWEST_WORDS]
    fullest = max(above, key=lambda row: sum(map(bool, row.cells)), default=None)
    return fullest.number if fullest else None


def _is_title(text: str) -> bool:
    words = text.casefold().strip(" :*?").split()
    short = len(words) == 1 or (len(words) <= _MOST_TITLE_WORDS and not asks(text))
    return short and not _TITLES.isdisjoint(words)


def _has_others(row: Row, column: int) -> bool:
    return any(cell for place, cell in enumerate(row.cells) if place != column)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) < 6


def _of_letter(name: str) -> int:
    if not name.isascii() or not name.isalpha() or len(name) > 3:
        return -1
    number = 0
    for character in name:
        number = number * _LETTERS + ord(character) - ord("a") + 1
    return number - 1
