"""A finding in words: small templates, a file for each kind of finding."""
