"""How much servers take of whom, whatever they serve: turns, and connections that say nothing."""

__all__ = ["answered_in_turn", "connections", "turns"]
