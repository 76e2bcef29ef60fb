"""The tab of questionnaires: upload, choose, watch, correct, download."""
