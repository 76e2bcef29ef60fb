"""What replicas of a served page know together, in the database that they share."""

__all__ = ["caller_tables", "counting", "reached", "shared_rates"]
