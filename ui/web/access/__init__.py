"""Who may use the page: callers, logins, sessions, limits, and the gate in front of all."""

__all__ = [
    "call_names",
    "callers",
    "gate",
    "known_places",
    "limits",
    "login",
    "open_pages",
    "parties",
    "peer",
    "refusal",
    "users_file",
]
