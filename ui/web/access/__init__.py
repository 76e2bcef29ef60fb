"""Who may use the page: callers, logins, sessions, limits, and the gate in front of all."""
