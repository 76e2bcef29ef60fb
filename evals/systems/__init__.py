"""The systems that are measured: ours, and what a user would otherwise build."""
