"""From what users give to documents: files found and fetched, and what is said beside them."""
