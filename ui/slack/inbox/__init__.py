"""What the bot was told, stored before it is acknowledged and handled once, also over kills."""

__all__ = ["event_store", "watch_posts"]
