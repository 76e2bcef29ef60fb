"""The served page in a real browser: how it looks, and what it costs its reader."""

__all__ = ["figures", "screenshots"]
