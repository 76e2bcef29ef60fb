"""The systems that are measured: ours, and what a user would otherwise build."""

__all__ = ["base", "built_assistant", "names", "ours", "triaged_rows"]
