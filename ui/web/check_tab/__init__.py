"""The tab of tenants: profiles, what holds for them, and what a change would change."""

__all__ = ["check_components"]
