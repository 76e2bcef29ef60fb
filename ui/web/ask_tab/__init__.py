"""The tab of the conversation: questions, answers, passages, receipts and the history."""
