"""The tab of questionnaires: upload, choose, watch, correct, download."""

__all__ = ["questionnaire_events"]
