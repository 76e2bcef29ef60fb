"""Cases together with the documents that they are about: read, checked, split and counted."""
