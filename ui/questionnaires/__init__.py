"""Files of questions to files of answers; the command line and the web page share it all.

`files` reads and writes a questionnaire of any format, `find_questions` finds its questions,
`jsonl_file` answers them one by one into a file of progress, `answer_questions` does both for a
file, `jobs` for owners.
"""

__all__ = [
    "answer_columns",
    "answer_questions",
    "files",
    "find_questions",
    "job_store",
    "jobs",
    "types",
]
