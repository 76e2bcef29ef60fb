"""Which promises of the documents hold for a tenant, and why the others do not.

types           what a condition asks of a tenant, and what becomes of a statement
tenant_names    names of add-ons, features and services as people write them
requirements    a condition, or an item of a list of conditions, as requirements
document_scope  what a document says its statements hold under: title, headings, lists, rows
unread_clauses  words of a sentence that limit it and that nobody read
weighing        a requirement against a profile
checking        every promise and exclusion against a profile
what_if         "buy X", "move to Y" as another profile, and what it changes
profile_files   a profile in a file
unknown_names   countries, add-ons, features and services that nobody knows
"""

__all__ = ["checking", "profile_files", "types", "what_if"]
