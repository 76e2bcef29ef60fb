"""How finished builds are shared: one machine publishes them to a store, others fetch them."""

__all__ = ["collect", "fetch", "follow", "published", "sharing", "store_address"]
