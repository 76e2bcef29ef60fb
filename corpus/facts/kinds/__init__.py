"""Which kinds of statement a passage makes."""

__all__ = ["kind_features", "kind_model", "kinds_read"]
