"""What the bot was told, stored before it is acknowledged and handled once, also over kills."""

__all__ = ["claims", "event_store", "event_tables", "types", "watch_posts"]
