"""Files of questions to files of answers; the command line and the web page share it all.

`files` reads and writes a questionnaire of any format, `select` finds its questions, `lines`
answers them one by one into a file of progress, `run` does both for a file, `jobs` for owners.
"""
