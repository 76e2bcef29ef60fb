"""Builds that are killed, and readers and writers that contend, over a corpus of 200 documents."""
