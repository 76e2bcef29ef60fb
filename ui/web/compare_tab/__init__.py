"""The tab that lays two services, places or documents side by side."""

__all__ = ["sides_components"]
