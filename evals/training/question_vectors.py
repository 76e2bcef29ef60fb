"""Embed the written questions that come with the project.

`python -m evals.training.question_vectors`: run it after the encoder or the bank of questions has
changed; a test fails until then.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.intake.question_bank import FILE as QUESTIONS
from corpus.intake.question_bank import read_questions
from corpus.intake.sources import BUNDLED
from index.encoding.chunk_encoder import SHIPPED, ChunkEncoder, model_folder
from index.encoding.question_vectors import FILE, QuestionVectors


def written_questions(bank: Path) -> tuple[str, ...]:
    """Return all questions of a bank."""
    return tuple(question for row in read_questions(bank) for question in row.questions)


def main() -> None:
    """Embed the questions and write the file beside the encoder."""
    encoder = ChunkEncoder()
    questions = written_questions(BUNDLED / QUESTIONS)
    made = QuestionVectors.of(encoder.sha256, questions, encoder.encode(questions))
    target = model_folder(SHIPPED) / FILE
    made.write(target)
    sys.stderr.write(f"{len(made.keys)} questions: {target}\n")


if __name__ == "__main__":
    main()
