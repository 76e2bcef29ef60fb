"""What front ends need to hold services, places and documents against each other."""

__all__ = ["sides_named"]
