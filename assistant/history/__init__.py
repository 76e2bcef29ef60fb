"""What a home keeps of its answers: conversations, records, receipts, feedback and profiles."""
