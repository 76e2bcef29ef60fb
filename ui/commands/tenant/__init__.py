"""Commands about tenants: what holds for one, and the profiles that are kept."""

__all__ = ["tenants_named"]
