"""Where everything of a home lies, who holds it, and how its files are written."""
