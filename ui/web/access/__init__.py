"""Who may use the page: callers, logins, sessions, limits, and the gate in front of all."""

__all__ = [
    "callers",
    "gate",
    "limits",
    "login",
    "open_pages",
    "parties",
    "peer",
    "refusal",
    "users_file",
]
