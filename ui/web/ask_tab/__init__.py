"""The tab of the conversation: questions, answers, passages, receipts and the history."""

__all__ = ["answer_html", "chat", "history_drawer", "passage_html", "receipt_html"]
