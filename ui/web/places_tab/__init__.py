"""The tab of places: services by geographies, and the map of the world."""

__all__ = ["places_components"]
