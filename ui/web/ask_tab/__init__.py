"""The tab of the conversation: questions, answers, passages, receipts and the history."""

__all__ = [
    "answer_html", "answering", "examples", "history_drawer", "passage_html", "receipt_html",
    "start_html", "times",
]  # fmt: skip
