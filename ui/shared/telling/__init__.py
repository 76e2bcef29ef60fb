"""What those are told who ask, where whoever runs the server is told more."""

__all__ = ["without_paths"]
