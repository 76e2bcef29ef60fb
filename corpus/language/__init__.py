"""What is known of English and of the world, and of no service and no document."""

__all__ = ["clauses", "instructions", "sentences", "signals", "terms"]
