"""How questionnaires that are worked on are kept: in files of a home, or on a server."""

__all__ = ["file_rows", "job_files", "job_store", "job_tables"]
