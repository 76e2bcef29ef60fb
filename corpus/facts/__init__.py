"""Facts: what documents state, read off their structure and language (`extract.extract`)."""
