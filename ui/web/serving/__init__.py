"""The server of the page: routes, API, health, and an end in order."""

__all__ = ["home_stores", "server"]
