"""Files of questions to files of answers; the command line and the web page share it all.

`files` reads and writes a questionnaire of any format (`formats`), `understanding` finds what it
asks, `understood_text` shows that, `jsonl_file` answers the questions one by one into a file of
progress, `answer_questions` does it all for a file, `jobs` for owners and those who work with them,
`job_storage` keeps that, `row_approval` keeps a row in the library of answers.
"""

__all__ = [
    "answer_columns",
    "answer_questions",
    "cell_names",
    "files",
    "find_questions",
    "job_storage",
    "job_types",
    "jobs",
    "row_approval",
    "triage_cells",
    "types",
    "understanding",
    "understood_text",
]
